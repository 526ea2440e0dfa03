"""A body may be kept secret; a stored one is not shown, but replaced or kept."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from widgets.body_edit import BodyEdit
from widgets.json_text import NotJson
from widgets.style.palette import Theme

STORED = "{{secret:auto.body.1}}"


@pytest.fixture
def body(qtbot: QtBot, theme: Theme) -> BodyEdit:
    made = BodyEdit(theme)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("value", [None, {"a": [1, "b"]}, "text", 0, "{{secret:pin}}"])
def test_what_is_no_secret_is_shown(body: BodyEdit, value: object) -> None:
    body.set_value(value)
    assert body.value() == value
    assert not body.is_secret
    assert body.text.isVisible()


def test_it_is_kept_secret_by_its_box_if_there_is_something(qtbot: QtBot, body: BodyEdit) -> None:
    qtbot.keyClick(body.secret, Qt.Key.Key_Space)
    assert not body.is_secret, "there is none"
    qtbot.keyClicks(body.text, "[1]")
    assert body.is_secret
    assert body.value() == [1]


def test_a_stored_one_is_not_shown_and_stays(body: BodyEdit) -> None:
    body.set_value(STORED)
    assert not body.text.isVisible()
    assert (body.value(), body.is_secret, body.error()) == (STORED, True, None)
    assert body.focusProxy() is body.replace_button


def test_it_is_replaced_by_what_is_typed_and_is_as_secret(qtbot: QtBot, body: BodyEdit) -> None:
    body.set_value(STORED)
    with qtbot.waitSignal(body.textChanged):
        qtbot.keyClick(body.replace_button, Qt.Key.Key_Space)
    assert body.text.hasFocus()
    qtbot.keyClicks(body.text, "{")
    with pytest.raises(NotJson):
        body.value()
    assert body.error()
    qtbot.keyClicks(body.text, "}")
    assert (body.value(), body.is_secret) == ({}, True)


def test_it_is_kept_after_all(qtbot: QtBot, body: BodyEdit) -> None:
    body.set_value(STORED)
    body.replace_button.click()
    qtbot.keyClicks(body.text, "1")
    body.secret.click()
    body.keep_button.click()
    assert (body.value(), body.is_secret) == (STORED, True)
    assert body.text.toPlainText() == ""
