"""The page of one endpoint: whose it is, what it says, and where its checks come from.

Opened by the window presenter; the composition root hands it every merged Change. The history
comes by REST into the store, then live by the page's own subscription.
"""

from collections.abc import Callable

from app.models.check_log import CheckLogModel
from app.models.incident_list import IncidentListModel, said_of
from app.state.change import Change
from app.state.record import EndpointRecord
from app.state.store import Store
from backend.contract.secret_names import shown
from widgets import incident_phrases
from widgets.endpoint_detail import EndpointDetail
from widgets.endpoint_page import EndpointPage
from widgets.incident_timeline import ENTRIES
from widgets.incident_values import NOBODY
from widgets.pages import ViewState


class DetailPresenter:
    """What the detail page shows.

    Args:
        page: The page.
        store: Knows the endpoint.
        load_history: Brings the last 100 checks of an endpoint into the store.
        leave: Goes back when the endpoint is gone.
    """

    def __init__(
        self,
        page: EndpointPage,
        store: Store,
        load_history: Callable[[str], None],
        leave: Callable[[], None],
    ) -> None:
        self._page, self._store = page, store
        self._load_history, self._leave = load_history, leave
        self.checks = CheckLogModel(store, page)
        self.incidents = IncidentListModel(store, whole=False, parent=page, most=ENTRIES)
        self._endpoint_id = ""
        page.set_checks_model(self.checks)
        page.set_incidents_model(self.incidents)

    @property
    def endpoint_id(self) -> str:
        """The endpoint shown, "" for none."""
        return self._endpoint_id

    def open(self, endpoint_id: str) -> bool:
        """Show an endpoint; return whether there is one."""
        record = self._store.records.get(endpoint_id)
        if record is None:
            return False
        self._endpoint_id = endpoint_id
        self.checks.choose(endpoint_id)
        self.incidents.choose(endpoint_id)
        self._page.show_endpoint(detail_of(record))
        self._page.check_states.show_state(ViewState.NORMAL)
        self._load_history(endpoint_id)
        return True

    def close(self) -> None:
        """Stop following the endpoint; the page is left."""
        self._endpoint_id = ""
        self.checks.choose("")
        self.incidents.choose("")

    def connected(self) -> None:
        """Fill the hole that a cut left in the history."""
        if self._endpoint_id:
            self._load_history(self._endpoint_id)

    def on_change(self, change: Change) -> None:
        """Show what the store altered."""
        mine = self._endpoint_id
        if not mine:
            return
        self.checks.apply(change)
        self.incidents.apply(change)
        record = self._store.records.get(mine)
        if record is None:
            self._leave()
        elif mine in change.changed or change.everything:
            self._page.show_endpoint(detail_of(record))


def detail_of(record: EndpointRecord) -> EndpointDetail:
    """Return what the page says of an endpoint."""
    view = record.view
    return EndpointDetail(
        endpoint_id=view.id,
        name=view.name,
        method=view.method.value,
        url=shown(view.url),
        status=record.status,
        paused=record.is_paused,
        since=view.status_since,
        message=view.last_error or incident_phrases.why_unknown(view.unknown_reason),
        latency_ms=view.last_response_time,
        uptime_24h=record.uptime_24h,
        last_checked_at=view.last_checked_at,
        failures=view.consecutive_failures,
        failure_threshold=view.failure_threshold,
        is_incident_open=record.open_incident is not None,
        said=NOBODY if record.open_incident is None else said_of(record.open_incident),
    )
