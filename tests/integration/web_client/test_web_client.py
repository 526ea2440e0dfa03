"""A client from npm that knows nothing but the contract hears all seven events in their shapes."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.helpers.bell import Bell
from tests.helpers.node import installed
from tests.helpers.program import Backend, running_backend
from tests.helpers.target_server import Answer, TargetServer, running_target

HERE = Path(__file__).parent
NUMBER = (int, float)
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")

ENDPOINT = {
    "id": str,
    "name": str,
    "url": str,
    "method": str,
    "headers": (dict, type(None)),
    "body": object,
    "checkInterval": int,
    "expectedStatusCode": int,
    "timeoutThreshold": int,
    "isActive": bool,
    "currentStatus": str,
    "lastResponseTime": (int, float, type(None)),
    "lastCheckedAt": ("instant", type(None)),
    "consecutiveFailures": int,
    "createdAt": "instant",
    "updatedAt": "instant",
    "endpointId": str,
    "seq": int,
}
SHAPES: dict[str, dict[str, Any]] = {
    "check:completed": {
        "endpointId": str,
        "status": {"success", "failure"},
        "responseTime": (int, float, type(None)),
        "statusCode": (int, type(None)),
        "checkedAt": "instant",
        "endpointName": str,
    },
    "endpoint:status-changed": {
        "endpointId": str,
        "previousStatus": {"UP", "DOWN", "DEGRADED", "UNKNOWN"},
        "currentStatus": {"UP", "DOWN", "DEGRADED", "UNKNOWN"},
        "timestamp": "instant",
        "responseTime": (int, float, type(None)),
        "errorMessage": (str, type(None)),
        "endpointName": str,
        "seq": int,
    },
    "incident:started": {
        "incidentId": str,
        "endpointId": str,
        "endpointName": str,
        "startedAt": "instant",
        "failureCount": int,
        "seq": int,
    },
    "incident:resolved": {
        "incidentId": str,
        "endpointId": str,
        "resolvedAt": "instant",
        "duration": NUMBER,
        "reason": {"recovered", "edited", "paused", "deleted"},
        "endpointName": str,
        "seq": int,
    },
    "endpoint:created": ENDPOINT,
    "endpoint:updated": ENDPOINT | {"changes": dict},
    "endpoint:deleted": {"endpointId": str, "name": str, "endpointName": str, "seq": int},
}


def fits(value: object, shape: Any) -> bool:
    """Say whether a JSON value has a shape: a type, some, an instant, or one of some words."""
    if isinstance(shape, set):
        return value in shape
    if isinstance(shape, tuple):
        return any(fits(value, one) for one in shape)
    if shape == "instant":
        return isinstance(value, str) and INSTANT.fullmatch(value) is not None
    if isinstance(value, bool) and shape is not object:
        return shape is bool
    return isinstance(value, shape)


def misfits(data: dict[str, Any], shape: dict[str, Any]) -> dict[str, object]:
    """Return the fields that are missing or of another type."""
    return {
        name: data.get(name, "missing")
        for name, kind in shape.items()
        if name not in data or not fits(data[name], kind)
    }


class WebClient:
    """The Node program, and what it printed."""

    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []
        self._bell = Bell()

    async def listen(self, output: asyncio.StreamReader) -> None:
        """Read what it prints until it ends."""
        while line := await output.readline():
            self.lines.append(json.loads(line))
            self._bell.ring()

    async def wait_for(self, count: int = 1, **matching: str) -> list[dict[str, Any]]:
        """Return the lines that match, once there are that many."""

        def seen() -> list[dict[str, Any]]:
            found = [line for line in self.lines if matching.items() <= line.items()]
            return found if len(found) >= count else []

        return await self._bell.until(seen, f"{count} of {matching}", 20, lambda: self.lines)


@pytest.fixture(scope="session")
def installed_client() -> Path:
    """The client with its libraries, installed from the lock file beside the environment."""
    return installed(HERE / "web_client.mjs")


@asynccontextmanager
async def web_client(
    script: Path, backend: Backend, token: str, calls: list[list[object]]
) -> AsyncIterator[WebClient]:
    """Run the client until the block ends."""
    node = await asyncio.create_subprocess_exec(
        "node", script, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert node.stdin is not None
    assert node.stdout is not None
    client = WebClient()
    try:
        async with asyncio.TaskGroup() as group:
            listening = group.create_task(client.listen(node.stdout), name="listen to node")
            said = {"url": backend.url, "token": token, "calls": calls}
            node.stdin.write(json.dumps(said).encode() + b"\n")
            yield client
            listening.cancel()
    finally:
        node.kill()
        await node.wait()


async def live_through_everything(backend: Backend, target: TargetServer) -> str:
    """Make a target fail and recover, edit and delete its endpoint; return its id."""
    headers = {"Authorization": f"Bearer {backend.token}"}
    async with httpx.AsyncClient(base_url=backend.url, headers=headers, trust_env=False) as rest:
        draft = {"name": "shop", "url": target.url, "checkInterval": 86_400, "retryInterval": 60}
        path = f"/api/endpoints/{(await rest.post('/api/endpoints', json=draft)).json()['id']}"
        for status in (200, 503, 503, 503, 200):
            target.answer = Answer(status)
            assert (await rest.post(path + "/check")).status_code == 200
        assert (await rest.patch(path, json={"name": "till"})).status_code == 200
        assert (await rest.delete(path)).status_code == 200
        return path.rsplit("/", 1)[1]


async def test_a_web_client_hears_all_seven_events_in_the_contracts_shapes(
    tmp_path: Path, installed_client: Path
) -> None:
    async with running_target() as target, running_backend(tmp_path) as backend:
        calls: list[list[object]] = [["subscribe:all"]]
        async with web_client(installed_client, backend, backend.token, calls) as client:
            (greeted,) = await client.wait_for(event="connected")
            (connected,) = [line for line in client.lines if "connected" in line]
            assert greeted["data"] == {"clientId": connected["connected"], "scope": "write"}
            (answer,) = await client.wait_for(call="subscribe:all")
            assert answer["error"] is None
            assert answer["result"]["subscribed"] is True

            endpoint_id = await live_through_everything(backend, target)
            await client.wait_for(event="endpoint:deleted")

    told: dict[str, list[dict[str, Any]]] = {name: [] for name in SHAPES}
    for line in client.lines:
        if line.get("event") in told:
            told[line["event"]].append(line["data"])
    for name, shape in SHAPES.items():
        assert told[name], f"{name} was never told"
        for data in told[name]:
            assert misfits(data, shape) == {}, name
            assert data["endpointId"] == endpoint_id
    changes = [
        (it["previousStatus"], it["currentStatus"]) for it in told["endpoint:status-changed"]
    ]
    assert changes == [("UNKNOWN", "UP"), ("UP", "DOWN"), ("DOWN", "UP")]
    assert told["endpoint:status-changed"][1]["errorMessage"] == "Expected status 200, got 503"
    (started,), (resolved,) = told["incident:started"], told["incident:resolved"]
    assert started["failureCount"] == 3
    assert started["incidentId"] == resolved["incidentId"]
    assert resolved["reason"] == "recovered"
    assert told["endpoint:updated"][0]["changes"] == {"name": "till"}
    assert told["endpoint:deleted"][0]["name"] == "till"


async def test_a_web_client_subscribes_to_one_endpoint_and_is_told_of_its_mistakes(
    tmp_path: Path, installed_client: Path
) -> None:
    async with running_backend(tmp_path) as backend:
        nobody = {"endpointId": "00000000-0000-0000-0000-000000000000"}
        calls: list[list[object]] = [
            ["subscribe:endpoint", nobody],
            ["unsubscribe:endpoint", nobody],
            ["subscribe:nothing", {}],
        ]
        async with web_client(installed_client, backend, backend.token, calls) as client:
            (answer,) = await client.wait_for(call="subscribe:endpoint")
            assert answer["error"]["code"] == "not_found"
            assert answer["result"] is None
            (answer,) = await client.wait_for(call="unsubscribe:endpoint")
            assert answer["error"] is None
            (answer,) = await client.wait_for(call="subscribe:nothing")
            assert answer["error"]["code"] == "unknown_event"


async def test_a_web_client_without_the_token_is_told_that_it_is_refused(
    tmp_path: Path, installed_client: Path
) -> None:
    async with (
        running_backend(tmp_path) as backend,
        web_client(installed_client, backend, "wrong", []) as client,
    ):
        await client.wait_for(refused="unauthorized")
        assert not any("connected" in line for line in client.lines)
