"""While a token may only read, what writes is disabled and says why; all else works."""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from widgets.endpoint_menu import EndpointMenu
from widgets.main_window import MainWindow
from widgets.roles import ViewState
from widgets.style.palette import Theme

REASON = "This token may only read."


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    """A window that is shown."""
    window = MainWindow(Theme())
    qtbot.addWidget(window)
    window.show()
    return window


def writing(window: MainWindow) -> list[QPushButton]:
    """Return the buttons that write."""
    return [each for each in window.findChildren(QPushButton) if each.property("writes")]


def test_what_writes_is_disabled_and_comes_back(window: MainWindow) -> None:
    window.read_only.hold(REASON)
    found = writing(window)
    assert len(found) > 12
    assert [each.text() for each in found if each.isEnabled()] == []
    assert {each.accessibleDescription() for each in found} == {REASON}
    assert window.header.light.isEnabled()
    assert window.header.files.isEnabled()
    window.read_only.hold("")
    assert [each.text() for each in found if not each.isEnabled()] == []


def test_the_tooltip_says_why(window: MainWindow, qtbot: QtBot) -> None:
    window.read_only.hold(REASON)
    button = writing(window)[0]
    QApplication.sendEvent(button, QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), QPoint(9, 9)))
    assert QToolTip.text() == REASON
    QToolTip.hideText()


def test_what_is_made_meanwhile_is_disabled_too(window: MainWindow) -> None:
    window.read_only.hold(REASON)
    page = window.endpoints.endpoints
    page.show_state(ViewState.EMPTY)
    assert [each.isEnabled() for each in page.states.empty_state.buttons()] == [False, False]
    menu = EndpointMenu(["a"], False, window)
    enabled = [it.text() for it in menu.actions() if it.isEnabled() and not it.isSeparator()]
    assert enabled == ["Open"]


def test_nobody_enables_it_behind_our_back(window: MainWindow) -> None:
    window.read_only.hold(REASON)
    button = writing(window)[0]
    button.setEnabled(True)
    assert not button.isEnabled()
