"""Memory and punctuality over time: real processes, real window, 1,000 endpoints every 10 s.

Prints how the memory of both processes grows once they are warm, and how many checks came late.
The whole soak is in `make test-long` and left out of `make bench`, but for
`VIGIL_SOAK_MINUTES=8 python dev.py bench -k whole_soak`, which also chooses how long it measures.
"""

import asyncio
import os
import sqlite3
import statistics
import time
from collections import defaultdict
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from tests.helpers.desk import prepare_profile
from tests.helpers.display import running_display
from tests.helpers.program import Program, running_program
from tests.helpers.session_bus import running_session_bus

INTERVAL_S = 10
LATE_S = 1.0
SAMPLE_S = 2.0
GOAL_MB_PER_HOUR = 1.0
FLOOR_S = 120
SERIES = 15
"""So many of the sizes are printed."""

WARM_UP_S = 22 * 60
"""In an hour's soak both processes grew in steps of a megabyte (an arena of Python's allocator),
the last of them with the desktop's second reload of the days after 20 minutes; then they were
level."""

FULL_MINUTES = float(os.environ.get("VIGIL_SOAK_MINUTES", "20"))


class Targets:
    """Answers every path, and notes when it was asked."""

    def __init__(self) -> None:
        self.asked: dict[bytes, list[float]] = defaultdict(list)
        self.is_asked = asyncio.Event()

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            self.asked[head.split(b" ", 2)[1]].append(time.monotonic())
            self.is_asked.set()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        writer.close()

    def late(self, since: float) -> list[float]:
        """Return by how many s those checks since then were late that came too late."""
        gaps = [
            after - before - INTERVAL_S
            for times in self.asked.values()
            for before, after in pairwise(times)
            if before >= since
        ]
        return [gap for gap in gaps if gap > LATE_S]

    def count(self, since: float) -> int:
        """Return how many checks there were since then."""
        return sum(at >= since for times in self.asked.values() for at in times)


@pytest.mark.parametrize(
    ("endpoints", "seconds", "warm_up_s"),
    [
        pytest.param(200, 4, 8, id="smoke"),
        pytest.param(
            1000,
            FULL_MINUTES * 60,
            WARM_UP_S,
            marks=[pytest.mark.long, pytest.mark.timeout(WARM_UP_S + FULL_MINUTES * 60 + 240)],
            id="whole_soak",
        ),
    ],
)
async def test_memory_does_not_grow_and_no_check_is_late(
    tmp_path: Path, endpoints: int, seconds: float, warm_up_s: float
):
    targets = Targets()
    server = await asyncio.start_server(targets.handle, "127.0.0.1", 0, backlog=1000)
    port = server.sockets[0].getsockname()[1]
    url, quick = f"http://127.0.0.1:{port}", {"checkInterval": INTERVAL_S}
    names = [f"endpoint-{number:04}" for number in range(endpoints)]
    await prepare_profile(
        tmp_path, [{"name": name, "url": f"{url}/{name}", **quick} for name in names]
    )
    fill_rings(tmp_path / "data" / "vigil.db")
    targets.asked.clear()
    targets.is_asked.clear()
    with running_display("1280x900x24") as screen:
        async with running_session_bus() as bus:
            command = ["-m", "app", "--data-dir", str(tmp_path / "data"), "--lang", "en"]
            environment = screen.environment | bus.environment
            async with running_program(*command, home=tmp_path, environment=environment) as desktop:
                await screen.xdotool("search", "--sync", "--onlyvisible", "--name", "^Vigil")
                await asyncio.wait_for(targets.is_asked.wait(), 60)
                begun = time.monotonic()
                memory = await _watch(desktop, seconds, warm_up_s)
    server.close()
    since = begun + warm_up_s
    checks, late = targets.count(since), targets.late(since)
    print(_report(memory, checks, late, endpoints))
    # Four seconds hold more or fewer of them, as they happen to be spread.
    share = 0.9 if seconds >= 300 else 0.5
    assert checks >= endpoints * seconds / INTERVAL_S * share
    assert len(late) <= checks * 0.01
    if seconds >= 300:
        slopes = {part: _mb_per_hour(_floor(samples)) for part, samples in memory.items()}
        # Twice the goal over so short a time is the measurement; five times is a leak.
        assert max(slopes.values()) < 5 * GOAL_MB_PER_HOUR, slopes


