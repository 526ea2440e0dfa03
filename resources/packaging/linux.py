"""Packs the bundle for Linux: a `.tar.xz` for any desktop, a `.deb` for Debian and its children.

Called by `build`. Owner, order and times in both are fixed, so that two builds of one commit can be
compared. Needs xz-utils, dpkg-deb and binutils, which `dev.py package` installs.
"""

import hashlib
import os
import platform
import shutil
import subprocess
from pathlib import Path

from app.host.build import APPLICATION_ID
from resources.packaging import needs
from resources.packaging.stamp import SIZES, Stamp, settle

_HERE = Path(__file__).parent
_ICONS = _HERE.parent / "icons"
_DESKTOP = f"{APPLICATION_ID}.desktop"
_METAINFO = f"{APPLICATION_ID}.metainfo.xml"
_CONTROL = """Package: vigil
Version: {version}
Architecture: {architecture}
Maintainer: The Vigil authors <vigil@localhost>
Installed-Size: {size}
Depends: {depends}
Section: net
Priority: optional
Description: tells within seconds which of your APIs is up, slow or down
 Vigil checks URLs from your own computer and tells you in a window, the tray
 and notifications what is up, slow or down. No account, no server to run.
"""


def pack(bundle: Path, dist: Path, work: Path, built: Stamp) -> None:
    """Write both packages, the list of parts and ``SHA256SUMS`` into ``dist``."""
    machine = platform.machine()
    validate(_HERE / _DESKTOP, _HERE / _METAINFO)
    share_files(bundle / "share", work)
    shutil.copy(_HERE / "README-linux.txt", bundle / "README.txt")
    settle(bundle, built)
    _tar(bundle, dist / f"vigil-{built.version}-linux-{machine}.tar.xz", built)
    _deb(bundle, dist, work, built)
    shutil.copy(bundle / "sbom.cdx.json", dist / f"vigil-{built.version}.cdx.json")
    packages = sorted(path for path in dist.iterdir() if path.is_file())
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in packages]
    (dist / "SHA256SUMS").write_text("".join(sums))


def validate(desktop: Path, metainfo: Path) -> None:
    """Have the checkers of freedesktop.org read what they will read on every system."""
    subprocess.run(["desktop-file-validate", str(desktop)], check=True)
    subprocess.run(["appstreamcli", "validate", "--no-net", str(metainfo)], check=True)


def share_files(share: Path, work: Path) -> None:
    """Lay out what a desktop reads: starter, metainfo, icons; as below ``/usr/share``."""
    shutil.rmtree(share, ignore_errors=True)
    named = {f"applications/{_DESKTOP}": _HERE / _DESKTOP}
    named[f"metainfo/{_METAINFO}"] = _HERE / _METAINFO
    icons = "icons/hicolor"
    named[f"{icons}/scalable/apps/{APPLICATION_ID}.svg"] = _ICONS / "vigil.svg"
    for size in SIZES:
        drawn = work / "icons" / f"vigil-{size}.png"
        named[f"{icons}/{size}x{size}/apps/{APPLICATION_ID}.png"] = drawn
    for name, source in named.items():
        target = share / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _tar(bundle: Path, target: Path, built: Stamp) -> None:
    steady = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", f"--mtime=@{built.epoch}"]
    steady += ["--format=gnu", f"--transform=s,^vigil,vigil-{built.version},"]
    # Two threads cut the input into blocks of a fixed size: the same on every machine. Level 2
    # takes a third of the time of 6 and a tenth more room.
    environment = os.environ | {"XZ_OPT": "-2 --threads=2"}
    command = ["tar", *steady, "-C", str(bundle.parent), "-cJf", str(target), bundle.name]
    subprocess.run(command, env=environment, check=True)


def _deb(bundle: Path, dist: Path, work: Path, built: Stamp) -> None:
    root = work / "deb"
    shutil.rmtree(root, ignore_errors=True)
    inside = root / "opt" / "vigil"
    inside.parent.mkdir(parents=True)
    shutil.copytree(bundle, inside, symlinks=True, ignore=shutil.ignore_patterns("share"))
    shutil.copytree(bundle / "share", root / "usr" / "share")
    documents = root / "usr" / "share" / "doc" / "vigil"
    documents.mkdir(parents=True)
    shutil.copyfile(inside / "licences" / "README.txt", documents / "copyright")
    program = root / "usr" / "bin" / "vigil"
    program.parent.mkdir(parents=True)
    program.symlink_to("/opt/vigil/vigil")
    size = sum(path.lstat().st_size for path in root.rglob("*") if path.is_file()) // 1024
    architecture = _said("dpkg", "--print-architecture")
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    text = _CONTROL.format(
        version=built.version,
        architecture=architecture,
        size=size,
        depends=", ".join(needs.of_bundle(bundle)),
    )
    control.write_text(text)
    settle(root, built)
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z2", "--threads-max=2", "--build"]
    target = dist / f"vigil_{built.version}_{architecture}.deb"
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(built.epoch)}
    subprocess.run([*command, str(root), str(target)], env=environment, check=True)


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
