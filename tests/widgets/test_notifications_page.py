"""The notifications page: channels with their test, the question before deleting, the log."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from backend.contract.alerts import MASK as WIRE_MASK
from backend.contract.alerts import AlertEvent, ChannelType
from backend.contract.vocabulary import AlertKind, DeliveryState
from tests.helpers.painted_words import Listening
from widgets import channel_phrases, phrases
from widgets.channel_roles import (
    MASK,
    ChannelKind,
    ChannelRow,
    DeliveryColumn,
    DeliveryRole,
    LastDelivery,
    Occasion,
    Trial,
    TrialTarget,
)
from widgets.furniture import furnish
from widgets.main_window import MainWindow
from widgets.notifications_page import NotificationsPage
from widgets.pages import Page, ViewState
from widgets.style.palette import Theme

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
POLICY = {"events": ["down", "recovered"], "tags": [], "quietHours": None, "reminderMinutes": None}


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> NotificationsPage:
    made = NotificationsPage(theme)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def channel(key: str = "1", **more: Any) -> ChannelRow:
    fields: dict[str, Any] = {
        "name": f"Channel {key}",
        "kind": ChannelKind.WEBHOOK,
        "target": "hook.example.com",
        "is_active": True,
        "policy": POLICY,
        "last": None,
    }
    return ChannelRow(id=key, **(fields | more))


def deliveries(**more: Any) -> QStandardItemModel:
    values = {
        DeliveryRole.AT: NOW,
        DeliveryRole.ENDPOINT_NAME: "API",
        DeliveryRole.ENDPOINT_ID: "id-API",
        DeliveryRole.KIND: AlertKind.DOWN,
        DeliveryRole.CHANNEL_NAME: "Ops",
        DeliveryRole.STATE: DeliveryState.DELIVERED,
        DeliveryRole.TRIES: 1,
        DeliveryRole.ERROR: None,
        DeliveryRole.NEXT_TRY_AT: None,
    } | {DeliveryRole[key]: value for key, value in more.items()}
    model = QStandardItemModel(0, len(DeliveryColumn))
    cells = [QStandardItem() for _ in DeliveryColumn]
    for cell in cells:
        for role, value in values.items():
            cell.setData(value, role)
    model.appendRow(cells)
    return model


def words_on(page: NotificationsPage) -> str:
    shown = [label for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    return "\n".join(label.text() for label in shown)


def test_the_windows_names_for_channels_are_the_contracts() -> None:
    assert [it.value for it in ChannelKind] == [it.value for it in ChannelType]
    assert {it.value for it in Occasion} == {it.value for it in AlertEvent}
    assert MASK == WIRE_MASK


def test_without_channels_the_page_says_so_and_offers_to_add_one(
    qtbot: QtBot, page: NotificationsPage
) -> None:
    page.show_channels([])
    assert page.channel_states.state is ViewState.EMPTY
    (button,) = page.channel_states.empty_state.buttons()
    with qtbot.waitSignal(page.add_requested):
        button.click()


def test_a_failure_says_why_and_offers_to_try_again(qtbot: QtBot, page: NotificationsPage) -> None:
    page.show_state(ViewState.ERROR, "No connection")
    assert page.channel_states.empty_state.sentence.endswith("No connection")
    (button,) = page.channel_states.empty_state.buttons()
    with qtbot.waitSignal(page.retry_requested):
        button.click()


def test_a_channel_says_where_it_leads_what_it_is_told_and_how_it_fared(
    page: NotificationsPage,
) -> None:
    quiet = {"start": "22:00", "end": "07:00", "timeZone": "Asia/Seoul"}
    policy = POLICY | {"tags": ["eu"], "quietHours": quiet, "reminderMinutes": 60}
    last = LastDelivery(DeliveryState.FAILED, NOW - timedelta(days=40), "Connection refused")
    page.show_channels([channel(policy=policy, last=last)])
    words = words_on(page)
    assert "hook.example.com" in words
    told = "Down, Recovery - Tags: eu - Quiet 22:00-07:00 (Asia/Seoul) - Reminder every 1 h"
    assert told in words
    assert "Given up Oct 14" in words
    assert "in a file that only you can read" in words


def test_pressing_the_switch_asks_and_showing_rows_does_not(
    qtbot: QtBot, page: NotificationsPage
) -> None:
    page.show_channels([channel()])
    item = page.channels.item("1")
    assert item is not None
    heard: list[tuple[str, bool]] = []
    page.channels.switched.connect(lambda key, on: heard.append((key, on)))
    item.switch.setFocus()
    qtbot.keyClick(item.switch, Qt.Key.Key_Space)
    page.show_channels([channel(is_active=True)])
    assert heard == [("1", False)]
    assert item.switch.isChecked()


def test_a_test_is_answered_target_by_target(qtbot: QtBot, page: NotificationsPage) -> None:
    page.show_channels([channel("1"), channel("2")])
    item = page.channels.item("2")
    assert item is not None
    with qtbot.waitSignal(page.channels.test_requested) as asked:
        item.test_button.click()
    assert asked.args == ["2"]
    page.channels.show_testing("2")
    assert not item.test_button.isEnabled()
    answers = (TrialTarget("a@x.test", None), TrialTarget("b@x.test", "The server answered 500"))
    page.channels.show_trial("2", Trial(answers, 12))
    assert item.test_button.isEnabled()
    assert item.test_lines == [
        "a@x.test took the test message (12 ms)",
        "b@x.test: The server answered 500",
    ]
    page.show_channels([channel("1"), channel("2")])
    assert len(item.test_lines) == 2, "what a test brought stays when the list comes anew"


def test_the_keyboard_comes_back_to_what_sent_a_test(qtbot: QtBot, page: NotificationsPage) -> None:
    page.show_channels([channel()])
    item = page.channels.item("1")
    assert item is not None
    answered = Trial((TrialTarget("a@x.test", None),), 12)
    item.test_button.setFocus()
    page.channels.show_testing("1")
    assert page.focusWidget() is None, "a key must not press what comes next"
    page.channels.show_trial("1", answered)
    assert page.focusWidget() is item.test_button
    page.channels.show_testing("1")
    item.switch.setFocus()
    page.channels.show_trial("1", answered)
    assert page.focusWidget() is item.switch, "unless one went on meanwhile"


def test_deleting_is_asked_about_in_place_by_keyboard(
    qtbot: QtBot, page: NotificationsPage
) -> None:
    page.show_channels([channel()])
    item = page.channels.item("1")
    assert item is not None
    heard: list[str] = []
    page.channels.delete_requested.connect(heard.append)
    page.activateWindow()
    item.delete_button.setFocus()
    qtbot.keyClick(item.delete_button, Qt.Key.Key_Space)
    assert item.is_asking
    assert page.focusWidget() is item.keep_button
    qtbot.keyClick(item.keep_button, Qt.Key.Key_Space)
    assert (item.is_asking, heard) == (False, [])
    qtbot.keyClick(item.delete_button, Qt.Key.Key_Space)
    qtbot.keyClick(item.confirm_button, Qt.Key.Key_Space)
    assert heard == ["1"]


def test_channels_come_and_go_and_the_others_stay_the_same_rows(page: NotificationsPage) -> None:
    page.show_channels([channel("1"), channel("2"), channel("3")])
    kept = page.channels.item("3")
    page.show_channels([channel("3", name="Renamed"), channel("4")])
    assert [item.row.name for item in page.channels.items] == ["Renamed", "Channel 4"]
    assert page.channels.item("3") is kept


def test_every_button_of_a_channel_has_a_name_of_its_own(page: NotificationsPage) -> None:
    page.show_channels([channel()])
    item = page.channels.item("1")
    assert item is not None
    buttons = (item.switch, item.test_button, item.edit_button, item.delete_button)
    names = {button.accessibleName() for button in buttons}
    assert len(names) == len(buttons)
    assert all("Channel 1" in name for name in names)


def test_a_row_of_the_log_opens_its_endpoint(qtbot: QtBot, page: NotificationsPage) -> None:
    page.show_channels([channel()])
    page.set_log(deliveries())
    page.log.setCurrentIndex(page.log.model().index(0, 0))
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.log, Qt.Key.Key_Return)
    assert opened.args == ["id-API"]


@pytest.mark.parametrize("state", DeliveryState)
def test_every_state_of_a_delivery_is_painted_without_a_complaint(
    page: NotificationsPage, state: DeliveryState
) -> None:
    page.show_channels([channel()])
    page.set_log(deliveries(STATE=state, ERROR="Connection refused", NEXT_TRY_AT=NOW))
    assert page.log_states.state is ViewState.NORMAL
    assert not page.log.grab().isNull()


def test_a_reason_says_when_it_is_tried_again() -> None:
    words = channel_phrases.error_words("The server answered 503: busy", NOW, NOW)
    assert words.startswith("The server answered 503: busy - next try ")
    assert channel_phrases.error_words(None, NOW, NOW) == ""


@pytest.mark.usefixtures("korean")
def test_the_page_speaks_korean(page: NotificationsPage) -> None:
    last = LastDelivery(DeliveryState.DELIVERED, NOW, None)
    page.show_channels([channel(last=last)])
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    words = words_on(page)
    assert "장애, 복구" in words
    assert "전송됨" in words
    reason = channel_phrases.error_words("The mail server answered 550: no", None, NOW)
    assert reason == "메일 서버 응답 550: no"


@pytest.mark.usefixtures("korean")
def test_nothing_of_a_channel_is_cut_in_a_narrow_window(page: NotificationsPage) -> None:
    page.resize(900, 640)
    page.show_channels([channel()])
    item = page.channels.item("1")
    assert item is not None
    for button in (item.switch, item.test_button, item.edit_button, item.delete_button):
        assert button.width() >= button.sizeHint().width()
        assert item.rect().contains(button.geometry())


def test_the_question_is_scrolled_to(qtbot: QtBot, page: NotificationsPage) -> None:
    page.resize(900, 560)
    page.show_channels([channel(str(place)) for place in range(6)])
    item = page.channels.item("2")
    assert item is not None
    qtbot.waitUntil(lambda: item.height() > 0)
    item.delete_button.click()
    port = page.channels.viewport()
    corner = item.confirm_button.mapTo(port, item.confirm_button.rect().bottomRight())
    assert port.rect().contains(corner)


def test_the_page_has_its_key_and_its_entry_and_adding_stays_the_endpoints(
    qtbot: QtBot, theme: Theme
) -> None:
    window = furnish(MainWindow(theme))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert window.page == Page.NOTIFICATIONS
    assert window.sidebar.entry(Page.NOTIFICATIONS).isChecked()
    with qtbot.waitSignal(window.add_requested):
        qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_in_texts_of_twice_the_size_the_log_says_time_name_state_and_reason(
    page: NotificationsPage, theme: Theme
) -> None:
    page.resize(1168, 880)
    page.show_channels([channel()])
    yesterday = datetime.now(UTC) - timedelta(days=1)
    page.set_log(
        deliveries(
            AT=yesterday,
            ENDPOINT_NAME="Payments API",
            CHANNEL_NAME="#incidents",
            STATE=DeliveryState.PENDING,
            ERROR="Connection refused",
        )
    )
    theme.measure(2.0, compact=False)
    theme.changed.emit()
    painted = Listening(page.log)
    page.log.viewport().render(painted, QPoint(0, 0))
    said = [words for words, _ in painted.words]
    theme.measure(1.0, compact=False)
    assert phrases.moment(yesterday, datetime.now(UTC)) in said
    assert {"Payments API", "#incidents", "On its way", "Connection refused"} <= set(said)
