"""Every part of the window can be told by a screen reader, and nothing takes the keyboard away."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import NOW
from widgets.main_window import MainWindow
from widgets.pages import Page
from widgets.parts import ElidedLabel
from widgets.style.palette import Theme, apply_theme
from widgets.style.tokens import LIGHT
from widgets.toast import Toast

DECORATION = {"_Mark"}
"""Painted beside the words that say the same."""


def name_of(widget: QWidget) -> str:
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name) if told is not None else ""


def is_ours(widget: QWidget) -> bool:
    return type(widget).__module__.startswith("widgets.")


def paints_itself(widget: QWidget) -> bool:
    ours = (kind for kind in type(widget).__mro__ if kind.__module__.startswith("widgets."))
    return any("paintEvent" in kind.__dict__ for kind in ours)


@pytest.mark.parametrize("page", list(Page))
def test_whatever_the_keyboard_reaches_or_we_paint_has_a_name(
    window: MainWindow, page: Page
) -> None:
    window.show_page(page.value)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and type(widget).__name__ not in DECORATION
        and (paints_itself(widget) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        # The editor inside a number field speaks through the field.
        and not (isinstance(widget, QLineEdit) and widget.focusProxy() is not None)
        and not (isinstance(widget, QLineEdit) and is_ours(widget.parentWidget()))
        and not (isinstance(widget, QListView) and not is_ours(widget))
        # One that has no words yet paints none either; those it has are its name.
        and not (isinstance(widget, ElidedLabel) and not widget.text())
        and not name_of(widget)
    ]
    assert nameless == []


def test_a_toast_takes_neither_the_keyboard_nor_the_screen_from_another_window(
    window: MainWindow, qtbot: QtBot
) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    other.setFocus()
    window.toasts.show_toast(Toast("error", "Down", "why", (("Open", lambda: None),)))
    window.toasts.show_group("k", lambda: Toast("error", "Two down", about=("a", "b")))
    QApplication.sendPostedEvents()
    assert QApplication.activeWindow() is other
    assert QApplication.focusWidget() is other


def test_a_toast_leaves_the_keyboard_where_it_is_in_its_own_window(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.header.focus_search()
    window.toasts.show_toast(Toast("error", "Down", "why", (("Open", lambda: None),)))
    qtbot.keyClicks(window.focusWidget(), "shop")
    assert window.header.search_field.text() == "shop"
    window.toasts.clear()
    assert window.focusWidget() is window.header.search_field


@pytest.mark.parametrize(
    ("page", "scale"),
    [
        (Page.DASHBOARD, 1.5),
        *((page, 2.0) for page in Page if page is not Page.ENDPOINT),
    ],
)
def test_larger_text_fits_the_window_it_has(
    window: MainWindow, theme: Theme, qapp: QApplication, page: Page, scale: float
) -> None:
    window.resize(1280, 880)
    window.show_page(page.value)
    try:
        theme.measure(scale, False)
        apply_theme(qapp, theme, LIGHT)
        window.header.show_quiet(NOW)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        assert window.width() == 1280, f"it grew: {window.minimumSizeHint()}"
        assert window.height() == 880
        assert window.minimumSizeHint().width() <= 1280, window.minimumSizeHint()
        assert window.minimumSizeHint().height() <= 880, window.minimumSizeHint()
        assert window.dashboard.endpoints.view.verticalHeader().defaultSectionSize() == round(
            44 * scale
        )
    finally:
        theme.measure(1.0, False)
        apply_theme(qapp, theme, LIGHT)
