"""Builds the program and its packages into `dist/`: `python dev.py package`.

Puts the steps in order; what each does is in the files beside it. Runs in `.venv`, from the
project's folder, on the system that the packages are for.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app.host.build import NAME
from dev import ROOT
from resources.packaging import licences, linux, parts, sbom, stamp

LOCK = Path(__file__).with_name("requirements.lock")
WORK = ROOT / "build"


def main(arguments: Sequence[str]) -> int:
    """Build all, or with ``--bundle-only`` the folder alone."""
    parser = argparse.ArgumentParser(prog="dev.py package", description=__doc__)
    parser.add_argument("--bundle-only", action="store_true", help="make no packages of it")
    parser.add_argument("--into", type=Path, default=ROOT / "dist", metavar="DIR")
    parser.add_argument("--update-url", default="", help="of the manifest of newer versions")
    parser.add_argument("--update-key", default="", help="who must have signed it (manifest.py)")
    chosen = parser.parse_args(arguments)
    dist: Path = chosen.into.absolute()
    bundle = dist / "vigil"
    install_builder()
    shutil.rmtree(dist, ignore_errors=True)
    WORK.mkdir(exist_ok=True)
    urls = {"update_url": chosen.update_url, "update_key": chosen.update_key}
    built = replace(stamp.of_checkout(ROOT), **urls)
    stamp.write(built, WORK / "build.json")
    stamp.draw_all(WORK / "icons")
    run_pyinstaller(built, dist)
    found = parts.inside(json.loads((WORK / "contents.json").read_text()), ROOT)
    licences.collect(found, bundle)
    if sys.platform == "darwin":
        licences.collect(found, dist / f"{NAME}.app" / "Contents" / "Resources")
    (bundle / "sbom.cdx.json").write_text(sbom.document(found, built))
    stamp.settle(bundle, built)
    if sys.platform == "linux" and not chosen.bundle_only:
        linux.pack(bundle, dist, WORK, built)
    # Beside it, for the tests: of which sources it is.
    (dist / "vigil-built").write_text(stamp.digest(ROOT))
    print(f"Built {built} into {dist}")
    return 0


def install_builder() -> None:
    """See that what builds is installed as its lock says; the program itself needs none of it."""
    locked = [line.split(" ")[0] for line in LOCK.read_text().splitlines() if "==" in line]
    wanted = dict(line.split("==") for line in locked)
    try:
        if version("pyinstaller") == wanted["pyinstaller"]:
            return
    except PackageNotFoundError:
        pass
    options = ["--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)]
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    if uv := shutil.which("uv"):
        pip = [uv, "pip", "install", "-q", "--python", sys.executable]
    subprocess.run([*pip, *options], check=True)


def run_pyinstaller(built: stamp.Stamp, dist: Path) -> None:
    """Make the folder, the same one from the same sources wherever that is possible."""
    steady = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(built.epoch)}
    environment = os.environ | steady | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", str(dist), "--workpath", str(WORK / "pyinstaller")]
    subprocess.run([*command, "build.spec"], cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
