"""Channels over REST, on a whole backend: what is accepted, shown, hidden, and delivered."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from backend.config import Settings
from backend.contract.events import NotificationSent
from backend.main import backend
from backend.storage.database import FILE_NAME
from tests.helpers.event_spy import EventSpy
from tests.helpers.scripted_prober import ScriptedProber, ok, refused
from tests.helpers.target_server import Answer, TargetServer, running_target

CHANNELS = "/api/notification-channels"
MASK = "********"
SECRETS = {
    "email": {
        "host": "mail.test",
        "port": 25,
        "security": "none",
        "user": "me",
        "password": "s3cret",
        "from": "v@x.test",
        "to": ["a@x.test"],
    },
    "slack": {"webhookUrl": "https://hooks.slack.test/services/s3cret"},
    "webhook": {
        "url": "https://api.test/s3cret",
        "headers": {"Authorization": "s3cret"},
        "secret": "s3cret",
    },
    "apprise": {"url": "json://me:s3cret@api.test/"},
}


class Counter:
    """A client of a running backend."""

    def __init__(self, client: httpx.AsyncClient, prober: ScriptedProber, spy: EventSpy) -> None:
        self.client, self.prober, self.spy = client, prober, spy

    async def add(self, kind: str = "webhook", **fields: Any) -> httpx.Response:
        draft = {"name": "ops", "type": kind, "config": SECRETS[kind], **fields}
        return await self.client.post(CHANNELS, json=draft)


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    prober = ScriptedProber()
    async with backend(Settings(tmp_path / "data", token="t"), prober=prober) as running:
        headers = {"Authorization": "Bearer t"}
        async with httpx.AsyncClient(base_url=running.url, headers=headers) as client:
            yield Counter(client, prober, EventSpy(running.bus))


@pytest.fixture
async def receiver() -> AsyncIterator[TargetServer]:
    async with running_target() as target:
        yield target


@pytest.mark.parametrize("kind", SECRETS)
async def test_a_channel_is_shown_without_its_secrets(counter: Counter, kind: str) -> None:
    added = await counter.add(kind)
    assert added.status_code == 201
    view = added.json()
    assert {"id", "name", "type", "config", "isActive", "createdAt", "updatedAt"} <= view.keys()
    assert view["policy"]["events"] == ["down", "recovered"]
    one = await counter.client.get(f"{CHANNELS}/{view['id']}")
    every = await counter.client.get(CHANNELS)
    assert one.json() == view
    assert every.json() == [view]
    assert MASK in added.text
    assert "s3cret" not in added.text + one.text + every.text


async def test_a_patch_without_the_secret_keeps_it(counter: Counter, tmp_path: Path) -> None:
    view = (await counter.add("webhook")).json()
    sent = {"config": view["config"] | {"headers": {"Authorization": MASK, "X-More": "1"}}}
    changed = await counter.client.patch(f"{CHANNELS}/{view['id']}", json=sent)
    assert changed.status_code == 200
    assert changed.json()["config"]["headers"] == {"Authorization": MASK, "X-More": MASK}
    with closing(sqlite3.connect(tmp_path / "data" / FILE_NAME)) as db:
        (config,) = db.execute("SELECT config FROM channels").fetchone()
    kept = (tmp_path / "data" / "secrets.json").read_text()
    assert "s3cret" not in config
    assert kept.count("s3cret") == 3
    assert MASK not in config + kept


async def test_a_patch_changes_only_what_it_names(counter: Counter) -> None:
    before = (await counter.add("email")).json()
    quiet = {"start": "22:00", "end": "07:00", "timeZone": "Asia/Seoul"}
    after = (
        await counter.client.patch(
            f"{CHANNELS}/{before['id']}",
            json={"isActive": False, "policy": {"quietHours": quiet}, "config": {"port": 2525}},
        )
    ).json()
    changed = {"isActive", "policy", "config", "updatedAt"}
    assert {key: after[key] for key in before if key not in changed} == {
        key: before[key] for key in before if key not in changed
    }
    assert after["policy"] == before["policy"] | {"quietHours": quiet}
    assert after["config"] == before["config"] | {"port": 2525}


async def test_a_deleted_channel_is_gone_with_its_secrets(counter: Counter, tmp_path: Path) -> None:
    channel = (await counter.add()).json()["id"]
    gone = await counter.client.delete(f"{CHANNELS}/{channel}")
    assert gone.status_code == 200
    assert gone.json().keys() == {"message", "deletedAt"}
    assert (await counter.client.get(f"{CHANNELS}/{channel}")).status_code == 404
    with closing(sqlite3.connect(tmp_path / "data" / FILE_NAME)) as db:
        assert db.execute("SELECT count(*) FROM channels").fetchone() == (0,)


@pytest.mark.parametrize(
    ("draft", "names"),
    [
        ({"name": " "}, "name"),
        ({"type": "pigeon"}, "type"),
        ({"config": {}}, "config.url"),
        ({"config": {"url": "ftp://x"}}, "config.url"),
        ({"config": {"url": "http://x", "headers": {"A\nB": "c"}}}, "config.headers"),
        ({"config": {"url": "http://x", "typo": 1}}, "config.typo"),
        ({"type": "apprise", "config": {"url": "nope://x"}}, "config.url"),
        ({"policy": {"events": ["recovered"]}}, "policy"),
        (
            {"policy": {"quietHours": {"start": "1", "end": "07:00", "timeZone": "UTC"}}},
            "quietHours.start",
        ),
        (
            {"policy": {"quietHours": {"start": "01:00", "end": "07:00", "timeZone": "../x"}}},
            "quietHours.timeZone",
        ),
        (
            {
                "type": "email",
                "config": {
                    "host": "h",
                    "from": "a@b.test\nBcc: e@f.test",
                    "to": ["x@y.test"],
                },
            },
            "config.from",
        ),
    ],
)
async def test_an_invalid_channel_is_refused_by_field(
    counter: Counter, draft: dict[str, Any], names: str
) -> None:
    whole = {"name": "ops", "type": "webhook", "config": SECRETS["webhook"]} | draft
    refused = await counter.client.post(CHANNELS, json=whole)
    assert refused.status_code == 400
    message = refused.json()["message"]
    assert names in (message if isinstance(message, str) else " ".join(message))
    assert (await counter.client.get(CHANNELS)).json() == []


async def test_an_invalid_patch_changes_nothing(counter: Counter) -> None:
    view = (await counter.add("email")).json()
    path = f"{CHANNELS}/{view['id']}"
    for sent in (
        {"config": {"port": 0}},
        {"policy": {"events": []}},
        {"name": None},
        {"type": "slack"},
    ):
        assert (await counter.client.patch(path, json=sent)).status_code == 400
    assert (await counter.client.get(path)).json() == view


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE", "POST"])
async def test_a_channel_that_is_not_there_is_a_404(counter: Counter, method: str) -> None:
    path = f"{CHANNELS}/{uuid4()}" + ("/test" if method == "POST" else "")
    body = {"json": {}} if method == "PATCH" else {}
    assert (await counter.client.request(method, path, **body)).status_code == 404


async def test_a_test_message_is_delivered_at_once_and_answered_for(
    counter: Counter, receiver: TargetServer
) -> None:
    channel = (await counter.add(config={"url": receiver.url}, isActive=False)).json()["id"]
    answer = (await counter.client.post(f"{CHANNELS}/{channel}/test")).json()
    assert answer["ok"] is True
    assert answer["results"] == [{"target": "127.0.0.1", "ok": True, "error": None}]
    receiver.answer = Answer(status=404, body=b"no such hook")
    answer = (await counter.client.post(f"{CHANNELS}/{channel}/test")).json()
    assert answer["ok"] is False
    assert answer["results"][0]["error"] == "The server answered 404: no such hook"
    assert receiver.hits == 2


async def test_a_whole_outage_reaches_the_channel_and_the_log(
    counter: Counter, receiver: TargetServer
) -> None:
    await counter.add(config={"url": receiver.url})
    counter.prober.answer = refused()
    draft = {"name": "shop", "url": "http://shop.test/", "failureThreshold": 1}
    shop = (await counter.client.post("/api/endpoints", json=draft)).json()["id"]
    await counter.spy.wait_for(NotificationSent)
    counter.prober.answer = ok()
    await counter.client.post(f"/api/endpoints/{shop}/check")
    log = (await counter.client.get("/api/notifications", params={"endpointId": shop})).json()
    assert log["meta"]["total"] == 2
    assert [(it["kind"], it["status"]) for it in log["data"]] == [
        ("recovered", "UP"),
        ("down", "DOWN"),
    ]
    assert log["data"][1]["state"] == "delivered"
    assert log["data"][0]["state"] == "pending", "within thirty seconds it is gathered"
    delivered = {"state": "delivered", "limit": 1}
    assert (await counter.client.get("/api/notifications", params=delivered)).json()["meta"][
        "total"
    ] == 1
