"""Why there are no new data is said where it hides none of those that are there."""

from pathlib import Path

from app.host.paths import Paths
from app.host.settings import SettingsFile
from app.presenters.link import LinkPresenter
from app.presenters.trouble import TroublePresenter
from app.services.backend_process import BackendFailure, BackendTrouble
from app.state.link import LinkState, Phase
from app.state.store import Store
from tests.app.state.builders import snapshot, state
from widgets.main_window import MainWindow

CRASHED = BackendFailure(BackendTrouble.CRASHED, -9, ())
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
