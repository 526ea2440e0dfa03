"""Garbage is collected on the Qt thread, whichever thread allocates."""

import gc
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.loop import MUCH, Sweeper, keep_loaded


@pytest.fixture(autouse=True)
def collecting(qapp: QApplication) -> Iterator[None]:
    """Let the interpreter collect, as where no tests run, and no longer than here."""
    gc.enable()
    yield
    gc.disable()
    gc.collect()
    gc.freeze()


class Owner:
    """Something only the collector frees, which minds the thread it is freed in."""

    def __init__(self, freed_in: list[int]) -> None:
        self._freed_in, self._itself = freed_in, self

    def __del__(self) -> None:
        self._freed_in.append(threading.get_ident())


@pytest.fixture
def sweeper() -> Iterator[Sweeper]:
    made = Sweeper(every_ms=10, debt_ms=40)
    made.start()
    yield made
    made.stop()


def parse_in_a_thread() -> tuple[int, list[list[int]]]:
    """Allocate in another thread as reading a snapshot does; return its number and the result."""
    told: list[int] = []
    read: list[list[int]] = []

    def parse() -> None:
        told.append(threading.get_ident())
        read.extend([number] for number in range(100_000))

    thread = threading.Thread(target=parse)
    thread.start()
    thread.join()
    return told[0], read


def test_while_a_thread_parses_nothing_is_freed_in_it(qtbot: QtBot, sweeper: Sweeper) -> None:
    freed_in: list[int] = []
    Owner(freed_in)
    _, read = parse_in_a_thread()
    assert freed_in == []
    assert len(read) == 100_000
    qtbot.waitUntil(lambda: freed_in != [])
    assert freed_in == [threading.get_ident()]


def test_without_it_the_parsing_thread_frees_it() -> None:
    freed_in: list[int] = []
    gc.collect()
    Owner(freed_in)
    thread, _ = parse_in_a_thread()
    assert freed_in == [thread]


def test_what_is_kept_is_not_looked_at_and_comes_back_at_the_end() -> None:
    sweeper = Sweeper()
    sweeper.start()
    keep_loaded()
    assert gc.get_freeze_count() > 0
    sweeper.stop()
    assert gc.get_freeze_count() == 0
    assert gc.isenabled()


def test_it_looks_seldom_while_there_is_nothing_and_often_again_afterwards(
    qtbot: QtBot, sweeper: Sweeper
) -> None:
    qtbot.waitUntil(lambda: sweeper.every_ms == 80)
    kept: list[list[int]] = []

    def often() -> bool:
        kept.extend([] for _ in range(2000))  # more than the interpreter lets pass
        return sweeper.every_ms == 10

    qtbot.waitUntil(often)


@pytest.fixture
def collections() -> Iterator[list[int]]:
    """Every collection of the interpreter from here on: how many objects it looked at."""
    seen: list[int] = []

    def note(phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            seen.append(sum(len(gc.get_objects(generation)) for generation in range(3)))

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def test_what_comes_at_once_is_not_looked_at_while_the_window_is_in_use(
    qtbot: QtBot, collections: list[int]
) -> None:
    patient = Sweeper(every_ms=10)
    patient.start()
    keep_loaded()
    collections.clear()
    loaded = [[number] for number in range(3 * MUCH)]
    qtbot.waitUntil(lambda: gc.get_count()[0] < MUCH)
    kept = [[] for _ in range(2000)]
    qtbot.waitUntil(lambda: collections != [])
    patient.stop()
    assert max(collections) < len(loaded)
    assert kept


def test_what_was_kept_unseen_is_looked_at_later(qtbot: QtBot, sweeper: Sweeper) -> None:
    freed_in: list[int] = []
    Owner(freed_in)
    loaded = [[number] for number in range(3 * MUCH)]
    qtbot.waitUntil(lambda: freed_in != [])
    assert freed_in == [threading.get_ident()]
    assert loaded


def private_mb() -> float:
    """Return what is this process's own, in MB."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Private_Dirty:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("the kernel does not say how large this process is")


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps and gives back like this")
def test_a_quiet_moment_gives_back_what_is_free(qtbot: QtBot, sweeper: Sweeper) -> None:
    held = [bytearray(5_000) for _ in range(5_000)]
    last = bytearray(5_000)
    full = private_mb()
    held.clear()
    assert full - private_mb() < 5, "the allocator keeps it"
    qtbot.waitUntil(lambda: full - private_mb() > 20)
    assert last
