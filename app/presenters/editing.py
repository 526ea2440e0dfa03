"""Takes the endpoint form to the backend and its errors back beside the fields.

Wired to the form and the window's intents by the composition root. Whatever fails, the form
stays open with everything that was typed.
"""

import asyncio
import re
from typing import TYPE_CHECKING, cast

from pydantic import JsonValue
from PySide6.QtCore import QCoreApplication

from app.presenters.toasts import why
from app.services.failures import NotFound, Rejected, RestFailure, Unreachable, fields_of
from app.services.rest import Rest
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.evidence import PhasesView, PreviewView
from backend.contract.vocabulary import CheckStatus, Status
from widgets import refusals
from widgets.main_window import MainWindow
from widgets.trial_values import Finding, Phase, Trial

if TYPE_CHECKING:
    from widgets.endpoint_form import EndpointForm

_TOP = ""
"""The key of an error that belongs to no field."""

_CONDITION = re.compile(r"(assertions\.\d+)(?:\.\w+)*:? (.*)", re.DOTALL)


class EditingPresenter:
    """Adding and editing endpoints.

    Args:
        window: Has the sheet.
        rest: Stores what it submits.
        store: Knows the present values.
        tasks: Owns a saving while it runs.
    """

    def __init__(self, window: MainWindow, rest: Rest, store: Store, tasks: TaskOwner) -> None:
        self._window, self._rest, self._store, self._tasks = window, rest, store, tasks
        self._endpoint_id: str | None = None
        # Which opening of the sheet this is: an answer to an earlier one must not touch it.
        self._opening = 0
        self._trial: asyncio.Task[None] | None = None

    @property
    def _form(self) -> "EndpointForm":
        return self._window.form

    def add(self) -> None:
        """Open the form for a new endpoint."""
        if self._form.isVisible():
            return
        self._endpoint_id = None
        self._opening += 1
        self._form.open_new({record.view.name for record in self._store.records.values()})

    def edit(self, endpoint_id: str) -> None:
        """Open the form for an endpoint."""
        record = self._store.records.get(endpoint_id)
        if record is None or self._form.isVisible():
            return
        self._endpoint_id = endpoint_id
        self._opening += 1
        self._form.open_for(record.view.to_wire())

    def save(self, values: dict[str, object]) -> None:
        """Send what the form submits."""
        self._end_trial()
        fields = cast("dict[str, JsonValue]", values)
        self._tasks.spawn(self._save(fields, self._endpoint_id, self._opening), "save")

    def test(self, values: dict[str, object]) -> None:
        """Try what the form shows, in place of a test that is still under way."""
        self._end_trial()
        fields = cast("dict[str, JsonValue]", values)
        self._trial = self._tasks.spawn(self._test(fields), "test")

    def cancelled(self) -> None:
        """Forget an answer that is still on its way."""
        self._opening += 1
        self._end_trial()

    def _end_trial(self) -> None:
        if self._trial is not None:
            self._trial.cancel()
            self._trial = None

    async def _test(self, fields: dict[str, JsonValue]) -> None:
        answer = await self._rest.preview(fields)
        match answer:
            case Rejected():
                self._form.refuse_trial(errors_of(answer))
            case Unreachable():
                self._form.show_trial_problem(
                    QCoreApplication.translate(
                        "presenters", "There is no connection right now. Nothing was tested."
                    )
                )
            case RestFailure():
                self._form.show_trial_problem(why(answer))
            case _:
                self._form.show_trial(trial_of(answer))

    async def _save(
        self, fields: dict[str, JsonValue], endpoint_id: str | None, opening: int
    ) -> None:
        try:
            if endpoint_id is None:
                answer = await self._rest.create(fields)
            else:
                answer = await self._rest.patch(endpoint_id, fields)
        finally:
            # Whatever came of it, a form that is still open can be sent again.
            if opening == self._opening:
                self._form.set_busy(False)
        if opening != self._opening:
            return
        if isinstance(answer, RestFailure):
            self._form.show_errors(errors_of(answer))
        else:
            self._opening += 1
            self._form.close_sheet()
            if endpoint_id is None:
                self._show_where(answer.id)

    def _show_where(self, endpoint_id: str) -> None:
        """Lead to a new endpoint in the lists: among a thousand one would look for it."""
        for page in (self._window.dashboard, self._window.endpoints):
            page.endpoints.select(endpoint_id)


def errors_of(failure: RestFailure) -> dict[str, str]:
    """Return what the form shows of a failure: sentences by field, the rest under ``""``."""
    match failure:
        case Rejected(messages, fields):
            spoken = {key: sentence(reason) for key, reason in fields.items()}
            of_conditions = _of_conditions(messages)
            if of_conditions:
                spoken.pop("assertions", None)
                spoken |= of_conditions
            rest = [sentence(message) for message in messages if not fields_of((message,))]
            if rest:
                spoken[_TOP] = "\n".join(rest)
            return spoken
        case NotFound():
            return {
                _TOP: QCoreApplication.translate(
                    "presenters", "This endpoint was deleted meanwhile."
                )
            }
        case _:
            return {_TOP: why(failure)}


def _of_conditions(messages: tuple[str, ...]) -> dict[str, str]:
    """Return what is wrong with single conditions, by ``assertions.0`` and so on."""
    spoken: dict[str, str] = {}
    for found in map(_CONDITION.fullmatch, messages):
        if found:
            spoken.setdefault(found[1], sentence(found[2]))
    return spoken


def sentence(reason: str) -> str:
    """Return a reason of the backend as a sentence in the language in use."""
    return refusals.in_words(reason)


def phases_of(told: PhasesView) -> tuple[tuple[Phase, float], ...]:
    """Return how long each phase took that was begun, in their order, in ms."""
    taken = {
        Phase.DNS: told.dns,
        Phase.CONNECT: told.connect,
        Phase.TLS: told.tls,
        Phase.FIRST_BYTE: told.first_byte,
        Phase.DOWNLOAD: told.download,
    }
    return tuple((phase, time) for phase, time in taken.items() if time is not None)


def trial_of(view: PreviewView) -> Trial:
    """Return what a preview found, with the phases that were begun."""
    result, evidence = view.result, view.evidence
    if result.status is CheckStatus.FAILURE:
        status = Status.DOWN
    else:
        status = Status.DEGRADED if result.is_degraded else Status.UP
    return Trial(
        status=status,
        message=result.error_message,
        status_code=result.status_code,
        latency_ms=result.response_time,
        phases=phases_of(evidence.phases),
        url=evidence.url,
        redirects=evidence.redirects,
        body=evidence.body,
        body_bytes=evidence.body_bytes,
        body_is_cut=evidence.body_truncated,
        findings=tuple(Finding(each.result, each.message) for each in view.assertions),
    )
