"""A window with one word on a qasync loop: the least that a desktop on our libraries can be."""

import sys

from PySide6.QtWidgets import QApplication, QLabel

from app import loop


async def _until_asked() -> int:
    await loop.asked_to_end()
    return 0


def _run() -> int:
    loop.hold_signals_back()
    app = QApplication(sys.argv[:1])
    label = QLabel("bare")
    label.resize(1280, 880)
    label.show()
    return loop.run(app, _until_asked)


sys.exit(_run())
