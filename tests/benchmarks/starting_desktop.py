"""Runs the real desktop and says when its pages are there and when its light turns green.

A child process of the benchmark: prints the monotonic times, in seconds, after which the pages
that were put in have been painted, and at which the light was told of a connection for the first
time.
"""

import sys
import time
from importlib import import_module
from typing import Any

from app.__main__ import load_desktop, run

# As the program itself does, before anything else of it is loaded.
load_desktop()
_QTimer = import_module("PySide6.QtCore").QTimer
_Light = import_module("widgets.connection_light").ConnectionLight
_stage = import_module("app.stage")
_furnish, _show_link = _stage.furnish, _Light.show_link
_green: list[float] = []


def _show_and_note(light: Any, state: Any) -> None:
    _show_link(light, state)
    if state.phase == "connected" and not _green:
        _green.append(time.monotonic())
        print(f"green {_green[0]:.6f}", flush=True)


def _furnish_and_note(stage: Any) -> None:
    _furnish(stage)
    _QTimer.singleShot(0, lambda: print(f"pages {time.monotonic():.6f}", flush=True))


_stage.furnish = _furnish_and_note  # type: ignore[attr-defined]
_Light.show_link = _show_and_note
sys.exit(run())
