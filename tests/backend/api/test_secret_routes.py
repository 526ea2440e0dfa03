"""A secret comes in over REST, is sent to its target, and is never told to anybody."""

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from backend.config import Settings
from backend.contract.events import EndpointUpdated
from backend.contract.secret_names import MADE_BODY, is_kept, is_reference
from backend.main import backend
from backend.storage.archive import Archive
from backend.storage.keyrings import SystemKeyring
from tests.backend.storage.conftest import an_endpoint
from tests.helpers.event_spy import EventSpy
from tests.helpers.live_backend import LiveBackend, live_backend
from tests.helpers.memory_keyring import MemoryKeyring
from tests.helpers.target_server import Answer, running_target

OLD, OTHER = (str(UUID(int=number)) for number in (1, 2))
BEARER = {"Authorization": "Bearer s3cret"}


@pytest.fixture
async def live(tmp_path: Path) -> Any:
    async with live_backend(tmp_path / "data") as running:
        yield running


async def test_a_credential_is_asked_with_and_shown_as_a_reference(live: LiveBackend) -> None:
    shop = await live.add(headers=BEARER | {"Accept": "text/plain"})
    assert is_reference(shop["headers"]["Authorization"])
    assert shop["headers"]["Accept"] == "text/plain"
    await live.check(shop["id"])
    assert live.prober.asked[-1].headers == BEARER | {"Accept": "text/plain"}
    for path in (f"endpoints/{shop['id']}", "endpoints", "secrets", "incidents"):
        answer = await live.rest.get(f"/api/{path}")
        assert answer.status_code == 200
        assert "s3cret" not in answer.text


async def test_the_password_of_a_url_is_a_secret_too(live: LiveBackend) -> None:
    shop = await live.add(url="http://kim:s3cret@shop.test/x")
    assert "s3cret" not in shop["url"]
    await live.check(shop["id"])
    assert live.prober.asked[-1].url == "http://kim:s3cret@shop.test/x"


async def test_what_is_sent_back_as_it_was_shown_stays(live: LiveBackend) -> None:
    shop = await live.add(headers=BEARER)
    path = f"/api/endpoints/{shop['id']}"
    for headers in (shop["headers"], BEARER):
        answer = await live.rest.patch(path, json={"headers": headers})
        assert answer.json()["headers"] == shop["headers"]
        assert answer.json()["updatedAt"] == shop["updatedAt"], "nothing was changed"
    await live.check(shop["id"])
    assert live.prober.asked[-1].headers == BEARER


async def test_a_credential_is_replaced(live: LiveBackend) -> None:
    shop = await live.add(headers=BEARER)
    answer = await live.rest.patch(
        f"/api/endpoints/{shop['id']}", json={"headers": {"Authorization": "Bearer other"}}
    )
    assert answer.json()["headers"] != shop["headers"]
    await live.check(shop["id"])
    assert live.prober.asked[-1].headers == {"Authorization": "Bearer other"}


async def test_a_named_secret_is_filled_into_body_url_and_headers(live: LiveBackend) -> None:
    kept = await live.rest.put("/api/secrets/pin", json={"value": "s3cret&1"})
    assert kept.json().keys() == {"name", "keptIn", "updatedAt", "uses", "usedBy"}
    asks = {"url": "http://shop.test/?p={{secret:pin}}", "body": {"pin": ["{{secret:pin}}"]}}
    shop = await live.add(method="POST", headers={"X-Own": "a {{secret:pin}}"}, **asks)
    assert (shop["url"], shop["body"]) == (asks["url"], asks["body"])
    await live.check(shop["id"])
    asked = live.prober.asked[-1]
    assert asked.url == "http://shop.test/?p=s3cret%261"
    assert asked.body == {"pin": ["s3cret&1"]}
    assert asked.headers == {"X-Own": "a s3cret&1"}
    await live.rest.put("/api/secrets/pin", json={"value": "another"})
    await live.check(shop["id"])
    assert live.prober.asked[-1].body == {"pin": ["another"]}


async def test_without_its_secret_nobody_is_asked_and_nobody_is_blamed(live: LiveBackend) -> None:
    shop = await live.add(headers={"X-Own": "{{secret:pin}}"}, failureThreshold=1)
    checked = await live.check(shop["id"])
    assert checked["errorMessage"] == "There is no secret pin"
    assert checked["reason"] == "ours"
    assert live.prober.asked == []
    assert (await live.rest.get("/api/incidents")).json()["data"] == []


