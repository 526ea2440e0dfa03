"""What a client missed, or is shown, is made and written beside the loop where it is much."""

import json
import threading

from backend.contract.events import Missed, Subscribed
from backend.realtime.replay import FEW, written
from tests.helpers.live_backend import TOKEN, LiveBackend
from tests.helpers.socket_client import connected


async def test_a_large_answer_is_made_and_written_in_a_thread() -> None:
    threads: list[int] = []

    def make() -> Subscribed:
        threads.append(threading.get_ident())
        return Subscribed(subscribed=True)

    said = await written(make)
    assert json.loads(said.text) == Subscribed(subscribed=True).to_wire()
    assert threads != [threading.get_ident()]


async def test_more_missed_events_than_are_written_at_once_come_in_their_order(
    live: LiveBackend,
) -> None:
    async with connected(live.url, TOKEN) as client:
        start = await client.ask("sync", {"since": 0, "epoch": None})
        added = await live.add(isActive=False)
        notes = [str(number) for number in range(FEW + 1)]
        for note in notes:
            await live.rest.patch(f"/api/endpoints/{added['id']}", json={"note": note})
        missed = await client.ask("sync", {"since": start["seq"], "epoch": start["epoch"]})
        told = Missed.model_validate(missed)
        assert (told.seq, told.epoch) == (FEW + 2, start["epoch"])
        assert [it.data["seq"] for it in told.events] == list(range(1, FEW + 3))
        assert [it.data["note"] for it in told.events[1:]] == notes
