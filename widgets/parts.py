"""The smallest pieces every page is put together from: labels, cards, buttons, rules.

Their looks are in resources/styles; a part only carries the property the stylesheet looks for.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from widgets.style import assets
from widgets.style.palette import Theme

_ICON_GAP = 3


def label(role: str = "", text: str = "", wrap: bool = False) -> QLabel:
    """Return a label; text from outside is never read as markup.

    Args:
        role: ``title``, ``section``, ``muted``, ``secondary``, ``error``, ``lead``, ``tile``.
        text: Its first words.
        wrap: Whether it may take several lines.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def button(kind: str = "", text: str = "") -> QPushButton:
    """Return a push button; kinds: ``primary``, ``danger``, ``flat``, ``link``."""
    made = QPushButton(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if kind:
        made.setProperty("kind", kind)
    return made


def card() -> QFrame:
    """Return a framed surface."""
    made = QFrame()
    made.setProperty("card", True)
    return made


def rule() -> QFrame:
    """Return a hairline between two blocks."""
    made = QFrame()
    made.setProperty("rule", True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


class IconButton(QPushButton):
    """A button whose icon follows the theme."""

    def __init__(self, theme: Theme, icon: str, kind: str = "", size: int = 16) -> None:
        super().__init__()
        self._theme, self._icon, self._size = theme, icon, size
        if kind:
            self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._redraw)
        self._redraw()

    def show_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self._redraw()

    def setText(self, text: str) -> None:
        """Show words beside the icon, with a little more room than Qt leaves."""
        super().setText(text)
        self._redraw()

    def _redraw(self) -> None:
        tokens = self._theme.tokens
        kind = self.property("kind")
        colours = {"primary": tokens.on_accent, "danger": tokens.down.text, "flat": tokens.muted}
        colours["link"] = tokens.accent
        colour = colours.get(kind, tokens.text)
        gap = _ICON_GAP if self.text() else 0
        self.setIconSize(QSize(self._size + gap, self._size))
        self.setIcon(assets.icon(self._icon, colour, self._size, gap))


def restyle(widget: QWidget) -> None:
    """Let the stylesheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
