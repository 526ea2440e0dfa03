"""Version 4: the times in which this computer was offline, and why a status is UNKNOWN."""

from peewee import SqliteDatabase

_STATEMENTS = (
    "CREATE TABLE offline_spells (since_ms INTEGER PRIMARY KEY, until_ms INTEGER)",
    "ALTER TABLE health ADD COLUMN unknown_reason TEXT",
    "ALTER TABLE health ADD COLUMN interrupted INTEGER NOT NULL DEFAULT 0",
)


def migrate(db: SqliteDatabase) -> None:
    """Make the table and the columns."""
    for statement in _STATEMENTS:
        db.execute_sql(statement)
