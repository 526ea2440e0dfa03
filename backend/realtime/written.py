"""Checks as text: what most of the events are, put together without asking a model for it.

Used by the way out (:mod:`backend.realtime.emitting`), for which a burst is thousands of them. Says
the same as the model does, letter by letter; what is out of the ordinary is left to the model.
"""

from json.encoder import encode_basestring
from typing import Any, Final

from backend.contract.events import CheckCompleted, Event
from backend.contract.vocabulary import CheckStatus
from backend.contract.wire import format_instant

_KNOWN: Final = 20_000
"""Of how many endpoints the beginning is remembered: it is the same for each of their checks."""

_LEAST_MS: Final = 0.001
_MOST_MS: Final = 1e15
"""Between these, Python and the model write a number in the same way, without an exponent."""

_OUTCOMES: Final = {it: f',"status":"{it.value}","responseTime":' for it in CheckStatus}
_WELL: Final = (
    ',"errorMessage":null,"isDegraded":false,"reason":null,"consecutiveFailures":0'
    ',"incidentFailures":null}'
)


class Unusual(Exception):  # noqa: N818  # left to the model
    """Something only the model knows how to write."""


class Writing:
    """Writes events."""

    def __init__(self) -> None:
        self._heads: dict[str, tuple[str, str]] = {}

    def text_of(self, event: Event) -> str:
        """Return what an event tells, as JSON."""
        if type(event) is CheckCompleted:
            try:
                return self._check(event.__dict__)
            except Unusual:
                pass
        return event.to_text()

    def _check(self, it: dict[str, Any]) -> str:
        """Write a check.

        Raises:
            Unusual: it cannot be written here.
        """
        known = self._heads.get(it["endpoint_id"])
        if known is None or known[0] != it["endpoint_name"]:
            known = self._remembered(it["endpoint_id"], it["endpoint_name"])
        took_ms, status_code = it["response_time"], it["status_code"]
        if took_ms is None:
            took = "null"
        elif type(took_ms) is float and _LEAST_MS <= took_ms < _MOST_MS:
            took = repr(took_ms)
        else:
            raise Unusual
        return (
            f"{known[1]}{_quoted(it['id'])}{_OUTCOMES[it['status']]}{took}"
            f',"statusCode":{"null" if status_code is None else status_code}'
            f',"checkedAt":"{format_instant(it["checked_at"])}"{_rest(it)}'
        )

    def _remembered(self, endpoint_id: str, name: str) -> tuple[str, str]:
        if len(self._heads) >= _KNOWN:
            self._heads.clear()
        head = f'{{"endpointId":{_quoted(endpoint_id)},"endpointName":{_quoted(name)},"id":'
        made = self._heads[endpoint_id] = name, head
        return made


def _rest(it: dict[str, Any]) -> str:
    """Write what follows the time; of most checks it is the same.

    Raises:
        Unusual: a text holds half a character.
    """
    error, reason, of_incident = it["error_message"], it["reason"], it["incident_failures"]
    degraded, failures = it["is_degraded"], it["consecutive_failures"]
    if error is reason is of_incident is None and not degraded and not failures:
        return _WELL
    return (
        f',"errorMessage":{"null" if error is None else _quoted(error)}'
        f',"isDegraded":{"true" if degraded else "false"}'
        f',"reason":{"null" if reason is None else _quoted(reason.value)}'
        f',"consecutiveFailures":{failures}'
        f',"incidentFailures":{"null" if of_incident is None else of_incident}}}'
    )


def _quoted(text: str) -> str:
    """Write a text.

    Raises:
        Unusual: it holds half a character.
    """
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise Unusual from None
    return encode_basestring(text)
