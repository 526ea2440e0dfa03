"""Tells a backend that hangs from one that died: its process lives, and does not answer.

Built by the line. A death is seen by ``backend_process`` and mended at once; a hang is told, and
ended only after a minute, because a stopped process may go on.
"""

import asyncio
import logging
from dataclasses import dataclass
from typing import Protocol

from app.state.link import LinkState, Phase
from app.tasks import Listeners, TaskOwner

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a silent backend is waited for; times in seconds.

    Attributes:
        told_after_s: from the end of the connection until it is called a hang.
        ended_after_s: until its process is ended, so that a new one is started.
        look_every_s: between two looks. What is longer between them was a sleep of this
            computer, in which no backend could answer: it does not count.
    """

    told_after_s: float = 10.0
    ended_after_s: float = 60.0
    look_every_s: float = 1.0


class Process(Protocol):
    """What is known of the backend's process."""

    @property
    def serves(self) -> bool:
        """Whether a process lives that said it serves."""

    def end_hanging(self) -> None:
        """End it by force: another one is started as after any death."""


class Watchdog:
    """Follows the line and the process.

    Attributes:
        hangs: told True when the backend is found to hang, False when that is over.

    Args:
        tasks: owns the watch.
        process: the backend's.
        patience: how long it is waited for.
    """

    def __init__(
        self, tasks: TaskOwner, process: Process, patience: Patience | None = None
    ) -> None:
        self.hangs: Listeners[[bool]] = Listeners()
        self._tasks = tasks
        self._process = process
        self._patience = Patience() if patience is None else patience
        self._is_connected = False
        self._is_told = False
        self._watch: asyncio.Task[None] | None = None

    def on_link(self, state: LinkState) -> None:
        """Take how the line stands."""
        self._is_connected = state.phase is Phase.CONNECTED
        if self._is_connected:
            self._tell(False)
        elif not self._tasks.is_closed and (self._watch is None or self._watch.done()):
            self._watch = self._tasks.spawn(self._wait_for_life(), "watch for a hang")

    async def _wait_for_life(self) -> None:
        patience, silent_s = self._patience, 0.0
        while True:
            await asyncio.sleep(patience.look_every_s)
            if self._is_connected:
                return
            if not self._process.serves:
                silent_s = 0.0
                self._tell(False)
                continue
            silent_s += patience.look_every_s
            if silent_s >= patience.ended_after_s:
                log.warning("the backend lives and did not answer for %d s: ending it", silent_s)
                self._process.end_hanging()
                silent_s = 0.0
            elif silent_s >= patience.told_after_s:
                self._tell(True)

    def _tell(self, hangs: bool) -> None:
        if hangs is not self._is_told:
            self._is_told = hangs
            self.hangs.tell(hangs)
