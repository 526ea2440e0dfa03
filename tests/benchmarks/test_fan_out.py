"""How fast checks reach one, ten and a hundred clients, beside two others in the same run.

The others are a bare python-socketio and the official server for Node; both tell of every check
by an event of its own, since they know no other way.
"""

import json
import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.benchmarks.fan_out_server import TOKEN, a_check
from tests.benchmarks.listeners import listening_clients
from tests.benchmarks.measured_backend import Work, module
from tests.helpers.bell import Bell
from tests.helpers.node import installed
from tests.helpers.program import Program, running_program

NODE_SERVER = Path(__file__).parent / "node_server" / "fan_out_server.mjs"
WAYS = ("node", "bare", "single", "batch")


@asynccontextmanager
async def server(home: Path, way: str) -> AsyncIterator[Program]:
    """Run a server that tells of checks."""
    if way == "node":
        said = (str(installed(NODE_SERVER)), json.dumps(a_check(0).to_wire()))
        async with running_program(*said, home=home, interpreter="node") as program:
            yield program
    else:
        mode = "bare" if way == "bare" else "vigil"
        async with module("fan_out_server", home, mode, str(home / "data")) as program:
            yield program


async def deliveries_a_second(
    home: Path, way: str, clients: int, events: int
) -> tuple[float, float, float]:
    """Return deliveries a second, how many checks a frame held, and us of processor time each."""
    bell = Bell()
    asked: dict[str, object] = {"batch": True} if way == "batch" else {}
    async with server(home, way) as telling:
        url = await telling.wait_for_line(lambda line: line.startswith("http"))
        async with listening_clients(url, clients, TOKEN, asked, bell) as listeners:
            telling.say(str(events))
            await telling.wait_for_line(lambda line: line == "made")
            work = Work(telling.pid)
            telling.say("tell")
            await bell.until(
                lambda: min(it.heard for it in listeners) >= events,
                "all to hear all",
                60,
                lambda: [it.heard for it in listeners][:5],
            )
            took, used_s = work.seconds, work.used_s
    assert [it.heard for it in listeners] == [events] * clients, "each check came once"
    told = clients * events
    return told / took, told / sum(it.frames for it in listeners), used_s * 1e6 / told


@pytest.mark.parametrize(
    ("crowds", "deliveries", "rounds"),
    [
        pytest.param((2,), 200, 1, id="smoke"),
        pytest.param((1, 10, 100), 60_000, 2, id="full", marks=pytest.mark.long),
    ],
)
@pytest.mark.timeout(300)
async def test_deliveries_a_second(
    tmp_path: Path, crowds: tuple[int, ...], deliveries: int, rounds: int
) -> None:
    print("\ndeliveries a second (goals: batch 3 x node, single 0.6 x bare python-socketio)")
    for clients in crowds:
        events = max(100, min(20_000, deliveries // clients))
        found: dict[str, list[tuple[float, float, float]]] = {way: [] for way in WAYS}
        for number in range(rounds):
            for way, kept in found.items():
                home = tmp_path / f"{clients}-{way}-{number}"
                kept.append(await deliveries_a_second(home, way, clients, events))
        middle = {
            way: tuple(map(statistics.median, zip(*kept, strict=True)))
            for way, kept in found.items()
        }
        for way, (per_s, per_frame, used_us) in middle.items():
            print(
                f"  {clients:3} clients, {way:6}: {per_s:8.0f}/s, {per_frame:4.1f} a frame, "
                f"{used_us:4.0f} us each; {per_s / middle['node'][0]:5.2f} x node, "
                f"{per_s / middle['bare'][0]:5.2f} x bare"
            )
        assert middle["batch"][1] > middle["single"][1] == 1, "bursts were told in one frame"
