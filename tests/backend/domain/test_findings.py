"""What came of each assertion, with what was measured; and that no body is too odd to judge."""

import json
import time
from dataclasses import replace

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from backend.contract.assertions import Assertions
from backend.contract.vocabulary import FindingResult, Reason
from backend.domain.assertions import Failed, Success, judge
from backend.domain.endpoint import Endpoint, changed_fields, starts_anew
from backend.domain.findings import findings
from backend.domain.json_query import MAX_STEPS
from backend.domain.reply import JUDGED_BYTES, Failure, Reply
from backend.domain.text import text_of

READ = TypeAdapter(Assertions)
ENDPOINT = Endpoint(id="a", name="A", url="http://a.test", created_at_ms=1, updated_at_ms=2)


def asserting(*assertions: dict[str, object]) -> Endpoint:
    return replace(ENDPOINT, assertions=READ.validate_python(assertions))


def reply(body: bytes = b"", status: int = 200, latency_ms: float = 10, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, latency_ms, httpx.Headers(named), body)


def said(got: Reply, **assertion: object) -> tuple[FindingResult, str]:
    (finding,) = findings(got, READ.validate_python([assertion]))
    return finding.result, finding.message


HOLDS, FAILS, WARNS = FindingResult.HOLDS, FindingResult.FAILS, FindingResult.WARNS
JSON = b'{"status": "degraded", "queue": 12, "up": true, "nodes": [{"n": 1}, {"n": 3}], "no": null}'

JSON_CASES = [
    ("$.status", "equals", "degraded", HOLDS, 'JSON $.status is "degraded"'),
    ("$.status", "equals", "ok", FAILS, 'JSON $.status is "degraded", expected "ok"'),
    ("$.status", "notEquals", "degraded", FAILS, "expected anything else"),
    ("$.status", "contains", "grade", HOLDS, ""),
    ("$.status", "matches", "^d.*d$", HOLDS, ""),
    ("$.status", "notMatches", "^d", FAILS, "expected it not to match /^d/"),
    ("$.status", "atMost", 5, FAILS, 'is "degraded", expected at most 5'),
    ("$.queue", "lessThan", 12, FAILS, "JSON $.queue is 12, expected less than 12"),
    ("$.queue", "atMost", 12, HOLDS, ""),
    ("$.queue", "greaterThan", 11.5, HOLDS, ""),
    ("$.queue", "equals", 12.0, HOLDS, ""),
    ("$.queue", "equals", "12", FAILS, 'is 12, expected "12"'),
    ("$.up", "equals", True, HOLDS, ""),
    ("$.up", "equals", 1, FAILS, "is true, expected 1"),
    ("$.up", "atLeast", 1, FAILS, ""),
    ("$.no", "equals", None, HOLDS, "JSON $.no is null"),
    ("$.no", "exists", None, HOLDS, ""),
    ("$.gone", "exists", None, FAILS, "JSON $.gone is missing, expected it to be there"),
    ("$.gone", "notExists", None, HOLDS, "JSON $.gone is missing"),
    ("$.gone", "notEquals", "x", FAILS, "is missing"),
    ("$.up", "notExists", None, FAILS, "JSON $.up is true, expected it to be missing"),
    ("$.nodes[*].n", "atLeast", 1, HOLDS, ""),
    ("$.nodes[*].n", "atMost", 2, FAILS, "JSON $.nodes[*].n is 3, expected at most 2"),
    ("$.nodes", "contains", "x", FAILS, "is an array of 2"),
    ("$", "contains", "queue", HOLDS, "is an object of 5"),
    ("$.nodes[?@.n > 2]", "exists", None, HOLDS, ""),
    ("$.nodes[?length(@) == 1].n", "greaterThan", 0, HOLDS, ""),
]


@pytest.mark.parametrize(("path", "comparison", "value", "result", "words"), JSON_CASES)
def test_a_value_in_json_is_compared(
    path: str, comparison: str, value: object, result: FindingResult, words: str
) -> None:
    found = said(reply(JSON), kind="json", path=path, comparison=comparison, value=value)

    assert found[0] is result
    assert words in found[1]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "Body is not JSON, it is empty"),
        (b"<html>\n no", 'Body is not JSON, it begins with "<html> no"'),
        (b'{"a": NaN}', "Body is not JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "Body is not JSON"),
        (b"[" * 100_000, "Body is JSON nested too deeply"),
        (b"[" * 500 + b"]" * 500, "Body is JSON nested too deeply"),
        (b'"text"', "JSON $..x is missing"),
        (b"5", "JSON $..x is missing"),
    ],
)
def test_what_is_no_json_to_look_into_is_named(body: bytes, words: str) -> None:
    result, message = said(reply(body), kind="json", path="$..x", comparison="exists")

    assert result is FAILS
    assert message.startswith(words)


