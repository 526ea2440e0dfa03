"""Every parser as a target: a function of bytes that returns, whatever they are.

Called by ``python -m tests.backend.fuzz``, and by `test_targets`, which sees that all of them run.
"""

import json
from collections.abc import Callable

from pydantic import ValidationError

from app.interchange.readers import read_bytes
from backend.api.requests import strict_json
from backend.checks.question import InvalidAddressError, question_of, redirected
from backend.contract.alerts import ChannelDraft
from backend.contract.commands import EndpointDraft
from backend.contract.patterns import fault_of_expression, fault_of_path
from backend.contract.redaction import redact
from backend.domain import json_query
from backend.domain.endpoint import Endpoint
from backend.domain.secret_values import Hiding, filled, names_of
from backend.domain.text import shown_text, text_of
from tests.helpers import samples
from widgets.curl_command import fields_of


def files(content: bytes) -> None:
    """Files of others: whatever is in one, a reading comes out."""
    for name in ("a.json", "a.yaml", "a.csv"):
        read_bytes(name, content)


def bodies(content: bytes) -> None:
    """What REST takes: a command, or a refusal."""
    try:
        value = strict_json(content)
    except json.JSONDecodeError:
        return
    for command in (EndpointDraft, ChannelDraft):
        try:
            command.model_validate(value)
        except ValidationError as error:
            error.errors(include_url=False, include_input=False)


def answers(content: bytes) -> None:
    """What a target answers: text to show, and JSON to look into."""
    head, _, body = content.partition(b"\n")
    shown_text(text_of(body, head.decode("latin-1")))
    try:
        document = json_query.read_json(body)
        json_query.find("$..a[?@.b > 1]", document)
    except json_query.NotFindable:
        return


def patterns(content: bytes) -> None:
    """Expressions and paths of assertions: said to be faulty, or not."""
    text = content.decode("utf-8", "replace")
    fault_of_expression(text)
    fault_of_path(text)


def addresses(content: bytes) -> None:
    """URLs of people and of redirects."""
    url, _, location = content.decode("latin-1").partition("\n")
    try:
        draft = EndpointDraft(name="a", url=url)
    except ValidationError:
        return
    endpoint = Endpoint(id="1", name="a", url=draft.url, created_at_ms=0, updated_at_ms=0)
    hiding = Hiding(lambda purpose: f"auto.{purpose}")
    hidden = hiding.endpoint(endpoint)
    assert names_of(hidden) >= hiding.values.keys()
    if not names_of(endpoint):
        assert question_of(filled(hidden, hiding.values)) == question_of(endpoint)
        try:
            redirected(question_of(endpoint), 302, location)
        except InvalidAddressError:
            return


def lines(content: bytes) -> None:
    """What is written down."""
    redact(content.decode("utf-8", "replace"))


def commands(content: bytes) -> None:
    """Curl commands that people paste."""
    fields_of(content.decode("utf-8", "replace"))


TARGETS: dict[str, Callable[[bytes], None]] = {
    it.__name__: it for it in (files, bodies, answers, patterns, addresses, lines, commands)
}

_DRAFT = {
    "name": "shop",
    "url": "http://shop.test/a?b=c",
    "headers": {"X-A": "b"},
    "body": {"a": [1, None]},
    "tags": ["paid"],
    "assertions": [{"kind": "body", "comparison": "matches", "value": "(a+)+b"}],
}
_CHANNEL = {"name": "hook", "type": "webhook", "config": {"url": "http://127.0.0.1:9/"}}

SEEDS = [
    b"",
    b"\xff\xfe\x00",
    json.dumps(_DRAFT).encode(),
    json.dumps(_CHANNEL).encode(),
    b"application/json\n" + json.dumps({"a": [{"b": 2}, {"b": None}]}).encode(),
    b"http://kim:pw@shop.test:8080/a?b=c#d\n//else.where/x",
    b"http://kim:{{secret:a}}@shop.test/\n../up",
    b"curl -H 'Authorization: Bearer x' -d '{\"a\": 1}' https://shop.test/",
    b"GET http://kim:pw@shop.test/?key=1 Authorization: Bearer abc",
    *(samples.read(name) for name in ("gatus.yaml", "postman.json", "endpoints.csv")),
]
"""What to begin with: input that leads deep into one of them."""
