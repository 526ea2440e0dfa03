"""Runs the program's coroutine on Qt's own loop. The only file that names qasync.

Called by the entry point once, after the QApplication exists.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import qasync
from PySide6.QtWidgets import QApplication


def run(app: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run ``main()`` to its end on one loop for Qt and asyncio; return its exit code.

    The last window's closing does not end the loop: ``main`` decides when it returns, and the
    runner then cancels what is left and closes the loop in order.
    """
    app.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        return runner.run(main())
