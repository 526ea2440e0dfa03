"""How long it takes from a target's answer to the row that shows it: real processes, real window.

Prints the percentiles with 100 endpoints. The limit measured in the same run is a row's way
without us: the same loopback socket answered and read back, so that the figure can be compared
on any machine.
"""

import asyncio
import statistics
import time
from collections import defaultdict
from pathlib import Path

import pytest

from tests.helpers.desk import prepare_profile
from tests.helpers.display import running_display
from tests.helpers.program import Program, running_program
from tests.helpers.session_bus import running_session_bus

ENDPOINTS = 100
TALL = "1280x5000x24"


class Stopwatch:
    """A target that notes when it answered each path."""

    def __init__(self) -> None:
        self.answered: dict[str, list[float]] = defaultdict(list)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        name = head.split(b" ", 2)[1].decode().strip("/")
        # Noted before: on a busy machine the row may be painted before this process goes on.
        self.answered[name].append(time.monotonic())
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        await writer.drain()
        writer.close()


@pytest.mark.parametrize(
    "seconds", [8, pytest.param(20, marks=pytest.mark.long)], ids=["short", "full"]
)
@pytest.mark.timeout(240)
async def test_from_the_answer_of_a_target_to_the_repainted_row(tmp_path: Path, seconds: int):
    watch = Stopwatch()
    server = await asyncio.start_server(watch.handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    names = [f"endpoint-{number:03}" for number in range(ENDPOINTS)]
    quick = {"checkInterval": 5}
    await prepare_profile(
        tmp_path,
        [{"name": name, "url": f"http://127.0.0.1:{port}/{name}", **quick} for name in names],
    )
    with running_display(TALL) as screen:
        async with running_session_bus() as bus:
            command = [str(Path(__file__).with_name("painted_desktop.py")), "--page", "endpoints"]
            command += ["--data-dir", str(tmp_path / "data"), "--lang", "en"]
            environment = screen.environment | bus.environment
            environment |= {"PYTHONPATH": str(Path(__file__).parents[2])}
            async with running_program(*command, home=tmp_path, environment=environment) as program:
                window = await screen.xdotool(
                    "search", "--sync", "--onlyvisible", "--name", "^Vigil"
                )
                await screen.xdotool("windowmove", window.splitlines()[0], "0", "0")
                await screen.xdotool("windowsize", "--sync", window.splitlines()[0], "1280", "4900")
                await program.wait_for_line(lambda line: line.startswith("painted"), timeout=30)
                await asyncio.sleep(7)  # every endpoint was checked, the start is over
                begun = time.monotonic()
                await asyncio.sleep(seconds)
                delays = _delays(program, watch, begun)
    server.close()
    print(_report(delays, await _bare_round_trip()))
    assert len(delays) > ENDPOINTS, "most rows were seen to follow their checks"


def _delays(program: Program, watch: Stopwatch, begun: float) -> list[float]:
    """Return for each painted check how long after its target's answer it was, in ms."""
    delays = []
    for line in program.output:
        if not line.startswith("painted"):
            continue
        _word, name, painted = line.split()
        if float(painted) < begun:
            continue
        before = [at for at in watch.answered[name] if at <= float(painted)]
        delays.append((float(painted) - before[-1]) * 1000)
    return delays


async def _bare_round_trip() -> float:
    """Return the median time in ms of one answered request on a bare loopback socket."""
    watch = Stopwatch()
    server = await asyncio.start_server(watch.handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    taken = []
    for _ in range(200):
        begun = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /x HTTP/1.1\r\n\r\n")
        await reader.read()
        writer.close()
        taken.append((time.perf_counter() - begun) * 1000)
    server.close()
    return statistics.median(taken)


def _report(delays: list[float], bare_ms: float) -> str:
    cuts = statistics.quantiles(delays, n=100)
    p50, p95, p99 = cuts[49], cuts[94], cuts[98]
    return (
        f"\nprobe to pixel, {ENDPOINTS} endpoints, {len(delays)} rows repainted: "
        f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms, worst {max(delays):.1f} ms; "
        f"bare loopback request {bare_ms:.2f} ms, p50 is {p50 / bare_ms:.0f} times that"
    )
