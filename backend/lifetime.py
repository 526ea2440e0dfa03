"""One backend's life as a process: settings in, a ready line out, what went wrong as an exit code.

Called by the entry point, which decides when it ends.
"""

import asyncio
import gc
import json
import os
import sys
from typing import Final

from backend.binding import Binding, BindingError
from backend.checks.reach import forbid_private
from backend.config import Settings, TokenFileUnusable
from backend.contract.version import VERSION
from backend.engine.retention import Kept
from backend.logs import log_to_stderr
from backend.main import backend
from backend.serving import PortNotBound
from backend.sparing import give_back
from backend.storage.errors import ArchiveError, NewerDatabase

__all__ = ["Binding", "Kept", "Settings", "serve"]

EXIT_ARGUMENTS: Final = 2
EXIT_DIRECTORY: Final = 3
EXIT_NEWER_DATA: Final = 4
EXIT_PORT: Final = 5

SETTLED_S: Final = 15.0
"""By then every endpoint was asked once, and what is kept of each is there."""


async def serve(settings: Settings) -> int:
    """Serve until cancelled; print the ready line once it can be spoken to.

    Returns:
        the exit code of what kept it from serving, which is told in one sentence.
    """
    log_to_stderr()
    if settings.forbids_private:
        forbid_private(settings.allowed_networks)
    try:
        async with backend(settings) as serving:
            ready = {"ready": True, "url": serving.url, "pid": os.getpid(), "version": VERSION}
            sys.stdout.write(json.dumps(ready) + "\n")
            sys.stdout.flush()
            await stay()
    except NewerDatabase as error:
        return _complain(EXIT_NEWER_DATA, error)
    except ArchiveError as error:
        return _complain(EXIT_DIRECTORY, error)
    except PortNotBound as error:
        return _complain(EXIT_PORT, error)
    except (TokenFileUnusable, BindingError) as error:
        return _complain(EXIT_ARGUMENTS, error)
    return 0


async def stay(settled_s: float = SETTLED_S) -> None:
    """Wait until cancelled, and let what is there after a while be no garbage for good.

    A large answer makes Python look through everything, which with ten thousand endpoints stopped
    the loop for an eighth of a second each time, and found nothing. What a start took for a while,
    and for the first answers to a window, goes back: 10 MB with a thousand endpoints.
    """
    await asyncio.sleep(settled_s)
    gc.freeze()
    give_back()
    await asyncio.Event().wait()


def _complain(code: int, error: Exception) -> int:
    sys.stderr.write(f"vigil-backend: {error}\n")
    return code
