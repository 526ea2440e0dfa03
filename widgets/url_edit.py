"""The line for an endpoint's URL, which also takes a pasted curl command.

The endpoint form has one; it fills itself from the command.
"""

from urllib.parse import urlsplit

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from widgets import curl_command

_PASTE_LENGTH = 100_000
"""More than a URL may have: a command must not be cut."""


class UrlEdit(QLineEdit):
    """A line of text.

    Signals:
        command_pasted: A curl command was pasted: its fields under the wire's names.
        url_edited: Anything else was typed or pasted.
    """

    command_pasted = Signal(dict)
    url_edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._length_before = 0
        self._length = 0
        self.setMaxLength(_PASTE_LENGTH)
        self.textChanged.connect(self._measure)
        self.textEdited.connect(self._read)

    def _measure(self, text: str) -> None:
        self._length_before, self._length = self._length, len(text)

    def _read(self, text: str) -> None:
        # Typed letter by letter, a command would be taken before it is complete.
        is_pasted = abs(self._length - self._length_before) > 1
        command = curl_command.fields_of(text) if is_pasted else None
        if command is None:
            self.url_edited.emit(text)
        else:
            self.command_pasted.emit(command)


def host_of(url: str) -> str:
    """Return the host of a URL that is still being typed, "" while there is none."""
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
