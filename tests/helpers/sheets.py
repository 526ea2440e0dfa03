"""Builds every sheet of a window, for tests that look through all there is in it."""

from widgets.main_window import MainWindow
from widgets.sheet import FirstUse


def with_sheets(window: MainWindow) -> MainWindow:
    """Return the window with the sheets that are otherwise built when they are first opened."""
    for each in tuple(vars(window.sheets).values()):
        if isinstance(each, FirstUse):
            each.get()
    return window
