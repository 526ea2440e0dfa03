"""How many checks a second the whole backend makes, stores and tells, and what one costs.

Prints each figure beside the limits measured in the same run: a bare shared httpx client on fresh
connections, one through our transport, and the prober alone. Nothing here fails for being slow.
"""

import asyncio
import json
import shutil
import statistics
from pathlib import Path

import pytest

from tests.benchmarks.measured_backend import Work, module, prepared, quick_target
from tests.helpers.program import Backend, running_backend
from tests.helpers.socket_client import SocketClient, connected

AT_ONCE = 100
"""As many as the backend has under way at most."""


def checks_heard(client: SocketClient) -> int:
    """Return how many checks a client was told of, alone or in bursts."""
    return sum(
        len(data) if name == "checks:completed" else name == "check:completed"
        for name, data in client.heard
    )


async def pipeline(backend: Backend, endpoints: int, seconds: float) -> tuple[float, float]:
    """Return checks a second at a client, and ms of processor time a check.

    From when every endpoint was checked once: a first check is a change of status, and has its
    request made.
    """
    async with connected(backend.url, backend.token) as client:
        await client.ask("subscribe:all", {"batch": True})
        for _ in range(240):
            if checks_heard(client) >= endpoints:
                break
            await asyncio.sleep(0.5)
        assert checks_heard(client) >= endpoints
        before, work = checks_heard(client), Work(backend.program.pid)
        await asyncio.sleep(seconds)
        count, took, used = checks_heard(client) - before, work.seconds, work.used_s
    assert count > 0
    return count / took, used / count * 1000


async def alone(way: str, home: Path, url: str, seconds: float) -> tuple[float, float]:
    """Return the same of a process that does nothing but ask."""
    async with module("bare_client", home, way, url, str(seconds), str(AT_ONCE)) as asking:
        said = json.loads(await asking.wait_for_line(lambda line: line.startswith("{"), 60))
    return said["per_s"], said["cpu_ms"]


@pytest.mark.parametrize(
    ("endpoints", "seconds", "rounds"),
    [(50, 5, 1), pytest.param(15_000, 10, 2, marks=pytest.mark.long)],
    ids=["smoke", "full"],
)
@pytest.mark.timeout(300)
async def test_checks_a_second(tmp_path: Path, endpoints: int, seconds: float, rounds: int) -> None:
    ways = ("httpx", "ours", "prober")
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in (*ways, "pipeline")}
    known = tmp_path / "known"
    async with quick_target(tmp_path / "target") as url:
        await prepared(known, [f"{url}/{each}" for each in range(endpoints)], 5)
        for number in range(rounds):
            for way in ways:
                home = tmp_path / f"{way}{number}"
                found[way].append(await alone(way, home, url + "/x", 5 if rounds > 1 else 1))
            home = tmp_path / f"backend{number}"
            shutil.copytree(known, home)
            async with running_backend(home) as backend:
                found["pipeline"].append(await pipeline(backend, endpoints, seconds))
    middle = {
        way: tuple(map(statistics.median, zip(*all_, strict=True))) for way, all_ in found.items()
    }
    httpx_s, ours_s = middle["httpx"][0], middle["ours"][0]
    print(f"\n{endpoints} endpoints due every 5 s, {rounds} round(s), medians:")
    for way, (per_s, cpu_ms) in middle.items():
        print(
            f"  {way:8} {per_s:6.0f} checks/s ({per_s / httpx_s:.2f} x httpx, {per_s / ours_s:.2f}"
            f" x httpx on our transport), {cpu_ms:.2f} ms of processor time a check"
        )
