"""A draft tried once: what it finds is answered, and nothing is kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from backend.config import Settings
from backend.main import backend
from tests.helpers.odd_answers import OK
from tests.helpers.raw_server import answering, raw_server
from tests.helpers.target_server import Answer, Fault, running_target

ASSERTIONS = [
    {"kind": "status", "codes": ["200-299"]},
    {"kind": "json", "path": "$.status", "comparison": "equals", "value": "ok"},
    {"kind": "header", "name": "Content-Type", "comparison": "contains", "value": "json"},
    {"kind": "certificate", "minDays": 7},
]


@pytest.fixture
async def trying(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a backend that asks real targets."""
    headers = {"Authorization": "Bearer t"}
    async with (
        backend(Settings(tmp_path / "data", token="t")) as serving,
        httpx.AsyncClient(
            base_url=serving.url, headers=headers, trust_env=False, timeout=10
        ) as client,
    ):
        yield client


async def test_a_preview_tells_what_a_check_would_find(trying: httpx.AsyncClient) -> None:
    answer = Answer(
        body=b'{"status": "degraded", "you sent": "geheim"}',
        headers={"Content-Type": "application/json", "Set-Cookie": "sid=1"},
    )
    async with running_target(answer) as target:
        response = await trying.post(
            "/api/endpoints/preview",
            json={"url": target.url, "headers": {"X-Key": "geheim"}, "assertions": ASSERTIONS},
        )
        assert target.hits == 1

    assert response.status_code == 200, response.text
    told = response.json()
    message = 'JSON $.status is "degraded", expected "ok"'
    assert (
        told["result"].items()
        >= {
            "status": "failure",
            "statusCode": 200,
            "errorMessage": message,
            "reason": "assertion",
        }.items()
    )
    assert told["result"]["responseTime"] > 0
    assert [(it["assertion"], it["result"], it["message"]) for it in told["assertions"]] == [
        (ASSERTIONS[0], "holds", "Status 200"),
        (ASSERTIONS[1], "fails", message),
        (ASSERTIONS[2], "holds", 'Header Content-Type is "application/json"'),
        (ASSERTIONS[3], "warns", "No TLS certificate was shown"),
    ]
    seen = told["evidence"]
    assert seen["body"] == '{"status": "degraded", "you sent": "•••"}'
    assert {"name": "Set-Cookie", "value": "•••"} in seen["headers"]
    assert seen["phases"]["connect"] > 0
    assert seen["addresses"] == ["127.0.0.1"]
    assert "geheim" not in response.text


async def test_a_preview_keeps_nothing(trying: httpx.AsyncClient) -> None:
    async with running_target() as target:
        await trying.post("/api/endpoints/preview", json={"url": target.url})

    listed = (await trying.get("/api/endpoints")).json()
    assert listed["meta"]["total"] == 0


async def test_a_preview_without_an_answer_says_why_and_judges_nothing(
    trying: httpx.AsyncClient,
) -> None:
    async with running_target(Answer(fault=Fault.SILENCE)) as target:
        response = await trying.post(
            "/api/endpoints/preview",
            json={"url": target.url, "timeoutThreshold": 200, "assertions": ASSERTIONS},
        )

    told = response.json()
    assert told["result"]["errorMessage"] == "Timeout exceeded"
    assert told["assertions"] == []
    assert told["evidence"]["phases"]["firstByte"] >= 150
    assert told["evidence"]["phases"]["download"] is None


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00\x01", b"\x1b[31mred\x00", "정상".encode("euc-kr"), b'"\\ud800"']
)
async def test_a_preview_shows_any_body_as_text(trying: httpx.AsyncClient, body: bytes) -> None:
    length = f"Content-Length: {len(body)}\r\nX: \xff\x01\r\n\r\n".encode("latin-1")
    async with raw_server(answering(OK + length.replace(b"\x01", b"") + body)) as port:
        response = await trying.post(
            "/api/endpoints/preview",
            json={
                "url": f"http://127.0.0.1:{port}",
                "assertions": [{"kind": "json", "path": "$", "comparison": "exists"}],
            },
        )

    assert response.status_code == 200
    assert not set(response.json()["evidence"]["body"]) & set(map(chr, range(9)))


@pytest.mark.parametrize(
    ("assertion", "message"),
    [
        ({"kind": "status", "codes": []}, "assertions.0.codes"),
        ({"kind": "json", "path": "$[", "comparison": "exists"}, "assertions.0.path"),
        ({"kind": "body", "comparison": "matches", "value": "("}, "assertions.0 value is not a"),
        ({"kind": "magic"}, "assertions.0"),
    ],
)
async def test_an_assertion_that_cannot_be_judged_is_a_400_naming_it(
    trying: httpx.AsyncClient, assertion: dict[str, object], message: str
) -> None:
    draft = {"name": "A", "url": "http://a.test", "assertions": [assertion]}
    for path in ("/api/endpoints", "/api/endpoints/preview"):
        response = await trying.post(path, json=draft)

        assert response.status_code == 400
        assert message in str(response.json()["message"])


async def test_assertions_are_added_changed_and_listed(trying: httpx.AsyncClient) -> None:
    async with running_target(Answer(body=b'{"status": "ok"}')) as target:
        draft = {"name": "A", "url": target.url, "assertions": ASSERTIONS[:2]}
        added = (await trying.post("/api/endpoints", json=draft)).json()
        checked = (await trying.post(f"/api/endpoints/{added['id']}/check")).json()
        changed = await trying.patch(
            f"/api/endpoints/{added['id']}", json={"assertions": ASSERTIONS[:1]}
        )

    assert added["assertions"] == ASSERTIONS[:2]
    assert checked["status"] == "success"
    assert changed.json()["assertions"] == ASSERTIONS[:1]
