"""The search field: its icons are as large as the text, its hint as long as there is room."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from widgets.main_window import MainWindow
from widgets.search_edit import SearchEdit
from widgets.style.palette import Theme


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> SearchEdit:
    made = SearchEdit(theme)
    qtbot.addWidget(made)
    made.resize(262, 64)
    made.show()
    return made


def drawn(field: SearchEdit) -> int:
    """How wide what stands before the words is, in pixels."""
    picture = field.grab().toImage()
    ground = QColor(field._theme.tokens.field).rgb()
    inside = range(3, field.textMargins().left())
    rows = range(12, picture.height() - 12)  # between the round corners
    columns = [x for x in inside if any(picture.pixel(x, y) != ground for y in rows)]
    return columns[-1] - columns[0] + 1


def test_the_magnifier_is_twice_as_large_where_the_text_is(field: SearchEdit) -> None:
    before = drawn(field)
    assert 10 <= before <= 16
    field._theme.measure(2.0, compact=False)
    field._theme.changed.emit()
    after = drawn(field)
    field._theme.measure(1.0, compact=False)
    assert abs(after - 2 * before) <= 2


def test_the_hint_leaves_the_key_out_and_then_what_is_searched(field: SearchEdit) -> None:
    said = []
    for width in (262, 170, 90):
        field.resize(width, 32)
        field.show_hint("Search endpoints", "Ctrl+F")
        said.append(field.placeholderText())
    assert said == ["Search endpoints   Ctrl+F", "Search endpoints", "Search"]
    assert field.accessibleName() == "Search endpoints"


def test_the_cross_is_there_while_there_are_words_and_empties_the_field(
    qtbot: QtBot, field: SearchEdit
) -> None:
    assert field.clear_button.isHidden()
    qtbot.keyClicks(field, "pay")
    assert field.clear_button.isVisible()
    cross = field.clear_button.geometry()
    assert field.rect().contains(cross)
    assert cross.left() >= field.width() - field.textMargins().right() - 12
    qtbot.mouseClick(field.clear_button, Qt.MouseButton.LeftButton)
    assert field.text() == ""
    assert field.clear_button.isHidden()


def test_the_header_names_the_key_only_where_it_leads_into_the_header(
    qtbot: QtBot, window: MainWindow
) -> None:
    field = window.header.search_field
    assert field.placeholderText().endswith("Ctrl+F")
    window.show_page("incidents")
    assert field.placeholderText() == "Search endpoints"
    window.show_page("dashboard")
    assert field.placeholderText().endswith("Ctrl+F")
