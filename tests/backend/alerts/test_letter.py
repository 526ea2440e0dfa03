"""What alerts say, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.alerts.letter import COLOURS, clean, letter_of, span
from backend.alerts.webhook import webhook_payload
from backend.contract.vocabulary import AlertKind, CauseKind, Resolution, Status
from tests.backend.alerts.test_transports import a_notice
from widgets.style.tokens import LIGHT

RECOVERED = {"kind": AlertKind.RECOVERED, "previous": Status.DOWN, "duration_ms": 125_000}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "shop is down."),
        ({"kind": AlertKind.DEGRADED, "status": Status.DEGRADED}, "shop is slow."),
        (
            {"kind": AlertKind.REMINDER, "duration_ms": 7_260_000},
            "shop is still down, for 2 h 1 min now.",
        ),
        (
            RECOVERED | {"status": Status.UP},
            "shop is up again. It was down for 2 min 5 s.",
        ),
        (
            RECOVERED | {"status": Status.DEGRADED},
            "shop answers again, but slowly. It was down for 2 min 5 s.",
        ),
        (
            RECOVERED | {"status": Status.UP, "previous": Status.DEGRADED},
            "shop is up again. It was slow for 2 min 5 s.",
        ),
        (
            RECOVERED
            | {
                "kind": AlertKind.CLOSED,
                "status": Status.UNKNOWN,
                "resolution": Resolution.PAUSED,
            },
            "shop is no longer down: the endpoint was paused.",
        ),
    ],
)
def test_each_kind_has_its_sentence(fields: dict, sentence: str) -> None:
    (paragraph,) = letter_of(["id"], [a_notice(**fields)]).paragraphs
    assert paragraph.sentence == sentence


def test_up_to_three_are_named_in_the_title_with_the_worst_status() -> None:
    notices = [a_notice("a", status=Status.UP), a_notice("b")]
    assert letter_of(["1", "2"], notices).subject == "[Vigil] a, b - DOWN"


def test_more_on_different_hosts_name_no_cause() -> None:
    notices = [a_notice(name, url=f"http://{name}.test/") for name in "abcd"]
    letter = letter_of(["id"], notices)
    assert letter.title == "4 endpoints"
    assert letter.summary == "4 endpoints: a, b, c, d"


LOOKUP = "DNS lookup failed: no such name"
EXPIRED = "TLS certificate expired on 2026-01-01"


@pytest.mark.parametrize(
    ("fields", "title", "kind"),
    [
        ({"url": "https://shop.test/"}, "4 endpoints on shop.test", CauseKind.HOST),
        ({"url": "http://10.0.0.7/"}, "4 endpoints at 10.0.0.7", CauseKind.ADDRESS),
        ({"message": LOOKUP}, "4 endpoints whose names are not found", CauseKind.RESOLVER),
        ({"message": EXPIRED}, f"4 endpoints with one fault ({EXPIRED})", CauseKind.CERTIFICATE),
        ({"tags": ("shop", "eu")}, "4 endpoints tagged eu", CauseKind.TAG),
        ({"address": "192.0.2.7"}, "4 endpoints at 192.0.2.7", CauseKind.ADDRESS),
    ],
)
def test_what_all_share_is_named_as_the_cause(fields: dict, title: str, kind: CauseKind) -> None:
    notices = [
        a_notice(name, **{"url": f"http://{name}.test/", "endpoint_id": name} | fields)
        for name in "abcd"
    ]
    letter = letter_of(["id"], notices)
    assert letter.title == title
    assert letter.summary == f"{title}: a, b, c, d"
    assert letter.cause is not None
    assert letter.cause.kind is kind
    assert webhook_payload(letter)["cause"] == {"kind": kind, "subject": letter.cause.subject}


def test_two_that_share_a_host_keep_their_names_in_the_title_and_the_cause_in_the_text() -> None:
    notices = [a_notice(name, url="http://a.test/", endpoint_id=name) for name in "ab"]
    letter = letter_of(["id"], notices)
    assert letter.title == "a, b"
    assert letter.summary == "2 endpoints on a.test: a, b"
    assert letter.text.startswith(letter.summary)


def test_why_some_are_down_is_no_cause_while_others_are_up_again() -> None:
    notices = [
        a_notice("a", url="http://a.test/", message=LOOKUP, endpoint_id="a"),
        a_notice("b", url="http://b.test/", message=LOOKUP, endpoint_id="b", status=Status.UP),
    ]
    assert letter_of(["id"], notices).cause is None


def test_one_endpoint_alone_has_nothing_in_common_with_itself() -> None:
    notices = [a_notice("a"), a_notice("a", kind=AlertKind.REMINDER)]
    assert letter_of(["1", "2"], notices).cause is None


def test_the_same_alerts_make_the_same_letter() -> None:
    assert letter_of(["1", "2"], [a_notice()]).id == letter_of(["2", "1"], [a_notice()]).id


def test_alerts_have_the_colours_of_the_window() -> None:
    shown = {status: getattr(LIGHT, status.lower()).fill for status in Status}
    assert shown == COLOURS


@given(st.text())
def test_clean_text_is_one_line_that_can_be_encoded(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.splitlines()) <= 1
    assert cleaned.encode("utf-8") is not None
    assert len(cleaned) <= 500


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "less than 1 s"),
        (59_999, "59 s"),
        (3_600_000, "1 h"),
        (3_605_000, "1 h 5 s"),
        (90_061_000, "1 d 1 h"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(ms: int, words: str) -> None:
    assert span(ms) == words
