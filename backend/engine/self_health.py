"""The backend's own health, gathered from who knows each part of it. Called by the API."""

import asyncio
import shutil
from dataclasses import dataclass

from backend.contract.self_health import CheckingView, OutboxView, SelfView, StorageView
from backend.contract.wire import instant
from backend.engine.backup import DailyBackup
from backend.engine.clock import Clock
from backend.engine.pulse import Pulse
from backend.engine.scheduler import Load, Scheduler
from backend.engine.storing import Storing
from backend.storage.archive import Archive
from backend.storage.figures import Figures


class SelfHealth:
    """What is known of this process."""

    def __init__(
        self,
        *,
        archive: Archive,
        clock: Clock,
        scheduler: Scheduler,
        pulse: Pulse,
        backup: DailyBackup,
        storing: Storing,
    ) -> None:
        """Take who is asked; the backend began now."""
        self._archive, self._clock, self._scheduler = archive, clock, scheduler
        self._pulse, self._backup, self._storing = pulse, backup, storing
        self._started_ms, self._began_ms = clock.wall_ms(), clock.monotonic_ms()

    @property
    def uptime_s(self) -> float:
        """For how many seconds it runs."""
        return round((self._clock.monotonic_ms() - self._began_ms) / 1000, 1)

    @property
    def vitals(self) -> "Vitals":
        """What a scrape of the metrics shows of it."""
        return Vitals(self._storing.failures, self._storing.trouble is None, self._backup.last_ms)

    def storage(self) -> StorageView:
        """Return whether anything can be stored."""
        return StorageView.model_validate(dict(self._storing.now()))

    async def view(self) -> SelfView:
        """Return all of it.

        Raises:
            ArchiveError: the archive cannot be read.
        """
        figures = await self._archive.figures(self._clock.wall_ms())
        disk = await asyncio.to_thread(shutil.disk_usage, self._archive.path.parent)
        return SelfView(
            started_at=instant(self._started_ms),
            uptime_s=self.uptime_s,
            loop=self._pulse.view(),
            checks=_checking(self._scheduler.load()),
            database_bytes=figures.database_bytes,
            free_bytes=disk.free,
            outbox=_outbox(figures),
            backup=self._backup.view(),
            storage=self.storage(),
            storing_failures=self._storing.failures,
        )


@dataclass(frozen=True, slots=True)
class Vitals:
    """``last_backup_ms`` is Unix time, ``None`` where there is no backup."""

    storing_failures: int
    stores: bool
    last_backup_ms: int | None


def _checking(load: Load) -> CheckingView:
    return CheckingView(
        under_way=load.under_way,
        waiting=load.waiting,
        late_now=load.late_now,
        late=load.late,
        begun=load.begun,
        overdue_ms=round(load.overdue_ms, 1),
    )


def _outbox(figures: Figures) -> OutboxView:
    since_ms = figures.alerts_waiting_since_ms
    return OutboxView(
        waiting=figures.alerts_waiting,
        waiting_since=None if since_ms is None else instant(since_ms),
        failed=figures.alerts_given_up,
    )
