"""A burst of checks, counted into the records of a store in one go.

The store calls it: a flood of checks is what it hears most, and a Change for each of them takes
as long as to count it.
"""

from collections.abc import Iterable

from app.state import incidents as incident_steps
from app.state import record as steps
from app.state.change import Part
from app.state.incidents import IncidentShelf
from app.state.record import EndpointRecord
from app.state.tally import Tally
from backend.contract.events import CheckCompleted
from backend.contract.resources import IncidentView


def count_in(
    records: dict[str, EndpointRecord],
    tally: Tally,
    shelf: IncidentShelf,
    events: Iterable[CheckCompleted],
) -> tuple[dict[str, Part], list[IncidentView]]:
    """Count checks in, in their order; one that is known or of a stranger alters nothing.

    Args:
        records: Every endpoint by id; those with news are exchanged.
        tally: The totals over them.
        shelf: The incidents, which are left as they are.
        events: The checks.

    Returns:
        Whose record differs in what, and the open incidents with a failure more, the last of one
        incident being its newest.
    """
    altered: dict[str, Part] = {}
    counted: dict[str, IncidentView] = {}
    for event in events:
        key = event.endpoint_id
        held = records.get(key)
        if held is None:
            continue
        after, parts = steps.checked(held, event)
        if not parts:
            continue
        records[key] = after
        tally.exchange(held, after)
        before = altered.get(key, parts)
        altered[key] = parts if before is parts else before | parts
        incident = counted.get(key) or shelf.open_at(key)
        if incident is not None and event.incident_failures is not None:
            counted[key] = incident_steps.counted(incident, event.incident_failures)
    return altered, list(counted.values())
