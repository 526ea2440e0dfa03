"""The keys of the window are named in a sheet, which a key opens and closes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.host.language import Language
from widgets.keys_sheet import spelt
from widgets.main_window import MainWindow


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Question, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_a_key_opens_it_and_esc_closes_it(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    before = window.focusWidget()
    qtbot.keyClick(before, key, modifiers)
    assert window.keys_sheet.is_open
    assert window.keys_sheet.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not window.keys_sheet.is_open
    assert window.focusWidget() is before


def test_it_names_every_key_of_the_window(window: MainWindow) -> None:
    said = " ".join(label.text() for label in window.keys_sheet.findChildren(QLabel))
    bound = {
        spelt(shortcut.key().toString())
        for shortcut in window.findChildren(
            QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
    }
    # Ctrl+3 and Ctrl+4 lie between those that are named.
    assert {key for key in bound if key not in said} <= {"Ctrl+3", "Ctrl+4"}


@pytest.mark.parametrize("language", ["en", "ko"])
def test_keys_are_called_as_they_are_labelled_in_any_language(
    window: MainWindow, qapp: QApplication, language: str
) -> None:
    words = Language(qapp)
    words.use(language)
    try:
        said = {label.text() for label in window.keys_sheet.findChildren(QLabel)}
    finally:
        words.use("en")
    assert {"Enter", "Space", "Alt+←", "Shift+←", "Ctrl+,", "Del"} <= said
