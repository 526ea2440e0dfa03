"""A process that tells many clients of checks: Vigil's own way out, or a bare python-socketio.

`python -m tests.benchmarks.fan_out_server vigil|bare DIR` prints its URL; a line with a number on
its standard input has it make so many checks and print ``made``, the next one tell of them, in
bursts.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import socketio

from backend.config import Settings
from backend.contract.events import CheckCompleted
from backend.contract.vocabulary import CheckStatus
from backend.contract.wire import instant
from backend.main import backend
from backend.realtime.gateway import MESSAGE_BYTES
from backend.serving import HOST, listening, serving
from tests.helpers.scripted_prober import ScriptedProber

TOKEN = "the token of this benchmark"
BURST = 50
Tell = Callable[[], Awaitable[None]]
Prepare = Callable[[CheckCompleted], Tell]
"""Makes of a check what tells of it: all that is not the server's work is done before."""


@asynccontextmanager
async def vigil(directory: Path) -> AsyncIterator[tuple[str, Prepare]]:
    """Serve as the backend does."""
    settings = Settings(directory, token=TOKEN)
    async with backend(settings, prober=ScriptedProber()) as serving_:

        def prepare(check: CheckCompleted) -> Tell:
            async def tell() -> None:
                serving_.bus.publish(check)

            return tell

        yield serving_.url, prepare


@asynccontextmanager
async def bare(_directory: Path) -> AsyncIterator[tuple[str, Prepare]]:
    """Serve with the library alone."""
    server = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins=[])

    async def subscribe(sid: str, _asked: object = None) -> tuple[None, dict[str, bool]]:
        await server.enter_room(sid, "all")
        return None, {"subscribed": True}

    server.on("subscribe:all", subscribe)

    def prepare(check: CheckCompleted) -> Tell:
        name, data = check.event.value, check.to_wire()
        return lambda: server.emit(name, data, to="all")

    with listening(0) as sock:
        async with serving(socketio.ASGIApp(server), sock, MESSAGE_BYTES):
            yield f"http://{HOST}:{sock.getsockname()[1]}", prepare


def a_check(number: int) -> CheckCompleted:
    """Return a check as most are."""
    return CheckCompleted(
        endpoint_id="00000000-0000-4000-8000-000000000001",
        endpoint_name="Endpoint 1",
        id=f"00000000-0000-4000-8000-000000000001:{number}",
        status=CheckStatus.SUCCESS,
        response_time=12.345,
        status_code=200,
        checked_at=instant(1_800_000_000_000 + number),
        error_message=None,
        is_degraded=False,
        reason=None,
        consecutive_failures=0,
    )


async def main(way: str, directory: Path) -> None:
    """Serve until standard input closes."""
    async with {"vigil": vigil, "bare": bare}[way](directory) as (url, prepare):
        print(url, flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            tellings = [prepare(a_check(number)) for number in range(int(line))]
            print("made", flush=True)
            await asyncio.to_thread(sys.stdin.readline)
            for number, tell in enumerate(tellings, 1):
                await tell()
                if number % BURST == 0:
                    await asyncio.sleep(0)  # as after a commit


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
