"""A backend that somebody else runs: reached over the network by a token, never started by us.

Stands where ``backend_process`` stands for a line whose server is far away. Before the line
connects, and whenever it stands or is lost, the server is asked whether the token still opens it
and what it allows; what is wrong is told as a value.
"""

import asyncio
import logging
import ssl
from collections.abc import Coroutine
from dataclasses import dataclass
from enum import StrEnum, auto
from pathlib import Path
from typing import Protocol

from app.services.child import Address
from app.services.failures import Refused, RestFailure, Untrusted
from app.services.rest import Rest
from app.state.link import LinkState, Phase
from app.tasks import Listeners, TaskOwner
from backend.contract.vocabulary import TokenScope

log = logging.getLogger(__name__)


class Obstacle(StrEnum):
    """Why a server is not entered; the presenter has a sentence for each."""

    TOKEN_MISSING = auto()
    TOKEN_REFUSED = auto()
    UNTRUSTED = auto()
    NAME_REFUSED = auto()
    AUTHORITY_UNUSABLE = auto()


_FINAL = {Obstacle.TOKEN_MISSING, Obstacle.TOKEN_REFUSED, Obstacle.AUTHORITY_UNUSABLE}
"""Trying again is of no use before somebody has done something."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands in the way.

    Attributes:
        obstacle: which.
        detail: in the library's words, "" for nothing more.
    """

    obstacle: Obstacle
    detail: str = ""

    @property
    def wants_token(self) -> bool:
        """Whether another token would help."""
        return self.obstacle in {Obstacle.TOKEN_MISSING, Obstacle.TOKEN_REFUSED}


class TokenKeeper(Protocol):
    """Where the token of one server is kept between two starts."""

    async def get(self) -> str | None:
        """Return it, ``None`` where there is none."""

    async def put(self, token: str) -> None:
        """Keep it, in place of one before."""

    async def drop(self) -> None:
        """Forget it."""


class RemoteServer:
    """The server at one URL.

    Attributes:
        serving: told the address, once there is a token that was not refused.
        gone: told when that token opens the server no more.
        failed: told what only a person can mend; the line then waits for one.
        troubled: told whatever stands in the way, ``None`` once nothing does.
        allowed: told what the token allows.
        serves: False: whether the process lives is its owner's business.

    Args:
        url: ``https://HOST[:PORT]``, or on loopback http.
        keeper: where its token is kept.
        authority: PEM of the authority to trust instead of the system's; ``None`` for those.
    """

    serves = False

    def __init__(self, url: str, keeper: TokenKeeper, authority: Path | None = None) -> None:
        self.serving: Listeners[[Address]] = Listeners()
        self.gone: Listeners[[]] = Listeners()
        self.failed: Listeners[[Trouble]] = Listeners()
        self.troubled: Listeners[[Trouble | None]] = Listeners()
        self.allowed: Listeners[[TokenScope]] = Listeners()
        self._url, self._keeper, self._authority = url, keeper, authority
        self._tasks = TaskOwner("remote server")
        self._rest = Rest()
        self._one_at_a_time = asyncio.Lock()
        self._tls: ssl.SSLContext | None = None
        self._address: Address | None = None
        self._kept: str | None = None

    def start(self) -> None:
        """Enter with the token that is kept; where there is none, tell so."""
        self._spawn(self._begin(), "begin")

    def use_token(self, token: str) -> None:
        """Enter with this token from now on; it is kept once the server has accepted it."""
        self._spawn(self._enter(token), "enter with another token")

    def end_hanging(self) -> None:
        """Do nothing: the server is not ours to end."""

    def on_link(self, state: LinkState) -> None:
        """Ask again what the token allows when the line stands, and why when it does not."""
        if state.phase in {Phase.WAITING, Phase.GIVEN_UP} or (
            state.phase is Phase.CONNECTED and state.latency_ms is None
        ):
            self._spawn(self._look_again(), "see what the token allows")

    async def aclose(self) -> None:
        """Leave the server to itself."""
        await self._tasks.aclose()
        await self._rest.aclose()

    async def _begin(self) -> None:
        if self._address is not None:
            return  # the line tries on its own
        token = await self._keeper.get()
        if token is None:
            self._give_up(Trouble(Obstacle.TOKEN_MISSING))
            return
        self._kept = token
        await self._enter(token)

    async def _enter(self, token: str) -> None:
        try:
            address = Address(self._url, token, await self._context())
        except (OSError, ssl.SSLError) as error:
            self._give_up(Trouble(Obstacle.AUTHORITY_UNUSABLE, str(error)))
            return
        async with self._one_at_a_time:  # a question that is under way keeps its connection
            await self._rest.set_address(address)
            self._address = address
        if await self._is_let_in(address):
            self.serving.tell(address)

    async def _look_again(self) -> None:
        # One question is enough: where nobody answers each takes as long as several tries.
        if self._address is not None and not self._one_at_a_time.locked():
            await self._is_let_in(self._address)

    async def _is_let_in(self, address: Address) -> bool:
        """Ask the server; tell what stands in the way. False when this token never will do."""
        async with self._one_at_a_time:
            answer = await self._rest.health()
            if address is not self._address:
                return False
            if isinstance(answer, RestFailure):
                self.troubled.tell(_trouble_of(answer))
                return True
            if answer.version is None:  # told to nobody whose token is wrong
                await self._forget()
                self._give_up(Trouble(Obstacle.TOKEN_REFUSED))
                return False
            self.troubled.tell(None)
            self.allowed.tell(answer.scope or TokenScope.WRITE)
            await self._keep(address.token)
            return True

    async def _keep(self, token: str) -> None:
        if self._kept != token:
            self._kept = token
            await self._keeper.put(token)

    async def _forget(self) -> None:
        log.warning("the server refuses the token: another one is needed")
        self._address, self._kept = None, None
        await self._rest.set_address(None)
        await self._keeper.drop()
        self.gone.tell()

    def _give_up(self, trouble: Trouble) -> None:
        self.troubled.tell(trouble)
        self.failed.tell(trouble)

    async def _context(self) -> ssl.SSLContext | None:
        if self._tls is None and self._url.startswith("https:"):
            # In a thread: reading the system's authorities takes 20-110 ms.
            self._tls = await asyncio.to_thread(ssl.create_default_context, cafile=self._authority)
        return self._tls

    def _spawn(self, coro: Coroutine[object, object, None], name: str) -> None:
        if self._tasks.is_closed:
            coro.close()
            return
        self._tasks.spawn(coro, name)


def _trouble_of(failure: RestFailure) -> Trouble | None:
    match failure:
        case Untrusted():
            return Trouble(Obstacle.UNTRUSTED, str(failure))
        case Refused():
            return Trouble(Obstacle.NAME_REFUSED, str(failure))
        case _:
            return None  # the line says that it does not stand
