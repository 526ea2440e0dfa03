"""The backend's own health, gathered from who knows each part of it. Called by the API."""

import asyncio
import shutil
from collections import deque
from dataclasses import dataclass
from typing import Final

from backend.contract.secrets import SecretPlace, SecretsView
from backend.contract.self_health import (
    CheckingView,
    LoopView,
    OutboxView,
    SecretPlacesView,
    SelfView,
    StorageView,
)
from backend.contract.wire import instant
from backend.engine.backup import DailyBackup
from backend.engine.clock import Clock, next_beat
from backend.engine.scheduler import Load, Scheduler
from backend.engine.sleep import GAP_MS
from backend.engine.storing import Storing
from backend.storage.archive import Archive
from backend.storage.vault import Vault
from backend.storage.views import Figures

BEAT_MS: Final = 2000
BEATS_KEPT: Final = 150


class Pulse:
    """The last five minutes of the loop."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._late_ms: deque[float] = deque(maxlen=BEATS_KEPT)

    async def run(self) -> None:
        """Feel it until cancelled."""
        while True:
            planned_ms = next_beat(self._clock.monotonic_ms(), BEAT_MS)
            await self._clock.sleep_until(planned_ms)
            late_ms = max(0.0, self._clock.monotonic_ms() - planned_ms)
            if late_ms < GAP_MS:  # else this process was stopped, which is no burden
                self._late_ms.append(late_ms)

    def view(self) -> LoopView:
        """Return how late it was; ``None`` before the first beat."""
        if not self._late_ms:
            return LoopView(p50=None, p99=None, longest=None)
        late_ms = sorted(self._late_ms)
        last = len(late_ms) - 1
        return LoopView(
            p50=round(late_ms[last // 2], 1),
            p99=round(late_ms[last * 99 // 100], 1),
            longest=round(late_ms[last], 1),
        )


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
        vault: Vault,
    ) -> None:
        """Take who is asked; the backend began now."""
        self._archive, self._clock, self._scheduler = archive, clock, scheduler
        self._pulse, self._backup, self._storing = pulse, backup, storing
        self._vault = vault
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
            secrets=_places(self._vault.view()),
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


def _places(secrets: SecretsView) -> SecretPlacesView:
    in_keyring = sum(it.kept_in is SecretPlace.KEYRING for it in secrets.data)
    return SecretPlacesView(
        next_in=secrets.kept_in,
        in_keyring=in_keyring,
        in_file=len(secrets.data) - in_keyring,
    )


def _outbox(figures: Figures) -> OutboxView:
    since_ms = figures.alerts_waiting_since_ms
    return OutboxView(
        waiting=figures.alerts_waiting,
        waiting_since=None if since_ms is None else instant(since_ms),
        failed=figures.alerts_given_up,
    )
