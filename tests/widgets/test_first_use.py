"""Parts that are built when they are first asked for, and the window's sheets, which are."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from widgets.furniture import furnish
from widgets.main_window import MainWindow
from widgets.sheet import FirstUse, Sheet
from widgets.style.palette import Theme, apply_theme, styled_when_built
from widgets.style.tokens import DARK


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, theme: Theme) -> MainWindow:
    with styled_when_built(qapp):
        made = furnish(MainWindow(theme))
    qtbot.addWidget(made, before_close_func=lambda w: w.close_for_good())
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_a_part_is_built_once_and_hears_what_waited_for_it_in_order() -> None:
    said: list[str] = []
    part = FirstUse(lambda: said.append("built") or "part")
    part.then(lambda it: said.append(f"{it} one"))
    part.then(lambda it: said.append(f"{it} two"))
    assert (part.built, said) == (None, [])
    assert part.get() == part.get() == part.built == "part"
    part.then(lambda it: said.append(f"{it} three"))
    assert said == ["built", "part one", "part two", "part three"]


def test_no_sheet_is_there_before_it_is_opened(window: MainWindow) -> None:
    assert window.findChildren(Sheet) == []
    window.header.files.keys_requested.emit()
    assert window.findChildren(Sheet) == [window.keys_sheet]


def test_a_sheet_that_is_built_late_covers_the_page_and_takes_the_keyboard(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.keys_sheet.open()
    assert window.sheets.is_open
    assert not window.files.drop.is_open
    asked: list[bool] = []
    window.add_requested.connect(lambda: asked.append(True))
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert asked == [], "what lies behind takes no keys"
    assert window.keys_sheet.isAncestorOf(window.focusWidget())
    assert window.keys_sheet.geometry() == window.canvas.rect()
    window.keys_sheet.leave()
    assert not window.sheets.is_open
    assert window.files.drop.is_open


def test_a_sheet_that_is_built_late_looks_as_the_window_does_by_then(
    window: MainWindow, qapp: QApplication
) -> None:
    apply_theme(qapp, window.theme, DARK)
    window.form.open_new()
    there = window.form.field("url").findChild(QWidget)
    assert window.form.palette().window().color().name().lower() == DARK.background.lower()
    assert there is not None
    assert there.palette().text().color().name().lower() == DARK.text.lower()
