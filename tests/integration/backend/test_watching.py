"""The backend as a child watches a real server that fails, recovers, and outlives a restart."""

from pathlib import Path
from typing import Any

import httpx

from tests.helpers.program import Backend, running_backend
from tests.helpers.socket_client import SocketClient, connected
from tests.helpers.target_server import Answer, Fault, running_target


def rest_of(backend: Backend) -> httpx.AsyncClient:
    """Return a REST client that holds the backend's token."""
    headers = {"Authorization": f"Bearer {backend.token}"}
    return httpx.AsyncClient(base_url=backend.url, headers=headers, trust_env=False)


async def add(backend: Backend, url: str, **fields: object) -> str:
    """Add an endpoint that is looked at again after a second; return its id."""
    draft = {"name": "shop", "url": url, "checkInterval": 5, "retryInterval": 1} | fields
    async with rest_of(backend) as rest:
        answer = await rest.post("/api/endpoints", json=draft)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]


async def check(backend: Backend, endpoint_id: str) -> dict[str, Any]:
    """Check an endpoint by hand."""
    async with rest_of(backend) as rest:
        return (await rest.post(f"/api/endpoints/{endpoint_id}/check")).json()


def told(client: SocketClient) -> list[str]:
    """Return what a client heard, without the stream of checks."""
    return [
        f"{name} {data.get('currentStatus', '')}".strip()
        for name, data in client.heard
        if name not in ("connected", "check:completed")
    ]


async def test_a_server_that_fails_and_comes_back_is_told_as_it_happens(tmp_path: Path) -> None:
    async with (
        running_target() as target,
        running_backend(tmp_path) as backend,
        connected(backend.url, backend.token) as client,
    ):
        await client.ask("subscribe:all")
        await add(backend, target.url)
        await client.wait_for("endpoint:status-changed")
        target.answer = Answer(503)
        started = await client.wait_for("incident:started")
        target.answer = Answer(200)
        resolved = await client.wait_for("incident:resolved")
        assert started["incidentId"] == resolved["incidentId"]
        assert told(client) == [
            "endpoint:created UNKNOWN",
            "endpoint:status-changed UP",
            "endpoint:status-changed DOWN",
            "incident:started",
            "endpoint:status-changed UP",
            "incident:resolved",
        ]
        failures = [
            data["statusCode"]
            for name, data in client.heard
            if name == "check:completed" and data["status"] == "failure"
        ]
        assert failures[:3] == [503, 503, 503]


async def test_an_incident_stays_open_over_a_kill_and_closes_after_it(tmp_path: Path) -> None:
    async with running_target(Answer(503)) as target:
        async with (
            running_backend(tmp_path) as backend,
            connected(backend.url, backend.token) as client,
        ):
            await client.ask("subscribe:state")
            endpoint_id = await add(backend, target.url, failureThreshold=1)
            started = await client.wait_for("incident:started")
            seen = await client.ask("sync", {})
        # The block's end killed it, without a word.
        async with (
            running_backend(tmp_path) as backend,
            connected(backend.url, backend.token) as client,
        ):
            await client.ask("subscribe:state")
            asked = {"since": seen["seq"], "epoch": seen["epoch"]}
            assert (await client.ask("sync", asked))["events"] == []
            await check(backend, endpoint_id)
            # How it can store is told to whoever subscribes.
            assert set(told(client)) <= {"storage:changed"}, "it is the same outage"
            target.answer = Answer(200)
            await check(backend, endpoint_id)
            resolved = await client.wait_for("incident:resolved")
            assert resolved["incidentId"] == started["incidentId"]
            assert resolved["reason"] == "recovered"
            missed = (await client.ask("sync", asked))["events"]
            assert [event["event"] for event in missed] == [
                "endpoint:status-changed",
                "incident:resolved",
            ]


async def test_a_server_that_never_answers_is_a_failure_at_the_deadline(tmp_path: Path) -> None:
    async with (
        running_target(Answer(fault=Fault.SILENCE)) as target,
        running_backend(tmp_path) as backend,
    ):
        endpoint_id = await add(backend, target.url, timeoutThreshold=300)
        result = await check(backend, endpoint_id)
        assert (result["status"], result["errorMessage"]) == ("failure", "Timeout exceeded")
        assert result["statusCode"] is None


async def test_an_invalid_address_is_named_and_nothing_is_stored(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend, rest_of(backend) as rest:
        answer = await rest.post("/api/endpoints", json={"name": "shop", "url": "http:/oops"})
        assert answer.status_code == 400
        assert answer.json()["message"].startswith("url ")
        assert (await rest.get("/api/endpoints")).json()["data"] == []
