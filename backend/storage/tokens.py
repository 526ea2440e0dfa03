"""The list of tokens of a server for several users: who may come in, and who may only look.

Written by the commands ``vigil-backend token``, read by the doorkeeper while a server runs. Of a
token only its SHA-256 is kept. A token is 256 random bits, so nobody can try them all however fast
the hash is: the salt and the slowness that passwords need would only let strangers keep this
computer busy. What is shown is hashed and compared with every entry in constant time.
"""

import hashlib
import hmac
import json
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final, Literal

import structlog
from pydantic import Field, ValidationError

from backend.contract.vocabulary import TokenScope
from backend.contract.wire import Command, Instant, instant
from backend.storage.directory import locked, open_private, write_private
from backend.storage.errors import NoSuchToken, TokenListUnusable, TokenNameTaken

PREFIX: Final = "vigil_"
"""How every token begins: so it is recognised where it should not be, and left out of logs."""

_BYTES: Final = 32
_LOOKS_LIKE_ONE: Final = re.compile(rf"{PREFIX}[\w-]{{16,}}")
_FILE_BYTES: Final = 1_000_000
_OTHERS: Final = 0o077

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who showed a token.

    Attributes:
        name: what the token is called; "" for the one token of a desktop's own backend.
        scope: what its holder may do.
        digest: SHA-256 of the token, 32 bytes.
    """

    name: str
    scope: TokenScope
    digest: bytes = field(repr=False)

    @property
    def may_write(self) -> bool:
        """Whether its holder may change anything, or have this computer send requests."""
        return self.scope is TokenScope.WRITE


class Entry(Command):
    """One token as the file keeps it."""

    name: Annotated[str, Field(pattern=r"^[\w][\w .@-]{0,63}$")]
    scope: TokenScope
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    added: Instant


class _Listed(Command):
    format: Literal["vigil-tokens"] = "vigil-tokens"
    version: Literal[1] = 1
    tokens: tuple[Entry, ...] = ()


def digest_of(token: bytes) -> bytes:
    """Return the SHA-256 of a token, 32 bytes."""
    return hashlib.sha256(token).digest()


def without_tokens(text: str) -> str:
    """Return a text with everything that looks like a token of a list left out."""
    return _LOOKS_LIKE_ONE.sub("...", text)


def read_tokens(file: Path) -> tuple[Entry, ...]:
    """Return what a list holds, in the order it was added.

    Raises:
        TokenListUnusable: it is missing, cannot be read, is open to others, or is no list.
    """
    try:
        with file.open("rb") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            content = opened.read(_FILE_BYTES)
    except FileNotFoundError:
        raise TokenListUnusable(
            f"the token file {file} is missing: vigil-backend token add makes it"
        ) from None
    except OSError as error:
        raise TokenListUnusable(f"the token file {file} cannot be read: {error.strerror}") from None
    if os.name == "posix" and stat.S_IMODE(mode) & _OTHERS:
        raise TokenListUnusable(
            f"the token file {file} is open to other users of this computer: chmod 600 {file}"
        )
    try:
        return _Listed.model_validate_json(content).tokens
    except ValidationError:
        raise TokenListUnusable(
            f"the token file {file} is not one that vigil-backend token add has written"
        ) from None


def add_token(file: Path, name: str, scope: TokenScope, now_ms: int) -> str:
    """Put a new token on a list, which is made if needed; return it, for it is kept nowhere.

    Args:
        file: the list.
        name: 1 to 64 letters, digits, spaces and ``. _ - @``.
        scope: what its holder may do.
        now_ms: Unix ms.

    Raises:
        TokenListUnusable: the list cannot be used.
        TokenNameTaken: there is one of that name.
        ValueError: that is no name.
        OSError: it cannot be written.
    """
    token = PREFIX + secrets.token_urlsafe(_BYTES)
    with _changing(file) as tokens:
        if any(entry.name == name for entry in tokens):
            raise TokenNameTaken(f"there is a token named {name} already")
        tokens.append(
            Entry(
                name=name,
                scope=scope,
                sha256=digest_of(token.encode()).hex(),
                added=instant(now_ms),
            )
        )
    return token


def revoke_token(file: Path, name: str) -> None:
    """Take a token off a list.

    Raises:
        TokenListUnusable: the list cannot be used.
        NoSuchToken: there is none of that name.
        OSError: it cannot be written.
    """
    with _changing(file) as tokens:
        left = [entry for entry in tokens if entry.name != name]
        if len(left) == len(tokens):
            raise NoSuchToken(f"there is no token named {name}")
        tokens[:] = left


@contextmanager
def _changing(file: Path) -> Iterator[list[Entry]]:
    """Read a list, let it be changed, and write it; nobody else changes it meanwhile."""
    # Two commands at once, and the one that wrote last would bring back what the other revoked.
    with locked(file.with_name(file.name + ".lock")):
        if not file.exists():
            os.close(open_private(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            write_private(file, _written([]))
        tokens = list(read_tokens(file))
        yield tokens
        write_private(file, _written(tokens))


def _written(tokens: list[Entry]) -> bytes:
    return json.dumps(_Listed(tokens=tuple(tokens)).to_wire(), indent=1).encode() + b"\n"


class TokenList:
    """A list of tokens as it is now: looked at again whenever it was changed.

    While it cannot be used nobody is on it: a list that is away revokes.

    Args:
        file: the list.

    Raises:
        TokenListUnusable: it cannot be used from the start.
    """

    changes = True

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen = self._look()
        self._holders = _holders(read_tokens(file))
        if not self._holders:
            log.warning("there is no token: nobody can come in", file=str(file))

    def holder_of(self, shown: bytes) -> Holder | None:
        """Return whose token this is; in a time that does not depend on where it differs."""
        self._refresh()
        digest, found = digest_of(shown), None
        for holder in self._holders:
            if hmac.compare_digest(digest, holder.digest):
                found = holder
        return found

    def holds(self, holder: Holder) -> bool:
        """Say whether the token of a holder is on the list still, with the same scope."""
        self._refresh()
        return holder in self._holders

    def hide(self, text: str) -> str:
        """Return a text without what looks like a token."""
        return without_tokens(text)

    def _refresh(self) -> None:
        if (looks := self._look()) == self._seen:
            return
        self._seen = looks
        try:
            self._holders = _holders(read_tokens(self._file))
            log.info("the list of tokens was read anew", tokens=len(self._holders))
        except TokenListUnusable as error:
            self._holders = ()
            log.error("nobody can come in", cause=str(error))

    def _look(self) -> tuple[int, ...]:
        """Return what differs once the file was changed, replaced, opened to others or deleted."""
        try:
            now = self._file.stat()
        except OSError:
            return ()
        return now.st_mtime_ns, now.st_ctime_ns, now.st_size, now.st_ino, now.st_mode


def _holders(tokens: tuple[Entry, ...]) -> tuple[Holder, ...]:
    return tuple(Holder(it.name, it.scope, bytes.fromhex(it.sha256)) for it in tokens)
