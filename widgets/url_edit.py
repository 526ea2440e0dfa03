"""The line for an endpoint's URL, which also takes a pasted curl command and a mere host.

The endpoint form has one, which fills itself from the command, and the first steps have one.
"""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from backend.contract.vocabulary import Limits
from widgets import curl_command

_BARE = re.compile(
    r"(?P<here>localhost|\d+(?:\.\d+){3}|\[[\da-fA-F:]+\])?(?(here)|[\w-]+(?:\.[\w-]+)+)"
    r"(?::\d+)?(?:[/?#]\S*)?"
)
"""A host with no scheme before it, as one types it into a browser."""

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
        # Before whoever made it hears of the key, and takes the text.
        self.returnPressed.connect(self._complete)
        self.editingFinished.connect(self._complete)

    def url(self) -> str:
        """Return what was typed, with a scheme where only a host was."""
        return completed(self.text())

    def _complete(self) -> None:
        if self.url() != self.text().strip():
            self.setText(self.url())
            self.url_edited.emit(self.text())

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


def completed(text: str) -> str:
    """Return a URL of what is a host and perhaps a path, anything else as it is.

    What has a number for a name, or is this computer, seldom has a certificate.
    """
    text = text.strip()
    found = _BARE.fullmatch(text)
    if found is None:
        return text
    return f"http://{text}" if found["here"] else f"https://{text}"


def proposed_name(url: str, taken: Collection[str] = ()) -> str:
    """Return a name for a URL that is still being typed, "" while it has no host.

    Args:
        url: What is typed so far.
        taken: Names that others have: several of one host are told apart by port and path.
    """
    host = host_of(url)
    if not host or host not in taken:
        return host
    parts = urlsplit(url.strip())
    place = parts.netloc.rpartition("@")[2].casefold()
    return f"{place}{parts.path.rstrip('/')}"[: Limits.NAME_LENGTH]


def host_of(url: str) -> str:
    """Return the host of a URL that is still being typed, "" while there is none."""
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
