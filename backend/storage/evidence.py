"""Queries of the evidence of first failures. Called by the archive on the worker's thread.

It is kept at the failure that began a run, before anybody knows whether an incident comes of it;
an incident begins at that same failure, which is how the two find each other.
"""

from peewee import SqliteDatabase

from backend.contract.evidence import EvidenceView

# What is left of earlier runs that ended before they were an incident goes at the next run.
_FORGET = """
    DELETE FROM evidence WHERE endpoint = ? AND at_ms NOT IN (
        SELECT started_at_ms FROM incidents WHERE endpoint = ?
    )
"""


def keep_evidence(db: SqliteDatabase, key: int, at_ms: int, evidence: EvidenceView | None) -> None:
    """Keep the evidence of the first failure of a run, where there is any."""
    if evidence is None:
        return
    db.execute_sql(_FORGET, (key, key))
    db.execute_sql(
        "INSERT OR REPLACE INTO evidence (endpoint, at_ms, content) VALUES (?, ?, ?)",
        (key, at_ms, evidence.model_dump_json(by_alias=True)),
    )


def find(db: SqliteDatabase, endpoint_id: str, at_ms: int) -> EvidenceView | None:
    """Return the evidence of the run that began at a time, while it is kept."""
    row = db.execute_sql(
        """
        SELECT content FROM evidence
        WHERE endpoint = (SELECT key FROM endpoints WHERE id = ?) AND at_ms = ?
        """,
        (endpoint_id, at_ms),
    ).fetchone()
    return None if row is None else EvidenceView.model_validate_json(row[0])
