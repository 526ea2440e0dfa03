"""The daily backup: made when the newest one is a day old, in a thread of its own.

Run by the composition root. How a backup is made and which are kept, the archive's side knows.
When the next is due follows from the files alone, so it survives every restart.
"""

import asyncio
from pathlib import Path
from typing import Final

import structlog

from backend.contract.self_health import BackupView
from backend.contract.vocabulary import BackupTrouble, StorageTrouble
from backend.contract.wire import instant
from backend.engine.clock import Clock
from backend.storage.backups import DAY_MS, last_ms, make_daily, newest_first
from backend.storage.copying import Halt
from backend.storage.errors import ArchiveError, Damaged, NoRoom, NotStored
from backend.storage.recovery import suspect

SOON_MS: Final = 120_000
"""A missed day is made up this long after the start, when the window is at peace."""

LOOK_MS: Final = 3_600_000
"""How often it is looked at least: the computer may sleep meanwhile, which no schedule sees."""

log = structlog.stdlib.get_logger(__name__)


class DailyBackup:
    """Keeps the backups of one archive up to date.

    Attributes:
        last_ms: when the newest was taken, Unix milliseconds.
        trouble: why the last try made none.
    """

    def __init__(self, *, path: Path, clock: Clock) -> None:
        """Prepare; nothing is looked at before :meth:`run`."""
        self._path, self._clock = path, clock
        self._kept = 0
        self.last_ms: int | None = None
        self.trouble: BackupTrouble | None = None

    def view(self) -> BackupView:
        """Return how it stands."""
        at = None if self.last_ms is None else instant(self.last_ms)
        return BackupView(at=at, trouble=self.trouble, kept=self._kept)

    async def run(self) -> None:
        """Make one whenever it is due, until cancelled."""
        await self._look()
        await self._rest(SOON_MS)
        while True:
            if self._left_ms() <= 0:
                await self._make()
                await self._look()
            left_ms = LOOK_MS if self.trouble is not None else self._left_ms()
            await self._rest(min(LOOK_MS, max(SOON_MS, left_ms)))

    def _left_ms(self) -> int:
        if self.last_ms is None:
            return 0
        return self.last_ms + DAY_MS - self._clock.wall_ms()

    async def _look(self) -> None:
        directory, now_ms = self._path.parent, self._clock.wall_ms()
        self.last_ms = await asyncio.to_thread(last_ms, directory, now_ms)
        self._kept = len(await asyncio.to_thread(newest_first, directory, now_ms))

    async def _make(self) -> None:
        trouble: BackupTrouble | None = None
        cause = ""
        try:
            await self._copied()
        except Damaged as error:
            trouble, cause = BackupTrouble.DAMAGED, str(error)
            await asyncio.to_thread(suspect, self._path.parent)
        except (ArchiveError, OSError) as error:
            full = isinstance(error, NoRoom) or (
                isinstance(error, NotStored) and error.trouble is StorageTrouble.FULL
            )
            trouble = BackupTrouble.NO_ROOM if full else BackupTrouble.FAILED
            cause = str(error)
        if trouble is None:
            log.info("a backup was made and verified")
        elif trouble is not self.trouble:
            log.error("no backup could be made", why=trouble.value, cause=cause)
        self.trouble = trouble

    async def _copied(self) -> None:
        """Make it in a thread; when this is cancelled, the thread ends before the archive does."""
        halt = Halt()
        making = asyncio.get_running_loop().run_in_executor(
            None, make_daily, self._path, self._clock.wall_ms(), halt
        )
        try:
            await asyncio.shield(making)
        except asyncio.CancelledError:
            halt.say()
            await asyncio.wait({making})
            making.exception()
            raise

    async def _rest(self, ms: float) -> None:
        await self._clock.sleep_until(self._clock.monotonic_ms() + ms)
