"""The docs page works without the internet, and the document behind it is complete."""

import re
import threading

import httpx
import pytest
from fastapi import FastAPI

from backend.api.openapi import complete_document
from tests.helpers.live_backend import LiveBackend

STRANGER = {"Authorization": ""}


@pytest.fixture
async def page(live: LiveBackend) -> str:
    answer = await live.rest.get("/api/docs", headers=STRANGER)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    return answer.text


async def test_every_part_of_the_page_is_served_from_here(live: LiveBackend, page: str) -> None:
    parts = re.findall(r'(?:src|href)="(?!data:)([^"]+)"', page)
    assert len(parts) == 3
    for part in parts:
        answer = await live.rest.get(part, headers=STRANGER)
        assert answer.status_code == 200
        assert answer.headers["content-type"].split(";")[0] in ("text/css", "text/javascript")
        assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_the_page_may_speak_to_this_server_alone(live: LiveBackend, page: str) -> None:
    policy = (await live.rest.get("/api/docs")).headers["content-security-policy"]
    sources = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
    assert sources["default-src"] == ["'none'"]
    allowed = {source for found in sources.values() for source in found}
    assert allowed == {"'none'", "'self'", "data:"}
    assert not re.search(r"<script>|<style|\son\w+=", page), "nothing inline would be run"


@pytest.mark.parametrize(
    "path", ["/api/docs/", "/api/docs/NOTICE.txt", "/api/docs/..%2f..%2fpyproject.toml"]
)
async def test_nothing_else_is_served_as_a_part_of_it(live: LiveBackend, path: str) -> None:
    answer = await live.rest.get(path, headers=STRANGER)
    assert answer.status_code == 404
    assert answer.json()["statusCode"] == 404


async def test_the_docs_check_who_asks_as_everything_does(live: LiveBackend) -> None:
    for path in ("/api/docs", "/api/docs/start.js"):
        assert (await live.rest.get(path, headers={"Host": "evil.test"})).status_code == 403
    assert (await live.rest.post("/api/docs/start.js", headers=STRANGER)).status_code == 401


async def test_the_document_names_every_call_of_the_contract(live: LiveBackend) -> None:
    paths = (await live.rest.get("/api/openapi.json", headers=STRANGER)).json()["paths"]
    calls = {f"{method.upper()} {path}" for path, found in paths.items() for method in found}
    assert calls >= {
        "POST /api/endpoints",
        "GET /api/endpoints",
        "GET /api/endpoints/{id}",
        "PATCH /api/endpoints/{id}",
        "DELETE /api/endpoints/{id}",
        "POST /api/endpoints/{id}/restore",
        "POST /api/endpoints/{id}/check",
        "GET /api/endpoints/{id}/check-results",
        "GET /api/endpoints/{id}/uptime",
        "GET /api/endpoints/{id}/response-time",
        "GET /api/statistics/overview",
        "GET /api/statistics/comparison",
        "GET /api/incidents",
        "GET /api/incidents/{id}",
        "GET /api/notification-channels",
        "POST /api/notification-channels",
        "PATCH /api/notification-channels/{id}",
        "DELETE /api/notification-channels/{id}",
        "GET /api/health",
    }


async def test_every_call_names_its_errors_in_the_form_of_the_contract(live: LiveBackend) -> None:
    document = (await live.rest.get("/api/openapi.json")).json()
    error = document["components"]["schemas"]["ErrorView"]["properties"]
    assert set(error) == {"statusCode", "message", "error", "timestamp", "path"}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            answers = operation["responses"]
            assert "422" not in answers, "what FastAPI would answer by itself"
            assert {"403", "500"} <= set(answers)
            assert ("401" in answers) == ("security" in operation) == (path != "/api/health")
            assert ("404" in answers) == ("{" in path)
            if "requestBody" in operation:
                assert {"400", "408", "413", "415"} <= set(answers)


async def test_the_document_is_put_together_beside_the_loop() -> None:
    app = FastAPI(openapi_url=None)
    complete_document(app, "/document")
    made = app.openapi
    app.openapi = lambda: made() | {"x-thread": threading.get_ident()}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://it") as rest:
        document = (await rest.get("/document")).json()
    assert document["paths"] == {}
    assert document["x-thread"] != threading.get_ident()
