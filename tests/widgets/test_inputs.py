"""Fields of a form: of one height, and as large as their text."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.inputs import Check, Number, Seconds
from widgets.main_window import MainWindow
from widgets.style.palette import Theme


def test_a_number_is_as_high_as_the_choice_beside_it(qtbot: QtBot, window: MainWindow) -> None:
    window.form.open_new()
    number, choice = (window.form.field(key).editor for key in ("checkInterval", "method"))
    assert (number.height(), choice.height()) == (32, 32)
    number.setFocus()
    assert number.height() == 32


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_box_is_as_large_as_its_text(qtbot: QtBot, theme: Theme, scale: float) -> None:
    check = Check(theme)
    qtbot.addWidget(check)
    check.setChecked(True)
    theme.measure(scale, compact=False)
    theme.changed.emit()
    check.resize(check.sizeHint())
    picture = check.grab().toImage()
    theme.measure(1.0, compact=False)
    full = QColor(theme.tokens.accent).rgb()
    row = round(picture.height() / 2 + 6 * scale)  # under the tick, over the foot
    filled = [x for x in range(picture.width()) if picture.pixel(x, row) == full]
    assert abs(len(filled) - 16 * scale) <= 2
    assert picture.width() >= 34 * scale


@pytest.mark.usefixtures("korean")
def test_seconds_are_said_in_the_language_in_use(qtbot: QtBot, theme: Theme) -> None:
    number, fine = Number(), Seconds()
    number.count_seconds()
    number.setValue(60)
    for field in (number, fine):
        qtbot.addWidget(field)
        QApplication.sendEvent(field, QEvent(QEvent.Type.LanguageChange))
    assert number.text() == "60초"
    assert fine.text().endswith("초")
