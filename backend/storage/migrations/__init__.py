"""The steps from an empty file to the present tables, in order; ``user_version`` counts them.

A step that was ever released is never changed: a new one is added below it.
"""

from collections.abc import Callable

from peewee import SqliteDatabase

from backend.storage.migrations import (
    m0001_first_tables,
    m0002_alerts,
    m0003_rollups,
    m0004_network,
    m0005_assertions,
    m0006_acknowledgement,
    m0007_secret_references,
)

Migration = Callable[[SqliteDatabase], None]

MIGRATIONS: tuple[Migration, ...] = (
    m0001_first_tables.migrate,
    m0002_alerts.migrate,
    m0003_rollups.migrate,
    m0004_network.migrate,
    m0005_assertions.migrate,
    m0006_acknowledgement.migrate,
    m0007_secret_references.migrate,
)
