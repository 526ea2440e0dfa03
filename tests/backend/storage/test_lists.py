"""Lists and sums as the API shows them: pages, filters, orders, statistics, the snapshot."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.contract.vocabulary import CheckStatus, Reason, Resolution, Status
from backend.contract.wire import instant
from backend.domain.health import Health
from backend.domain.incident import resolved
from backend.storage.archive import Archive, Before, EndpointOrder, Monitored, Order
from tests.backend.storage.conftest import (
    HOUR_MS,
    NOW_MS,
    an_endpoint,
    an_incident,
    failure,
    recorded,
    success,
)

DAY_MS = 24 * HOUR_MS


async def with_four_endpoints(archive: Archive) -> None:
    """Store d (DOWN, deleted), and a (DOWN, paused), B (UP) and c (never checked)."""
    await archive.add(an_endpoint("d", name="d", created_at_ms=1), [])
    await archive.add(an_endpoint("a", name="a", created_at_ms=20, is_active=False), [])
    await archive.add(an_endpoint("b", name="B", created_at_ms=30), [])
    await archive.add(an_endpoint("c", name="c", created_at_ms=10), [])
    for endpoint_id, at_ms in (("d", 1), ("a", 2)):
        down = Health(Status.DOWN, last_checked_ms=at_ms)
        await archive.record(recorded(failure(endpoint_id, at_ms), health=down))
    await archive.record(recorded(success("b", 3)))
    await archive.delete("d", NOW_MS, [], None)


async def ids(
    archive: Archive,
    *,
    status: Status | None = None,
    is_active: bool | None = None,
    sort_by: EndpointOrder = "createdAt",
    order: Order = "DESC",
) -> list[str]:
    page = await archive.page_of_endpoints(
        page=1, limit=100, status=status, is_active=is_active, sort_by=sort_by, order=order
    )
    assert page.meta.total == len(page.data)
    return [endpoint.id for endpoint in page.data]


@pytest.mark.parametrize(
    ("sort_by", "ascending"),
    [("name", "abc"), ("createdAt", "cab"), ("lastCheckedAt", "cab")],
)
async def test_endpoints_are_sorted_both_ways(
    archive: Archive, sort_by: EndpointOrder, ascending: str
) -> None:
    await with_four_endpoints(archive)

    assert await ids(archive, sort_by=sort_by, order="ASC") == list(ascending)
    assert await ids(archive, sort_by=sort_by, order="DESC") == list(reversed(ascending))


async def test_endpoints_are_filtered(archive: Archive) -> None:
    await with_four_endpoints(archive)

    assert await ids(archive, status=Status.DOWN) == ["a"]
    assert await ids(archive, status=Status.UP) == ["b"]
    assert await ids(archive, status=Status.DEGRADED) == []
    assert await ids(archive, is_active=False) == ["a"]
    assert await ids(archive, is_active=True) == ["b", "c"]
    assert await ids(archive, is_active=True, status=Status.DOWN) == []


async def test_pages_cover_a_list_once_also_where_all_are_alike(archive: Archive) -> None:
    for number in range(7):
        await archive.add(an_endpoint(f"{number}", name="same"), [])
    pages = [
        await archive.page_of_endpoints(
            page=page, limit=3, status=None, is_active=None, sort_by="name", order="ASC"
        )
        for page in (1, 2, 3, 4)
    ]

    assert [[it.id for it in page.data] for page in pages] == [
        ["0", "1", "2"],
        ["3", "4", "5"],
        ["6"],
        [],
    ]
    assert {page.meta.total_pages for page in pages} == {3}
    assert {page.meta.total for page in pages} == {7}


async def test_check_results_are_the_newest_of_their_span(archive: Archive) -> None:
    await archive.add(an_endpoint(), [])
    await archive.add(an_endpoint("other"), [])
    for at_ms in range(100, 200, 10):
        await archive.record(recorded(success(at_ms=at_ms)))
        await archive.record(recorded(success("other", at_ms=at_ms)))
    found = await archive.check_results("a", start_ms=120, end_ms=160, limit=3)

    assert found.total == 5
    assert [check.id for check in found.results] == ["a:160", "a:150", "a:140"]
    assert found.results[0].checked_at == instant(160)


async def test_incidents_are_paged_newest_first_and_filtered(archive: Archive) -> None:
    await archive.add(an_endpoint("a"), [])
    await archive.add(an_endpoint("b"), [])
    for at_ms in (10, 20, 30):
        over = resolved(an_incident(f"a{at_ms}", "a", at_ms), Resolution.RECOVERED, at_ms + 5)
        await archive.record(recorded(success("a", at_ms), incident=over))
    await archive.record(recorded(failure("b", 25), incident=an_incident("b25", "b", 25)))

    async def found(
        endpoint_id: str | None = None, status: str | None = None, page: int = 1
    ) -> list[str]:
        answer = await archive.incidents.page(
            endpoint_id=endpoint_id, status=status, page=page, limit=2
        )
        return [incident.id for incident in answer.data]

    assert await found() == ["a30", "b25"]
    assert await found(page=2) == ["a20", "a10"]
    assert await found("a") == ["a30", "a20"]
    assert await found(status="active") == ["b25"]
    assert await found(status="resolved", page=2) == ["a10"]
    assert await found("b", "resolved") == []


async def test_an_incident_shows_the_checks_made_while_it_lasted(archive: Archive) -> None:
    await archive.add(an_endpoint(), [])
    for at_ms in (10, 20, 30):
        await archive.record(recorded(failure(at_ms=at_ms)))
    over = resolved(an_incident(at_ms=20), Resolution.RECOVERED, 40)
    await archive.record(recorded(success(at_ms=40), incident=over))
    await archive.record(recorded(success(at_ms=50)))
    detail = await archive.incident("i")

    assert detail is not None
    assert detail.endpoint.url == "http://a.test/"
    assert [check.checked_at for check in detail.check_results] == [
        instant(20),
        instant(30),
        instant(40),
    ]
    assert detail.check_results[-1].status is CheckStatus.SUCCESS
    assert await archive.incident("none") is None


async def test_the_detail_shows_a_day_and_the_newest_incidents(archive: Archive) -> None:
    await archive.add(an_endpoint(), [])
    for number in range(12):
        at_ms = NOW_MS - 1000 + number
        over = resolved(an_incident(f"{number}", at_ms=at_ms), Resolution.RECOVERED, at_ms)
        await archive.record(recorded(success(at_ms=at_ms), incident=over))
    detail = await archive.detail("a", NOW_MS)

    assert detail is not None
    assert detail.current_status is Status.UP
    assert detail.statistics.total_checks24h == 12
    assert [it.id for it in detail.recent_incidents] == [f"{n}" for n in range(11, 1, -1)]
    assert await archive.detail("none", NOW_MS) is None


async def test_nothing_observed_is_not_zero(archive: Archive) -> None:
    await archive.add(an_endpoint(), [])
    statistics = (await archive.snapshot(now_ms=NOW_MS)).endpoints[0].statistics

    assert statistics.uptime24h is None
    assert statistics.avg_response_time24h is None
    assert statistics.total_checks24h == 0


checks_of_two_days = st.lists(
    st.tuples(
        st.integers(NOW_MS - 2 * DAY_MS, NOW_MS),
        st.sampled_from([None, Reason.TARGET, Reason.OURS]),
        st.integers(0, 1_000_000).map(lambda us: us / 1000),
    ),
    max_size=20,
    unique_by=lambda check: check[0],
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(checks=checks_of_two_days, now_ms=st.integers(NOW_MS, NOW_MS + 3 * HOUR_MS))
async def test_a_day_is_counted_to_the_millisecond(
    archive: Archive,
    checks: list[tuple[int, Reason | None, float]],
    now_ms: int,
) -> None:
    endpoint_id = str(len(await archive.load()))
    await archive.add(an_endpoint(endpoint_id), [])
    for at_ms, reason, latency_ms in checks:
        check = (
            success(endpoint_id, at_ms, latency_ms)
            if reason is None
            else failure(endpoint_id, at_ms, reason)
        )
        await archive.record(recorded(check))
    view = await archive.detail(endpoint_id, now_ms)

    assert view is not None
    counted = [c for c in checks if c[0] >= now_ms - DAY_MS and c[1] is not Reason.OURS]
    latencies = [latency_ms for _, reason, latency_ms in counted if reason is None]
    assert view.statistics.total_checks24h == len(counted)
    if counted:
        uptime = len(latencies) / len(counted) * 100
        assert view.statistics.uptime24h == pytest.approx(uptime)
    if latencies:
        mean = sum(latencies) / len(latencies)
        assert view.statistics.avg_response_time24h == pytest.approx(mean)


async def test_a_snapshot_carries_the_last_checks_oldest_first(archive: Archive) -> None:
    for endpoint_id in ("a", "b"):
        await archive.add(an_endpoint(endpoint_id), [])
        for number in range(50):
            check = success(endpoint_id, NOW_MS - 50 + number, latency_ms=number)
            await archive.record(recorded(check))
    await archive.record(recorded(failure("b", NOW_MS)))
    snapshot = await archive.snapshot(now_ms=NOW_MS)

    one, other = snapshot.endpoints
    assert [check.response_time for check in one.checks] == list(range(10, 50))
    assert [check.response_time for check in other.checks] == [*range(11, 50), None]
    assert other.checks[-1].error_message == "Connection refused"
    assert one.endpoint.last_checked_at == instant(NOW_MS - 1)
    assert snapshot.epoch == archive.epoch


async def test_a_snapshot_of_one_endpoint_shows_it_alone(archive: Archive) -> None:
    for endpoint_id in ("a", "b"):
        await archive.add(an_endpoint(endpoint_id), [])
        incident = an_incident(endpoint_id, endpoint_id)
        await archive.record(recorded(failure(endpoint_id), incident=incident))
    snapshot = await archive.snapshot(now_ms=NOW_MS, checks_per_endpoint=5, endpoint_id="b")

    assert [state.endpoint.id for state in snapshot.endpoints] == ["b"]
    assert len(snapshot.endpoints[0].checks) == 1
    assert [incident.id for incident in snapshot.incidents] == ["b"]
    none = await archive.snapshot(now_ms=NOW_MS, endpoint_id="none")
    assert (none.endpoints, none.incidents) == ((), ())


async def test_a_snapshot_carries_all_open_incidents_and_the_newest_closed(
    archive: Archive,
) -> None:
    await archive.add(an_endpoint("old"), [])
    await archive.record(recorded(failure("old", 1), incident=an_incident("open", "old", 1)))
    await archive.add(an_endpoint("a"), [])
    for number in range(60):
        at_ms = 100 + number
        over = resolved(an_incident(f"{number}", at_ms=at_ms), Resolution.RECOVERED, at_ms)
        await archive.record(recorded(success(at_ms=at_ms), incident=over))
    incidents = (await archive.snapshot(now_ms=NOW_MS)).incidents

    assert [it.id for it in incidents] == [*(f"{n}" for n in range(59, 9, -1)), "open"]


async def test_the_overview_sums_what_is_not_deleted(archive: Archive) -> None:
    await with_four_endpoints(archive)
    await archive.record(recorded(success("b", NOW_MS - 10, latency_ms=30)))
    await archive.record(recorded(success("c", NOW_MS - 10, latency_ms=50)))
    for at_ms in (NOW_MS - 9, NOW_MS - 8):
        await archive.record(recorded(failure("c", at_ms)))
    await archive.record(recorded(failure("b", 5), incident=an_incident("old", "b", 5)))
    await archive.record(recorded(failure("c", NOW_MS), incident=an_incident("new", "c", NOW_MS)))
    overview = await archive.overview(NOW_MS)

    assert overview.total_endpoints == 3
    assert overview.status_breakdown.down == 1
    assert overview.status_breakdown.unknown == 2
    assert overview.active_incidents == 2
    assert overview.total_incidents_last24h == 1
    assert overview.overall_uptime == pytest.approx(40)
    assert overview.average_response_time == pytest.approx(40)


async def test_an_empty_archive_has_an_overview(archive: Archive) -> None:
    overview = await archive.overview(NOW_MS)

    assert overview.total_endpoints == 0
    assert overview.overall_uptime is None


async def test_thinning_removes_what_is_old_and_nothing_else(archive: Archive) -> None:
    await archive.add(an_endpoint("a"), [])
    await archive.add(an_endpoint("gone"), [])
    await archive.add(an_endpoint("going"), [])
    for endpoint_id in ("a", "gone"):
        for at_ms in (NOW_MS - 3 * DAY_MS, NOW_MS - 2 * DAY_MS, NOW_MS):
            await archive.record(recorded(success(endpoint_id, at_ms)))
    await archive.record(recorded(failure("gone", 1), incident=an_incident("i", "gone", 1)))
    await archive.delete("gone", NOW_MS - DAY_MS - 1, [], None)
    await archive.delete("going", NOW_MS - DAY_MS, [], None)
    await archive.statistics.fold(NOW_MS + DAY_MS)
    await archive.thin(
        Before(
            checks_ms=NOW_MS - 2 * DAY_MS,
            minutes_ms=NOW_MS - DAY_MS,
            hours_ms=NOW_MS - DAY_MS,
            deleted_ms=NOW_MS - DAY_MS,
            events_kept=9,
        )
    )

    kept = await archive.check_results("a", start_ms=0, end_ms=NOW_MS, limit=9)
    assert [check.id for check in kept.results] == [f"a:{NOW_MS}", f"a:{NOW_MS - 2 * DAY_MS}"]
    assert await archive.restore("gone") is None
    assert await archive.restore("going") is not None
    assert await archive.incident("i") is None
    assert [it.endpoint.id for it in await archive.load()] == ["a"]


async def test_a_view_shows_an_endpoint_with_its_defaults_filled_in(archive: Archive) -> None:
    await archive.add(an_endpoint(timeout_threshold=1000), [])
    await archive.change(
        Monitored(an_endpoint(timeout_threshold=2000, check_interval=10)), [], None
    )
    view = await archive.view("a")

    assert view is not None
    assert (view.degraded_threshold, view.retry_interval) == (800, 10)
