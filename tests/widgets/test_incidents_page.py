"""The incidents page: narrowing the list, the chosen incident, what can be said of it."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from backend.contract.vocabulary import Resolution, Status
from tests.widgets.conftest import incident_row, incident_rows
from widgets.incident_filters import IncidentFilter
from widgets.incident_values import Acknowledgement, Certificate, CheckLine, Evidence, Incident
from widgets.incidents_page import IncidentsPage
from widgets.pages import ViewState
from widgets.roles import IncidentRole
from widgets.style.palette import Theme
from widgets.trial_values import Phase

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
NOW = datetime.now(UTC)


def rows() -> QStandardItemModel:
    noted = incident_row("shop") | {IncidentRole.NOTE: "Asked the provider"}
    slow = incident_row("blog", resolved=True) | {IncidentRole.MESSAGE: "Timeout exceeded"}
    return incident_rows(noted, slow, incident_row("mail"))


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> IncidentsPage:
    made = IncidentsPage(theme)
    made.filters.show_endpoints([("id-shop", "shop"), ("id-blog", "blog")])
    qtbot.addWidget(made)
    made.set_model(rows())
    made.resize(1000, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.view.setFocus()
    qtbot.waitUntil(lambda: not made.view.visualRect(made.view.shown.index(2, 0)).isEmpty())
    made.detail.show_incident(incident())
    return made


def incident(**values: object) -> Incident:
    started = NOW - timedelta(minutes=4)
    return Incident("incident-shop", "id-shop", "shop", started, failures=3, **values)


def listed(page: IncidentsPage) -> list[str]:
    shown = page.view.shown
    return [shown.index(row, 0).data(IncidentRole.ENDPOINT_NAME) for row in range(shown.rowCount())]


def test_the_rows_that_a_filter_leaves_obey_the_rules_of_models(page: IncidentsPage) -> None:
    shown = page.view.shown
    tester = QAbstractItemModelTester(
        shown, QAbstractItemModelTester.FailureReportingMode.Fatal, page
    )
    assert tester.model() is shown
    page.filters.search.setText("timeout")
    page.set_filter(IncidentFilter.ACTIVE)
    page.filters.clear()
    assert listed(page) == ["shop", "blog", "mail"]


@pytest.mark.parametrize(
    ("words", "left"),
    [("sho", ["shop"]), ("TIMEOUT", ["blog"]), ("provider asked", ["shop"]), ("shop blog", [])],
)
def test_words_are_looked_for_in_name_cause_and_note(
    qtbot: QtBot, page: IncidentsPage, words: str, left: list[str]
) -> None:
    page.focus_search()
    qtbot.keyClicks(page.filters.search, words)
    assert listed(page) == left


def test_chips_and_endpoint_narrow_by_keyboard_and_esc_widens_again(
    qtbot: QtBot, page: IncidentsPage
) -> None:
    chip = page.filters.chip(IncidentFilter.ALL)
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Right)
    assert listed(page) == ["shop", "mail"]
    page.filters.endpoints.setFocus()
    qtbot.keyClicks(page.filters.endpoints, "s")
    assert listed(page) == ["shop"]
    page.focus_search()
    qtbot.keyClicks(page.filters.search, "no such words")
    assert page.states.state is ViewState.FILTERED
    qtbot.keyClick(page.filters.search, Qt.Key.Key_Escape)
    assert listed(page) == ["shop"]
    qtbot.keyClick(page.filters.search, Qt.Key.Key_Down)
    assert page.window().focusWidget() is page.view


def test_chips_narrow_by_mouse_and_the_button_shows_all_again(
    qtbot: QtBot, page: IncidentsPage
) -> None:
    qtbot.mouseClick(page.filters.chip(IncidentFilter.RESOLVED), LEFT)
    page.filters.search.setText("nothing of the kind")
    (clear,) = page.states.empty_state.buttons()
    qtbot.mouseClick(clear, LEFT)
    assert listed(page) == ["shop", "blog", "mail"]


def test_the_first_incident_is_chosen_and_keys_choose_the_next(
    qtbot: QtBot, page: IncidentsPage
) -> None:
    assert page.view.current_id == "incident-shop"
    with qtbot.waitSignal(page.chosen) as told:
        qtbot.keyClick(page.view, Qt.Key.Key_Down)
    assert told.args == ["incident-blog"]
    with qtbot.waitSignal(page.opened) as told:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert told.args == ["id-blog"]


def test_a_click_chooses_an_incident(qtbot: QtBot, page: IncidentsPage) -> None:
    where = page.view.visualRect(page.view.shown.index(2, 0)).center()
    with qtbot.waitSignal(page.chosen) as told:
        qtbot.mouseClick(page.view.viewport(), LEFT, pos=where)
    assert told.args == ["incident-mail"]


def test_the_chosen_incident_stays_chosen_when_the_rows_are_made_anew(
    qtbot: QtBot, page: IncidentsPage
) -> None:
    qtbot.keyClick(page.view, Qt.Key.Key_End)
    assert page.view.current_id == "incident-mail"
    page.set_model(rows())
    assert page.view.current_id == "incident-mail"


def test_a_acknowledges_once(qtbot: QtBot, page: IncidentsPage) -> None:
    answers = page.detail.answers
    with qtbot.waitSignal(answers.acknowledge_requested):
        qtbot.keyClick(page.view, Qt.Key.Key_A)
    page.detail.show_incident(incident(said=Acknowledgement(NOW)))
    assert not answers.acknowledge_button.isVisible()
    with qtbot.assertNotEmitted(answers.acknowledge_requested):
        qtbot.keyClick(page.view, Qt.Key.Key_A)


def test_the_button_acknowledges_and_what_was_said_can_be_taken_back(
    qtbot: QtBot, page: IncidentsPage
) -> None:
    answers = page.detail.answers
    with qtbot.waitSignal(answers.acknowledge_requested):
        qtbot.mouseClick(answers.acknowledge_button, LEFT)
    page.detail.show_incident(incident(said=Acknowledgement(NOW, to_recovery=True)))
    assert "snoozed until it recovers" in answers.said
    with qtbot.waitSignal(answers.awake_requested):
        qtbot.mouseClick(answers.awake_button, LEFT)
    with qtbot.waitSignal(answers.withdraw_requested):
        qtbot.mouseClick(answers.withdraw_button, LEFT)


def menu_of(page: IncidentsPage, qtbot: QtBot) -> QMenu:
    qtbot.keyClick(page.view, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


@pytest.mark.parametrize(("downs", "minutes"), [(1, 15), (2, 60)])
def test_s_and_the_menu_snooze_for_a_while(
    qtbot: QtBot, page: IncidentsPage, downs: int, minutes: int
) -> None:
    menu = menu_of(page, qtbot)
    for _ in range(downs):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.detail.answers.snooze_requested) as told:
        qtbot.keyClick(menu, Qt.Key.Key_Return)
    asked = told.args[0] - datetime.now(UTC)
    assert abs(asked - timedelta(minutes=minutes)) < timedelta(seconds=30)


def test_the_menu_snoozes_until_it_recovers(qtbot: QtBot, page: IncidentsPage) -> None:
    menu = menu_of(page, qtbot)
    where = menu.actionGeometry(menu.actions()[2]).center()
    with qtbot.waitSignal(page.detail.answers.snooze_requested) as told:
        qtbot.mouseClick(menu, LEFT, pos=QPoint(where))
    assert told.args == [None]


def test_a_snooze_until_a_time_is_typed(qtbot: QtBot, page: IncidentsPage) -> None:
    menu = menu_of(page, qtbot)
    for _ in range(4):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    answers = page.detail.answers
    qtbot.waitUntil(answers.until.isVisible)
    wanted = (NOW + timedelta(days=1)).replace(second=0, microsecond=0)
    answers.until.show_moment(wanted)
    with qtbot.waitSignal(answers.snooze_requested) as told:
        qtbot.keyClick(answers.until, Qt.Key.Key_Return)
    assert told.args == [wanted]
    assert not answers.until.isVisible()


def test_n_leads_to_the_note_and_ctrl_enter_saves_it(qtbot: QtBot, page: IncidentsPage) -> None:
    answers = page.detail.answers
    qtbot.keyClick(page.view, Qt.Key.Key_N)
    assert page.window().focusWidget() is answers.note
    assert not answers.save_button.isEnabled()
    qtbot.keyClicks(answers.note, "On it")
    with qtbot.waitSignal(answers.note_saved) as told:
        qtbot.keyClick(answers.note, Qt.Key.Key_Return, CTRL)
    assert told.args == ["On it"]
    with qtbot.waitSignal(answers.note_saved):
        qtbot.mouseClick(answers.save_button, LEFT)


def test_what_is_being_typed_survives_news_of_the_same_incident(
    qtbot: QtBot, page: IncidentsPage
) -> None:
    answers = page.detail.answers
    qtbot.keyClicks(answers.note, "On it")
    page.detail.show_incident(incident(said=Acknowledgement(NOW, note="Said elsewhere")))
    assert answers.note.toPlainText() == "On it"
    other = Incident("incident-mail", "id-mail", "mail", NOW)
    page.detail.show_incident(other)
    assert answers.note.toPlainText() == ""


def test_what_was_typed_of_an_incident_is_there_when_it_is_shown_again(
    qtbot: QtBot, page: IncidentsPage
) -> None:
    answers, other = page.detail.answers, Incident("incident-mail", "id-mail", "mail", NOW)
    page.detail.show_incident(incident())
    qtbot.keyClicks(answers.note, "On it")
    page.detail.show_incident(other)
    assert answers.note.toPlainText() == ""
    page.detail.show_incident(incident(said=Acknowledgement(NOW, note="Said elsewhere")))
    assert answers.note.toPlainText() == "On it"
    assert answers.save_button.isEnabled()
    answers.note.clear()
    page.detail.show_incident(other)
    page.detail.show_incident(incident())
    assert answers.note.toPlainText() == ""

    qtbot.keyClicks(answers.note, "Too late")
    page.detail.show_incident(other)
    page.detail.show_incident(incident(resolved_at=NOW))
    assert answers.note.toPlainText() == "", "of what is over nothing can be said"


def test_nothing_can_be_said_of_a_closed_incident_but_its_note_is_seen(
    qtbot: QtBot, page: IncidentsPage
) -> None:
    answers, said = page.detail.answers, Acknowledgement(NOW, note="It was the cable")
    closed = incident(resolved_at=NOW, resolution=Resolution.RECOVERED, said=said)
    page.detail.show_incident(closed)
    for button in (answers.acknowledge_button, answers.snooze_button, answers.withdraw_button):
        assert not button.isVisible()
    assert answers.note.isReadOnly()
    assert answers.note.toPlainText() == "It was the cable"
    with qtbot.assertNotEmitted(answers.acknowledge_requested):
        qtbot.keyClick(page.view, Qt.Key.Key_A)
    assert page.detail.title == "shop recovered"


def test_the_row_says_who_is_not_reminded_and_until_when(page: IncidentsPage) -> None:
    before = page.view.grab().toImage()
    until = NOW + timedelta(hours=1)
    model = rows()
    item = model.item(0)
    item.setData(NOW, IncidentRole.ACKNOWLEDGED_AT)
    item.setData(until, IncidentRole.SNOOZED_UNTIL)
    page.set_model(model)
    assert page.view.grab().toImage() != before


def evidence(**values: object) -> Evidence:
    defaults: dict[str, object] = {
        "addresses": ("192.0.2.1", "2001:db8::1"),
        "peer": "192.0.2.1:443",
        "status_code": 503,
        "phases": ((Phase.DNS, 12.0), (Phase.FIRST_BYTE, 80.0)),
        "certificates": (Certificate("CN=shop", "CN=Root", NOW - timedelta(days=1), "ab" * 32),),
        "headers": (("set-cookie", "•••"),),
        "body": '{"ok": false}',
        "body_bytes": 13,
    }
    return Evidence(NOW, "https://shop.test/", **defaults | values)


def test_the_detail_shows_how_it_began_and_its_checks(page: IncidentsPage) -> None:
    detail = page.detail
    assert detail.states.state is ViewState.LOADING
    detail.show_story([CheckLine(NOW, Status.DOWN, "Connection refused")], evidence())
    shown = detail.evidence
    assert shown.fact("resolved") == "192.0.2.1, 2001:db8::1"
    assert shown.fact("connected") == "192.0.2.1:443"
    assert shown.fact("answered") == "503"
    assert "CN=shop, by CN=Root, ended on" in shown.chain.text()
    assert "•••" in shown.headers.toPlainText()
    assert '"ok": false' in shown.body.toPlainText()
    assert "DNS lookup 12 ms" in shown.chart.accessibleName()
    assert detail.checks.lines[0].endswith("Connection refused")


def test_what_was_never_seen_is_not_shown(page: IncidentsPage) -> None:
    bare = evidence(
        peer=None, status_code=None, phases=(), certificates=(), headers=(), body="", addresses=()
    )
    page.detail.show_story([], bare)
    shown = page.detail.evidence
    for part in (shown.chart, shown.chain, shown.headers, shown.body):
        assert not part.isVisible()
    assert (shown.fact("resolved"), shown.fact("connected")) == ("-", "nobody")
    page.detail.show_story([], None)
    assert not shown.isVisible()


def test_a_story_that_cannot_be_loaded_offers_another_try(
    qtbot: QtBot, page: IncidentsPage
) -> None:
    page.detail.fail("refused")
    assert "refused" in page.detail.states.empty_state.sentence
    with qtbot.waitSignal(page.detail.retry_requested):
        qtbot.mouseClick(page.detail.states.empty_state.buttons()[0], LEFT)
    page.detail.show_story([], evidence())
    page.detail.fail("refused again")
    assert page.detail.states.state is ViewState.NORMAL


def test_without_incidents_there_is_no_detail_to_choose_for(page: IncidentsPage) -> None:
    page.set_model(incident_rows())
    page.show_state(ViewState.NORMAL)
    assert page.states.state is ViewState.EMPTY
    assert not page.detail.isVisible()
    page.set_model(rows())
    assert page.detail.isVisible()
    page.show_state(ViewState.ERROR, "why")
    (retry,) = page.states.empty_state.buttons()
    assert not page.detail.isVisible()
    assert retry.text() == "Try again"
