"""What the backend tells of its own health: can it store, is it in time, are its data safe.

Answers of ``GET /api/self`` and parts of ``GET /api/health``. Built by the backend, read by the
desktop.
"""

from typing import Annotated

from pydantic import Field

from backend.contract.secrets import SecretPlace
from backend.contract.vocabulary import BackupTrouble, RestoredFrom, StorageTrouble
from backend.contract.wire import Instant, Message


class RestorationView(Message):
    """What became of a damaged archive; ``backup_at`` is when what is now in its place was taken.

    ``damaged`` is where the damaged file lies, ``cause`` what SQLite said of it.
    """

    at: Instant
    origin: RestoredFrom
    backup_at: Instant | None
    damaged: str
    cause: str


class StorageView(Message):
    """Whether anything can be stored: it cannot while there is a ``trouble``, since ``since``."""

    trouble: StorageTrouble | None = None
    since: Instant | None = None
    restoration: RestorationView | None = None
    """What became of the last damaged archive, if there ever was one."""


class LoopView(Message):
    """How late the backend's loop came to its turns in the last minutes, milliseconds."""

    p50: float | None
    p99: float | None
    longest: float | None


class CheckingView(Message):
    """How checks keep up. ``late_now`` are due for more than a second and wait for room."""

    under_way: int
    waiting: int
    late_now: int
    late: int
    """How many began more than a second late since the start."""
    begun: int
    overdue_ms: Annotated[float, Field(alias="overdueMilliseconds")]
    """For how long the one that waits longest is due."""


class OutboxView(Message):
    """Alerts that wait, since when the oldest does, and those given up in the last 24 hours."""

    waiting: int
    waiting_since: Instant | None
    failed: int


class BackupView(Message):
    """The newest verified backup, and why the last try made none, if so."""

    at: Instant | None
    trouble: BackupTrouble | None
    kept: int


class SecretPlacesView(Message):
    """Where secrets are: ``next_in`` is where the next one goes."""

    next_in: SecretPlace
    in_keyring: int
    in_file: int


class SelfView(Message):
    """``GET /api/self``. Sizes are bytes."""

    started_at: Instant
    uptime_s: Annotated[float, Field(alias="uptimeSeconds")]
    loop: LoopView
    checks: CheckingView
    database_bytes: int
    free_bytes: int
    outbox: OutboxView
    backup: BackupView
    storage: StorageView
    secrets: SecretPlacesView
    storing_failures: int
    """How often something could not be stored since the start."""
