"""Every sentence the backend can say of a check or a refused value has words in Korean."""

import ast
import inspect
import re
from collections.abc import Iterator
from types import ModuleType

import httpx
import pytest
from pydantic import TypeAdapter, ValidationError

from backend.api.errors import sentences
from backend.checks import body, exchange, failures, http_prober, question
from backend.contract import alerts, assertions, commands
from backend.contract.assertions import Assertions
from backend.contract.commands import EndpointDraft
from backend.domain import secret_values
from backend.domain.findings import findings
from backend.domain.reply import JUDGED_BYTES, Failure, Reply
from backend.engine.sleep import NearSleepError
from backend.storage import vault
from widgets import failures as failure_words
from widgets import refusals

_HANGUL = re.compile("[가-힣]")
_PROBING = (body, exchange, failures, http_prober, question)
_VALIDATING = (alerts, assertions, commands)


def raised(module: ModuleType, kind: str) -> Iterator[str]:
    """The sentences a module raises, each gap filled with an example."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id == kind:
            for part in ast.walk(node.args[-1]):
                if isinstance(part, ast.Constant | ast.JoinedStr) and part in _whole(node.args[-1]):
                    yield _filled(part)


def _whole(sentence: ast.expr) -> list[ast.expr]:
    return [sentence.body, sentence.orelse] if isinstance(sentence, ast.IfExp) else [sentence]


def _filled(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.JoinedStr)
    return "".join(
        str(each.value)
        if isinstance(each, ast.Constant)
        else ("'x'" if getattr(each, "conversion", -1) == ord("r") else "x")
        for each in part.values
    )


def said_of_checks() -> Iterator[str]:
    for module in _PROBING:
        yield from (it.message for it in vars(module).values() if isinstance(it, Failure))
        yield from raised(module, "InvalidAddressError")
    yield from raised(secret_values, "SecretUnusableError")
    yield from raised(vault, "SecretMissingError")
    for table in (failures._CERTIFICATES, failures._HANDSHAKES, failures._CONNECTIONS):
        yield from table.values()
    yield from (f"DNS lookup failed: {why}" for why in failures._LOOKUPS.values())
    yield "Too many names are being looked up"
    yield "TLS certificate expired on 2026-01-01"
    yield "Internal error: KeyError"


def said_of_values() -> Iterator[str]:
    yield str(NearSleepError())
    for module in _VALIDATING:
        yield from raised(module, "ValueError")


DRAFTS: tuple[dict[str, object], ...] = (
    {},
    {
        "name": "x" * 1000,
        "url": "ftp://x",
        "checkInterval": 1,
        "timeoutThreshold": 10**9,
        "expectedStatusCode": "a",
        "isActive": "x",
        "tags": ["x" * 500, "", *map(str, range(40))],
        "note": "x" * 100_000,
        "headers": 3,
        "method": "FETCH",
        "bogus": 1,
        "failureThreshold": 1.5,
    },
    {"name": "", "url": None, "headers": {"a b": ""}, "tags": 3, "assertions": 5},
    {
        "assertions": [
            {"kind": "x"},
            {},
            {"kind": "status", "codes": []},
            {"kind": "status", "codes": ["200"] * 30},
            {"kind": "json", "path": "$[", "comparison": "x"},
            {"kind": "responseTime"},
            {"kind": "body", "comparison": "matches", "value": "("},
            {"kind": "json", "path": "", "comparison": "equals", "value": "x" * 9999},
            3,
        ]
    },
)

CONDITIONS: tuple[dict[str, object], ...] = (
    {"kind": "status", "codes": ["200"]},
    {"kind": "status", "codes": ["300", "400-404"]},
    {"kind": "responseTime", "maxMs": 1},
    {"kind": "responseTime", "maxMs": 90_000},
    {"kind": "certificate", "minDays": 1},
    *(
        {"kind": "body", "comparison": how, "value": "a"}
        for how in ("contains", "notContains", "matches", "notMatches")
    ),
    *(
        {"kind": kind, key: where, "comparison": how, "value": "1"}
        for kind, key in (("json", "path"), ("header", "name"))
        for where in (("$.a", "$.none") if kind == "json" else ("a", "none"))
        for how in ("equals", "notEquals", "contains", "notContains", "matches", "notMatches")
    ),
    *(
        {"kind": "json", "path": "$.a", "comparison": how, "value": 7}
        for how in ("greaterThan", "atLeast", "lessThan", "atMost")
    ),
    *({"kind": "json", "path": "$.a", "comparison": how} for how in ("exists", "notExists")),
    {"kind": "json", "path": "$.none", "comparison": "exists"},
)

READ = TypeAdapter(Assertions)


def refused(draft: dict[str, object]) -> list[str]:
    with pytest.raises(ValidationError) as told:
        EndpointDraft.model_validate(draft)
    errors = [{**error, "loc": ("body", *error["loc"])} for error in told.value.errors()]
    return [sentence.partition(" ")[2] for sentence in sentences(errors)]


@pytest.mark.usefixtures("korean")
@pytest.mark.parametrize("sentence", sorted(set(said_of_checks())))
def test_what_is_said_of_a_check_is_said_in_korean(sentence: str) -> None:
    assert _HANGUL.search(failure_words.in_words(sentence)), sentence


@pytest.mark.usefixtures("korean")
@pytest.mark.parametrize("reason", sorted(set(said_of_values())))
def test_what_a_validator_says_is_said_in_korean(reason: str) -> None:
    assert _HANGUL.search(refusals.in_words(reason)), reason


@pytest.mark.usefixtures("korean")
@pytest.mark.parametrize("draft", DRAFTS)
def test_what_is_said_of_a_refused_draft_is_said_in_korean(draft: dict[str, object]) -> None:
    unsaid = [it for it in refused(draft) if not _HANGUL.search(refusals.in_words(it))]
    assert unsaid == []


@pytest.mark.usefixtures("korean")
@pytest.mark.parametrize(
    "answer",
    [b'{"a": 5}', b"oops", b"", b"[" * 100_000, b"[" + b"1," * JUDGED_BYTES],
    ids=["json", "text", "empty", "deep", "long"],
)
def test_what_was_measured_is_said_in_korean(answer: bytes) -> None:
    seen = Reply(
        200,
        42.0,
        httpx.Headers({"a": "1"}),
        answer[:JUDGED_BYTES],
        len(answer),
        certificate_days=9.0 if answer else None,
    )
    found = [
        finding
        for condition in CONDITIONS
        for finding in findings(seen, READ.validate_python([condition]))
    ]
    unsaid = [it.message for it in found if not _HANGUL.search(failure_words.in_words(it.message))]
    assert unsaid == []


def test_english_stays_a_sentence() -> None:
    assert refusals.in_words("must have at least 1 character") == "Must not be empty"
    assert refusals.in_words("something new {odd}") == "Something new {odd}"


def test_a_failure_that_was_said_before_is_said_in_the_language_in_use(
    request: pytest.FixtureRequest,
) -> None:
    sentence = "Expected status 200, got 503"
    assert failure_words.in_words(sentence) == sentence
    request.getfixturevalue("korean")
    assert _HANGUL.search(failure_words.in_words(sentence))
