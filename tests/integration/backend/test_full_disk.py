"""The real backend on a disk that fills up: it says so, gives alarm all the same, and recovers."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.helpers.program import Program, running_program
from tests.helpers.socket_client import SocketClient, connected
from tests.helpers.target_server import Answer, running_target

TOKEN = "the-token-of-this-test"


def _may_mount() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    tried = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    try:
        return subprocess.run(tried, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


pytestmark = pytest.mark.skipif(not _may_mount(), reason="this system lets nobody mount a disk")


@dataclass
class SmallDisk:
    """A backend on a disk of four megabytes."""

    program: Program
    pid: int
    folder: Path
    rest: httpx.AsyncClient
    socket: SocketClient

    @property
    def filler(self) -> Path:
        return Path(f"/proc/{self.pid}/root{self.folder}/filler")

    def fill(self) -> None:
        """Leave no byte free."""
        with self.filler.open("ab", buffering=0) as file:
            size = 1 << 20
            while size:
                try:
                    file.write(b"x" * size)
                except OSError:
                    size //= 2

    def free(self) -> None:
        self.filler.unlink()


@asynccontextmanager
async def small_disk(home: Path) -> AsyncIterator[SmallDisk]:
    folder = home / "data"
    folder.mkdir()
    backend = ("-m", "backend", "--data-dir", str(folder), "--token-stdin")
    helper = ("-m", "tests.helpers.on_small_disk", str(folder), "4m")
    async with running_program(*helper, *backend, home=home) as program:
        program.say(TOKEN)
        ready = json.loads(await program.wait_for_line(lambda line: line.startswith("{")))
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with (
            httpx.AsyncClient(
                base_url=ready["url"], headers=headers, trust_env=False, timeout=10
            ) as rest,
            connected(ready["url"], TOKEN) as client,
        ):
            yield SmallDisk(program, ready["pid"], folder, rest, client)


async def test_a_full_disk_stores_nothing_gives_alarm_from_memory_and_heals_by_itself(
    tmp_path: Path,
) -> None:
    async with running_target() as shop, running_target() as hook, small_disk(tmp_path) as disk:
        await disk.socket.ask("subscribe:state")
        assert (await disk.socket.wait_for("storage:changed"))["trouble"] is None
        channel = {"name": "hook", "type": "webhook", "config": {"url": hook.url}}
        assert (await disk.rest.post("/api/notification-channels", json=channel)).is_success
        draft = {"name": "shop", "url": shop.url, "checkInterval": 5, "failureThreshold": 1}
        added = (await disk.rest.post("/api/endpoints", json=draft)).json()
        await disk.socket.wait_for("endpoint:status-changed")

        disk.fill()
        refused = await disk.rest.post("/api/endpoints", json=draft | {"name": "another"})
        while refused.is_success:  # what was free within the files is used up first
            refused = await disk.rest.post("/api/endpoints", json=draft | {"isActive": False})
        assert refused.status_code == 507
        assert refused.json()["message"] == "nothing was stored: the disk is full"
        assert (await disk.socket.wait_for("storage:changed", 2))["trouble"] == "full"
        health = (await disk.rest.get("/api/self")).json()
        assert health["storage"]["trouble"] == "full"
        assert health["storingFailures"] > 0

        shop.answer = Answer(status=503)
        down = await disk.socket.wait_for("incident:started")
        assert down["seq"] == 0, "told, though it is not stored"
        await hook.wait_for_hits(1)
        alarm = json.loads(hook.requests[0].body)
        assert "shop" in json.dumps(alarm)
        asked_anew = (await disk.socket.ask("sync", {"since": 10**9, "epoch": None}))["snapshot"]
        (seen,) = [it for it in asked_anew["endpoints"] if it["endpoint"]["id"] == added["id"]]
        assert seen["endpoint"]["currentStatus"] == "DOWN", "what is judged, not what is stored"
        checks = await disk.rest.get(f"/api/endpoints/{added['id']}")
        assert checks.json()["currentStatus"] == "UP"

        disk.free()
        assert (await disk.socket.wait_for("storage:changed", 3))["trouble"] is None
        again = await disk.socket.wait_for("incident:started", 2)
        assert again["seq"] > 0
        assert {**again, "seq": 0} == down
        (incident,) = (await disk.rest.get("/api/incidents")).json()["data"]
        assert incident["id"] == down["incidentId"]
        log = (await disk.rest.get("/api/notifications")).json()["data"]
        assert [it["state"] for it in log] == ["delivered"]
        assert (await disk.rest.post(f"/api/endpoints/{added['id']}/check")).is_success
        assert hook.hits == 1, "told once"
        assert "Traceback" not in disk.program.said()
