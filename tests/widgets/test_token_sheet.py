"""The sheet that asks for a token: masked, handed over once, and kept by no widget."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from widgets.furniture import furnish
from widgets.main_window import MainWindow
from widgets.style.palette import Theme
from widgets.token_sheet import TokenSheet


@pytest.fixture
def sheet(qtbot: QtBot) -> TokenSheet:
    """The sheet of a window."""
    window = furnish(MainWindow(Theme()))
    qtbot.addWidget(window)
    window.show()
    window.token_sheet.open_for("vigil.example:8443", was_refused=False)
    return window.token_sheet


def test_enter_hands_the_token_over_and_closes(sheet: TokenSheet, qtbot: QtBot) -> None:
    assert sheet.token.line.echoMode() is QLineEdit.EchoMode.Password
    assert not sheet.go_button.isEnabled()
    qtbot.keyClicks(sheet.token.line, "  vigil_abc ")
    assert sheet.go_button.isEnabled()
    with qtbot.waitSignal(sheet.submitted) as told:
        qtbot.keyClick(sheet.token.line, Qt.Key.Key_Return)
    assert told.args == ["vigil_abc"]
    assert not sheet.is_open
    assert sheet.token.line.text() == "", "no widget keeps it"


def test_nothing_is_handed_over_without_a_token(sheet: TokenSheet, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(sheet.submitted):
        qtbot.keyClick(sheet.token.line, Qt.Key.Key_Return)
    assert sheet.is_open


def test_it_says_which_server_asks_and_whether_a_token_was_refused(sheet: TokenSheet) -> None:
    assert "vigil.example:8443" in sheet.words
    assert "any more" not in sheet.words
    sheet.open_for("vigil.example:8443", was_refused=True)
    assert "The server does not take the token any more." in sheet.words


def test_closing_it_asks_nothing_and_hands_nothing_over(sheet: TokenSheet, qtbot: QtBot) -> None:
    qtbot.keyClicks(sheet.token.line, "half a tok")
    with qtbot.waitSignal(sheet.cancelled), qtbot.assertNotEmitted(sheet.submitted):
        sheet.cancel_button.click()
    assert not sheet.is_open
    sheet.open_for("vigil.example:8443", was_refused=False)
    assert sheet.token.line.text() == ""


def test_the_refusal_stands_under_the_line_until_something_is_typed(
    sheet: TokenSheet, qtbot: QtBot
) -> None:
    sheet.open_for("vigil.example:8443", was_refused=True)
    refused = next(each for each in sheet.findChildren(QLabel) if "any more" in each.text())
    assert refused.isVisible()
    line = sheet.token.line
    assert refused.mapTo(sheet, QPoint()).y() >= line.mapTo(sheet, line.rect().bottomLeft()).y()
    qtbot.keyClicks(line, "v")
    assert not refused.isVisible()
