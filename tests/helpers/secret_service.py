"""A real keyring, unlocked, on a session of its own: what a Linux desktop keeps secrets in.

For tests of who keeps something there. Nothing of the machine's own keyring is reached.
"""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.helpers.session_bus import SessionBus

ENVIRONMENT = {"PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring"}
"""What else a program under test needs, which is else kept from any keyring."""

_NAME = "org.freedesktop.secrets"


@asynccontextmanager
async def running_secret_service(bus: SessionBus, home: Path) -> AsyncIterator[dict[str, str]]:
    """Run a keyring with nothing in it; yield what a program needs to find it.

    Args:
        bus: the session it is to be on.
        home: where it keeps its files, encrypted; give the same one for the same secrets.
    """
    await asyncio.to_thread(home.mkdir, 0o700, exist_ok=True)
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"), str(home))
    daemon = await asyncio.create_subprocess_exec(
        *("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"),
        env=places | bus.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert daemon.stdin is not None
    try:
        daemon.stdin.write(b"the password of this session")
        daemon.stdin.close()
        await bus.wait_for_owner(_NAME)
        yield ENVIRONMENT | bus.environment
    finally:
        daemon.terminate()
        await daemon.wait()
