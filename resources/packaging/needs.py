"""Finds which of the system's libraries a bundle needs, as Debian packages with their names.

Called by `linux` for the package's Depends. It reads what the files themselves ask for; what Qt
opens by name only is in `dev.py` already, for the same reason.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from dev import LIBRARIES

_NEEDED = re.compile(r"NEEDED\s+(\S+)")
_GLIBC = re.compile(r"GLIBC_2\.(\d+)")
_MAGIC = b"\x7fELF"


class UnknownLibraryError(Exception):
    """No package of this system has a library that the bundle needs; the message names it."""


def of_bundle(bundle: Path) -> list[str]:
    """Return the packages, the C library with its least version.

    Raises:
        UnknownLibraryError: a library is of no package.
    """
    inside = {path.name for path in bundle.rglob("*.so*")}
    wanted: set[str] = set()
    least = 0
    for path in _programs(bundle):
        said = _said("objdump", "-p", str(path))
        wanted |= set(_NEEDED.findall(said))
        least = max([least, *map(int, _GLIBC.findall(said))])
    packages = {_package_of(name) for name in wanted - inside}
    packages |= {package for name, package in LIBRARIES.items() if name not in inside}
    return [f"libc6 (>= 2.{least})" if name == "libc6" else name for name in sorted(packages)]


def _programs(bundle: Path) -> Iterator[Path]:
    for path in sorted(bundle.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == _MAGIC:
                    yield path


def _package_of(library: str) -> str:
    for line in _said("ldconfig", "-p").splitlines():
        if line.split(" ", 1)[0].strip() == library:
            place = Path(line.rsplit("=> ", 1)[1])
            for name in (place, place.resolve()):
                for each in (str(name), str(name).removeprefix("/usr")):
                    if owner := _said("dpkg", "-S", each, check=False):
                        return owner.split(":", 1)[0]
    raise UnknownLibraryError(f"no package has {library}")


def _said(*command: str, check: bool = True) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=check).stdout
