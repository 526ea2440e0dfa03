"""Whatever an endpoint answers, and whenever the backend is restarted, outages are told right."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.contract.commands import EndpointPatch
from backend.contract.events import IncidentResolved, IncidentStarted, StateEvent
from backend.contract.resources import IncidentView
from backend.contract.vocabulary import Reason, Resolution, Status
from backend.contract.wire import unix_ms
from backend.domain.reply import Failure
from tests.backend.engine.conftest import Engine, Running
from tests.helpers.scripted_prober import ok, refused

ANSWERS = {
    "good": ok(),
    "slow": ok(latency_ms=4000),
    "bad": refused(),
    "ours": Failure(Reason.OURS, "This computer has too many names to look up"),
}
# Mostly answers, so that runs of them are long enough for an outage; bad ones come in rows.
steps = st.lists(
    st.one_of(
        st.sampled_from(["good", "bad", "bad", "bad", "slow", "ours"]),
        st.sampled_from(["bad", "good", "restart", "edit", "rename", "pause"]),
    ),
    min_size=12,
    max_size=40,
)


@dataclass
class Expected:
    """What the contract says, kept by the plainest means: a list of what was answered."""

    failures_needed: int
    successes_needed: int
    run: list[int] = field(default_factory=list)
    good_in_a_row: int = 0
    bad_in_a_row: int = 0
    down: bool = False

    def take(self, answer: str, at_ms: int) -> None:
        if answer == "ours":
            return
        if answer == "bad":
            self.run.append(at_ms)
            self.bad_in_a_row, self.good_in_a_row = self.bad_in_a_row + 1, 0
            self.down = self.down or self.bad_in_a_row >= self.failures_needed
            return
        self.good_in_a_row, self.bad_in_a_row = self.good_in_a_row + 1, 0
        if not self.down or self.good_in_a_row >= self.successes_needed:
            self.down, self.run = False, []

    def begin_anew(self) -> None:
        self.run, self.good_in_a_row, self.bad_in_a_row, self.down = [], 0, 0, False


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(taken=steps, failures=st.integers(1, 3), successes=st.integers(1, 2))
async def test_an_incident_is_open_exactly_while_its_endpoint_is_down(
    tmp_path_factory: pytest.TempPathFactory, taken: list[str], failures: int, successes: int
) -> None:
    running = Running(tmp_path_factory.mktemp("outages") / "data")
    expected = Expected(failures, successes)
    told: list[StateEvent] = []
    taken = [*taken, "restart"]
    endpoint_id = ""
    while taken:
        async with running() as engine:
            if not endpoint_id:
                endpoint_id = await engine.add(
                    failureThreshold=failures, recoveryThreshold=successes
                )
                await engine.checks(1)
                expected.take("good", 0)
            while (step := taken.pop(0)) != "restart":
                await carry_out(engine, endpoint_id, step, expected)
                await compare(engine, endpoint_id, expected)
            told += [it for it in engine.spy.heard if isinstance(it, StateEvent)]
    check_what_was_told(told)


async def carry_out(engine: Engine, endpoint_id: str, step: str, expected: Expected) -> None:
    match step:
        case "rename":
            await engine.endpoints.change(endpoint_id, EndpointPatch(name="another name"))
        case "edit":
            engine.prober.answer = ok()
            checks = len(engine.spy.names())
            monitored = engine.monitors.get(endpoint_id)
            assert monitored is not None
            path = "b" if monitored.endpoint.url.endswith("a") else "a"
            patch = EndpointPatch(url=f"http://shop.test/{path}")
            await engine.endpoints.change(endpoint_id, patch)
            await engine.scheduler.check_now(endpoint_id)
            assert len(engine.spy.names()) > checks
            expected.begin_anew()
            expected.take("good", engine.clock.wall_ms())
        case "pause":
            engine.prober.answer = ok()
            await engine.endpoints.change(endpoint_id, EndpointPatch(isActive=False))
            await engine.endpoints.change(endpoint_id, EndpointPatch(isActive=True))
            await engine.scheduler.check_now(endpoint_id)
            expected.begin_anew()
            expected.take("good", engine.clock.wall_ms())
        case answer:
            engine.prober.answer = ANSWERS[answer]
            engine.clock.advance(1000)
            check = await engine.scheduler.check_now(endpoint_id)
            expected.take(answer, check.at_ms)


async def compare(engine: Engine, endpoint_id: str, expected: Expected) -> None:
    monitored = engine.monitors.get(endpoint_id)
    assert monitored is not None
    assert (monitored.health.status is Status.DOWN) is expected.down
    assert monitored.health.consecutive_failures == expected.bad_in_a_row
    view = await engine.archive.view(endpoint_id)
    assert view is not None
    assert view.current_status is monitored.health.status
    page = await engine.archive.incidents.page(
        endpoint_id=endpoint_id, status=None, page=1, limit=100
    )
    open_ones = [it for it in page.data if it.resolved_at is None]
    assert len(open_ones) == (1 if expected.down else 0)
    for it in open_ones:
        assert unix_ms(it.started_at) == expected.run[0]
        assert it.failure_count == len(expected.run)
    assert all(is_consistent(it) for it in page.data)


def is_consistent(incident: IncidentView) -> bool:
    """Say whether an incident that is over lasted from its first failure to its end."""
    if incident.resolved_at is None:
        return incident.duration is None
    lasted_ms = unix_ms(incident.resolved_at) - unix_ms(incident.started_at)
    return incident.duration == lasted_ms >= 0


def check_what_was_told(told: list[StateEvent]) -> None:
    """See that numbers grow by one, and that every outage was told to begin and to end once."""
    assert [it.seq for it in told] == list(range(1, len(told) + 1))
    begun = [it.incident_id for it in told if isinstance(it, IncidentStarted)]
    ended = [it.incident_id for it in told if isinstance(it, IncidentResolved)]
    assert len(set(begun)) == len(begun)
    assert len(set(ended)) == len(ended)
    assert begun[: len(ended)] == ended, "one ends before the next begins"
    assert len(begun) - len(ended) <= 1
    reasons = {it.reason for it in told if isinstance(it, IncidentResolved)}
    assert reasons <= {Resolution.RECOVERED, Resolution.EDITED, Resolution.PAUSED}
