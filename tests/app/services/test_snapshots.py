"""Reading a large answer: the loop is free in between, and nothing of it is lost."""

import asyncio
from collections.abc import Mapping

import pytest
from pydantic import ValidationError

from app.services.messages import SLICE, read_snapshot
from app.services.subscriptions import CallError
from app.services.sync import Sync
from app.state.change import Change
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.events import Resync, Subscribed, SyncAnswer
from tests.app.state.builders import recent, snapshot, state, updated

COUNT = 8 * SLICE + 1
WHOLE = snapshot(*(state(f"e{place}", checks=(recent(place),)) for place in range(COUNT)))


async def turns_while(coro: "asyncio.Future[object]") -> int:
    turns = 0
    while not coro.done():
        turns += 1
        await asyncio.sleep(0)
    return turns


async def test_a_large_snapshot_lets_the_loop_run_between_its_slices() -> None:
    answer = Subscribed(subscribed=True, snapshot=WHOLE).to_wire()
    async with asyncio.TaskGroup() as group:
        reading = group.create_task(read_snapshot(Subscribed.model_validate, answer))
        assert await turns_while(reading) >= COUNT / SLICE
    assert reading.result() == Subscribed(subscribed=True, snapshot=WHOLE)


class Answering:
    """A connection on which every question brings the same large snapshot."""

    async def call(self, name: str, data: Mapping[str, object] | None = None) -> object:
        return Subscribed(subscribed=True, snapshot=WHOLE).to_wire()


async def test_a_pages_large_snapshot_is_taken_in_parts_and_what_comes_between_stands() -> None:
    store = Store(now_ms=lambda: 0)
    sync = Sync(TaskOwner("test"), store)
    await sync.settle(Answering())
    changed = tuple(
        state(f"e{place}", checks=(recent(place), recent(COUNT))) for place in range(COUNT)
    )
    answer = Subscribed(subscribed=True, snapshot=snapshot(*changed)).to_wire()
    parts: list[Change] = []

    def listen(change: Change) -> None:
        parts.append(change)
        if len(parts) == 1:
            event = updated(11, f"e{COUNT - 1}", name="Renamed meanwhile")
            sync.receive(event.event.value, event.to_wire())

    sync.changed.add(listen)
    await sync.take_subscribed(answer)
    assert len(parts) == 2 + COUNT // 100
    assert Change.merged(parts).changed.keys() == store.records.keys()
    assert all(len(record.checks) == 2 for record in store.records.values())
    assert store.records[f"e{COUNT - 1}"].view.name == "Renamed meanwhile"


async def test_a_connection_lost_while_the_first_snapshot_is_taken_leaves_the_store_empty() -> None:
    store = Store(now_ms=lambda: 0)
    sync = Sync(TaskOwner("test"), store)

    async def settle() -> None:
        with pytest.raises(CallError, match="lost meanwhile"):
            await sync.settle(Answering())

    async with asyncio.TaskGroup() as group:
        group.create_task(settle())
        for _ in range(2 + COUNT // SLICE):
            await asyncio.sleep(0)
        sync.lost()
    assert not store.is_filled


def packed(text: str) -> dict[str, object]:
    """Return an answer whose checks are packed so."""
    told = (state(f"e{place}").model_copy(update={"packed": text}) for place in range(3))
    return Subscribed(subscribed=True, snapshot=snapshot(*told)).to_wire()


class Packing:
    """A connection on which every question brings a snapshot whose checks are packed so."""

    def __init__(self, text: str) -> None:
        self.asked: list[Mapping[str, object]] = []
        self._text = text

    async def call(self, name: str, data: Mapping[str, object] | None = None) -> object:
        self.asked.append(data or {})
        return packed(self._text)


async def test_packed_checks_are_asked_for_and_read() -> None:
    store = Store(now_ms=lambda: 0)
    sync, packing = Sync(TaskOwner("test"), store), Packing("[[1000,1,12.5,200,null]]")
    await sync.settle(packing)
    assert packing.asked == [{"snapshot": True, "compact": True, "packed": True}]
    assert [it.response_time for it in store.records["e2"].checks] == [12.5]
    await sync.take_subscribed(
        packed('[[1000,1,12.5,200,null],[2000,0,null,null,"확인 \\"no\\""]]')
    )
    assert [it.error_message for it in store.records["e2"].checks] == [None, '확인 "no"']


@pytest.mark.parametrize("text", ["no list", "[[1000,1]]", "[[1000,9,1.0,200,null]]", "[{}]"])
async def test_packed_checks_that_cannot_be_read_are_of_no_use(text: str) -> None:
    store = Store(now_ms=lambda: 0)
    sync = Sync(TaskOwner("test"), store)
    with pytest.raises(CallError, match="cannot be read"):
        await sync.settle(Packing(text))
    assert not store.is_filled
    with pytest.raises(CallError, match="cannot be read"):
        await sync.take_subscribed(packed(text))


async def test_every_shape_of_answer_is_read() -> None:
    anew = Resync(seq=10, epoch="first", snapshot=WHOLE)
    assert await read_snapshot(SyncAnswer.validate_python, anew.to_wire()) == anew
    bare = {"subscribed": True}
    assert await read_snapshot(Subscribed.model_validate, bare) == Subscribed(subscribed=True)


@pytest.mark.parametrize("damage", [{"endpoints": [{}] * COUNT}, {"seq": "none"}, {"epoch": None}])
async def test_what_has_not_the_contracts_shape_is_refused(damage: dict[str, object]) -> None:
    answer = Subscribed(subscribed=True, snapshot=WHOLE).to_wire()
    answer["snapshot"] = {**answer["snapshot"], **damage}
    with pytest.raises(ValidationError):
        await read_snapshot(Subscribed.model_validate, answer)
