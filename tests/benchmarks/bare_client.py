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

from backend.checks.body import Pace
from backend.checks.connection import connect
from backend.checks.exchange import Answer, Exchange, Request
from backend.checks.http_prober import HttpProber
from backend.checks.resolver import Resolver
from backend.checks.trace import Trace
from backend.domain.reply import JUDGED_BYTES, Failure
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


class OurTransport(httpx.AsyncBaseTransport):
    """Our connection under an httpx client: plain HTTP, nothing kept open."""

    def __init__(self) -> None:
        self._resolver, self._pace = Resolver(), Pace()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Ask once."""
        url, trace = request.url, Trace(str(request.url))
        asked = Request(request.method.encode(), url.raw_path, request.headers.raw, None)
        host, port = url.raw_host.decode(), url.port or 80
        connection = await connect(self._resolver, host, port, None, trace)
        try:
            answer = await Exchange(connection, trace, self._pace, JUDGED_BYTES).ask(asked)
        finally:
            connection.drop()
        assert isinstance(answer, Answer), answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.body)


@asynccontextmanager
async def httpx_on_ours(url: str) -> AsyncIterator[Ask]:
    """Ask with an httpx client through our transport."""
    async with httpx.AsyncClient(transport=OurTransport(), trust_env=False) as client:

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


WAYS = {"httpx": shared_httpx, "ours": httpx_on_ours, "prober": prober}


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
