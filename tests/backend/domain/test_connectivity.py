"""Is this computer online: the decision, and how far away a target is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.connectivity import (
    Distance,
    Evidence,
    distance_of,
    is_hijacked,
    is_online,
    unrelated,
)

evidences = st.builds(
    Evidence,
    world_route=st.booleans(),
    answered=st.booleans(),
    silent=st.integers(0, 3),
    fresh_name=st.sampled_from([None, True, False]),
    gateway=st.sampled_from([None, True, False]),
)


@given(evidences)
def test_another_target_that_answers_settles_it(evidence: Evidence) -> None:
    assert is_online(replace(evidence, answered=True))


@given(evidences)
def test_without_a_route_and_without_an_answer_nobody_is_online(evidence: Evidence) -> None:
    assert not is_online(replace(evidence, answered=False, world_route=False))


@given(evidences)
def test_unrelated_targets_that_fall_silent_together_are_not_to_blame(evidence: Evidence) -> None:
    assert not is_online(replace(evidence, answered=False, silent=2))


@given(evidences, st.sampled_from(["fresh_name", "gateway"]))
def test_an_answer_never_speaks_against_being_online(evidence: Evidence, witness: str) -> None:
    silent = is_online(replace(evidence, **{witness: False}))
    assert is_online(replace(evidence, **{witness: True})) >= silent


@given(evidences)
def test_more_silence_never_speaks_for_being_online(evidence: Evidence) -> None:
    louder = replace(evidence, silent=evidence.silent + 1)
    assert is_online(louder) <= is_online(evidence)


@pytest.mark.parametrize(
    ("evidence", "online"),
    [
        (Evidence(world_route=True), True),
        (Evidence(world_route=True, silent=1), False),
        (Evidence(world_route=True, silent=1, gateway=True), True),
        (Evidence(world_route=True, gateway=False), False),
        (Evidence(world_route=True, fresh_name=True, gateway=False), True),
        (Evidence(world_route=True, fresh_name=False, gateway=True), False),
    ],
)
def test_the_resolver_speaks_before_the_gateway_and_both_before_silence(
    evidence: Evidence, online: bool
) -> None:
    assert is_online(evidence) is online


@pytest.mark.parametrize(
    ("host", "address", "distance"),
    [
        ("localhost", None, Distance.SELF),
        ("shop.localhost", None, Distance.SELF),
        ("127.0.0.9", None, Distance.SELF),
        ("::1", None, Distance.SELF),
        ("::ffff:127.0.0.1", None, Distance.SELF),
        ("192.168.1.5", None, Distance.NEAR),
        ("fe80::1%eth0", None, Distance.NEAR),
        ("nas", None, Distance.NEAR),
        ("nas.local", None, Distance.NEAR),
        ("intranet.example.com", "10.1.2.3", Distance.NEAR),
        ("nas", "203.0.113.9", Distance.FAR),
        ("example.com", None, Distance.FAR),
        ("example.com.", "198.51.100.7", Distance.FAR),
        ("2001:db8::7", None, Distance.FAR),
    ],
)
def test_how_far_away_a_target_is(host: str, address: str | None, distance: Distance) -> None:
    assert distance_of(host, address) is distance


def test_an_unknown_name_that_stands_for_a_near_address_was_answered_on_the_way() -> None:
    assert is_hijacked(["192.168.0.1"])
    assert not is_hijacked(["198.51.100.7"])
    assert not is_hijacked([])


def test_addresses_of_one_network_are_related() -> None:
    assert unrelated(["198.51.100.7", "198.51.200.8"]) == 1
    assert unrelated(["198.51.100.7", "203.0.113.9", "2001:db8::7"]) == 3
