"""How large the archive is, and how much waits in it. Called by the archive on its thread."""

from dataclasses import dataclass

from peewee import SqliteDatabase


@dataclass(frozen=True, slots=True)
class Figures:
    """Sizes are of the database file, without its write-ahead log."""

    database_bytes: int
    alerts_waiting: int


def figures(db: SqliteDatabase) -> Figures:
    """Return them as they are now."""
    (pages,) = db.execute_sql("PRAGMA page_count").fetchone()
    (page_bytes,) = db.execute_sql("PRAGMA page_size").fetchone()
    (waiting,) = db.execute_sql("SELECT count(*) FROM outbox WHERE state = 'pending'").fetchone()
    return Figures(pages * page_bytes, waiting)
