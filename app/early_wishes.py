"""What the user asks for between the first paint and the moment someone can do it.

The window is painted a second or two before the parts behind it are loaded. A key pressed then
is not lost: what was asked for is kept, once each and with its last words, and granted in the
order in which it was asked for.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject

from widgets.main_window import MainWindow


class EarlyWishes(QObject):
    """Keeps what a window asks for until there is someone who listens.

    Closing, ending, adding an endpoint and searching are kept; all else needs a list first.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._kept: dict[str, Callable[[], None]] = {}
        self._connections = [
            window.close_requested.connect(self._close),
            window.quit_requested.connect(self._quit),
            window.add_requested.connect(self._add),
            window.search_changed.connect(self._search),
        ]

    def _close(self) -> None:
        self._kept["close"] = self._window.close_requested.emit

    def _quit(self) -> None:
        self._kept["quit"] = self._window.quit_requested.emit

    def _add(self) -> None:
        self._kept["add"] = self._window.add_requested.emit

    def _search(self, words: str) -> None:
        self._kept["search"] = lambda: self._window.search_changed.emit(words)

    def grant(self) -> None:
        """Ask for all of it again, now that someone listens; from here on nothing is kept."""
        for connection in self._connections:
            QObject.disconnect(connection)
        for ask in self._kept.values():
            ask()
        self._kept.clear()
