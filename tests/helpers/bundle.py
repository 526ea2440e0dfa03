"""The packaged program under test: built when it must be, and started where no source of it is.

Whoever tests it names its fixtures in a conftest.py; `tests.helpers.program` asks which command to
start. It knows what the packaging leaves in dist/, not how it does that.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from resources.packaging import stamp

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "dist"
UNDER_TEST = "VIGIL_UNDER_TEST"
"""The variable that names the executable under test, where that is not the checkout."""

ENVIRONMENT = {"PATH": "/nowhere"}
"""What a bundle gets of ours: no program, and so no Python, is on its path."""

_IN_A_TREE_WITHOUT_US = """
while [ "$1" != -- ]; do /bin/mount -t tmpfs -o ro none "$1" || exit 99; shift; done
shift
exec "$@"
"""


def command(arguments: Sequence[str]) -> list[str] | None:
    """Return what starts the bundle with arguments for Python; None where that is not asked for."""
    program = os.environ.get(UNDER_TEST)
    match program, tuple(arguments):
        case str(), ("-m", "app", *rest):
            return [*_without_us(), program, *rest]
        case str(), ("-m", "backend", *rest):
            return [*_without_us(), program, "--backend", *rest]
        case _:
            return None


@cache
def _without_us() -> tuple[str, ...]:
    """Return what runs a command where our sources and every Python are hidden, if we may."""
    alone = ("/usr/bin/unshare", "--mount", "--propagation", "private")
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode != 0:
        return ()
    hidden = {ROOT, *(Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib"))}
    hidden |= {path for path in Path("/usr/lib").glob("python3*") if path.is_dir()}
    tops = [path for path in hidden if not any(other in path.parents for other in hidden)]
    return (*alone, "/bin/sh", "-c", _IN_A_TREE_WITHOUT_US, "sh", *map(str, sorted(tops)), "--")


def build(*options: str) -> Path:
    """Return the folder of the bundle of these sources, building it where it is not there."""
    done = DIST / "vigil-built"
    program = DIST / "vigil" / "vigil"
    fresh = program.exists() and done.exists() and done.read_text() == stamp.digest(ROOT)
    if not fresh or ("--bundle-only" not in options and not list(DIST.glob("*.deb"))):
        subprocess.run(
            [sys.executable, "-m", "resources.packaging.build", *options], cwd=ROOT, check=True
        )
    return program.parent


@pytest.fixture(scope="session")
def bundle_folder() -> Path:
    """The folder that the packaging made."""
    return build("--bundle-only")


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder with everything that people download."""
    return build().parent


@pytest.fixture(scope="session")
def packaged(bundle_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The executable, in a copy of its folder far from our sources."""
    copy = tmp_path_factory.mktemp("elsewhere") / "vigil"
    shutil.copytree(bundle_folder, copy, symlinks=True)
    return copy / "vigil"
