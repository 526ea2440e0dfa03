"""What the desktop says when this computer goes offline, and when it is back."""

from datetime import UTC, datetime

from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QApplication

from app.host.language import Language
from app.host.settings import SettingsFile
from app.models.endpoint_table import EndpointTableModel
from app.models.timeline import TimelineModel
from app.presenters.link import LinkPresenter
from app.presenters.toasts import toast_of
from app.state.link import LinkState, Phase
from app.state.store import Store
from backend.contract.events import NetworkChanged
from backend.contract.resources import NetworkView
from backend.contract.vocabulary import Status, UnknownReason
from tests.app.state.builders import at, became, incident, snapshot, state, updated
from widgets import incident_phrases, phrases
from widgets.incident_timeline import IncidentTimeline
from widgets.main_window import MainWindow
from widgets.roles import IncidentRole, Role
from widgets.style.palette import Theme


def went(seq: int = 11) -> NetworkChanged:
    return NetworkChanged(seq=seq, online=False, since=at(0), offline_since=None)


def came(seq: int = 12) -> NetworkChanged:
    return NetworkChanged(seq=seq, online=True, since=at(720), offline_since=at(0))


def test_the_store_hears_what_a_snapshot_would_have_told(store: Store) -> None:
    store.replace(snapshot(state("a")))
    assert store.apply(went()).network
    assert not store.network.online
    assert store.apply(came()).network
    told = store.network
    assert (told.online, told.spells[0].since, told.spells[0].until) == (True, at(0), at(720))
    retold = snapshot(state("a"), seq=12).model_copy(update={"network": told})
    assert not store.replace(retold)
    assert store.replace(retold.model_copy(update={"network": NetworkView()})).network


def test_a_row_says_why_nothing_is_known_and_forgets_it_when_it_is_up(
    qapp: QApplication, store: Store
) -> None:
    store.replace(snapshot(state("a", current_status=Status.UP)))
    table = EndpointTableModel(store)
    lost = became(Status.UNKNOWN, 11).model_copy(update={"unknown_reason": UnknownReason.OFFLINE})
    table.apply(store.apply(lost))
    assert table.index(0, 0).data(Role.MESSAGE) == "This computer is offline"
    assert store.records["a"].view.unknown_reason is UnknownReason.OFFLINE
    store.apply(became(Status.UP, 12, seconds=9))
    assert store.records["a"].view.unknown_reason is None


def test_the_sentence_of_the_page_says_why_in_both_languages(qapp: QApplication) -> None:
    speech = Language(qapp)
    try:
        for code, words in (
            ("en", "This computer is offline"),
            ("ko", "이 컴퓨터가 오프라인입니다"),
        ):
            speech.use(code)
            why = incident_phrases.why_unknown(UnknownReason.OFFLINE)
            said = phrases.detail_sentence(
                Status.UNKNOWN, False, at(0), datetime.now(UTC), message=why
            )
            assert said == words
    finally:
        speech.use("en")


def test_the_banner_says_since_when_and_goes_when_it_is_over(
    window: MainWindow, store: Store, settings: SettingsFile
) -> None:
    link = LinkPresenter(window, store, settings)
    link.on_change(store.replace(snapshot(state("a"))))
    link.on_link(LinkState(Phase.CONNECTED))
    assert window.banner.isHidden()
    link.on_change(store.apply(went()))
    assert not window.banner.isHidden()
    assert f"offline since {at(0).astimezone():%H:%M}" in window.banner.words
    link.on_link(LinkState(Phase.WAITING, attempt=1, retry_in_s=1))
    assert window.banner.words.startswith("Not connected")
    link.on_link(LinkState(Phase.CONNECTED))
    assert "offline since" in window.banner.words
    link.on_change(store.apply(came()))
    assert window.banner.isHidden()


def test_one_toast_says_how_long_it_was(qapp: QApplication) -> None:
    assert toast_of(went()) is None
    toast = toast_of(came())
    assert toast is not None
    assert (toast.kind, toast.title, toast.detail) == (
        "info",
        "Online again",
        "Offline for 12 min",
    )


def test_the_timeline_has_one_sentence_for_a_time_offline_among_the_incidents(
    theme: Theme, store: Store
) -> None:
    store.replace(
        snapshot(
            state("a"),
            incidents=(
                incident("later", started_at=at(900), resolved_at=at(950)),
                incident("earlier", started_at=at(-60), resolved_at=at(-30)),
            ),
        )
    )
    model = TimelineModel(store)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert tester.model() is model
    model.apply(store.apply(went()))
    assert model.rowCount() == 2, "told once it is over"
    model.apply(store.apply(came()))
    said = [model.index(row, 0).data(IncidentRole.SENTENCE) for row in range(3)]
    assert said == [None, "Offline for 12 min", None]
    model.apply(store.apply(updated(13, "a", name="Shop")))
    assert model.index(0, 0).data(IncidentRole.ENDPOINT_NAME) == "Shop"

    view = IncidentTimeline(theme)
    view.set_model(model)
    view.resize(300, 200)
    assert not view.grab().isNull()
    opened = QSignalSpy(view.opened)
    view.clicked.emit(model.index(1, 0))
    assert opened.count() == 0, "it belongs to no endpoint"
    view.clicked.emit(model.index(0, 0))
    assert opened.count() == 1
