"""The preferences page shows settings and tells what the user changed."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from widgets.preferences import PreferencesPage
from widgets.quiet_phrases import Pause
from widgets.style.palette import Theme

VALUES: dict[str, object] = {
    "language": "ko",
    "theme": "dark",
    "text_size": 150,
    "motion": "reduced",
    "compact_rows": True,
    "close_to_tray": False,
    "start_at_login": True,
    "start_minimized": False,
    "reconnect_attempts": 7,
    "reconnect_delay_s": 2.0,
    "reconnect_max_delay_s": 9.0,
}


def made(qtbot: QtBot, theme: Theme) -> PreferencesPage:
    page = PreferencesPage(theme)
    qtbot.addWidget(page)
    page.show_values(VALUES)
    return page


def field(page: PreferencesPage, name: str) -> QComboBox:
    return next(f for f in page.findChildren(QComboBox) if f.accessibleName() == name)


def box(page: PreferencesPage, start: str) -> QCheckBox:
    return next(b for b in page.findChildren(QCheckBox) if b.text().startswith(start))


def button(page: PreferencesPage, words: str) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if b.text() == words and not b.isHidden())


def test_showing_settings_is_not_a_change(qtbot: QtBot, theme: Theme) -> None:
    page = PreferencesPage(theme)
    qtbot.addWidget(page)
    with qtbot.assertNotEmitted(page.changed):
        page.show_values(VALUES)
    assert field(page, "Language").currentText() == "한국어"
    assert field(page, "Text size").currentText() == "150 %"
    assert box(page, "Compact rows").isChecked()
    assert box(page, "Start Vigil").isChecked()


def test_each_change_is_told_with_its_key(qtbot: QtBot, theme: Theme) -> None:
    page = made(qtbot, theme)
    told: list[tuple[str, object]] = []
    page.changed.connect(lambda key, value: told.append((key, value)))
    field(page, "Language").setCurrentIndex(1)
    field(page, "Theme").setCurrentIndex(0)
    field(page, "Text size").setCurrentIndex(3)
    field(page, "Motion").setCurrentIndex(2)
    for start in ("Keep running", "Compact", "Start Vigil", "Open the window"):
        box(page, start).click()
    page.findChildren(QSpinBox)[0].setValue(3)
    assert told == [
        ("language", "en"),
        ("theme", "system"),
        ("text_size", 200),
        ("motion", "full"),
        ("close_to_tray", True),
        ("compact_rows", False),
        ("start_at_login", False),
        ("start_minimized", True),
        ("reconnect_attempts", 3),
    ]


def test_why_starting_at_login_could_not_be_switched_stands_beside_it(
    qtbot: QtBot, theme: Theme
) -> None:
    page = made(qtbot, theme)
    page.show_trouble("The system did not let Vigil change this: Permission denied")
    assert box(page, "Start Vigil").accessibleDescription().endswith("Permission denied")
    assert any(
        label.text().endswith("Permission denied") and not label.isHidden()
        for label in page.findChildren(QLabel)
    )


def test_a_pause_is_begun_and_ended_with_the_keyboard_and_the_focus_stays_beside_it(
    qtbot: QtBot, theme: Theme
) -> None:
    page = made(qtbot, theme)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    hour = button(page, "1 h")
    hour.setFocus()
    with qtbot.waitSignal(page.quiet.pause_requested) as told:
        qtbot.keyClick(hour, Qt.Key.Key_Space)
    assert told.args == [Pause.HOUR]
    page.quiet.show_until(datetime.now(UTC) + timedelta(hours=1))
    resume = button(page, "Resume alerts")
    assert resume.hasFocus()
    assert hour.isHidden()
    with qtbot.waitSignal(page.quiet.resume_requested):
        qtbot.keyClick(resume, Qt.Key.Key_Space)
    page.quiet.show_until(None)
    assert button(page, "30 min").hasFocus()


def test_what_came_of_a_test_notification_is_said(qtbot: QtBot, theme: Theme) -> None:
    page = made(qtbot, theme)
    with qtbot.waitSignal(page.quiet.test_requested):
        button(page, "Send a test notification").click()
    page.quiet.show_answer("Sent.")
    assert any(
        label.text() == "Sent." and not label.isHidden() for label in page.findChildren(QLabel)
    )


def test_newer_versions_are_offered_only_where_somebody_can_be_asked(
    qtbot: QtBot, theme: Theme
) -> None:
    page = PreferencesPage(theme)
    qtbot.addWidget(page)
    page.show()
    (offer,) = [each for each in page.findChildren(QCheckBox) if "once a day" in each.text()]
    assert not offer.isVisible()
    page.offer_updates("releases.example.com")
    assert offer.isVisible()
    assert "releases.example.com" in offer.text(), "the user knows who is asked"
    with qtbot.assertNotEmitted(page.changed):
        page.show_values({"look_for_updates": True})
    assert offer.isChecked()
    with qtbot.waitSignal(page.changed) as told:
        offer.click()
    assert told.args == ["look_for_updates", False]
    page.offer_updates("")
    assert not offer.isVisible()


def test_where_a_server_is_joined_starting_at_login_says_so(qtbot: QtBot, theme: Theme) -> None:
    page = made(qtbot, theme)
    page.say_elsewhere("vigil.example:8443")
    words = "Start a Vigil that joins vigil.example:8443, minimized, when I log in"
    assert box(page, "Start a Vigil").text() == words
    assert box(page, "Start a Vigil").accessibleName() == words
