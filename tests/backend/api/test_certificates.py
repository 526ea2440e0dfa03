"""Until when a target's certificate is valid, as its own page shows it."""

import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import trustme

from backend.config import Settings
from backend.main import backend
from tests.helpers.target_server import Answer, running_target

ENDS = datetime.now(UTC).replace(microsecond=0) + timedelta(days=23)


@pytest.fixture
async def rest(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a backend that asks real targets."""
    async with (
        backend(Settings(tmp_path / "data", token="t")) as serving,
        httpx.AsyncClient(
            base_url=f"{serving.url}/api",
            headers={"Authorization": "Bearer t"},
            trust_env=False,
            timeout=10,
        ) as client,
    ):
        yield client


def secured(ends: datetime) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1", not_after=ends).configure_cert(context)
    return context


async def add(rest: httpx.AsyncClient, url: str) -> str:
    draft = {"name": "Target", "url": url, "verifyTls": False, "checkInterval": 3600}
    return (await rest.post("/endpoints", json=draft)).json()["id"]


async def until(rest: httpx.AsyncClient, key: str) -> object:
    return (await rest.get(f"/endpoints/{key}")).json()["certificateUntil"]


async def test_an_endpoint_tells_when_the_certificate_ends_that_was_seen_last(
    rest: httpx.AsyncClient,
) -> None:
    async with running_target(Answer(), tls=secured(ENDS)) as target:
        key = await add(rest, target.url)
        await rest.post(f"/endpoints/{key}/check")
        assert await until(rest, key) == f"{ENDS:%Y-%m-%dT%H:%M:%S}.000Z"
    # It is gone, and its certificate is what it was.
    await rest.post(f"/endpoints/{key}/check")
    assert await until(rest, key) == f"{ENDS:%Y-%m-%dT%H:%M:%S}.000Z"
    renewed = ENDS + timedelta(days=90)
    async with running_target(Answer(), tls=secured(renewed)) as target:
        await rest.patch(f"/endpoints/{key}", json={"url": target.url})
        await rest.post(f"/endpoints/{key}/check")
        assert await until(rest, key) == f"{renewed:%Y-%m-%dT%H:%M:%S}.000Z"


async def test_a_target_without_a_certificate_has_no_end_of_one(rest: httpx.AsyncClient) -> None:
    async with (
        running_target(Answer(), tls=secured(ENDS)) as before,
        running_target(Answer()) as target,
    ):
        key = await add(rest, before.url)
        await rest.post(f"/endpoints/{key}/check")
        assert await until(rest, key) is not None
        await rest.patch(f"/endpoints/{key}", json={"url": target.url})
        await rest.post(f"/endpoints/{key}/check")
        assert await until(rest, key) is None
