"""One desktop per profile: a second start raises the window of the first.

The entry point asks before it shows anything. A lock that the kernel releases says who is
first, also after a crash; a local socket (``doorbell``) carries the wish to see the window. That
is loaded when it is needed: by the first once its window is painted, by a second at once.
"""

import importlib
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, Signal

if TYPE_CHECKING:
    from app.host.doorbell import Doorbell

_PATIENCE_MS = 5000


class Place(Enum):
    """Where this start stands among those of its profile."""

    FIRST = auto()
    SECOND = auto()
    """The first one heard us and shows its window."""
    UNHEARD = auto()
    """There is a first one, but it does not answer."""


class SingleInstance(QObject):
    """Our claim on a profile.

    Signals:
        raise_requested: Another start wants the window to be seen.
    """

    raise_requested = Signal()

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data_dir = data_dir
        self._lock = QLockFile(str(data_dir / "desktop.lock"))
        # Never stale by age: a desktop runs for weeks. A dead owner is noticed all the same.
        self._lock.setStaleLockTime(0)
        self._bell: Doorbell | None = None

    def claim(self) -> Place:
        """Become the first, or tell the first that we came."""
        deadline = QDeadlineTimer(_PATIENCE_MS)
        while not self._lock.tryLock(0):
            if importlib.import_module("app.host.doorbell").ring(self._data_dir):
                return Place.SECOND
            if deadline.hasExpired():
                return Place.UNHEARD
        return Place.FIRST

    def listen(self) -> None:
        """Hear of other starts from now on; they wait until then. For the first one alone."""
        bell: Doorbell = importlib.import_module("app.host.doorbell").Doorbell(self)
        bell.rung.connect(self.raise_requested)
        bell.hang(self._data_dir)
        self._bell = bell

    def release(self) -> None:
        """Give the profile up; the last thing before the program ends."""
        if self._bell is not None:
            self._bell.take_down()
        self._lock.unlock()
