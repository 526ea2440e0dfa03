"""The incidents page: the chosen incident's story, and what is said of incidents anywhere.

The composition root makes it and hands it every merged Change; toasts and the detail page ask it
to acknowledge. It never alters the store: what was said comes back as an event.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime

from pydantic import JsonValue
from PySide6.QtCore import QCoreApplication, QObject

from app.models.incident_list import said_of
from app.presenters.editing import phases_of
from app.presenters.toasts import ToastsPresenter, why
from app.services.asking import Fields
from app.services.failures import RestFailure
from app.services.rest import Rest
from app.state.change import Change, Part
from app.state.rings import Check
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.evidence import CertificateView, EvidenceView
from backend.contract.resources import IncidentDetail, IncidentView
from backend.contract.vocabulary import CheckStatus, Status
from backend.contract.wire import format_instant
from widgets.incident_values import Certificate, CheckLine, Evidence, Incident
from widgets.incidents_page import IncidentsPage

translate = QCoreApplication.translate


class IncidentsPresenter(QObject):
    """What the incidents page shows beside its list, and the commands on incidents.

    Args:
        page: The page.
        store: Knows the incidents and the newest checks.
        rest: Brings the story, takes the commands.
        tasks: Owns what runs.
        toasts: Says what failed.
    """

    def __init__(
        self,
        page: IncidentsPage,
        store: Store,
        rest: Rest,
        tasks: TaskOwner,
        toasts: ToastsPresenter,
    ) -> None:
        super().__init__(page)
        self._page, self._store, self._rest = page, store, rest
        self._tasks, self._toasts = tasks, toasts
        self._chosen = ""
        self._told: IncidentDetail | None = None
        self._loading: asyncio.Task[None] | None = None
        page.chosen.connect(self.show)
        page.detail.retry_requested.connect(self._load)
        answers = page.detail.answers
        answers.acknowledge_requested.connect(lambda: self.acknowledge(self._chosen))
        answers.withdraw_requested.connect(self.withdraw)
        answers.snooze_requested.connect(self.snooze)
        answers.awake_requested.connect(lambda: self._say({"snoozeUntil": None, "until": None}))
        answers.note_saved.connect(lambda words: self._say({"note": words}))

    def show(self, incident_id: str) -> None:
        """Show an incident by its id, "" for none."""
        if incident_id != self._chosen:
            self._chosen, self._told = incident_id, None
        self._show_standing()
        self._load()

    def connected(self) -> None:
        """Load what a cut left out."""
        self._load()

    def on_change(self, change: Change) -> None:
        """Show what the store altered."""
        if change.added or change.removed or change.everything or change.parts() & Part.SETTINGS:
            self._name_endpoints()
        held = self._store.incidents.get(self._chosen)
        if held is None:
            return
        altered = self._chosen in change.incidents_changed
        mine = change.changed.get(held.endpoint_id)
        if altered or change.everything or mine is not None:
            self._show_standing()
            self._show_story()

    def acknowledge(self, incident_id: str) -> None:
        """Say that somebody knows of an incident."""
        if incident_id:
            self._command(
                incident_id,
                lambda: self._rest.acknowledge(incident_id, {}),
                translate("presenters", "Could not acknowledge"),
            )

    def acknowledge_all(self, incident_ids: Sequence[str]) -> None:
        """Say that somebody knows of several incidents."""
        for incident_id in incident_ids:
            self.acknowledge(incident_id)

    def acknowledge_endpoint(self, endpoint_id: str) -> None:
        """Say that somebody knows of an endpoint's open incident, if it has one still."""
        record = self._store.records.get(endpoint_id)
        if record is not None and record.open_incident is not None:
            self.acknowledge(record.open_incident.id)

    def withdraw(self) -> None:
        """Take back what was said of the chosen incident, and offer to say it again."""
        before = self._store.incidents.get(self._chosen)
        if before is not None:
            self._tasks.spawn(self._withdraw(before), "withdraw")

    def snooze(self, until: datetime | None) -> None:
        """Remind nobody of the chosen incident until a time, None for until it recovers."""
        self._say(
            {"until": "recovery"} if until is None else {"snoozeUntil": format_instant(until)}
        )

    async def _withdraw(self, before: IncidentView) -> None:
        answer = await self._rest.withdraw(before.id)
        if isinstance(answer, RestFailure):
            self._toasts.command_failed(translate("presenters", "Could not take back"), answer)
            return
        self._toasts.offer(
            translate("presenters", "No longer acknowledged: {name}").format(
                name=before.endpoint_name
            ),
            translate("presenters", "Undo"),
            lambda: self._command(
                before.id,
                lambda: self._rest.acknowledge(before.id, _said_again(before)),
                translate("presenters", "Could not undo"),
            ),
        )

    def _say(self, said: Fields) -> None:
        chosen = self._chosen
        if chosen:
            self._command(
                chosen,
                lambda: self._rest.acknowledge(chosen, said),
                translate("presenters", "Could not save"),
            )

    def _command(
        self,
        incident_id: str,
        ask: Callable[[], Awaitable[IncidentView | RestFailure]],
        failed: str,
    ) -> None:
        async def run() -> None:
            answer = await ask()
            if isinstance(answer, RestFailure):
                self._toasts.command_failed(failed, answer)

        self._tasks.spawn(run(), f"say something of incident {incident_id}")

    def _show_standing(self) -> None:
        held = self._store.incidents.get(self._chosen)
        self._page.detail.show_incident(None if held is None else self._standing(held))

    def _standing(self, held: IncidentView) -> Incident:
        record = self._store.records.get(held.endpoint_id)
        return Incident(
            incident_id=held.id,
            endpoint_id=held.endpoint_id,
            name=held.endpoint_name if record is None else record.view.name,
            started_at=held.started_at,
            resolved_at=held.resolved_at,
            resolution=held.reason,
            failures=held.failure_count,
            message=held.error_message,
            said=said_of(held),
            is_watched=record is not None,
        )

    def _load(self) -> None:
        if self._loading is not None:
            self._loading.cancel()
            self._loading = None
        if self._chosen and not self._tasks.is_closed:
            self._loading = self._tasks.spawn(self._bring(self._chosen), "load an incident")

    async def _bring(self, incident_id: str) -> None:
        told = await self._rest.incident(incident_id)
        if isinstance(told, RestFailure):
            self._page.detail.fail(why(told))
            return
        self._told = told
        self._show_story()

    def _show_story(self) -> None:
        told, held = self._told, self._store.incidents.get(self._chosen)
        if told is None or held is None:
            return
        record = self._store.records.get(held.endpoint_id)
        ring = () if record is None else record.checks
        evidence = None if told.evidence is None else evidence_of(told.evidence)
        self._page.detail.show_story(lines_of(told, held, ring), evidence)

    def _name_endpoints(self) -> None:
        named = [(record.id, record.view.name) for record in self._store.records.values()]
        self._page.filters.show_endpoints(sorted(named, key=lambda each: each[1].casefold()))


