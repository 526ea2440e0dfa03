"""Has atheris look for input that reaches new code in every parser, one after another.

``python -m tests.backend.fuzz [NAME ...] [--seconds N]``, after ``pip install atheris``: it is no
part of the set-up, since it is not made for every system and Python. Each target runs in a process
of its own, for it never returns; an exit code other than 0 says that one found something, and the
input is left in the folder it was started in.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("files", "bodies", "answers", "patterns", "addresses", "lines", "commands")
OURS = ["app", "backend", "widgets", "tests"]


def main(arguments: list[str]) -> int:
    """Run targets one after another; return 1 where one found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.backend.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--seconds", type=int, default=60, help="for each; %(default)s")
    parser.add_argument("--one", choices=NAMES, help=argparse.SUPPRESS)
    said = parser.parse_args(arguments)
    if said.one:
        return _fuzz(said.one, said.seconds)
    found = 0
    for name in said.names or NAMES:
        print(f"-- {name}", flush=True)
        command = [sys.executable, "-m", "tests.backend.fuzz", "--one", name]
        found |= subprocess.run([*command, f"--seconds={said.seconds}"], check=False).returncode
    return min(1, found)


def _fuzz(name: str, seconds: int) -> int:
    try:
        import atheris  # noqa: PLC0415
    except ImportError:
        print("atheris is not there: pip install atheris", file=sys.stderr)
        return 1
    # Only our own code leads the search: all the libraries would take minutes to prepare.
    with atheris.instrument_imports(include=OURS):
        from tests.backend.fuzz.targets import SEEDS, TARGETS  # noqa: PLC0415
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(SEEDS):
            Path(corpus, str(number)).write_bytes(seed)
        options = [f"-max_total_time={seconds}", "-max_len=8192", corpus]
        atheris.Setup([name, *options], TARGETS[name])
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
