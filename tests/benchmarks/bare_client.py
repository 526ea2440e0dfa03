"""A process that does nothing but ask, in one of several ways, and says how often a second.

`python -m tests.benchmarks.bare_client WAY URL SECONDS AT_ONCE` prints checks a second, and ms of
processor time a check, as one JSON line. The limits the pipeline is held against.
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx

from backend.checks.http_prober import HttpProber
from backend.domain.reply import Failure
from tests.backend.storage.conftest import an_endpoint

Ask = Callable[[], Awaitable[None]]


@asynccontextmanager
async def shared_httpx(url: str) -> AsyncIterator[Ask]:
    """Ask with one shared httpx client, on fresh connections."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

        async def ask() -> None:
            answer = await client.get(url, headers={"connection": "close"})
            assert answer.status_code == 200

        yield ask


@asynccontextmanager
async def prober(url: str) -> AsyncIterator[Ask]:
    """Ask as the backend asks, and do nothing with what came."""
    endpoint = an_endpoint(url=url)
    async with HttpProber("0") as asks:

        async def ask() -> None:
            reply = await asks.ask(endpoint)
            assert not isinstance(reply, Failure), reply

        yield ask


WAYS = {"httpx": shared_httpx, "prober": prober}


async def main(way: str, url: str, seconds: float, at_once: int) -> None:
    """Ask for so long, that many at once."""
    count = 0
    async with WAYS[way](url) as ask:
        for _ in range(20):
            await ask()
        until = time.perf_counter() + seconds
        began, worked = time.perf_counter(), time.process_time()

        async def go_on() -> None:
            nonlocal count
            while time.perf_counter() < until:
                await ask()
                count += 1

        async with asyncio.TaskGroup() as group:
            for number in range(at_once):
                group.create_task(go_on(), name=f"ask {number}")
        took, work = time.perf_counter() - began, time.process_time() - worked
    print(json.dumps({"per_s": count / took, "cpu_ms": work * 1000 / count}), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])))
