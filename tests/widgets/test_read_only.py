"""While a token may only read, what writes is disabled and says why; all else works."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import incident_row, incident_rows
from widgets.endpoint_menu import EndpointMenu
from widgets.furniture import furnish
from widgets.incident_values import Incident
from widgets.incidents_page import IncidentsPage
from widgets.main_window import MainWindow
from widgets.pages import Page, ViewState
from widgets.style.palette import Theme

REASON = "This token may only read."


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    """A window that is shown."""
    window = furnish(MainWindow(Theme()))
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
    assert enabled == ["Open\tEnter", "Copy URL\tCtrl+C"]


def test_nobody_enables_it_behind_our_back(window: MainWindow) -> None:
    window.read_only.hold(REASON)
    button = writing(window)[0]
    button.setEnabled(True)
    assert not button.isEnabled()


@pytest.fixture
def incidents(window: MainWindow, qtbot: QtBot) -> IncidentsPage:
    """The incidents, an open one chosen, the keyboard in the list, and nothing to be written."""
    page = window.incidents
    page.set_model(incident_rows(incident_row("shop")))
    window.show_page(Page.INCIDENTS)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.show_state(ViewState.NORMAL)
    started = datetime.now(UTC) - timedelta(minutes=4)
    page.detail.show_incident(Incident("incident-shop", "id-shop", "shop", started, failures=3))
    page.view.setFocus()
    qtbot.waitUntil(page.view.hasFocus)
    window.read_only.hold(REASON)
    return page


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_S, Qt.Key.Key_N])
def test_a_key_on_an_incident_does_no_more_than_its_button_and_says_why(
    qtbot: QtBot, window: MainWindow, incidents: IncidentsPage, key: Qt.Key
) -> None:
    answers = incidents.detail.answers
    with qtbot.assertNotEmitted(answers.acknowledge_requested):
        qtbot.keyClick(incidents.view, key)
    assert answers.findChildren(QMenu) == []
    assert not answers.note.hasFocus()
    assert QToolTip.text() == REASON
    QToolTip.hideText()
    window.read_only.hold("")
    with qtbot.waitSignal(answers.acknowledge_requested):
        qtbot.keyClick(incidents.view, Qt.Key.Key_A)
    qtbot.keyClick(incidents.view, Qt.Key.Key_N)
    assert answers.note.hasFocus()


def test_what_was_typed_before_is_not_sent_by_a_key(
    qtbot: QtBot, window: MainWindow, incidents: IncidentsPage
) -> None:
    window.read_only.hold("")
    answers = incidents.detail.answers
    qtbot.keyClick(incidents.view, Qt.Key.Key_N)
    qtbot.keyClicks(answers.note, "known")
    answers._ask_until()
    window.read_only.hold(REASON)
    with (
        qtbot.assertNotEmitted(answers.note_saved),
        qtbot.assertNotEmitted(answers.snooze_requested),
    ):
        answers.save_button.click()
        qtbot.keyClick(answers.until, Qt.Key.Key_Return)
    assert answers.note.toPlainText() == "known"
    QToolTip.hideText()


def test_the_keys_of_several_endpoints_open_nothing_to_type_in(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_page(Page.ENDPOINTS)
    bulk = window.endpoints.endpoints.bulk
    bulk.show_selection(2, all_paused=False)
    bulk.show()
    window.read_only.hold(REASON)
    before = bulk.currentIndex()
    bulk.edit_tag()
    bulk.edit_interval()
    assert bulk.currentIndex() == before
    QToolTip.hideText()
