"""How long questions about the past take over REST, and how large the past is on disk.

Prints the percentiles beside the goals, and the bytes. Nothing here fails for being slow: a
machine may be busy.
"""

import random
import sqlite3
import statistics
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from backend.domain.tiers import DAY_MS, HOUR_MS, MINUTE_MS
from backend.engine.retention import Kept
from backend.storage.archive import Archive, Record
from backend.storage.database import FILE_NAME
from tests.backend.storage.conftest import an_endpoint, success
from tests.benchmarks.seeded_past import Past
from tests.helpers.live_backend import live_backend


def questions(endpoint_id: str) -> dict[str, float | None]:
    """Return what is asked, and the goal for its p95 in ms."""
    one = f"/api/endpoints/{endpoint_id}"
    end = datetime.now(UTC) - timedelta(days=1, hours=5)
    start = end - timedelta(days=20, minutes=7)
    custom = f"period=custom&startDate={start:%Y-%m-%dT%H:%M:%SZ}&endDate={end:%Y-%m-%dT%H:%M:%SZ}"
    return {
        "/api/statistics/overview": 50,
        "/api/statistics/comparison": 50,
        "/api/statistics/comparison?period=7d": 50,
        "/api/statistics/comparison?period=30d": 50,
        one: 20,
        f"{one}/response-time?period=30d": 30,
        f"{one}/response-time?period=7d": None,
        f"{one}/response-time?period=24h": None,
        f"{one}/uptime?period=30d": None,
        f"{one}/uptime/daily?days=90": None,
        "/api/statistics/response-time?period=24h": None,
        "/api/statistics/response-time?period=30d": None,
        f"{one}/response-time?{custom}": None,
        f"/api/statistics/response-time?{custom}": None,
        f"/api/statistics/comparison?{custom}": 50,
        "/api/statistics/uptime/daily?days=90": None,
    }


@pytest.mark.parametrize(
    ("endpoints", "days", "rounds"),
    [(20, 3, 3), pytest.param(1000, 30, 40, marks=pytest.mark.long)],
    ids=["smoke", "full"],
)
@pytest.mark.timeout(600)
async def test_questions_about_the_past(
    tmp_path: Path, endpoints: int, days: int, rounds: int
) -> None:
    past = Past(endpoints, days, time.time_ns() // 1_000_000)
    past.write(tmp_path / "data")
    print(f"\n{endpoints} endpoints, {days} days: p50 / p95 ms over REST (goal of the p95)")
    async with live_backend(tmp_path / "data") as live:
        for question, goal in questions(past.id_of(endpoints // 2)).items():
            took = sorted([await milliseconds(live.rest, question) for _ in range(rounds)])
            p95 = took[min(rounds - 1, round(rounds * 0.95))]
            aim = "" if goal is None else f" ({goal})"
            print(f"  {statistics.median(took):7.1f} / {p95:7.1f}{aim:6} {question}")


async def milliseconds(rest: httpx.AsyncClient, question: str) -> float:
    begun = time.perf_counter()
    answer = await rest.get(question)
    took = time.perf_counter() - begun
    assert answer.status_code == 200, answer.text
    return took * 1000


@pytest.mark.parametrize(
    "days", [2, pytest.param(8, marks=pytest.mark.long)], ids=["smoke", "full"]
)
@pytest.mark.timeout(600)
async def test_how_large_the_past_is_on_disk(tmp_path: Path, days: int) -> None:
    begin_ms = 20_000 * DAY_MS
    chance = random.Random(1)  # noqa: S311  # the same checks every time
    async with Archive.open(tmp_path) as archive:
        await archive.add(an_endpoint(), [])
        (monitored,) = await archive.load()
        for at_ms in range(begin_ms, begin_ms + days * DAY_MS, MINUTE_MS):
            check = success(at_ms=at_ms, latency_ms=round(chance.lognormvariate(4.4, 0.3), 3))
            await archive.record(Record(check, monitored.health))
        begun = time.perf_counter()
        await archive.statistics.fold(begin_ms + (days + 1) * DAY_MS)
        folded_s = time.perf_counter() - begun
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as db:
        checks = db.execute("SELECT * FROM checks ORDER BY at_ms LIMIT 50").fetchall()
        check = bytes_a_row(db, "checks", "INSERT INTO sized VALUES (?,?,?,?,?,?,?,?)", checks)
        minute, hour, day = (
            bytes_a_row(
                db,
                "rollups",
                "INSERT INTO sized VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                db.execute(
                    "SELECT * FROM rollups WHERE endpoint = 1 AND grain = ? LIMIT 50", (grain,)
                ).fetchall(),
            )
            for grain in (1, 2, 3)
        )
    kept = Kept()
    steady = check * kept.checks_ms / MINUTE_MS
    steady += minute * kept.minutes_ms / MINUTE_MS + hour * kept.hours_ms / HOUR_MS
    print(f"\nOne check a minute, folded at {days * 1440 / folded_s:.0f} checks a second. Bytes:")
    print(f"  {check:.1f} a check, {minute:.1f} a minute, {hour:.0f} an hour, {day:.0f} a day")
    print(f"  one endpoint: {steady / 1000:.0f} kB of what goes, {day * 365 / 1000:.0f} kB a year")
    assert 0 < check < 200


def bytes_a_row(db: sqlite3.Connection, table: str, insert: str, rows: list[tuple]) -> float:
    """Return how large a row is on its page, seen in a table of many like those."""
    (made,) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    db.execute(made.replace(table, "sized", 1))
    db.executemany(insert, ((key, *row[1:]) for key in range(1, 1001) for row in rows))
    (size,) = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'sized'").fetchone()
    db.execute("DROP TABLE sized")
    return size / (1000 * len(rows))
