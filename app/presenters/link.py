"""Shows how the lines stand: the light, and the banner over old data or while offline.

Told every state of the link by the composition root. The light counts down by itself and only
while something is waited for.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from app.state.change import Change
from app.state.link import LinkState, Phase
from app.state.store import Store
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
        now: The present time (aware).
    """

    def __init__(
        self, window: MainWindow, store: Store, now: Callable[[], datetime] = _now
    ) -> None:
        self._window, self._store, self._now = window, store, now
        self._was_connected = False
        self._in_touch_at: datetime | None = None
        self._phase = Phase.CONNECTING
        self._why = ""

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

    def explain(self, why: str) -> None:
        """Say beside the age of the data why no newer ones come; "" when they do."""
        self._why = why
        self._show_banner()

    def on_change(self, change: Change) -> None:
        """Show that this computer went offline, or came back."""
        if change.network or change.everything:
            self._show_banner()

    def _show_banner(self) -> None:
        banner, phase, network = self._window.banner, self._phase, self._store.network
        # While the very first connection is made, the pages say that they are loading.
        first_time = not self._store.is_filled and phase is Phase.CONNECTING
        if phase is Phase.CONNECTED and not network.online:
            banner.show_offline(network.spells[0].since)
        elif phase is Phase.CONNECTED or first_time:
            banner.hide()
        else:
            banner.show_stale(self._in_touch_at if self._store.is_filled else None, self._why)
