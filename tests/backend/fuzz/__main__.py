"""Has atheris look for input that reaches new code in every parser, one after another.

``python -m tests.backend.fuzz [NAME ...] [--seconds N]``, after ``pip install atheris``: it is no
part of the set-up, since it is not made for every system and Python. Each target runs in a process
of its own, for it never returns; an exit code other than 0 says that one found something, and the
input is left in the folder it was started in.
"""

import argparse
import importlib.util
import subprocess
import sys

NAMES = ("files", "bodies", "answers", "patterns", "addresses", "lines", "commands")


def main(arguments: list[str]) -> int:
    """Run targets one after another; return 1 where one found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.backend.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--seconds", type=int, default=60, help="for each; %(default)s")
    said = parser.parse_args(arguments)
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not there: pip install atheris", file=sys.stderr)
        return 1
    found = 0
    for name in said.names or NAMES:
        print(f"-- {name}", flush=True)
        command = [sys.executable, "-m", "tests.backend.fuzz.one", name, str(said.seconds)]
        found |= subprocess.run(command, check=False).returncode
    return min(1, found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
