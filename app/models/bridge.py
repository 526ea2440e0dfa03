"""Merges what the store altered to the screen's rate, and tells the models.

The line puts every Change in; models hear one merged Change a frame. A timer runs only while
something waits, and none runs while nobody can see the window: then Changes gather until it
is shown. When a frame is dear, as while a thousand rows turn red, the next one waits longer:
the line must be read in between, or its heartbeat is missed.
"""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from app.state.change import Change

FRAME_MS = 33
_REST = 3
"""A frame is followed by at least so many times its own length without one."""

_MERGE_AT = 512
"""So many Changes are merged into one while they wait, so that waiting costs no memory."""


class Bridge(QObject):
    """The way from the store to the models.

    Args:
        every_ms: The least time between two merged Changes.
        hurries: Says of a Change that it may not wait for longer; None: none may.
        at_leisure_ms: The least time where none of those that wait hurries.

    Signals:
        changed: What the store altered since the last time (Change).
    """

    changed = Signal(object)

    def __init__(
        self,
        parent: QObject | None = None,
        every_ms: int = FRAME_MS,
        hurries: Callable[[Change], bool] | None = None,
        at_leisure_ms: int = 0,
    ) -> None:
        super().__init__(parent)
        self._every_ms, self._at_leisure_ms = every_ms, at_leisure_ms
        self._hurries, self._in_a_hurry = hurries, False
        self._waiting: list[Change] = []
        self._seen = True
        self._cost_ms = 0
        self._since = QElapsedTimer()
        # A timer of nothing comes after what the frame posted: layouts and paintings.
        self._painted = QTimer(self)
        self._painted.setSingleShot(True)
        self._painted.setInterval(0)
        self._painted.timeout.connect(self._measure)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    def put(self, change: Change) -> None:
        """Take a Change; the first after a rest is told at once, others when it is time."""
        if not change:
            return
        self._waiting.append(change)
        if len(self._waiting) >= _MERGE_AT:
            self._waiting = [Change.merged(self._waiting)]
        hurries = not self._in_a_hurry and (self._hurries is None or self._hurries(change))
        self._in_a_hurry = self._in_a_hurry or hurries
        # What waits with others waits for a frame that is due already, if that is soon enough.
        is_first = len(self._waiting) == 1 and not self._timer.isActive()
        if self._seen and (hurries or is_first) and not self._painted.isActive():
            self._wait()

    def set_seen(self, seen: bool) -> None:
        """Say whether the window can be seen; what waited is told when it can."""
        self._seen = seen
        if seen:
            self.flush()
        else:
            self._timer.stop()

    def flush(self) -> None:
        """Tell now what waits."""
        self._timer.stop()
        if self._waiting:
            change, self._waiting = Change.merged(self._waiting), []
            self._in_a_hurry = False
            self._since.restart()
            self.changed.emit(change)
            self._painted.start()

    def _measure(self) -> None:
        self._cost_ms = self._since.restart()
        if self._seen and self._waiting:
            self._wait()

    def _wait(self) -> None:
        """Let the next frame come when it is time."""
        every_ms = self._every_ms if self._in_a_hurry else self._at_leisure_ms
        rest = max(every_ms, _REST * self._cost_ms)
        passed = self._since.elapsed() if self._since.isValid() else rest
        self._timer.start(max(0, rest - passed))
