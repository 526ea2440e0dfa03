"""What is accepted of an endpoint, and what is refused with the name of its field."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from backend.contract.commands import EndpointDraft, EndpointPatch

DRAFT = {"name": "A", "url": "http://a.test"}


def refused(command: type, data: dict[str, object]) -> list[str]:
    """Return the fields that were refused, by their names on the wire."""
    with pytest.raises(ValidationError) as caught:
        command.model_validate_json(json.dumps(data))
    return [str(error["loc"][0]) for error in caught.value.errors() if error["loc"]]


def test_a_draft_needs_a_name_and_a_url_and_fills_in_the_rest() -> None:
    draft = EndpointDraft.model_validate(DRAFT)

    assert (draft.check_interval, draft.timeout_threshold, draft.failure_threshold) == (60, 5000, 3)
    assert draft.is_active
    assert draft.verify_tls
    assert refused(EndpointDraft, {}) == ["name", "url"]


@pytest.mark.parametrize(
    "url",
    [
        "http://a",
        "https://a.test:8443/p?q=1#f",
        "http://127.0.0.1:1/",
        "http://[::1]:80/",
        "http://user:pw@a.test/",
        "  http://a.test  ",
        "http://bücher.test/ü",
        "http://한국어.test/",
        "http://my_service:8080",
        "http://a.test./",
    ],
)
def test_absolute_urls_are_accepted(url: str) -> None:
    assert EndpointDraft(name="A", url=url).url == url.strip()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.test",
        "/path",
        "http:",
        "http://",
        "http:///path",
        "http://:80",
        "ftp://a.test",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://<x>/",
        "http://{x}/",
        "http://a\\b.c/",
        "http://%zz/",
        "http://a..b/",
        "http://[v1.x]/",
        "http://😀.test/",
        f"http://{'a' * 64}.test/",
        "http://a.test:0/",
        "http://a b.test",
        "http://a.test/\r\nX: y",
        "http://a.test/\x00",
        "http://a.test:99999",
        "http://a.test:x",
        "http://[::1",
        "http://a.test/" + "x" * 2048,
        None,
        5,
    ],
)
def test_malformed_urls_are_refused(url: object) -> None:
    assert refused(EndpointDraft, {**DRAFT, "url": url}) == ["url"]


@pytest.mark.parametrize(
    "headers",
    [
        {"X": "a\r\nY: b"},
        {"X": "a\nb"},
        {"X": "a\x00"},
        {"X": "a\x0bb"},
        {"X": "a\x7f"},
        {"X\r\nY": "a"},
        {"X Y": "a"},
        {"X:": "a"},
        {"": "a"},
        {"X": "한국어"},
        {"한": "a"},
        {"X": 5},
        {"X": None},
        [],
        "X: a",
    ],
)
def test_headers_http_cannot_carry_are_refused(headers: object) -> None:
    assert refused(EndpointDraft, {**DRAFT, "headers": headers}) == ["headers"]
    assert refused(EndpointPatch, {"headers": headers}) == ["headers"]


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_accepted_header_breaks_its_line(name: str, value: str) -> None:
    try:
        draft = EndpointDraft(name="A", url="http://a", headers={name: value})
    except ValidationError:
        return
    for text in (*(draft.headers or {}), *(draft.headers or {}).values()):
        assert not set(text) & set("\r\n\0")


REFUSED = {
    "name": ["", "   ", "x" * 201, None, 5],
    "method": ["TRACE", "get", "", None],
    "checkInterval": [4, 86_401, -1, 5.5, "60", True, None],
    "expectedStatusCode": [99, 600, "200", None],
    "timeoutThreshold": [99, 120_001, None],
    "isActive": ["true", 1, None],
    "degradedThreshold": [0, 120_001, 1.5],
    "failureThreshold": [0, 101, None],
    "recoveryThreshold": [0, 101, None],
    "retryInterval": [0, 86_401],
    "verifyTls": ["no", None],
    "followRedirects": [0, None],
    "tags": [[""], ["x" * 51], ["a"] * 21, "a", [5], None],
    "note": ["x" * 2001, None],
}


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, values in REFUSED.items() for value in values]
)
def test_a_value_out_of_its_range_is_refused_by_name(field: str, value: object) -> None:
    assert refused(EndpointDraft, {**DRAFT, field: value})[:1] == [field]


def test_every_invalid_field_is_named() -> None:
    invalid = {"name": "", "url": "x", "checkInterval": 1, "method": "GO"}

    assert set(refused(EndpointDraft, invalid)) == set(invalid)


def test_a_misspelt_field_is_not_lost_in_silence() -> None:
    assert refused(EndpointDraft, {**DRAFT, "checkIntervall": 60}) == ["checkIntervall"]
    assert refused(EndpointPatch, {"currentStatus": "UP"}) == ["currentStatus"]


def test_a_patch_changes_what_was_sent_and_nothing_else() -> None:
    patch = EndpointPatch.model_validate({"name": " B ", "headers": None, "retryInterval": None})

    assert patch.changes() == {"name": "B", "headers": None, "retry_interval": None}
    assert EndpointPatch().changes() == {}


@pytest.mark.parametrize("field", ["name", "url", "checkInterval", "isActive", "tags", "note"])
def test_what_must_be_there_cannot_be_patched_away(field: str) -> None:
    with pytest.raises(ValidationError, match="must not be null"):
        EndpointPatch.model_validate({field: None})


def test_tags_are_trimmed_and_kept_once() -> None:
    assert EndpointDraft(**DRAFT, tags=(" a ", "b", "a")).tags == ("a", "b")
