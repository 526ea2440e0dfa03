"""Secrets by name: in the keyring where there is one, else in a file that only its owner may read.

Called by the engine, the messengers and the API. Which secrets there are is in ``secrets.json`` of
the data directory, with the values of those that no keyring took. What was read once is remembered:
a check waits for a keyring only the first time.
"""

import asyncio
import json
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Self

import structlog

from backend.contract.secret_names import MADE
from backend.contract.secrets import SecretPlace, SecretsView, SecretView
from backend.contract.wire import instant
from backend.storage.directory import write_private
from backend.storage.errors import NotStored
from backend.storage.keyrings import Keyring, KeyringError

FILE: Final = "secrets.json"
RESTS_MS: Final = 60_000
"""How long a keyring that gave trouble is left alone by checks: each call may ask the person."""

log = structlog.stdlib.get_logger(__name__)


class SecretMissingError(Exception):
    """A secret that is referred to cannot be had; its message is for people."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One secret. ``value`` is ``None`` where the keyring has it."""

    value: str | None = field(repr=False)
    at_ms: int

    @property
    def place(self) -> SecretPlace:
        """Where its value is."""
        return SecretPlace.KEYRING if self.value is None else SecretPlace.FILE


@dataclass(frozen=True, slots=True)
class Register:
    """What the file holds. ``profile`` tells this directory's secrets in a keyring from others'."""

    profile: str
    entries: Mapping[str, Entry]


