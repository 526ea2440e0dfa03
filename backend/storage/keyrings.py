"""The keyring of the operating system, asked in a thread of its own and never for long.

Used by the vault. A keyring may ask the person to unlock it and so take any time, or never answer;
whoever waits is told after a bounded time, and no second call is made while the first one hangs.
"""

import asyncio
import concurrent.futures
import importlib
import threading
from collections.abc import Callable
from typing import Any, Final, Protocol

import structlog

WAIT_S: Final = 10.0
"""How long a call may take."""

SERVICE: Final = "Vigil"
_WORTHY: Final = 1.0
"""Keyrings of a lower priority keep nothing, or keep it readable."""

log = structlog.stdlib.get_logger(__name__)


class KeyringError(Exception):
    """The keyring did not do it; its message is for people."""


class Keyring(Protocol):
    """Where secrets are kept by name."""

    async def get(self, name: str) -> str | None:
        """Return a secret, ``None`` where there is none of that name.

        Raises:
            KeyringError: there is no keyring, or it does not give it.
        """

    async def put(self, name: str, value: str) -> None:
        """Keep a secret, in place of one of that name.

        Raises:
            KeyringError: there is no keyring, or it does not take it.
        """

    async def drop(self, name: str) -> None:
        """Forget a secret, if there is one of that name.

        Raises:
            KeyringError: there is no keyring, or it does not let go.
        """


class SystemKeyring:
    """What the library finds on this computer.

    Args:
        find: returns the library's keyring; called in the thread, on first use.
        wait_s: how long a call may take.
    """

    def __init__(self, find: Callable[[], Any] | None = None, *, wait_s: float = WAIT_S) -> None:
        self._find = find or _found
        self._wait_s = wait_s
        self._found: Any = None
        self._one_at_a_time = asyncio.Lock()
        self._hanging: asyncio.Future[object] | None = None

    async def get(self, name: str) -> str | None:
        """See :class:`Keyring`."""
        value = await self._ask(lambda ring: ring.get_password(SERVICE, name))
        return value if isinstance(value, str) else None

    async def put(self, name: str, value: str) -> None:
        """See :class:`Keyring`."""
        await self._ask(lambda ring: ring.set_password(SERVICE, name, value))

    async def drop(self, name: str) -> None:
        """See :class:`Keyring`."""
        await self._ask(
            lambda ring: (
                None
                if ring.get_password(SERVICE, name) is None
                else ring.delete_password(SERVICE, name)
            )
        )

    async def _ask(self, call: Callable[[Any], object]) -> object:
        async with self._one_at_a_time:
            if self._hanging is not None and not self._hanging.done():
                raise KeyringError("The keyring does not answer")
            answer = asyncio.wrap_future(self._begin(call))
            done, _ = await asyncio.wait({answer}, timeout=self._wait_s)
            if not done:
                self._hanging = answer
                raise KeyringError("The keyring does not answer")
        outcome = answer.result()
        if isinstance(outcome, Exception):
            raise KeyringError(f"The keyring refused: {type(outcome).__name__}") from outcome
        return outcome

    def _begin(self, call: Callable[[Any], object]) -> concurrent.futures.Future[object]:
        promise = _Promise()

        def run() -> None:
            with promise:
                if self._found is None:
                    self._found = self._find()
                promise.set_result(call(self._found))

        # Not one of a pool: at the end of the program those are waited for, however they hang.
        threading.Thread(target=run, name="keyring", daemon=True).start()
        return promise


class _Promise(concurrent.futures.Future[object]):
    """What a block gives, or the exception that it ended in, of any kind, as a value."""

    def __enter__(self) -> None:
        """Begin the block."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        """Keep what ended the block early, if it did."""
        if isinstance(error, Exception):
            self.set_result(error)
            return True
        return False


def _found() -> Any:
    """Return this computer's keyring.

    Raises:
        LookupError: it has none that keeps secrets from others.
    """
    # Loaded only now: most runs need none, and it looks for every kind there is.
    found = importlib.import_module("keyring").get_keyring()
    if found.priority < _WORTHY:
        raise LookupError("no keyring")
    return found
