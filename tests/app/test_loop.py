"""Qt and asyncio on one loop: the whole line works there, and the end is clean."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app import loop
from app.services.backend_process import BackendProcess, backend_command
from app.services.failures import RestFailure
from app.services.line import Line
from app.state.link import Phase
from app.state.store import Store
from tests.helpers.bell import Bell


def test_the_exit_code_is_what_main_returns(qapp: QApplication) -> None:
    async def main() -> int:
        return 3

    assert loop.run(qapp, main) == 3


def test_timers_of_qt_and_of_asyncio_run_side_by_side(qapp: QApplication) -> None:
    async def main() -> int:
        rang = asyncio.Event()
        QTimer.singleShot(1, rang.set)
        async with asyncio.timeout(5):
            await rang.wait()
        return await asyncio.to_thread(lambda: 7)

    assert loop.run(qapp, main) == 7


def test_an_exception_of_main_is_not_swallowed(qapp: QApplication) -> None:
    async def main() -> int:
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        loop.run(qapp, main)


@asynccontextmanager
async def open_line(directory: Path) -> AsyncIterator[tuple[Line, Store, Bell]]:
    bell = Bell()
    store = Store(now_ms=lambda: round(time.monotonic() * 1000))
    line = Line(store, BackendProcess(backend_command(directory)))
    line.link.changed.add(lambda _: bell.ring())
    line.sync.changed.add(lambda _: bell.ring())
    line.start()
    try:
        yield line, store, bell
    finally:
        await line.aclose()


async def _connected(line: Line, bell: Bell, pid_before: int | None = None) -> None:
    await bell.until(
        lambda: line.link.state.phase is Phase.CONNECTED and line.process.pid != pid_before,
        "a connection",
        20,
        lambda: line.link.state,
    )


def test_a_killed_backend_is_back_soon_and_nothing_is_missing(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def main() -> int:
        async with open_line(tmp_path / "data") as (line, store, bell):
            await _connected(line, bell)
            made = await line.rest.create({"name": "API", "url": "http://127.0.0.1:9/"})
            assert not isinstance(made, RestFailure)
            await bell.until(lambda: made.id in store.records, "the endpoint", 10)
            pid = line.process.pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            killed = time.monotonic()
            await bell.until(lambda: line.link.state.phase is Phase.WAITING, "the red light", 10)
            await _connected(line, bell, pid)

            assert time.monotonic() - killed < 15
            assert set(store.records) == {made.id}
            again = await line.rest.patch(made.id, {"name": "Renamed"})
            assert not isinstance(again, RestFailure)
            await bell.until(
                lambda: store.records[made.id].view.name == "Renamed", "the new name", 10
            )
        return 0

    assert loop.run(qapp, main) == 0


def test_a_backend_that_is_given_up_can_be_called_back_by_hand(
    qapp: QApplication, tmp_path: Path
) -> None:
    occupied = tmp_path / "data"
    occupied.write_text("a file, not a directory")

    async def main() -> int:
        async with open_line(occupied) as (line, _, bell):
            await bell.until(lambda: line.link.state.phase is Phase.GIVEN_UP, "giving up", 30)
            occupied.unlink()
            line.reconnect_now()
            await _connected(line, bell)
        return 0

    assert loop.run(qapp, main) == 0
