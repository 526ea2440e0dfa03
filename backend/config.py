"""What is decided before the backend starts: settings, and the token its clients must show."""

import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from backend.binding import Binding
from backend.domain.addresses import Network
from backend.doorkeeper import WAIT_S
from backend.engine.retention import Kept
from backend.engine.scheduler import CHECKS_AT_ONCE
from backend.storage.directory import open_private

_TOKEN_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """How one backend runs."""

    data_dir: Path
    """Where all that is kept is kept; made if needed, held by one process at a time."""

    port: int = 0
    """On loopback; 0 for any free one."""

    token: str | None = None
    """What clients must show; ``None`` to read or make ``token_file``."""

    token_file: Path | None = None
    """``None`` for the file ``token`` in the data directory."""

    binding: Binding | None = None
    """Where others are served, and on whose terms; ``None``: on loopback, its owner alone."""

    wrong_token_wait_s: float = WAIT_S
    """How long who shows a wrong token waits for the answer."""

    allowed_origins: tuple[str, ...] = ()
    """Origins of pages that may connect, beside the backend's own."""

    keyring: bool = False
    """Whether secrets go to this computer's keyring, where there is one, and not into a file."""

    forbids_private: bool = False
    """Whether private addresses may not be asked; then ``allowed_networks`` may all the same."""

    allowed_networks: tuple[Network, ...] = ()

    checks_at_once: int = CHECKS_AT_ONCE
    """How many scheduled checks may be under way."""

    kept: Kept = field(default_factory=Kept)
    """How long each grain of the history is kept."""


class TokenFileUnusable(Exception):  # noqa: N818  # says what is wrong
    """The token's file can be neither read nor made, or holds no token."""


def token_of(settings: Settings) -> str:
    """Return the token of a run.

    Raises:
        TokenFileUnusable: there is no usable file to read it from.
    """
    if settings.token is not None:
        return settings.token
    file = settings.token_file or settings.data_dir / "token"
    try:
        token = _read(file, is_ours=settings.token_file is None) if file.exists() else _make(file)
    except (OSError, UnicodeError) as error:
        raise TokenFileUnusable(f"{file} cannot be used as the token's file: {error}") from error
    if not token:
        raise TokenFileUnusable(f"{file} holds no token")
    return token


def _read(file: Path, *, is_ours: bool) -> str:
    if is_ours:
        # Whoever can lay a link there would choose the token; a file that was named may be one.
        with os.fdopen(open_private(file, os.O_RDONLY), encoding="utf-8") as opened:
            return opened.read().strip()
    mode = file.stat().st_mode
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        file.chmod(0o600)  # a token that others can read would be none
    return file.read_text("utf-8").strip()


def _make(file: Path) -> str:
    token = secrets.token_hex(_TOKEN_BYTES)
    handle = open_private(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(token + "\n")
    return token