async def test_a_secret_with_a_line_break_makes_no_header(live: LiveBackend) -> None:
    await live.rest.put("/api/secrets/pin", json={"value": "a\r\nX-More: 1"})
    shop = await live.add(headers={"X-Own": "{{secret:pin}}"})
    checked = await live.check(shop["id"])
    assert checked["errorMessage"] == "The secret pin has characters no header can carry"
    assert live.prober.asked == []


async def test_a_deleted_secret_is_gone(live: LiveBackend) -> None:
    await live.rest.put("/api/secrets/pin", json={"value": "1"})
    assert (await live.rest.delete("/api/secrets/pin")).status_code == 200
    assert (await live.rest.delete("/api/secrets/pin")).status_code == 404
    assert (await live.rest.get("/api/secrets")).json() == {"keptIn": "file", "data": []}


@pytest.mark.parametrize("name", ["auto.mine", "a b", "a%2Fb", "x" * 101])
async def test_a_name_that_is_not_for_people_is_refused(live: LiveBackend, name: str) -> None:
    answer = await live.rest.put(f"/api/secrets/{name}", json={"value": "1"})
    assert answer.status_code in (400, 404)
    assert (await live.rest.get("/api/secrets")).json()["data"] == []


async def test_what_a_target_echoes_is_masked_in_preview_and_evidence(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "data", token="t")
    async with running_target() as target, backend(settings) as serving:
        target.answers["/x?k=s3cret%2F1"] = Answer(status=500, body=b'{"got": "s3cret/1"}')
        headers = {"Authorization": "Bearer t"}
        async with httpx.AsyncClient(base_url=serving.url, headers=headers) as rest:
            await rest.put("/api/secrets/pin", json={"value": "s3cret/1"})
            draft = {"url": f"{target.url}/x?k={{{{secret:pin}}}}", "failureThreshold": 1}
            tried = await rest.post("/api/endpoints/preview", json=draft)
            added = await rest.post("/api/endpoints", json=draft | {"name": "shop"})
            await rest.post(f"/api/endpoints/{added.json()['id']}/check")
            (incident,) = (await rest.get("/api/incidents")).json()["data"]
            kept = await rest.get(f"/api/incidents/{incident['id']}")
    assert target.requests[-1].path == "/x?k=s3cret%2F1"
    for text in (tried.text, kept.text):
        assert "s3cret" not in text
        assert "/x?k=•••" in text
        assert '\\"got\\": \\"•••' in text


async def test_where_there_is_a_keyring_it_has_the_credentials(tmp_path: Path) -> None:
    ring = MemoryKeyring()
    settings = Settings(tmp_path / "data", token="t", keyring=True)
    async with backend(settings, keyring=SystemKeyring(lambda: ring)) as serving:
        headers = {"Authorization": "Bearer t"}
        async with httpx.AsyncClient(base_url=serving.url, headers=headers) as rest:
            draft = {"name": "shop", "url": "http://127.0.0.1:9/", "headers": BEARER}
            assert (await rest.post("/api/endpoints", json=draft)).status_code == 201
            view = (await rest.get("/api/secrets")).json()
    assert view["keptIn"] == "keyring"
    assert [it["keptIn"] for it in view["data"]] == ["keyring"]
    assert list(ring.kept.values()) == ["Bearer s3cret"]
    for path in (tmp_path / "data").rglob("*"):
        assert path.is_dir() or b"s3cret" not in path.read_bytes(), path


async def test_a_keyring_that_waits_for_the_person_holds_no_check_up(tmp_path: Path) -> None:
    """What an older version kept in plain text moves at the start; meanwhile all else goes on."""
    async with Archive.open(tmp_path / "data") as archive:
        await archive.add(an_endpoint(OLD, headers=BEARER, is_active=False), [])
        await archive.add(an_endpoint(OTHER, is_active=False), [])
    ring = MemoryKeyring()
    ring.lets_go.clear()
    settings = Settings(tmp_path / "data", token="t", keyring=True)
    headers = {"Authorization": "Bearer t"}
    async with (
        running_target() as target,
        backend(settings, keyring=SystemKeyring(lambda: ring)) as serving,
        httpx.AsyncClient(base_url=serving.url, headers=headers, timeout=3) as rest,
    ):
        spy = EventSpy(serving.bus)
        try:
            await asyncio.to_thread(ring.asked.wait, 5)
            changed = await rest.patch(f"/api/endpoints/{OTHER}", json={"url": target.url})
            assert changed.status_code == 200
            assert (await rest.post(f"/api/endpoints/{OTHER}/check")).status_code == 200
        finally:
            ring.lets_go.set()
        await spy.wait_for(EndpointUpdated, matching=lambda it: it.endpoint_id == OLD)
        assert "s3cret" not in (await rest.get(f"/api/endpoints/{OLD}")).text
    assert list(ring.kept.values()) == ["Bearer s3cret"]


