"""What is kept of the failure that began an outage, and that the loop turns while it is judged."""

import asyncio
import gc
import time
from dataclasses import replace

import httpx
from pydantic import TypeAdapter

from backend.contract.assertions import Assertions
from backend.contract.events import CheckCompleted, IncidentStarted
from backend.contract.vocabulary import Reason, Status
from backend.domain.assertions import Failed
from backend.domain.endpoint import Endpoint
from backend.domain.facts import Facts, Phases
from backend.domain.reply import Failure, Reply
from backend.engine.judging import Bench
from backend.storage.retention import Before
from tests.backend.engine.conftest import Engine, Running
from tests.helpers.scripted_prober import ScriptedProber, ok, refused

FACTS = Facts(
    url="http://shop.test/",
    phases=Phases(dns_ms=1.234, connect_ms=2.0, first_byte_ms=30.0, download_ms=0.5),
    addresses=("192.0.2.1",),
    peer="192.0.2.1:80",
    status_code=503,
    headers=(("Server", "nginx"), ("Set-Cookie", "sid=1")),
    body=b"maintenance, key geheim",
    body_bytes=9000,
)


def unavailable(facts: Facts = FACTS) -> Reply:
    return replace(ok(status=503), facts=facts)


async def next_fails(engine: Engine, number: int) -> CheckCompleted:
    """Let the next check fail in a way of its own."""
    engine.prober.answer = unavailable(replace(FACTS, body=f"failure {number}".encode()))
    return await engine.next_check()


async def test_an_incident_shows_what_its_first_failure_saw(engine: Engine) -> None:
    await engine.add(headers={"X-Key": "geheim"})
    await engine.checks(1)
    engine.prober.answer = unavailable()
    first = await engine.next_check()
    for number in (2, 3, 4):
        await next_fails(engine, number)
    started = await engine.spy.wait_for(IncidentStarted)

    detail = await engine.archive.incident(started.incident_id)
    assert detail is not None
    seen = detail.evidence
    assert seen is not None
    assert seen.checked_at == first.checked_at == detail.started_at
    assert seen.error_message == "Expected status 200, got 503"
    assert seen.reason is Reason.TARGET
    assert (seen.phases.dns, seen.phases.tls, seen.phases.first_byte) == (1.23, None, 30.0)
    assert (seen.addresses, seen.peer) == (("192.0.2.1",), "192.0.2.1:80")
    assert [(it.name, it.value) for it in seen.headers] == [
        ("Server", "nginx"),
        ("Set-Cookie", "•••"),
    ]
    assert (seen.body, seen.body_bytes, seen.body_truncated) == (
        "maintenance, key •••",
        9000,
        True,
    )


async def test_evidence_survives_a_restart_before_the_incident(running: Running) -> None:
    async with running() as engine:
        await engine.add()
        await engine.checks(1)
        await next_fails(engine, 1)
    async with running() as engine:
        for number in (2, 3):
            await next_fails(engine, number)
        started = await engine.spy.wait_for(IncidentStarted)
        detail = await engine.archive.incident(started.incident_id)

    assert detail
    assert detail.evidence
    assert detail.evidence.body == "failure 1"


async def test_evidence_of_runs_that_were_no_incident_does_not_pile_up(engine: Engine) -> None:
    await engine.add()
    await engine.checks(1)
    for number in range(3):
        await next_fails(engine, number)
        engine.prober.answer = ok()
        await engine.next_check()
    for number in range(3, 6):
        await next_fails(engine, number)
    started = await engine.spy.wait_for(IncidentStarted)

    kept = await engine.archive._writing.read(
        lambda db: db.execute_sql("SELECT count(*) FROM evidence").fetchone()
    )
    detail = await engine.archive.incident(started.incident_id)
    assert kept == (1,)
    assert detail
    assert detail.evidence
    assert detail.evidence.body == "failure 3"


