"""The window says what cannot be stored, what was restored, and how Vigil itself is."""

import json
from datetime import UTC, datetime, timedelta

from pytestqt.qtbot import QtBot

from app.host.settings import SettingsFile
from app.presenters.link import LinkPresenter
from app.presenters.self_health import SelfHealthPresenter
from app.services.child import Address
from app.services.rest import Rest
from app.state.link import LinkState, Phase
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.self_health import LoopView, RestorationView, SelfView, StorageView
from backend.contract.vocabulary import RestoredFrom, StorageTrouble
from tests.app.services.conftest import Served
from tests.app.state.builders import at, snapshot, state
from tests.helpers.target_server import Answer, running_target
from tests.helpers.waiting import done
from widgets.health_card import HealthCard
from widgets.main_window import MainWindow
from widgets.pages import Page, ViewState
from widgets.style.palette import Theme

RESTORED = RestorationView(
    at=datetime.now(UTC),
    origin=RestoredFrom.BACKUP,
    backup_at=datetime.now(UTC) - timedelta(days=20),
    damaged="/home/me/vigil-damaged.db",
    cause="file is not a database",
)


def standing(window: MainWindow, store: Store, settings: SettingsFile) -> LinkPresenter:
    store.replace(snapshot(state("a")))
    link = LinkPresenter(window, store, settings)
    link.on_link(LinkState(Phase.CONNECTED))
    return link


def test_the_banner_says_that_the_disk_is_full_until_there_is_room(
    window: MainWindow, store: Store, settings: SettingsFile
) -> None:
    link = standing(window, store, settings)
    link.on_storage(StorageView(trouble=StorageTrouble.FULL, since=at(0)))
    assert window.banner.words.startswith("Results cannot be stored: the disk is full (since ")
    assert not window.banner.isHidden()
    link.on_storage(StorageView())
    assert window.banner.isHidden()


def test_the_banner_names_the_backup_once_and_where_the_damaged_file_lies(
    window: MainWindow, store: Store, settings: SettingsFile
) -> None:
    link = standing(window, store, settings)
    link.on_storage(StorageView(restoration=RESTORED))
    assert "Restored from the backup of" in window.banner.words
    assert "/home/me/vigil-damaged.db" in window.banner.accessibleName()

    window.banner.dismissed.emit()
    assert window.banner.isHidden()

    again = LinkPresenter(window, store, settings)
    again.on_link(LinkState(Phase.CONNECTED))
    again.on_storage(StorageView(restoration=RESTORED))
    assert window.banner.isHidden(), "read of once, also after a restart"
    again.on_storage(StorageView(restoration=RESTORED.model_copy(update={"at": at(5)})))
    assert not window.banner.isHidden(), "another one is news again"


async def test_the_card_is_filled_while_it_is_looked_at(
    qtbot: QtBot, theme: Theme, served: Served, tasks: TaskOwner
) -> None:
    rest = Rest()
    await rest.set_address(served.address)
    card = HealthCard(theme)
    qtbot.addWidget(card)
    presenter = SelfHealthPresenter(card, rest, tasks, lambda: (2, 1), [].append)
    presenter.refresh.set_online(True)
    assert card.states.state is ViewState.LOADING
    card.show()

    await done(tasks)

    assert card.states.state is ViewState.NORMAL
    assert card.value("line") == "reconnected: 2, gaps mended: 1"
    assert "of the disk free" in card.value("data")
    assert card.value("backup") == "None yet: the first is made soon"
    card.hide()
    assert not presenter.refresh.is_wanted
    await rest.aclose()


async def test_a_warning_is_seen_beside_the_preferences_though_nobody_looks_at_the_card(
    window: MainWindow, served: Served, tasks: TaskOwner
) -> None:
    rest = Rest()
    await rest.set_address(served.address)
    well = await rest.itself()
    assert isinstance(well, SelfView)
    busy = well.model_copy(update={"loop": LoopView(p50=1, p99=900, longest=900)})
    entry = window.sidebar.entry(Page.PREFERENCES)
    async with running_target(Answer(body=json.dumps(busy.to_wire()).encode())) as backend:
        await rest.set_address(Address(backend.url, "token"))
        made = SelfHealthPresenter(
            window.preferences.health, rest, tasks, lambda: (0, 0), entry.show_warning
        )
        made.refresh.set_online(True)
        made.watch()
        await backend.wait_for_hits(1)
        await done(tasks)
        assert entry.accessibleName() == (
            "Preferences: This computer is too busy: results may come late"
        )
        backend.answer = Answer(body=json.dumps(well.to_wire()).encode())
        made.refresh.now()
        await done(tasks)
        assert entry.accessibleName() == "Preferences"
    await rest.aclose()