class Vault:
    """All secrets of one data directory. Made by :meth:`open`."""

    def __init__(
        self,
        path: Path,
        register: Register,
        *,
        keyring: Keyring,
        prefers_keyring: bool,
        now_ms: Callable[[], int],
    ) -> None:
        self._path, self._register = path, register
        self._keyring, self._prefers_keyring = keyring, prefers_keyring
        self._now_ms = now_ms
        self._seen: dict[str, str] = {}
        self._rests_until_ms = 0
        self._lock = asyncio.Lock()

    @classmethod
    async def open(
        cls,
        directory: Path,
        *,
        keyring: Keyring,
        prefers_keyring: bool,
        now_ms: Callable[[], int],
    ) -> Self:
        """Read which secrets there are; the keyring is not asked yet.

        Args:
            directory: the data directory, which this process holds.
            keyring: what keeps the values.
            prefers_keyring: new secrets go there, not into the file.
            now_ms: the time, Unix ms.
        """
        path = directory / FILE
        register = await asyncio.to_thread(_read, path)
        return cls(path, register, keyring=keyring, prefers_keyring=prefers_keyring, now_ms=now_ms)

    def view(self) -> SecretsView:
        """Return all secrets by name, without their values."""
        now_ms, entries = self._now_ms(), self._register.entries
        uses_keyring = self._prefers_keyring and now_ms >= self._rests_until_ms
        return SecretsView(
            kept_in=SecretPlace.KEYRING if uses_keyring else SecretPlace.FILE,
            data=tuple(
                SecretView(name=name, kept_in=it.place, updated_at=instant(it.at_ms))
                for name, it in sorted(entries.items())
            ),
        )

    def has(self, name: str) -> bool:
        """Say whether there is a secret of that name."""
        return name in self._register.entries

    def new_name(self, purpose: str) -> str:
        """Return a name no secret has had, for one that Vigil found by itself."""
        words = "".join(it if it.isascii() and it.isalnum() else "-" for it in purpose)
        return f"{MADE}{words[:60]}.{secrets.token_hex(6)}"

    async def put(self, values: Mapping[str, str]) -> None:
        """Keep secrets, each in place of one of its name.

        Raises:
            NotStored: they could not be kept.
        """
        if not values:
            return
        async with self._lock:
            at_ms = self._now_ms()
            fresh = {
                name: Entry(None if await self._taken(name, value) else value, at_ms)
                for name, value in values.items()
            }
            await self._write(dict(self._register.entries) | fresh)
            self._seen |= values

    async def drop(self, names: Collection[str]) -> None:
        """Forget secrets for good.

        Raises:
            NotStored: they could not be forgotten.
        """
        async with self._lock:
            entries = dict(self._register.entries)
            gone = {name: entries.pop(name) for name in names if name in entries}
            if not gone:
                return
            await self._write(entries)
            for name, entry in gone.items():
                self._seen.pop(name, None)
                if entry.place is SecretPlace.KEYRING:
                    try:
                        await self._keyring.drop(self._key(name))
                    except KeyringError as trouble:
                        log.warning("a secret stays in the keyring", name=name, cause=str(trouble))

    async def drop_unused(self, used: Collection[str], older_than_ms: int) -> None:
        """Forget what Vigil named by itself and nothing refers to any more.

        Args:
            used: names that are referred to.
            older_than_ms: what was kept since then may be in a command that is under way.
        """
        idle = [
            name
            for name, entry in self._register.entries.items()
            if name.startswith(MADE) and name not in used and entry.at_ms < older_than_ms
        ]
        await self.drop(idle)

    async def values(self, names: Iterable[str]) -> dict[str, str]:
        """Return the values of secrets.

        Raises:
            SecretMissingError: one of them cannot be had.
        """
        return {name: await self._value(name) for name in sorted(names)}

    async def _value(self, name: str) -> str:
        if name in self._seen:
            return self._seen[name]
        entry = self._register.entries.get(name)
        if entry is None:
            raise SecretMissingError(f"There is no secret {name}")
        value = entry.value if entry.value is not None else await self._from_keyring(name)
        self._seen[name] = value
        return value

    async def _from_keyring(self, name: str) -> str:
        if self._now_ms() < self._rests_until_ms:
            raise SecretMissingError(f"The keyring did not give the secret {name}")
        try:
            value = await self._keyring.get(self._key(name))
        except KeyringError as trouble:
            self._rest(trouble)
            raise SecretMissingError(f"The keyring did not give the secret {name}") from trouble
        if value is None:
            raise SecretMissingError(f"The keyring has no secret {name} any more")
        return value

    async def _taken(self, name: str, value: str) -> bool:
        """Say whether the keyring took a secret; where it does not, the file is to."""
        if not self._prefers_keyring or self._now_ms() < self._rests_until_ms:
            return False
        try:
            await self._keyring.put(self._key(name), value)
            # Some take more than they give back.
            return await self._keyring.get(self._key(name)) == value
        except KeyringError as trouble:
            self._rest(trouble)
            return False

    def _rest(self, trouble: KeyringError) -> None:
        log.warning("the keyring is left alone for a while", cause=str(trouble))
        self._rests_until_ms = self._now_ms() + RESTS_MS

    def _key(self, name: str) -> str:
        return f"{self._register.profile}/{name}"

    async def _write(self, entries: Mapping[str, Entry]) -> None:
        register = replace(self._register, entries=entries)
        try:
            await asyncio.to_thread(_keep, self._path, register)
        except OSError as error:
            raise NotStored(f"the secrets cannot be kept: {error.strerror}") from error
        self._register = register


def _read(path: Path) -> Register:
    """Return what the file holds; one that holds nothing of the kind is put aside."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return _empty()
    try:
        said = json.loads(content)
        entries = {
            str(name): Entry(it.get("value"), int(it["at"])) for name, it in said["secrets"].items()
        }
        return Register(str(said["profile"]), entries)
    except (ValueError, KeyError, TypeError, AttributeError):
        log.error("the list of secrets is damaged and put aside", path=str(path))
        path.replace(path.with_name(f"secrets-damaged-{secrets.token_hex(4)}.json"))
        return _empty()


def _empty() -> Register:
    return Register(secrets.token_hex(8), {})


def _keep(path: Path, register: Register) -> None:
    entries = {
        name: {"at": it.at_ms} | ({} if it.value is None else {"value": it.value})
        for name, it in sorted(register.entries.items())
    }
    said = {"profile": register.profile, "secrets": entries}
    write_private(path, json.dumps(said, indent=1).encode())
