"""The backend's statistics as charts show them: gaps before the beginning, young and live ends."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.presenters import figures
from app.state.rings import Check
from backend.contract.resources import IncidentView
from backend.contract.statistics import (
    LatencyPoint,
    LatencyStatistics,
    LatencyView,
    NamedOutage,
    Outage,
    TotalLatencyView,
    UptimeRow,
)
from backend.contract.vocabulary import CheckStatus, Period
from widgets.series import UptimeDay

END = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
STEP = timedelta(minutes=2)
NONE = LatencyStatistics(average=None, min=None, max=None, p50=None, p95=None, p99=None)


def told(*medians: float | None, outages: tuple[Outage, ...] = ()) -> LatencyView:
    start = END - STEP * len(medians)
    return LatencyView(
        endpoint_id="a",
        period=Period.DAY,
        statistics=NONE,
        time_series=tuple(
            LatencyPoint(
                timestamp=start + STEP * place,
                avg_response_time=value,
                p50=value,
                p95=value,
                total_checks=0 if value is None else 2,
                failed_checks=0,
                coverage=100,
                outage=False,
            )
            for place, value in enumerate(medians)
        ),
        bucket_size=120_000,
        start_date=start,
        end_date=END,
        outages=outages,
    )


def check(after_end_s: float, latency_ms: float | None = 80.0) -> Check:
    status = CheckStatus.FAILURE if latency_ms is None else CheckStatus.SUCCESS
    at = END + timedelta(seconds=after_end_s)
    return Check(at, status, False, latency_ms, 200, None)


def incident(number: str, start: datetime, end: datetime | None, endpoint: str) -> IncidentView:
    return IncidentView(
        id=number,
        started_at=start,
        resolved_at=end,
        duration=None,
        endpoint_id=endpoint,
        endpoint_name=endpoint,
        failure_count=3,
        error_message=None,
        reason=None,
    )


def test_the_chart_of_a_new_endpoint_begins_with_its_first_check() -> None:
    series = figures.series_of(told(*([None] * 600), *([50.0] * 120)))
    assert series.start == END - STEP * 121
    assert all(point.is_known for point in series.points[1:])


def test_a_chart_is_never_narrower_than_half_an_hour() -> None:
    series = figures.series_of(told(*([None] * 718), 50.0, 50.0))
    assert series.end - series.start == timedelta(minutes=30)


def test_a_gap_in_the_middle_does_not_shorten_the_chart() -> None:
    series = figures.series_of(told(50.0, *([None] * 700), 50.0))
    assert len(series.points) == 702


def test_checks_after_the_load_are_added_at_the_end() -> None:
    series = figures.series_of(told(*([50.0] * 720)))
    now = END + timedelta(seconds=130)
    longer = figures.extended(series, [check(-60), check(10, 70), check(20, 90)], now)
    assert longer.end == now
    assert len(longer.points) == 721
    assert (longer.points[-1].p50_ms, longer.points[-1].p95_ms) == (70, 90)


def test_a_failed_check_adds_a_step_without_a_value() -> None:
    series = figures.series_of(told(*([50.0] * 720)))
    longer = figures.extended(series, [check(10, None)], END)
    assert not longer.points[-1].is_known


def test_the_first_minutes_are_drawn_from_single_checks() -> None:
    assert figures.is_young(figures.series_of(told(*([None] * 718), 50.0, 50.0)))
    fine = figures.series_of_checks([check(5 * n, 80 + n) for n in range(12)], END)
    assert fine is not None
    assert fine.step_s == 5
    assert len(fine.points) == 12


def test_without_checks_there_is_no_fine_chart() -> None:
    assert figures.series_of_checks([], END) is None


@pytest.mark.parametrize(("endpoint", "count"), [("a", 2), ("", 3)])
def test_the_store_brings_outages_up_to_date(endpoint: str, count: int) -> None:
    start = END - timedelta(hours=1)
    known = told(
        50.0,
        outages=(
            Outage(incident_id="old", started_at=start - STEP, resolved_at=start),
            Outage(incident_id="open", started_at=start, resolved_at=None),
        ),
    )
    held = {
        "open": incident("open", start, END, "a"),
        "other": incident("other", END, None, "b"),
    }
    spans = figures.outages(held, known, endpoint)
    assert len(spans) == count
    assert spans[1].end == END


def test_outages_of_all_endpoints_are_named_by_the_store_and_by_the_backend() -> None:
    old = NamedOutage(
        incident_id="old", started_at=END - STEP * 9, resolved_at=None, endpoint_name="Mail"
    )
    known = TotalLatencyView(
        period=Period.CUSTOM,
        statistics=NONE,
        time_series=(),
        bucket_size=120_000,
        start_date=END - STEP * 10,
        end_date=END - STEP * 5,
        outages=(old,),
    )
    open_one = incident("new", END - STEP * 6, None, "a")
    mail, shop = figures.outages({"new": open_one}, known, "")
    # It ended after the period, so nothing says that it is open still.
    assert (mail.name, mail.end, mail.is_open) == ("Mail", END - STEP * 5, False)
    assert (shop.name, shop.is_open) == (open_one.endpoint_name, True)
    (mine,) = figures.outages({"new": open_one}, told(80, outages=()), "a")
    assert mine.name == ""


def test_a_custom_period_is_shown_whole_however_late_its_first_check_is() -> None:
    late = told(*[None] * 40, 80).model_copy(update={"period": Period.CUSTOM})
    series = figures.series_of(late)
    assert (series.start, series.end) == (late.start_date, late.end_date)
    assert len(series.points) == 41


DATES = (date(2026, 11, 25), date(2026, 11, 26))
ROW = UptimeRow(
    endpoint_id="e", name="shop", uptime=(None, 99.5), downtime=(0, 1500), coverage=(0.0, 100.0)
)


def test_days_of_a_row_are_read_in_either_form() -> None:
    expected = (UptimeDay(DATES[0], None, 0.0), UptimeDay(DATES[1], 99.5, 1.5))
    assert figures.days_of_row(DATES, ROW) == expected
    packed = ROW.as_text()
    assert not packed.uptime
    assert figures.days_of_row(DATES, packed) == expected


@pytest.mark.parametrize("text", ["nonsense", "[[1.0], [0]]", '[["x", 1], [0, 0]]', "[]"])
def test_days_that_cannot_be_read_are_none(text: str) -> None:
    assert figures.days_of_row(DATES, ROW.model_copy(update={"packed": text})) == ()
