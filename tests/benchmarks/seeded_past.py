"""A past written straight into an archive's tables: what retention would have left of it.

For benchmarks, which cannot wait for a month of checks.
"""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from backend.domain.rollup import Counted, Rollup, fold
from backend.domain.tiers import DAY_MS, HOUR_MS, MINUTE_MS, Grain, floor_to
from backend.storage.database import FILE_NAME, Database

_ENDPOINT = """
    INSERT INTO endpoints (key, id, name, url, method, check_interval, expected_status_code,
        timeout_threshold, is_active, failure_threshold, recovery_threshold, verify_tls,
        follow_redirects, tags, note, created_at_ms, updated_at_ms)
    VALUES (?, ?, ?, 'http://127.0.0.1/', 'GET', 60, 200, 5000, 1, 3, 1, 1, 1, '[]', '', ?, ?)
"""
_HEALTH = """
    INSERT INTO health (endpoint, status, consecutive_failures, consecutive_successes, run_failures)
    VALUES (?, 'UP', 0, 1, 0)
"""
_ROLLUP = "INSERT INTO rollups VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_CHECK = """
    INSERT INTO checks (endpoint, at_ms, success, degraded, latency_ms, status_code)
    VALUES (?, ?, 1, 0, ?, 200)
"""
_INCIDENT = """
    INSERT INTO incidents (id, endpoint, started_at_ms, failure_count, resolved_at_ms, resolution)
    VALUES (?, ?, ?, 3, ?, 'recovered')
"""
_MINUTES_KEPT_MS = 48 * HOUR_MS
_CHECKS_SEEDED_MS = 10 * MINUTE_MS


@dataclass(frozen=True)
class Past:
    """How much there is. Every endpoint was checked once a minute until ``now_ms``."""

    endpoints: int
    days: int
    now_ms: int

    def id_of(self, number: int) -> str:
        """Return the id of an endpoint, counted from 1."""
        return f"00000000-0000-4000-8000-{number:012}"

    def write(self, directory: Path) -> None:
        """Make an archive with this past in a directory."""
        Database.open(directory).close()
        with closing(sqlite3.connect(directory / FILE_NAME)) as db, db:
            db.execute("PRAGMA synchronous = OFF")
            for key in range(1, self.endpoints + 1):
                created_ms = self.now_ms - self.days * DAY_MS
                db.execute(_ENDPOINT, (key, self.id_of(key), f"Endpoint {key}", *[created_ms] * 2))
                db.execute(_HEALTH, (key,))
                db.executemany(_CHECK, self._checks(key))
                db.executemany(_INCIDENT, self._incidents(key))
            templates = _templates()
            for key in range(self.endpoints + 1):
                db.executemany(_ROLLUP, self._rollups(key, templates))
            for grain in (Grain.MINUTE, Grain.HOUR, Grain.DAY):
                until_ms = floor_to(self.now_ms - MINUTE_MS, grain.width_ms)
                db.execute(
                    "UPDATE tiers SET folded_until_ms = ?, claimed_until_ms = ? WHERE grain = ?",
                    (until_ms, until_ms, grain),
                )
            db.execute(
                "UPDATE tiers SET kept_from_ms = ? WHERE grain = ?",
                (floor_to(self.now_ms - _MINUTES_KEPT_MS, HOUR_MS), Grain.MINUTE),
            )

    def _rollups(self, key: int, templates: dict[Grain, list[tuple]]) -> Iterator[tuple]:
        ages = {Grain.MINUTE: _MINUTES_KEPT_MS, Grain.HOUR: self.days * DAY_MS}
        for grain in (Grain.MINUTE, Grain.HOUR, Grain.DAY):
            width_ms = grain.width_ms
            begin_ms = floor_to(self.now_ms - ages.get(grain, self.days * DAY_MS), width_ms)
            until_ms = floor_to(self.now_ms - MINUTE_MS, width_ms)
            some, number = templates[grain], int(grain)
            for place, at_ms in enumerate(range(begin_ms, until_ms, width_ms), start=key):
                yield key, number, at_ms, *some[place % len(some)]

    def _checks(self, key: int) -> Iterator[tuple]:
        """Yield single checks where statistics of the last day read some: at both its ends."""
        for end_ms in (self.now_ms - DAY_MS + MINUTE_MS, self.now_ms):
            begin_ms = end_ms - _CHECKS_SEEDED_MS + key
            yield from ((key, at_ms, 87.123) for at_ms in range(begin_ms, end_ms, MINUTE_MS))

    def _incidents(self, key: int) -> Iterator[tuple]:
        for number in range(self.days):
            at_ms = self.now_ms - number * DAY_MS - key * MINUTE_MS
            yield f"{key}-{number}", key, at_ms, at_ms + 5 * MINUTE_MS


def _templates() -> dict[Grain, list[tuple]]:
    """Return the columns of some rollups of each grain, of checks with a plausible spread."""
    chance = random.Random(1)  # noqa: S311  # the same past every time

    def some(checks: int, width_ms: int) -> tuple:
        gap_ms = width_ms // checks
        made = [
            Counted(
                number * gap_ms,
                chance.random() > 0.002,
                chance.random() < 0.01,
                round(chance.lognormvariate(4.4, 0.3) * 1000),
            )
            for number in range(checks)
        ]
        return _columns(fold(made, start_ms=0, end_ms=width_ms, width_ms=width_ms, reach=70_000)[0])

    return {
        Grain.MINUTE: [some(1, MINUTE_MS) for _ in range(50)],
        Grain.HOUR: [some(60, HOUR_MS) for _ in range(50)],
        Grain.DAY: [some(1440, DAY_MS) for _ in range(10)],
    }


def _columns(it: Rollup) -> tuple:
    counts = (it.checks, it.successes, it.degraded, it.latency_us, it.fastest_us, it.slowest_us)
    return (*counts, it.up_ms, it.slow_ms, it.down_ms, it.latencies.to_bytes())
