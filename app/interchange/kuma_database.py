"""Reads the monitors out of Uptime Kuma's own database, ``kuma.db`` (SQLite).

Opened read-only and immutable: nothing is locked, written or recovered, so it can be the file of a
Kuma that runs. What that one has not yet moved out of its journal is not seen, and it is said so.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from app.interchange import kuma_monitor
from app.interchange.reading import MOST_ROWS, Finding, Kind, Reading, Source, failed

SIGNATURE = b"SQLite format 3\x00"
_LONGEST_VALUE = 2_000_000
_STEPS = 50_000_000
_EVERY = 10_000


def read(path: Path) -> Reading:
    """Return the monitors of a database."""
    try:
        with closing(_open(path)) as database:
            return _read(database, path)
    except (sqlite3.Error, OverflowError, UnicodeError) as error:
        return failed(Kind.DAMAGED, "", str(error), Source.KUMA)


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    database.row_factory = sqlite3.Row
    database.text_factory = lambda raw: raw.decode("utf-8", "replace")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA query_only = ON")
    left = _STEPS // _EVERY

    def spent() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    database.set_progress_handler(spent, _EVERY)
    return database


def _read(database: sqlite3.Connection, path: Path) -> Reading:
    # A view or a virtual table of that name would run what its maker wrote.
    tables = {
        name
        for name, sql in database.execute("SELECT name, sql FROM sqlite_master WHERE type='table'")
        if isinstance(sql, str) and sql.upper().startswith("CREATE TABLE")
    }
    if "monitor" not in tables:
        return failed(Kind.UNKNOWN)
    tags = _tags(database) if {"tag", "monitor_tag"} <= tables else {}
    found = database.execute("SELECT * FROM monitor ORDER BY rowid LIMIT ?", (MOST_ROWS + 1,))
    monitors: list[dict[str, Any]] = kuma_monitor.with_groups_paused(dict(row) for row in found)
    groups = kuma_monitor.group_names(monitors)
    rows = tuple(
        kuma_monitor.read(
            f"monitor {monitor.get('id')}",
            monitor | {"tags": tags.get(monitor.get("id"), [])},
            groups,
        )
        for monitor in monitors
    )
    journal = path.with_name(f"{path.name}-wal")
    unsaved = journal.exists() and journal.stat().st_size > 0
    return Reading(Source.KUMA, rows, (Finding(Kind.UNSAVED),) if unsaved else ())


def _tags(database: sqlite3.Connection) -> dict[object, list[dict[str, Any]]]:
    query = (
        "SELECT used.monitor_id AS monitor, tag.name AS name, used.value AS value "
        "FROM monitor_tag AS used JOIN tag ON tag.id = used.tag_id LIMIT ?"
    )
    tags: dict[object, list[dict[str, Any]]] = {}
    for row in database.execute(query, (10 * MOST_ROWS,)):
        tags.setdefault(row["monitor"], []).append(dict(row))
    return tags
