"""Parts go on in another row where there is no room, in large texts or a narrow window."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.flow import EvenRows, Flow

GAP = 4


def buttons(*words: str) -> list[QPushButton]:
    made = [QPushButton(word) for word in words]
    for each in made:
        each.setFixedSize(100, 30)
    return made


def in_window(qtbot: QtBot, part: QWidget, width: int) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(part)
    column.addStretch(1)
    window.resize(width, 300)
    window.show()
    return window


def rows_of(parts: list[QPushButton]) -> list[int]:
    tops = [part.y() for part in parts]
    return [tops.count(top) for top in sorted(set(tops))]


def test_parts_stand_in_as_many_rows_as_they_need(qtbot: QtBot) -> None:
    made = buttons("a", "b", "c")
    flow = Flow(made, GAP)
    window = in_window(qtbot, flow, 320)
    assert (rows_of(made), flow.height()) == ([3], 30)
    for width, rows, height in ((230, [2, 1], 64), (110, [1, 1, 1], 98), (320, [3], 30)):
        window.resize(width, 300)
        qtbot.waitUntil(lambda h=height: flow.height() == h)
        assert rows_of(made) == rows


def test_what_is_hidden_takes_no_room_and_what_comes_back_does(qtbot: QtBot) -> None:
    made = buttons("a", "b", "c")
    flow = Flow(made, GAP)
    window = in_window(qtbot, flow, 230)
    qtbot.waitUntil(lambda: flow.height() == 64)
    made[0].hide()
    qtbot.waitUntil(lambda: flow.height() == 30)
    assert made[1].x() == 0
    made[0].show()
    qtbot.waitUntil(lambda: flow.height() == 64)
    assert window.isVisible()


def test_what_its_parts_wanted_while_it_was_hidden_is_heard_when_it_shows(qtbot: QtBot) -> None:
    made = buttons("a", "b")
    flow = Flow(made, GAP)
    flow.hide()
    window = in_window(qtbot, flow, 230)
    for each in made:
        each.setFixedSize(180, 30)
    flow.show()
    qtbot.waitUntil(lambda: flow.height() == 64)
    assert window.isVisible()


def test_parts_of_equal_width_stand_in_rows_of_a_length_that_fits(qtbot: QtBot) -> None:
    made = [QPushButton(word) for word in "abcd"]
    for each in made:
        each.setMinimumWidth(100)
    rows = EvenRows(made, (4, 2, 1), GAP)
    window = in_window(qtbot, rows, 450)
    least = 100
    for width in (4 * least + 3 * GAP, 2 * least + GAP, least):
        window.resize(width, 300)
        qtbot.waitUntil(lambda: max(it.x() + it.width() for it in made) <= rows.width())
        assert len({it.width() for it in made}) <= 2, "but for a pixel they are alike"
    assert rows_of(made) == [1, 1, 1, 1]
