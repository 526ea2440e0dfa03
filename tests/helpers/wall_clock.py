"""A wall clock that a test can set under the eyes of a running program, by libfaketime.

Only the wall clock: the monotonic clocks go on as they are, as when a person or a time server
sets the time. Linux only; needs Debian's package faketime.
"""

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path


class NoFaketimeError(Exception):
    """The library is not there."""


@dataclass(frozen=True)
class WallClock:
    """The wall clock of the programs that were started with `environment`."""

    file: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to be under this clock."""
        return {
            "LD_PRELOAD": str(_library()),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            # Else it bends the waits on monotonic conditions, those of the interpreter's lock among
            # them: two busy threads then hand it over without end and take 80 times as long.
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        }

    def set_to(self, ahead_s: int) -> None:
        """Set it to so many seconds ahead of the true time."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{ahead_s:+d}\n")
        fresh.replace(self.file)


def wall_clock(folder: Path) -> WallClock:
    """Return a clock that is right until it is set.

    Raises:
        NoFaketimeError: it cannot be had here.
    """
    _library()
    clock = WallClock(folder / "wall-clock")
    clock.set_to(0)
    return clock


@cache
def _library() -> Path:
    """Return the library for programs with threads; where it is, only the package knows."""
    if shutil.which("faketime") is None:
        raise NoFaketimeError("faketime is not installed")
    told = subprocess.run(
        ["faketime", "-m", "now", "/usr/bin/env"], check=True, capture_output=True, text=True
    ).stdout
    for line in told.splitlines():
        if line.startswith("LD_PRELOAD="):
            return Path(line.removeprefix("LD_PRELOAD=").split(":")[0])
    raise NoFaketimeError(f"faketime does not say where its library is: {told}")
