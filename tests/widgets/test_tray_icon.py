"""The tray icon says the worst state by shape, the count as a badge, and offers its menu."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from backend.contract.vocabulary import Status
from tests.widgets.conftest import NOW
from widgets.quiet_phrases import Pause
from widgets.style.palette import Theme
from widgets.style.tokens import DARK
from widgets.tray_icon import OpenIncident, TrayIcon, TrayState, tray_picture


def image(state: TrayState) -> QImage:
    return tray_picture(state).pixmap(32, 32).toImage()


def test_each_state_has_its_own_picture(theme: Theme) -> None:
    pictures = [image(TrayState(worst=status, connected=True)) for status in Status]
    pictures.append(image(TrayState(worst=Status.DOWN, down=2, connected=True)))
    pictures.append(image(TrayState(worst=Status.UP)))
    for place, one in enumerate(pictures):
        assert all(one != other for other in pictures[place + 1 :])


def test_without_a_line_the_icon_has_no_colour(theme: Theme) -> None:
    grey = image(TrayState(worst=Status.DOWN, down=1))
    spread = [
        max(colour.red(), colour.green(), colour.blue())
        - min(colour.red(), colour.green(), colour.blue())
        for x in range(grey.width())
        for y in range(grey.height())
        if (colour := grey.pixelColor(x, y)).alpha() > 128
    ]
    assert max(spread) < 40


def test_the_menu_begins_with_open_and_ends_with_quit(qtbot: QtBot, theme: Theme) -> None:
    tray = TrayIcon(theme)
    incidents = tuple(OpenIncident(f"id-{n}", f"Name & {n}", NOW) for n in range(7))
    tray.show_state(TrayState(Status.DOWN, 7, 0, 1, True, NOW, incidents))
    actions = [action for action in tray.menu.actions() if not action.isSeparator()]
    assert actions[0].text() == "Open Vigil"
    assert actions[0].font().bold()
    assert not actions[1].isEnabled()
    actions = [action for action in actions if action.isVisible()]
    assert len(actions) == 1 + 1 + 5 + 3 + 1 + 1
    assert actions[2].text().startswith("Name && 0 - ")
    assert actions[-1].text() == "Quit"
    with qtbot.waitSignal(tray.incident_requested) as told:
        actions[3].trigger()
    assert told.args == ["id-1"]
    with qtbot.waitSignal(tray.quit_requested):
        actions[-1].trigger()


def test_old_incidents_leave_the_menu(theme: Theme) -> None:
    tray = TrayIcon(theme)
    tray.show_state(TrayState(Status.DOWN, 1, 0, 0, True, NOW, (OpenIncident("i", "A", NOW),)))
    tray.show_state(TrayState(Status.UP, 0, 0, 1, True, NOW))
    assert len([a for a in tray.menu.actions() if a.isVisible() and not a.isSeparator()]) == 7
    assert tray.toolTip().startswith("0 down - 1 up - checked ")


def test_the_picture_is_drawn_again_only_when_it_would_differ(theme: Theme) -> None:
    tray = TrayIcon(theme)
    tray.show_state(TrayState(Status.DOWN, 10, 0, 5, True, NOW))
    drawn = tray.icon().cacheKey()
    tray.show_state(TrayState(Status.DOWN, 900, 0, 4, True, NOW, (OpenIncident("i", "A", NOW),)))
    assert tray.icon().cacheKey() == drawn, "both badges say 9+"
    assert tray.toolTip().startswith("900 down")
    for state in (TrayState(Status.DOWN, 9, 0, 4, True), TrayState(Status.DOWN, 9, 0, 4)):
        tray.show_state(state)
        assert tray.icon().cacheKey() != drawn
        drawn = tray.icon().cacheKey()


def test_the_crosses_before_open_incidents_are_drawn_once_a_theme(theme: Theme) -> None:
    tray = TrayIcon(theme)
    down = TrayState(Status.DOWN, 1, 0, 5, True, NOW, (OpenIncident("i", "A", NOW),))
    tray.show_state(down)
    (action,) = [each for each in tray.menu.actions() if each.text().startswith("A - ")]
    drawn = action.icon().cacheKey()
    tray.show_state(replace(down, checked_at=NOW + timedelta(seconds=9)))
    assert action.icon().cacheKey() == drawn
    theme.use(DARK)
    tray.show_state(down)
    assert action.icon().cacheKey() != drawn


def test_a_click_opens_the_window(qtbot: QtBot, theme: Theme) -> None:
    tray = TrayIcon(theme)
    with qtbot.waitSignal(tray.open_requested):
        tray.activated.emit(TrayIcon.ActivationReason.Trigger)


def test_alerts_can_be_paused_and_while_they_are_only_resumed(qtbot: QtBot, theme: Theme) -> None:
    tray = TrayIcon(theme)
    state = TrayState(Status.UP, 0, 0, 3, True, NOW)
    tray.show_state(state)
    offers = {a.text(): a for a in tray.menu.actions() if "alerts" in a.text() and a.isVisible()}
    assert list(offers) == [
        "Pause alerts for 30 min",
        "Pause alerts for 1 h",
        "Pause alerts until tomorrow",
    ]
    with qtbot.waitSignal(tray.pause_requested) as told:
        offers["Pause alerts for 1 h"].trigger()
    assert told.args == [Pause.HOUR]
    until = datetime.now(UTC) + timedelta(days=1)
    tray.show_state(replace(state, quiet_until=until))
    (resume,) = [a for a in tray.menu.actions() if "alerts" in a.text() and a.isVisible()]
    words = f"tomorrow {until.astimezone():%H:%M}"
    assert resume.text() == f"Resume alerts (paused until {words})"
    assert tray.toolTip().splitlines()[1] == f"Alerts paused until {words}"
    with qtbot.waitSignal(tray.resume_requested):
        resume.trigger()
