"""Starts what the command line asks for: the desktop, or with ``--backend`` first the backend.

`vigil` and `python -m app`; a packaged program carries both in the same file. Neither loads
anything of the other.
"""

import gc
import importlib
import sys
from collections.abc import Callable, Sequence
from types import ModuleType


def run(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; return the exit code."""
    said = sys.argv[1:] if arguments is None else list(arguments)
    if said[:1] == ["--backend"]:
        return run_backend(said[1:])
    code: int = load_desktop().run(said)
    return code


def load_desktop() -> ModuleType:
    """Load what it takes to paint the window; from there on garbage is collected by app/loop.

    What is loaded is no garbage: to look through it took a twentieth of the way to the first paint.
    """
    gc.disable()
    return importlib.import_module("app.start")


def run_backend(said: Sequence[str]) -> int:
    """Be the backend."""
    sys.argv = ["vigil --backend", *said]
    entry: Callable[[], int | None] = importlib.import_module("backend.__main__").run
    return entry() or 0


if __name__ == "__main__":
    sys.exit(run())
