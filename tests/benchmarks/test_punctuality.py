"""How late checks begin, how soon they are told, and how soon all are checked after a restart.

The targets are in the test's process, so that both ends have one clock; the limit is how late a
timer of that process fires meanwhile. Nothing fails for being slow.
"""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from backend.engine.room import MOST
from backend.engine.scheduler import CHECKS_AT_ONCE
from tests.benchmarks.measured_backend import Work, beat, share_of, watching
from tests.helpers.program import Backend
from tests.helpers.socket_client import SocketClient, connected

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
_PATIENCE_MS = 30_000
"""So long a hanging target is waited for: of a hundred, a hundred are under way."""

Times = dict[str, list[float]]


class Targets:
    """Answers every path but those that hang, and notes when it was asked, and had answered."""

    def __init__(self) -> None:
        self.asked: Times = defaultdict(list)
        self.answered: Times = defaultdict(list)
        self.open = self.most_open = 0

    def protocol(self) -> asyncio.Protocol:
        return _Line(self)


class _Line(asyncio.Protocol):
    def __init__(self, targets: Targets) -> None:
        self._targets = targets

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._targets.open += 1
        self._targets.most_open = max(self._targets.most_open, self._targets.open)

    def connection_lost(self, _error: Exception | None) -> None:
        self._targets.open -= 1

    def data_received(self, data: bytes) -> None:
        path = data.split(b" ", 2)[1].decode()
        self._targets.asked[path].append(time.monotonic())
        if path.startswith("/hang"):
            return
        self._transport.write(_ANSWER)
        self._targets.answered[path].append(time.monotonic())
        self._transport.close()


@asynccontextmanager
async def running() -> AsyncIterator[tuple[Targets, str]]:
    targets = Targets()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(targets.protocol, "127.0.0.1", 0, backlog=2000)
    yield targets, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


def late_ms(asked: Times, interval_s: int) -> list[float]:
    """Return how late each check of healthy endpoints began, in ms.

    From the third on: after a start the second comes sooner, by design.
    """
    return [
        max(0.0, after - before - interval_s) * 1000
        for path, times in asked.items()
        if not path.startswith("/hang")
        for before, after in pairwise(times[1:])
    ]


@dataclass(frozen=True)
class Ran:
    """What one run brought; times in ms, the last what the backend itself says, as a mean."""

    targets: Targets
    told: list[float]
    late: list[float]
    timer: list[float]
    share: float
    used_s: float
    own_late: float


async def run(home: Path, endpoints: int, hanging: int, interval_s: int, seconds: float) -> Ran:
    """Let a backend check so many endpoints for so long."""
    timer: list[float] = []
    async with running() as (targets, url):
        healthy = [f"{url}/{number}" for number in range(endpoints - hanging)]
        silent = [f"{url}/hang{number}" for number in range(hanging)]
        async with (
            watching(home, healthy + silent, interval_s, _PATIENCE_MS) as backend,
            connected(backend.url, backend.token) as client,
            asyncio.TaskGroup() as group,
        ):
            beating = group.create_task(beat(timer), name="a bare timer")
            await client.ask("subscribe:all", {"batch": True})
            delays, heard_from = _hear(client, targets), min(12, seconds / 2)
            await asyncio.sleep(heard_from)  # the start is over
            before, work = len(delays), Work(backend.program.pid)
            await asyncio.sleep(seconds - heard_from)
            told, share, used_s = delays[before:], work.share, work.used_s
            own_late = await _own_late_ms(backend)
            beating.cancel()
    assert len(delays) > 0, "a client heard of checks"
    assert targets.most_open <= CHECKS_AT_ONCE * MOST
    late = late_ms(targets.asked, interval_s)
    return Ran(targets, told, late, timer, share, used_s, own_late)


async def _own_late_ms(backend: Backend) -> float:
    """Return how late all checks began after they were due, which no target can know, as a mean."""
    headers = {"Authorization": f"Bearer {backend.token}"}
    async with httpx.AsyncClient(base_url=backend.url, headers=headers, trust_env=False) as rest:
        said = (await rest.get("/metrics")).raise_for_status().text
    count, total = (
        float(re.search(rf"^vigil_scheduler_lateness_seconds_{part} (\S+)$", said, re.M)[1])
        for part in ("count", "sum")
    )
    assert count > 0
    return total / count * 1000


@pytest.mark.parametrize(
    ("endpoints", "interval_s", "hanging", "seconds"),
    [
        pytest.param(20, 5, (0, 4), 3, id="smoke"),
        pytest.param(1000, 20, (0, 100), 40, id="50 a second", marks=pytest.mark.long),
        pytest.param(1000, 10, (0,), 22, id="100 a second", marks=pytest.mark.long),
        pytest.param(1000, 60, (0,), 13, id="restart", marks=pytest.mark.long),
    ],
)
@pytest.mark.timeout(200)
async def test_a_thousand_endpoints(
    tmp_path: Path, endpoints: int, interval_s: int, hanging: tuple[int, ...], seconds: float
) -> None:
    ran = {}
    for silent in hanging:
        it = ran[silent] = await run(tmp_path / str(silent), endpoints, silent, interval_s, seconds)
        print(f"\n{endpoints} endpoints every {interval_s} s, of which {silent} hang:")
        print(_of_the_start(it.targets))
        if it.told:
            print(
                f"  {it.share:.1f} % of a core (goal 10), {it.used_s / len(it.told) * 1000:.2f} ms "
                "a check, most of them stored and told one by one"
            )
            print(f"  answer to event at a client: {_cuts(it.told)} (goals p50 4, p99 25)")
        if it.late:
            print(
                f"  late starts of the healthy: {_cuts(it.late)} (goal p99 50); of all, since they "
                f"were due, {it.own_late:.1f} ms in the mean"
            )
            print(f"  a bare timer meanwhile: {_cuts(it.timer)}")
    if len(ran) == 2 and all(it.late for it in ran.values()):
        without, beside = (share_of(it.late, 0.99) for it in ran.values())
        print(f"  beside those that hang the healthy begin {beside - without:+.1f} ms (goal 20)")


def _cuts(values: list[float]) -> str:
    p50, p95, p99 = (share_of(values, part) for part in (0.5, 0.95, 0.99))
    return f"p50 {p50:.1f}, p95 {p95:.1f}, p99 {p99:.1f} ms of {len(values)}"


def _of_the_start(targets: Targets) -> str:
    """Say how soon all were checked once, and how many at the same time at most."""
    healthy = {path: times for path, times in targets.asked.items() if "/hang" not in path}
    first = sorted(times[0] for times in healthy.values())
    busiest = max(sum(at <= it < at + 1 for it in first) for at in first)
    return (
        f"  {len(first)} healthy checked once {first[-1] - first[0]:.1f} s after the first (goal "
        f"30), at most {busiest} begun within one second and {targets.most_open} open at once (cap "
        f"{CHECKS_AT_ONCE}, beside those that hang)"
    )


def _hear(client: SocketClient, targets: Targets) -> list[float]:
    """Return the list into which from now on each check's delay is put, in ms."""
    delays: list[float] = []

    def note(data: dict[str, object]) -> None:
        path = "/" + str(data["endpointName"]).rpartition("/")[2]
        answered = targets.answered[path]
        if answered:
            delays.append((time.monotonic() - answered[-1]) * 1000)

    client.listen("check:completed", note)
    client.listen("checks:completed", lambda burst: [note(each) for each in burst])
    return delays
