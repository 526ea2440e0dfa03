"""Before a login page: is it the network that answers, instead of the targets?

Used by the network. It remembers who answers each far endpoint; once an answer is strange it asks a
few other targets of the user, and has :mod:`backend.domain.strangers` decide.
"""

import asyncio
from typing import Final

import structlog

from backend.contract.vocabulary import Method
from backend.domain.endpoint import Endpoint
from backend.domain.reply import Failure, Prober, Reply
from backend.domain.strangers import Seen, Witness, is_stranger, marks, seen
from backend.engine.canaries import host_of
from backend.engine.monitors import Monitors

WITNESSES: Final = 4
"""How many targets are asked, those in question among them."""

WAIT_S: Final = 4.0
"""How long they may take: who is slower says nothing."""

_HARMLESS: Final = frozenset({Method.GET, Method.HEAD, Method.OPTIONS})

log = structlog.stdlib.get_logger(__name__)


class Portal:
    """Knows how far targets usually answer, and which of them answer strangely."""

    def __init__(self, monitors: Monitors, prober: Prober) -> None:
        """Take what is asked.

        Args:
            monitors: who is monitored.
            prober: asks the targets.
        """
        self._monitors = monitors
        self._prober = prober
        self._usual: dict[str, Seen] = {}
        self._strange: dict[str, Seen] = {}

    @property
    def is_suspected(self) -> bool:
        """Whether some answer is strange, and nobody knows yet why."""
        return bool(self._strange)

    def suspects(self, endpoint_id: str) -> bool:
        """Say whether an endpoint's last answer is strange."""
        return endpoint_id in self._strange

    def note(self, endpoint: Endpoint, attempt: Reply | Failure) -> bool:
        """Take what an attempt at a far endpoint showed; return whether it is strange."""
        now = seen(host_of(endpoint), attempt)
        usual = self._usual_of(endpoint, now)
        if marks(now, usual):
            self._strange[endpoint.id] = now
            return True
        self._strange.pop(endpoint.id, None)
        if now.answered:
            self._usual[endpoint.id] = now
        return False

    def settle(self, endpoint_id: str) -> None:
        """Take that what is strange about an endpoint is its own doing: it is usual from now on."""
        strange = self._strange.pop(endpoint_id, None)
        if strange is not None:
            self._usual[endpoint_id] = strange

    def forget(self) -> None:
        """Take that nobody answers strangely any more."""
        self._strange.clear()

    async def is_there(self, far: list[Endpoint]) -> bool:
        """Ask some far targets, and say whether one stranger answers for them."""
        chosen = self._chosen(far)
        async with asyncio.TaskGroup() as group:
            asked = [
                group.create_task(self._ask(it), name=f"ask the witness {it.id}") for it in chosen
            ]
        found = is_stranger([it.result() for it in asked])
        log.info("looked whether the network answers itself", witnesses=len(chosen), found=found)
        return found

    def _chosen(self, far: list[Endpoint]) -> list[Endpoint]:
        """Return those in question and some others, each host once."""
        harmless = [it for it in far if it.method in _HARMLESS and it.is_active]
        strange = [it for it in harmless if it.id in self._strange]
        others = [it for it in harmless if it.id not in self._strange]
        # Half of the room for either: others have to be heard, and are worth more if known.
        others.sort(key=lambda it: it.id not in self._usual)
        by_host: dict[str, Endpoint] = {}
        for endpoint in (*strange[:1], *others, *strange[1:]):
            by_host.setdefault(host_of(endpoint), endpoint)
        return list(by_host.values())[:WITNESSES]

    async def _ask(self, endpoint: Endpoint) -> Witness:
        host = host_of(endpoint)
        try:
            async with asyncio.timeout(WAIT_S):
                now = seen(host, await self._prober.ask(endpoint))
        except TimeoutError:
            now = Seen(host)
        except Exception:
            # Our own bug says nothing about the network, and must not end the watch over it.
            log.exception("a witness could not be asked", endpoint=endpoint.id)
            now = Seen(host)
        return Witness(now, self._usual_of(endpoint, now))

    def _usual_of(self, endpoint: Endpoint, now: Seen) -> Seen | None:
        usual = self._usual.get(endpoint.id)
        return usual if usual is not None and usual.host == now.host else None
