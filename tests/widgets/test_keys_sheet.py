"""The keys of the window are named in a sheet, which a key opens and closes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

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
        shortcut.key().toString(QKeySequence.SequenceFormat.NativeText)
        for shortcut in window.findChildren(
            QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
    }
    # Ctrl+3 and Ctrl+4 lie between those that are named.
    assert {key for key in bound if key not in said} <= {"Ctrl+3", "Ctrl+4"}
