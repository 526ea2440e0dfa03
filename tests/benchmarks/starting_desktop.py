"""Runs the real desktop and says when its light turns green.

A child process of the benchmark: prints the monotonic time, in seconds, at which the light was
told of a connection for the first time.
"""

import sys
import time

from app.__main__ import run
from widgets.connection_light import ConnectionLight, LinkState

_show_link = ConnectionLight.show_link
_green: list[float] = []


def _show_and_note(light: ConnectionLight, state: LinkState) -> None:
    _show_link(light, state)
    if state.phase == "connected" and not _green:
        _green.append(time.monotonic())
        print(f"green {_green[0]:.6f}", flush=True)


ConnectionLight.show_link = _show_and_note  # type: ignore[method-assign]
sys.exit(run())
