"""The line to the backend, put together: process, commands, connection, subscriptions, sync.

Built and started by the composition root; presenters get its parts. Importing it loads the
network libraries: do so after the window is painted.
"""

from collections.abc import Coroutine
from typing import Any, Protocol

from app.services.child import Address
from app.services.connection import Link, LinkSettings
from app.services.failures import RestFailure
from app.services.rest import Rest
from app.services.subscriptions import Caller, Subscriptions
from app.services.sync import Sync, Told
from app.services.watchdog import Patience, Watchdog
from app.state.store import Store
from app.tasks import Listeners, TaskOwner
from backend.contract.events import EndpointCreated


class Source(Protocol):
    """Where there is a backend to connect to: our child, or a server elsewhere.

    Attributes:
        serving: told the address of every start.
        gone: told when that address is of no use any more.
        failed: told why none will come by itself.
    """

    serving: Listeners[[Address]]
    gone: Listeners[[]]
    failed: Listeners[[Any]]

    @property
    def serves(self) -> bool:
        """Whether a process of ours lives that said it serves."""

    def start(self) -> None:
        """Begin, also once more after it failed."""

    def end_hanging(self) -> None:
        """End a process of ours by force."""

    async def aclose(self) -> None:
        """Leave."""


class Line:
    """Everything between the desktop and its backend.

    Attributes:
        process: the backend as our child, or a server elsewhere.
        rest: commands and questions.
        link: the connection's state; ``link.changed`` tells the light.
        sync: ``sync.changed`` tells what the store altered, ``sync.told`` each event.
        watchdog: ``watchdog.hangs`` tells that the backend lives and does not answer.
        subscriptions: ``subscriptions.page`` says what the open page hears.

    Args:
        store: filled by this line alone.
        process: the backend to start or to reach; nothing has been told to start it yet.
        settings: how the connection is kept.
        patience: how long a silent backend is waited for.
    """

    def __init__(
        self,
        store: Store,
        process: Source,
        settings: LinkSettings | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._tasks = TaskOwner("line")
        self.process = process
        self.rest = Rest()
        self.sync = Sync(self._tasks, store)
        self.subscriptions = Subscriptions(self._tasks, self.sync.take_subscribed)
        self.link = Link(Talk(self._tasks, self.sync, self.subscriptions), settings)
        self.watchdog = Watchdog(self._tasks, process, patience)
        self.link.changed.add(self.watchdog.on_link)
        self.sync.broken.add(self.link.drop)
        process.serving.add(self._serving)
        process.gone.add(self._gone)
        process.failed.add(lambda _: self.link.give_up())

    def start(self) -> None:
        """Start the backend and connect to it."""
        self.link.start()
        self.process.start()

    def reconnect_now(self) -> None:
        """Try at once; a backend that was given up is started again."""
        self.process.start()
        self.link.reconnect_now()

    def load_history(self, endpoint_id: str) -> None:
        """Fetch the last 100 checks of an endpoint into the store; ``sync.changed`` tells."""
        self._spawn(self._load_history(endpoint_id), "load a history")

    async def aclose(self) -> None:
        """Leave in order: the connection, the tasks, the commands, then the backend."""
        await self.link.aclose()
        await self._tasks.aclose()
        await self.rest.aclose()
        await self.process.aclose()

    async def _load_history(self, endpoint_id: str) -> None:
        results = await self.rest.check_results(endpoint_id, limit=100)
        if not isinstance(results, RestFailure):
            self.sync.take_history(results)

    def _serving(self, address: Address) -> None:
        self._spawn(self.rest.set_address(address), "commands go to the new address")
        self.link.connect_to(address)

    def _gone(self) -> None:
        self.link.forget_address()
        self._spawn(self.rest.set_address(None), "commands go nowhere")

    def _spawn(self, coro: Coroutine[object, object, None], name: str) -> None:
        if self._tasks.is_closed:
            coro.close()
            return
        self._tasks.spawn(coro, name)


class Talk:
    """The conversation over the link: sync first, then the page's subscription."""

    def __init__(self, tasks: TaskOwner, sync: Sync, subscriptions: Subscriptions) -> None:
        self._tasks = tasks
        self._sync = sync
        self._subscriptions = subscriptions
        sync.told.add(self._told)

    async def settle(self, caller: Caller) -> None:
        """Bring the store in step."""
        await self._sync.settle(caller)

    def begin(self, caller: Caller) -> None:
        """Ask for what the open page wants to hear."""
        self._tasks.spawn(self._subscriptions.restore(caller), "restore the subscription")

    async def ping(self, caller: Caller) -> float:
        """Return the time of a round trip in ms."""
        return await self._sync.ping(caller)

    def receive(self, name: str, data: object) -> None:
        """Take an event."""
        self._sync.receive(name, data)

    def lost(self) -> None:
        """Forget the connection."""
        self._sync.lost()
        self._subscriptions.lost()

    def _told(self, told: Told) -> None:
        event = told.event
        if isinstance(event, EndpointCreated) and event.created_at != event.updated_at:
            # Restored: it has a past, of which we may have missed some before its deletion.
            self._subscriptions.ask_again()
