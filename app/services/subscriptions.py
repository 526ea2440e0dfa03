"""What the open page wants to hear: one subscription, swapped when the page changes.

The presenter says what is wanted; this brings the backend there, retries a bounded number of
times, and restores what is wanted now after a reconnect. Knows no Socket.IO library.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from app.tasks import Listeners, TaskOwner
from backend.contract.vocabulary import Call

log = logging.getLogger(__name__)


SMALL: Mapping[str, object] = {"compact": True, "packed": True}
"""How a snapshot of all endpoints is asked for, which takes the least to send and to read."""


class CallError(Exception):
    """A call to the backend that brought no result: refused, timed out, or cut."""


class Caller(Protocol):
    """A connection that carries acknowledged calls."""

    async def call(self, name: str, data: Mapping[str, object] | None = None) -> object:
        """Return the result.

        Raises:
            CallError: there is none.
        """


@dataclass(frozen=True, slots=True)
class Subscription:
    """The stream of checks a page lives on: of one endpoint, or of all of them."""

    endpoint_id: str | None = None

    @property
    def subscribe(self) -> tuple[str, dict[str, object]]:
        """The call that begins it, asking for the present state."""
        if self.endpoint_id is None:
            return Call.SUBSCRIBE_ALL, {"snapshot": True, **SMALL, "batch": True}
        return Call.SUBSCRIBE_ENDPOINT, {"endpointId": self.endpoint_id, "snapshot": True}

    @property
    def unsubscribe(self) -> tuple[str, dict[str, object]]:
        """The call that ends it."""
        if self.endpoint_id is None:
            return Call.UNSUBSCRIBE_ALL, {}
        return Call.UNSUBSCRIBE_ENDPOINT, {"endpointId": self.endpoint_id}


ALL_CHECKS = Subscription()
"""What the dashboard and the list hold."""


class Subscriptions:
    """Keeps the backend's idea of what we hear equal to what the page wants.

    Attributes:
        held_changed: told what the backend has confirmed, each time that changes.
        failed: told a subscription that could not be had after all tries.

    Args:
        tasks: owns the exchange with the backend.
        on_answer: takes the answer of a subscription, with its snapshot.
        tries: how often a call is made before it has failed.
    """

    def __init__(
        self,
        tasks: TaskOwner,
        on_answer: Callable[[object], Awaitable[None]],
        tries: int = 3,
    ) -> None:
        self.held_changed: Listeners[[Subscription | None]] = Listeners()
        self.failed: Listeners[[Subscription]] = Listeners()
        self._tasks = tasks
        self._on_answer = on_answer
        self._tries = tries
        self._caller: Caller | None = None
        self._wanted: Subscription | None = None
        self._held: Subscription | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def wanted(self) -> Subscription | None:
        """What the open page wants to hear."""
        return self._wanted

    @property
    def held(self) -> Subscription | None:
        """What the backend has confirmed on this connection."""
        return self._held

    def page(self, subscription: Subscription | None) -> None:
        """Hear this from now on, and nothing else; ``None`` for a page that needs no checks."""
        self._wanted = subscription
        if self._caller is not None:
            self._tasks.spawn(self._catch_up(), "swap the page's subscription")

    def ask_again(self) -> None:
        """Ask for the present state of what is held once more."""
        if self._caller is not None:
            self._tasks.spawn(self._ask_again(self._caller), "ask for the state again")

    async def restore(self, caller: Caller) -> None:
        """Begin anew on a fresh connection: exactly what is wanted now is asked for."""
        self.lost()
        self._caller = caller
        await self._catch_up()

    def lost(self) -> None:
        """The connection is gone, and with it everything that was held."""
        self._caller = None
        self._hold(None)

    async def _ask_again(self, caller: Caller) -> None:
        async with self._one_at_a_time:
            if self._caller is not caller or self._held is None:
                return
            try:
                await self._on_answer(await self._call(caller, *self._held.subscribe))
            except CallError as error:
                log.info("the state could not be had once more: %s", error)

    async def _catch_up(self) -> None:
        async with self._one_at_a_time:
            while (caller := self._caller) is not None and self._held != self._wanted:
                if not await self._step(caller, self._held, self._wanted):
                    return

    async def _step(
        self, caller: Caller, held: Subscription | None, wanted: Subscription | None
    ) -> bool:
        """Give up what is held, ask for what is wanted; return whether to look again."""
        if held is not None:
            await self._give_up(caller, held)
        if wanted is None or self._caller is not caller:
            return True
        try:
            answer = await self._call(caller, *wanted.subscribe)
            self._now(caller, wanted)
            await self._on_answer(answer)
        except CallError as error:
            if self._caller is not caller or wanted != self._wanted:
                return True  # cut, or wanted no more
            log.warning("a subscription failed: %s", error)
            self.failed.tell(wanted)
            return False
        return True

    async def _give_up(self, caller: Caller, held: Subscription) -> None:
        try:
            await self._call(caller, *held.unsubscribe)
        except CallError as error:
            # We hear more than we want, at worst: no reason to keep the next page deaf.
            log.info("a subscription could not be given up: %s", error)
        self._now(caller, None)

    def _now(self, caller: Caller, held: Subscription | None) -> None:
        if self._caller is caller:
            self._hold(held)

    def _hold(self, held: Subscription | None) -> None:
        if held != self._held:
            self._held = held
            self.held_changed.tell(held)

    async def _call(self, caller: Caller, name: str, data: dict[str, object]) -> object:
        for left in reversed(range(self._tries)):
            try:
                return await caller.call(name, data or None)
            except CallError:
                if left == 0 or self._caller is not caller:
                    raise
        raise CallError(name)
