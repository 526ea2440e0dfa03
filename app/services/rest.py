"""Commands and questions to the backend over HTTP, in the contract's models.

Called by presenters. The answers never go into the store: what a command changed comes back as
an event. Knows no Socket.IO.
"""

from datetime import datetime
from urllib.parse import quote

from pydantic import RootModel

from app.services.asking import Asking, Fields, Query
from app.services.failures import RestFailure
from backend.contract.alerts import ChannelDeleted, ChannelTest, ChannelView, DeliveryView
from backend.contract.evidence import PreviewView
from backend.contract.resources import (
    CheckResults,
    CheckResultView,
    DeletedView,
    EndpointDetail,
    EndpointView,
    HealthView,
    IncidentDetail,
    IncidentView,
    Overview,
    Page,
)
from backend.contract.secrets import SecretDeleted, SecretsView, SecretView
from backend.contract.self_health import SelfView
from backend.contract.statistics import (
    Comparison,
    DailyUptime,
    DailyUptimes,
    LatencyView,
    TotalLatencyView,
    UptimeView,
)
from backend.contract.vocabulary import Period
from backend.contract.wire import format_instant

Span = tuple[datetime, datetime]
"""From when to when, both aware; the end is not in it."""

CHECK_TIMEOUT_S = 130.0
"""``check now`` answers after the check: up to its time-out of 120 s, and some."""

TRIAL_TIMEOUT_S = 60.0
"""A test message is answered when the channel's server took it, or did not within its time."""

_CHANNELS = "/notification-channels"


