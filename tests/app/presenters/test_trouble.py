"""Why there are no new data is said where it hides none of those that are there."""

from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.host.paths import Paths
from app.host.settings import SettingsFile
from app.presenters.link import LinkPresenter
from app.presenters.trouble import TroublePresenter
from app.services.backend_process import BackendFailure, BackendTrouble
from app.state.link import LinkState, Phase
from app.state.store import Store
from tests.app.state.builders import snapshot, state
from widgets.main_window import MainWindow

CRASHED = BackendFailure(BackendTrouble.CRASHED, -9, ("one", "two", "three", "four"))
WORDS = "The backend stopped and cannot be restarted."


def test_with_data_the_banner_says_why_and_the_lists_stay(
    window: MainWindow, store: Store, settings: SettingsFile, tmp_path: Path
) -> None:
    store.replace(snapshot(state("a")))
    shown: list[str] = []
    refused: list[int] = []
    link = LinkPresenter(window, store, settings)
    trouble = TroublePresenter(
        Paths(tmp_path), shown.append, link.explain, lambda _, code: refused.append(code)
    )
    link.on_link(LinkState(Phase.CONNECTED))
    trouble.on_failure(CRASHED, has_data=True)
    given_up = LinkState(Phase.GIVEN_UP, attempt=1)
    link.on_link(given_up)
    trouble.on_link(given_up, has_data=True)
    assert shown == []
    assert "as of" in window.banner.words
    assert WORDS in window.banner.words
    link.on_link(LinkState(Phase.CONNECTED))
    trouble.on_link(LinkState(Phase.CONNECTED), has_data=True)
    link.on_link(LinkState(Phase.WAITING, attempt=1))
    assert WORDS not in window.banner.words
    assert refused == []


def test_without_data_the_lists_say_why(
    window: MainWindow, store: Store, settings: SettingsFile, tmp_path: Path
) -> None:
    shown: list[str] = []
    link = LinkPresenter(window, store, settings)
    trouble = TroublePresenter(Paths(tmp_path), shown.append, link.explain, lambda *_: None)
    trouble.on_failure(CRASHED, has_data=False)
    assert len(shown) == 1
    assert WORDS in shown[0]


def test_the_last_lines_of_the_backend_stand_below_and_it_can_be_started_again(
    qtbot: QtBot, window: MainWindow, store: Store, settings: SettingsFile, tmp_path: Path
) -> None:
    store.replace(snapshot(state("a")))
    shown: list[str] = []
    link = LinkPresenter(window, store, settings)
    trouble = TroublePresenter(Paths(tmp_path), shown.append, link.explain, lambda *_: None)
    trouble.on_failure(CRASHED, has_data=False)
    log = f"Its log is in {Paths(tmp_path).logs}"
    assert shown[0].splitlines()[1:] == ["two", "three", "four", log]
    link.on_link(LinkState(Phase.CONNECTED))
    link.on_link(LinkState(Phase.GIVEN_UP, attempt=1))
    trouble.on_failure(CRASHED, has_data=True)
    assert "\n" not in window.banner.words
    assert window.banner.last_lines.splitlines() == ["two", "three", "four", log]
    window.banner.show_stale(None, f"{WORDS}\n{'x' * 5000}")
    assert window.minimumSizeHint().width() <= 960, "no line makes the window wider"
    (shortened,) = [it for it in window.banner.findChildren(QLabel) if "x…x" in it.text()]
    assert shortened.toolTip() == "x" * 5000
    with qtbot.waitSignal(window.reconnect_requested):
        window.banner.findChild(QPushButton, "start again").click()
    link.on_link(LinkState(Phase.CONNECTED))
    trouble.on_link(LinkState(Phase.CONNECTED), has_data=True)
    link.on_link(LinkState(Phase.WAITING, attempt=1))
    assert window.banner.last_lines == ""


def test_a_backend_that_hangs_is_told_from_one_that_died(
    window: MainWindow, store: Store, settings: SettingsFile, tmp_path: Path
) -> None:
    store.replace(snapshot(state("a")))
    link = LinkPresenter(window, store, settings)
    trouble = TroublePresenter(Paths(tmp_path), lambda _: None, link.explain, lambda *_: None)
    link.on_link(LinkState(Phase.CONNECTED))
    link.on_link(LinkState(Phase.WAITING, attempt=2))
    trouble.on_hang(True, has_data=True)
    assert "is running but does not answer" in window.banner.words
    trouble.on_hang(False, has_data=True)
    assert "does not answer" not in window.banner.words
    trouble.on_failure(CRASHED, has_data=True)
    trouble.on_hang(False, has_data=True)
    assert WORDS in window.banner.words, "a death is not taken back by the end of a hang"


def test_a_folder_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    told: list[str] = []
    trouble = TroublePresenter(
        Paths(tmp_path), told.append, told.append, lambda words, _: told.append(words)
    )
    in_use = BackendFailure(BackendTrouble.DIRECTORY_UNUSABLE, 3, ("vigil-backend: in use",))
    trouble.on_failure(in_use, has_data=False)
    assert len(told) == 1
    assert "\n" not in told[0]
