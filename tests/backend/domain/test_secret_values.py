"""What is hidden of an endpoint or a channel comes back as it was, and nowhere else."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from backend.contract.alerts import ChannelType
from backend.contract.secret_names import is_sensitive
from backend.domain.endpoint import Endpoint
from backend.domain.secret_values import (
    Hiding,
    SecretRefusedError,
    SecretUnusableError,
    filled,
    filled_json,
    hides_body,
    marked_headers,
    names_of,
)


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


_json = some.recursive(
    some.none() | some.booleans() | some.integers() | _words,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(_words, inner, max_size=3),
    max_leaves=8,
)


@given(body=_json.filter(lambda it: it is not None))
def test_a_body_that_was_hidden_is_filled_in_as_it_was(body: object) -> None:
    hider = hiding()
    after = endpoint(body=hider.body(body))
    assert hides_body(after)
    assert names_of(after) == hider.values.keys()
    assert filled(after, hider.values).body == body
    assert hider.body(after.body) == after.body, "hidden once, nothing is left to hide"


def test_a_body_that_is_the_same_keeps_its_name_and_no_header_lends_it_one() -> None:
    known = {json.dumps({"a": 1}): "auto.body.1", "1": "auto.x-own.1"}
    hider = Hiding(lambda purpose: f"auto.{purpose}.new", known=known)
    assert hider.body({"a": 1}) == "{{secret:auto.body.1}}"
    assert hider.body(1) == "{{secret:auto.body.new}}"


@pytest.mark.parametrize("body", [{"pin": "{{secret:pin}}"}, "{{secret:pin}}", "x" * 65_535])
def test_a_body_that_names_a_secret_or_is_too_long_is_none_itself(body: object) -> None:
    with pytest.raises(SecretRefusedError) as refused:
        hiding().body(body)
    assert str(refused.value).startswith("body must ")


@pytest.mark.parametrize("value", ["[" * 100_000, "a", ""])
def test_what_is_no_json_makes_no_body(value: str) -> None:
    with pytest.raises(SecretUnusableError, match=r"^The secret auto\.body\.1 is no JSON$"):
        filled(endpoint(body="{{secret:auto.body.1}}"), {"auto.body.1": value})


def test_any_header_may_be_marked() -> None:
    hider = hiding()
    kept = hider.headers({"X-Own": "a", "Accept": "b"}, marked={"x-own"})
    assert kept == {"X-Own": "{{secret:auto.x-own.0}}", "Accept": "b"}
    assert marked_headers(endpoint(headers=kept)) == {"x-own"}
    assert hider.headers(kept, marked={"x-own"}) == kept
    with pytest.raises(SecretRefusedError, match=r"^headers must not name a secret in X-Own"):
        hider.headers({"X-Own": "a {{secret:pin}}"}, marked={"x-own"})