class Rest(Asking):
    """The backend's REST interface at whatever address it has now.

    Every call returns the contract's model or a ``RestFailure``; none raises.
    """

    async def create(self, draft: Fields) -> EndpointView | RestFailure:
        """Add an endpoint; keys are wire names, those left out get their defaults."""
        return await self._ask(EndpointView, "POST", "/endpoints", body=draft)

    async def patch(self, endpoint_id: str, changes: Fields) -> EndpointView | RestFailure:
        """Change some fields of an endpoint; keys are wire names."""
        return await self._ask(EndpointView, "PATCH", f"/endpoints/{endpoint_id}", body=changes)

    async def preview(self, draft: Fields) -> PreviewView | RestFailure:
        """Ask once with a draft and store nothing; it answers after the check."""
        return await self._ask(
            PreviewView, "POST", "/endpoints/preview", body=draft, timeout_s=CHECK_TIMEOUT_S
        )

    async def delete(self, endpoint_id: str) -> DeletedView | RestFailure:
        """Delete an endpoint; it can be restored for some time."""
        return await self._ask(DeletedView, "DELETE", f"/endpoints/{endpoint_id}")

    async def restore(self, endpoint_id: str) -> EndpointView | RestFailure:
        """Undo a deletion."""
        return await self._ask(EndpointView, "POST", f"/endpoints/{endpoint_id}/restore")

    async def check_now(self, endpoint_id: str) -> CheckResultView | RestFailure:
        """Check an endpoint at once and wait for the result."""
        path = f"/endpoints/{endpoint_id}/check"
        return await self._ask(CheckResultView, "POST", path, timeout_s=CHECK_TIMEOUT_S)

    async def endpoint(self, endpoint_id: str) -> EndpointDetail | RestFailure:
        """Return one endpoint with its statistics and recent incidents."""
        return await self._ask(EndpointDetail, "GET", f"/endpoints/{endpoint_id}")

    async def endpoints(
        self, *, page: int = 1, limit: int = 100
    ) -> Page[EndpointView] | RestFailure:
        """Return one page of the endpoints."""
        query = {"page": page, "limit": limit}
        return await self._ask(Page[EndpointView], "GET", "/endpoints", query=query)

    async def check_results(
        self, endpoint_id: str, *, span: Span | None = None, limit: int = 100
    ) -> CheckResults | RestFailure:
        """Return the checks of a span, without one of the last 24 h, newest first."""
        query: dict[str, str | int] = {"limit": limit}
        if span is not None:
            query |= {"startDate": format_instant(span[0]), "endDate": format_instant(span[1])}
        path = f"/endpoints/{endpoint_id}/check-results"
        return await self._ask(CheckResults, "GET", path, query=query)

    async def incidents(
        self,
        *,
        endpoint_id: str | None = None,
        status: str | None = None,
        page: int = 1,
        limit: int = 20,
    ) -> Page[IncidentView] | RestFailure:
        """Return one page of incidents, newest first; ``status`` is active or resolved."""
        query = {"endpointId": endpoint_id, "status": status, "page": page, "limit": limit}
        return await self._ask(Page[IncidentView], "GET", "/incidents", query=query)

    async def incident(self, incident_id: str) -> IncidentDetail | RestFailure:
        """Return one incident with its checks."""
        return await self._ask(IncidentDetail, "GET", f"/incidents/{incident_id}")

    async def acknowledge(self, incident_id: str, said: Fields) -> IncidentView | RestFailure:
        """Say that somebody knows of an open incident; keys left out stay as they are."""
        path = f"/incidents/{incident_id}/acknowledge"
        return await self._ask(IncidentView, "POST", path, body=said)

    async def withdraw(self, incident_id: str) -> IncidentView | RestFailure:
        """Take an acknowledgement back, with its snooze and its note."""
        return await self._ask(IncidentView, "DELETE", f"/incidents/{incident_id}/acknowledge")

    async def overview(self) -> Overview | RestFailure:
        """Return the totals over all endpoints."""
        return await self._ask(Overview, "GET", "/statistics/overview")

    async def response_time(
        self, endpoint_id: str, period: Period, span: Span | None = None
    ) -> LatencyView | RestFailure:
        """Return the response times of one endpoint; the span is that of a custom period."""
        path = f"/endpoints/{endpoint_id}/response-time"
        return await self._ask(LatencyView, "GET", path, query=_asked(period, span))

    async def total_response_time(
        self, period: Period, span: Span | None = None
    ) -> TotalLatencyView | RestFailure:
        """Return the response times of all endpoints together, as for one."""
        path = "/statistics/response-time"
        return await self._ask(TotalLatencyView, "GET", path, query=_asked(period, span))

    async def uptime(self, endpoint_id: str, period: Period) -> UptimeView | RestFailure:
        """Return how much of a period one endpoint was up."""
        path = f"/endpoints/{endpoint_id}/uptime"
        return await self._ask(UptimeView, "GET", path, query={"period": period.value})

    async def daily_uptime(self, endpoint_id: str, days: int) -> DailyUptime | RestFailure:
        """Return the last days of one endpoint, today last."""
        path = f"/endpoints/{endpoint_id}/uptime/daily"
        return await self._ask(DailyUptime, "GET", path, query={"days": days})

    async def daily_uptimes(self, days: int) -> DailyUptimes | RestFailure:
        """Return the last days of all endpoints, today last; of each as a text where it can be."""
        path = "/statistics/uptime/daily"
        return await self._ask(DailyUptimes, "GET", path, query={"days": days, "packed": True})

    async def comparison(
        self, period: Period = Period.DAY, span: Span | None = None
    ) -> Comparison | RestFailure:
        """Return the endpoints beside each other, best first; a span as for response times."""
        path = "/statistics/comparison"
        return await self._ask(Comparison, "GET", path, query=_asked(period, span))

    async def channels(self) -> tuple[ChannelView, ...] | RestFailure:
        """Return every channel, oldest first, its secrets masked."""
        answer = await self._ask(RootModel[tuple[ChannelView, ...]], "GET", _CHANNELS)
        return answer if isinstance(answer, RestFailure) else answer.root

    async def add_channel(self, draft: Fields) -> ChannelView | RestFailure:
        """Add a channel; keys are wire names."""
        return await self._ask(ChannelView, "POST", _CHANNELS, body=draft)

    async def change_channel(self, channel_id: str, changes: Fields) -> ChannelView | RestFailure:
        """Change some fields of a channel; a secret that is left out stays."""
        return await self._ask(ChannelView, "PATCH", f"{_CHANNELS}/{channel_id}", body=changes)

    async def delete_channel(self, channel_id: str) -> ChannelDeleted | RestFailure:
        """Delete a channel with its secrets, for good."""
        return await self._ask(ChannelDeleted, "DELETE", f"{_CHANNELS}/{channel_id}")

    async def test_channel(self, channel_id: str) -> ChannelTest | RestFailure:
        """Send a test message now and wait for what came of it."""
        path = f"{_CHANNELS}/{channel_id}/test"
        return await self._ask(ChannelTest, "POST", path, timeout_s=TRIAL_TIMEOUT_S)

    async def secrets(self) -> SecretsView | RestFailure:
        """Return every secret by name and who uses it, without its value."""
        return await self._ask(SecretsView, "GET", "/secrets")

    async def put_secret(self, name: str, value: str) -> SecretView | RestFailure:
        """Keep a secret, in the place of one of that name."""
        return await self._ask(SecretView, "PUT", f"/secrets/{quote(name)}", body={"value": value})

    async def delete_secret(self, name: str) -> SecretDeleted | RestFailure:
        """Forget a secret for good."""
        return await self._ask(SecretDeleted, "DELETE", f"/secrets/{quote(name)}")

    async def deliveries(
        self, *, channel_id: str | None = None, limit: int = 100
    ) -> Page[DeliveryView] | RestFailure:
        """Return what became of the newest alerts, newest first."""
        query = {"channelId": channel_id, "limit": limit}
        return await self._ask(Page[DeliveryView], "GET", "/notifications", query=query)

    async def health(self) -> HealthView | RestFailure:
        """Return how the backend is."""
        return await self._ask(HealthView, "GET", "/health")

    async def itself(self) -> SelfView | RestFailure:
        """Return how the backend itself is."""
        return await self._ask(SelfView, "GET", "/self")


def _asked(period: Period, span: Span | None) -> Query:
    """Return the question for a period: the custom one has two ends."""
    if span is None:
        return {"period": period.value}
    start, end = map(format_instant, span)
    return {"period": period.value, "startDate": start, "endDate": end}
