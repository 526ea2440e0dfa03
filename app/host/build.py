"""Who Vigil is to the system around it, and what the packaging stamped into this program.

One id for notifications, taskbar, bus and packages; version, commit, and who knows of newer ones.
Read by the entry point, the notifications, the updates presenter, `build.spec` and
resources/packaging. In a checkout nothing is stamped, and the version is all there is to say.
"""

import ctypes
import json
import logging
import sys
from dataclasses import dataclass, fields

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from backend.contract.version import VERSION
from widgets.style import assets

NAME = "Vigil"
APPLICATION_ID = "io.github.vigil.Vigil"
"""Names the desktop file, its icon, the metainfo, the bus name, the macOS bundle and the Windows
AppUserModelID alike: whoever shows a window or a notification compares them with one another.
"""


def introduce() -> None:
    """Tell Qt and the system who we are; before the application object is made."""
    QCoreApplication.setApplicationName("vigil")
    QGuiApplication.setApplicationDisplayName(NAME)
    QGuiApplication.setDesktopFileName(APPLICATION_ID)
    if sys.platform == "win32":
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APPLICATION_ID)


_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Build:
    """This program.

    Attributes:
        version: what people call it.
        commit: which sources it was built from; "" in a checkout.
        update_url: of the signed manifest that names the newest version; "" for none.
        update_key: the public key that must have signed it, in Base64.
    """

    version: str = VERSION
    commit: str = ""
    update_url: str = ""
    update_key: str = ""

    @property
    def can_ask(self) -> bool:
        """Whether it knows where to ask for a newer version, and whom to believe."""
        return bool(self.update_url and self.update_key)

    def __str__(self) -> str:
        """Return both in one line: ``0.1.0 (1a2b3c4d5e6f)``."""
        return f"{self.version} ({self.commit})" if self.commit else self.version


def this_build() -> Build:
    """Return what was stamped."""
    try:
        stamped = json.loads(assets.read("build.json"))
        return Build(**{field.name: str(stamped[field.name]) for field in fields(Build)})
    except FileNotFoundError:
        return Build()
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.warning("the stamp of this build could not be read: %s", error)
        return Build()
