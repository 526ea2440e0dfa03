"""How large an archive is that the real code wrote, folded and thinned: a check, and a year.

Checks of several endpoints go in among each other as the backend stores them, once a day an outage
with its events and its incident, and the history is tidied by the backend's own retention.
"""

import heapq
import math
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import NormalDist

import pytest

from backend.contract.vocabulary import Reason, Resolution
from backend.domain.assertions import Check
from backend.domain.incident import Incident, resolved
from backend.domain.schedule import phase
from backend.domain.tiers import DAY_MS, MINUTE_MS
from backend.engine.retention import Kept, Retention
from backend.storage.archive import Archive, Record
from backend.storage.database import FILE_NAME
from tests.backend.storage.conftest import an_endpoint, recorded, started, success, went_down
from tests.helpers.fake_clock import FakeClock

BEGIN_MS = 20_000 * DAY_MS
CHECKS_A_DAY = DAY_MS // MINUTE_MS
FAILURES = 5
"""In a row, once a day; the third opens an incident."""

AT_ONCE = 50
YEAR_DAYS = 365
COPIES = 10
KEPT_DAYS = Kept().checks_days


def a_day_of(endpoint_id: str, day: int) -> Iterator[Record]:
    """Yield what is stored of one endpoint in a day, in order."""
    begins = int(phase(f"{endpoint_id}-{day}") * (CHECKS_A_DAY - 2 * FAILURES))
    first_ms = BEGIN_MS + day * DAY_MS + int(phase(endpoint_id) * MINUTE_MS)
    spread = NormalDist(4.4, 0.3).samples(CHECKS_A_DAY, seed=day)
    began_ms = first_ms + begins * MINUTE_MS
    incident = Incident(f"{endpoint_id}-{day}", endpoint_id, began_ms, 3, "Connection refused")
    for number in range(CHECKS_A_DAY):
        at_ms = first_ms + number * MINUTE_MS
        if not begins <= number < begins + FAILURES:
            check = success(endpoint_id, at_ms, round(math.exp(spread[number]), 3))
        else:
            check = Check(
                endpoint_id,
                at_ms,
                success=False,
                degraded=False,
                latency_ms=None,
                status_code=None,
                message="Connection refused",
                reason=Reason.NETWORK,
            )
        more: dict[str, object] = {}
        if number == begins + 2:
            events = (went_down(endpoint_id, at_ms), started(incident))
            more = {"incident": incident, "events": events}
        elif number == begins + FAILURES:
            more = {"incident": resolved(incident, Resolution.RECOVERED, at_ms)}
        yield recorded(check, **more)


async def write(directory: Path, endpoints: int, days: int) -> float:
    """Make an archive with such a past; return how many checks a second went in."""
    names, storing_s, clock = [str(number) for number in range(endpoints)], 0.0, FakeClock()
    async with Archive.open(directory) as archive:
        await archive.add_all([an_endpoint(it) for it in names], [])
        retention = Retention(archive=archive, clock=clock)
        for day in range(days):
            each = (a_day_of(it, day) for it in names)
            records = list(heapq.merge(*each, key=lambda it: it.check.at_ms))
            began = time.perf_counter()
            for at in range(0, len(records), AT_ONCE):
                await archive.record_all(records[at : at + AT_ONCE])
            storing_s += time.perf_counter() - began
            clock.wall_offset_ms = BEGIN_MS + (day + 1) * DAY_MS + 3 * MINUTE_MS
            await retention._tidy(thins=True)
    return endpoints * days * CHECKS_A_DAY / storing_s


@pytest.mark.parametrize(
    ("endpoints", "days"),
    [(2, 2), pytest.param(2, 95, marks=pytest.mark.long)],
    ids=["smoke", "full"],
)
@pytest.mark.timeout(300)
async def test_disk_a_check_and_a_year(tmp_path: Path, endpoints: int, days: int) -> None:
    per_s = await write(tmp_path, endpoints, days)
    file = (tmp_path / FILE_NAME).stat().st_size
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as db:
        (size,) = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'checks'").fetchone()
        (kept,) = db.execute("SELECT count(*) FROM checks").fetchone()
        packed = bytes_packed(db, "checks", "SELECT * FROM checks ORDER BY endpoint, at_ms")
        day = bytes_packed(db, "rollups", "SELECT * FROM rollups WHERE grain = 3")
    # Number 0, all endpoints together, has its days too.
    year = (file + max(0, YEAR_DAYS - days) * day * (endpoints + 1)) / endpoints
    print(
        f"\n{endpoints} endpoints every 60 s, {days} days, stored at {per_s:.0f} checks/s: "
        f"{size / kept:.1f} bytes a check (goal 40), {size / kept / packed:.2f} x the same rows "
        f"packed; an endpoint-year {year / 1e6:.2f} MB (goal 3), of which "
        f"{day * YEAR_DAYS / 1e6:.2f} for its days; the file now {file / 1e6:.2f} MB"
    )
    assert kept == endpoints * min(days, KEPT_DAYS) * CHECKS_A_DAY
    assert 0 < size / kept < 200


def bytes_packed(db: sqlite3.Connection, table: str, select: str) -> float:
    """Return the bytes a row takes in a full table of many such rows, put in by their keys."""
    (made,) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    db.execute(made.replace(table, "packed", 1))
    rows = db.execute(select).fetchall()
    insert = "INSERT INTO packed VALUES (MARKS)".replace("MARKS", ", ".join("?" * len(rows[0])))
    for copy in range(COPIES):
        db.executemany(insert, ((row[0] + copy * 10, *row[1:]) for row in rows))
    (size,) = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'packed'").fetchone()
    db.execute("DROP TABLE packed")
    return size / (COPIES * len(rows))
