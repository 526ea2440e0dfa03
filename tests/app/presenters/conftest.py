"""A themed window, a filled store, and ports that record what they are told."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.host.notifications import Notification
from app.host.settings import SettingsFile
from app.state.store import Store
from app.tasks import TaskOwner
from tests.app.services.conftest import Served, serve
from tests.helpers.bell import Bell
from tests.helpers.themed import theme
from widgets.furniture import furnish
from widgets.main_window import MainWindow
from widgets.style.palette import Theme, styled_when_built

__all__ = ["theme"]

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture
def window(qapp: QApplication, theme: Theme) -> Iterator[MainWindow]:
    with styled_when_built(qapp):
        made = furnish(MainWindow(theme))
    yield made
    made.hide()
    made.deleteLater()


@pytest.fixture
def store() -> Store:
    return Store(lambda: 1000)


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.json")


@pytest.fixture
async def tasks() -> AsyncIterator[TaskOwner]:
    owner = TaskOwner("test")
    yield owner
    await owner.aclose()


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with serve(tmp_path / "data") as running:
        yield running


@dataclass
class RecordingNotifications:
    """A notification service that keeps what it was told.

    Attributes:
        takes: whether somebody is there to show it.
        open: keys of what was sent and not withdrawn.
    """

    takes: bool = True
    sent: list[Notification] = field(default_factory=list)
    open: set[str] = field(default_factory=set)
    bell: Bell = field(default_factory=Bell)

    async def send(self, notification: Notification) -> bool:
        self.sent.append(notification)
        if notification.key:
            self.open.add(notification.key)
        self.bell.ring()
        return self.takes

    async def withdraw(self, key: str) -> None:
        self.open.discard(key)
        self.bell.ring()

    @property
    def titles(self) -> list[str]:
        return [each.title for each in self.sent]

    async def until(self, count: int) -> None:
        await self.bell.until(
            lambda: len(self.sent) >= count, f"{count} notifications", 5, lambda: self.titles
        )


@pytest.fixture
async def port() -> RecordingNotifications:
    return RecordingNotifications()
