"""What runs on the Qt thread: the program's coroutine and the garbage collector.

The only file that names qasync. Called by the entry point once the QApplication exists. Python
collects in whatever thread allocates, also in one that reads JSON; what it finds may own a socket,
whose finaliser then stops a notifier of Qt from the wrong thread, and that ends in a crash. So the
collector starts here before there is any other thread.
"""

import asyncio
import gc
import signal
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import qasync
from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtWidgets import QApplication

from backend.sparing import give_back, import_unread

# Here, where Qt is loaded and the many modules of the desktop are not yet: 30 ms of the start.
import_unread()


def run(app: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run ``main()`` to its end on one loop for Qt and asyncio; return its exit code.

    The last window's closing does not end the loop: ``main`` decides when it returns, and the
    runner then cancels what is left and closes the loop in order.
    """
    app.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        return runner.run(main())


_ENDS = () if sys.platform == "win32" else (signal.SIGINT, signal.SIGTERM)
"""What asks for the end. There, a handler of the loop cannot be had."""


def hold_signals_back() -> None:
    """Let who asks for the end wait until ``asked_to_end`` listens.

    A handler that raises would do so wherever Qt calls us, in the middle of a painting too, or
    break out of its loop, whose end then destroys running threads. Either is a crash.
    """
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)


def asked_to_end() -> asyncio.Future[None]:
    """Return what is done when Ctrl+C or a termination asks for the end, held back ones too."""
    loop = asyncio.get_running_loop()
    asked: asyncio.Future[None] = loop.create_future()

    def ask() -> None:
        if not asked.done():
            asked.set_result(None)

    for number in _ENDS:
        loop.add_signal_handler(number, ask)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDS)
    return asked


EVERY_MS = 500
"""Between two looks; a full collection follows at the earliest after 121 of them, a minute."""

AT_REST = 8
"""So many times as long it waits at last where there is nothing to do."""

MUCH = 20_000
"""Objects at once that are not looked at: it takes some 15 ms, which is a frame."""

DEBT_MS = 600_000
"""So long what was kept unseen is not looked at while the window is in use ..."""

LONGEST_DEBT = 12
"""... and so many times as long where it is always in use."""


class Sweeper(QObject):
    """Collects what the interpreter would, by its own thresholds, but from the Qt loop.

    A list of ten thousand endpoints comes as half a million objects, and looking for garbage among
    them stops the window for a third of a second. So it waits until no more come, keeps those
    unseen, and looks at all there is later, while the person is elsewhere.

    Args:
        every_ms: Between two looks.
        debt_ms: How long what was kept unseen waits at least.
    """

    def __init__(
        self, parent: QObject | None = None, every_ms: int = EVERY_MS, debt_ms: int = DEBT_MS
    ) -> None:
        super().__init__(parent)
        self._every_ms, self._debt_ms = every_ms, debt_ms
        self._young = 0
        self._unseen_since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Take over from the interpreter; call it on the Qt thread."""
        gc.disable()
        self._timer.start()

    @property
    def every_ms(self) -> int:
        """How long it waits until it looks again: half as long, or twice, as after the last."""
        return self._timer.interval()

    def stop(self) -> None:
        """Hand back to the interpreter."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _look(self) -> None:
        if self._sweep():
            wait_ms = max(self._every_ms, self.every_ms // 2)
        else:
            wait_ms = min(self._every_ms * AT_REST, self.every_ms * 2)
        if wait_ms > self.every_ms:
            give_back()  # a quiet moment: a tenth of a millisecond
        if wait_ms != self.every_ms:
            self._timer.setInterval(wait_ms)

    def _sweep(self) -> bool:
        """Do what there is to do; say whether there was anything."""
        before, self._young = self._young, gc.get_count()[0]
        if self._young > MUCH:
            if self._young <= before:
                keep_loaded()
                self._unseen_since.start()
            return True
        if self._is_to_pay():
            self._unseen_since.invalidate()
            gc.unfreeze()
            gc.collect()
            keep_loaded()
            return True
        return sweep()

    def _is_to_pay(self) -> bool:
        """Whether it is time to look at what was kept unseen."""
        if not self._unseen_since.isValid():
            return False
        waits_ms = self._debt_ms * (LONGEST_DEBT if QApplication.activeWindow() else 1)
        return self._unseen_since.hasExpired(waits_ms)


def keep_loaded() -> None:
    """Never look again at what exists now: after the imports that is code, and it stays."""
    gc.freeze()


def sweep() -> bool:
    """Collect the oldest generation that is due, if any; say whether one was."""
    counted = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, limit) in enumerate(counted) if count > limit]
    if due:
        gc.collect(due[-1])
    return bool(due)
