"""What was told before it could be stored is applied, told once, and no gap when it is numbered."""

from app.services.sync import Sync, Told
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.events import StatusChanged, StorageChanged, Subscribed
from backend.contract.vocabulary import Status, StorageTrouble
from tests.app.state.builders import at, snapshot, state


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


class Telling:
    """A connection on which every question brings the same snapshot."""

    async def call(self, name: str, data: object = None) -> object:
        told = snapshot(state("a"), seq=7)
        return Subscribed(subscribed=True, snapshot=told).to_wire()


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
