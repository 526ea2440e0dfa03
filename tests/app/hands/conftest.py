"""The still world of the pictures, for what hands do in it."""

from pathlib import Path

import pytest

from tests.snapshots.conftest import still_world

__all__ = ["still_world"]

_NOISE = "This plugin does not support"
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(_NOISE, extend=True))
