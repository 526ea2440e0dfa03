"""Who Vigil is to the system around it: one id for notifications, taskbar, bus and packages.

Read by the entry point, the native notifications, `build.spec` and resources/packaging. It must
not know what the program does.
"""

import ctypes
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

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
