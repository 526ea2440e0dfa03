"""Prints one line per status change and incident, for a machine without a screen.

Wired by the composition root when VIGIL_CONSOLE is 1. Lines are for people and in English, as
logs are.
"""

from typing import TextIO

from backend.contract.events import IncidentResolved, IncidentStarted, StateEvent, StatusChanged
from backend.contract.vocabulary import Status
from widgets import phrases


class Console:
    """Writes to a stream; every line is out at once."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def on_event(self, event: StateEvent) -> None:
        """Print what a person would want to see of an event."""
        line = line_of(event)
        if line:
            self.say(line)

    def say(self, line: str) -> None:
        """Print one line."""
        print(line, file=self._stream, flush=True)


def line_of(event: StateEvent) -> str:
    """Return the line of an event, "" for none."""
    match event:
        case StatusChanged():
            time = phrases.clock_seconds(event.timestamp)
            why = _reason(event)
            change = f"{event.previous_status} -> {event.current_status}"
            return f"{time}  {event.endpoint_name}: {change}{why}"
        case IncidentStarted():
            time = phrases.clock_seconds(event.started_at)
            return f"{time}  {event.endpoint_name}: incident started"
        case IncidentResolved():
            time = phrases.clock_seconds(event.resolved_at)
            seconds = event.duration / 1000
            return (
                f"{time}  {event.endpoint_name}: incident resolved "
                f"after {seconds:.0f} s ({event.reason})"
            )
        case _:
            return ""


def _reason(event: StatusChanged) -> str:
    if event.error_message:
        return f" ({event.error_message})"
    if event.current_status is Status.UNKNOWN or event.response_time is None:
        return ""
    return f" ({event.response_time:.0f} ms)"
