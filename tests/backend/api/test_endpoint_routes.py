"""Endpoints over REST, in the contract's shapes."""

import re
from typing import Any

import pytest

from tests.helpers.live_backend import LiveBackend
from tests.helpers.scripted_prober import ok, refused

NOBODY = "00000000-0000-0000-0000-000000000000"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


async def test_a_new_endpoint_comes_back_with_every_default(live: LiveBackend) -> None:
    answer = await live.rest.post(
        "/api/endpoints", json={"name": " shop ", "url": "https://shop.test/health"}
    )
    assert answer.status_code == 201
    shown = answer.json()
    assert shown == shown | {
        "name": "shop",
        "url": "https://shop.test/health",
        "method": "GET",
        "headers": None,
        "body": None,
        "checkInterval": 60,
        "expectedStatusCode": 200,
        "timeoutThreshold": 5000,
        "isActive": True,
        "currentStatus": "UNKNOWN",
        "lastResponseTime": None,
        "lastCheckedAt": None,
        "consecutiveFailures": 0,
        "degradedThreshold": 2000,
        "failureThreshold": 3,
        "recoveryThreshold": 1,
        "retryInterval": 15,
    }
    assert INSTANT.fullmatch(shown["createdAt"])
    assert shown["updatedAt"] == shown["createdAt"]


async def test_every_field_that_was_sent_is_kept(live: LiveBackend) -> None:
    sent = {
        "name": "상점",
        "url": "http://shop.test/api?x=1",
        "method": "POST",
        "headers": {"X-Own": "abc"},
        "body": {"deep": [1, None, "é"]},
        "checkInterval": 86_400,
        "expectedStatusCode": 201,
        "timeoutThreshold": 1000,
        "isActive": False,
        "degradedThreshold": 10,
        "failureThreshold": 2,
        "recoveryThreshold": 2,
        "retryInterval": 9,
        "verifyTls": False,
        "followRedirects": False,
        "tags": ["eu"],
        "note": "ask Kim",
    }
    added = (await live.rest.post("/api/endpoints", json=sent)).json()
    shown = (await live.rest.get(f"/api/endpoints/{added['id']}")).json()
    assert shown == shown | sent


BAD_FIELDS: list[tuple[str, object, str]] = [
    ("name", "  ", "name must have at least 1 character"),
    ("name", "x" * 201, "name must have at most 200 characters"),
    ("name", None, "name must be a valid string"),
    ("url", "ftp://shop.test", "url must start with http:// or https://"),
    ("url", "shop.test", "url must start with http:// or https://"),
    ("url", "http://", "url must name a host"),
    ("method", "TRACE", "method must be 'GET'"),
    ("headers", {"a b": "c"}, "headers 'a b' is not a valid header name"),
    ("headers", {"a": "b\r\nc: d"}, "headers the value of 'a'"),
    ("checkInterval", 4, "checkInterval must be greater than or equal to 5"),
    ("checkInterval", 86_401, "checkInterval must be less than or equal to 86400"),
    ("checkInterval", "60", "checkInterval must be a valid integer"),
    ("checkInterval", 60.5, "checkInterval must be a valid integer"),
    ("expectedStatusCode", 600, "expectedStatusCode must be less than or equal to 599"),
    ("timeoutThreshold", 99, "timeoutThreshold must be greater than or equal to 100"),
    ("isActive", "yes", "isActive must be a valid boolean"),
    ("intervall", 60, "intervall is not a known field"),
]


@pytest.mark.parametrize(("field", "value", "message"), BAD_FIELDS)
async def test_an_invalid_field_is_named_and_nothing_is_stored(
    live: LiveBackend, field: str, value: object, message: str
) -> None:
    draft = {"name": "shop", "url": "http://shop.test/"} | {field: value}
    answer = await live.rest.post("/api/endpoints", json=draft)
    assert answer.status_code == 400
    error = answer.json()
    assert error["message"].startswith(message)
    assert error == error | {"statusCode": 400, "error": "Bad Request", "path": "/api/endpoints"}
    assert INSTANT.fullmatch(error["timestamp"])
    assert (await live.rest.get("/api/endpoints")).json()["meta"]["total"] == 0


