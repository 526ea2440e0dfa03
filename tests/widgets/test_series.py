"""Series of response times: gaps, joined points, the lens that looks at a part of them."""

from datetime import UTC, datetime, timedelta

import pytest

from widgets.chart_lens import Lens
from widgets.series import Point, Series, runs, thinned

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
STEP = timedelta(minutes=2)


def series(*medians: float | None, left_out: frozenset[int] = frozenset()) -> Series:
    points = tuple(
        Point(START + STEP * place, value, None if value is None else value * 2)
        for place, value in enumerate(medians)
        if place not in left_out
    )
    return Series(START, START + STEP * len(medians), STEP.total_seconds(), points)


def test_a_step_without_an_answer_breaks_the_line() -> None:
    found = runs(series(1, 2, None, 4))
    assert [[point.p50_ms for point in run] for run in found] == [[1, 2], [4]]


def test_a_step_that_is_left_out_breaks_the_line() -> None:
    found = runs(series(1, 2, 3, 4, left_out=frozenset({1})))
    assert [[point.p50_ms for point in run] for run in found] == [[1], [3, 4]]


def test_joining_points_loses_no_peak() -> None:
    joined = thinned(series(*([10.0] * 99), 500.0), most=10)
    assert len(joined.points) <= 11
    assert max(point.p95_ms or 0 for point in joined.points) == 1000
    assert joined.step_s == STEP.total_seconds() * 10


def test_joints_stay_where_they_are_when_the_period_moves_on() -> None:
    whole = series(*range(1, 101))
    later = Series(whole.start + STEP * 3, whole.end, whole.step_s, whole.points[3:])
    joints = {point.at for point in thinned(whole, 10).points}
    assert {point.at for point in thinned(later, 10).points[1:]} <= joints


def test_few_points_stay_as_they_are() -> None:
    few = series(1, 2, 3)
    assert thinned(few) is few


def test_the_lens_starts_with_the_whole_period() -> None:
    lens = Lens(series(*range(1, 101)))
    assert lens.is_whole
    assert len(lens.seen.points) == 100


def test_zooming_shows_finer_points_than_there_was_room_for() -> None:
    lens = Lens(series(*range(1, 101)), most=25)
    assert lens.seen.step_s == STEP.total_seconds() * 4
    lens.zoom(START, START + STEP * 20)
    assert lens.seen.step_s == STEP.total_seconds()
    assert not lens.is_whole


def test_a_range_keeps_within_the_period_and_is_never_too_narrow() -> None:
    lens = Lens(series(*range(1, 101)))
    lens.zoom(START + STEP * 99, START + STEP * 99)
    assert lens.end == lens.series.end
    assert lens.end - lens.start == STEP * 6
    lens.zoom_by(1000)
    assert lens.is_whole


def test_newer_values_leave_range_and_crosshair_where_they_are() -> None:
    lens = Lens(series(*range(1, 101)))
    lens.zoom(START + STEP * 40, START + STEP * 60)
    lens.point_at(START + STEP * 50)
    pointed = lens.point
    lens.take(series(*range(1, 102)))
    assert (lens.start, lens.end) == (START + STEP * 40, START + STEP * 60)
    assert lens.point == pointed


def test_the_whole_period_stays_whole_when_time_goes_on() -> None:
    lens = Lens(series(*range(1, 101)))
    lens.take(series(*range(1, 102)))
    assert lens.is_whole


@pytest.mark.parametrize(("by", "expected"), [(-1, 100), (1, 1)])
def test_the_crosshair_comes_in_at_the_end_it_is_called_from(by: int, expected: int) -> None:
    lens = Lens(series(*range(1, 101)))
    lens.step(by)
    assert lens.point is not None
    assert lens.point.p50_ms == expected


def test_the_range_follows_the_crosshair_beyond_its_edge() -> None:
    lens = Lens(series(*range(1, 101)))
    lens.zoom(START + STEP * 40, START + STEP * 60)
    lens.step(1)
    for _ in range(30):
        lens.step(1)
    assert lens.point is not None
    assert lens.point.p50_ms == pytest.approx(71, abs=1)
    assert lens.start > START + STEP * 40
    assert lens.end - lens.start == STEP * 20


def test_the_crosshair_stops_at_both_ends() -> None:
    lens = Lens(series(1, 2, 3))
    lens.step(1)
    lens.step(-5)
    assert lens.index == 0
    lens.step(1_000_000)
    assert lens.index == 2


def test_a_period_without_points_has_no_crosshair() -> None:
    lens = Lens(Series(START, START + STEP, 120, ()))
    lens.step(1)
    lens.point_at(START)
    assert lens.point is None
