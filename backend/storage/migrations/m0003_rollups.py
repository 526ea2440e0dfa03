"""Version 3: checks folded into minutes, hours and days, instead of counted by the hour.

Nothing is carried over: the hours went back no further than the checks, which are still there and
are folded anew.
"""

from peewee import SqliteDatabase

_STATEMENTS = (
    "DROP TABLE hours",
    # Which grains there are (backend.domain.tiers.Grain), and of which time. A fold claims the
    # time it is about to fold, so that a check that comes late for it is not overlooked.
    """
    CREATE TABLE tiers (
        grain INTEGER PRIMARY KEY,
        kept_from_ms INTEGER NOT NULL DEFAULT 0,
        folded_until_ms INTEGER NOT NULL DEFAULT 0,
        claimed_until_ms INTEGER NOT NULL DEFAULT 0
    )
    """,
    "INSERT INTO tiers (grain) VALUES (0), (1), (2), (3)",
    # Without a reference to endpoints: number 0 stands for all of them together. Whole numbers,
    # because SQLite keeps small ones in a byte or two.
    """
    CREATE TABLE rollups (
        endpoint INTEGER NOT NULL,
        grain INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        checks INTEGER NOT NULL,
        successes INTEGER NOT NULL,
        degraded INTEGER NOT NULL,
        latency_us INTEGER NOT NULL,
        fastest_us INTEGER,
        slowest_us INTEGER,
        up_ms INTEGER NOT NULL,
        slow_ms INTEGER NOT NULL,
        down_ms INTEGER NOT NULL,
        latencies BLOB NOT NULL,
        PRIMARY KEY (endpoint, grain, at_ms)
    ) WITHOUT ROWID
    """,
)


def migrate(db: SqliteDatabase) -> None:
    """Make the tables of rollups in the place of the hours."""
    for statement in _STATEMENTS:
        db.execute_sql(statement)