async def test_several_invalid_fields_are_all_named(live: LiveBackend) -> None:
    answer = await live.rest.post(
        "/api/endpoints", json={"url": "nowhere", "checkInterval": 1, "method": "GOT"}
    )
    named = [message.split()[0] for message in answer.json()["message"]]
    assert named == ["name", "url", "method", "checkInterval"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"name":',
        b"",
        b"[1, 2]",
        b'"shop"',
        b'{"name": "a", "url": "http://a", "body": NaN}',
        b'{"name": "a", "url": "http://a", "body": 1e999}',
        b'{"name": "a", "url": "http://a", "body": "\\ud800"}',
        b'{"name": "a", "url": "http://a", "body": ' + b"[" * 100_000,
        b'{"name": "a", "url": "http://a", "body": ' + b"[" * 400 + b"]" * 400 + b"}",
        b"\xff\xfe",
    ],
)
async def test_a_body_that_is_no_json_object_is_refused(live: LiveBackend, body: bytes) -> None:
    answer = await live.rest.post(
        "/api/endpoints", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 400, answer.text
    assert isinstance(answer.json()["message"], str)
    assert "Traceback" not in answer.text


async def test_a_list_is_paged_sorted_and_filtered(live: LiveBackend) -> None:
    for name in ("c", "a", "b"):
        await live.add(name, isActive=name != "b")
    page = (await live.rest.get("/api/endpoints?limit=2&page=2&sortBy=name&order=ASC")).json()
    assert [endpoint["name"] for endpoint in page["data"]] == ["c"]
    assert page["meta"] == {"total": 3, "page": 2, "limit": 2, "totalPages": 2}
    newest = (await live.rest.get("/api/endpoints")).json()
    assert [endpoint["name"] for endpoint in newest["data"]] == ["b", "a", "c"]
    paused = (await live.rest.get("/api/endpoints?isActive=false&status=UNKNOWN")).json()
    assert [endpoint["name"] for endpoint in paused["data"]] == ["b"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("page=0", "page"),
        ("status=SIDEWAYS", "status"),
        ("isActive=perhaps", "isActive"),
        ("sortBy=url", "sortBy"),
        ("order=UP", "order"),
    ],
)
async def test_an_invalid_query_is_named(live: LiveBackend, query: str, named: str) -> None:
    answer = await live.rest.get(f"/api/endpoints?{query}")
    assert answer.status_code == 400
    assert answer.json()["message"].startswith(f"{named} must ")


async def test_a_detail_has_the_last_day_and_its_incidents(live: LiveBackend) -> None:
    endpoint_id = (await live.add(failureThreshold=1, isActive=False))["id"]
    await live.rest.patch(f"/api/endpoints/{endpoint_id}", json={"isActive": True})
    await live.check(endpoint_id)
    live.prober.answer = refused()
    await live.check(endpoint_id)
    shown = (await live.rest.get(f"/api/endpoints/{endpoint_id}")).json()
    assert shown["currentStatus"] == "DOWN"
    assert 0 < shown["statistics"]["uptime24h"] < 100
    assert set(shown["statistics"]) == {"uptime24h", "totalChecks24h", "avgResponseTime24h"}
    (incident,) = shown["recentIncidents"]
    assert set(incident) == {"id", "startedAt", "resolvedAt", "duration"}
    assert incident["resolvedAt"] is None


async def test_a_patch_changes_what_was_sent_and_nothing_else(live: LiveBackend) -> None:
    added = await live.add(isActive=False, note="old")
    path = f"/api/endpoints/{added['id']}"
    answer = await live.rest.patch(path, json={"checkInterval": 30, "headers": None})
    assert answer.status_code == 200
    expected: dict[str, Any] = added | {"checkInterval": 30, "retryInterval": 15}
    assert answer.json() | {"updatedAt": added["updatedAt"]} == expected
    assert answer.json()["updatedAt"] >= added["updatedAt"]


