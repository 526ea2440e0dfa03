"""The preferences page shows settings and tells what the user changed."""

from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from widgets.preferences import PreferencesPage
from widgets.style.palette import Theme

VALUES: dict[str, object] = {
    "language": "ko",
    "theme": "dark",
    "close_to_tray": False,
    "reconnect_attempts": 7,
    "reconnect_delay_s": 2.0,
    "reconnect_max_delay_s": 9.0,
}


def test_showing_settings_is_not_a_change(qtbot: QtBot, theme: Theme) -> None:
    page = PreferencesPage(theme)
    qtbot.addWidget(page)
    with qtbot.assertNotEmitted(page.changed):
        page.show_values(VALUES)
    language, _ = page.findChildren(QComboBox)
    assert language.currentText() == "한국어"


def test_each_change_is_told_with_its_key(qtbot: QtBot, theme: Theme) -> None:
    page = PreferencesPage(theme)
    qtbot.addWidget(page)
    page.show_values(VALUES)
    language, appearance = page.findChildren(QComboBox)
    told: list[tuple[str, object]] = []
    page.changed.connect(lambda key, value: told.append((key, value)))
    language.setCurrentIndex(1)
    appearance.setCurrentIndex(0)
    page.findChildren(QCheckBox)[0].click()
    page.findChildren(QSpinBox)[0].setValue(3)
    assert told == [
        ("language", "en"),
        ("theme", "system"),
        ("close_to_tray", True),
        ("reconnect_attempts", 3),
    ]


def test_newer_versions_are_offered_only_where_somebody_can_be_asked(
    qtbot: QtBot, theme: Theme
) -> None:
    page = PreferencesPage(theme)
    qtbot.addWidget(page)
    page.show()
    offer = page.findChildren(QCheckBox)[1]
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
