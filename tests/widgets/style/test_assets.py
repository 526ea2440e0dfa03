"""Resources are found, recoloured, and every sign the window uses has a glyph."""

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QRawFont

from backend.contract.vocabulary import Status
from widgets.style import assets, marks
from widgets.style.palette import Theme
from widgets.style.tokens import DARK, LIGHT


def test_the_bundled_font_is_the_window_s_font(theme: Theme) -> None:
    assert assets.FAMILY in QFontDatabase.families()
    assert QFontInfo(assets.font()).family() == assets.FAMILY


@pytest.mark.parametrize("sign", "✅❌⚠🚨✨")
def test_the_signs_of_the_toasts_are_no_boxes(theme: Theme, sign: str) -> None:
    font = QRawFont(str(assets.path("fonts/VigilEmoji-Bold.ttf")), 13)
    assert font.glyphIndexesForString(sign)[0] != 0


def test_korean_has_glyphs(theme: Theme) -> None:
    font = QRawFont(str(assets.path("fonts/Pretendard-Regular.otf")), 13)
    assert 0 not in font.glyphIndexesForString("실시간연결대기중지")


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_icons_take_a_token_s_colour_at_every_scale(theme: Theme, scale: float) -> None:
    picture = assets.pixmap("plus", LIGHT.accent, 16, scale)
    assert picture.width() == round(16 * scale)
    assert picture.deviceIndependentSize().width() == 16
    image = picture.toImage()
    colours = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    strongest = max(colours, key=QColor.alpha)
    wanted = QColor(LIGHT.accent)
    # Blending at the edge of a line rounds.
    assert abs(strongest.red() - wanted.red()) < 4
    assert abs(strongest.blue() - wanted.blue()) < 4


def test_states_differ_in_shape_and_not_only_in_colour(theme: Theme) -> None:
    """Drawn in one tone, no two states look alike."""
    shapes = {marks.shape_of(status) for status in Status} | {marks.shape_of(Status.UP, True)}
    pictures = [marks.pixmap(shape, DARK.unknown, 32).toImage() for shape in shapes]
    assert len(pictures) == 5
    for place, one in enumerate(pictures):
        assert all(one != other for other in pictures[place + 1 :])
