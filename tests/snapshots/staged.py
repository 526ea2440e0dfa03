"""The real desktop over the world of the pictures: what the program wires, without its backend.

The window, the store, the synchroniser, every model and presenter are those of the program, put
together by its own composition root. In the backend's place stand one snapshot for the live line
and ``answers`` for the commands' client; time stands still.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from app.arguments import Arguments
from app.host import paths
from app.main import Desktop
from app.stage import Stage, furnish, set_stage
from app.state.link import LinkState, Phase
from backend.contract.events import CheckCompleted, Event, Subscribed
from tests.helpers.waiting import done
from tests.snapshots import world
from tests.snapshots.answers import Answers
from tests.snapshots.seeds import SEEDS, Seed
from widgets.main_window import MainWindow

LIVE = LinkState(Phase.CONNECTED, latency_ms=12, transport="websocket")
GIVEN_UP = LinkState(Phase.GIVEN_UP)
WAITING = LinkState(Phase.WAITING, attempt=2, retry_in_s=4)


class Told:
    """A connection on which every question for the present state brings the same snapshot."""

    def __init__(self, seeds: Sequence[Seed]) -> None:
        snapshot = world.snapshot(seeds)
        self._plain = Subscribed(subscribed=True, snapshot=snapshot).to_wire()
        self._compact = Subscribed(subscribed=True, snapshot=world.compact(snapshot)).to_wire()

    async def call(self, name: str, data: Mapping[str, object] | None = None) -> object:
        """Return the snapshot, whatever is asked; its checks as rows to who asks for them so."""
        return self._compact if data and data.get("compact") else self._plain


class Staged:
    """A desktop that pictures are taken of."""

    def __init__(self, stage: Stage, seeds: Sequence[Seed]) -> None:
        self.stage, self.window = stage, stage.window
        self.desktop = Desktop(stage)
        self._told = Told(seeds)
        self._line = self.desktop.parts.line
        self.answers = Answers(seeds)
        # The client speaks to the answers instead of a socket; all else of it is as always.
        self._line.rest._client = httpx.AsyncClient(
            base_url="http://gallery/api", transport=self.answers.transport()
        )

    async def fill(self) -> None:
        """Bring the line in step, as a connection does, and wait until the pages are loaded."""
        await self._line.sync.settle(self._told)
        self._line.link.changed.tell(LIVE)
        await self._line.subscriptions.restore(self._told)
        await self.settle()

    def show_page(self, page: str) -> None:
        """Go to a page; the endpoint's page shows the first of the list."""
        if page == "endpoint":
            self.desktop.parts.window.open_endpoint(self.desktop.parts.window.first_endpoint())
        else:
            self.window.show_page(page)

    def set_link(self, state: LinkState) -> None:
        """Let the line stand otherwise."""
        self._line.link.changed.tell(state)

    def tell(self, *events: Event) -> None:
        """Let events arrive over the line; several checks as a burst, as the backend sends them."""
        checks = [event for event in events if isinstance(event, CheckCompleted)]
        if len(checks) == len(events) > 1:
            self._line.sync.take_burst(checks)
            return
        for event in events:
            self._line.sync._take(event)

    def explain(self, sentence: str) -> None:
        """Let the backend be given up after it had served."""
        self.desktop.parts.link.explain(sentence)

    async def settle(self) -> None:
        """Wait until whatever was begun has ended, and show all that waits to be shown."""
        await done(self.desktop.parts.tasks)
        await done(self._line._tasks, besides="line: watch for a hang")
        self.desktop._settle()
        await done(self.desktop.parts.tasks)
        self.desktop.parts.standing.flush()
        await _turns_of_the_loop()

    async def picture(self) -> QPixmap:
        """Return the window as a person sees it, with the menus that lie over it."""
        await self.settle()
        taken = self.window.grab()
        corner = self.window.mapToGlobal(QPoint(0, 0))
        painter = QPainter(taken)
        for over in QApplication.topLevelWidgets():
            if over.isVisible() and over is not self.window:
                painter.drawPixmap(over.mapToGlobal(QPoint(0, 0)) - corner, over.grab())
        painter.end()
        return taken


async def _turns_of_the_loop(count: int = 3) -> None:
    """Let Qt deliver what it posted to itself: layouts, and parts that show up later."""
    for _ in range(count):
        came = asyncio.Event()
        QTimer.singleShot(0, came.set)
        await came.wait()


@asynccontextmanager
async def staged(
    app: QApplication,
    folder: Path,
    *,
    seeds: Sequence[Seed] = SEEDS,
    language: str = "en",
    theme: str = "light",
    size: tuple[int, int] = (1280, 880),
) -> AsyncIterator[Staged]:
    """Put the desktop on the stage, loading, until the block ends."""
    arguments = Arguments(
        data_dir=folder,
        minimized=False,
        demo=False,
        language=language,
        theme=theme,
        page="dashboard",
        screenshot=None,
        after_s=0,
    )
    stage = set_stage(app, arguments, paths.prepare(folder), None, None)
    furnish(stage)
    # A row that fades would look another way in every picture.
    stage.theme.reduced_motion = True
    made = Staged(stage, seeds)
    window: MainWindow = stage.window
    window.resize(*size)
    window.show()
    window.activateWindow()
    window.setFocus()
    try:
        yield made
    finally:
        window.hide()
        await made.desktop.parts.line.rest.aclose()
        await made.desktop.aclose()
        stage.language.use("en")
        window.deleteLater()
        await asyncio.sleep(0)
