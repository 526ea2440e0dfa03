"""What was told before it could be stored is applied, told once, and no gap when it is numbered."""

from collections.abc import Mapping

from app.services.sync import Sync, Told
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.events import (
    IncidentStarted,
    Missed,
    StatusChanged,
    StorageChanged,
    StoredEvent,
    Subscribed,
)
from backend.contract.resources import Snapshot
from backend.contract.vocabulary import Call, Status, StorageTrouble
from tests.app.state.builders import at, incident, snapshot, started, state


def went_down(seq: int) -> StatusChanged:
    return StatusChanged(
        seq=seq,
        endpoint_id="a",
        endpoint_name="a",
        previous_status=Status.UP,
        current_status=Status.DOWN,
        timestamp=at(1),
        response_time=None,
        error_message="Connection refused",
    )


def incident_began(seq: int) -> IncidentStarted:
    return started(seq).model_copy(update={"started_at": at(0)})


class Telling:
    """A connection on which every question brings the same snapshot."""

    async def call(self, name: str, data: object = None) -> object:
        told = snapshot(state("a"), seq=7)
        return Subscribed(subscribed=True, snapshot=told).to_wire()


class Restarted:
    """A backend whose log has what a test says; what it says of its storing comes with the room.

    Args:
        sync: hears it.
        present: its snapshot.
        trouble: why it does not store.
    """

    def __init__(
        self, sync: Sync, present: Snapshot, trouble: StorageTrouble | None = None
    ) -> None:
        self._sync, self._present, self._trouble = sync, present, trouble
        self.missed: list[StoredEvent] = []

    async def call(self, name: str, data: Mapping[str, object] | None = None) -> object:
        if name == Call.SYNC:
            seq = 7 + len(self.missed)
            return Missed(seq=seq, epoch="first", events=tuple(self.missed)).to_wire()
        since = None if self._trouble is None else at(0)
        word = StorageChanged(trouble=self._trouble, since=since)
        self._sync.receive("storage:changed", word.to_wire())
        present = self._present if data else None
        return Subscribed(subscribed=True, snapshot=present).to_wire()


async def in_step(tasks: TaskOwner) -> tuple[Sync, Store, list[Told]]:
    store = Store(lambda: 1000)
    sync = Sync(tasks, store)
    await sync.settle(Telling())
    sync._replay()
    told: list[Told] = []
    sync.told.add(told.append)
    return sync, store, told


async def test_an_outage_that_is_not_stored_is_shown_and_told_once() -> None:
    tasks = TaskOwner("test")
    sync, store, told = await in_step(tasks)

    sync.receive("endpoint:status-changed", went_down(0).to_wire())
    assert store.records["a"].status is Status.DOWN
    assert (store.seq, len(told)) == (7, 1)

    sync.receive("endpoint:status-changed", went_down(8).to_wire())
    assert (store.seq, len(told), sync.gaps) == (8, 1, 0)

    sync.receive("endpoint:status-changed", went_down(9).to_wire())
    assert len(told) == 2, "the same once more is news"
    await tasks.aclose()


async def test_what_a_backend_took_with_it_that_died_on_a_full_disk_is_not_shown_any_more() -> None:
    tasks = TaskOwner("test")
    sync, store, _ = await in_step(tasks)
    full = StorageChanged(trouble=StorageTrouble.FULL, since=at(0))
    sync.receive("storage:changed", full.to_wire())
    sync.receive("endpoint:status-changed", went_down(0).to_wire())
    sync.receive("incident:started", incident_began(0).to_wire())
    assert (store.records["a"].status, store.open_incidents) == (Status.DOWN, 1)

    sync.lost()
    now = state("a", current_status=Status.UP, last_checked_at=at(0.5))
    await sync.settle(Restarted(sync, snapshot(now, seq=7)))

    assert store.open_incidents == 0
    assert store.records["a"].open_incident is None
    assert store.records["a"].view == now.endpoint
    await tasks.aclose()


async def test_what_a_backend_could_not_store_while_the_line_was_cut_is_shown() -> None:
    tasks = TaskOwner("test")
    sync, store, told = await in_step(tasks)

    sync.lost()
    now = snapshot(state("a", current_status=Status.DOWN), seq=7, incidents=(incident(),))
    await sync.settle(Restarted(sync, now, StorageTrouble.FULL))

    assert store.records["a"].status is Status.DOWN
    assert store.open_incidents == 1
    assert told == []
    await tasks.aclose()


async def test_what_was_stored_while_the_line_was_cut_is_told_all_the_same() -> None:
    tasks = TaskOwner("test")
    sync, store, told = await in_step(tasks)
    full = StorageChanged(trouble=StorageTrouble.FULL, since=at(0))
    sync.receive("storage:changed", full.to_wire())

    sync.lost()
    down = went_down(8)
    healed = Restarted(sync, snapshot(state("a", current_status=Status.DOWN), seq=8))
    healed.missed = [StoredEvent(event=down.event, data=down.to_wire())]
    await sync.settle(healed)

    assert [each.event for each in told] == [down]
    assert not told[0].is_live
    assert store.records["a"].status is Status.DOWN
    await tasks.aclose()


async def test_a_line_that_was_cut_takes_no_snapshot_where_all_is_stored() -> None:
    tasks = TaskOwner("test")
    sync, store, _ = await in_step(tasks)
    full = StorageChanged(trouble=StorageTrouble.FULL, since=at(0))
    sync.receive("storage:changed", full.to_wire())
    sync.receive("storage:changed", StorageChanged(trouble=None, since=None).to_wire())

    sync.lost()
    other = snapshot(state("a", current_status=Status.DOWN), seq=7)
    await sync.settle(Restarted(sync, other))

    assert store.records["a"].status is Status.UNKNOWN, "as the log says: nothing happened"
    await tasks.aclose()


async def test_whether_the_backend_can_store_is_told_at_once() -> None:
    tasks = TaskOwner("test")
    sync, _, told = await in_step(tasks)
    heard: list[StorageChanged] = []
    sync.storage.add(heard.append)
    full = StorageChanged(trouble=StorageTrouble.FULL, since=at(0))

    sync.receive("storage:changed", full.to_wire())

    assert heard == [full]
    assert told == []
    await tasks.aclose()
