"""Has atheris look for input that reaches new code in every parser, one after another.

``make fuzz ARGS="[NAME ...] [--seconds N]"``. Atheris is no part of the set-up, since it is not
made for every system and Python: it is put into a folder of its own, ``.fuzz``, the first time.
Each target runs in a process of its own, for it never returns; an exit code other than 0 says that
one found something, and the input is left in the folder it was started in.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("files", "bodies", "answers", "patterns", "addresses", "lines", "commands")
ATHERIS = "atheris==3.0.0"
TOOLS = Path(".fuzz")


def main(arguments: list[str]) -> int:
    """Run targets one after another; return 1 where one found something."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--seconds", type=int, default=60, help="for each; %(default)s")
    said = parser.parse_args(arguments)
    if not (TOOLS / "atheris").exists():
        uv, into = shutil.which("uv"), ["--target", str(TOOLS), ATHERIS]
        with_uv = [uv or "", "pip", "install", "-q", "--python", sys.executable, *into]
        with_pip = [sys.executable, "-m", "pip", "install", "-q", *into]
        subprocess.run(with_uv if uv else with_pip, check=True)
    environment = os.environ | {"PYTHONPATH": os.fspath(TOOLS.resolve())}
    found = 0
    for name in said.names or NAMES:
        print(f"-- {name}", flush=True)
        command = [sys.executable, "-m", "tests.backend.fuzz.one", name, str(said.seconds)]
        found |= subprocess.run(command, check=False, env=environment).returncode
    return min(1, found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
