"""How Vigil itself is: the backend's word and the window's own, while somebody looks.

Wired by the composition root to the card in the preferences and to the line.
"""

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import Final

from PySide6.QtCore import QObject, QTimer

from app.presenters.refresh import Refresh
from app.services.failures import RestFailure
from app.services.rest import Rest
from app.tasks import TaskOwner
from backend.contract.secrets import SecretPlace
from backend.contract.self_health import RestorationView, SelfView
from widgets.health_card import HealthCard
from widgets.health_facts import HealthFacts, Restored

EVERY_MS: Final = 3000
_BEAT_MS: Final = 1000
_BEATS: Final = 300
_AWAY_MS: Final = 5000


class SelfHealthPresenter(QObject):
    """What the health card shows.

    Args:
        card: Shows it, and says when it is looked at.
        rest: Asks the backend.
        tasks: Owns the questions.
        line: Returns how often the line was mended since the start: reconnects and gaps.
    """

    def __init__(
        self,
        card: HealthCard,
        rest: Rest,
        tasks: TaskOwner,
        line: Callable[[], tuple[int, int]],
    ) -> None:
        super().__init__(card)
        self._card, self._rest, self._line = card, rest, line
        self._late_ms: deque[float] = deque(maxlen=_BEATS)
        self._beat_at = 0.0
        self._pulse = QTimer(self)
        self._pulse.setInterval(_BEAT_MS)
        self._pulse.timeout.connect(self._beat)
        self.refresh = Refresh(self._load, tasks, EVERY_MS, "ask how the backend is", self)
        card.looked_at.connect(self._look)
        card.retry_requested.connect(self.refresh.now)

    def _look(self, looked_at: bool) -> None:
        self.refresh.want(looked_at)
        if looked_at:
            self._beat_at = monotonic()
            self._pulse.start()
        else:
            self._pulse.stop()

    def _beat(self) -> None:
        """Feel how late the window's loop is; a computer that was away is no burden."""
        now = monotonic()
        late_ms = max(0.0, (now - self._beat_at) * 1000 - _BEAT_MS)
        self._beat_at = now
        if late_ms < _AWAY_MS:
            self._late_ms.append(late_ms)

    async def _load(self) -> None:
        told = await self._rest.itself()
        if isinstance(told, RestFailure):
            self._card.show_failure(str(told))
        else:
            self._card.show_facts(self._facts(told))

    def _facts(self, told: SelfView) -> HealthFacts:
        late_ms = sorted(self._late_ms)
        last = len(late_ms) - 1
        reconnects, gaps = self._line()
        restoration = told.storage.restoration
        return HealthFacts(
            now=datetime.now(UTC),
            started_at=told.started_at,
            loop_p50_ms=told.loop.p50,
            loop_p99_ms=told.loop.p99,
            window_p50_ms=late_ms[last // 2] if late_ms else None,
            window_p99_ms=late_ms[last * 99 // 100] if late_ms else None,
            under_way=told.checks.under_way,
            waiting=told.checks.waiting,
            late_now=told.checks.late_now,
            late=told.checks.late,
            begun=told.checks.begun,
            database_bytes=told.database_bytes,
            free_bytes=told.free_bytes,
            alerts_waiting=told.outbox.waiting,
            alerts_waiting_since=told.outbox.waiting_since,
            alerts_failed=told.outbox.failed,
            backup_at=told.backup.at,
            backup_trouble=told.backup.trouble,
            backups=told.backup.kept,
            trouble=told.storage.trouble,
            restored=None if restoration is None else restored_of(restoration),
            secrets_in_keyring=told.secrets.in_keyring,
            secrets_in_file=told.secrets.in_file,
            next_secret_in_keyring=told.secrets.next_in is SecretPlace.KEYRING,
            reconnects=reconnects,
            gaps=gaps,
        )


def restored_of(told: RestorationView) -> Restored:
    """Return a restoration as the widgets show it."""
    return Restored(told.at, told.origin, told.backup_at, told.damaged)
