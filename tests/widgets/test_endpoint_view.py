"""The endpoint table: painting, keys, selection, tooltips."""

import time

import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QIdentityProxyModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from backend.contract.vocabulary import RECENT_CHECKS, Status
from tests.widgets.conftest import NOW, endpoint_row, endpoint_rows
from widgets import heartbeat_strip
from widgets.endpoint_delegate import EndpointDelegate
from widgets.endpoint_view import EndpointView
from widgets.heartbeat_strip import GAP, WIDE, WIDE_CELL, HeartbeatStrip
from widgets.roles import Column, Heartbeat, Role
from widgets.style.palette import Theme
from widgets.style.tokens import LIGHT

Index = QModelIndex | QPersistentModelIndex


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> EndpointView:
    made = EndpointView(theme)
    qtbot.addWidget(made)
    made.resize(900, 480)
    made.set_model(endpoint_rows(endpoint_row("a", Status.DOWN), endpoint_row("b")))
    made.show()
    return made


def picture(view: EndpointView) -> QImage:
    return view.viewport().grab().toImage()


def holds(image: QImage, rect: QRect, colour: str) -> bool:
    wanted = QColor(colour).rgb()
    return any(
        image.pixel(x, y) == wanted
        for x in range(rect.left(), rect.right())
        for y in range(rect.top(), rect.bottom())
    )


def test_rows_are_forty_four_pixels_high(view: EndpointView) -> None:
    assert view.rowHeight(0) == 44


def test_a_down_row_shows_the_colour_of_down_and_an_up_row_does_not(view: EndpointView) -> None:
    image = picture(view)
    assert holds(image, QRect(0, 0, 112, 44), LIGHT.down.fill)
    assert not holds(image, QRect(0, 44, 112, 44), LIGHT.down.fill)
    assert holds(image, QRect(0, 44, 112, 44), LIGHT.up.fill)


def test_a_thousand_rows_paint_and_scroll(qtbot: QtBot, theme: Theme) -> None:
    view = EndpointView(theme)
    qtbot.addWidget(view)
    view.resize(1000, 800)
    statuses = list(Status)
    rows = (endpoint_row(f"e{n}", statuses[n % 4]) for n in range(1000))
    view.set_model(endpoint_rows(*rows))
    view.show()
    first = picture(view)
    view.scrollToBottom()
    last = picture(view)
    assert view.rowAt(view.viewport().height() - 2) == 999
    assert first != last


