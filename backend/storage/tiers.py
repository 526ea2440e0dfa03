"""How far each grain of the history goes: from where it is kept, until when it is folded.

A fold claims a stretch of time before it begins and settles it at its end. A check that comes
late for a claimed stretch (the clock was set back) takes the claim back, and the stretch is folded
again. Called on the worker's thread.
"""

from peewee import SqliteDatabase

from backend.domain.tiers import Grain, Tier, floor_to


def all_tiers(db: SqliteDatabase) -> list[Tier]:
    """Return what there is of each grain, finest first."""
    rows = db.execute_sql("SELECT grain, kept_from_ms, folded_until_ms FROM tiers ORDER BY grain")
    return [Tier(Grain(grain), kept, folded) for grain, kept, folded in rows]


def claim(db: SqliteDatabase, grain: Grain, until_ms: int) -> None:
    """Announce that a grain is about to be folded up to a time."""
    db.execute_sql("UPDATE tiers SET claimed_until_ms = ? WHERE grain = ?", (until_ms, grain))


def settle(db: SqliteDatabase, grain: Grain, until_ms: int) -> None:
    """Say that a grain is folded up to the time claimed, unless the claim was taken back."""
    db.execute_sql(
        "UPDATE tiers SET folded_until_ms = ? WHERE grain = ? AND claimed_until_ms = ?",
        (until_ms, grain, until_ms),
    )


def reopen(db: SqliteDatabase, at_ms: int) -> bool:
    """Have the time of a check folded again, if it was folded or claimed already; say whether.

    From its hour on, because minutes may be gone of which that hour is to be folded. A check of an
    hour whose checks are no longer all kept stays uncounted.
    """
    (claimed_ms,) = db.execute_sql(
        "SELECT claimed_until_ms FROM tiers WHERE grain = ?", (Grain.MINUTE,)
    ).fetchone()
    if at_ms >= claimed_ms:
        return False
    checks = all_tiers(db)[Grain.CHECK]
    hour_ms = floor_to(at_ms, Grain.HOUR.width_ms)
    if hour_ms < checks.kept_from_ms:
        return False
    day_ms = floor_to(at_ms, Grain.DAY.width_ms)
    for grain, until_ms in ((Grain.MINUTE, hour_ms), (Grain.HOUR, hour_ms), (Grain.DAY, day_ms)):
        db.execute_sql(
            """
            UPDATE tiers SET folded_until_ms = min(folded_until_ms, :until),
                             claimed_until_ms = min(claimed_until_ms, :until)
            WHERE grain = :grain
            """,
            {"until": until_ms, "grain": grain},
        )
    return True


def keep_from(db: SqliteDatabase, grain: Grain, wanted_ms: int) -> int:
    """Let go of a grain before a time, as far as the coarser ones hold it; return from when it is
    kept now.
    """
    tiers = all_tiers(db)
    held_ms = min(tier.folded_until_ms for tier in tiers[grain + 1 :])
    whole_ms = Grain.HOUR.width_ms if grain is Grain.CHECK else Grain(grain + 1).width_ms
    kept_ms = max(tiers[grain].kept_from_ms, floor_to(min(wanted_ms, held_ms), whole_ms))
    db.execute_sql("UPDATE tiers SET kept_from_ms = ? WHERE grain = ?", (kept_ms, grain))
    return kept_ms
