"""Runs Python with a small disk of its own at a folder: ``... FOLDER SIZE ARGUMENTS``.

The disk is a tmpfs that only the process sees; others reach it through ``/proc/PID/root``. Linux
only, and only for who may mount.
"""

import subprocess
import sys

_MOUNTED = 'mount -t tmpfs -o "size=$1,mode=700" tmpfs "$0" && shift && exec "$@"'

if __name__ == "__main__":
    folder, size, *arguments = sys.argv[1:]
    command = ["sh", "-c", _MOUNTED, folder, size, sys.executable, *arguments]
    unshared = ["unshare", "--mount", *command]
    sys.exit(subprocess.run(unshared, check=False).returncode)
