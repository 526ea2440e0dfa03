"""Reading a large answer: the loop is free in between, and nothing of it is lost."""

import asyncio

import pytest
from pydantic import ValidationError

from app.services.feed import SLICE, read_snapshot
from backend.contract.events import Resync, Subscribed, SyncAnswer
from tests.app.state.builders import recent, snapshot, state

COUNT = 4 * SLICE + 1
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
