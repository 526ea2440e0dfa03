"""The snapshot that is written as text says what the one made of models says."""

import json

from backend.contract.assertions import StatusAssertion
from backend.contract.events import NetworkChanged
from backend.contract.vocabulary import Method, Reason, Status, UnknownReason
from backend.contract.wire import instant
from backend.domain.assertions import Check
from backend.domain.endpoint import Endpoint
from backend.domain.health import Health
from backend.domain.incident import Incident
from backend.storage.archive import Archive, Monitored, Record
from tests.backend.storage.conftest import NOW_MS, an_endpoint, created, started

ODD = 'He said "no"\\\n\x00\x1f\u2028 게이트웨이 \U0001f6a8 </script>'


def every_field() -> Endpoint:
    return an_endpoint(
        "full",
        name=ODD,
        method=Method.POST,
        headers={"X-Odd": 'a"b', "Accept": "*/*"},
        body={"한": [1, 2.5, None, True]},
        degraded_threshold=100,
        retry_interval=7,
        verify_tls=False,
        tags=("shop", "결제"),
        note=ODD,
        assertions=(StatusAssertion(codes=("200-299",)),),
    )


async def assert_says_the_same(archive: Archive) -> None:
    written = await archive.written.snapshot(NOW_MS)
    made = await archive.snapshot(now_ms=NOW_MS, compact=True)
    assert json.loads(written.text) == made.to_wire()
    assert (written.seq, written.epoch) == (made.seq, made.epoch)
    packed = json.loads((await archive.written.snapshot(NOW_MS, packed=True)).text)
    for it in packed["endpoints"]:
        assert it["rows"] == []
        it["rows"], it["packed"] = json.loads(it["packed"]), ""
    assert packed == made.to_wire()


async def checked(archive: Archive, endpoint: Endpoint, *checks: Check) -> None:
    for check in checks:
        status = Status.UP if check.success else Status.DOWN
        health = Health(
            status, check.at_ms, 0, 3, None, 0, check.at_ms, check.latency_ms, check.message
        )
        incident = None
        if not check.success:
            incident = Incident(f"i{check.at_ms}", endpoint.id, check.at_ms, 1, check.message)
        events = () if incident is None else (started(incident),)
        await archive.record(Record(check, health, incident, events))


def good(endpoint_id: str, at_ms: int, latency_ms: float, *, slow: bool = False) -> Check:
    return Check(endpoint_id, at_ms, True, slow, latency_ms, 200, ODD if slow else None, None)


async def test_an_archive_without_endpoints(archive: Archive) -> None:
    await assert_says_the_same(archive)


async def test_every_field_of_endpoints_checks_and_incidents(archive: Archive) -> None:
    endpoint, silent = every_field(), an_endpoint("never checked", is_active=False)
    await archive.add_all([endpoint, silent], [created(endpoint), created(silent)])
    await checked(
        archive,
        endpoint,
        *(good("full", NOW_MS - 60_000 + number, number / 1000) for number in range(45)),
        good("full", NOW_MS - 2000, 1234.567, slow=True),
        Check("full", NOW_MS - 1000, False, False, None, None, ODD, Reason.NETWORK),
    )
    await assert_says_the_same(archive)
    rows = json.loads((await archive.written.snapshot(NOW_MS)).text)["endpoints"][0]["rows"]
    assert len(rows) == 40
    assert [row[1] for row in rows[-3:]] == [1, 2, 0]


async def test_an_edit_a_pause_and_a_deletion_show_at_once(archive: Archive) -> None:
    first, second = an_endpoint("a"), an_endpoint("b")
    await archive.add_all([first, second], [])
    await assert_says_the_same(archive)
    renamed = an_endpoint("a", name="renamed", is_active=False)
    await archive.change(Monitored(renamed, Health()), [])
    await assert_says_the_same(archive)
    await archive.delete("a", NOW_MS, [], None)
    await assert_says_the_same(archive)


async def test_a_time_offline_and_why_a_status_is_unknown(archive: Archive) -> None:
    endpoint = an_endpoint("a")
    await archive.add(endpoint, [])
    unseen = Health(Status.UNKNOWN, NOW_MS, unknown_reason=UnknownReason.OFFLINE, interrupted=True)
    change = NetworkChanged(online=False, since=instant(NOW_MS), offline_since=None)
    await archive.sight.lose([Monitored(endpoint, unseen)], [change])
    await assert_says_the_same(archive)
