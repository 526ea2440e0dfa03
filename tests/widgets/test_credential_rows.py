"""A stored credential is not shown by the form; it stays as it is, or is replaced."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from widgets.credential_rows import CredentialRows
from widgets.parts import IconButton
from widgets.style.palette import Theme

STORED = "{{secret:auto.authorization.1}}"


@pytest.fixture
def rows(qtbot: QtBot, theme: Theme) -> CredentialRows:
    made = CredentialRows(theme)
    qtbot.addWidget(made)
    made.show()
    return made


def value_of(rows: CredentialRows, place: int = 0) -> QLineEdit:
    return rows._rows[place][2]


def replace_of(rows: CredentialRows) -> QPushButton:
    found = rows.findChild(QPushButton, "replace")
    assert found is not None
    return found


def test_a_stored_credential_is_not_shown_and_stays(rows: CredentialRows) -> None:
    rows.set_values({"Authorization": STORED, "Accept": "text/plain"})
    assert value_of(rows).text() == ""
    assert value_of(rows).placeholderText() == "Stored"
    assert value_of(rows).accessibleName() == "Stored, not shown"
    assert value_of(rows).isReadOnly()
    assert rows.values() == {"Authorization": STORED, "Accept": "text/plain"}


def test_it_is_replaced_by_what_is_typed(qtbot: QtBot, rows: CredentialRows) -> None:
    rows.set_values({"Authorization": STORED})
    with qtbot.waitSignal(rows.changed):
        replace_of(rows).click()
    qtbot.keyClicks(value_of(rows), "Bearer new")
    assert rows.values() == {"Authorization": "Bearer new"}
    assert "Bearer" not in value_of(rows).displayText() or value_of(rows).hasFocus()


def test_it_is_kept_after_all(qtbot: QtBot, rows: CredentialRows) -> None:
    rows.set_values({"Authorization": STORED})
    replace_of(rows).click()
    qtbot.keyClicks(value_of(rows), "Bearer new")
    assert replace_of(rows).text() == "Keep"
    replace_of(rows).click()
    assert rows.values() == {"Authorization": STORED}
    assert value_of(rows).text() == ""


@pytest.mark.parametrize(("name", "masked"), [("X-Api-Key", True), ("Accept", False)])
def test_a_credential_is_masked_as_soon_as_its_name_says_so(
    qtbot: QtBot, rows: CredentialRows, name: str, masked: bool
) -> None:
    rows.add_row()
    qtbot.keyClicks(rows._rows[0][1], name)
    mode = QLineEdit.EchoMode.PasswordEchoOnEdit if masked else QLineEdit.EchoMode.Normal
    assert value_of(rows).echoMode() is mode


def test_a_header_that_only_holds_a_reference_is_shown(rows: CredentialRows) -> None:
    rows.set_values({"X-Own": "a {{secret:pin}}"})
    assert value_of(rows).text() == "a {{secret:pin}}"


def lock_of(rows: CredentialRows, place: int = 0) -> QPushButton:
    return rows._locks[value_of(rows, place)]


def test_any_other_header_is_kept_secret_by_its_lock(qtbot: QtBot, rows: CredentialRows) -> None:
    rows.set_values({"X-Own": "a", "Authorization": "b"})
    assert rows.locked() == []
    assert not lock_of(rows, 1).isEnabled(), "that is decided by its name"
    lock_of(rows).setFocus()
    with qtbot.waitSignal(rows.changed):
        qtbot.keyClick(lock_of(rows), Qt.Key.Key_Space)
    assert rows.locked() == ["X-Own"]
    assert value_of(rows).echoMode() is QLineEdit.EchoMode.PasswordEchoOnEdit
    assert rows.values() == {"X-Own": "a", "Authorization": "b"}


def test_a_stored_one_stays_locked_until_it_is_replaced(rows: CredentialRows) -> None:
    rows.set_values({"X-Own": "{{secret:auto.x-own.1}}"})
    assert rows.locked() == ["X-Own"]
    assert not lock_of(rows).isEnabled(), "what is not shown cannot be shown by it"
    replace_of(rows).click()
    lock_of(rows).click()
    assert rows.locked() == []
    replace_of(rows).click()
    assert rows.locked() == ["X-Own"]


def test_what_is_locked_is_locked_when_it_is_shown_again(rows: CredentialRows) -> None:
    rows.set_values({"X-Own": "a", "Accept": "b"}, ["X-Own"])
    assert rows.locked() == ["X-Own"]
    rows._remove(rows._rows[0])
    assert rows.locked() == []


def test_the_name_of_a_secret_is_shown(qtbot: QtBot, rows: CredentialRows) -> None:
    rows.set_values({"Authorization": "{{secret:pin}}"})
    assert value_of(rows).displayText() == "{{secret:pin}}"
    assert rows.values() == {"Authorization": "{{secret:pin}}"}


def test_the_keyboard_comes_by_name_value_lock_and_remove(
    qtbot: QtBot, rows: CredentialRows
) -> None:
    rows.set_values({"X-Own": "a"})
    _, name, value = rows._rows[0]
    qtbot.waitUntil(name.isVisible)
    name.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen[:2] == [value, lock_of(rows)]
    assert isinstance(seen[2], IconButton)
