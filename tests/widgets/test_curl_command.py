"""A pasted curl command fills the form, and no text at all makes it fail."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.contract.vocabulary import Limits, Method
from widgets.curl_command import fields_of


def test_a_command_copied_from_a_browser_is_understood() -> None:
    command = (
        "curl 'https://shop.example.com/api/cart?x=1' \\\n"
        "  -X 'PUT' \\\r\n"
        "  -H 'accept: application/json' \\\n"
        "  -H 'x-note: a: b' \\\n"
        "  -b 'session=1' \\\n"
        "  --data-raw '{\"items\":[1,2]}' \\\n"
        "  --compressed --insecure"
    )
    assert fields_of(command) == {
        "url": "https://shop.example.com/api/cart?x=1",
        "method": "PUT",
        "headers": {"accept": "application/json", "x-note": "a: b", "Cookie": "session=1"},
        "body": {"items": [1, 2]},
        "verifyTls": False,
    }


@pytest.mark.parametrize(
    ("command", "method", "body", "headers"),
    [
        ("curl http://a.example", "GET", None, None),
        ("curl a.example", "GET", None, None),
        ("curl -I http://a.example", "HEAD", None, None),
        ("curl -sSLXDELETE http://a.example", "DELETE", None, None),
        ("curl --request=PATCH --url http://a.example", "PATCH", None, None),
        ("curl -o out.txt --retry 3 http://a.example", "GET", None, None),
        (
            "curl http://a.example -d a=1 -d b=2",
            "POST",
            "a=1&b=2",
            {"Content-Type": "application/x-www-form-urlencoded"},
        ),
        (
            "curl --json '{\"a\": 1}' http://a.example",
            "POST",
            {"a": 1},
            {"Content-Type": "application/json", "Accept": "application/json"},
        ),
        ("curl -u me:pw http://a.example", "GET", None, {"Authorization": "Basic bWU6cHc="}),
    ],
)
def test_the_usual_options_are_understood(
    command: str, method: str, body: object, headers: object
) -> None:
    found = fields_of(command)
    assert found is not None
    assert found["url"] == "http://a.example"
    assert (found["method"], found["body"], found["headers"]) == (method, body, headers)


def test_data_goes_into_the_query_when_the_command_says_so() -> None:
    found = fields_of("curl -G http://a.example/?x=1 -d y=2")
    assert found is not None
    assert (found["url"], found["method"]) == ("http://a.example/?x=1&y=2", "GET")


@pytest.mark.parametrize(
    ("seconds", "timeout_ms"), [("2.5", 2500), ("9999", Limits.TIMEOUT_MS[1]), ("soon", None)]
)
def test_the_longest_time_becomes_the_time_out(seconds: str, timeout_ms: int | None) -> None:
    found = fields_of(f"curl -m {seconds} http://a.example")
    assert found is not None
    assert found.get("timeoutThreshold") == timeout_ms


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://a.example",
        "wget http://a.example",
        "curl",
        "curl ftp://a.example",
        "curl 'http://a",
        "curly http://a.example",
    ],
)
def test_what_is_no_such_command_is_left_alone(text: str) -> None:
    assert fields_of(text) is None


words = st.one_of(
    st.sampled_from(["-X", "-H", "-d", "-u", "-m", "--json", "--url", "-G", "-I", "-k", "'", "\\"]),
    st.text(max_size=20),
)


@given(st.lists(words, max_size=12).map(lambda parts: " ".join(["curl", *parts])))
def test_no_text_makes_it_fail_and_what_it_finds_can_be_sent(text: str) -> None:
    found = fields_of(text)
    if found is not None:
        assert str(found["url"]).startswith(("http://", "https://"))
        assert found["method"] in tuple(Method)
        json.dumps(found, allow_nan=False)
