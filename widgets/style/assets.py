"""Reads what lies in resources/: icons in a token's colour, fonts, stylesheet, translations.

Every widget that shows an icon and the composition root call it. The only place that knows
where resources lie, from a checkout, from an installed wheel, and inside a packaged program.
"""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from widgets.style.tokens import Type

# Both the checkout and the packaged program keep resources/ beside widgets/.
_ROOT = Path(__file__).resolve().parents[2] / "resources"

FAMILY = "Pretendard"
EMOJI_FAMILY = "Vigil Emoji"
_FONT_FILES = (
    "Pretendard-Regular.otf",
    "Pretendard-SemiBold.otf",
    "Pretendard-Bold.otf",
    "VigilEmoji-Bold.ttf",
)
_ICON_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)


def path(name: str) -> Path:
    """Return where a resource lies, such as ``icons/plus.svg``."""
    return _ROOT / name


def read(name: str) -> str:
    """Return a text resource."""
    return path(name).read_text(encoding="utf-8")


def load_fonts() -> None:
    """Make the bundled fonts known to Qt; a bare machine has neither Korean nor emoji."""
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(path(f"fonts/{name}")))
    # Without this a machine's colour emoji font, or its lack, decides how toasts look.
    QFontDatabase.setApplicationEmojiFontFamilies([EMOJI_FAMILY])


def font(pixels: int = Type.TEXT, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the window's font in a size in pixels."""
    made = QFont([FAMILY, EMOJI_FAMILY, "sans-serif"])
    made.setPixelSize(pixels)
    made.setWeight(weight)
    return made


def numbers(pixels: int = Type.TEXT, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the font with digits of one width, for columns and counting numbers."""
    made = font(pixels, weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int, scale: float = 1.0) -> QPixmap:
    """Return an icon in one colour.

    Args:
        name: Of a file in resources/icons, without ``.svg``.
        colour: What ``currentColor`` becomes, ``#rrggbb``.
        size: Edge in device-independent pixels.
        scale: Pixels of the screen per device-independent pixel.
    """
    edge = round(size * scale)
    drawn = QPixmap(edge, edge)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _drawing(name, colour).render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn


@lru_cache(maxsize=16)
def _drawing(name: str, colour: str) -> QSvgRenderer:
    """Return an icon as it is drawn in any size; most are asked for in five at once."""
    svg = read(f"icons/{name}.svg").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(svg.encode()))


def icon(name: str, colour: str, size: int = 16, gap: int = 0) -> QIcon:
    """Return an icon that stays sharp from 100 to 200 % scale.

    Args:
        name: As for ``pixmap``.
        colour: As for ``pixmap``.
        size: As for ``pixmap``.
        gap: Empty room at its right, in device-independent pixels.
    """
    made = QIcon()
    for scale in _ICON_SCALES:
        drawn = QPixmap(round((size + gap) * scale), round(size * scale))
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.drawPixmap(0, 0, pixmap(name, colour, round(size * scale)))
        painter.end()
        drawn.setDevicePixelRatio(scale)
        made.addPixmap(drawn)
    return made


def app_icon() -> QIcon:
    """Return the product's own icon in the sizes that window systems ask for."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap("vigil", "", size))
    return made


def translator(language: str) -> QTranslator:
    """Return the loaded words of a language.

    Args:
        language: ``ko`` or ``en`` (which carries the plurals).
    """
    made = QTranslator()
    made.load(str(path(f"i18n/vigil_{language}.qm")))
    return made