def test_a_bare_value_is_a_document_too() -> None:
    found = said(reply(b'"ok"'), kind="json", path="$", comparison="equals", value="ok")

    assert found == (HOLDS, 'JSON $ is "ok"')


def test_a_longer_body_than_is_kept_is_not_taken_for_json() -> None:
    got = replace(reply(b'{"a": 1}'), body_bytes=JUDGED_BYTES + 1)
    result, message = said(got, kind="json", path="$.a", comparison="exists")

    assert (result, message[:40]) == (FAILS, "Body is too long to be read as JSON: ove")


EXPENSIVE = {
    "descent in descent": ("$..*..*..*", b"[" * 90 + b"1," * 20_000 + b"1" + b"]" * 90),
    "a filter in a filter": ("$[?$[?@ == 7]]", b"[" + b"1," * 50_000 + b"1]"),
    "a filter of nothing": ("$..[?1 == 2]", b"[" + b"[1],[1]," * 10_000 + b"1]"),
    "long names over many values": (
        "$.*.*",
        b'{"' + b"n" * 100_000 + b'": [' + b"1," * 60_000 + b"1]}",
    ),
}


@pytest.mark.parametrize(("path", "body"), EXPENSIVE.values(), ids=EXPENSIVE)
def test_a_query_made_to_be_expensive_ends(path: str, body: bytes) -> None:
    began = time.perf_counter()
    result, message = said(reply(body), kind="json", path=path, comparison="notEquals", value=5)

    assert time.perf_counter() - began < 3
    assert result is FAILS
    assert "too much" in message or "missing" in message, message
    assert MAX_STEPS < 60_000


BODY_CASES = [
    (b"all ok", "contains", "ok", HOLDS, 'Body contains "ok"'),
    (b"all down", "contains", "ok", FAILS, 'does not contain "ok", it begins with "all down"'),
    (b"all down", "notContains", "ok", HOLDS, 'Body does not contain "ok"'),
    (b"error", "notContains", "error", FAILS, 'Body contains "error"'),
    ("우리는 정상".encode(), "contains", "정상", HOLDS, ""),
    (b"v1.42", "matches", r"^v1\.\d+$", HOLDS, r"Body matches /^v1\.\d+$/"),
    (b"v2", "matches", r"^v1", FAILS, 'Body does not match /^v1/, it begins with "v2"'),
    (b"boom", "notMatches", "b[o]+m", FAILS, "Body matches /b[o]+m/"),
    (b"\xff\xfe\x00", "contains", "x", FAILS, "it begins with"),
    (b"a" * 200_000, "matches", "(a*)*b", FAILS, "Body does not match"),
]


@pytest.mark.parametrize(("body", "comparison", "value", "result", "words"), BODY_CASES)
def test_a_body_is_searched(
    body: bytes, comparison: str, value: str, result: FindingResult, words: str
) -> None:
    found = said(reply(body), kind="body", comparison=comparison, value=value)

    assert found[0] is result
    assert words in found[1]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/html; charset=euc-kr", "정상".encode("euc-kr")),
        ('text/html; CHARSET="utf-16"', "정상".encode("utf-16")),
        ("text/html", "정상".encode()),
        ("text/html; charset=no-such", "정상".encode()),
        ("text/html; charset=unicode_escape", "정상".encode()),
        ("application/json", "\ufeff정상".encode()),
    ],
)
def test_a_body_is_read_in_its_charset(content_type: str, body: bytes) -> None:
    assert text_of(body, content_type) == "정상"


@pytest.mark.parametrize("charset", ["punycode", "idna", "utf-7", "hex", "zip", "rot13", "\0"])
def test_a_charset_that_costs_more_than_reading_is_not_believed(charset: str) -> None:
    began = time.perf_counter()
    text_of(b"a-" + b"9" * JUDGED_BYTES, f"text/plain; charset={charset}")

    assert time.perf_counter() - began < 0.5


def test_a_header_is_compared_whatever_its_case() -> None:
    got = reply(content_type="text/html", x_left="7")
    kind = {"kind": "header", "name": "Content-Type"}

    assert said(got, **kind, comparison="contains", value="html")[0] is HOLDS
    assert said(got, **kind, comparison="equals", value="json") == (
        FAILS,
        'Header Content-Type is "text/html", expected "json"',
    )
    left = {"kind": "header", "name": "X-Left", "comparison": "atLeast"}
    assert said(got, **left, value="7")[0] is HOLDS
    assert said(got, **left, value="8")[1] == 'Header X-Left is "7", expected at least 8'
    gone = said(got, kind="header", name="X-No", comparison="exists")
    assert gone == (FAILS, "Header X-No is missing, expected it to be there")


