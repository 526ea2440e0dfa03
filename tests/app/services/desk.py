"""The desktop's line without a window and without a child process, and what it told.

Tests connect it to a real backend in the same process, through a cable they can cut.
"""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from app.services.child import Address
from app.services.connection import Link, LinkSettings
from app.services.line import Talk
from app.services.subscriptions import Subscription, Subscriptions
from app.services.sync import Sync, Told
from app.state.change import Change
from app.state.link import LinkState, Phase
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.events import CheckCompleted
from tests.helpers.bell import Bell

QUICK = LinkSettings(
    first_delay_s=0.02,
    max_delay_s=0.1,
    tries=5,
    connect_timeout_s=2,
    call_timeout_s=2,
    ping_every_s=30,
)
"""Delays a test need not wait for; the rules stay the same."""


class LossyTalk(Talk):
    """A conversation that loses some of the events that arrive.

    Attributes:
        loses: names of events that are lost until the test says otherwise.
    """

    loses: frozenset[str] = frozenset()

    def receive(self, name: str, data: object) -> None:
        if name not in self.loses:
            super().receive(name, data)


@dataclass
class Desk:
    """The parts under test, and everything they told."""

    store: Store
    sync: Sync
    subscriptions: Subscriptions
    talk: LossyTalk
    link: Link
    bell: Bell
    told: list[Told] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    states: list[LinkState] = field(default_factory=list)
    failed: list[Subscription] = field(default_factory=list)

    def begin(self, address: Address) -> None:
        """Start the line, towards that address."""
        self.link.start()
        self.link.connect_to(address)

    async def connect(self, address: Address) -> None:
        """Start the line, and wait until it is there."""
        self.begin(address)
        await self.until_phase(Phase.CONNECTED)

    async def until(self, seen: Callable[[], object], what: str, timeout: float = 10) -> None:
        await self.bell.until(seen, what, timeout, lambda: (self.states[-3:], self.told[-3:]))

    async def until_phase(self, phase: Phase) -> LinkState:
        await self.until(lambda: self.link.state.phase is phase, f"the light is {phase}")
        return self.link.state

    async def until_event(self, kind: type[object], count: int = 1) -> Told:
        await self.until(lambda: len(self.of(kind)) >= count, f"{count} x {kind.__name__}")
        return self.of(kind)[-1]

    def of(self, kind: type[object]) -> list[Told]:
        return [each for each in self.told if isinstance(each.event, kind)]

    def seqs(self) -> list[int]:
        """The numbers of the state events, in the order they were told."""
        return [told.event.seq for told in self.told if not isinstance(told.event, CheckCompleted)]

    def phases(self) -> list[Phase]:
        return [state.phase for state in self.states]

    def checked_endpoints(self) -> set[str]:
        return {told.event.endpoint_id for told in self.of(CheckCompleted)}


@asynccontextmanager
async def desk(
    settings: LinkSettings = QUICK,
    talks: type[LossyTalk] = LossyTalk,
    syncs: type[Sync] = Sync,
) -> AsyncIterator[Desk]:
    """Build the line; nothing is connected until the test hands the link an address."""
    tasks, bell = TaskOwner("desk"), Bell()
    store = Store(now_ms=lambda: round(time.monotonic() * 1000))
    sync = syncs(tasks, store)
    subscriptions = Subscriptions(tasks, sync.take_subscribed)
    talk = talks(tasks, sync, subscriptions)
    link = Link(talk, settings)
    built = Desk(store, sync, subscriptions, talk, link, bell)
    sync.broken.add(link.drop)
    for listeners, heard in (
        (sync.changed, built.changes),
        (sync.told, built.told),
        (link.changed, built.states),
        (subscriptions.failed, built.failed),
    ):
        listeners.add(heard.append)
        listeners.add(lambda _: bell.ring())
    subscriptions.held_changed.add(lambda _: bell.ring())
    try:
        yield built
    finally:
        await link.aclose()
        await tasks.aclose()


def through(port: int, address: Address) -> Address:
    """Return the address as seen through a cable."""
    return Address(f"http://127.0.0.1:{port}", address.token)
