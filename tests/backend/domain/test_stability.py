"""The contract's score and the ranks that follow from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.stability import Contestant, ranking, scores


def test_the_score_is_the_formula_of_the_contract() -> None:
    of = [Contestant("a", 100.0, 50.0, 0), Contestant("b", 90.0, 200.0, 4)]
    assert scores(of) == pytest.approx(
        [100 * (0.6 + 0.3 * (1 - 50 / 200) + 0.1), 100 * (0.6 * 0.9 + 0.3 * 0 + 0.1 * 0)]
    )


def test_where_nobody_has_incidents_or_time_all_get_that_part_whole() -> None:
    assert scores([Contestant("a", 100.0, 0.0, 0)]) == [100.0]


def test_one_that_never_answered_is_as_slow_as_can_be() -> None:
    assert scores([Contestant("a", 0.0, None, 0)]) == pytest.approx([10.0])


def test_the_unobserved_come_last_and_equals_by_name() -> None:
    of = [
        Contestant("zoo", None, None, 0),
        Contestant("b", 100.0, 10.0, 0),
        Contestant("A", 100.0, 10.0, 0),
        Contestant("worse", 50.0, 10.0, 0),
    ]
    found = scores(of)
    assert found[0] is None
    assert [of[index].name for index in ranking(of, found)] == ["A", "b", "worse", "zoo"]


@given(
    st.lists(
        st.builds(
            Contestant,
            name=st.text(max_size=5),
            uptime_percent=st.none() | st.floats(0, 100),
            mean_ms=st.none() | st.floats(0, 120_000),
            incidents=st.integers(0, 1000),
        ),
        max_size=20,
    )
)
def test_scores_are_percent_and_ranks_are_all_given_once(of: list[Contestant]) -> None:
    found = scores(of)
    assert all(score is None or -1e-9 <= score <= 100 + 1e-9 for score in found)
    assert sorted(ranking(of, found)) == list(range(len(of)))
