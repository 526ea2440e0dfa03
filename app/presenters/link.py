"""Shows how the lines stand: the light, and the banner over old data or while something fails.

Told every state of the link by the composition root. The light counts down by itself and only
while something is waited for.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from app.host.settings import SettingsFile
from app.presenters.self_health import restored_of
from app.state.change import Change
from app.state.link import LinkState, Phase
from app.state.store import Store
from backend.contract.self_health import RestorationView, StorageView
from backend.contract.wire import format_instant
from widgets import connection_light
from widgets.main_window import MainWindow

_PHASES: dict[Phase, connection_light.Phase] = {
    Phase.CONNECTING: "connecting",
    Phase.CONNECTED: "connected",
    Phase.WAITING: "waiting",
    Phase.GIVEN_UP: "given_up",
}


def _now() -> datetime:
    return datetime.now(UTC)


class LinkPresenter:
    """The light and the banner.

    Args:
        window: Has both.
        store: Says whether there are data that can be old.
        kept: Remembers which restoration of damaged data the user has read of.
        now: The present time (aware).
    """

    def __init__(
        self,
        window: MainWindow,
        store: Store,
        kept: SettingsFile,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._window, self._store, self._now = window, store, now
        self._was_connected = False
        self._in_touch_at: datetime | None = None
        self._phase = Phase.CONNECTING
        self._why = self._way_on = ""
        self._kept, self._storage = kept, StorageView()
        window.banner.dismissed.connect(self._dismiss)

    @property
    def is_connected(self) -> bool:
        """Whether the line stood when we last heard."""
        return self._was_connected

    def on_link(self, state: LinkState) -> None:
        """Show another state of the line."""
        connected = state.phase is Phase.CONNECTED
        if self._was_connected and not connected:
            self._in_touch_at = self._now()
        self._was_connected = connected
        self._window.show_link(
            connection_light.LinkState(
                _PHASES[state.phase], state.attempt, state.retry_in_s, state.latency_ms
            )
        )
        self._phase = state.phase
        self._show_banner()

    def explain(self, why: str, way_on: str = "") -> None:
        """Say beside the age of the data why no newer ones come; "" when they do.

        Args:
            why: A sentence.
            way_on: What a button says that leads on, where there is one of its own.
        """
        self._why, self._way_on = why, way_on
        self._show_banner()

    def on_change(self, change: Change) -> None:
        """Show that this computer went offline, or came back."""
        if change.network or change.everything:
            self._show_banner()

    def on_storage(self, storage: StorageView) -> None:
        """Show whether the backend can store, and what became of damaged data."""
        self._storage = storage
        self._show_banner()

    def _dismiss(self) -> None:
        if self._storage.restoration is not None:
            self._kept.change("restoration_read", format_instant(self._storage.restoration.at))
        self._show_banner()

    def _is_read(self, restoration: RestorationView) -> bool:
        return self._kept.settings.restoration_read == format_instant(restoration.at)

    def _show_banner(self) -> None:
        banner, phase = self._window.banner, self._phase
        # While the very first connection is made, the pages say that they are loading.
        first_time = not self._store.is_filled and phase is Phase.CONNECTING
        if phase is Phase.CONNECTED:
            self._show_what_holds()
        elif first_time:
            banner.hide()
        else:
            at = self._in_touch_at if self._store.is_filled else None
            banner.show_stale(at, self._why, self._way_on)

    def _show_what_holds(self) -> None:
        """While the line stands: what cannot be stored matters most, then who is offline."""
        banner, network, storage = self._window.banner, self._store.network, self._storage
        if storage.trouble is not None and storage.since is not None:
            banner.show_unstored(storage.trouble, storage.since)
        elif not network.online:
            banner.show_offline(network.spells[0].since)
        elif storage.restoration is not None and not self._is_read(storage.restoration):
            banner.show_restored(restored_of(storage.restoration))
        else:
            banner.hide()
