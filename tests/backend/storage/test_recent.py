"""The time until now is counted the same, whether remembered, moved on, or counted anew."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from peewee import SqliteDatabase

from backend.contract.vocabulary import Period, Reason
from backend.domain.assertions import Check
from backend.domain.tiers import DAY_MS, HOUR_MS, MINUTE_MS
from backend.storage import history
from backend.storage.archive import Archive, Before
from backend.storage.statistics import Span
from tests.backend.storage.conftest import an_endpoint, failure, recorded, success

BEGIN_MS = 20_000 * DAY_MS

# Mostly forward by a few minutes, as a running backend is asked; now and then by hours, or back.
forward = st.sampled_from([0, 1, 20_000, MINUTE_MS, 7 * MINUTE_MS, 50 * MINUTE_MS, 5 * HOUR_MS])
late = st.sampled_from([0, 0, 0, 90_000, 40 * MINUTE_MS, 23 * HOUR_MS])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("check"), forward, late, st.sampled_from("ab"), st.booleans()),
        st.tuples(st.just("fold"), forward),
        st.tuples(st.just("ask"), forward),
        st.tuples(st.just("thin"), forward, st.sampled_from([2 * HOUR_MS, 48 * HOUR_MS])),
    ),
    max_size=25,
)


async def asked(archive: Archive, now_ms: int) -> dict[str, tuple[object, ...]]:
    """Return what the quick way says of each endpoint."""
    snapshot = await archive.snapshot(now_ms=now_ms)
    return {
        it.endpoint.id: (
            it.statistics.total_checks24h,
            it.statistics.uptime24h,
            it.statistics.avg_response_time24h,
        )
        for it in snapshot.endpoints
    }


async def counted_anew(archive: Archive, ids: Sequence[str], now_ms: int) -> dict[str, tuple]:
    """Return what the rollups of one endpoint after the other say."""
    found = {}
    for endpoint_id in ids:
        span = Span(Period.CUSTOM, now_ms + 1 - DAY_MS, now_ms + 1)
        uptime = await archive.statistics.uptime(endpoint_id, span)
        detail = await archive.detail(endpoint_id, now_ms)
        assert detail is not None
        mean_ms = detail.statistics.avg_response_time24h
        found[endpoint_id] = (uptime.total_checks, uptime.uptime, mean_ms)
    return found


async def watched(archive: Archive, for_ms: int, every_ms: int) -> int:
    """Fill an archive with checks of two endpoints over a time; return when it is now."""
    now_ms = BEGIN_MS + for_ms
    for endpoint_id in "ab":
        await archive.add(an_endpoint(endpoint_id), [])

    def job(db: SqliteDatabase) -> None:
        for number, at_ms in enumerate(range(BEGIN_MS, now_ms, every_ms)):
            for key, endpoint_id in enumerate("ab", start=1):
                history.append(db, key, made(endpoint_id, at_ms + key, number % 7 != key))

    await archive._writing.write(job)
    await archive.statistics.fold(now_ms)
    return now_ms


async def watched_for_25_hours(archive: Archive) -> int:
    """Fill an archive with a check of two endpoints every ten minutes; return when it is now."""
    return await watched(archive, 25 * HOUR_MS, 10 * MINUTE_MS)


@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(taken=steps)
async def test_whenever_it_is_asked_for_the_last_day_is_right(
    tmp_path_factory: pytest.TempPathFactory, taken: list[tuple]
) -> None:
    async with Archive.open(tmp_path_factory.mktemp("archive")) as archive:
        now_ms = await watched_for_25_hours(archive)
        for what, by_ms, *more in taken:
            now_ms += by_ms
            match what, more:
                case "check", [late_ms, endpoint_id, good]:
                    await archive.record(recorded(made(endpoint_id, now_ms - late_ms, good)))
                case "fold", _:
                    await archive.statistics.fold(now_ms)
                case "thin", [age_ms]:
                    minutes_ms = now_ms - age_ms
                    await archive.thin(Before(now_ms - 7 * DAY_MS, minutes_ms, 0, 0, 9))
                case _:
                    pass
            assert await asked(archive, now_ms) == await counted_anew(archive, "ab", now_ms)


def made(endpoint_id: str, at_ms: int, good: bool) -> Check:
    return success(endpoint_id, at_ms, at_ms % 977) if good else failure(endpoint_id, at_ms)


@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(taken=steps, kept_days=st.sampled_from([1, 7, 60]))
async def test_whenever_it_is_asked_for_a_week_and_a_month_are_right(
    tmp_path_factory: pytest.TempPathFactory, taken: list[tuple], kept_days: int
) -> None:
    async with Archive.open(tmp_path_factory.mktemp("archive")) as archive:
        now_ms = await watched_for_31_days(archive)
        for what, by_ms, *more in [*taken, ("ask", 0)]:
            now_ms += by_ms
            match what, more:
                case "check", [late_ms, endpoint_id, good]:
                    await archive.record(recorded(made(endpoint_id, now_ms - late_ms, good)))
                case "fold", _:
                    await archive.statistics.fold(now_ms)
                case "thin", [age_ms]:
                    checks_ms = now_ms - kept_days * DAY_MS
                    await archive.thin(Before(checks_ms, now_ms - age_ms, 0, 0, 9))
                case _:
                    pass
            await assert_longer_periods_are_right(archive, now_ms)


@pytest.mark.parametrize("kept_days", [1, 7, 60])
async def test_a_week_and_a_month_move_on_with_the_time(archive: Archive, kept_days: int) -> None:
    now_ms = await watched_for_31_days(archive)
    await archive.thin(Before(now_ms - kept_days * DAY_MS, now_ms - 48 * HOUR_MS, 0, 0, 9))
    for _ in range(20):
        await assert_longer_periods_are_right(archive, now_ms)
        now_ms += 7 * MINUTE_MS
        await archive.record(recorded(made("a", now_ms, good=True)))
        await archive.statistics.fold(now_ms)


async def assert_longer_periods_are_right(archive: Archive, now_ms: int) -> None:
    for period in (Period.WEEK, Period.MONTH):
        span = Span.until(period, now_ms)
        found = await compared(archive, span)
        anew = Span(Period.CUSTOM, span.start_ms, span.end_ms)
        assert found == await compared(archive, anew), period
        for endpoint_id, (uptime, _) in found.items():
            assert uptime == (await archive.statistics.uptime(endpoint_id, span)).uptime


async def compared(archive: Archive, span: Span) -> dict[str, tuple[float | None, float | None]]:
    """Return the uptime and the mean response time of each endpoint in a span."""
    comparison = await archive.statistics.comparison(span)
    return {it.endpoint_id: (it.uptime, it.avg_response_time) for it in comparison.data}


async def watched_for_31_days(archive: Archive) -> int:
    """Fill an archive with a check of two endpoints every two hours; return when it is now."""
    return await watched(archive, 31 * DAY_MS + 20 * MINUTE_MS, 119 * MINUTE_MS)


async def test_minutes_that_come_and_go_are_counted_in_and_out(archive: Archive) -> None:
    now_ms = await watched_for_25_hours(archive)
    for _ in range(12):
        assert await asked(archive, now_ms) == await counted_anew(archive, "ab", now_ms)
        now_ms += 7 * MINUTE_MS
        await archive.record(recorded(made("a", now_ms, good=True)))
        await archive.statistics.fold(now_ms)


async def test_a_check_that_comes_late_is_counted(archive: Archive) -> None:
    now_ms = await watched_for_25_hours(archive)
    before = await asked(archive, now_ms)
    await archive.record(recorded(failure("a", now_ms - 5 * HOUR_MS + 7)))
    await archive.statistics.fold(now_ms)
    after = await asked(archive, now_ms)
    assert after == await counted_anew(archive, "ab", now_ms)
    assert after["a"][0] == before["a"][0] + 1


async def test_where_minutes_go_early_hours_speak_for_them(archive: Archive) -> None:
    now_ms = await watched_for_25_hours(archive)
    await asked(archive, now_ms)
    await archive.thin(Before(now_ms - HOUR_MS, now_ms - HOUR_MS, 0, 0, 9))
    for _ in range(3):
        now_ms += 7 * MINUTE_MS + 1
        assert await asked(archive, now_ms) == await counted_anew(archive, "ab", now_ms)


async def test_our_own_faults_are_not_counted(archive: Archive) -> None:
    await archive.add(an_endpoint(), [])
    await archive.record(recorded(failure("a", BEGIN_MS, Reason.OURS)))
    assert await asked(archive, BEGIN_MS) == {"a": (0, None, None)}


async def test_a_deleted_endpoint_leaves_and_comes_back_with_its_day(archive: Archive) -> None:
    await archive.add(an_endpoint(), [])
    await archive.record(recorded(success("a", BEGIN_MS, 20)))
    await archive.statistics.fold(BEGIN_MS + HOUR_MS)
    assert await asked(archive, BEGIN_MS + HOUR_MS) == {"a": (1, 100.0, 20.0)}
    await archive.delete("a", BEGIN_MS + HOUR_MS, [], None)
    assert await asked(archive, BEGIN_MS + HOUR_MS) == {}
    assert (await archive.overview(BEGIN_MS + HOUR_MS)).overall_uptime is None
    buried = await archive.restore("a")
    assert buried is not None
    await archive.undelete(buried, [])
    assert await asked(archive, BEGIN_MS + HOUR_MS) == {"a": (1, 100.0, 20.0)}
