"""How fluid the window stays with ten thousand endpoints: the real one, on the real loop.

Prints each goal beside its figure. What is held against a goal is the time for which the Qt
thread does nothing else: that is what a person feels. Nothing fails for being slow.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from app import loop
from backend.contract.events import CheckCompleted
from backend.contract.vocabulary import CheckStatus
from tests.snapshots.past import NOW
from tests.snapshots.seeds import Seed, many
from tests.snapshots.staged import Staged, staged
from widgets.endpoint_view import EndpointView
from widgets.roles import Column, Role

EVENTS_A_SECOND = 5_000
_BATCH_MS = 10
_BEAT_MS = 2


def say(what: str, goal: float, found: float, unit: str = "ms") -> None:
    """Print what was aimed at and what was found."""
    mark = "" if found <= goal else "  <- missed"
    print(f"  {what:58} goal {goal:6.0f} {unit:2}   found {found:7.1f} {unit}{mark}")


class Pulse(QObject):
    """Beats on the Qt thread, and notes for how long it was held up between two beats."""

    def __init__(self) -> None:
        super().__init__()
        self.held_ms: list[float] = []
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._since.start()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        passed = self._since.nsecsElapsed() / 1e6
        self._since.restart()
        self.held_ms.append(max(0.0, passed - _BEAT_MS))


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class Pixels(QObject):
    """Notes how long it takes from a check to the painting of its row, where that is in sight."""

    def __init__(self, view: EndpointView) -> None:
        super().__init__()
        self.took_ms: list[float] = []
        self._view = view
        rows = range(view.model().rowCount())[view.rows_in_sight()]
        self._rows = {view.model().index(row, 0).data(Role.ENDPOINT_ID): row for row in rows}
        self._waiting: dict[int, float] = {}
        view.viewport().installEventFilter(self)

    def tell(self, told: Iterable[CheckCompleted]) -> None:
        """Take what arrives now."""
        for check in told:
            if (row := self._rows.get(check.endpoint_id)) is not None:
                self._waiting.setdefault(row, time.perf_counter())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            for row, at in list(self._waiting.items()):
                place = self._view.visualRect(self._view.model().index(row, Column.HEARTBEATS))
                if event.region().intersects(place):
                    self.took_ms.append((time.perf_counter() - at) * 1000)
                    del self._waiting[row]
        return False


@asynccontextmanager
async def large(app: QApplication, folder: Path, seeds: tuple[Seed, ...]) -> AsyncIterator[Staged]:
    """Stage the desktop with what the backend says at hand, and garbage collected as ever."""
    async with staged(app, folder, seeds=seeds) as on:
        on.answers.prepare()
        sweeper = loop.Sweeper()
        sweeper.start()
        loop.keep_loaded()
        try:
            yield on
        finally:
            sweeper.stop()


@asynccontextmanager
async def pulse() -> AsyncIterator[Pulse]:
    made = Pulse()
    made.start()
    yield made
    made.stop()


def share(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


async def turn() -> None:
    """Let the loop run once, with everything that was posted to it."""
    came = asyncio.Event()
    QTimer.singleShot(0, came.set)
    await came.wait()


async def painted(act: Callable[[], object], paints: Paints) -> float:
    """Do something and return how long it took until the list was painted, if it was, in ms."""
    before, begun = paints.count, time.perf_counter()
    act()
    for _ in range(3):
        await turn()
        if paints.count > before:
            break
    return (time.perf_counter() - begun) * 1000


def checks(seeds: tuple[Seed, ...]) -> Iterator[CheckCompleted]:
    """Yield checks of endpoints in no order, each newer than the one before."""
    chance = random.Random(1)  # noqa: S311  # the same ones every time
    number = 0
    while True:
        seed, number = chance.choice(seeds), number + 1
        yield CheckCompleted(
            endpoint_id=seed.id,
            endpoint_name=seed.name,
            id=f"check {number}",
            status=CheckStatus.SUCCESS,
            response_time=chance.uniform(20, 200),
            status_code=200,
            checked_at=NOW + timedelta(milliseconds=number),
            error_message=None,
            is_degraded=False,
            reason=None,
            consecutive_failures=0,
        )


async def events(on: Staged, seeds: tuple[Seed, ...], seconds: float) -> tuple[float, float, float]:
    """Let checks arrive as over the line.

    Returns:
        The p99 of held ms, % of a core, and the p99 of ms until a row in sight was painted.
    """
    pixels = Pixels(on.window.endpoints.endpoints.view)
    batch = EVENTS_A_SECOND * _BATCH_MS // 1000
    source = checks(seeds)
    waiting = [next(source) for _ in range(round(EVENTS_A_SECOND * seconds))]
    done, timer = asyncio.Event(), QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(_BATCH_MS)

    def feed() -> None:
        pixels.tell(waiting[-batch:])
        on.tell(*waiting[-batch:])
        del waiting[-batch:]
        if not waiting:
            timer.stop()
            done.set()

    waiting.reverse()
    timer.timeout.connect(feed)
    async with pulse() as felt:
        wall, core = time.perf_counter(), time.process_time()
        timer.start()
        await done.wait()
        busy = (time.process_time() - core) / (time.perf_counter() - wall)
    assert pixels.took_ms, "no row in sight was painted anew"
    return share(felt.held_ms, 0.99), busy * 100, share(pixels.took_ms, 0.99)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(
    ("endpoints", "seconds"),
    [(500, 1), pytest.param(10_000, 10, marks=pytest.mark.long)],
    ids=["smoke", "full"],
)
def test_a_large_list(endpoints: int, seconds: int, qapp: QApplication, tmp_path: Path) -> None:
    seeds = many(endpoints)

    async def main() -> int:
        async with large(qapp, tmp_path / "profile", seeds) as on:
            await on.fill()
            on.show_page("incidents")
            await on.settle()
            view, paints = on.window.endpoints.endpoints.view, Paints()
            view.viewport().installEventFilter(paints)
            say("opening the list", 300, await painted(lambda: on.show_page("endpoints"), paints))
            field = on.window.header.search_field
            typed = [
                await painted(lambda to=words: field.setText(to), paints)
                for words in ("s", "sh", "sho", "shop", "shop 0", "shop 00", "", "a", "auth")
            ]
            say("typing in the search field, worst letter", 50, max(typed))
            field.clear()
            await on.settle()
            bar, frames = view.verticalScrollBar(), []
            for step in range(60 * seconds):
                to = step * 211 % bar.maximum()
                frames.append(await painted(lambda to=to: bar.setValue(to), paints))
            say("scrolling, p99 of a frame", 16, share(frames, 0.99))
            held_ms, core, pixel_ms = await events(on, seeds, seconds)
            say("5,000 events a second, p99 of a frame", 16, held_ms)
            say("5,000 events a second, of a core", 25, core, "%")
            say("5,000 events a second, p99 from event to pixel", 60, pixel_ms)
        return 0

    print(f"\n{endpoints:,} endpoints, the list as large as the window lets it:")
    loop.run(qapp, main)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(
    "endpoints", [100, pytest.param(1000, marks=pytest.mark.long)], ids=["smoke", "full"]
)
def test_the_first_snapshot(endpoints: int, qapp: QApplication, tmp_path: Path) -> None:
    seeds = many(endpoints)

    async def main() -> int:
        async with large(qapp, tmp_path / "profile", seeds) as on:
            await on.settle()
            async with pulse() as felt:
                await turn()
                await on.fill()
            say(f"the first {endpoints:,} hold the loop, at worst", 50, max(felt.held_ms))
            assert on.window.endpoints.endpoints.view.model().rowCount() == endpoints
        return 0

    print()
    loop.run(qapp, main)
