"""A backend that is stopped says no goodbye: within ten seconds the light leaves green."""

import asyncio
import contextlib
import time

import aiohttp
import pytest

from app.services.feed import Feed
from app.services.subscriptions import CallError
from app.state.link import Phase
from tests.app.services.conftest import Served
from tests.app.services.desk import desk, through
from tests.helpers.cable import Cable

HEARTBEATS_S = 8.0
LATE_S = 1.0
"""How much later than two heartbeats it may be on a busy machine; a goodbye takes as long."""


@pytest.mark.parametrize(
    "transport", ["websocket", pytest.param("polling", marks=pytest.mark.long)]
)
async def test_a_silent_connection_is_lost_also_while_something_is_being_sent(
    transport: str, served: Served, cable: Cable
) -> None:
    async with aiohttp.ClientSession() as session:
        feed = Feed(session, lambda _name, _data: None, call_timeout_s=0)
        await feed.open(through(cable.port, served.address), transport, timeout_s=5)
        cable.hold()
        begun = time.monotonic()
        # The moment at which the library gives up must be one in which it has something to send.
        await asyncio.wait((feed.lost,), timeout=HEARTBEATS_S - 1)
        while not feed.lost.done() and time.monotonic() - begun < HEARTBEATS_S + LATE_S:
            with contextlib.suppress(CallError):
                await feed.call("sync")

        assert feed.lost.done()
        await feed.aclose()


@pytest.mark.long
async def test_the_light_does_not_wait_for_the_goodbye_to_a_silent_backend(
    served: Served, cable: Cable
) -> None:
    async with desk() as it:
        await it.connect(through(cable.port, served.address))
        cable.hold()
        begun = time.monotonic()
        state = await it.until_phase(Phase.WAITING)

        assert time.monotonic() - begun < HEARTBEATS_S + LATE_S / 2
        assert state.reason == "nothing was heard for 8 s"
