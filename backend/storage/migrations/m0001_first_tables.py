"""Version 1: endpoints and their health, checks and their hours, incidents, numbered events."""

import uuid

from peewee import SqliteDatabase

_TABLES = (
    # One row. Another epoch is another database, whose numbers mean nothing to a client of this.
    """
    CREATE TABLE meta (
        epoch TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE endpoints (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        url TEXT NOT NULL,
        method TEXT NOT NULL,
        headers TEXT,
        body TEXT,
        check_interval INTEGER NOT NULL,
        expected_status_code INTEGER NOT NULL,
        timeout_threshold INTEGER NOT NULL,
        is_active INTEGER NOT NULL,
        degraded_threshold INTEGER,
        failure_threshold INTEGER NOT NULL,
        recovery_threshold INTEGER NOT NULL,
        retry_interval INTEGER,
        verify_tls INTEGER NOT NULL,
        follow_redirects INTEGER NOT NULL,
        tags TEXT NOT NULL,
        note TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL,
        updated_at_ms INTEGER NOT NULL,
        deleted_at_ms INTEGER
    )
    """,
    # Apart from the endpoint, because every check rewrites it.
    """
    CREATE TABLE health (
        endpoint INTEGER PRIMARY KEY REFERENCES endpoints (key),
        status TEXT NOT NULL,
        since_ms INTEGER,
        consecutive_failures INTEGER NOT NULL,
        consecutive_successes INTEGER NOT NULL,
        failing_since_ms INTEGER,
        run_failures INTEGER NOT NULL,
        last_checked_ms INTEGER,
        last_latency_ms REAL,
        last_error TEXT
    )
    """,
    # Without a rowid the key is the table: half the size, and a range of one endpoint's checks
    # lies together on disk.
    """
    CREATE TABLE checks (
        endpoint INTEGER NOT NULL REFERENCES endpoints (key),
        at_ms INTEGER NOT NULL,
        success INTEGER NOT NULL,
        degraded INTEGER NOT NULL,
        latency_ms REAL,
        status_code INTEGER,
        message TEXT,
        reason TEXT,
        PRIMARY KEY (endpoint, at_ms)
    ) WITHOUT ROWID
    """,
    # What was counted in each full hour, so that a day is 24 rows instead of thousands.
    """
    CREATE TABLE hours (
        endpoint INTEGER NOT NULL REFERENCES endpoints (key),
        hour_ms INTEGER NOT NULL,
        checks INTEGER NOT NULL,
        successes INTEGER NOT NULL,
        latency_ms REAL NOT NULL,
        PRIMARY KEY (endpoint, hour_ms)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE incidents (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        endpoint INTEGER NOT NULL REFERENCES endpoints (key),
        started_at_ms INTEGER NOT NULL,
        failure_count INTEGER NOT NULL,
        message TEXT,
        resolved_at_ms INTEGER,
        resolution TEXT
    )
    """,
    "CREATE UNIQUE INDEX one_open_incident ON incidents (endpoint) WHERE resolved_at_ms IS NULL",
    "CREATE INDEX incidents_of_endpoint ON incidents (endpoint, started_at_ms)",
    "CREATE INDEX incidents_by_start ON incidents (started_at_ms)",
    # AUTOINCREMENT: a number is never given twice, also after its event was thinned out.
    """
    CREATE TABLE events (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        endpoint_id TEXT NOT NULL,
        data TEXT NOT NULL
    )
    """,
)


def migrate(db: SqliteDatabase) -> None:
    """Make the first tables and name the database."""
    for statement in _TABLES:
        db.execute_sql(statement)
    db.execute_sql("INSERT INTO meta (epoch) VALUES (?)", (str(uuid.uuid4()),))
