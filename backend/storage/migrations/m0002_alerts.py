"""Version 2: notification channels, and the outbox of what they are told."""

from peewee import SqliteDatabase

_TABLES = (
    # The config holds secrets; the file is its owner's alone.
    """
    CREATE TABLE channels (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        type TEXT NOT NULL,
        config TEXT NOT NULL,
        policy TEXT NOT NULL,
        is_active INTEGER NOT NULL,
        created_at_ms INTEGER NOT NULL,
        updated_at_ms INTEGER NOT NULL,
        held_until_ms INTEGER
    )
    """,
    # No reference to channels, endpoints or incidents: the log outlives them all.
    """
    CREATE TABLE outbox (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        channel_id TEXT NOT NULL,
        channel_name TEXT NOT NULL,
        endpoint_id TEXT NOT NULL,
        subject TEXT NOT NULL,
        kind TEXT NOT NULL,
        status TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        number INTEGER NOT NULL,
        notice TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        first_try_ms INTEGER,
        last_try_ms INTEGER,
        next_try_ms INTEGER,
        reached TEXT NOT NULL DEFAULT '[]',
        settled_ms INTEGER,
        error TEXT
    )
    """,
    "CREATE INDEX outbox_waiting ON outbox (channel_id) WHERE state = 'pending'",
    "CREATE INDEX outbox_of_endpoint ON outbox (channel_id, endpoint_id)",
    "CREATE INDEX outbox_of_subject ON outbox (subject)",
    "CREATE INDEX outbox_tries ON outbox (channel_id, last_try_ms)",
)


def migrate(db: SqliteDatabase) -> None:
    """Make the tables of alerts."""
    for statement in _TABLES:
        db.execute_sql(statement)
