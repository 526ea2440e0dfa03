"""What every end-to-end test has: a real target that can be told how to answer."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.helpers.target_server import TargetServer, running_target


@pytest_asyncio.fixture
async def target() -> AsyncIterator[TargetServer]:
    """A real HTTP server on loopback that answers 200."""
    async with running_target() as server:
        yield server
