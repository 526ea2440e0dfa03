"""Version 5: assertions of endpoints, and the evidence of how an incident began."""

from peewee import SqliteDatabase

_STEPS = (
    "ALTER TABLE endpoints ADD COLUMN assertions TEXT NOT NULL DEFAULT '[]'",
    # Up to some ten kilobytes a row, and seldom read: apart from the incidents.
    """
    CREATE TABLE evidence (
        endpoint INTEGER NOT NULL REFERENCES endpoints (key) ON DELETE CASCADE,
        at_ms INTEGER NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (endpoint, at_ms)
    )
    """,
)


def migrate(db: SqliteDatabase) -> None:
    """Add the column, and make the table."""
    for statement in _STEPS:
        db.execute_sql(statement)
