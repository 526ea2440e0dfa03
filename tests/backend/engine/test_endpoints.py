"""The commands and what follows from them."""

import pytest

from backend.contract.commands import EndpointPatch
from backend.contract.events import (
    CheckCompleted,
    EndpointCreated,
    EndpointDeleted,
    EndpointUpdated,
    IncidentResolved,
    IncidentStarted,
    StatusChanged,
)
from backend.contract.vocabulary import EventName, Resolution, Status
from backend.storage.errors import NoSuchEndpoint
from tests.backend.engine.conftest import Engine, Running
from tests.helpers.scripted_prober import ok, refused

NOBODY = "00000000-0000-0000-0000-000000000000"


async def down(engine: Engine) -> str:
    """Add an endpoint that goes DOWN with its first check."""
    engine.prober.answer = refused()
    endpoint_id = await engine.add(failureThreshold=1)
    await engine.spy.wait_for(IncidentStarted)
    return endpoint_id


async def test_adding_tells_the_whole_endpoint(engine: Engine) -> None:
    endpoint_id = await engine.add("shop", tags=["eu"])
    created = await engine.spy.wait_for(EndpointCreated)
    assert created.endpoint_id == created.id == endpoint_id
    assert created.endpoint_name == "shop"
    assert created.tags == ("eu",)
    assert created.current_status is Status.UNKNOWN
    assert created.seq == 1


async def test_a_changed_field_is_told_with_its_new_value(engine: Engine) -> None:
    endpoint_id = await engine.add()
    await engine.checks(1)
    view = await engine.endpoints.change(endpoint_id, EndpointPatch(name="till", tags=("eu",)))
    updated = await engine.spy.wait_for(EndpointUpdated)
    assert updated.changes == {"name": "till", "tags": ["eu"]}
    assert (view.name, updated.name, updated.endpoint_name) == ("till", "till", "till")


async def test_a_threshold_that_follows_another_is_told_too(engine: Engine) -> None:
    endpoint_id = await engine.add()
    await engine.endpoints.change(endpoint_id, EndpointPatch(timeout_threshold=1000))
    updated = await engine.spy.wait_for(EndpointUpdated)
    assert updated.changes == {"timeoutThreshold": 1000, "degradedThreshold": 400}


async def test_a_patch_without_a_difference_tells_nothing(engine: Engine) -> None:
    endpoint_id = await engine.add("shop")
    await engine.checks(1)
    before = await engine.archive.view(endpoint_id)
    engine.clock.advance(10)
    view = await engine.endpoints.change(endpoint_id, EndpointPatch(name="shop"))
    assert view == before
    assert engine.spy.of(EndpointUpdated) == []


@pytest.mark.parametrize(
    ("patch", "reason"),
    [
        (EndpointPatch(url="http://other.test/"), Resolution.EDITED),
        (EndpointPatch(expected_status_code=503), Resolution.EDITED),
        (EndpointPatch(headers={"X-A": "b"}), Resolution.EDITED),
        (EndpointPatch(is_active=False), Resolution.PAUSED),
        (EndpointPatch(is_active=False, url="http://other.test/"), Resolution.PAUSED),
    ],
)
async def test_an_edit_that_asks_anew_closes_the_incident_and_starts_from_unknown(
    engine: Engine, patch: EndpointPatch, reason: Resolution
) -> None:
    endpoint_id = await down(engine)
    engine.prober.hold("shop")
    view = await engine.endpoints.change(endpoint_id, patch)

    resolved = await engine.spy.wait_for(IncidentResolved)
    assert resolved.reason is reason
    changed = engine.spy.of(StatusChanged)[-1]
    assert (changed.previous_status, changed.current_status) == (Status.DOWN, Status.UNKNOWN)
    assert engine.spy.names()[-3:] == [
        EventName.ENDPOINT_UPDATED,
        EventName.STATUS_CHANGED,
        EventName.INCIDENT_RESOLVED,
    ]
    assert view.current_status is Status.UNKNOWN
    assert view.consecutive_failures == 0
    assert (await engine.archive.overview(engine.clock.wall_ms())).active_incidents == 0


