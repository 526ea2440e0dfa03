"""Lays a theme over the application: palette, font and stylesheet, all from tokens, over Fusion.

The composition root makes one ``Theme`` and hands it to every widget; painters read
``theme.tokens`` when they paint. Nothing is left to the platform, so pictures are alike
everywhere. It does not know who chooses light or dark.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from string import Template

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from widgets.style import assets
from widgets.style.tokens import LIGHT, Radius, Space, Tokens, Type

STYLE = ("-style", "fusion")
"""For the command line that an application is made with. There, Qt takes the style without our
asking for its object, whose hundreds of names Python would learn before the first paint."""


class Theme(QObject):
    """The tokens in use.

    Signals:
        changed: Other tokens are in use; icons are drawn again.

    Attributes:
        reduced_motion: When true nothing fades or slides.
        scale: How large text is; 1 is its usual size.
        compact: Whether rows are low.
    """

    changed = Signal()

    def __init__(self, tokens: Tokens = LIGHT, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self.reduced_motion = False
        self.scale = 1.0
        self.compact = False

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return self._tokens

    @property
    def row_height(self) -> int:
        """How high a row of the endpoint table is, in pixels."""
        return self.px(Space.ROW_COMPACT if self.compact else Space.ROW)

    def px(self, measure: float) -> int:
        """Return a measure that grows with the text, in pixels."""
        return round(measure * self.scale)

    def enlarge(self, painter: QPainter, cell: QRect) -> QRect:
        """Let a painter draw a cell at the text's size; return the cell in measures of 100 %."""
        if self.scale == 1.0:
            return cell
        left, top = round(cell.x() / self.scale), round(cell.y() / self.scale)
        painter.translate(cell.x() - left * self.scale, cell.y() - top * self.scale)
        painter.scale(self.scale, self.scale)
        return QRect(left, top, round(cell.width() / self.scale), round(cell.height() / self.scale))

    def measure(self, scale: float, compact: bool) -> None:
        """Take another size of text and rows; ``apply_theme`` shows it."""
        self.scale, self.compact = scale, compact

    def use(self, tokens: Tokens) -> None:
        """Take other tokens and tell everybody; ``apply_theme`` calls it."""
        self._tokens = tokens
        self.changed.emit()


def apply_theme(app: QApplication, theme: Theme, tokens: Tokens) -> None:
    """Show the whole application in these tokens, at start and whenever they change.

    Args:
        app: Gets style, palette, font and stylesheet.
        theme: Told to use the tokens.
        tokens: LIGHT or DARK.
    """
    app.setStyleSheet("")  # to lay a stylesheet over another one takes four times as long
    app.setFont(assets.font(theme.px(Type.TEXT)))
    app.setPalette(palette(tokens))
    app.setStyleSheet(stylesheet(tokens, theme.scale))
    theme.use(tokens)  # last: a stylesheet gives a part the font back that it had before


@contextmanager
def styled_when_built(app: QApplication) -> Iterator[None]:
    """Style what is built within once, as it stands; each part as it is put in takes twice as long.

    Args:
        app: Has the stylesheet.
    """
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)


def palette(tokens: Tokens) -> QPalette:
    """Return the tokens as Qt's palette."""
    made = QPalette()
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, tokens.background),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.background),
        (role.Text, tokens.text),
        (role.PlaceholderText, tokens.muted),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.on_accent),
        (role.Highlight, tokens.selection),
        (role.HighlightedText, tokens.selection_text),
        (role.Accent, tokens.accent),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.ToolTipBase, tokens.raised),
        (role.ToolTipText, tokens.text),
        (role.Light, tokens.surface),
        (role.Midlight, tokens.hover),
        (role.Mid, tokens.line),
        (role.Dark, tokens.field_border),
        (role.Shadow, tokens.shadow),
    ):
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.disabled))
    return made


def stylesheet(tokens: Tokens, scale: float = 1.0) -> str:
    """Return resources/styles/vigil.qss with the tokens filled in, its text so much larger."""
    values: dict[str, object] = {}
    for name, value in asdict(tokens).items():
        if isinstance(value, dict):
            values.update({f"{name}_{part}": colour for part, colour in value.items()})
        else:
            values[name] = value
    values.update(
        radius_card=Radius.CARD,
        radius_field=Radius.FIELD,
        radius_row=Radius.ROW,
        secondary=round(Type.SECONDARY * scale),
        size=round(Type.TEXT * scale),
        code=round((Type.SECONDARY + 1) * scale),
        section=round(Type.SECTION * scale),
        lead=round(Type.LEAD * scale),
        tile=round(Type.TILE * scale),
        title=round(Type.TITLE * scale),
        number=round(Type.NUMBER * scale),
        field=round(30 * scale),
        field_inside=round(30 * scale) - 2,
        flat=round(22 * scale),
        arrow=round(24 * scale),
        icons=assets.path("icons").as_posix(),
    )
    return Template(assets.read("styles/vigil.qss")).substitute(values)
