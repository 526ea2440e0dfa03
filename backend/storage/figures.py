"""How large the archive is, and how much waits in it.

Called by the archive on its thread, and by who looks at it from outside.
"""

from dataclasses import dataclass
from typing import Final

from peewee import SqliteDatabase

_DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Figures:
    """Sizes are of the database file, without its write-ahead log. Times are Unix milliseconds.

    ``alerts_given_up`` are those of the last 24 hours.
    """

    database_bytes: int
    alerts_waiting: int
    alerts_waiting_since_ms: int | None
    alerts_given_up: int


def figures(db: SqliteDatabase, now_ms: int) -> Figures:
    """Return them as they are now."""
    (pages,) = db.execute_sql("PRAGMA page_count").fetchone()
    (page_bytes,) = db.execute_sql("PRAGMA page_size").fetchone()
    waiting, since_ms = db.execute_sql(
        "SELECT count(*), min(at_ms) FROM outbox WHERE state = 'pending'"
    ).fetchone()
    (given_up,) = db.execute_sql(
        "SELECT count(*) FROM outbox WHERE state = 'failed' AND settled_ms >= ?",
        (now_ms - _DAY_MS,),
    ).fetchone()
    return Figures(pages * page_bytes, waiting, since_ms, given_up)
