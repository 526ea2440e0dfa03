"""Node programs of tests: installed from the lock file beside them, once for each environment."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

_DESCRIPTION = ("package.json", "package-lock.json")
_INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")


def installed(script: Path) -> Path:
    """Return where a script can run: a copy with its libraries, beside the Python environment.

    Args:
        script: lies beside its ``package.json`` and its lock file, which names no registry.

    Raises:
        CalledProcessError: npm could not install what the lock file lists.
    """
    lock = script.with_name("package-lock.json").read_bytes()
    place = Path(sys.prefix) / "node" / f"{script.stem}-{hashlib.sha256(lock).hexdigest()[:12]}"
    place.mkdir(parents=True, exist_ok=True)
    for name in (*_DESCRIPTION, script.name):
        shutil.copy(script.with_name(name), place)
    if not (place / "installed").exists():
        subprocess.run(_INSTALL, cwd=place, check=True, capture_output=True, timeout=110)
        (place / "installed").touch()
    return place / script.name
