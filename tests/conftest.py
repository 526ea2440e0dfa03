"""Settings every test shares: Qt without a screen, garbage, no end-to-end test left out unseen."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

# Before Qt is imported, or pytest-qt aborts the process where there is no screen. Tests that want
# a real window run the program as a child on a screen of its own (tests/helpers/display.py).
# Its own screen of 800 x 800 is smaller than the window: menus would open somewhere else.
_SCREEN = Path(__file__).parent / "helpers" / "screen.json"
os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={_SCREEN}")

# Xvfb, D-Bus and /proc: the stage of the end-to-end tests stands on Linux only; elsewhere letters
# are drawn another way than in the pictures.
collect_ignore_glob = (
    [] if sys.platform == "linux" else ["e2e/*", "integration/stage/*", "snapshots/*"]
)

pytest_plugins = ["tests.helpers.leftovers"]

_FONTCONFIG = "FONTCONFIG_FILE"
_END_TO_END = Path(__file__).parent / "e2e"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything under tests/e2e, so that no forgotten mark is a hole in the rule below."""
    for item in items:
        if item.path.is_relative_to(_END_TO_END):
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[pytest.TestReport]:
    """Fail a skipped end-to-end test where CI is set: there, nothing may be missing."""
    report = yield
    if report.skipped and "CI" in os.environ and item.get_closest_marker("e2e"):
        report.outcome = "failed"
        report.longrepr = f"an end-to-end test may not be skipped here: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[pytest.CollectReport]:
    """Fail a skipped module of end-to-end tests likewise."""
    report = yield
    if report.skipped and "CI" in os.environ and collector.path.is_relative_to(_END_TO_END):
        report.outcome = "failed"
        report.longrepr = f"end-to-end tests may not be skipped here: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Let Qt start without this machine's fonts: every one lays out and draws alike then."""
    os.environ[_FONTCONFIG] = str(Path(__file__).parent / "helpers" / "no_fonts.conf")
    return ["vigil", "-style", "fusion"]


@pytest.fixture(scope="session")
def qapp(qapp: "QApplication") -> "QApplication":
    """Keep that from programs that tests start: what they draw with is their own affair."""
    from PySide6.QtGui import QFontDatabase  # noqa: PLC0415 - most tests need no Qt

    QFontDatabase.families()  # from now on Qt knows what there is
    del os.environ[_FONTCONFIG]
    return qapp


def pytest_configure() -> None:
    """Let no thread collect garbage: a Qt object that dies outside the main thread is a crash."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Look no more at what was imported: it stays, and would be looked through after every test."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Let what the test left die here, in the main thread; all of it where Qt was used."""
    if "qapp" not in getattr(item, "fixturenames", ()):
        gc.collect(1)
        return
    from PySide6.QtCore import QCoreApplication, QEvent  # noqa: PLC0415 - most tests need no Qt

    # No loop runs between tests, and only a loop deletes later: windows would pile up, and
    # every change of the style sheet would style them all.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
