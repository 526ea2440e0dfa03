"""Where a chart's axes say something: round values, round local times."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QRectF

from widgets.chart_scale import Scale, time_ticks, value_ticks


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, (0, 1, 2, 3, 4)),
        (84, (0, 25, 50, 75, 100)),
        (612, (0, 200, 400, 600, 800)),
        (800, (0, 200, 400, 600, 800)),
        (1840, (0, 500, 1000, 1500, 2000)),
    ],
)
def test_values_are_round_and_reach_the_highest(highest: float, ticks: tuple[float, ...]) -> None:
    assert value_ticks(highest) == ticks


@pytest.mark.parametrize("highest", [84, 250, 590, 1840, 119_999])
def test_three_values_leave_little_of_a_low_chart_empty(highest: float) -> None:
    ticks = value_ticks(highest, 3)
    assert len(ticks) <= 3
    assert highest <= ticks[-1] <= 1.35 * highest


@pytest.mark.parametrize("highest", [0.3, 7, 99.9, 101, 4321, 119_999])
def test_there_are_at_most_five_values(highest: float) -> None:
    ticks = value_ticks(highest)
    assert len(ticks) <= 5
    assert ticks[-1] >= highest


def test_a_day_is_told_every_three_hours(berlin: None) -> None:
    end = datetime(2026, 11, 23, 12, 3, tzinfo=UTC)
    hours = [at.astimezone().hour for at in time_ticks(end - timedelta(days=1), end, 8)]
    assert hours == [15, 18, 21, 0, 3, 6, 9, 12]


def test_hours_stay_round_when_summer_time_ends(berlin: None) -> None:
    start = datetime(2026, 10, 24, 18, 0, tzinfo=UTC)
    ticks = time_ticks(start, start + timedelta(days=1), 8)
    assert [at.astimezone().hour % 3 for at in ticks] == [0] * len(ticks)
    assert sorted(set(ticks)) == list(ticks)


def test_a_month_is_told_at_midnights(berlin: None) -> None:
    end = datetime(2026, 11, 23, 12, 3, tzinfo=UTC)
    ticks = time_ticks(end - timedelta(days=30), end, 8)
    assert 4 <= len(ticks) <= 8
    assert {(at.astimezone().hour, at.astimezone().minute) for at in ticks} == {(0, 0)}


def test_a_time_lies_where_it_is_found_again() -> None:
    start = datetime(2026, 11, 23, tzinfo=UTC)
    scale = Scale(QRectF(60, 8, 600, 150), start, start + timedelta(hours=1), 800)
    assert scale.x(start) == 60
    assert scale.y(0) == 158
    assert scale.y(800) == 8
    half = start + timedelta(minutes=30)
    assert scale.time_at(scale.x(half)) == half
    assert scale.time_at(0) == start