async def test_evidence_goes_with_its_endpoint(engine: Engine) -> None:
    endpoint_id = await engine.add()
    await engine.checks(1)
    await next_fails(engine, 1)
    await engine.endpoints.remove(endpoint_id)
    later_ms = engine.clock.wall_ms() + 1
    await engine.archive.thin(Before(later_ms, later_ms, later_ms, later_ms, 9))

    kept = await engine.archive._writing.read(
        lambda db: db.execute_sql("SELECT count(*) FROM evidence").fetchone()
    )
    assert kept == (0,)


async def test_our_own_fault_leaves_no_evidence_against_a_target(engine: Engine) -> None:
    await engine.add()
    await engine.checks(1)
    engine.prober.answer = Failure(Reason.OURS, "Internal error", facts=FACTS)
    await engine.next_check()

    kept = await engine.archive._writing.read(
        lambda db: db.execute_sql("SELECT count(*) FROM evidence").fetchone()
    )
    assert kept == (0,)


async def test_an_incident_without_notes_has_no_evidence(engine: Engine) -> None:
    await engine.add()
    await engine.checks(1)
    engine.prober.answer = refused()
    for _ in range(3):
        await engine.next_check()
    started = await engine.spy.wait_for(IncidentStarted)

    detail = await engine.archive.incident(started.incident_id)
    assert detail is not None
    assert detail.evidence is None


async def test_assertions_are_kept_and_judged(running: Running) -> None:
    assertions = [{"kind": "json", "path": "$.status", "comparison": "equals", "value": "ok"}]
    async with running() as engine:
        endpoint_id = await engine.add(assertions=assertions)
        await engine.checks(1)
    async with running() as engine:
        engine.prober.answer = replace(ok(), body=b'{"status": "degraded"}')
        await engine.next_check()
        view = await engine.archive.view(endpoint_id)

    assert view is not None
    assert view.to_wire()["assertions"] == assertions
    assert view.last_error == 'JSON $.status is "degraded", expected "ok"'


async def test_what_a_success_warns_of_is_shown(engine: Engine) -> None:
    endpoint_id = await engine.add(assertions=[{"kind": "certificate", "minDays": 14}])
    await engine.checks(1)
    engine.prober.answer = replace(ok(), certificate_days=3.5)
    await engine.next_check()

    view = await engine.archive.view(endpoint_id)
    assert view is not None
    assert view.current_status is Status.DEGRADED
    assert view.last_error == "TLS certificate has 3 days left, expected at least 14"
    engine.prober.answer = replace(ok(), certificate_days=90.0)
    await engine.next_check()
    view = await engine.archive.view(endpoint_id)
    assert view is not None
    assert (view.current_status, view.last_error) == (Status.UP, None)


def asserting(**fields: object) -> Endpoint:
    assertions = TypeAdapter(Assertions).validate_python([fields])
    return Endpoint(
        id="a",
        name="A",
        url="http://a.test",
        headers={"X-Key": "geheim"},
        assertions=assertions,
        created_at_ms=1,
        updated_at_ms=2,
    )


async def test_the_loop_turns_while_a_large_body_is_judged() -> None:
    body = b"[" + b'{"a": [1, 2, {"b": "c"}]},' * 9_000 + b"1]"
    endpoint = asserting(kind="json", path="$..b", comparison="notEquals", value="x")
    bench = Bench(ScriptedProber(Reply(200, 1.0, httpx.Headers(), body)))
    gc.freeze()  # as the backend does: what the tests have loaded is not looked through again
    longest_s, last = 0.0, time.perf_counter()
    async with asyncio.TaskGroup() as group:
        judging = [group.create_task(bench.try_once(endpoint)) for _ in range(3)]
        while not all(task.done() for task in judging):
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            longest_s, last = max(longest_s, now - last), now

    gc.unfreeze()
    assert longest_s < 0.1


async def test_the_judge_does_not_quote_a_secret_that_was_echoed() -> None:
    endpoint = asserting(kind="json", path="$.key", comparison="equals", value="x")
    reply = Reply(200, 1.0, httpx.Headers(), b'{"key": "geheim"}')
    verdict, _ = await Bench(ScriptedProber(reply)).try_once(endpoint)

    assert isinstance(verdict.outcome, Failed)
    assert verdict.outcome.message == 'JSON $.key is "•••", expected "x"'
    assert "geheim" not in verdict.findings[0].message
