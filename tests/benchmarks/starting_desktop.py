"""Runs the real desktop and says when its pages are there and when its light turns green.

A child process of the benchmark: prints the monotonic times, in seconds, after which the pages
that were put in have been painted, and at which the light was told of a connection for the first
time.
"""

import sys
import time

from PySide6.QtCore import QTimer

from app import __main__ as entry
from app.stage import Stage, furnish
from widgets.connection_light import ConnectionLight, LinkState

_show_link = ConnectionLight.show_link
_green: list[float] = []


def _show_and_note(light: ConnectionLight, state: LinkState) -> None:
    _show_link(light, state)
    if state.phase == "connected" and not _green:
        _green.append(time.monotonic())
        print(f"green {_green[0]:.6f}", flush=True)


def _furnish_and_note(stage: Stage) -> None:
    furnish(stage)
    QTimer.singleShot(0, lambda: print(f"pages {time.monotonic():.6f}", flush=True))


entry.furnish = _furnish_and_note
ConnectionLight.show_link = _show_and_note  # type: ignore[method-assign]
sys.exit(entry.run())
