"""Tells once a day, to whoever asked for it, that there is a newer Vigil.

Started by the composition root. Off by default, and not offered by a build that knows no place to
ask. It tells; what is done about it is the user's.
"""

import asyncio
import logging
import ssl
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.host.build import Build
from app.presenters.toasts import ToastsPresenter
from app.services.releases import NoRelease, Release, newest
from app.tasks import TaskOwner

_log = logging.getLogger(__name__)
EVERY_S = 24 * 3600.0


class UpdatesPresenter:
    """The look for a newer version.

    Args:
        build: which version this is, where to ask, and whose word counts.
        toasts: say it.
        tasks: own the waiting.
        open_page: opens a URL in the browser.
    """

    def __init__(
        self,
        build: Build,
        toasts: ToastsPresenter,
        tasks: TaskOwner,
        open_page: Callable[[str], None],
    ) -> None:
        self._build, self._toasts = build, toasts
        self._tasks, self._open_page = tasks, open_page
        self._looking: asyncio.Task[None] | None = None
        self._told = ""

    def use(self, *, wanted: bool) -> None:
        """Look now and every day, or no longer."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        if wanted and self._build.can_ask:
            self._looking = self._tasks.spawn(self._look(), "look for a newer version")

    async def _look(self) -> None:
        tls = await asyncio.to_thread(ssl.create_default_context)
        while True:
            found = await newest(self._build.update_url, self._build.update_key, tls)
            match found:
                case NoRelease():
                    _log.info("no word of a newer version: %s", found.reason)
                case Release() if found.is_newer_than(self._build.version):
                    self._tell(found)
            await asyncio.sleep(EVERY_S)

    def _tell(self, found: Release) -> None:
        if found.version == self._told:
            return
        self._told = found.version
        translate = QCoreApplication.translate
        self._toasts.stay(
            "info",
            translate("presenters", "Vigil {version} is available").format(version=found.version),
            translate("presenters", "You have {version}.").format(version=self._build.version),
            (translate("presenters", "Show"), lambda: self._open_page(found.url)),
        )
