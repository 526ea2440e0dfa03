"""Plays the demonstration: targets, then the endpoints that watch them, through REST.

Called by the composition root with ``--demo`` once the line stands.
"""

import asyncio
import logging

from app.demo.script import drafts
from app.demo.targets import DemoTargets
from app.services.failures import RestFailure
from app.services.rest import Rest

_log = logging.getLogger(__name__)


async def play(targets: DemoTargets, rest: Rest, connected: asyncio.Event) -> None:
    """Begin the story when the line stands."""
    await targets.start()
    await connected.wait()
    targets.begin()
    for draft in drafts(targets.url):
        answer = await rest.create(draft)
        if isinstance(answer, RestFailure):
            _log.warning("the demo endpoint %s was refused: %s", draft["name"], answer)
