"""What the tests of the packaging have: the bundle, the packages, and a target to look at."""

import pytest

from tests.e2e.conftest import target
from tests.helpers.bundle import bundle_folder, packaged, packages

__all__ = ["bundle_folder", "packaged", "packages", "target"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all of them: they need a bundle, which takes a minute to build."""
    for item in items:
        if "tests/packaging/" in item.path.as_posix():
            item.add_marker(pytest.mark.bundle)
