"""How the desktop ends: asked to, refused to work, or done with its picture; and the exit code.

Built by the composition root, which takes everything down once ``ended`` is done. It must not
know what the parts of the desktop are.
"""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from app.stage import Stage

_SETTLE_S = 0.2
"""What is about to be repainted is given so long before a picture."""


class Ending:
    """The one way out.

    Attributes:
        ended: done with the exit code when the program should end.

    Args:
        stage: whose window is pictured, and where a refusal can be seen.
        is_heard: whether somebody reads the console, although nobody sees the window.
    """

    def __init__(self, stage: Stage, *, is_heard: bool) -> None:
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._stage, self._is_heard = stage, is_heard
        self._exit_code = 0

    def end(self) -> None:
        """End the program; asking twice is no harm."""
        if not self.ended.done():
            self.ended.set_result(self._exit_code)

    def works(self) -> None:
        """Note that the program works after all: an earlier refusal is over."""
        self._exit_code = 0

    def refuse(self, sentence: str, code: int) -> None:
        """Note why the program cannot work; where nobody can see it say so, it ends at once."""
        self._exit_code = code
        if self._stage.refusal is None:
            sys.stderr.write(f"vigil: {sentence}\n")
        if not self._stage.is_watched or self._is_heard:
            self.end()

    async def with_picture(self, path: Path, after_s: float, settle: Callable[[], None]) -> None:
        """Save what the window shows that long after the first paint, then end.

        Args:
            path: the PNG file.
            after_s: from now to the picture.
            settle: brings on the screen what waits for it.
        """
        await asyncio.sleep(max(0.0, after_s - _SETTLE_S))
        settle()
        await asyncio.sleep(_SETTLE_S)
        if not self._stage.window.grab().save(str(path), "PNG"):
            sys.stderr.write(f"vigil: the picture could not be saved to {path}\n")
            self._exit_code = 1
        self.end()
