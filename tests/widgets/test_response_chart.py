"""The chart of response times: what is painted, crosshair, zoom, states, words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImage,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QDateTimeEdit, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from backend.contract.vocabulary import Period
from tests.helpers.painted_words import Listening
from widgets import chart_painter, chart_phrases, phrases
from widgets.chart_scale import time_ticks
from widgets.pages import ViewState
from widgets.period_picker import SpanPopup
from widgets.phase_chart import PhaseChart
from widgets.response_chart import ResponseChart
from widgets.response_panel import ChartLegend, ResponsePanel
from widgets.series import Outage, Point, Series
from widgets.style.palette import Theme, apply_theme
from widgets.style.tokens import DARK, LIGHT
from widgets.trial_values import Phase

END = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
STEP = timedelta(minutes=15)
START = END - STEP * 96


def series(gap: range = range(40, 50), outage: range = range(60, 70)) -> Series:
    points = tuple(
        Point(START + STEP * n, None if n in gap else 100.0, None if n in gap else 200.0)
        for n in range(96)
    )
    spans = (Outage(START + STEP * outage.start, START + STEP * outage.stop),) if outage else ()
    return Series(START, END, STEP.total_seconds(), points, spans)


@pytest.fixture
def chart(qtbot: QtBot, theme: Theme) -> ResponseChart:
    made = ResponseChart(theme)
    qtbot.addWidget(made)
    made.resize(700, 200)
    made.show_series(series())
    made.show()
    return made


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def place(chart: ResponseChart, step: float, value: float) -> QPoint:
    """Return where a value lies that many steps after the start."""
    scale = chart.scale()
    assert scale is not None
    at = START + STEP * step
    return QPointF(scale.x(at), scale.y(value)).toPoint()


def blueness(colour: QColor) -> int:
    return colour.blue() - colour.red()


def test_the_median_is_a_line_and_a_band_lies_above_it(chart: ResponseChart) -> None:
    image = picture(chart)
    line = max(
        blueness(image.pixelColor(place(chart, 20, 100) + QPoint(0, by))) for by in (-1, 0, 1)
    )
    band = blueness(image.pixelColor(place(chart, 20, 160)))
    nothing = blueness(image.pixelColor(place(chart, 20, 40)))
    assert line > band > nothing


def test_a_gap_is_a_gap(chart: ResponseChart) -> None:
    image = picture(chart)
    assert image.pixelColor(place(chart, 45, 160)) == image.pixelColor(place(chart, 45, 30))
    assert image.pixelColor(place(chart, 20, 160)) != image.pixelColor(place(chart, 20, 30))


def test_an_outage_is_shaded_and_has_a_foot_that_needs_no_colour(chart: ResponseChart) -> None:
    image = picture(chart)
    shade = image.pixelColor(place(chart, 65, 30))
    assert shade.red() - shade.green() > 20
    foot = image.pixelColor(place(chart, 65, 0))
    assert foot.lightness() < 130
    assert image.pixelColor(place(chart, 80, 0)).lightness() > 200


def test_an_outage_out_of_sight_is_not_painted_at_the_edge(chart: ResponseChart) -> None:
    before = Outage(START - STEP * 5, START - STEP)
    chart.show_series(Series(START, END, STEP.total_seconds(), series().points, (before,)))
    assert picture(chart).pixelColor(place(chart, 0, 0) + QPoint(1, 0)).lightness() > 200


def test_another_theme_is_painted_at_once(
    chart: ResponseChart, qapp: QApplication, theme: Theme
) -> None:
    light = picture(chart).pixelColor(place(chart, 20, 160))
    apply_theme(qapp, theme, DARK)
    assert picture(chart).pixelColor(place(chart, 20, 160)) != light
    apply_theme(qapp, theme, LIGHT)
    assert picture(chart).pixelColor(place(chart, 20, 160)) == light


def test_the_pointer_shows_exact_values(qtbot: QtBot, chart: ResponseChart) -> None:
    before = picture(chart)
    qtbot.mouseMove(chart, place(chart, 20.5, 100))
    assert chart.lens is not None
    assert chart.lens.point == Point(START + STEP * 20, 100.0, 200.0)
    assert picture(chart) != before


def test_left_and_right_move_the_crosshair(qtbot: QtBot, chart: ResponseChart) -> None:
    assert chart.lens is not None
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.lens.index == 95
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.lens.index == 94
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.lens.index == 0
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.lens.index is None


def test_keys_zoom_and_move_the_range(qtbot: QtBot, chart: ResponseChart) -> None:
    assert chart.lens is not None
    with qtbot.waitSignal(chart.zoomed) as told:
        qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert told.args == [True]
    start = chart.lens.start
    assert start > START
    qtbot.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert chart.lens.start < start
    with qtbot.waitSignal(chart.zoomed) as told:
        qtbot.keyClick(chart, Qt.Key.Key_0)
    assert told.args == [False]


def test_a_drag_chooses_a_range_and_a_double_click_shows_all(
    qtbot: QtBot, chart: ResponseChart
) -> None:
    assert chart.lens is not None
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=place(chart, 24, 100))
    qtbot.mouseMove(chart, place(chart, 72, 100))
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=place(chart, 72, 100))
    assert abs(chart.lens.start - (START + STEP * 24)) < STEP
    assert abs(chart.lens.end - (START + STEP * 72)) < STEP
    qtbot.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=place(chart, 50, 100))
    assert chart.lens.is_whole


def turn(chart: ResponseChart, modifiers: Qt.KeyboardModifier) -> QWheelEvent:
    at = QPointF(chart.rect().center())
    event = QWheelEvent(
        at,
        QPointF(chart.mapToGlobal(chart.rect().center())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    chart.wheelEvent(event)
    return event


def test_the_wheel_zooms_around_the_pointer(chart: ResponseChart) -> None:
    assert chart.lens is not None
    turn(chart, Qt.KeyboardModifier.NoModifier)
    assert chart.lens.end - chart.lens.start == pytest.approx((END - START) * 0.75, abs=STEP)


def test_in_a_page_that_scrolls_the_wheel_belongs_to_the_page(qtbot: QtBot, theme: Theme) -> None:
    chart, area = ResponseChart(theme), QScrollArea()
    qtbot.addWidget(area)
    chart.setMinimumHeight(900)
    chart.show_series(series())
    area.setWidgetResizable(True)
    area.setWidget(chart)
    area.resize(700, 200)
    area.show()
    assert chart.lens is not None
    assert not turn(chart, Qt.KeyboardModifier.NoModifier).isAccepted()
    assert chart.lens.is_whole
    turn(chart, Qt.KeyboardModifier.ControlModifier)
    assert not chart.lens.is_whole


def test_a_screen_reader_hears_the_numbers(chart: ResponseChart) -> None:
    assert chart.accessibleName() == "Response times"
    said = chart.accessibleDescription()
    assert "median from 100 ms to 100 ms" in said
    assert "p95 at most 200 ms" in said
    assert "2 h 30 min" in said


def test_keys_that_mean_nothing_here_go_on(qtbot: QtBot, chart: ResponseChart) -> None:
    assert chart.lens is not None
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert chart.lens.index is None


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> ResponsePanel:
    made = ResponsePanel(theme)
    qtbot.addWidget(made)
    made.resize(700, 240)
    made.show()
    return made


def test_a_panel_says_that_it_loads_and_then_shows_the_chart(panel: ResponsePanel) -> None:
    assert panel.states.state is ViewState.LOADING
    panel.show_series(series(), Period.DAY)
    assert panel.states.state is ViewState.NORMAL
    assert panel.chart.isVisible()


def test_a_period_without_values_says_so(panel: ResponsePanel) -> None:
    panel.show_series(Series(START, END, 900, ()), Period.DAY)
    assert panel.states.state is ViewState.EMPTY
    assert panel.states.empty_state.sentence


def test_an_error_offers_a_retry_but_never_takes_values_away(
    qtbot: QtBot, panel: ResponsePanel
) -> None:
    panel.fail("the backend is not running")
    assert panel.states.state is ViewState.ERROR
    assert "not running" in panel.states.empty_state.sentence
    with qtbot.waitSignal(panel.retry_requested):
        panel.states.empty_state.buttons()[0].click()
    panel.show_series(series(), Period.DAY)
    panel.fail("the backend is not running")
    assert panel.states.state is ViewState.NORMAL


def test_another_period_is_told_and_loads(qtbot: QtBot, panel: ResponsePanel) -> None:
    panel.show_series(series(), Period.DAY)
    with qtbot.waitSignal(panel.period_changed) as told:
        qtbot.mouseClick(panel.periods.chip(Period.WEEK), Qt.MouseButton.LeftButton)
    assert told.args == [Period.WEEK]
    assert panel.states.state is ViewState.LOADING


def test_periods_are_chosen_by_arrow_keys(qtbot: QtBot, panel: ResponsePanel) -> None:
    panel.periods.chip(Period.DAY).setFocus()
    with qtbot.waitSignal(panel.period_changed) as told:
        qtbot.keyClick(panel.periods.chip(Period.DAY), Qt.Key.Key_Right)
    assert told.args == [Period.WEEK]


def test_a_range_stays_with_newer_values_and_goes_with_another_period(
    panel: ResponsePanel,
) -> None:
    panel.show_series(series(), Period.DAY)
    assert panel.chart.lens is not None
    panel.chart.lens.zoom(START, START + STEP * 10)
    panel.show_series(series(gap=range(0)), Period.DAY)
    assert not panel.chart.lens.is_whole
    panel.show_series(series(), Period.WEEK)
    assert panel.chart.lens.is_whole


def test_the_title_says_whose_times_they_are(panel: ResponsePanel) -> None:
    assert panel.title == "Response time - all endpoints"
    panel.set_subject("Shop")
    assert panel.title == "Response time - Shop"
    panel.set_subject(None)
    assert panel.title == "Response time"


def test_the_panel_speaks_korean(panel: ResponsePanel, korean: None, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: panel.title == "응답 시간 - 전체 엔드포인트")
    panel.show_series(series(), Period.DAY)
    assert "중앙값" in panel.chart.accessibleDescription()


def later(steps: int) -> Series:
    """The same period, moved on by some steps."""
    moved = series()
    points = tuple(Point(START + STEP * n, 100.0, 200.0) for n in range(steps, 96 + steps))
    return Series(
        START + STEP * steps, END + STEP * steps, STEP.total_seconds(), points, moved.outages
    )


def test_a_range_is_chosen_by_the_mouse_while_values_arrive(
    qtbot: QtBot, chart: ResponseChart
) -> None:
    assert chart.lens is not None
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(chart, left, pos=place(chart, 24, 100))
    qtbot.mouseMove(chart, place(chart, 60, 100))
    chart.show_series(later(2))
    where = place(chart, 72, 100)
    qtbot.mouseMove(chart, where)
    qtbot.mouseRelease(chart, left, pos=where)
    assert not chart.lens.is_whole
    assert abs(chart.lens.start - (START + STEP * 24)) < STEP
    assert abs(chart.lens.end - (START + STEP * 72)) < STEP


def test_a_range_and_the_crosshair_are_moved_by_keys_while_values_arrive(
    qtbot: QtBot, chart: ResponseChart
) -> None:
    assert chart.lens is not None
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    seen, point = (chart.lens.start, chart.lens.end), chart.lens.point
    chart.show_series(later(2))
    assert (chart.lens.start, chart.lens.end) == seen
    assert chart.lens.point is not None
    assert point is not None
    assert chart.lens.point.at == point.at
    qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert chart.lens.start > seen[0]
    turn(chart, Qt.KeyboardModifier.NoModifier)
    chart.show_series(later(3))
    assert not chart.lens.is_whole


def test_a_range_that_the_period_leaves_behind_is_kept_within_it(chart: ResponseChart) -> None:
    assert chart.lens is not None
    chart.lens.zoom(START, START + STEP * 20)
    chart.show_series(later(5))
    assert (chart.lens.start, chart.lens.end) == (START + STEP * 5, START + STEP * 25)
    chart.show_series(later(60))
    assert chart.lens.is_whole


def test_a_step_of_seconds_is_told_to_the_second() -> None:
    point = Point(START, 100.0, 200.0)
    of_seconds = chart_phrases.readout(Series(START, END, 5, (point,), ()), point)[0]
    assert of_seconds.endswith(f"{START.astimezone():%H:%M}:00 - {START.astimezone():%H:%M}:05")
    of_minutes = chart_phrases.readout(Series(START, END, 60, (point,), ()), point)[0]
    assert of_minutes.count(":") == 2


def test_the_outages_of_a_step_are_listed_beside_the_crosshair() -> None:
    point = Point(START, None, None)
    minute = timedelta(minutes=1)
    spans = tuple(Outage(START + minute, START + minute * (2 + n), f"API {n}") for n in range(5))
    lines = chart_phrases.readout(Series(START, END, 900, (point,), spans), point)
    begun = phrases.clock(START + minute)
    assert lines[2] == f"outage {begun} - {phrases.clock(START + minute * 6)} (5 min): API 4"
    assert lines[-1] == "and 2 more"
    still = Outage(START + minute, START + minute * 3, is_open=True)
    lines = chart_phrases.readout(Series(START, END, 900, (point,), (still,)), point)
    assert lines[-1] == f"outage since {begun} (2 min)"


def test_another_outage_is_shown_under_the_pointer(qtbot: QtBot, chart: ResponseChart) -> None:
    qtbot.mouseMove(chart, place(chart, 65.5, 100))
    before = picture(chart)
    named = series()
    (outage,) = named.outages
    with_name = replace(named, outages=(replace(outage, name="Payments API"),))
    chart.show_series(with_name)
    assert picture(chart) != before


def ask_span(qtbot: QtBot, panel: ResponsePanel) -> SpanPopup:
    qtbot.mouseClick(panel.periods.chip(Period.CUSTOM), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.periods.asking.isVisible)
    return panel.periods.asking


FROM = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
TO = datetime(2026, 1, 7, 20, 0, tzinfo=UTC)


def test_a_custom_period_is_chosen_by_mouse(qtbot: QtBot, panel: ResponsePanel) -> None:
    popup = ask_span(qtbot, panel)
    assert panel.periods.period is Period.DAY
    popup.start.show_moment(FROM)
    popup.end.show_moment(TO)
    with qtbot.waitSignal(panel.period_changed) as told:
        qtbot.mouseClick(popup.apply_button, Qt.MouseButton.LeftButton)
    assert told.args == [Period.CUSTOM]
    assert panel.periods.span == (FROM, TO)
    assert panel.periods.words == chart_phrases.span_words(FROM, TO)
    assert panel.states.state is ViewState.LOADING
    qtbot.mouseClick(panel.periods.chip(Period.WEEK), Qt.MouseButton.LeftButton)
    assert panel.periods.span is None


def test_a_custom_period_is_chosen_by_keyboard(qtbot: QtBot, panel: ResponsePanel) -> None:
    panel.periods.set_period(Period.MONTH)
    chip = panel.periods.chip(Period.MONTH)
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Right)
    popup = panel.periods.asking
    qtbot.waitUntil(popup.isVisible)
    popup.start.show_moment(FROM)
    popup.end.show_moment(FROM)
    popup.end.setCurrentSection(QDateTimeEdit.Section.DaySection)
    qtbot.keyClick(popup.end, Qt.Key.Key_Up)
    with qtbot.waitSignal(panel.period_changed):
        qtbot.keyClick(popup.end, Qt.Key.Key_Return)
    assert panel.periods.span == (FROM, FROM + timedelta(days=1))
    again = ask_span(qtbot, panel)
    assert again.start.moment == FROM
    again.end.show_moment(TO)
    with qtbot.waitSignal(panel.period_changed):
        qtbot.keyClick(again.start, Qt.Key.Key_Return)
    assert panel.periods.span == (FROM, TO)


def test_a_custom_period_that_is_given_up_leaves_the_one_before(
    qtbot: QtBot, panel: ResponsePanel
) -> None:
    popup = ask_span(qtbot, panel)
    with qtbot.assertNotEmitted(panel.period_changed):
        qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert panel.periods.period is Period.DAY
    assert panel.periods.chip(Period.DAY).isChecked()


def test_a_custom_period_must_end_after_it_begins(qtbot: QtBot, panel: ResponsePanel) -> None:
    popup = ask_span(qtbot, panel)
    popup.end.show_moment(FROM)
    popup.start.show_moment(TO)
    assert popup.problem
    assert not popup.apply_button.isEnabled()
    with qtbot.assertNotEmitted(panel.period_changed):
        qtbot.keyClick(popup.start, Qt.Key.Key_Return)
    popup.hide()


def test_the_legend_gives_way_where_the_head_has_no_room(panel: ResponsePanel) -> None:
    panel.show_series(series(), Period.DAY)
    (legend,) = panel.findChildren(ChartLegend)
    assert legend.isVisible()
    panel.resize(500, 240)
    assert not legend.isVisible()
    assert panel.periods.width() >= panel.periods.sizeHint().width()


@pytest.fixture(params=[1.0, 1.25, 1.5, 2.0])
def text_size(request: pytest.FixtureRequest, theme: Theme, qapp: QApplication) -> Iterator[float]:
    theme.measure(request.param, False)
    apply_theme(qapp, theme, LIGHT)
    yield request.param
    theme.measure(1.0, False)
    apply_theme(qapp, theme, LIGHT)


@pytest.mark.parametrize("size", [(700, 200), (420, 130)], ids=["wide", "low"])
def test_the_words_of_the_axes_lie_whole_within_the_chart_at_every_size_of_text(
    chart: ResponseChart, text_size: float, size: tuple[int, int]
) -> None:
    chart.resize(*size)
    scale, device = chart.scale(), Listening(chart)
    assert scale is not None
    painter = QPainter(device)
    times = time_ticks(scale.start, scale.end, max(2, int(scale.rect.width() // (72 * text_size))))
    chart_painter.paint_axes(painter, scale, LIGHT, chart._ticks(), times)
    painter.end()
    drawn = device.words
    assert len(drawn) == len(chart._ticks()) + len(times)
    inside = QRectF(chart.rect())
    for words, where in drawn:
        assert inside.contains(where), (words, where)
        assert where.height() > 6 * text_size
    for place, (words, where) in enumerate(drawn):
        for other, there in drawn[place + 1 :]:
            assert not where.intersects(there), (words, other)


def test_the_legend_grows_with_the_text(theme: Theme, text_size: float, qtbot: QtBot) -> None:
    legend = ChartLegend(theme)
    qtbot.addWidget(legend)
    metrics = QFontMetrics(legend._font)
    assert metrics.height() > 11 * text_size
    assert metrics.height() <= legend.sizeHint().height()


def test_the_phases_of_an_answer_grow_with_the_text(
    theme: Theme, text_size: float, qtbot: QtBot
) -> None:
    phases = PhaseChart(theme)
    qtbot.addWidget(phases)
    phases.show_phases(((Phase.DNS, 12.0), (Phase.TLS, 40.0)))
    assert phases.font().pixelSize() == round(11 * text_size)
    assert phases.sizeHint().height() >= 2 * QFontMetrics(phases.font()).height()


def test_how_narrow_it_may_be_does_not_depend_on_how_wide_it_is(panel: ResponsePanel) -> None:
    panel.show_series(series(), Period.DAY)
    (legend,) = panel.findChildren(ChartLegend)
    panel.resize(1200, 300)
    wide = panel.minimumSizeHint()
    assert legend.isVisible()
    panel.resize(wide)
    QApplication.processEvents()
    assert not legend.isVisible()
    assert panel.minimumSizeHint() == wide


def test_the_title_stays_where_it_is_when_the_legend_comes(panel: ResponsePanel) -> None:
    panel.resize(1000, 240)
    panel.periods.setParent(None)  # as on the statistics page
    panel.layout().activate()
    title = next(each for each in panel.findChildren(QLabel) if each.text() == panel.title)
    before = title.geometry().center().y()
    panel.show_series(series(), Period.DAY)
    panel.layout().activate()
    assert panel.findChild(ChartLegend).isVisible()
    assert title.geometry().center().y() == before
