"""Tab goes to the chosen one of several buttons, whoever chose it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backend.contract.vocabulary import Period
from widgets.filter_bar import FilterBar, OneOf
from widgets.period_picker import PeriodPicker
from widgets.roles import EndpointFilter
from widgets.style.palette import Theme


def between_fields(qtbot: QtBot, *middle: QWidget) -> tuple[QWidget, QLineEdit, QLineEdit]:
    window, before, after = QWidget(), QLineEdit(), QLineEdit()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for part in (before, *middle, after):
        column.addWidget(part)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    before.setFocus()
    return window, before, after


@pytest.mark.parametrize("back", [False, True])
def test_tab_lands_on_the_chip_that_the_program_chose(
    qtbot: QtBot, theme: Theme, back: bool
) -> None:
    bar = FilterBar(theme)
    window, before, after = between_fields(qtbot, bar)
    bar.chip(EndpointFilter.DOWN).setFocus()
    bar.set_filter(EndpointFilter.UP)
    (after if back else before).setFocus()
    key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
    qtbot.keyClick(window.focusWidget(), key)
    assert window.focusWidget() is bar.chip(EndpointFilter.UP)
    qtbot.keyClick(window.focusWidget(), key)
    assert window.focusWidget() is (before if back else after), "the others are no stops"


def test_the_arrow_keys_lead_on_and_tab_comes_back_to_where_they_led(
    qtbot: QtBot, theme: Theme
) -> None:
    picker = PeriodPicker(theme)
    window, before, _ = between_fields(qtbot, picker)
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert window.focusWidget() is picker.chip(Period.DAY)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    assert picker.period is Period.WEEK
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert window.focusWidget() is picker.chip(Period.WEEK)


def test_tab_lands_on_the_first_where_none_is_chosen(qtbot: QtBot) -> None:
    buttons = [QPushButton(word) for word in "abc"]
    for button in buttons:
        button.setCheckable(True)
    window, before, after = between_fields(qtbot, *buttons)
    OneOf(buttons, window)
    after.setFocus()
    qtbot.keyClick(after, Qt.Key.Key_Backtab)
    assert window.focusWidget() is buttons[0]
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
    assert window.focusWidget() is before