async def test_a_header_and_a_body_that_are_marked_are_kept_and_asked_with(
    live: LiveBackend,
) -> None:
    sent = {"X-Own": "s3cret-own", "Accept": "text/plain"}
    shop = await live.add(
        method="POST", headers=sent, body={"pin": 1234}, secretHeaders=["x-own"], secretBody=True
    )
    assert is_kept(shop["headers"]["X-Own"])
    assert shop["headers"]["Accept"] == "text/plain"
    assert is_kept(shop["body"], MADE_BODY)
    await live.check(shop["id"])
    assert (live.prober.asked[-1].headers, live.prober.asked[-1].body) == (sent, {"pin": 1234})


async def test_what_is_marked_stays_secret_until_it_is_said_otherwise(live: LiveBackend) -> None:
    shop = await live.add(headers={"X-Own": "a"}, body=["b"], secretHeaders=["X-Own"])
    path = f"/api/endpoints/{shop['id']}"
    steps: list[tuple[dict[str, Any], bool, bool]] = [
        ({"secretBody": True}, True, True),
        ({"headers": {"X-Own": "new"}, "body": ["new"]}, True, True),
        ({"secretHeaders": [], "headers": {"X-Own": "a"}}, False, True),
        ({"secretBody": False, "body": ["b"]}, False, False),
        ({"secretHeaders": ["X-Own"]}, True, False),
    ]
    for sent, header, body in steps:
        view = (await live.rest.patch(path, json=sent)).json()
        assert (is_kept(view["headers"]["X-Own"]), is_kept(view["body"])) == (header, body), sent
    await live.check(shop["id"])
    assert live.prober.asked[-1].headers == {"X-Own": "a"}
    assert live.prober.asked[-1].body == ["b"]


@pytest.mark.parametrize(
    "fields",
    [
        {"headers": {"X-Own": "a {{secret:pin}}"}, "secretHeaders": ["X-Own"]},
        {"headers": {"X-Own": "a"}, "secretHeaders": ["X-Other"]},
        {"secretHeaders": ["X-Other"]},
        {"body": {"a": "{{secret:pin}}"}, "secretBody": True},
        {"secretBody": None},
        {"secretHeaders": "X-Own"},
    ],
)
async def test_what_cannot_be_a_secret_is_refused_and_nothing_is_kept(
    live: LiveBackend, fields: dict[str, Any]
) -> None:
    draft = {"name": "shop", "url": "http://shop.test/"} | fields
    assert (await live.rest.post("/api/endpoints", json=draft)).status_code == 400
    shop = await live.add()
    path = f"/api/endpoints/{shop['id']}"
    assert (await live.rest.patch(path, json=fields)).status_code == 400
    assert (await live.rest.get(path)).json()["headers"] is None
    assert (await live.rest.get("/api/secrets")).json()["data"] == []


async def test_the_list_says_who_uses_a_secret(live: LiveBackend) -> None:
    await live.rest.put("/api/secrets/pin", json={"value": "1"})
    shop = await live.add(headers={"X-Own": "{{secret:pin}}"}, body={"a": "{{secret:pin}}"})
    hook = {"url": "http://127.0.0.1:1/{{secret:pin}}"}
    channel = {"name": "hook", "type": "webhook", "config": hook}
    added = await live.rest.post("/api/notification-channels", json=channel)
    assert added.status_code == 201, added.text
    (pin,) = (await live.rest.get("/api/secrets")).json()["data"]
    assert pin["uses"] == 2
    assert pin["usedBy"] == [
        {"kind": "endpoint", "id": shop["id"], "name": "shop"},
        {"kind": "channel", "id": added.json()["id"], "name": "hook"},
    ]
    for number in range(12):
        await live.add(f"shop {number}", url="http://shop.test/?a={{secret:pin}}")
    again = (await live.rest.put("/api/secrets/pin", json={"value": "2"})).json()
    assert (again["uses"], len(again["usedBy"])) == (14, 10)
