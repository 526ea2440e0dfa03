"""Runs Python in a network namespace: ``python -m tests.helpers.in_namespace NAME ARGUMENTS``."""

import subprocess
import sys

if __name__ == "__main__":
    name, *arguments = sys.argv[1:]
    command = ["ip", "netns", "exec", name, sys.executable, *arguments]
    sys.exit(subprocess.run(command, check=False).returncode)
