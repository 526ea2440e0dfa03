"""Which assertions are accepted, and how one that could never be judged is refused."""

import json

import pytest
from pydantic import ValidationError

from backend.contract.commands import EndpointDraft, EndpointPatch, EndpointTrial

URL = "http://a.test"

ACCEPTED = [
    {"kind": "status", "codes": ["204", "200-299"]},
    {"kind": "responseTime", "maxMs": 800},
    {"kind": "body", "comparison": "contains", "value": "ok"},
    {"kind": "body", "comparison": "notMatches", "value": r"(?i)err(or)?\b"},
    {"kind": "json", "path": "$.status", "comparison": "equals", "value": "ok"},
    {"kind": "json", "path": "$.ready", "comparison": "equals", "value": True},
    {"kind": "json", "path": "$.gone", "comparison": "equals", "value": None},
    {"kind": "json", "path": "$..load[?@ > 2]", "comparison": "notExists", "value": None},
    {"kind": "json", "path": "$.queue.length", "comparison": "lessThan", "value": 1.5},
    {"kind": "header", "name": "Content-Type", "comparison": "contains", "value": "json"},
    {"kind": "header", "name": "X-Debug", "comparison": "notExists", "value": None},
    {"kind": "header", "name": "X-Left", "comparison": "atLeast", "value": "10"},
    {"kind": "certificate", "minDays": 14},
]

REFUSED = [
    ({"kind": "magic"}, ()),
    ({}, ()),
    ({"kind": "status", "codes": []}, ("codes",)),
    ({"kind": "status", "codes": ["2xx"]}, ("codes", 0)),
    ({"kind": "status", "codes": ["299-200"]}, ("codes", 0)),
    ({"kind": "status", "codes": ["600"]}, ("codes", 0)),
    ({"kind": "responseTime", "maxMs": 0}, ("maxMs",)),
    ({"kind": "responseTime", "maxMs": "5"}, ("maxMs",)),
    ({"kind": "body", "comparison": "equals", "value": "x"}, ("comparison",)),
    ({"kind": "body", "comparison": "contains", "value": ""}, ("value",)),
    ({"kind": "body", "comparison": "contains", "value": "x" * 501}, ("value",)),
    ({"kind": "body", "comparison": "matches", "value": "("}, ()),
    ({"kind": "body", "comparison": "matches", "value": r"(a)\1"}, ()),
    ({"kind": "body", "comparison": "matches", "value": "(?=a)"}, ()),
    ({"kind": "body", "comparison": "matches", "value": "((a{99}){99}){99}"}, ()),
    ({"kind": "json", "path": "status", "comparison": "exists"}, ("path",)),
    ({"kind": "json", "path": "$[", "comparison": "exists"}, ("path",)),
    ({"kind": "json", "path": "$[?search(@, 'a')]", "comparison": "exists"}, ("path",)),
    ({"kind": "json", "path": "$" + "[?@" * 150, "comparison": "exists"}, ("path",)),
    ({"kind": "json", "path": "$.a", "comparison": "exists", "value": 1}, ()),
    ({"kind": "json", "path": "$.a", "comparison": "atMost", "value": "5"}, ()),
    ({"kind": "json", "path": "$.a", "comparison": "atMost", "value": True}, ()),
    ({"kind": "json", "path": "$.a", "comparison": "matches", "value": 5}, ()),
    ({"kind": "json", "path": "$.a", "comparison": "matches", "value": "["}, ()),
    ({"kind": "json", "path": "$.a", "comparison": "equals", "value": [1]}, ("value",)),
    ({"kind": "header", "name": "A B", "comparison": "exists"}, ("name",)),
    ({"kind": "header", "name": "A", "comparison": "equals"}, ()),
    ({"kind": "header", "name": "A", "comparison": "exists", "value": "x"}, ()),
    ({"kind": "header", "name": "A", "comparison": "lessThan", "value": "x"}, ()),
    ({"kind": "header", "name": "A", "comparison": "lessThan", "value": "inf"}, ()),
    ({"kind": "certificate", "minDays": 0}, ("minDays",)),
    ({"kind": "certificate", "minDays": 1, "extra": 1}, ("extra",)),
]


@pytest.mark.parametrize("assertion", ACCEPTED, ids=str)
def test_an_assertion_comes_back_as_it_was_sent(assertion: dict[str, object]) -> None:
    sent = json.dumps({"name": "A", "url": URL, "assertions": [assertion]})
    draft = EndpointDraft.model_validate_json(sent)

    assert draft.to_wire()["assertions"] == [assertion]
    assert EndpointPatch.model_validate_json(json.dumps({"assertions": [assertion]})).changes() == {
        "assertions": draft.assertions
    }


@pytest.mark.parametrize(("assertion", "field"), REFUSED, ids=str)
def test_an_assertion_that_cannot_be_judged_is_refused_by_name(
    assertion: dict[str, object], field: tuple[object, ...]
) -> None:
    with pytest.raises(ValidationError) as caught:
        EndpointDraft.model_validate({"name": "A", "url": URL, "assertions": [assertion]})

    places = [
        tuple(part for part in error["loc"] if part != assertion.get("kind"))
        for error in caught.value.errors()
    ]
    assert {place[:2] for place in places} == {("assertions", 0)}
    assert ("assertions", 0, *field) in {place[: 2 + len(field)] for place in places}


def test_there_are_not_more_assertions_than_a_check_can_judge() -> None:
    with pytest.raises(ValidationError, match="at most 20"):
        EndpointDraft(name="A", url=URL, assertions=ACCEPTED * 2)


def test_a_trial_needs_no_name() -> None:
    assert EndpointTrial(url=URL).name
