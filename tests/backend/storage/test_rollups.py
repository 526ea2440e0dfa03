"""What is kept of old checks is what they said: folded, folded again, thinned, migrated."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.contract.vocabulary import Period, Reason
from backend.domain.assertions import Check
from backend.domain.rollup import Counted, Rollup, fold, reach_ms, total
from backend.domain.tiers import DAY_MS, HOUR_MS, MINUTE_MS, Grain
from backend.storage import rollups, tiers
from backend.storage.archive import Archive, Before
from backend.storage.database import FILE_NAME, Database
from backend.storage.folding import fold_all
from backend.storage.migrations import MIGRATIONS
from backend.storage.rollups import ALL, Subject
from backend.storage.statistics import Span
from tests.backend.storage.conftest import an_endpoint, failure, recorded, success

BEGIN_MS = 20_000 * DAY_MS
REACH_MS = reach_ms(60, 5000)

moments = st.integers(0, 3 * DAY_MS).map(lambda ms: BEGIN_MS + ms)
made_checks = st.builds(
    Check,
    endpoint_id=st.just("a"),
    at_ms=moments,
    success=st.booleans(),
    degraded=st.booleans(),
    latency_ms=st.integers(1, 9_000_000).map(lambda us: us / 1000),
    status_code=st.none(),
    message=st.none(),
    reason=st.sampled_from([None, None, None, Reason.OURS]),
)
steps = st.lists(
    st.one_of(
        made_checks,
        st.tuples(st.just("fold"), moments),
        st.tuples(st.just("thin"), moments),
    ),
    max_size=30,
)
each_in_its_own_archive = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def counted(checks: list[Check]) -> list[Counted]:
    """Return checks as rollups count them."""
    return sorted(
        Counted(it.at_ms, it.success, it.degraded, int((it.latency_ms or 0) * 1000 + 0.5))
        for it in checks
        if it.reason is not Reason.OURS
    )


def folded(checks: list[Check], start_ms: int, end_ms: int, width_ms: int) -> dict[int, Rollup]:
    """Fold checks as nobody keeps them: all at once."""
    return fold(
        counted(checks), start_ms=start_ms, end_ms=end_ms, width_ms=width_ms, reach=REACH_MS
    )


async def kept_rows(archive: Archive, grain: Grain, key: int = 1) -> dict[int, Rollup]:
    """Return all rollups of one grain that are folded and kept."""

    def job(db) -> dict[int, Rollup]:
        tier = tiers.all_tiers(db)[grain]
        return dict(rollups.rows(db, key, grain, tier.kept_from_ms, tier.folded_until_ms))

    return await archive._writing.read(job)


async def horizon(archive: Archive, grain: Grain) -> tuple[int, int]:
    tier = (await archive._writing.read(tiers.all_tiers))[grain]
    return tier.kept_from_ms, tier.folded_until_ms


async def checked_every_minute(archive: Archive, until_ms: int, step_ms: int = MINUTE_MS) -> None:
    for number, at_ms in enumerate(range(BEGIN_MS, until_ms, step_ms)):
        check = failure(at_ms=at_ms) if number % 10 == 9 else success(at_ms=at_ms, latency_ms=20)
        await archive.record(recorded(check))


@each_in_its_own_archive
@given(taken=steps)
async def test_whatever_comes_in_whatever_order_the_rollups_are_those_of_the_checks(
    tmp_path_factory: pytest.TempPathFactory, taken: list[Check | tuple[str, int]]
) -> None:
    checks: dict[int, Check] = {}
    async with Archive.open(tmp_path_factory.mktemp("archive")) as archive:
        await archive.add(an_endpoint(), [])
        for step in taken:
            match step:
                case Check():
                    await archive.record(recorded(step))
                    checks.setdefault(step.at_ms, step)
                case ("fold", now_ms):
                    await archive.statistics.fold(now_ms)
                case ("thin", before_ms):
                    # Minutes only: a check that comes later than its hour is kept is not counted.
                    await archive.thin(Before(0, before_ms, 0, 0, 9))
        await archive.statistics.fold(BEGIN_MS + 4 * DAY_MS)
        every = list(checks.values())
        for grain in (Grain.MINUTE, Grain.HOUR, Grain.DAY):
            kept_from_ms, until_ms = await horizon(archive, grain)
            assert until_ms == BEGIN_MS + 4 * DAY_MS - grain.width_ms
            expected = folded(every, kept_from_ms, until_ms, grain.width_ms)
            assert await kept_rows(archive, grain) == expected
            # Of one endpoint, all together is that one.
            assert await kept_rows(archive, grain, ALL.key) == expected


@each_in_its_own_archive
@given(
    made=st.lists(made_checks, max_size=20, unique_by=lambda it: it.at_ms),
    folded_at_ms=moments,
    ends=st.tuples(moments, moments).map(sorted),
)
async def test_a_span_says_the_same_whether_folded_or_not(
    tmp_path_factory: pytest.TempPathFactory,
    made: list[Check],
    folded_at_ms: int,
    ends: list[int],
) -> None:
    start_ms, end_ms = ends
    async with Archive.open(tmp_path_factory.mktemp("archive")) as archive:
        await archive.add(an_endpoint(), [])
        for check in made:
            await archive.record(recorded(check))
        await archive.statistics.fold(folded_at_ms)

        whole = await archive._writing.read(
            lambda db: rollups.whole(db, Subject(1, REACH_MS), start_ms, end_ms)
        )
    width_ms = max(1, end_ms - start_ms)
    assert whole == total(folded(made, start_ms, end_ms, width_ms).values())


async def test_statistics_outlive_the_checks_they_are_made_of(archive: Archive) -> None:
    await archive.add(an_endpoint(), [])
    end_ms = BEGIN_MS + 3 * HOUR_MS
    await checked_every_minute(archive, end_ms)
    span = Span(Period.CUSTOM, BEGIN_MS, end_ms)
    before = await archive.statistics.uptime("a", span)
    later_ms = BEGIN_MS + 100 * DAY_MS
    await archive.statistics.fold(later_ms)
    await archive.thin(Before(later_ms, later_ms, later_ms, 0, 9))

    assert (await archive.check_results("a", start_ms=0, end_ms=end_ms, limit=1)).total == 0
    assert await kept_rows(archive, Grain.MINUTE) == {}
    assert await kept_rows(archive, Grain.HOUR) == {}
    after = await archive.statistics.uptime("a", span)
    assert (after.total_checks, after.uptime) == (180, 90)
    # The last check spoke on for its reach, which the day that is left cannot tell apart.
    assert after.observed - before.observed == REACH_MS - MINUTE_MS
    assert before.coverage == 100


async def test_nothing_goes_that_is_not_folded_yet(archive: Archive) -> None:
    await archive.add(an_endpoint(), [])
    await checked_every_minute(archive, BEGIN_MS + 2 * HOUR_MS, 10 * MINUTE_MS)
    await archive.thin(Before(2**60, 2**60, 2**60, 0, 9))

    found = await archive.check_results("a", start_ms=0, end_ms=2**60, limit=1)
    assert found.total == 12


async def test_a_check_that_comes_after_its_hour_was_folded_is_counted(archive: Archive) -> None:
    await archive.add(an_endpoint(), [])
    await checked_every_minute(archive, BEGIN_MS + 2 * HOUR_MS)
    await archive.statistics.fold(BEGIN_MS + 3 * DAY_MS)
    await archive.record(recorded(failure(at_ms=BEGIN_MS + 5)))
    await archive.statistics.fold(BEGIN_MS + 3 * DAY_MS)

    assert (await kept_rows(archive, Grain.HOUR))[BEGIN_MS].checks == 61
    assert (await kept_rows(archive, Grain.DAY))[BEGIN_MS].checks == 121
    assert (await kept_rows(archive, Grain.DAY, ALL.key))[BEGIN_MS].checks == 121


@pytest.mark.parametrize("after_steps", [1, 2, 3])
async def test_a_check_stored_while_its_time_is_folded_is_counted(
    archive: Archive, after_steps: int
) -> None:
    await archive.add(an_endpoint(), [])
    await archive.record(recorded(success(at_ms=BEGIN_MS)))
    taken = 0

    async def write(job):
        nonlocal taken
        answer = await archive._writing.write(job)
        taken += 1
        if taken == after_steps:
            await archive.record(recorded(success(at_ms=BEGIN_MS + 7)))
        return answer

    await fold_all(write, BEGIN_MS + 2 * HOUR_MS)
    assert taken > after_steps
    await archive.statistics.fold(BEGIN_MS + 2 * HOUR_MS)
    for grain in (Grain.MINUTE, Grain.HOUR):
        assert (await kept_rows(archive, grain))[BEGIN_MS].checks == 2


async def test_checks_are_stored_between_the_steps_of_folding_and_thinning(
    archive: Archive,
) -> None:
    await archive.add(an_endpoint(), [])
    await archive._writing.write(
        lambda db: db.execute_sql(
            """
            WITH RECURSIVE made (number) AS (
                SELECT 0 UNION ALL SELECT number + 1 FROM made LIMIT 20000
            )
            INSERT INTO checks SELECT 1, ? + number * 30000, 1, 0, 20, 200, NULL, NULL FROM made
            """,
            (BEGIN_MS,),
        )
    )
    now_ms = BEGIN_MS + 30 * DAY_MS

    async def tidy() -> None:
        await archive.statistics.fold(now_ms)
        folded.set()
        await archive.thin(Before(now_ms, now_ms, now_ms, 0, 9))

    folded = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        tidying = group.create_task(tidy(), name="tidying")
        await archive.record(recorded(success(at_ms=now_ms)))
        assert not folded.is_set()
        await folded.wait()
        await archive.record(recorded(success(at_ms=now_ms + 1)))
        assert not tidying.done()
    kept = await archive.check_results("a", start_ms=0, end_ms=2**60, limit=9)
    assert [check.id for check in kept.results] == [f"a:{now_ms + 1}", f"a:{now_ms}"]
    span = Span(Period.CUSTOM, BEGIN_MS, now_ms)
    assert (await archive.statistics.uptime("a", span)).total_checks == 20_000


async def test_what_failed_by_our_own_fault_is_neither_counted_nor_time(archive: Archive) -> None:
    await archive.add(an_endpoint(), [])
    await archive.record(recorded(success(at_ms=BEGIN_MS)))
    await archive.record(recorded(failure(at_ms=BEGIN_MS + 30_000, reason=Reason.OURS)))
    await archive.statistics.fold(BEGIN_MS + HOUR_MS)

    rows = await kept_rows(archive, Grain.MINUTE)
    assert sum(it.checks for it in rows.values()) == 1
    assert (sum(it.up_ms for it in rows.values()), sum(it.down_ms for it in rows.values())) == (
        REACH_MS,
        0,
    )


async def test_a_fold_that_was_broken_off_is_made_again(directory: Path) -> None:
    async with Archive.open(directory) as archive:
        await archive.add(an_endpoint(), [])
        await checked_every_minute(archive, BEGIN_MS + 2 * HOUR_MS)
        await archive.statistics.fold(BEGIN_MS + 2 * HOUR_MS)
        expected = await kept_rows(archive, Grain.HOUR)
    with closing(sqlite3.connect(directory / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE tiers SET folded_until_ms = ? WHERE grain > 0", (BEGIN_MS,))
        connection.execute("UPDATE rollups SET checks = 99 WHERE at_ms % 3 = 0")
    async with Archive.open(directory) as archive:
        await archive.statistics.fold(BEGIN_MS + 2 * HOUR_MS)
        assert await kept_rows(archive, Grain.HOUR) == expected


def test_a_database_that_counted_by_the_hour_keeps_its_statistics(directory: Path) -> None:
    Database.open(directory, MIGRATIONS[:2]).close()
    path = directory / FILE_NAME
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO hours VALUES (1, 0, 9, 9, 9)")
    Database.open(directory).close()

    with closing(sqlite3.connect(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert {"tiers", "rollups"} <= tables
    assert "hours" not in tables
    assert (directory / "backups" / "vigil-version-2.db").exists()
