"""What was stored is there again: endpoints, health, checks, incidents, also after a restart."""

from dataclasses import replace
from pathlib import Path

import pytest

from backend.contract.vocabulary import Method, Reason, Resolution, Status
from backend.domain.health import Health
from backend.domain.incident import resolved
from backend.storage.archive import Archive, Monitored
from backend.storage.errors import NoSuchEndpoint, NotStored
from tests.backend.storage.conftest import (
    NOW_MS,
    an_endpoint,
    an_incident,
    created,
    failure,
    recorded,
    started,
    success,
    went_down,
)

EVERYTHING = {
    "method": Method.POST,
    "headers": {"X-Key": "é", "Accept": "*/*"},
    "body": {"a": [1, 2.5, None, "한국어"]},
    "check_interval": 30,
    "expected_status_code": 201,
    "timeout_threshold": 1234,
    "is_active": False,
    "degraded_threshold": 99,
    "failure_threshold": 4,
    "recovery_threshold": 2,
    "retry_interval": 7,
    "verify_tls": False,
    "follow_redirects": False,
    "tags": ("prod", "한국어"),
    "note": "line\nline",
}
HEALTH = Health(Status.DOWN, 5, 4, 0, 5, 6, NOW_MS, None, "Connection refused")


async def test_an_endpoint_comes_back_as_it_was(archive: Archive) -> None:
    plain, full = an_endpoint("plain"), an_endpoint("full", **EVERYTHING)
    await archive.add(plain, [])
    await archive.add(full, [])

    assert await archive.load() == [Monitored(plain), Monitored(full)]


@pytest.mark.parametrize("body", [None, "text", "", 0, False, [], {}])
async def test_every_body_comes_back_as_it_was(archive: Archive, body: object) -> None:
    await archive.add(an_endpoint(body=body), [])

    (loaded,) = await archive.load()
    assert loaded.endpoint.body == body
    assert type(loaded.endpoint.body) is type(body)


async def test_everything_is_there_after_a_restart(directory: Path) -> None:
    endpoint, incident = an_endpoint("a", **EVERYTHING), an_incident()
    async with Archive.open(directory) as archive:
        epoch = archive.epoch
        await archive.add(endpoint, [created(endpoint)])
        record = recorded(
            failure(), health=HEALTH, incident=incident, events=(went_down(), started(incident))
        )
        numbered = await archive.record(record)

    async with Archive.open(directory) as archive:
        assert archive.epoch == epoch
        assert await archive.load() == [Monitored(endpoint, HEALTH, incident)]
        assert await archive.events_since(1) == list(numbered)
        results = await archive.check_results("a", start_ms=0, end_ms=NOW_MS, limit=10)
        assert results.total == 1


async def test_another_directory_is_another_epoch(tmp_path: Path) -> None:
    async with Archive.open(tmp_path / "1") as one, Archive.open(tmp_path / "2") as other:
        assert one.epoch != other.epoch


async def test_a_change_keeps_endpoint_health_and_the_incident_it_closed(archive: Archive) -> None:
    incident = an_incident()
    await archive.add(an_endpoint(), [])
    await archive.record(recorded(failure(), health=HEALTH, incident=incident))
    changed = an_endpoint(name="New", url="http://new.test", tags=("x",))
    closed = resolved(incident, Resolution.EDITED, NOW_MS + 5)
    await archive.change(Monitored(changed), [went_down()], closed)

    assert await archive.load() == [Monitored(changed)]
    detail = await archive.incident("i")
    assert detail is not None
    assert (detail.reason, detail.duration) == (Resolution.EDITED, 5)


async def test_a_second_open_incident_of_an_endpoint_is_refused_whole(archive: Archive) -> None:
    await archive.add(an_endpoint(), [])
    await archive.record(recorded(failure(), health=HEALTH, incident=an_incident("first")))
    before = await archive.snapshot(now_ms=NOW_MS)
    with pytest.raises(NotStored):
        await archive.record(
            recorded(
                failure(at_ms=NOW_MS + 1),
                incident=an_incident("second"),
                events=(went_down(),),
            )
        )

    assert await archive.snapshot(now_ms=NOW_MS) == before


