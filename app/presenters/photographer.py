"""Takes a picture of the window, for the README, for tests, and for bug reports."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from widgets.main_window import MainWindow

_SETTLE_S = 0.2


class Photographer:
    """Saves what the window shows.

    Args:
        window: What is in the picture.
        settle: Brings what is shown up to date.
    """

    def __init__(self, window: MainWindow, settle: Callable[[], None]) -> None:
        self._window, self._settle = window, settle

    async def take(self, path: Path, after_s: float) -> bool:
        """Wait, then save a picture; return whether it could be saved."""
        await asyncio.sleep(max(0.0, after_s - _SETTLE_S))
        self._settle()
        await asyncio.sleep(_SETTLE_S)
        return self._window.grab().save(str(path), "PNG")