def lines_of(
    told: IncidentDetail, held: IncidentView, ring: Iterable[Check]
) -> tuple[CheckLine, ...]:
    """Return the checks of an incident, newest first: those told, and those seen since.

    Args:
        told: What the backend answered, its first checks.
        held: What the store knows of it now.
        ring: The newest checks of its endpoint.
    """
    end = held.resolved_at or datetime.now(UTC)
    lines = {
        each.checked_at: CheckLine(each.checked_at, _speaks_for(each.status), each.error_message)
        for each in told.check_results
    }
    for check in ring:
        if held.started_at <= check.checked_at <= end:
            lines[check.checked_at] = CheckLine(
                check.checked_at, check.speaks_for, check.error_message
            )
    return tuple(lines[at] for at in sorted(lines, reverse=True))


def evidence_of(told: EvidenceView) -> Evidence:
    """Return what was seen at the first failure as the detail shows it."""
    return Evidence(
        at=told.checked_at,
        url=told.url,
        redirects=told.redirects,
        addresses=told.addresses,
        peer=told.peer,
        status_code=told.status_code,
        phases=phases_of(told.phases),
        certificates=tuple(map(_certificate, told.certificates)),
        headers=tuple((each.name, each.value) for each in told.headers),
        body=told.body,
        body_bytes=told.body_bytes,
        body_is_cut=told.body_truncated,
    )


def _certificate(told: CertificateView) -> Certificate:
    return Certificate(told.subject, told.issuer, told.not_after, told.sha256)


def _speaks_for(status: CheckStatus) -> Status:
    return Status.UP if status is CheckStatus.SUCCESS else Status.DOWN


def _said_again(before: IncidentView) -> Fields:
    """Return what says once more all that was said of an incident."""
    said: dict[str, JsonValue] = {"note": before.note}
    if before.snoozed_until_recovery:
        said["until"] = "recovery"
    elif before.snoozed_until is not None and before.snoozed_until > datetime.now(UTC):
        said["snoozeUntil"] = format_instant(before.snoozed_until)
    return said