class AskedRows(QIdentityProxyModel):
    """Notes of which rows is asked what is painted of them."""

    def __init__(self, rows: QAbstractItemModel) -> None:
        super().__init__()
        self.asked: set[int] = set()
        self.rows = rows  # a proxy does not own it
        self.setSourceModel(rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Role.FACTS:
            self.asked.add(index.row())
        return super().data(index, role)


def test_scrolling_paints_only_the_rows_that_come_into_sight(qtbot: QtBot, theme: Theme) -> None:
    view = EndpointView(theme)
    qtbot.addWidget(view)
    view.resize(900, 480)
    rows = AskedRows(endpoint_rows(*(endpoint_row(f"e{n}") for n in range(100))))
    view.set_model(rows)
    with qtbot.waitExposed(view):
        view.show()
    qtbot.waitUntil(lambda: 0 in rows.asked)
    before = view.rows_in_sight()
    rows.asked.clear()
    view.verticalScrollBar().setValue(2 * 44)
    qtbot.waitUntil(lambda: bool(rows.asked))
    assert min(rows.asked) >= before.stop - 1
    assert max(rows.asked) < before.stop + 2


def test_rows_that_are_cut_at_an_edge_are_in_sight_too(qtbot: QtBot, theme: Theme) -> None:
    view = EndpointView(theme)
    qtbot.addWidget(view)
    view.set_model(endpoint_rows(*(endpoint_row(f"e{n}") for n in range(100))))
    view.show()
    view.resize(1000, view.height() - view.viewport().height() + 10 * 44)
    assert view.rows_in_sight() == slice(0, 10)
    view.verticalScrollBar().setValue(44 * 20 + 1)
    assert view.rows_in_sight() == slice(20, 31)
    view.set_model(endpoint_rows(endpoint_row("only")))
    assert list(range(5))[view.rows_in_sight()][:1] == [0]
    view.set_model(endpoint_rows())
    assert [][view.rows_in_sight()] == []


def test_the_keys_speak_of_the_selected_rows(qtbot: QtBot, view: EndpointView) -> None:
    view.selectAll()
    both = ["id-a", "id-b"]
    for key, signal in (
        (Qt.Key.Key_Space, view.pause_requested),
        (Qt.Key.Key_Delete, view.delete_requested),
    ):
        with qtbot.waitSignal(signal) as told:
            qtbot.keyClick(view, key)
        assert told.args == [both]
    with qtbot.waitSignal(view.check_requested) as told:
        qtbot.keyClick(view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [both]


def test_a_row_is_selected_alone_whatever_key_is_held(qtbot: QtBot, view: EndpointView) -> None:
    # After it, Qt takes Shift for held.
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    view.select("id-b")
    assert view.selected_ids() == ["id-b"]
    view.select("id-a")
    assert view.selected_ids() == ["id-a"]


def test_who_comes_by_shift_and_tab_has_a_row_selected(qtbot: QtBot, view: EndpointView) -> None:
    view.clearSelection()
    qtbot.keyClick(view, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
    view.clearFocus()
    view.setFocus(Qt.FocusReason.BacktabFocusReason)
    assert view.selected_ids() == ["id-a"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Home, Qt.Key.Key_Up])
def test_a_key_that_leads_to_the_row_one_is_on_selects_it(
    qtbot: QtBot, view: EndpointView, key: Qt.Key
) -> None:
    view.selectRow(0)
    view.clearSelection()
    qtbot.keyClick(view, key)
    assert view.selected_ids() == ["id-a"]
    view.clearSelection()
    qtbot.keyClick(view, key, Qt.KeyboardModifier.ControlModifier)
    assert view.selected_ids() == []


def test_enter_opens_the_row_the_keyboard_is_on(qtbot: QtBot, view: EndpointView) -> None:
    view.selectRow(0)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.opened) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args == ["id-b"]


def test_keys_without_a_selection_ask_for_nothing(qtbot: QtBot, view: EndpointView) -> None:
    view.clearSelection()
    with qtbot.assertNotEmitted(view.delete_requested):
        qtbot.keyClick(view, Qt.Key.Key_Delete)


def test_a_double_click_opens_a_row(qtbot: QtBot, view: EndpointView) -> None:
    at = view.visualRect(view.model().index(1, Column.ENDPOINT)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(view.opened) as told:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told.args == ["id-b"]


def test_many_that_are_selected_are_counted_without_asking_about_each(
    qtbot: QtBot, theme: Theme
) -> None:
    """They are counted again for each of a thousand that leave one after the other."""

    class Asked(QIdentityProxyModel):
        times = 0

        def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
            self.times += 1
            return super().columnCount(parent)

    view = EndpointView(theme)
    qtbot.addWidget(view)
    asked, rows = Asked(), endpoint_rows(*(endpoint_row(f"e{n}") for n in range(300)))
    asked.setSourceModel(rows)
    view.set_model(asked)
    view.selectAll()
    asked.times = 0
    assert view.selection_facts() == (300, False)
    assert asked.times < 10


def test_the_selection_follows_the_endpoint_into_another_model(view: EndpointView) -> None:
    view.selectRow(0)
    view.set_model(endpoint_rows(endpoint_row("b"), endpoint_row("c"), endpoint_row("a")))
    assert view.selected_ids() == ["id-a"]
    assert view.currentIndex().row() == 2


def test_a_key_opens_the_menu_at_the_row_that_the_keyboard_is_on(view: EndpointView) -> None:
    view.select("id-b")
    middle = view.viewport().rect().center()  # what Qt takes for the place of the keyboard
    why = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(
        view.viewport(), QContextMenuEvent(why, middle, view.viewport().mapToGlobal(middle))
    )
    menu = view.findChild(QMenu)
    assert isinstance(menu, QMenu)
    row = view.visualRect(view.currentIndex())
    assert row.contains(view.viewport().mapFromGlobal(menu.pos()))
    menu.close()


def test_f2_asks_for_the_form_of_the_one_that_is_selected(qtbot: QtBot, view: EndpointView) -> None:
    view.select("id-b")
    with qtbot.waitActive(view):
        view.activateWindow()
    view.setFocus()
    with qtbot.waitSignal(view.edit_requested) as asked:
        qtbot.keyClick(view, Qt.Key.Key_F2)
    assert asked.args == ["id-b"]
    view.selectAll()
    with qtbot.assertNotEmitted(view.edit_requested):
        qtbot.keyClick(view, Qt.Key.Key_F2)


def test_the_context_menu_asks_for_what_it_says(qtbot: QtBot, view: EndpointView) -> None:
    view.selectRow(0)
    view.open_menu(QPoint(10, 10))
    menu = view.findChild(QMenu)
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    keys = ("Open\tEnter", "Check now\tCtrl+R", "Pause\tSpace", "Edit\tF2")
    assert words == [*keys, "Copy URL\tCtrl+C", "Delete\tDel"]
    with qtbot.waitSignal(view.check_requested) as told:
        next(action for action in menu.actions() if "Check now" in action.text()).trigger()
    assert told.args == [["id-a"]]
    menu.close()


def test_the_urls_of_the_selected_rows_are_copied_by_key_and_from_the_menu(
    qtbot: QtBot, view: EndpointView
) -> None:
    clipboard = QApplication.clipboard()
    urls = [view.model().index(row, 0).data(Role.URL) for row in range(2)]
    view.selectRow(1)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == urls[1]
    view.selectAll()
    view.open_menu(QPoint(10, 10))
    menu = view.findChild(QMenu)
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if "Copy URLs" in action.text()).trigger()
    assert clipboard.text() == "\n".join(urls)
    clipboard.setText("as before")
    view.clearSelection()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "as before"
    menu.close()


def test_paused_rows_offer_to_resume(qtbot: QtBot, theme: Theme) -> None:
    view = EndpointView(theme)
    qtbot.addWidget(view)
    view.set_model(endpoint_rows(endpoint_row("a", PAUSED=True)))
    view.selectRow(0)
    view.open_menu(QPoint(10, 10))
    menu = view.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert "Resume\tSpace" in [action.text() for action in menu.actions()]
    menu.close()


def test_a_change_tints_its_row_and_fades(qtbot: QtBot, theme: Theme) -> None:
    view = EndpointView(theme)
    qtbot.addWidget(view)
    view.resize(900, 200)
    now = time.monotonic_ns() // 1_000_000
    view.set_model(endpoint_rows(endpoint_row("a", CHANGED_AT_MS=now), endpoint_row("b")))
    view.show()
    fresh = picture(view).pixel(200, 3)
    assert fresh != QColor(LIGHT.surface).rgb()
    qtbot.waitUntil(lambda: picture(view).pixel(200, 3) != fresh, timeout=5000)
    calm = picture(view).pixel(200, 47)
    qtbot.waitUntil(lambda: picture(view).pixel(200, 3) == calm, timeout=5000)


def test_reduced_motion_leaves_the_row_untinted(qtbot: QtBot, theme: Theme) -> None:
    theme.reduced_motion = True
    view = EndpointView(theme)
    qtbot.addWidget(view)
    view.resize(900, 200)
    now = time.monotonic_ns() // 1_000_000
    view.set_model(endpoint_rows(endpoint_row("a", CHANGED_AT_MS=now), endpoint_row("b")))
    view.show()
    image = picture(view)
    assert image.pixel(200, 3) == image.pixel(200, 47)


def test_a_narrow_table_gives_up_the_strip_before_the_name(view: EndpointView) -> None:
    view.resize(480, 300)
    assert view.columnWidth(Column.ENDPOINT) >= 100
    assert view.columnWidth(Column.HEARTBEATS) < WIDE


def beats(count: int) -> tuple[Heartbeat, ...]:
    return tuple(Heartbeat(Status.UP, float(n), NOW, None) for n in range(count))


def test_the_strip_knows_which_check_lies_under_the_pointer(theme: Theme) -> None:
    strip = HeartbeatStrip(theme)
    rect = QRect(100, 0, WIDE, 44)
    full = beats(RECENT_CHECKS)
    assert strip.beat_at(rect, 100, full) == full[0]
    assert strip.beat_at(rect, 100 + WIDE - 1, full) == full[-1]
    assert strip.beat_at(rect, 99, full) is None
    assert strip.beat_at(rect, 100 + WIDE + 2, full) is None


def test_a_short_history_stands_at_the_right_of_the_strip(theme: Theme) -> None:
    strip = HeartbeatStrip(theme)
    rect = QRect(0, 0, WIDE, 44)
    two = beats(2)
    assert strip.beat_at(rect, WIDE - 1, two) == two[1]
    assert strip.beat_at(rect, 0, two) is None


def test_a_narrow_strip_shows_the_newest_checks(theme: Theme) -> None:
    strip = HeartbeatStrip(theme)
    full = beats(RECENT_CHECKS)
    assert strip.beat_at(QRect(0, 0, 48, 44), 47, full) == full[-1]
    assert strip.beat_at(QRect(0, 0, 48, 44), 0, full) == full[-10]


def test_cells_differ_in_height_by_state(theme: Theme) -> None:
    strip = HeartbeatStrip(theme)
    heights = {}
    for status in Status:
        image = QImage(WIDE, 44, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        strip.paint(painter, image.rect(), (status,))
        painter.end()
        column = [image.pixelColor(WIDE - 3, y).alpha() for y in range(44)]
        heights[status] = sum(alpha > 0 for alpha in column)
    assert len(set(heights.values())) == len(Status)
    assert heights[Status.DOWN] > heights[Status.DEGRADED] > heights[Status.UP]


def test_a_check_looks_alike_wherever_it_stands_in_the_strip(theme: Theme) -> None:
    def painted(*checks: Status) -> QImage:
        image = QImage(WIDE, 44, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        HeartbeatStrip(theme).paint(painter, image.rect(), checks)
        painter.end()
        return image

    step = WIDE_CELL + GAP
    mixed = painted(*([Status.UP] * 30), Status.DOWN, *([Status.UP] * 8), Status.DOWN)
    last, earlier = mixed.copy(39 * step, 0, WIDE_CELL, 44), mixed.copy(30 * step, 0, WIDE_CELL, 44)
    assert last == earlier
    assert mixed.copy(0, 0, 30 * step, 44) == painted(*([Status.UP] * 40)).copy(0, 0, 30 * step, 44)


def test_a_strip_is_as_sharp_at_200_percent_text_as_on_a_screen_of_twice_the_pixels(
    theme: Theme,
) -> None:
    def painted(sharpness: float, enlarged: float) -> QImage:
        image = QImage(2 * WIDE, 88, QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(sharpness)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.scale(enlarged, enlarged)
        HeartbeatStrip(theme).paint(painter, QRect(0, 0, WIDE, 44), tuple(Status) * 10)
        painter.end()
        image.setDevicePixelRatio(1)
        return image

    assert painted(1, 2) == painted(2, 1)


def test_the_ground_of_a_row_is_painted_once_for_all_its_cells(view: EndpointView) -> None:
    view.selectRow(0)
    ground = QColor(LIGHT.selection).rgb()
    middle = view.visualRect(view.model().index(0, Column.ENDPOINT)).right() - 2
    edge = view.visualRect(view.model().index(0, Column.UPTIME)).right() - 8
    image = picture(view)
    assert [image.pixel(x, 38) for x in (middle, edge)] == [ground, ground]
    # A painting of one cell brings its own part of the ground, and leaves the rest as it was.
    view.viewport().update(view.visualRect(view.model().index(0, Column.LATENCY)))
    assert picture(view) == image


def test_the_tooltip_says_when_how_long_and_why() -> None:
    beat = Heartbeat(Status.DOWN, 142.0, NOW, "Expected status 200, got 503")
    when, result, why = heartbeat_strip.tooltip(beat, NOW).splitlines()
    assert when == f"{NOW.astimezone():%H:%M:%S}"
    assert result == "Failed - 142 ms"
    assert why == "Expected status 200, got 503"


def test_the_delegate_tells_the_whole_url(view: EndpointView) -> None:
    delegate = view.itemDelegate()
    assert isinstance(delegate, EndpointDelegate)
    index = view.model().index(0, Column.ENDPOINT)
    words = delegate.help_words(view.visualRect(index), QPoint(0, 0), index)
    assert words == "GET https://a.example.com/health"
    assert index.data(Role.NAME) == "a"


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot: QtBot, view: EndpointView) -> None:
    last = view.model().rowCount() - 1
    view.selectRow(1)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.selected_ids() == [view.model().index(last, 0).data(Role.ENDPOINT_ID)]
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.selected_ids() == [view.model().index(0, 0).data(Role.ENDPOINT_ID)]
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert len(view.selected_ids()) == last + 1
