"""What every end-to-end test has: a target that can be told how to answer, and what is driven."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.helpers import bundle
from tests.helpers.bundle import bundle_folder, packaged
from tests.helpers.target_server import TargetServer, running_target

__all__ = ["bundle_folder", "packaged", "target", "under_test"]


@pytest_asyncio.fixture
async def target() -> AsyncIterator[TargetServer]:
    """A real HTTP server on loopback that answers 200."""
    async with running_target() as server:
        yield server


@pytest.fixture(
    autouse=True,
    params=["checkout", pytest.param("bundle", marks=[pytest.mark.bundle, pytest.mark.long])],
)
def under_test(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drive the checkout, and in the long run the packaged program through the same scenes."""
    if request.param == "bundle":
        monkeypatch.setenv(bundle.UNDER_TEST, str(request.getfixturevalue("packaged")))
