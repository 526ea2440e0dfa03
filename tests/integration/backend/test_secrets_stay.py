"""Secrets of our own are set wherever one can be, and then looked for wherever they must not be.

The backend is a process of its own with all that it writes, tells and is; where a secret may be
found is written down here, and everything else is a leak.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from PySide6.QtWidgets import QApplication

from app.interchange import results_table, vigil_file
from app.presenters.reporting import report_of
from app.services.child import Address
from app.services.failures import RestFailure
from app.services.rest import Rest
from backend.contract.resources import EndpointView
from backend.contract.vocabulary import Period
from backend.contract.wire import instant
from tests.backend.api.test_every_door import every_route
from tests.helpers.program import Backend, running_backend, running_program
from tests.helpers.socket_client import connected
from tests.helpers.target_server import Answer, TargetServer, running_target
from widgets.report import document_of
from widgets.report_values import Report

TOKEN = "mark-token-4f1c9a"
HEADERS = {
    "Authorization": "Bearer mark-bearer-77aa01",
    "Cookie": "sid=mark-cookie-77aa02",
    "X-Api-Key": "mark-key-77aa03",
    "X-Own": "mark-own-77aa04",
    "X-Marked": "mark-marked-77aa09",
    "Referer": "mark-referer-77aa10",
}
OF_ENDPOINT = {
    "bearer": "mark-bearer-77aa01",
    "cookie": "mark-cookie-77aa02",
    "key": "mark-key-77aa03",
    "own": "mark-own-77aa04",
    "password": "mark-password-77aa05",
    "query": "mark-query-77aa06",
    "body": "mark-body-77aa07",
    "named": "mark-named-77aa08",
    "marked": "mark-marked-77aa09",
    "referer": "mark-referer-77aa10",
    "secret body": "mark-inside-77aa11",
}
HIDDEN = {"bearer", "cookie", "key", "password", "named", "marked", "referer", "secret body"}
"""What of an endpoint is kept as a secret: nobody is told it but the endpoint itself."""

SHOWN = set(OF_ENDPOINT) - HIDDEN
"""What else it asks for; its value is part of what it is."""

OF_CHANNEL = {
    "webhook url": "mark-hook-88bb01",
    "webhook header": "mark-header-88bb02",
    "webhook key": "mark-signing-88bb03",
    "slack url": "mark-slack-88bb04",
    "mail": "mark-mail-88bb05",
    "apprise": "mark-apprise-88bb06",
}
ALL = {"token": TOKEN, **OF_ENDPOINT, **OF_CHANNEL}

SETTINGS = {
    "GET /api/endpoints",
    "GET /api/endpoints/{id}",
}
"""They show an endpoint as it was set to who holds the token, so that it can be changed."""

ADDRESSES = {"GET /api/incidents/{id}"}
"""They show its address as it was set."""


def found_in(text: str | bytes, among: Iterable[str] = ALL) -> set[str]:
    """Return the names of the secrets in a text."""
    content = text.encode() if isinstance(text, str) else text
    return {name for name in among if ALL[name].encode() in content}


def draft(target: TargetServer, **fields: object) -> dict[str, object]:
    """Return an endpoint with a secret in every place that takes one."""
    host = target.url.removeprefix("http://")
    return {
        "name": "shop",
        "url": f"http://kim:{OF_ENDPOINT['password']}@{host}/x?key={OF_ENDPOINT['query']}",
        "method": "POST",
        "headers": HEADERS,
        "secretHeaders": ["X-Marked", "referer"],
        "body": {"password": OF_ENDPOINT["body"], "pin": "{{secret:pin}}"},
        "failureThreshold": 1,
        "checkInterval": 86_400,
    } | fields


def channels(target: TargetServer) -> list[dict[str, Any]]:
    """Return a channel of every type, each with all the secrets it takes."""
    host = target.url.removeprefix("http://")
    return [
        {
            "type": "webhook",
            "config": {
                "url": f"{target.url}/hook?code={OF_CHANNEL['webhook url']}",
                "headers": {"X-Hook": OF_CHANNEL["webhook header"]},
                "secret": OF_CHANNEL["webhook key"],
            },
        },
        {"type": "slack", "config": {"webhookUrl": f"{target.url}/{OF_CHANNEL['slack url']}"}},
        {
            "type": "email",
            "config": {
                "host": "127.0.0.1",
                "port": 1,
                "security": "none",
                "user": "kim",
                "password": OF_CHANNEL["mail"],
                "from": "vigil@a.example",
                "to": ["kim@a.example"],
            },
        },
        {
            "type": "apprise",
            "config": {"url": f"json://kim:{OF_CHANNEL['apprise']}@{host}/apprise"},
        },
    ]


async def live_through_much(
    rest: httpx.AsyncClient, target: TargetServer, backend: Backend
) -> dict[str, str]:
    """Add, check, fail, alert, change and be refused; return ids by collection."""
    ids: dict[str, str] = {}
    for each in channels(target):
        answer = await rest.post("/api/notification-channels", json={"name": each["type"]} | each)
        assert answer.status_code == 201, answer.text
        ids["notification-channels"] = answer.json()["id"]
        await rest.post(f"/api/notification-channels/{ids['notification-channels']}/test")
    # The target echoes all that it is sent, as a careless one would.
    await rest.put("/api/secrets/pin", json={"value": OF_ENDPOINT["named"]})
    host, own = target.url.removeprefix("http://"), [*HEADERS.values(), OF_ENDPOINT["password"]]
    hidden = {
        "url": f"http://kim:{OF_ENDPOINT['password']}@{host}/y?key={OF_ENDPOINT['query']}",
        "body": {"deep": [{"pin": OF_ENDPOINT["secret body"]}]},
        "secretBody": True,
    }
    for path, inside in (("x", "named"), ("y", "secret body")):
        echoed = json.dumps([*own, OF_ENDPOINT[inside]])
        target.answers[f"/{path}?key={OF_ENDPOINT['query']}"] = Answer(
            status=500, body=echoed.encode(), headers={"Set-Cookie": HEADERS["Cookie"], "X": echoed}
        )
    added = await rest.post("/api/endpoints", json=draft(target))
    assert added.status_code == 201, added.text
    ids["endpoints"] = added.json()["id"]
    checked = await rest.post(f"/api/endpoints/{ids['endpoints']}/check")
    assert checked.json()["statusCode"] == 500
    await rest.patch(f"/api/endpoints/{ids['endpoints']}", json={"tags": ["paid"]})
    await target.wait_for_hits(1, path=f"/hook?code={OF_CHANNEL['webhook url']}")
    (incident,) = (await rest.get("/api/incidents")).json()["data"]
    ids["incidents"] = incident["id"]
    for fields in ({}, hidden):
        tried = await rest.post("/api/endpoints/preview", json=draft(target, **fields))
        assert tried.status_code == 200, tried.text
        assert found_in(tried.text) == {"query"}
    secret = await rest.post("/api/endpoints", json=draft(target, name="secret", **hidden))
    assert secret.status_code == 201, secret.text
    await rest.post(f"/api/endpoints/{secret.json()['id']}/check")
    assert OF_ENDPOINT["secret body"].encode() in target.requests[-1].raw, "it is asked with"
    away = f"http://kim:{OF_ENDPOINT['password']}@127.0.0.1:1/?k={OF_ENDPOINT['query']}"
    gone = await rest.post("/api/endpoints", json=draft(target, name="gone", url=away))
    await rest.post(f"/api/endpoints/{gone.json()['id']}/check")
    for wrong in ({"url": f"ftp://{OF_ENDPOINT['password']}"}, {"headers": {"A\n": TOKEN}}):
        assert (await rest.post("/api/endpoints", json=draft(target, **wrong))).status_code == 400
    async with httpx.AsyncClient(base_url=backend.url, trust_env=False) as stranger:
        await stranger.get(f"/api/{TOKEN}?token={TOKEN}", headers={"Authorization": TOKEN})
        await stranger.get("/api/health", headers={"Authorization": f"Bearer {TOKEN}x"})
    return ids


async def every_answer(rest: httpx.AsyncClient, ids: dict[str, str]) -> dict[str, str]:
    """Return what every route that is read says, by route."""
    said: dict[str, str] = {}
    for method, path in every_route():
        if method == "GET":
            collection = path.split("/")[2] if path.startswith("/api/") else ""
            filled = path.replace("{id}", ids.get(collection, "")).replace("{name}", "start.js")
            answer = await rest.get(filled)
            assert answer.status_code == 200, filled
            said[f"GET {path}"] = f"{answer.headers}{answer.text}"
    return said


async def passed_on(backend: Backend, views: Iterable[EndpointView]) -> tuple[bytes, str]:
    """Return the table of checks and the report, of which the PDF is printed, of some endpoints."""
    now = datetime.now(UTC)
    span = now - timedelta(days=1), now
    rest, chosen = Rest(), list(views)
    await rest.set_address(Address(backend.url, backend.token))
    table = results_table.head()
    for view in chosen:
        checks = await rest.check_results(view.id, span=span, limit=100)
        assert not isinstance(checks, RestFailure)
        table += results_table.lines(view, checks.results)
    report = await report_of(rest, chosen, Period.DAY, span, lambda _done, _all: None)
    assert isinstance(report, Report)
    await rest.aclose()
    return table, document_of(report, now).toHtml()


@pytest.mark.timeout(60)
async def test_no_secret_is_found_where_it_may_not_be(tmp_path: Path, qapp: QApplication) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with running_target() as target, running_backend(tmp_path, token=TOKEN) as backend:
        async with (
            connected(backend.url, TOKEN) as client,
            httpx.AsyncClient(
                base_url=backend.url, headers=headers, trust_env=False, timeout=20
            ) as rest,
        ):
            await client.ask("subscribe:all")
            ids = await live_through_much(rest, target, backend)
            await client.catch_up()
            events = client.heard
            said = await every_answer(rest, ids)
            views = (await rest.get("/api/endpoints")).json()["data"]
            table, report = await passed_on(backend, map(EndpointView.model_validate, views))
            assert b"Expected status" in table, "the checks are in it"
            assert "Expected status" in report, "the incidents are in it"
            assert found_in(table) | found_in(report) == set()

        _look_at_answers(said)
        _look_at_events(events)
        _look_at_deliveries(target)
        assert found_in(_seen_from_outside(backend.program.pid)) == set()

        exported = tmp_path / "endpoints.json"
        data = str(tmp_path / "data")
        for command in (["export", str(exported)], ["doctor"]):
            arguments = ["-m", "backend", *command, "--data-dir", data]
            async with running_program(*arguments, home=tmp_path / "second") as program:
                await program.wait_for_exit()
                assert found_in(program.said()) == set(), command
        backend.program.close_input()
        await backend.program.wait_for_exit()
        assert found_in(backend.program.said()) == set()

    _look_at_files(tmp_path / "data")
    by_desktop = vigil_file.document(map(EndpointView.model_validate, views), instant(0))
    for export in (exported.read_bytes(), by_desktop.content):
        # What an endpoint sends and asks for is what it is; the rest stays at home.
        assert found_in(export) == {"query", "body"}


def _seen_from_outside(pid: int) -> bytes:
    """Return what every process of this computer can see of another one, and some more."""
    process = Path(f"/proc/{pid}")
    return b"".join((process / name).read_bytes() for name in ("cmdline", "environ", "comm"))


def _look_at_answers(said: dict[str, str]) -> None:
    allowed = {
        **dict.fromkeys(SETTINGS, SHOWN),
        **{route: {"query"} for route in ADDRESSES},
    }
    leaks = {route: found_in(text) - allowed.get(route, set()) for route, text in said.items()}
    assert {route: found for route, found in leaks.items() if found} == {}
    assert found_in(said["GET /api/endpoints/{id}"]) == SHOWN, "they are looked for"


def _look_at_events(events: list[tuple[str, dict[str, Any]]]) -> None:
    names = {name for name, _ in events}
    assert names >= {"endpoint:created", "incident:started", "check:completed"}
    for name, data in events:
        of_settings = name in ("endpoint:created", "endpoint:updated")
        assert found_in(json.dumps(data)) <= (SHOWN if of_settings else set()), name


def _look_at_deliveries(target: TargetServer) -> None:
    own = {
        "/hook": {"webhook url", "webhook header"},
        "/mark-slack": {"slack url"},
        "/apprise": set(),  # its password goes as Basic credentials
    }
    told = 0
    for request in target.requests:
        for path, allowed in own.items():
            if request.path.startswith(path):
                told += 1
                assert found_in(request.raw) <= allowed, request.raw
    assert told >= 4, "tests and an incident were told"


def _look_at_files(folder: Path) -> None:
    """The archive holds what is set and the vault's file the secrets, for their owner alone."""
    kept: set[str] = set()
    for path in folder.rglob("*"):
        if path.is_file():
            found = found_in(path.read_bytes())
            if path == folder / "secrets.json":
                assert found == HIDDEN | set(OF_CHANNEL)
                assert path.stat().st_mode & 0o077 == 0
            elif path.parent == folder and path.name.startswith("vigil."):
                kept |= found
                assert path.stat().st_mode & 0o077 == 0
            else:
                assert found == set(), path
    assert kept == SHOWN, "they are looked for"
    _look_at_rows(folder)


def _look_at_rows(folder: Path) -> None:
    """In the archive itself, secrets are in what is set and in the events that told of it."""
    (path,) = folder.glob("*.db")
    allowed = {
        "endpoints": SHOWN,
        "events": SHOWN,
        "outbox": {"query"},  # the address; what is sent of it is another matter
        "evidence": {"query"},  # the address that answered
    }
    with closing(sqlite3.connect(path)) as archive:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for line in archive.iterdump():
            if line.startswith("INSERT INTO"):
                found[line.split('"')[1]] |= found_in(line)
    assert found["evidence"], "the evidence was kept"
    assert {name: it - allowed.get(name, set()) for name, it in found.items()} == {
        name: set() for name in found
    }
