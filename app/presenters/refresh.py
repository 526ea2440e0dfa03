"""Keeps something loaded while it is looked at: at once, every so often, after a cut.

Presenters of statistics own one each. It knows when to load, not what; nothing runs while nobody
looks or the line is cut, and a newer load takes the place of one that still runs.
"""

import asyncio
from collections.abc import Callable, Coroutine

from PySide6.QtCore import QObject, QTimer

from app.tasks import TaskOwner

_SOON_MS = 2000


class Refresh(QObject):
    """When to load.

    Args:
        load: Loads once and shows what came.
        tasks: Owns the load while it runs.
        every_ms: How often, while it is looked at.
        name: Of the task.
        parent: Its owner.
    """

    def __init__(
        self,
        load: Callable[[], Coroutine[object, object, None]],
        tasks: TaskOwner,
        every_ms: int,
        name: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._load, self._tasks, self._name = load, tasks, name
        self._wanted = False
        self._online = False
        self._task: asyncio.Task[None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self.now)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.now)

    @property
    def is_wanted(self) -> bool:
        """Whether somebody looks."""
        return self._wanted

    def want(self, wanted: bool) -> None:
        """Begin or end to look; beginning loads at once."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.now()

    def set_online(self, online: bool) -> None:
        """Say how the line stands; when it is back, what was missed is loaded."""
        if online != self._online:
            self._online = online
            self.now()

    def set_every(self, every_ms: int) -> None:
        """Load at another pace from now on."""
        if every_ms != self._timer.interval():
            self._timer.setInterval(every_ms)

    def soon(self) -> None:
        """Load within two seconds, once for all who ask meanwhile."""
        if self._wanted and self._online and not self._soon.isActive():
            self._soon.start()

    def now(self) -> None:
        """Load at once, if somebody looks and the line stands."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if not (self._wanted and self._online) or self._tasks.is_closed:
            self._timer.stop()
            self._soon.stop()
            return
        self._timer.start()
        self._task = self._tasks.spawn(self._load(), self._name)
