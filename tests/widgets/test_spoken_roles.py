"""A screen reader is told what each part is that we paint ourselves."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.sheets import with_sheets
from widgets import spoken_roles
from widgets.furniture import furnish
from widgets.main_window import MainWindow
from widgets.style.palette import Theme


def role_of(part: QWidget) -> QAccessible.Role:
    interface = QAccessible.queryAccessibleInterface(part)
    assert interface is not None
    return interface.role()


def test_every_painted_part_of_the_window_says_what_it_is(qtbot: QtBot, qapp: QApplication):
    spoken_roles.install()
    window = with_sheets(furnish(MainWindow(Theme())))
    qtbot.addWidget(window)
    parts = window.findChildren(QWidget)
    for kind, role in spoken_roles.ROLES.items():
        found = [part for part in parts if type(part).__name__ == kind]
        assert found, f"the window has no {kind}"
        assert {role_of(part) for part in found} == {role}
    # What has words or takes the keyboard and is a panel to Qt, is one for nobody else.
    nameless = [
        type(part).__name__
        for part in parts
        if type(part).__module__.startswith("widgets.")
        and "paintEvent" in vars(type(part))
        and role_of(part) is QAccessible.Role.Client
        and part.accessibleName()
    ]
    assert nameless == []
