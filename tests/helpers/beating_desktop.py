"""Runs the real desktop and says twice a second whether its window answers, and what it shows.

A child process of the chaos tests: each line is ``beat LATE TOASTS TITLE``: by how many ms the
window's own timer was late at worst since the last line, how many toasts it shows, and its title.
"""

import sys
import time

from PySide6.QtCore import QObject, QTimer

from app import start
from app.__main__ import run
from app.stage import Stage
from widgets.toast import ToastCard

EVERY_MS = 20
LINE_MS = 500

_raise_curtain = start.raise_curtain


class Beat(QObject):
    """A timer of the window that knows when it should have come."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.window)
        self._window = stage.window
        self._due = time.monotonic()
        self._worst_ms = 0.0
        self._said = self._due
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._come)
        self._timer.start(EVERY_MS)

    def _come(self) -> None:
        now = time.monotonic()
        self._worst_ms = max(self._worst_ms, (now - self._due) * 1000)
        self._due = now + EVERY_MS / 1000
        if now - self._said >= LINE_MS / 1000:
            cards = self._window.findChildren(ToastCard)
            toasts = sum(card.isVisible() for card in cards)
            title = self._window.windowTitle()
            print(f"beat {self._worst_ms:.0f} {toasts} {title}", flush=True)
            self._said, self._worst_ms = now, 0.0


def _raise_and_beat(stage: Stage) -> None:
    _raise_curtain(stage)
    Beat(stage)


start.raise_curtain = _raise_and_beat
sys.exit(run())
