"""Whatever a client sends, the answer is one the OpenAPI document names, and never a 5xx.

schemathesis makes requests up from the document, valid and invalid ones, and sends them to a whole
backend on a real socket, guard included.
"""

import asyncio
import threading
from collections.abc import Iterator

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.helpers.live_backend import TOKEN, live_backend

HEADERS = {"Authorization": f"Bearer {TOKEN}"}

PROMISES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
"""Not among them: that all the document allows is accepted (it cannot say that a URL has a host),
and that all else is refused (a key of the query that is not known yet is let be).
"""

LEFT_OUT = {"POST /api/notification-channels/{id}/test"}
"""It would send something to whatever address was made up."""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A backend that serves in a thread of its own, because schemathesis blocks the test's."""
    serving, over = threading.Event(), threading.Event()
    found: list[str] = []

    async def serve() -> None:
        async with live_backend(tmp_path_factory.mktemp("data")) as live:
            found.append(live.url)
            serving.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()), name="the backend under test")
    thread.start()
    assert serving.wait(20)
    yield found[0]
    over.set()
    thread.join(20)
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def document(url: str) -> BaseSchema:
    return schemathesis.openapi.from_url(f"{url}/api/openapi.json", headers=HEADERS)


def something_there(url: str, path: str) -> dict[str, str]:
    """Make what a path is about, where that can be made; return the path's parameters."""
    made = {
        "/api/endpoints/{id}": {"name": "shop", "url": "http://shop.test/", "isActive": False},
        "/api/notification-channels/{id}": {
            "name": "hook",
            "type": "webhook",
            "config": {"url": "http://127.0.0.1:9/"},
            "isActive": False,
        },
    }
    for prefix, body in made.items():
        if path.startswith(prefix):
            collection = prefix.removesuffix("/{id}")
            answer = httpx.post(url + collection, json=body, headers=HEADERS, trust_env=False)
            assert answer.status_code == 201, answer.text
            return {"id": answer.json()["id"]}
    return {}


def ask(
    operation: APIOperation, mode: GenerationMode, examples: int, url: str, there: dict[str, str]
) -> None:
    """Ask one operation many things; raise where an answer is not in the document."""
    cases = operation.as_strategy(generation_mode=mode, path_parameters=there or None)

    @settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=cases)
    def every_answer_is_in_the_document(case: Case) -> None:
        case.call_and_validate(base_url=url, headers=HEADERS, checks=PROMISES)

    every_answer_is_in_the_document()


@pytest.mark.parametrize("examples", [4, pytest.param(100, marks=pytest.mark.long)])
@pytest.mark.parametrize("where", ["there", "anywhere"])
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
@pytest.mark.timeout(1800)
def test_every_answer_is_in_the_document(
    document: BaseSchema, url: str, mode: GenerationMode, where: str, examples: int
) -> None:
    wrong: list[str] = []
    asked = 0
    for found in document.get_all_operations():
        operation = found.ok()
        there = something_there(url, operation.path) if where == "there" else {}
        may_be_wrong = (
            operation.body or operation.query or (operation.path_parameters and not there)
        )
        if (
            operation.label in LEFT_OUT
            or (where == "there" and not there)
            or (mode is GenerationMode.NEGATIVE and not may_be_wrong)
        ):
            continue
        asked += 1
        try:
            ask(operation, mode, examples, url, there)
        except FailureGroup as failures:
            wrong += [f"{operation.label}: {failure}" for failure in failures.exceptions]
    assert not wrong, "\n\n".join(wrong)
    assert asked > 5
