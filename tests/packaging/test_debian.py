"""On a bare Debian 12 the package installs with apt alone, shows its window, and leaves nothing."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]

PICTURE = "/home/person/window.png"


def inside(root: Path, *command: str) -> str:
    """Run a command in the other root and return what it said."""
    plain = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
    plain |= {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    plain |= {"DEBIAN_FRONTEND": "noninteractive", "HOME": "/root"}
    done = subprocess.run(
        ["chroot", str(root), *command],
        env=plain,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.stdout}"
    return done.stdout


def files(root: Path) -> set[str]:
    """Return every file of a root, but for what apt and dpkg note about themselves."""
    apart = ("proc", "dev", "sys", "tmp", "var/lib/apt", "var/lib/dpkg", "var/cache", "var/log")
    found = set()
    for top, _folders, names in os.walk(root):
        place = os.path.relpath(top, root)
        if not place.startswith(apart):
            found |= {f"{place}/{name}" for name in names}
    return found


@pytest.fixture
def debian(tmp_path: Path) -> Iterator[Path]:
    """A fresh Debian 12 in a folder, with nothing but apt."""
    if os.getuid() != 0 or not shutil.which("debootstrap"):
        pytest.skip("making another root takes debootstrap, and the rights to do it")
    root = tmp_path / "debian"
    mirror = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")
    make = ["debootstrap", "--variant=minbase", "bookworm", str(root), mirror]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    (root / "etc/apt/sources.list").write_text(f"deb {mirror} bookworm main\n")
    subprocess.run(["mount", "-t", "proc", "proc", str(root / "proc")], check=True)
    try:
        yield root
    finally:
        subprocess.run(["umount", str(root / "proc")], check=True)


def test_it_is_installed_started_and_removed_without_a_trace(debian: Path, packages: Path):
    (package,) = packages.glob("*.deb")
    inside(debian, "apt-get", "-qq", "update")
    shutil.copy(package, debian / "tmp")
    simulated = inside(
        debian, "apt-get", "install", "-s", "--no-install-recommends", "-y", f"/tmp/{package.name}"
    )
    # What it depends on is Debian's; what is left of those packages is not ours to judge.
    libraries = [line.split()[1] for line in simulated.splitlines() if line.startswith("Inst ")]
    libraries.remove("vigil")
    inside(debian, "apt-get", "-qq", "install", "-y", "--no-install-recommends", *libraries)
    inside(debian, "useradd", "--create-home", "person")
    before = files(debian)

    inside(debian, "apt-get", "-qq", "install", "-y", f"/tmp/{package.name}")
    assert inside(debian, "vigil", "--version").startswith("Vigil 0.1.0")
    run = f"QT_QPA_PLATFORM=offscreen vigil --screenshot {PICTURE} --after 6"
    inside(debian, "su", "person", "-c", run)
    picture = (debian / PICTURE.lstrip("/")).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 20_000, "a window, not an empty sheet"
    log = (debian / "home/person/.local/share/vigil/logs/desktop.log").read_text()
    assert "connect: websocket" in log, "the backend served it"

    inside(debian, "apt-get", "-qq", "purge", "-y", "vigil")
    left = files(debian) - before
    assert {name for name in left if not name.startswith("home/person/")} == set()
    assert any(name.startswith("home/person/.local/share/vigil/") for name in left)
    assert not (debian / "opt/vigil").exists()
