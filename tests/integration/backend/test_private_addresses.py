"""A server that may not reach private addresses reaches none, by whatever way it is led there."""

from pathlib import Path

import httpx
import pytest

from tests.helpers.program import running_backend
from tests.helpers.target_server import Answer, running_target

REFUSED = "This server does not connect to private addresses"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.1.2.3", "0.0.0.0"]
)
async def test_no_check_reaches_a_private_address(tmp_path: Path, host: str) -> None:
    async with (
        running_target() as target,
        running_backend(tmp_path, "--no-private-addresses") as backend,
    ):
        headers = {"Authorization": f"Bearer {backend.token}"}
        async with httpx.AsyncClient(base_url=backend.url, headers=headers) as rest:
            url = target.url.replace("127.0.0.1", host)
            tried = (await rest.post("/api/endpoints/preview", json={"url": url})).json()
            added = await rest.post(
                "/api/endpoints", json={"name": "a", "url": url, "failureThreshold": 1}
            )
            checked = await rest.post(f"/api/endpoints/{added.json()['id']}/check")
            incidents = (await rest.get("/api/incidents")).json()["data"]
    assert tried["result"]["errorMessage"] == REFUSED
    assert (checked.json()["errorMessage"], checked.json()["reason"]) == (REFUSED, "ours")
    assert incidents == [], "it is nobody's outage"
    assert target.requests == []


async def test_a_redirect_out_of_an_allowed_network_is_not_followed(tmp_path: Path) -> None:
    options = ("--no-private-addresses", "--allow-network", "127.0.0.1/32")
    async with running_target() as target, running_backend(tmp_path, *options) as backend:
        elsewhere = target.url.replace("127.0.0.1", "127.0.0.2")
        target.answers["/x"] = Answer(status=302, headers={"Location": f"{elsewhere}/inner"})
        headers = {"Authorization": f"Bearer {backend.token}"}
        async with httpx.AsyncClient(base_url=backend.url, headers=headers) as rest:

            async def preview(url: str) -> dict:
                answer = await rest.post("/api/endpoints/preview", json={"url": url})
                return answer.json()["result"]

            allowed = await preview(f"{target.url}/y")
            led_away = await preview(f"{target.url}/x")
    assert allowed["statusCode"] == 200
    assert led_away["errorMessage"] == REFUSED
    assert [request.path for request in target.requests] == ["/y", "/x"]


@pytest.mark.parametrize("kind", ["webhook", "slack", "apprise", "email"])
async def test_no_channel_reaches_a_private_address(tmp_path: Path, kind: str) -> None:
    async with (
        running_target() as target,
        running_backend(tmp_path, "--no-private-addresses") as backend,
    ):
        port = int(target.url.rsplit(":", 1)[1])
        configs = {
            "webhook": {"url": target.url},
            "slack": {"webhookUrl": target.url},
            "apprise": {"url": f"json://127.0.0.1:{port}/"},
            "email": {
                "host": "127.0.0.1",
                "port": port,
                "security": "none",
                "from": "a@a.example",
                "to": ["b@a.example"],
            },
        }
        headers = {"Authorization": f"Bearer {backend.token}"}
        async with httpx.AsyncClient(base_url=backend.url, headers=headers, timeout=40) as rest:
            draft = {"name": kind, "type": kind, "config": configs[kind]}
            added = await rest.post("/api/notification-channels", json=draft)
            tested = await rest.post(f"/api/notification-channels/{added.json()['id']}/test")
    assert tested.json()["ok"] is False
    assert target.requests == []
