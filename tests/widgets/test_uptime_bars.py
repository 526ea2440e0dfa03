"""Bars of uptime by day: colour, height, the day under pointer and keyboard, words."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from widgets.series import UptimeDay
from widgets.style.palette import Theme
from widgets.style.tokens import DARK, LIGHT
from widgets.uptime_bars import CELL_HEIGHT, CELL_WIDTH, DAYS, UptimeBar, UptimeBars
from widgets.uptime_panel import UptimePanel

TODAY = date(2026, 11, 23)


def days(*last: float | None) -> list[UptimeDay]:
    """Ninety days that were all well but the last ones."""
    percents = [100.0] * (DAYS - len(last)) + list(last)
    return [
        UptimeDay(TODAY - timedelta(days=DAYS - 1 - place), percent, 540 if percent == 90 else 0)
        for place, percent in enumerate(percents)
    ]


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> UptimeBar:
    made = UptimeBar(theme)
    qtbot.addWidget(made)
    made.resize(908, 40)
    made.show_days(days(100, 99, 90, None))
    made.show()
    return made


def column(bar: UptimeBar, place: int) -> list[int]:
    """Return the ink of a day's bar from top to bottom: how far each pixel is from the ground."""
    image: QImage = bar.grab().toImage()
    x = 4 + place * 10 + 4
    ground = image.pixelColor(4 + 9, 5).rgb()
    return [y for y in range(3, 37) if image.pixelColor(x, y).rgb() != ground]


def cell(bars: UptimeBars, shown: list[UptimeDay], scale: float = 1) -> QImage:
    """Return how a table's cell of these days looks, in text of some size."""
    image = QImage(400, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    painter = QPainter(image)
    painter.scale(scale, scale)
    bars.paint_cell(painter, QRectF(0, 0, CELL_WIDTH, CELL_HEIGHT), shown)
    painter.end()
    return image


def test_the_cell_of_a_table_is_painted_as_it_would_be_anew(theme: Theme) -> None:
    bars, well, ill = UptimeBars(theme), days(100), days(100, 90, None)
    seen = [cell(bars, well), cell(bars, ill), cell(bars, well), cell(bars, well, 2)]
    theme.use(DARK)
    seen += [cell(bars, well), cell(bars, ill)]
    theme.use(LIGHT)
    anew = [cell(UptimeBars(theme), it) for it in (well, ill, well)]
    anew.append(cell(UptimeBars(theme), well, 2))
    theme.use(DARK)
    anew += [cell(UptimeBars(theme), it) for it in (well, ill)]
    assert seen == anew
    assert len({bytes(it.constBits()) for it in anew}) == 5, "all differ but the repeated one"


def test_bad_days_are_taller_and_unknown_ones_hollow(bar: UptimeBar) -> None:
    good, weak, bad, unknown = (column(bar, place) for place in (86, 87, 88, 89))
    assert len(good) < len(weak) < len(bad)
    assert unknown[-1] - unknown[0] < len(good)
    assert 20 not in unknown
    assert 20 in good


def test_colours_are_those_of_the_states(bar: UptimeBar) -> None:
    image = bar.grab().toImage()
    middle = [image.pixelColor(4 + place * 10 + 4, 20).name() for place in (86, 87, 88)]
    assert middle == ["#22c55e", "#eab308", "#ef4444"]


def test_keys_go_from_day_to_day(qtbot: QtBot, bar: UptimeBar) -> None:
    with qtbot.waitSignal(bar.pointed):
        qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert bar.day is not None
    assert bar.day.day == TODAY
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert bar.day.percent == 90
    qtbot.keyClick(bar, Qt.Key.Key_Home)
    assert bar.day.day == TODAY - timedelta(days=89)
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert bar.day.day == TODAY - timedelta(days=89)


def test_the_pointer_chooses_a_day(qtbot: QtBot, bar: UptimeBar) -> None:
    qtbot.mouseMove(bar, QPoint(4 + 88 * 10 + 4, 20))
    assert bar.day is not None
    assert bar.day.percent == 90


def test_a_screen_reader_hears_the_summary(bar: UptimeBar) -> None:
    said = bar.accessibleDescription()
    assert "89 of 90" in said
    assert "the worst was Nov 22: 90.00 %, down 9 min" in said


def test_a_young_endpoint_leaves_room_for_the_days_before(qtbot: QtBot, theme: Theme) -> None:
    bar = UptimeBar(theme)
    qtbot.addWidget(bar)
    bar.resize(908, 40)
    bar.show_days([UptimeDay(TODAY, 100.0)])
    assert column(bar, 0) == []
    assert len(column(bar, 89)) > 10


def test_the_panel_says_the_day_that_is_looked_at(qtbot: QtBot, theme: Theme) -> None:
    panel = UptimePanel(theme)
    qtbot.addWidget(panel)
    panel.resize(940, 80)
    panel.show()
    assert panel.words == "Loading days..."
    panel.show_days(days(90, None))
    assert "the worst was" in panel.words
    qtbot.keyClick(panel.bar, Qt.Key.Key_Left)
    assert panel.words == "Nov 23: no data"
    qtbot.keyClick(panel.bar, Qt.Key.Key_Left)
    assert panel.words == "Nov 22: 90.00 %, down 9 min"


def test_the_panel_offers_a_retry_and_keeps_what_it_has(qtbot: QtBot, theme: Theme) -> None:
    panel = UptimePanel(theme)
    qtbot.addWidget(panel)
    panel.show()
    panel.fail("the backend is not running")
    assert panel.words == "The days could not be loaded."
    with qtbot.waitSignal(panel.retry_requested):
        qtbot.mouseClick(panel._retry, Qt.MouseButton.LeftButton)
    panel.show_days(days())
    panel.fail("the backend is not running")
    assert "no failures" in panel.words
