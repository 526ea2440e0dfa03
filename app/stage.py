"""What stands before anything slow is imported: the painted window and what the host offers.

Built by the entry point, handed to the composition root. It must not import the network, the
contract's models or the store: the first paint does not wait for them.
"""

import asyncio
import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from app.arguments import Arguments
from app.early_wishes import EarlyWishes
from app.host.crash import CrashReports
from app.host.language import Language
from app.host.paths import Paths
from app.host.settings import SettingsFile
from app.host.single_instance import SingleInstance
from app.host.theme import ThemeSwitch
from app.host.window_memory import WindowMemory
from app.presenters.looks import Looks
from widgets import spoken_roles
from widgets.main_window import MainWindow
from widgets.pages import Page, ViewState
from widgets.style import assets
from widgets.style.palette import Theme, styled_when_built

if TYPE_CHECKING:
    from app.services.early_backend import EarlyBackend


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the program cannot work here: a sentence for a person, and its exit code."""

    sentence: str
    exit_code: int


@dataclass(frozen=True, slots=True)
class Stage:
    """The window and the host's services, before the play begins."""

    app: QApplication
    arguments: Arguments
    paths: Paths
    settings: SettingsFile
    language: Language
    theme: Theme
    theme_switch: ThemeSwitch
    window: MainWindow
    wishes: EarlyWishes
    looks: Looks
    instance: SingleInstance | None
    refusal: Refusal | None
    reports: CrashReports | None = None
    early: "EarlyBackend | None" = None

    @property
    def is_watched(self) -> bool:
        """Whether a person can see the window."""
        return self.app.platformName() not in {"offscreen", "minimal"}


def set_stage(
    app: QApplication,
    arguments: Arguments,
    paths: Paths,
    instance: SingleInstance | None,
    refusal: Refusal | None,
    *,
    reports: CrashReports | None = None,
) -> Stage:
    """Build the window's frame in the user's language and colours, not shown yet."""
    settings = SettingsFile(paths.settings_file)
    assets.load_fonts()
    language = Language(app)
    language.use(arguments.language or settings.settings.language)
    theme = Theme()
    # Before there is anything to show it: to lay the stylesheet once and not twice.
    theme.measure(settings.settings.text_size / 100, settings.settings.compact_rows)
    theme_switch = ThemeSwitch(app, theme)
    theme_switch.move(settings.settings.motion)
    theme_switch.use(arguments.theme or settings.settings.theme)
    spoken_roles.install()
    window = MainWindow(theme)
    wishes = EarlyWishes(window)
    looks = Looks(window, WindowMemory(paths.window_file))
    _open_page(window, arguments, looks)
    return Stage(
        app=app,
        arguments=arguments,
        paths=paths,
        settings=settings,
        language=language,
        theme=theme,
        theme_switch=theme_switch,
        window=window,
        wishes=wishes,
        looks=looks,
        instance=instance,
        refusal=refusal,
        reports=reports,
    )


def _open_page(window: MainWindow, arguments: Arguments, looks: Looks) -> None:
    """Open the page that was asked for, else the last one; a picture knows of no last time."""
    page = arguments.page
    if arguments.screenshot is None:
        page = page or looks.last_page
    if page != Page.ENDPOINT:
        window.show_page(page or Page.DASHBOARD)


def raise_curtain(stage: Stage) -> None:
    """Show the window where it was last; a picture is always of the same size."""
    if stage.arguments.screenshot is None:
        stage.looks.restore_place()
    minimized = stage.settings.settings.start_minimized and stage.arguments.screenshot is None
    if not (stage.arguments.minimized or minimized):
        stage.window.show()
        stage.window.activateWindow()
        # Else Qt gives the keyboard to the first chip, and its ring looks like a choice.
        stage.window.setFocus()
    elif not QSystemTrayIcon.isSystemTrayAvailable():
        stage.window.showMinimized()


def furnish(stage: Stage) -> None:
    """Put into the frame what stands in it, all of it loading; its modules are loaded for it."""
    window = stage.window
    with styled_when_built(stage.app):
        importlib.import_module("widgets.furniture").furnish(window)
    window.dashboard.endpoints.show_state(ViewState.LOADING)
    window.endpoints.endpoints.show_state(ViewState.LOADING)
    window.dashboard.incidents.show_state(ViewState.LOADING)
    window.incidents.show_state(ViewState.LOADING)
    if stage.arguments.screenshot is None:
        stage.looks.restore_columns()


async def first_paint(window: MainWindow, limit_s: float = 3.0) -> None:
    """Wait until the window is on the screen; a hidden or covered one is not waited for."""
    if not window.isVisible() or window.isMinimized():
        return
    watcher = _PaintWatcher(window)
    try:
        async with asyncio.timeout(limit_s):
            await watcher.painted.wait()
    except TimeoutError:
        pass
    finally:
        window.removeEventFilter(watcher)


class _PaintWatcher(QObject):
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.painted = asyncio.Event()
        window.installEventFilter(self)
        window.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            # After this event, so that the picture has left for the screen.
            QTimer.singleShot(0, self.painted.set)
        return super().eventFilter(watched, event)
