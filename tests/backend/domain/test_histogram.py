"""The histogram merges by addition and its percentiles are close to the true ones."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.histogram import Histogram

latencies = st.lists(st.floats(min_value=1, max_value=120_000), max_size=200)


@given(latencies, latencies)
def test_merging_is_the_same_as_counting_everything_in_one(one: list[float], two: list[float]):
    merged = Histogram.of(one)
    merged.merge(Histogram.of(two))
    assert merged == Histogram.of(one + two)


@given(latencies)
def test_what_was_packed_is_read_back(values: list[float]):
    histogram = Histogram.of(values)
    assert Histogram.from_bytes(histogram.to_bytes()) == histogram


@given(latencies, latencies)
def test_one_that_was_read_answers_like_the_one_that_was_written(
    one: list[float], two: list[float]
):
    percents = [1, 50, 95, 100]
    written = Histogram.of(one)
    read = Histogram.from_bytes(written.to_bytes())
    assert len(read) == len(written) == len(one)
    assert read.percentiles(percents) == written.percentiles(percents)
    for histogram in (read, written):
        histogram.merge(Histogram.of(two))
        histogram.add(100)
    assert read.to_bytes() == written.to_bytes()
    assert len(read) == len(written)
    assert read.percentiles(percents) == written.percentiles(percents)


@given(
    st.lists(st.floats(min_value=1, max_value=120_000), min_size=1, max_size=200),
    st.lists(st.sampled_from([1, 50, 95, 99, 100]), max_size=4).map(sorted),
)
def test_percentiles_are_within_two_and_a_half_percent_of_the_nearest_rank(
    values: list[float], percents: list[int]
):
    ordered = sorted(values)
    exact = [ordered[max(1, math.ceil(len(values) * it / 100)) - 1] for it in percents]
    assert Histogram.of(values).percentiles(percents) == pytest.approx(exact, rel=0.025)


def test_an_empty_histogram_has_no_percentile():
    assert Histogram().percentiles([50, 95]) == ()


def test_a_histogram_cut_short_is_refused():
    packed = Histogram.of([100.0] * 1000).to_bytes()
    with pytest.raises(ValueError, match="cut short"):
        Histogram.from_bytes(packed[:-1])
