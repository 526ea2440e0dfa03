"""Folding: checks into minutes, minutes into hours, hours into days, once their time is over.

Each rollup is made from what is finer and still kept, so it can be made again: after a crash in
the middle, or when a check came late. In steps of a few milliseconds, between which checks are
stored. Called by the archive.
"""

import time
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from peewee import SqliteDatabase

from backend.domain.rollup import LONGEST_REACH_MS, Rollup, bucket_of, fold, reach_ms
from backend.domain.tiers import DAY_MS, HOUR_MS, Grain, floor_to
from backend.storage import rollups, tiers
from backend.storage.rollups import ALL, Subject
from backend.storage.worker import Transaction

SETTLING_MS: Final = 5000
"""How old a check is by when it is surely stored; later ones have their time folded again."""

_STEP_S: Final = 0.005
_WINDOW_MS: Final = {Grain.MINUTE: HOUR_MS, Grain.HOUR: DAY_MS, Grain.DAY: 30 * DAY_MS}
"""How much of one endpoint is folded at a time when there is much to catch up with."""


@dataclass(slots=True)
class _Window:
    """A stretch of time to be folded, and whose part of it still is."""

    grain: Grain
    start_ms: int
    end_ms: int
    todo: deque[Subject]
    together: defaultdict[int, Rollup] = field(default_factory=lambda: defaultdict(Rollup))


async def fold_all(write: Transaction, now_ms: int) -> None:
    """Fold all that is over, one small transaction after the other.

    Args:
        write: runs one step on the worker.
        now_ms: the present, Unix milliseconds.
    """
    for grain in (Grain.MINUTE, Grain.HOUR, Grain.DAY):
        end_ms = floor_to(now_ms - SETTLING_MS, grain.width_ms)
        while window := await write(partial(_open, grain=grain, end_ms=end_ms)):
            while await write(partial(_step, window=window)):
                pass


def _open(db: SqliteDatabase, grain: Grain, end_ms: int) -> _Window | None:
    """Claim the next stretch of time to be folded; ``None`` when there is none left."""
    known = tiers.all_tiers(db)
    start_ms = known[grain].folded_until_ms
    if grain is not Grain.MINUTE:
        end_ms = min(end_ms, floor_to(known[grain - 1].folded_until_ms, grain.width_ms))
    if start_ms >= end_ms:
        return None
    subjects = _subjects(db)
    if end_ms - start_ms > _WINDOW_MS[grain]:
        start_ms = max(start_ms, _first(db, grain, subjects, start_ms, end_ms))
        end_ms = min(end_ms, start_ms + _WINDOW_MS[grain])
    tiers.claim(db, grain, end_ms)
    # Minutes of all together are summed on the way; hours and days are folded from those.
    if grain is not Grain.MINUTE:
        subjects.append(ALL)
    return _Window(grain, start_ms, end_ms, deque(subjects))


def _subjects(db: SqliteDatabase) -> list[Subject]:
    """Return all endpoints, deleted ones included."""
    rows = db.execute_sql("SELECT key, check_interval, timeout_threshold FROM endpoints")
    return [Subject(key, reach_ms(interval, timeout)) for key, interval, timeout in rows]


def _first(
    db: SqliteDatabase, grain: Grain, subjects: Iterable[Subject], start_ms: int, end_ms: int
) -> int:
    """Return the beginning of the first bucket that will not be empty; at the latest the end."""
    more: tuple[int, ...]
    if grain is Grain.MINUTE:
        query = "SELECT min(at_ms) FROM checks WHERE endpoint = ? AND at_ms >= ?"
        since_ms, more = start_ms - LONGEST_REACH_MS, ()
    else:
        query = "SELECT min(at_ms) FROM rollups WHERE endpoint = ? AND at_ms >= ? AND grain = ?"
        since_ms, more = start_ms, (Grain(grain - 1),)
    found = (db.execute_sql(query, (it.key, since_ms, *more)).fetchone()[0] for it in subjects)
    first_ms = min((at_ms for at_ms in found if at_ms is not None), default=end_ms)
    return min(end_ms, bucket_of(first_ms, grain.width_ms, 0))


def _step(db: SqliteDatabase, window: _Window) -> bool:
    """Fold the window for as many endpoints as there is time; say whether some are left."""
    until = time.perf_counter() + _STEP_S
    while window.todo:
        _fold_one(db, window, window.todo.popleft())
        if time.perf_counter() >= until:
            return True
    if window.grain is Grain.MINUTE:
        span = (window.start_ms, window.end_ms)
        rollups.put(db, ALL.key, window.grain, span, window.together)
    tiers.settle(db, window.grain, window.end_ms)
    return False


def _fold_one(db: SqliteDatabase, window: _Window, subject: Subject) -> None:
    span = (window.start_ms, window.end_ms)
    width_ms = window.grain.width_ms
    if window.grain is Grain.MINUTE:
        checks = rollups.counted(db, subject, *span)
        made = fold(
            checks, start_ms=span[0], end_ms=span[1], width_ms=width_ms, reach=subject.reach
        )
        for at_ms, rollup in made.items():
            window.together[at_ms].add(rollup)
    else:
        made = defaultdict(Rollup)
        for at_ms, rollup in rollups.rows(db, subject.key, Grain(window.grain - 1), *span):
            made[bucket_of(at_ms, width_ms, 0)].add(rollup)
    rollups.put(db, subject.key, window.grain, span, made)