Samples = list[tuple[float, float]]


async def _watch(desktop: Program, seconds: float, warm_up_s: float) -> dict[str, Samples]:
    """Return the own memory of both processes for so long after the warm-up, in s and MB."""
    memory: dict[str, Samples] = {"desktop": [], "backend": []}
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < warm_up_s + seconds:
        if passed >= warm_up_s:
            (backend,) = desktop.children("backend")
            memory["desktop"].append((passed, pss_mb(desktop.pid, "Pss_Anon")))
            memory["backend"].append((passed, pss_mb(backend, "Pss_Anon")))
        await asyncio.sleep(SAMPLE_S)
    return memory


def pss_mb(pid: int, kind: str = "Pss") -> float:
    """Return the memory of a process in MB, what it shares divided among those who share it.

    Args:
        pid: the process.
        kind: ``Pss`` for all of it. ``Pss_Anon`` for what is its own: the rest is code, whose
            share rises by several MB whenever another program with the same libraries ends.
    """
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1]) / 1024
    raise AssertionError(f"the kernel does not say how large process {pid} is")


def _floor(samples: Samples) -> Samples:
    """Return the least of every two minutes: what awaits the collector comes and goes by 3 MB."""
    least: dict[int, tuple[float, float]] = {}
    begun, ended = samples[0][0], samples[-1][0]
    span = min(FLOOR_S, (ended - begun) / 2)  # of a short run each half
    for at, size in samples:
        place = int((at - begun) // span)
        least[place] = min(least.get(place, (at, size)), (at, size), key=lambda each: each[1])
    return list(least.values())


def _mb_per_hour(samples: Samples) -> float:
    times, sizes = zip(*samples, strict=True)
    return statistics.linear_regression(times, sizes).slope * 3600


def _report(memory: dict[str, Samples], checks: int, late: list[float], endpoints: int) -> str:
    lines = [f"\nsoak, {endpoints} endpoints every {INTERVAL_S} s"]
    for part, samples in memory.items():
        first, last = samples[0], samples[-1]
        lines.append(
            f"{part} without code: {first[1]:.1f} MB at {first[0]:.0f} s, "
            f"{last[1]:.1f} MB at {last[0]:.0f} s, "
            f"{_mb_per_hour(samples):+.2f} MB an hour as sampled, "
            f"{_mb_per_hour(_floor(samples)):+.2f} its floor (goal: under {GOAL_MB_PER_HOUR:.0f})"
        )
        # What levels off was not yet warm; what goes on in a line is a leak.
        step = max(1, len(samples) // SERIES)
        lines.append("  " + " ".join(f"{size:.1f}" for _, size in samples[::step]))
    worst = max(late, default=0.0)
    lines.append(f"{checks} checks, {len(late)} later than {LATE_S:.0f} s, worst {worst:.1f} s")
    return "\n  ".join(lines)


def fill_rings(database: Path) -> None:
    """Give every endpoint the checks that its row shows: memory that fills is none that leaks."""
    with closing(sqlite3.connect(database)) as db, db:
        db.execute(
            """
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 45)
            INSERT OR IGNORE INTO checks (endpoint, at_ms, success, degraded, latency_ms,
                status_code)
            SELECT checks.endpoint, MIN(checks.at_ms) - n * ?, 1, 0, 2.0, 200
            FROM checks, number GROUP BY checks.endpoint, n
            """,
            (INTERVAL_S * 1000,),
        )
