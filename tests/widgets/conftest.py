"""A themed application and sample rows for the tests of the show window."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.contract.vocabulary import Status
from tests.helpers.themed import theme
from widgets.furniture import furnish
from widgets.main_window import MainWindow
from widgets.roles import Column, Heartbeat, IncidentRole, Role, RowFacts
from widgets.style import assets
from widgets.style.palette import Theme, styled_when_built

__all__ = ["theme"]

# What the offscreen platform says of a window with a least size, and of any menu.
_NOISE = "This plugin does not support"
_HERE = Path(__file__).parent

Index = QModelIndex | QPersistentModelIndex

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(_NOISE, extend=True))


class _EndpointRows(QStandardItemModel):
    """Answers for all that is painted of a row by what its roles say."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Role.FACTS:
            return super().data(index, role)
        return RowFacts(
            name=self.data(index, Role.NAME),
            url=self.data(index, Role.URL),
            method=self.data(index, Role.METHOD),
            status=self.data(index, Role.STATUS),
            paused=self.data(index, Role.PAUSED),
            latency_ms=self.data(index, Role.LATENCY_MS),
            uptime_24h=self.data(index, Role.UPTIME_24H),
            changed_at_ms=self.data(index, Role.CHANGED_AT_MS),
            tags=self.data(index, Role.TAGS) or (),
            days=self.data(index, Role.DAYS) or (),
            checks=tuple(beat.status for beat in self.data(index, Role.HEARTBEATS)),
        )


def endpoint_rows(*rows: dict[int, object]) -> QStandardItemModel:
    """A model whose every column answers the roles of its row."""
    model = _EndpointRows(0, len(Column))
    for row in rows:
        model.appendRow([_item(row) for _ in Column])
    return model


def incident_rows(*rows: dict[int, object]) -> QStandardItemModel:
    model = QStandardItemModel(0, 1)
    for row in rows:
        model.appendRow(_item(row))
    return model


def _item(row: dict[int, object]) -> QStandardItem:
    item = QStandardItem()
    for role, value in row.items():
        item.setData(value, role)
    return item


def endpoint_row(name: str, status: Status = Status.UP, **more: object) -> dict[int, object]:
    row: dict[int, object] = {
        Role.ENDPOINT_ID: f"id-{name}",
        Role.NAME: name,
        Role.URL: f"https://{name}.example.com/health",
        Role.METHOD: "GET",
        Role.STATUS: status,
        Role.PAUSED: False,
        Role.LATENCY_MS: 84.0,
        Role.UPTIME_24H: 99.87,
        Role.HEARTBEATS: tuple(
            Heartbeat(Status.UP, 84.0, NOW - timedelta(minutes=40 - i), None) for i in range(40)
        ),
    }
    row.update({Role[key]: value for key, value in more.items()})
    return row


def incident_row(name: str, resolved: bool = False) -> dict[int, object]:
    return {
        IncidentRole.INCIDENT_ID: f"incident-{name}",
        IncidentRole.ENDPOINT_ID: f"id-{name}",
        IncidentRole.ENDPOINT_NAME: name,
        IncidentRole.STARTED_AT: NOW - timedelta(minutes=4),
        IncidentRole.RESOLVED_AT: NOW if resolved else None,
        IncidentRole.FAILURE_COUNT: 3,
        IncidentRole.MESSAGE: "Connection refused",
        IncidentRole.RESOLUTION: None,
    }


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, theme: Theme) -> MainWindow:
    """The main window, shown and active."""
    with styled_when_built(qapp):
        made = furnish(MainWindow(theme))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[None]:
    words = assets.translator("ko")
    qapp.installTranslator(words)
    yield
    qapp.removeTranslator(words)