@pytest.mark.parametrize(
    "patch",
    [
        EndpointPatch(name="till"),
        EndpointPatch(tags=("eu",)),
        EndpointPatch(note="ask Kim"),
        EndpointPatch(check_interval=5),
    ],
)
async def test_an_edit_that_asks_the_same_leaves_the_incident_open(
    engine: Engine, patch: EndpointPatch
) -> None:
    endpoint_id = await down(engine)
    view = await engine.endpoints.change(endpoint_id, patch)
    await engine.spy.wait_for(EndpointUpdated)
    assert view.current_status is Status.DOWN
    assert engine.spy.of(IncidentResolved) == []


async def test_a_paused_endpoint_is_checked_again_as_soon_as_it_goes_on(engine: Engine) -> None:
    endpoint_id = await engine.add()
    await engine.checks(1)
    await engine.endpoints.change(endpoint_id, EndpointPatch(is_active=False))
    await engine.settled()
    assert engine.clock.next_waking_ms is None, "nobody is due"
    await engine.endpoints.change(endpoint_id, EndpointPatch(is_active=True))
    await engine.checks(2)
    assert engine.spy.of(StatusChanged)[-1].current_status is Status.UP


async def test_deleting_closes_the_incident_first(engine: Engine) -> None:
    endpoint_id = await down(engine)
    deleted = await engine.endpoints.remove(endpoint_id)
    told = await engine.spy.wait_for(EndpointDeleted)
    assert told.name == told.endpoint_name == "shop"
    assert engine.spy.of(IncidentResolved)[-1].reason is Resolution.DELETED
    assert engine.spy.names()[-2:] == [EventName.INCIDENT_RESOLVED, EventName.ENDPOINT_DELETED]
    assert deleted.deleted_at.timestamp() * 1000 == engine.clock.wall_ms()
    assert await engine.archive.view(endpoint_id) is None
    await engine.settled()
    assert engine.clock.next_waking_ms is None, "nobody is due"


async def test_a_deletion_can_be_taken_back(engine: Engine) -> None:
    endpoint_id = await down(engine)
    await engine.endpoints.remove(endpoint_id)
    engine.prober.answer = ok()
    view = await engine.endpoints.restore(endpoint_id)
    assert view.current_status is Status.UNKNOWN
    created = await engine.spy.wait_for(EndpointCreated, 2)
    assert created.id == endpoint_id
    await engine.spy.wait_for(StatusChanged, matching=lambda it: it.current_status is Status.UP)


async def test_restoring_what_is_there_changes_nothing(engine: Engine) -> None:
    endpoint_id = await engine.add()
    assert (await engine.endpoints.restore(endpoint_id)).id == endpoint_id
    assert len(engine.spy.of(EndpointCreated)) == 1


async def test_commands_to_nobody_say_so(engine: Engine) -> None:
    for command in (
        engine.endpoints.change(NOBODY, EndpointPatch(name="x")),
        engine.endpoints.remove(NOBODY),
        engine.endpoints.restore(NOBODY),
    ):
        with pytest.raises(NoSuchEndpoint):
            await command


async def test_endpoints_outlive_the_process(running: Running) -> None:
    async with running() as engine:
        endpoint_id = await engine.add("shop", checkInterval=77, isActive=False)
    async with running() as engine:
        found = engine.monitors.get(endpoint_id)
        assert found is not None
        assert (found.endpoint.name, found.endpoint.check_interval) == ("shop", 77)
        await engine.settled()
        assert engine.spy.of(CheckCompleted) == []


async def test_an_endpoint_that_is_edited_keeps_when_it_was_last_checked(engine: Engine) -> None:
    endpoint_id = await engine.add()
    told = await engine.checks(1)
    patch = EndpointPatch(url="http://other.test/", is_active=False)
    view = await engine.endpoints.change(endpoint_id, patch)
    assert view.last_checked_at == told.checked_at
    assert view.last_response_time is None
