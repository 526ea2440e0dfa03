"""Version 6: who knows of an incident, until when they want to be left alone, and their note."""

from peewee import SqliteDatabase

_STATEMENTS = (
    "ALTER TABLE incidents ADD COLUMN acknowledged_at_ms INTEGER",
    "ALTER TABLE incidents ADD COLUMN snoozed_until_ms INTEGER",
    "ALTER TABLE incidents ADD COLUMN snoozed_to_recovery INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE incidents ADD COLUMN note TEXT NOT NULL DEFAULT ''",
)


def migrate(db: SqliteDatabase) -> None:
    """Add the columns."""
    for statement in _STATEMENTS:
        db.execute_sql(statement)
