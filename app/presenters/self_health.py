"""How Vigil itself is: the backend's word and the window's own.

Wired by the composition root to the card in the preferences, to the line, and to the mark that says
on every page that the card has a warning: asked every few seconds while somebody looks at the card,
else once a minute.
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
from widgets import health_facts
from widgets.health_card import HealthCard
from widgets.health_facts import HealthFacts, Restored

EVERY_MS: Final = 3000
WATCH_MS: Final = 60_000
FIRST_MS: Final = 120_000
"""Before this the first seconds of a start, which are busy on any computer, weigh too much."""

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
        warn: Takes the warnings there are now, in one string; "" for none.
    """

    def __init__(
        self,
        card: HealthCard,
        rest: Rest,
        tasks: TaskOwner,
        line: Callable[[], tuple[int, int]],
        warn: Callable[[str], None],
    ) -> None:
        super().__init__(card)
        self._card, self._rest, self._line, self._warn = card, rest, line, warn
        self._late_ms: deque[float] = deque(maxlen=_BEATS)
        self._beat_at = 0.0
        self._pulse = QTimer(self)
        self._pulse.setInterval(_BEAT_MS)
        self._pulse.timeout.connect(self._beat)
        self._watches = False
        self.refresh = Refresh(self._load, tasks, WATCH_MS, "ask how the backend is", self)
        QTimer.singleShot(FIRST_MS, self, self.watch)
        card.looked_at.connect(self._look)
        card.retry_requested.connect(self.refresh.now)

    def watch(self) -> None:
        """Look now and then from now on, also while nobody else does."""
        self._watches = True
        self.refresh.want(True)

    def _look(self, looked_at: bool) -> None:
        self.refresh.set_every(EVERY_MS if looked_at else WATCH_MS)
        self.refresh.want(looked_at or self._watches)
        if looked_at:
            if self._watches:
                self.refresh.now()
            self._beat_at = monotonic()
            self._pulse.start()
        else:
            self._pulse.stop()
            self._late_ms.clear()

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
            facts = self._facts(told)
            self._card.show_facts(facts)
            self._warn("; ".join(health_facts.warnings(facts)) if self._watches else "")

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
