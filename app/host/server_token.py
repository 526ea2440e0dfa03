"""The token of a server elsewhere, kept between two starts: in the keyring, else in a file.

Built by the composition root, asked by the line's remote server. The file can be read by its
owner alone; the window says that it may be there.
"""

import asyncio
import logging
from pathlib import Path

from app.host.paths import write_private
from backend.storage.keyrings import Keyring, KeyringError, SystemKeyring

log = logging.getLogger(__name__)

FILE = "server-token"


class ServerToken:
    """Keeps one token.

    Args:
        url: the server's; its name in the keyring.
        folder: the profile, for a file where no keyring takes it.
        keyring: this computer's.
    """

    def __init__(self, url: str, folder: Path, keyring: Keyring | None = None) -> None:
        self._name = f"server/{url}"
        self._file = folder / FILE
        self._keyring = SystemKeyring() if keyring is None else keyring

    async def get(self) -> str | None:
        """Return it, ``None`` where there is none."""
        try:
            if (token := await self._keyring.get(self._name)) is not None:
                return token
        except KeyringError as trouble:
            log.info("the token is looked for in a file: %s", trouble)
        return await asyncio.to_thread(_read, self._file)

    async def put(self, token: str) -> None:
        """Keep it, in place of one before; one that cannot be kept is asked for again."""
        try:
            if await self._is_taken(token):
                await asyncio.to_thread(self._file.unlink, missing_ok=True)
            else:
                await asyncio.to_thread(write_private, self._file, token.encode())
        except OSError as error:
            log.warning("the token is not kept: %s", error.strerror)

    async def drop(self) -> None:
        """Forget it."""
        try:
            await self._keyring.drop(self._name)
        except KeyringError as trouble:
            log.info("the keyring was not asked to forget the token: %s", trouble)
        try:
            await asyncio.to_thread(self._file.unlink, missing_ok=True)
        except OSError as error:
            log.warning("the token stays in its file: %s", error.strerror)

    async def _is_taken(self, token: str) -> bool:
        try:
            await self._keyring.put(self._name, token)
            # Some take more than they give back.
            return await self._keyring.get(self._name) == token
        except KeyringError as trouble:
            log.info("the token is kept in a file: %s", trouble)
            return False


def _read(file: Path) -> str | None:
    try:
        return file.read_text().strip() or None
    except (OSError, UnicodeDecodeError):
        return None
