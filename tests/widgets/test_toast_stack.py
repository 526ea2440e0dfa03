"""The rules of toasts: place, number, time, focus."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from widgets.style.palette import Theme
from widgets.style.tokens import Space
from widgets.toast import Toast
from widgets.toast_stack import LIFE_MS, UNDO_LIFE_MS, ToastStack


def stack_over(qtbot: QtBot, theme: Theme) -> tuple[QWidget, ToastStack]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 880)
    window.show()
    return window, ToastStack(theme, window)


def test_a_toast_stands_at_the_top_right_under_the_header(qtbot: QtBot, theme: Theme) -> None:
    window, stack = stack_over(qtbot, theme)
    stack.show_toast(Toast("success", "A is up"))
    card = stack.cards()[0]
    assert card.width() == 360
    assert card.geometry().right() + 1 == window.width() - 16
    assert card.y() == Space.HEADER + 16


def test_a_toast_stands_beside_what_covers_the_right(qtbot: QtBot, theme: Theme) -> None:
    window, stack = stack_over(qtbot, theme)
    stack.show_toast(Toast("success", "A is up"))
    card = stack.cards()[0]
    stack.leave_free(480)
    assert card.geometry().right() + 1 == 1280 - 480 - 16
    window.resize(860, 640)  # there is no room beside it: better over it than cut
    assert card.geometry().right() + 1 == 860 - 16
    window.resize(1280, 880)
    stack.leave_free(0)
    assert card.geometry().right() + 1 == 1280 - 16


def test_at_most_five_are_shown_and_the_oldest_leaves_first(qtbot: QtBot, theme: Theme) -> None:
    _, stack = stack_over(qtbot, theme)
    for number in range(6):
        stack.show_toast(Toast("info", f"toast {number}"))
    assert [toast.title for toast in stack.toasts()] == [f"toast {n}" for n in range(1, 6)]


def test_a_storm_counts_what_nobody_could_read(qtbot: QtBot, theme: Theme) -> None:
    _, stack = stack_over(qtbot, theme)
    for number in range(17):
        stack.show_toast(Toast("error", f"toast {number}"))
    assert len(stack.toasts()) == 5
    assert stack.missed == 12
    assert stack.more_button.text() == "+12 more"
    assert stack.more_button.isVisible()


def test_the_count_of_a_storm_leads_to_the_incidents(qtbot: QtBot, theme: Theme) -> None:
    _, stack = stack_over(qtbot, theme)
    for number in range(7):
        stack.show_toast(Toast("error", f"toast {number}"))
    with qtbot.waitSignal(stack.more_requested):
        stack.more_button.click()
    assert stack.toasts() == []


def test_a_toast_leaves_after_three_seconds(qtbot: QtBot, theme: Theme) -> None:
    _, stack = stack_over(qtbot, theme)
    stack.show_toast(Toast("success", "A is up"))
    stack.pass_time(LIFE_MS - 1)
    assert len(stack.toasts()) == 1
    stack.pass_time(1)
    assert stack.toasts() == []


def test_the_time_stands_while_the_pointer_is_on_a_toast(qtbot: QtBot, theme: Theme) -> None:
    _, stack = stack_over(qtbot, theme)
    stack.show_toast(Toast("success", "A is up"))
    card = stack.cards()[0]
    spot = QPointF(10, 10)
    QApplication.sendEvent(card, QEnterEvent(spot, spot, spot))
    stack.pass_time(LIFE_MS * 2)
    assert len(stack.toasts()) == 1
    QApplication.sendEvent(card, QEvent(QEvent.Type.Leave))
    stack.pass_time(LIFE_MS)
    assert stack.toasts() == []


def test_a_toast_never_takes_the_focus(qtbot: QtBot, theme: Theme) -> None:
    window, stack = stack_over(qtbot, theme)
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    stack.show_toast(Toast("error", "A is down", "", (("View", lambda: None),)))
    button = stack.cards()[0].action_buttons()[0]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.focusWidget() is field


def test_an_action_acts_and_closes_the_toast(qtbot: QtBot, theme: Theme) -> None:
    _, stack = stack_over(qtbot, theme)
    acted: list[str] = []
    actions = tuple((word, lambda w=word: acted.append(w)) for word in ("One", "Two", "Three"))
    stack.show_toast(Toast("error", "A is down", "why", actions))
    buttons = stack.cards()[0].action_buttons()
    assert [button.text() for button in buttons] == ["One", "Two"]
    buttons[1].click()
    assert acted == ["Two"]
    assert stack.toasts() == []


def test_a_toast_shows_text_from_outside_as_text(qtbot: QtBot, theme: Theme) -> None:
    _, stack = stack_over(qtbot, theme)
    stack.show_toast(Toast("info", "<b>bold</b>", "<img src=x>"))
    assert stack.cards()[0].title_label.textFormat() is Qt.TextFormat.PlainText


def test_toasts_keep_to_the_corner_of_a_smaller_window(qtbot: QtBot, theme: Theme) -> None:
    window, stack = stack_over(qtbot, theme)
    stack.show_toast(Toast("info", "hello"))
    window.resize(960, 640)
    assert stack.cards()[0].geometry().right() + 1 == 960 - 16


def test_what_can_be_undone_stays_longer_and_is_not_pushed_out_by_events(
    qtbot: QtBot, theme: Theme
) -> None:
    _, stack = stack_over(qtbot, theme)
    stack.show_toast(Toast("info", "Deleted A", "", (("Undo", lambda: None),), can_undo=True))
    for number in range(6):
        stack.show_toast(Toast("error", f"toast {number}"))
    assert stack.toasts()[0].title == "Deleted A"
    stack.pass_time(LIFE_MS)
    assert [toast.title for toast in stack.toasts()] == ["Deleted A"]
    stack.pass_time(UNDO_LIFE_MS - LIFE_MS)
    assert stack.toasts() == []


def test_undoing_takes_the_newest_that_can_be_undone(qtbot: QtBot, theme: Theme) -> None:
    _, stack = stack_over(qtbot, theme)
    undone: list[str] = []
    for name in ("A", "B"):
        act = (("Undo", lambda n=name: undone.append(n)),)
        stack.show_toast(Toast("info", f"Deleted {name}", "", act, can_undo=True))
    stack.show_toast(Toast("error", "C is down", "", (("Open", lambda: undone.append("C")),)))
    stack.undo()
    stack.undo()
    stack.undo()
    assert undone == ["B", "A"]


def test_a_name_without_a_gap_is_shortened_and_not_cut(qtbot: QtBot, theme: Theme) -> None:
    _, stack = stack_over(qtbot, theme)
    stack.show_toast(Toast("error", f"{'W' * 200} is down", "x" * 300))
    card = stack.cards()[0]
    for label in (one for one in card.findChildren(QLabel) if one.text()):
        assert "…" in label.text()
        for word in label.text().split():
            assert label.fontMetrics().horizontalAdvance(word) <= label.width()
    assert card.title_label.text().endswith("is down")
    assert card.accessibleName() == f"{'W' * 200} is down"


@pytest.mark.parametrize(
    ("title", "detail", "spoken"),
    [
        ("❌ Shop is down", "Timeout exceeded", "Shop is down. Timeout exceeded"),
        ("⚠️ Shop 성능 저하", "", "Shop 성능 저하"),
        ("3 endpoints are down", "a, b, c", "3 endpoints are down. a, b, c"),
        ("✅", "", "✅"),
    ],
)
def test_a_picture_before_the_words_is_not_read_aloud(title: str, detail: str, spoken: str) -> None:
    assert Toast("error", title, detail).spoken == spoken


def test_a_key_leads_from_message_to_message_and_esc_back(qtbot: QtBot, theme: Theme) -> None:
    window, stack = stack_over(qtbot, theme)
    editor = QLineEdit(window)
    editor.show()
    editor.setFocus()
    for words in ("Open", "Undo"):
        stack.show_toast(Toast("info", words, actions=((words, lambda: None),)))
    older, newer = stack.cards()
    stack.take_keyboard()
    assert window.focusWidget() is newer.action_buttons()[0]
    stack.take_keyboard()
    assert window.focusWidget() is older.action_buttons()[0]
    stack.pass_time(UNDO_LIFE_MS)
    assert len(stack.cards()) == 2, "their time stands while the keyboard is in one"
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(older.action_buttons()[0], Qt.Key.Key_Escape)
    assert window.focusWidget() is editor
    stack.pass_time(LIFE_MS)
    assert stack.cards() == []


def test_esc_gives_the_keyboard_back_where_tab_led_into_a_message(
    qtbot: QtBot, theme: Theme
) -> None:
    window, stack = stack_over(qtbot, theme)
    editor = QLineEdit(window)
    editor.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    editor.setFocus()
    for number in range(6):
        stack.show_toast(Toast("info", f"toast {number}"))
    stack.pass_time(1)
    assert stack.more_button.isVisible()
    for tabs in (1, 3, 6):  # the line that counts, one message, the last of them
        for _ in range(tabs):
            qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert window.focusWidget() is not editor
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
        assert window.focusWidget() is editor, f"after {tabs} times Tab"


def test_a_message_that_is_closed_by_key_gives_the_keyboard_back(
    qtbot: QtBot, theme: Theme
) -> None:
    window, stack = stack_over(qtbot, theme)
    editor = QLineEdit(window)
    editor.show()
    editor.setFocus()
    stack.show_toast(Toast("info", "Paused", actions=(("Undo", lambda: None),)))
    stack.take_keyboard()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert window.focusWidget() is editor
    stack.take_keyboard()
    assert window.focusWidget() is editor, "there is no message to go to"


def test_the_keyboard_does_not_go_back_to_what_is_gone(qtbot: QtBot, theme: Theme) -> None:
    window, stack = stack_over(qtbot, theme)
    editor = QLineEdit(window)
    editor.show()
    editor.setFocus()
    stack.show_toast(Toast("info", "Paused", actions=(("Undo", lambda: None),)))
    stack.take_keyboard()
    with qtbot.waitSignal(editor.destroyed):
        editor.deleteLater()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert stack.cards() == []
