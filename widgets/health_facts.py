"""What the health card shows, as plain values, and the warnings that follow from them.

Filled by the presenter. Times are aware, sizes bytes, lags milliseconds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from backend.contract.vocabulary import (
    LOW_DISK_BYTES,
    BackupTrouble,
    RestoredFrom,
    StorageTrouble,
)
from widgets import phrases

LAG_MS: Final = 500
_STUCK: Final = timedelta(hours=1)
_OLD: Final = timedelta(days=2)

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a damaged archive; ``damaged`` is where it lies."""

    at: datetime
    origin: RestoredFrom
    backup_at: datetime | None
    damaged: str


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """The backend and the window as they are at ``now``."""

    now: datetime
    started_at: datetime
    loop_p50_ms: float | None
    loop_p99_ms: float | None
    window_p50_ms: float | None
    window_p99_ms: float | None
    under_way: int
    waiting: int
    late_now: int
    late: int
    begun: int
    database_bytes: int
    free_bytes: int
    alerts_waiting: int
    alerts_waiting_since: datetime | None
    alerts_failed: int
    backup_at: datetime | None
    backup_trouble: BackupTrouble | None
    backups: int
    trouble: StorageTrouble | None
    restored: Restored | None
    secrets_in_keyring: int
    secrets_in_file: int
    next_secret_in_keyring: bool
    reconnects: int
    gaps: int


def unstored_sentence(trouble: StorageTrouble) -> str:
    """Say that nothing can be stored, and why."""
    match trouble:
        case StorageTrouble.FULL:
            return translate("health", "Results cannot be stored: the disk is full")
        case StorageTrouble.UNWRITABLE:
            return translate("health", "Results cannot be stored: the disk cannot be written")


def restored_sentence(restored: Restored, now: datetime) -> str:
    """Say what took the place of damaged data."""
    match restored.origin:
        case RestoredFrom.BACKUP:
            words = translate("health", "The data were damaged. Restored from the backup of {time}")
        case RestoredFrom.ITSELF:
            words = translate("health", "The data were damaged. Only the last changes are lost")
        case RestoredFrom.NOTHING:
            words = translate(
                "health", "The data were damaged and there was no good backup: Vigil began anew"
            )
    at = restored.backup_at or restored.at
    return words.format(time=phrases.moment(at, now))


def kept_at(restored: Restored) -> str:
    """Say where the damaged file lies."""
    return translate("health", "The damaged file is kept as {path}").format(path=restored.damaged)


def size(count: int) -> str:
    """Return a size such as "12.4 MB"."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def places_of_secrets(facts: HealthFacts) -> str:
    """Say where secrets are, or will be."""
    if facts.secrets_in_keyring and facts.secrets_in_file:
        return translate(
            "health", "{keyring} in the keyring, {file} in a file only you can read"
        ).format(keyring=facts.secrets_in_keyring, file=facts.secrets_in_file)
    anything = facts.secrets_in_keyring + facts.secrets_in_file
    if facts.secrets_in_keyring if anything else facts.next_secret_in_keyring:
        return translate("health", "in this computer's keyring")
    return translate("health", "in a file only you can read")


def warnings(facts: HealthFacts) -> list[str]:
    """Return a sentence for each thing that is about to go wrong, the worst first."""
    found = [] if facts.trouble is None else [unstored_sentence(facts.trouble)]
    if facts.free_bytes < LOW_DISK_BYTES and facts.trouble is None:
        found.append(
            translate("health", "Only {size} of the disk are free").format(
                size=size(facts.free_bytes)
            )
        )
    if facts.late_now:
        found.append(
            translate("health", "Checks are late, waiting for their turn: {count}").format(
                count=facts.late_now
            )
        )
    if max(facts.loop_p99_ms or 0, facts.window_p99_ms or 0) > LAG_MS:
        found.append(translate("health", "This computer is too busy: results may come late"))
    since = facts.alerts_waiting_since
    if facts.alerts_waiting and since is not None and facts.now - since > _STUCK:
        found.append(
            translate("health", "Alerts wait since {time}").format(
                time=phrases.moment(since, facts.now)
            )
        )
    return found + _of_backups(facts)


def _of_backups(facts: HealthFacts) -> list[str]:
    match facts.backup_trouble:
        case BackupTrouble.NO_ROOM:
            return [translate("health", "The disk has no room for a backup")]
        case BackupTrouble.DAMAGED:
            return [
                translate(
                    "health", "The data are damaged: start Vigil again to restore the last backup"
                )
            ]
        case BackupTrouble.FAILED:
            return [translate("health", "The last backup could not be made")]
    if facts.backup_at is not None and facts.now - facts.backup_at > _OLD:
        return [translate("health", "The last backup is more than two days old")]
    return []
