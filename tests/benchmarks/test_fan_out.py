"""How fast checks reach one, ten and a hundred clients, beside the bare library in the same run.

The clients read frames without looking into them, or they would be what is measured. A comparison
with the official server for Node is left out: it is not at hand here.
"""

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.benchmarks.fan_out_server import TOKEN
from tests.benchmarks.measured_backend import module
from tests.helpers.bell import Bell

_CHECK = "endpointId"


class Listener:
    """A client that only counts; speaks as much Engine.IO as that takes."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, bell: Bell) -> None:
        self._socket, self._bell = socket, bell
        self.heard = 0
        self.frames = 0

    async def subscribe(self, asked: dict[str, object]) -> None:
        await self._until("0")
        await self._socket.send_str("40" + json.dumps({"token": TOKEN}))
        await self._until("40")
        await self._socket.send_str("420" + json.dumps(["subscribe:all", asked]))
        await self._until("430")

    async def listen(self) -> None:
        async for message in self._socket:
            if message.data == "2":
                await self._socket.send_str("3")
            elif _CHECK in message.data:
                self.frames += 1
                self.heard += message.data.count(_CHECK)
                self._bell.ring()

    async def _until(self, begins: str) -> None:
        while not (await self._socket.receive_str()).startswith(begins):
            pass


@asynccontextmanager
async def listening_clients(
    url: str, count: int, asked: dict[str, object], bell: Bell
) -> AsyncIterator[list[Listener]]:
    """Have so many clients listen."""
    address = f"{url}/socket.io/?EIO=4&transport=websocket"
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        found = []
        for _ in range(count):
            found.append(Listener(await session.ws_connect(address, max_msg_size=0), bell))
            await found[-1].subscribe(asked)
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(it.listen(), name=f"client {number}")
                for number, it in enumerate(found)
            ]
            yield found
            for task in tasks:
                task.cancel()


async def deliveries_a_second(
    home: Path, way: str, clients: int, events: int, asked: dict[str, object]
) -> tuple[float, float]:
    """Return deliveries a second, and how many checks a frame held."""
    bell = Bell()
    async with module("fan_out_server", home, way, str(home / "data")) as server:
        url = await server.wait_for_line(lambda line: line.startswith("http"))
        async with listening_clients(url, clients, asked, bell) as listeners:
            began = time.perf_counter()
            server.say(str(events))
            await bell.until(
                lambda: min(it.heard for it in listeners) >= events,
                "all to hear all",
                60,
                lambda: [it.heard for it in listeners][:5],
            )
            took = time.perf_counter() - began
    frames = sum(it.frames for it in listeners)
    return clients * events / took, clients * events / frames


@pytest.mark.parametrize(
    ("crowds", "deliveries", "rounds"),
    [
        pytest.param((2,), 100, 1, id="smoke"),
        pytest.param((1, 10, 100), 40_000, 3, id="full", marks=pytest.mark.long),
    ],
)
@pytest.mark.timeout(300)
async def test_deliveries_a_second(
    tmp_path: Path, crowds: tuple[int, ...], deliveries: int, rounds: int
) -> None:
    print()
    for clients in crowds:
        events = max(50, min(10_000, deliveries // clients))
        found: dict[str, list[tuple[float, float]]] = {"bare": [], "single": [], "batch": []}
        for number in range(rounds):
            for way, kept in found.items():
                home = tmp_path / f"{clients}-{way}-{number}"
                asked: dict[str, object] = {"batch": True} if way == "batch" else {}
                mode = "bare" if way == "bare" else "vigil"
                kept.append(await deliveries_a_second(home, mode, clients, events, asked))
        limit = statistics.median(it[0] for it in found["bare"])
        for way, kept in found.items():
            per_s, per_frame = (statistics.median(each) for each in zip(*kept, strict=True))
            print(
                f"  {clients:3} clients, {way:6}: {per_s:8.0f} deliveries/s, {per_frame:4.1f} a "
                f"frame, {per_s / limit:.2f} x bare python-socketio (goals 0.6 single, 3 batched)"
            )
