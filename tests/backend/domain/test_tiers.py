"""A span is answered whole, in order, each piece by the coarsest grain that is there for it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.tiers import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    MOST_POINTS,
    Grain,
    Piece,
    Tier,
    cover,
    custom_width_ms,
)

NOW_MS = 20_000 * DAY_MS + 13 * HOUR_MS + 37 * MINUTE_MS + 11_222
ALL_KEPT = [
    Tier(Grain.CHECK, 0, 0),
    Tier(Grain.MINUTE, 0, NOW_MS // MINUTE_MS * MINUTE_MS),
    Tier(Grain.HOUR, 0, NOW_MS // HOUR_MS * HOUR_MS),
    Tier(Grain.DAY, 0, NOW_MS // DAY_MS * DAY_MS),
]
AS_SET = [
    Tier(Grain.CHECK, (NOW_MS - 7 * DAY_MS) // HOUR_MS * HOUR_MS, 0),
    Tier(Grain.MINUTE, (NOW_MS - 2 * DAY_MS) // HOUR_MS * HOUR_MS, ALL_KEPT[1].folded_until_ms),
    Tier(Grain.HOUR, (NOW_MS - 90 * DAY_MS) // DAY_MS * DAY_MS, ALL_KEPT[2].folded_until_ms),
    ALL_KEPT[3],
]
NOT_FOLDED = [Tier(grain, 0, 0) for grain in Grain]


def grains(pieces: list[Piece]) -> list[str]:
    return [piece.grain.name for piece in pieces]


@given(
    st.integers(NOW_MS - 400 * DAY_MS, NOW_MS),
    st.integers(0, 400 * DAY_MS),
    st.sampled_from([ALL_KEPT, AS_SET, NOT_FOLDED]),
    st.sampled_from(Grain),
)
def test_the_pieces_meet_and_cover_the_span(
    start_ms: int, length_ms: int, tiers: list[Tier], coarsest: Grain
) -> None:
    end_ms = min(NOW_MS, start_ms + length_ms)
    pieces = list(cover(tiers, start_ms, end_ms, coarsest))
    if start_ms == end_ms:
        assert pieces == []
        return
    assert pieces[0].start_ms <= start_ms
    assert pieces[-1].end_ms >= end_ms
    for before, after in pairwise(pieces):
        assert before.end_ms == after.start_ms
    for piece in pieces:
        width_ms = piece.grain.width_ms
        assert piece.start_ms % width_ms == piece.end_ms % width_ms == 0
        assert piece.start_ms < piece.end_ms
        assert piece.grain <= coarsest
        if piece.grain is not Grain.CHECK:
            tier = tiers[piece.grain]
            assert tier.kept_from_ms <= piece.start_ms
            assert piece.end_ms <= tier.folded_until_ms
    # Beyond its ends it goes only where nothing finer is kept, and less than one bucket far.
    first, last = pieces[0], pieces[-1]
    assert start_ms - first.start_ms < first.grain.width_ms
    assert last.end_ms - end_ms < last.grain.width_ms
    if tiers is not AS_SET:
        assert (first.start_ms, last.end_ms) == (start_ms, end_ms)


def test_the_last_day_is_hours_with_minutes_and_checks_at_its_ends() -> None:
    pieces = list(cover(AS_SET, NOW_MS - DAY_MS, NOW_MS + 1))
    assert grains(pieces) == ["CHECK", "MINUTE", "HOUR", "MINUTE", "CHECK"]


def test_a_month_is_days_with_finer_ends() -> None:
    pieces = list(cover(AS_SET, NOW_MS - 30 * DAY_MS, NOW_MS))
    assert grains(pieces) == ["HOUR", "DAY", "HOUR", "MINUTE", "CHECK"]
    assert pieces[0].start_ms == (NOW_MS - 30 * DAY_MS) // HOUR_MS * HOUR_MS


def test_a_week_begins_with_checks_where_minutes_are_gone() -> None:
    pieces = list(cover(AS_SET, NOW_MS - 7 * DAY_MS, NOW_MS))
    assert grains(pieces)[:3] == ["CHECK", "HOUR", "DAY"]


def test_whole_days_of_long_ago_are_whole_days() -> None:
    start_ms = (NOW_MS - 300 * DAY_MS) // DAY_MS * DAY_MS
    (piece,) = cover(AS_SET, start_ms, start_ms + 3 * DAY_MS)
    assert piece == Piece(Grain.DAY, start_ms, start_ms + 3 * DAY_MS)


def test_before_anything_is_folded_all_is_checks() -> None:
    (piece,) = cover(NOT_FOLDED, NOW_MS - DAY_MS, NOW_MS)
    assert piece == Piece(Grain.CHECK, NOW_MS - DAY_MS, NOW_MS)


@pytest.mark.parametrize(
    ("days", "finest_ms", "width_ms"),
    [
        (0.1, MINUTE_MS, 2 * MINUTE_MS),
        (1, MINUTE_MS, 2 * MINUTE_MS),
        (1, HOUR_MS, HOUR_MS),
        (31, HOUR_MS, 2 * HOUR_MS),
        (720, HOUR_MS, DAY_MS),
        (721, DAY_MS, 2 * DAY_MS),
        (36_500, MINUTE_MS, 51 * DAY_MS),
    ],
)
def test_any_span_is_cut_into_few_buckets_of_what_is_kept(
    days: float, finest_ms: int, width_ms: int
) -> None:
    length_ms = round(days * DAY_MS)
    assert custom_width_ms(length_ms, finest_ms) == width_ms
    assert length_ms / width_ms <= MOST_POINTS


def test_a_bucket_of_any_span_is_not_narrower_than_an_interval() -> None:
    assert custom_width_ms(DAY_MS, MINUTE_MS, interval_s=3600) == HOUR_MS
