"""A still world for the pictures: one time zone, one moment; and the option to renew them."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from tests.snapshots.past import NOW

_NOISE = "This plugin does not support"
_HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-pictures",
        action="store_true",
        help="keep what the window looks like now as what it should look like",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(_NOISE, extend=True))


@pytest.fixture
def renews(request: pytest.FixtureRequest) -> bool:
    """Whether pictures are renewed; the option is known when this folder is named."""
    return bool(request.config.getoption("renew_pictures", default=False))


@pytest.fixture
def still_world(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let it be 14:05:09, nine hours east, for as long as the test runs."""
    # A time zone that needs no table of the system. The moment is told as a number, or it would
    # bring its own zone along.
    monkeypatch.setenv("TZ", "KST-9")
    time.tzset()
    with time_machine.travel(NOW.timestamp(), tick=False):
        yield
    monkeypatch.undo()
    time.tzset()
