"""Has atheris look into one target until its time is over; `python -m tests.backend.fuzz` runs it.

``python -m tests.backend.fuzz.one NAME SECONDS``. Imported by nobody: atheris need not be there.
"""

import sys
import tempfile
from pathlib import Path

import atheris

# Only our own code leads the search: all the libraries would take minutes to prepare.
with atheris.instrument_imports(include=["app", "backend", "widgets", "tests"]):
    from tests.backend.fuzz.targets import SEEDS, TARGETS


def main(name: str, seconds: str) -> None:
    """Fuzz; never returns."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(SEEDS):
            Path(corpus, str(number)).write_bytes(seed)
        options = [f"-max_total_time={seconds}", "-max_len=8192", corpus]
        atheris.Setup([name, *options], TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
