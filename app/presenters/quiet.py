"""The pause of alerts: for how long nothing is told outside the window, kept over a restart.

Made by the composition root; the tray's menu, the header and the preferences start and end it,
the notifier asks it. What is in the window goes on, and so do the channels of the backend.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from app.host.settings import SettingsFile
from widgets.quiet_phrases import Pause

_MORNING = time(8)
"""Until tomorrow means until the day begins, not until midnight."""

_LOOK_EVERY_MS = 30_000
"""A timer stands still while the computer sleeps, the clock does not."""


class Quiet(QObject):
    """Whether alerts are paused, and until when.

    Signals:
        changed: A pause began or ended (its end, None for none).

    Args:
        kept: Where its end is kept.
        now: The present time (aware).
    """

    changed = Signal(object)

    def __init__(
        self,
        kept: SettingsFile,
        parent: QObject | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self._kept, self._now = kept, now
        self._until: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        if kept.settings.quiet_until > now().timestamp():
            self._until = datetime.fromtimestamp(kept.settings.quiet_until, UTC)
            self._wait()

    @property
    def until(self) -> datetime | None:
        """When the pause ends (aware), None while there is none."""
        return self._until

    def begin(self, pause: Pause) -> None:
        """Pause alerts from now on; a pause that is on gets the new end."""
        self._use(end_of(pause, self._now()))

    def end(self) -> None:
        """Let alerts go on now."""
        if self._until is not None:
            self._use(None)

    def look(self) -> None:
        """End the pause if its time has come."""
        if self._until is not None and self._until <= self._now():
            self._use(None)
        else:
            self._wait()

    def _use(self, until: datetime | None) -> None:
        self._until = until
        self._kept.change("quiet_until", 0.0 if until is None else until.timestamp())
        self._wait()
        self.changed.emit(until)

    def _wait(self) -> None:
        if self._until is None:
            self._timer.stop()
            return
        left_ms = round((self._until - self._now()).total_seconds() * 1000)
        self._timer.start(max(0, min(left_ms, _LOOK_EVERY_MS)))


def end_of(pause: Pause, now: datetime) -> datetime:
    """Return when a pause that begins now ends."""
    match pause:
        case Pause.HALF_HOUR:
            return now + timedelta(minutes=30)
        case Pause.HOUR:
            return now + timedelta(hours=1)
        case Pause.TOMORROW:
            local = now.astimezone()
            morning = datetime.combine(local.date() + timedelta(days=1), _MORNING)
            return morning.astimezone(UTC)
