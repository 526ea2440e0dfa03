"""``doctor``: how the archive is, which checks are late, what alerts wait, and what is safe."""

import time
from pathlib import Path
from typing import Final

from backend.alerts.letter import moment, span
from backend.cli.terminal import say
from backend.contract.vocabulary import LOW_DISK_BYTES
from backend.storage.upkeep import Examination, examine

_STUCK_MS: Final = 3_600_000
"""An alert that waits longer is worth a word; quiet hours hold them longer, and are named."""

_OLD_MS: Final = 2 * 86_400_000
_NAMED: Final = 10


def run(data_dir: Path) -> int:
    """Look, print what is found, and return 0 where all is well, 1 where something is not.

    Raises:
        ArchiveError: there is no archive, or one of another version.
    """
    now_ms = time.time_ns() // 1_000_000
    found = examine(data_dir, now_ms)
    well = [_archive(found)]
    if not found.damage:
        well += [
            _checks(found, now_ms),
            _outbox(found, now_ms),
            _backups(found, now_ms),
            _disk(found),
        ]
    return 0 if all(well) else 1


def _archive(found: Examination) -> bool:
    running = "Vigil is running" if found.running else "Vigil is not running"
    for damage in found.damage[:_NAMED]:
        say(f"BAD   archive: {damage}")
    if not found.damage:
        say(f"ok    archive: version {found.version}, {found.size_bytes} bytes, whole; {running}")
    return not found.damage


def _checks(found: Examination, now_ms: int) -> bool:
    counted = f"{found.endpoints} endpoints, {found.open_incidents} open incidents"
    if found.offline_since_ms is not None:
        say(f"ok    checks: {counted}; offline since {moment(found.offline_since_ms)}")
        return True
    if not found.running:
        say(f"ok    checks: {counted}; none are made while Vigil is not running")
        return True
    for late in found.late[:_NAMED]:
        say(f"BAD   late: {late.name}, last checked {span(now_ms - late.since_ms)} ago")
    if len(found.late) > _NAMED:
        say(f"BAD   late: {len(found.late) - _NAMED} more")
    if not found.late:
        say(f"ok    checks: {counted}; none is late")
    return not found.late


def _outbox(found: Examination, now_ms: int) -> bool:
    waits_ms = 0 if found.waiting_since_ms is None else now_ms - found.waiting_since_ms
    stuck = found.waiting > 0 and waits_ms > _STUCK_MS
    words = f"{found.waiting} alerts wait"
    if found.waiting:
        words += f", the oldest for {span(max(0, waits_ms))}"
    words += f"; {found.given_up} given up in the last 24 hours"
    well = not stuck and not found.given_up
    say(f"{'ok   ' if well else 'BAD  '} outbox: {words}")
    return well


def _backups(found: Examination, now_ms: int) -> bool:
    if found.restoration is not None:
        it = found.restoration
        say(f"note  restored on {moment(it.at_ms)} ({it.origin.value}): {it.cause}")
        say(f"      what was damaged is kept as {it.damaged}")
    if found.backup_ms is None:
        say("note  backups: none yet; the first is made two minutes after the start")
        return True
    old = now_ms - found.backup_ms > _OLD_MS and found.running
    words = f"{found.backups}, the newest of {moment(found.backup_ms)}, verified"
    say(f"{'BAD  ' if old else 'ok   '} backups: {words}")
    return not old


def _disk(found: Examination) -> bool:
    low = found.free_bytes < LOW_DISK_BYTES
    say(f"{'BAD  ' if low else 'ok   '} disk: {found.free_bytes // 1_000_000} MB free")
    return not low
