"""A backend of a desktop keeps secrets in the session's real keyring, and finds them again."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import httpx
import pytest

from tests.helpers.program import running_backend
from tests.helpers.secret_service import running_secret_service
from tests.helpers.session_bus import running_session_bus
from tests.helpers.target_server import running_target

SECRET = "Bearer mark-keyring-5f02"
LATER = "Bearer mark-keyring-5f03"


@pytest.fixture
async def keyring(tmp_path: Path) -> AsyncIterator[dict[str, str]]:
    """Run a keyring, and return what a backend needs to find it."""
    async with (
        running_session_bus() as bus,
        running_secret_service(bus, tmp_path / "keyring") as environment,
    ):
        yield environment


@asynccontextmanager
async def backend_with(home: Path, keyring: dict[str, str]) -> AsyncIterator[httpx.AsyncClient]:
    """Run a backend that keeps secrets in a keyring; yield a client of it."""
    async with (
        running_backend(home, "--keyring", environment=keyring) as backend,
        httpx.AsyncClient(
            base_url=backend.url,
            headers={"Authorization": f"Bearer {backend.token}"},
            trust_env=False,
        ) as rest,
    ):
        yield rest


def files_with(mark: str, folder: Path) -> list[Path]:
    """Return the files in which a secret can be read."""
    return [it for it in folder.rglob("*") if it.is_file() and mark.encode() in it.read_bytes()]


async def test_a_secret_is_in_the_keyring_alone_and_still_sent_after_a_restart(
    tmp_path: Path, keyring: dict[str, str]
) -> None:
    async with running_target() as target:
        draft = {"name": "a", "url": target.url, "checkInterval": 86_400}
        async with backend_with(tmp_path, keyring) as rest:
            added = await rest.post(
                "/api/endpoints", json=draft | {"headers": {"Authorization": SECRET}}
            )
            assert added.status_code == 201, added.text
            path = f"/api/endpoints/{added.json()['id']}"
            await rest.post(f"{path}/check")
        async with backend_with(tmp_path, keyring) as rest:
            await rest.post(f"{path}/check")
            await rest.patch(path, json={"headers": {"Authorization": LATER}})
            await rest.post(f"{path}/check")
        sent = [it.headers.get("authorization") for it in target.requests]
    assert SECRET in sent
    assert sent[-1] == LATER
    assert not files_with("mark-keyring", tmp_path)
    with closing(sqlite3.connect(tmp_path / "data" / "vigil.db")) as db:
        assert "mark-keyring" not in "".join(db.iterdump())
