"""Named secrets are made, replaced and deleted by keyboard; no value is ever shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.furniture import furnish
from widgets.main_window import MainWindow
from widgets.secret_item import SecretRow
from widgets.secrets_card import SecretsCard
from widgets.style.palette import Theme

PIN = SecretRow("pin", ("shop", "pay"), 5)
KEY = SecretRow("key")


@pytest.fixture
def card(qtbot: QtBot, theme: Theme) -> SecretsCard:
    made = SecretsCard(theme)
    qtbot.addWidget(made)
    made.show_rows([KEY, PIN])
    made.show()
    qtbot.waitUntil(made.items[0].isVisible)
    return made


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
    widget.setFocus()
    qtbot.keyClick(widget, key)


def test_each_says_who_uses_it_and_how_it_is_written(card: SecretsCard) -> None:
    assert [it.said for it in card.items] == ["Not used", "Used by shop, pay and 3 more"]
    assert card.items[1].accessibleName() == "pin, Used by shop, pay and 3 more"
    assert "{{secret:pin}}" in [it.text() for it in card.items[1].findChildren(type(card._hint))]


def test_one_more_is_added_by_keyboard(qtbot: QtBot, card: SecretsCard) -> None:
    press(qtbot, card.add_button)
    assert card.name.hasFocus()
    qtbot.keyClicks(card.name, "token")
    qtbot.keyClick(card.name, Qt.Key.Key_Tab)
    assert card.value.line.hasFocus()
    qtbot.keyClicks(card.value.line, "s3cret")
    assert "s3cret" not in card.value.line.displayText()
    with qtbot.waitSignal(card.put_requested) as told:
        qtbot.keyClick(card.value.line, Qt.Key.Key_Return)
    assert told.args == ["token", "s3cret"]
    assert card.is_adding, "it closes once it is kept"
    card.saved("token")
    assert not card.is_adding
    assert card.value.value() == ""
    assert card.add_button.hasFocus()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "Letters, digits, and . _ - only"),
        ("a b", "Letters, digits, and . _ - only"),
        ("auto.x", "Names that begin with auto. are given by Vigil"),
        ("pin", "There is a secret of that name: replace it instead"),
    ],
)
def test_a_name_that_is_none_is_said_beside_it(
    qtbot: QtBot, card: SecretsCard, name: str, says: str
) -> None:
    card.open_form()
    card.name.setText(name)
    qtbot.keyClicks(card.value.line, "x")
    with qtbot.assertNotEmitted(card.put_requested):
        qtbot.keyClick(card.value.line, Qt.Key.Key_Return)
    assert card.name_field.error == says
    assert card.name.accessibleDescription() == says
    qtbot.keyClick(card.name, Qt.Key.Key_Escape)
    assert not card.is_adding


def test_without_a_value_there_is_none(qtbot: QtBot, card: SecretsCard) -> None:
    card.open_form()
    card.name.setText("token")
    with qtbot.assertNotEmitted(card.put_requested):
        qtbot.keyClick(card.name, Qt.Key.Key_Return)
    assert card.value_field.error == "Type the value"


def test_one_is_replaced_by_keyboard_and_its_value_is_not_shown(
    qtbot: QtBot, card: SecretsCard
) -> None:
    pin = card.items[1]
    press(qtbot, pin.replace_button)
    assert pin.value.line.hasFocus()
    assert not pin.save_button.isEnabled()
    qtbot.keyClicks(pin.value.line, "new")
    with qtbot.waitSignal(card.put_requested) as told:
        qtbot.keyClick(pin.value.line, Qt.Key.Key_Return)
    assert told.args == ["pin", "new"]
    card.show_rows([KEY, PIN])
    assert pin.value.value() == "new", "what is typed stays while the rows are shown anew"
    card.saved("pin")
    assert pin.value.value() == ""
    assert pin.replace_button.hasFocus()
    assert [it.text() for it in card.findChildren(QLineEdit) if it.text()] == []


def test_deleting_is_asked_about_and_says_that_it_is_used(qtbot: QtBot, card: SecretsCard) -> None:
    pin = card.items[1]
    press(qtbot, pin.delete_button)
    assert pin.is_asking
    assert "Who uses it is not checked or told any more" in pin._asked.text()
    assert pin.keep_button.hasFocus(), "the answer that loses nothing"
    with qtbot.assertNotEmitted(card.delete_requested):
        qtbot.keyClick(pin.keep_button, Qt.Key.Key_Space)
    assert not pin.is_asking
    assert pin.delete_button.hasFocus()
    press(qtbot, pin.delete_button)
    with qtbot.waitSignal(card.delete_requested) as told:
        press(qtbot, pin.confirm_button)
    assert told.args == ["pin"]
    card.show_rows([KEY])
    assert [it.said for it in card.items] == ["Not used"]


def test_the_keyboard_comes_by_the_rows_between_what_is_above_and_below(
    qtbot: QtBot, theme: Theme
) -> None:
    page, above, card, below = QWidget(), QPushButton(), SecretsCard(theme), QPushButton()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    for each in (above, card, below):
        column.addWidget(each)
    card.show_rows([PIN])
    card.show_rows([KEY, PIN])
    page.show()
    qtbot.waitUntil(card.items[0].isVisible)
    above.setFocus()
    qtbot.waitUntil(above.hasFocus)
    seen = []
    for _ in range(8):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    rows = [
        part
        for item in card.items
        for part in (item.copy_button, item.replace_button, item.delete_button)
    ]
    assert seen == [*rows, card.add_button, below]
    card.open_form()
    card.add_button.setFocus()
    qtbot.keyClick(card.add_button, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is below, "the form is no trap"


def test_what_stands_for_one_is_copied(qtbot: QtBot, card: SecretsCard) -> None:
    copy = card.items[1].copy_button
    press(qtbot, copy)
    assert QApplication.clipboard().text() == "{{secret:pin}}"
    assert copy.text() == "Copied"
    card.show_rows([KEY, PIN])
    assert copy.text() == "Copy"


def test_who_may_only_read_sees_them_and_changes_none(qtbot: QtBot, theme: Theme) -> None:
    window = furnish(MainWindow(theme))
    qtbot.addWidget(window)
    window.show()
    card = window.preferences.secrets
    window.read_only.hold("This token may only read.")
    card.show_rows([PIN])
    (pin,) = card.items
    assert not any(
        it.isEnabled() for it in (card.add_button, pin.replace_button, pin.delete_button)
    )
    assert pin.said
