"""What is hidden of an endpoint or a channel comes back as it was, and nowhere else."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from backend.contract.alerts import ChannelType
from backend.contract.secret_names import is_sensitive
from backend.domain.endpoint import Endpoint
from backend.domain.secret_values import Hiding, SecretUnusableError, filled, filled_json, names_of


def hiding() -> Hiding:
    numbers = itertools.count()
    return Hiding(lambda purpose: f"auto.{purpose}.{next(numbers)}")


def endpoint(**fields: object) -> Endpoint:
    known = {"id": "1", "name": "shop", "url": "http://shop.test/", "created_at_ms": 0}
    return Endpoint(**{**known, "updated_at_ms": 0, **fields})


@pytest.mark.parametrize(
    "name",
    ["Authorization", "cookie", "X-API-Key", "X-Auth-Token", "Proxy-Authorization", "apikey"],
)
def test_headers_for_credentials_are_known(name: str) -> None:
    assert is_sensitive(name)


@pytest.mark.parametrize("name", ["Accept", "Content-Type", "User-Agent", "X-Request-Id", "Host"])
def test_other_headers_are_left_alone(name: str) -> None:
    assert not is_sensitive(name)


_words = some.text(some.characters(min_codepoint=32, max_codepoint=126), max_size=20)


@given(
    headers=some.dictionaries(some.sampled_from(["Authorization", "Cookie", "Accept"]), _words),
    password=some.text("abc%40:+;=", max_size=8),
)
def test_what_was_hidden_is_filled_in_as_it_was(headers: dict[str, str], password: str) -> None:
    before = endpoint(url=f"http://kim:{password}@shop.test/a?b#c", headers=headers)
    hider = hiding()
    after = hider.endpoint(before)
    assert filled(after, hider.values) == before
    assert names_of(after) == hider.values.keys()
    assert hider.endpoint(after) == after, "hidden once, nothing is left to hide"


@given(
    value=some.recursive(some.none() | some.integers() | _words, some.lists, max_leaves=5),
    secret=some.text(),
)
def test_a_body_is_filled_in_within_its_texts(value: object, secret: str) -> None:
    body = {"was": value, "{{secret:n}}": ["a{{secret:n}}b"]}
    made = filled_json(body, {"n": secret})
    assert made == json.loads(json.dumps({"was": value, secret: [f"a{secret}b"]}))


def test_a_value_in_a_url_is_escaped() -> None:
    asked = filled(endpoint(url="http://shop.test/?k={{secret:n}}"), {"n": "a&b=c d/"})
    assert asked.url == "http://shop.test/?k=a%26b%3Dc%20d%2F"


@pytest.mark.parametrize("value", ["a\r\nX-Own: 1", "a\nb", "a\0", "한"])
def test_a_value_that_no_header_can_carry_is_refused(value: str) -> None:
    with pytest.raises(SecretUnusableError) as refused:
        filled(endpoint(headers={"X": "{{secret:n}}"}), {"n": value})
    assert value not in str(refused.value)


def test_what_is_kept_already_keeps_its_name() -> None:
    hider = Hiding(lambda _: "new", known={"Bearer a": "old"})
    assert hider.headers({"Authorization": "Bearer a"}) == {"Authorization": "{{secret:old}}"}
    assert hider.values == {}


@pytest.mark.parametrize(
    ("kind", "config", "left"),
    [
        (ChannelType.EMAIL, {"host": "m.test", "password": "p1"}, "m.test"),
        (
            ChannelType.WEBHOOK,
            {"url": "https://u:p1@api.test:8443/p2?k=p3", "headers": {"X": "p4"}, "secret": "p5"},
            "api.test:8443",
        ),
        (ChannelType.SLACK, {"webhookUrl": "https://hooks.slack.test/p1/p2"}, "hooks.slack.test"),
        (ChannelType.APPRISE, {"url": "json://p1:p2@p3/p4"}, "json://"),
    ],
)
def test_of_a_channel_only_what_is_no_secret_is_left(
    kind: ChannelType, config: dict, left: str
) -> None:
    hider = hiding()
    kept = hider.config(kind, config)
    assert left in str(kept)
    assert not any(f"p{number}" in str(kept) for number in range(1, 6))
    assert filled_json(kept, hider.values) == config
