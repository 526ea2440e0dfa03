"""A live backend, with a client that may ask it anything."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.helpers.live_backend import LiveBackend, live_backend


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[LiveBackend]:
    """A backend without endpoints."""
    async with live_backend(tmp_path / "data") as live:
        yield live