def test_few_days_of_a_certificate_are_a_warning() -> None:
    endpoint = asserting({"kind": "certificate", "minDays": 14})
    enough, few = (replace(reply(), certificate_days=days) for days in (14.2, 9.9))

    assert judge(enough, endpoint) == Success(10, 200, degraded=False)
    warning = "TLS certificate has 9 days left, expected at least 14"
    assert judge(few, endpoint) == Success(10, 200, degraded=True, warning=warning)
    assert judge(reply(), endpoint) == Success(
        10, 200, degraded=True, warning="No TLS certificate was shown"
    )


def test_the_statuses_asserted_take_the_place_of_the_expected_one() -> None:
    endpoint = asserting({"kind": "status", "codes": ["201-204", "404"]})

    assert judge(reply(status=404), endpoint) == Success(10, 404, degraded=False)
    assert judge(reply(status=200), endpoint) == Failed(
        Reason.TARGET, "Expected status 201-204 or 404, got 200", 200, 10
    )


def test_all_must_hold_and_the_first_that_does_not_is_told() -> None:
    endpoint = asserting(
        {"kind": "responseTime", "maxMs": 100},
        {"kind": "body", "comparison": "contains", "value": "ok"},
        {"kind": "body", "comparison": "notContains", "value": "bad"},
    )

    assert judge(reply(b"ok"), endpoint) == Success(10, 200, degraded=False)
    assert judge(reply(b"ok bad"), endpoint) == Failed(
        Reason.ASSERTION, 'Body contains "bad"', 200, 10
    )
    assert judge(reply(b"ok bad", latency_ms=812.4), endpoint) == Failed(
        Reason.ASSERTION, "Response time 812 ms, expected at most 100 ms", 200, 812.4
    )


def test_the_status_and_the_deadline_come_before_assertions() -> None:
    endpoint = asserting({"kind": "body", "comparison": "contains", "value": "ok"})

    assert judge(reply(status=500), endpoint) == Failed(
        Reason.TARGET, "Expected status 200, got 500", 500, 10
    )
    late = judge(reply(latency_ms=5001), endpoint)
    assert isinstance(late, Failed)
    assert late.reason is Reason.NETWORK
    failure = judge(Failure(Reason.TLS, "why"), endpoint)
    assert failure == Failed(Reason.TLS, "why")


def test_an_edit_of_assertions_starts_anew() -> None:
    after = asserting({"kind": "responseTime", "maxMs": 5})

    assert changed_fields(ENDPOINT, after) == {"assertions"}
    assert starts_anew(ENDPOINT, after)


EVERY = READ.validate_python(
    [
        {"kind": "json", "path": path, "comparison": comparison, "value": value}
        for path, comparison, value in (
            ("$..*", "matches", "a+"),
            ("$..[?@.a < 5]", "lessThan", 3),
            ("$[0]", "contains", "x"),
            ("$.*", "equals", "x"),
            ("$..a", "notEquals", None),
        )
    ]
    + [
        {"kind": "body", "comparison": "matches", "value": "(.|\\n)*x"},
        {"kind": "body", "comparison": "contains", "value": "é"},
        {"kind": "header", "name": "X", "comparison": "lessThan", "value": "5"},
        {"kind": "certificate", "minDays": 5},
    ]
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
BODIES = (
    st.binary(max_size=200)
    | JSON_VALUES.map(lambda value: json.dumps(value).encode())
    | st.text().map(lambda text: text.encode("utf-16", "surrogatepass"))
    | st.sampled_from([b'"\\ud800"', b'{"\\udfff": "\\ud800x"}', b"[1e999, -1e999]"])
)
CHARSETS = st.text(max_size=20) | st.sampled_from(["utf-16", "utf-32-le", "iso2022_jp", "cp949"])


@settings(max_examples=300, deadline=None)
@given(body=BODIES, charset=CHARSETS, header=st.text(max_size=20))
def test_judging_never_raises_and_always_speaks(body: bytes, charset: str, header: str) -> None:
    headers = {"content-type": f"text/x; charset={charset}", "x": header}
    found = findings(Reply(200, 1.0, headers, body), EVERY)

    assert len(found) == len(EVERY)
    for finding in found:
        assert finding.message
        assert len(finding.message) < 1000
        finding.message.encode("utf-8")
