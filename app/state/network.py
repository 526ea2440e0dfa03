"""How a change of this computer's network alters what is known of it.

A pure function, called by the store alone; it mirrors what the backend keeps.
"""

from backend.contract.events import NetworkChanged
from backend.contract.resources import NetworkView, OfflineSpell

SPELLS_KEPT = 50
"""As many as a snapshot carries."""


def after(network: NetworkView, event: NetworkChanged) -> NetworkView:
    """Return how the network stands after an event."""
    if not event.online:
        begun = OfflineSpell(since=event.since, until=None)
        return NetworkView(online=False, spells=(begun, *network.spells)[:SPELLS_KEPT])
    spells = tuple(
        spell if spell.until is not None else spell.model_copy(update={"until": event.since})
        for spell in network.spells
    )
    return NetworkView(online=True, spells=spells)
