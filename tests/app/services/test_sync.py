"""The store stays in step with a real backend, whatever happens to the connection."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from app.services.subscriptions import ALL_CHECKS, CallError
from app.services.sync import Sync
from app.state.link import Phase
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.events import (
    CheckCompleted,
    EndpointCreated,
    EndpointDeleted,
    IncidentResolved,
    IncidentStarted,
    Missed,
    StatusChanged,
    StoredEvent,
    Subscribed,
)
from backend.contract.vocabulary import Call, EventName, Status
from tests.app.services.conftest import GOOD, Served, serve
from tests.app.services.desk import QUICK, desk, through
from tests.app.state import builders
from tests.helpers.cable import Cable


async def test_the_first_connection_fills_the_store_and_tells_no_old_event(
    served: Served,
) -> None:
    endpoint_id = await served.add()
    await served.take_down(endpoint_id)
    async with desk() as it:
        await it.connect(served.address)

        record = it.store.records[endpoint_id]
        assert record.status is Status.DOWN
        assert record.open_incident is not None
        assert len(record.checks) == 4
        assert it.changes[0].everything
        assert it.told == []


async def test_what_happens_is_told_live_once_and_in_order(served: Served) -> None:
    async with desk() as it:
        await it.connect(served.address)
        endpoint_id = await served.add()
        await served.take_down(endpoint_id)
        await served.check(endpoint_id, GOOD)
        await it.until_event(IncidentResolved)

        kinds = [type(told.event) for told in it.told]
        assert kinds == [
            EndpointCreated,
            StatusChanged,
            StatusChanged,
            IncidentStarted,
            StatusChanged,
            IncidentResolved,
        ]
        assert all(told.is_live for told in it.told)
        assert it.seqs() == [1, 2, 3, 4, 5, 6]
        assert it.store.records[endpoint_id].status is Status.UP
        assert it.store.open_incidents == 0


async def test_what_happened_during_a_cut_is_told_afterwards_and_not_as_live(
    served: Served, cable: Cable
) -> None:
    endpoint_id = await served.add()
    async with desk() as it:
        await it.connect(through(cable.port, served.address))
        await cable.refuse()
        await it.until_phase(Phase.WAITING)
        await served.take_down(endpoint_id)
        await cable.heal()
        it.link.reconnect_now()
        await it.until_phase(Phase.CONNECTED)

        assert [type(told.event) for told in it.told] == [StatusChanged, IncidentStarted]
        assert not any(told.is_live for told in it.told)
        assert it.store.records[endpoint_id].status is Status.DOWN
        assert not any(change.everything for change in it.changes[1:])

        await served.check(endpoint_id, GOOD)
        assert (await it.until_event(IncidentResolved)).is_live


async def test_a_lost_event_is_asked_for_as_soon_as_the_next_one_shows_the_gap(
    served: Served,
) -> None:
    endpoint_id = await served.add()
    async with desk() as it:
        await it.connect(served.address)
        it.talk.loses = frozenset({EventName.STATUS_CHANGED})
        await served.take_down(endpoint_id)
        await it.until_event(IncidentStarted)

        assert [type(told.event) for told in it.told] == [StatusChanged, IncidentStarted]
        assert it.seqs() == sorted(set(it.seqs()))
        assert it.store.records[endpoint_id].status is Status.DOWN


async def test_a_lost_event_with_none_after_it_is_found_by_the_ping(served: Served) -> None:
    endpoint_id = await served.add()
    async with desk(replace(QUICK, ping_every_s=0.05)) as it:
        await it.connect(served.address)
        it.talk.loses = frozenset({EventName.ENDPOINT_DELETED})
        await served.rest.delete(endpoint_id)

        assert (await it.until_event(EndpointDeleted)).is_live
        assert endpoint_id not in it.store.records
        assert it.link.state.latency_ms is not None


async def test_an_event_that_cannot_be_read_costs_no_other(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    async with desk() as it:
        await it.connect(served.address)
        it.talk.receive(EventName.STATUS_CHANGED, {"seq": 1})
        await served.add()
        await it.until_event(StatusChanged)

        assert it.seqs() == [1, 2]
        assert "has not the contract's shape" in caplog.text


async def test_another_database_replaces_everything(served: Served, tmp_path: Path) -> None:
    await served.add("of the first")
    async with desk() as it, serve(tmp_path / "other") as other:
        await it.connect(served.address)
        theirs = await other.add("of the second")
        it.link.connect_to(other.address)
        await it.until(lambda: theirs in it.store.records, "the other endpoint")

        assert set(it.store.records) == {theirs}
        assert it.changes[-1].everything


async def test_a_cut_in_the_middle_of_many_events_loses_and_doubles_none(
    served: Served, cable: Cable
) -> None:
    async with desk() as it:
        await it.connect(through(cable.port, served.address))
        for number in range(30):
            await served.add(f"API {number}")
            if number % 7 == 0:
                cable.cut()
        await it.until(lambda: it.seqs()[-1:] == [60], "the last event")

        assert it.seqs() == list(range(1, 61))
        assert len(it.store.records) == 30
        assert {record.status for record in it.store.records.values()} == {Status.UP}


async def test_no_check_arrives_where_no_page_asked_for_any(served: Served) -> None:
    async with desk() as it:
        await it.connect(served.address)
        endpoint_id = await served.add()
        await served.take_down(endpoint_id)
        await it.until_event(IncidentStarted)

        assert it.of(CheckCompleted) == []


class Answering:
    """A connection to a backend without endpoints."""

    async def call(self, name: str, data: Mapping[str, object] | None = None) -> object:
        return Subscribed(subscribed=True, snapshot=builders.snapshot()).to_wire()


async def test_a_check_that_overtakes_the_creation_of_its_endpoint_is_not_lost() -> None:
    store = Store(now_ms=lambda: 0)
    sync = Sync(TaskOwner("test"), store)
    await sync.settle(Answering())
    check, created = builders.checked("new"), builders.created(11, "new")
    for event in (check, created):
        sync.receive(event.event.value, event.to_wire())
    assert store.records["new"].day.checks == 1
    assert len(store.records["new"].checks) == 1


class Cut:
    """A connection that is gone when its answer is read."""

    def __init__(self, sync: Sync) -> None:
        self._sync = sync

    async def call(self, name: str, data: Mapping[str, object] | None = None) -> object:
        if name != Call.SYNC:
            return Subscribed(subscribed=True).to_wire()
        self._sync.lost()
        told = StoredEvent(event=EventName.ENDPOINT_DELETED, data=builders.deleted(11).to_wire())
        return Missed(seq=11, epoch="first", events=(told,)).to_wire()


async def test_an_answer_of_a_connection_that_is_gone_changes_nothing() -> None:
    tasks, store = TaskOwner("test"), Store(lambda: 0)
    sync = Sync(tasks, store)
    store.replace(builders.snapshot(builders.state("a"), seq=10))

    with pytest.raises(CallError, match="the connection was lost meanwhile"):
        await sync.settle(Cut(sync))

    assert "a" in store.records
    await tasks.aclose()


async def test_a_restored_endpoint_has_also_the_checks_made_before_while_the_line_was_cut(
    served: Served, cable: Cable
) -> None:
    endpoint_id = await served.add()
    async with desk() as it:
        it.subscriptions.page(ALL_CHECKS)
        it.begin(through(cable.port, served.address))
        await it.until(lambda: it.subscriptions.held == ALL_CHECKS, "checks are heard")
        await cable.refuse()
        await it.until(lambda: it.subscriptions.held is None, "the cut is felt")
        await served.check(endpoint_id, GOOD)
        await served.rest.delete(endpoint_id)
        await cable.heal()
        await it.until(lambda: endpoint_id not in it.store.records, "the deletion is heard")
        await it.until(lambda: it.subscriptions.held == ALL_CHECKS, "checks are heard again")
        await served.rest.restore(endpoint_id)
        await it.until(
            lambda: (
                endpoint_id in it.store.records and it.store.records[endpoint_id].day.checks > 2
            ),
            "both old checks and the first new one",
        )