async def test_an_incident_is_updated_not_doubled(archive: Archive) -> None:
    incident = an_incident()
    await archive.add(an_endpoint(), [])
    await archive.record(recorded(failure(), health=HEALTH, incident=incident))
    more = replace(incident, failure_count=4)
    await archive.record(recorded(failure(at_ms=NOW_MS + 1), health=HEALTH, incident=more))

    (loaded,) = await archive.load()
    assert loaded.incident == more
    page = await archive.incidents.page(endpoint_id=None, status=None, page=1, limit=9)
    assert page.meta.total == 1


async def test_after_an_incident_another_may_open(archive: Archive) -> None:
    first, second = an_incident("first"), an_incident("second", at_ms=NOW_MS + 9)
    await archive.add(an_endpoint(), [])
    await archive.record(recorded(failure(), incident=first))
    over = resolved(first, Resolution.RECOVERED, NOW_MS + 5)
    await archive.record(recorded(success(at_ms=NOW_MS + 5), incident=over))
    await archive.record(recorded(failure(at_ms=NOW_MS + 9), incident=second))

    (loaded,) = await archive.load()
    assert loaded.incident == second


async def test_a_deleted_endpoint_is_gone_but_its_incidents_keep_its_name(
    archive: Archive,
) -> None:
    incident = an_incident()
    await archive.add(an_endpoint(), [])
    await archive.record(recorded(failure(), incident=incident))
    closed = resolved(incident, Resolution.DELETED, NOW_MS + 1)
    await archive.delete("a", NOW_MS + 1, [], closed)

    assert await archive.load() == []
    assert await archive.view("a") is None
    assert await archive.detail("a", NOW_MS) is None
    assert (await archive.snapshot(now_ms=NOW_MS)).endpoints == ()
    page = await archive.incidents.page(endpoint_id=None, status=None, page=1, limit=9)
    assert [it.endpoint_name for it in page.data] == ["Endpoint a"]


async def test_a_deleted_endpoint_is_restored_with_its_history(archive: Archive) -> None:
    endpoint = an_endpoint()
    await archive.add(endpoint, [])
    await archive.record(recorded(failure(), health=HEALTH))
    assert await archive.restore("a") is None
    await archive.delete("a", NOW_MS, [], None)
    assert await archive.restore("a") == endpoint
    assert await archive.load() == [], "looking it up restores nothing"
    (event,) = await archive.undelete(replace(endpoint, updated_at_ms=7), [created(endpoint)])

    assert event.seq == 1
    assert await archive.load() == [Monitored(replace(endpoint, updated_at_ms=7))]
    assert (await archive.check_results("a", start_ms=0, end_ms=NOW_MS, limit=9)).total == 1


async def test_nothing_is_stored_of_an_endpoint_that_is_not_there(archive: Archive) -> None:
    await archive.add(an_endpoint("gone"), [])
    await archive.delete("gone", NOW_MS, [], None)

    for endpoint_id in ("gone", "never"):
        with pytest.raises(NoSuchEndpoint):
            await archive.record(recorded(failure(endpoint_id), events=(went_down(),)))
        with pytest.raises(NoSuchEndpoint):
            await archive.change(Monitored(an_endpoint(endpoint_id)), [went_down()])
        with pytest.raises(NoSuchEndpoint):
            await archive.delete(endpoint_id, NOW_MS, [went_down()], None)
    with pytest.raises(NoSuchEndpoint):
        await archive.undelete(an_endpoint("never"), [went_down()])
    assert await archive.events_since(0) == []


async def test_an_id_is_given_once(archive: Archive) -> None:
    await archive.add(an_endpoint(), [])

    with pytest.raises(NotStored):
        await archive.add(an_endpoint(), [created(an_endpoint())])
    assert await archive.events_since(0) == []


async def test_of_two_checks_in_one_millisecond_the_first_stays(archive: Archive) -> None:
    await archive.add(an_endpoint(), [])
    await archive.record(recorded(success(latency_ms=10)))
    await archive.record(recorded(success(latency_ms=99)))

    state = (await archive.snapshot(now_ms=NOW_MS)).endpoints[0]
    assert [check.response_time for check in state.checks] == [10]
    assert state.statistics.total_checks24h == 1


async def test_every_reason_comes_back(archive: Archive) -> None:
    await archive.add(an_endpoint(), [])
    for offset, reason in enumerate(Reason):
        await archive.record(recorded(failure(at_ms=NOW_MS + offset, reason=reason)))

    found = await archive.check_results("a", start_ms=NOW_MS, end_ms=NOW_MS + 99, limit=99)
    assert [check.reason for check in found.results] == list(reversed(Reason))