async def test_a_patch_with_null_where_it_is_no_value_names_the_fields(live: LiveBackend) -> None:
    added = await live.add(isActive=False)
    path = f"/api/endpoints/{added['id']}"
    answer = await live.rest.patch(path, json={"name": None, "checkInterval": None, "body": None})
    assert answer.status_code == 400
    assert answer.json()["message"] == ["name must not be null", "checkInterval must not be null"]
    assert (await live.rest.get(path)).json()["name"] == "shop"


async def test_a_deleted_endpoint_is_gone_until_it_is_restored(live: LiveBackend) -> None:
    added = await live.add()
    path = f"/api/endpoints/{added['id']}"
    deleted = await live.rest.delete(path)
    assert deleted.status_code == 200
    assert set(deleted.json()) == {"message", "deletedAt"}
    assert (await live.rest.get(path)).status_code == 404
    assert (await live.rest.get("/api/endpoints")).json()["data"] == []
    restored = await live.rest.post(path + "/restore")
    assert restored.status_code == 200
    assert restored.json()["id"] == added["id"]
    assert (await live.rest.get(path)).status_code == 200


async def test_a_check_by_hand_comes_back_as_it_is_stored(live: LiveBackend) -> None:
    added = await live.add(isActive=False)
    live.prober.answer = ok(latency_ms=12.5)
    check = await live.check(added["id"])
    assert check == check | {
        "endpointId": added["id"],
        "status": "success",
        "responseTime": 12.5,
        "statusCode": 200,
        "errorMessage": None,
    }
    assert INSTANT.fullmatch(check["checkedAt"])
    live.prober.answer = ok(status=503)
    failed = await live.check(added["id"])
    assert failed["status"] == "failure"
    assert failed["errorMessage"] == "Expected status 200, got 503"
    results = (await live.rest.get(f"/api/endpoints/{added['id']}/check-results")).json()
    assert results["endpointId"] == added["id"]
    assert results["total"] == 2
    assert results["results"] == [failed, check], "newest first"


async def test_check_results_keep_to_the_span_that_was_asked_for(live: LiveBackend) -> None:
    added = await live.add(isActive=False)
    checks = [await live.check(added["id"]) for _ in range(3)]
    path = f"/api/endpoints/{added['id']}/check-results"
    only = {"startDate": checks[1]["checkedAt"], "endDate": checks[1]["checkedAt"]}
    assert (await live.rest.get(path, params=only)).json()["results"] == [checks[1]]
    newest = (await live.rest.get(path, params={"limit": 1})).json()
    assert (newest["results"], newest["total"]) == ([checks[2]], 3)
    backwards = {"startDate": "2026-01-02", "endDate": "2026-01-01T00:00:00Z"}
    assert (await live.rest.get(path, params=backwards)).status_code == 400
    assert (await live.rest.get(path, params={"startDate": "soon"})).status_code == 400


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("POST", "/restore"),
        ("POST", "/check"),
        ("GET", "/check-results"),
    ],
)
async def test_who_is_not_there_is_404_and_who_is_no_uuid_is_400(
    live: LiveBackend, method: str, path: str
) -> None:
    body = {"json": {"name": "x"}} if method == "PATCH" else {}
    answer = await live.rest.request(method, f"/api/endpoints/{NOBODY}{path}", **body)
    assert answer.status_code == 404
    assert answer.json()["error"] == "Not Found"
    answer = await live.rest.request(method, f"/api/endpoints/shop{path}", **body)
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("id must be a valid UUID")


async def test_unknown_routes_and_methods_answer_in_the_same_form(live: LiveBackend) -> None:
    missing = await live.rest.get("/api/nothing")
    assert (missing.status_code, missing.json()["statusCode"]) == (404, 404)
    wrong = await live.rest.put("/api/endpoints")
    assert (wrong.status_code, wrong.json()["error"]) == (405, "Method Not Allowed")
