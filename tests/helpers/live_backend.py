"""A whole backend in the test's own process: real sockets, a real archive, scripted targets.

For tests of what it says over REST and Socket.IO. The walk is driven by asking for checks by hand,
so that nothing depends on time.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from backend.config import Settings
from backend.engine.bus import Bus
from backend.main import backend
from tests.helpers.event_spy import EventSpy
from tests.helpers.scripted_prober import ScriptedProber

TOKEN = "the-token-of-this-test"
ALLOWED_ORIGIN = "https://status.example"


@dataclass
class LiveBackend:
    """A backend that serves, and a client that holds its token."""

    url: str
    rest: httpx.AsyncClient
    bus: Bus
    spy: EventSpy
    prober: ScriptedProber

    @property
    def port(self) -> int:
        """The port it serves on."""
        return int(self.url.rsplit(":", 1)[1])

    async def add(self, name: str = "shop", **fields: object) -> dict[str, Any]:
        """Add an endpoint that is checked only by hand, unless told otherwise; return it."""
        draft = {"name": name, "url": "http://shop.test/", "checkInterval": 86_400} | fields
        answer = await self.rest.post("/api/endpoints", json=draft)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def check(self, endpoint_id: str) -> dict[str, Any]:
        """Check an endpoint by hand and return the result."""
        answer = await self.rest.post(f"/api/endpoints/{endpoint_id}/check")
        assert answer.status_code == 200, answer.text
        return answer.json()


@asynccontextmanager
async def live_backend(data_dir: Path) -> AsyncIterator[LiveBackend]:
    """Run a backend until the block ends."""
    prober = ScriptedProber()
    settings = Settings(
        data_dir, token=TOKEN, wrong_token_wait_s=0, allowed_origins=(ALLOWED_ORIGIN,)
    )
    async with backend(settings, prober=prober) as serving:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(
            base_url=serving.url, headers=headers, trust_env=False, timeout=10
        ) as rest:
            yield LiveBackend(serving.url, rest, serving.bus, EventSpy(serving.bus), prober)
