"""What people download: complete, small, checkable, and at home on a Debian desktop."""

import hashlib
import json
import re
import subprocess
import tarfile
from pathlib import Path

import pytest

from app.host.build import APPLICATION_ID
from resources.packaging import licences, parts
from tests.helpers.bundle import ROOT

# They are built by the first test that wants them.
pytestmark = pytest.mark.timeout(600)

MEGABYTE = 1_000_000
UNUSED = (
    "QtQml",
    "QtQuick",
    "WebEngine",
    "Qt6Pdf",
    "qgtk3",
    "tkinter",
    "numpy",
    "pytest",
    "/tests/",
)
NEEDED = (
    "resources/fonts/Pretendard-Regular.otf",
    "resources/i18n/vigil_ko.qm",
    "resources/icons/vigil.svg",
    "resources/styles/vigil.qss",
    "resources/swagger/swagger-ui-bundle.js",
    "apprise/plugins/discord.py",
    "PySide6/Qt/translations/qtbase_ko.qm",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/lib/libQt6Core.so.6",
)


def said(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def test_the_bundle_holds_what_it_needs_and_nothing_else(bundle_folder: Path):
    inside = {
        str(path.relative_to(bundle_folder / "_internal"))
        for path in (bundle_folder / "_internal").rglob("*")
    }
    assert not [name for name in NEEDED if name not in inside]
    assert not [name for name in inside for part in UNUSED if part in f"/{name}"]


def test_the_bundle_and_its_archive_are_small(packages: Path):
    files = [path for path in (packages / "vigil").rglob("*") if path.is_file()]
    folder = sum(path.stat().st_size for path in files if not path.is_symlink())
    archive = only(packages, "*.tar.xz").stat().st_size
    print(f"\nbundle {folder / MEGABYTE:.0f} MB, .tar.xz {archive / MEGABYTE:.1f} MB")
    assert folder <= 160 * MEGABYTE
    assert archive <= 60 * MEGABYTE


def test_every_part_of_others_has_its_licence_beside_it(bundle_folder: Path):
    listed = json.loads((bundle_folder / "sbom.cdx.json").read_text())["components"]
    overview = (bundle_folder / "licences" / "README.txt").read_text()
    assert len(listed) > 50
    for part in listed:
        texts = list((bundle_folder / "licences" / part["name"]).iterdir())
        assert texts, part["name"]
        assert max(text.stat().st_size for text in texts) > 100, part["name"]
        assert part["name"] in overview
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt", "Vigil.txt"):
        assert (bundle_folder / "licences" / name).is_file()
    assert "may be replaced" in overview, "how Qt can be exchanged"


def test_a_part_without_a_licence_stops_the_build():
    orphan = parts.Part("orphan", "1.0", "pypi", "Proprietary", ())
    with pytest.raises(licences.NoLicenceError, match=r"orphan 1\.0"):
        licences.texts_of(orphan)


def test_the_list_of_parts_follows_cyclonedx(packages: Path):
    listed = json.loads(only(packages, "*.cdx.json").read_text())
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.5")
    assert re.fullmatch(
        r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", listed["serialNumber"]
    )
    references = [part["bom-ref"] for part in listed["components"]]
    assert len(set(references)) == len(references)
    assert listed["dependencies"] == [{"ref": "vigil", "dependsOn": references}]
    named = {part["name"].lower(): part for part in listed["components"]}
    for name in ("pyside6_essentials", "cpython", "cryptography", "libssl3", "pretendard"):
        (licence,) = named[name]["licenses"]
        assert set(licence) in ({"expression"}, {"license"})
    assert named["httpx"]["purl"].startswith("pkg:pypi/httpx@")


def test_the_sums_are_those_of_the_files(packages: Path):
    lines = (packages / "SHA256SUMS").read_text().splitlines()
    assert len(lines) == 3
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((packages / name).read_bytes()).hexdigest() == digest


def test_the_archive_unpacks_into_one_folder_of_nobody(packages: Path):
    with tarfile.open(only(packages, "*.tar.xz")) as archive:
        members = archive.getmembers()
    assert {member.name.split("/")[0] for member in members} == {"vigil-0.1.0"}
    assert {(member.uid, member.gid) for member in members} == {(0, 0)}
    assert len({member.mtime for member in members}) == 1
    names = {member.name for member in members}
    assert f"vigil-0.1.0/share/applications/{APPLICATION_ID}.desktop" in names
    assert "vigil-0.1.0/README.txt" in names


def test_the_deb_is_at_home_on_a_desktop(packages: Path, tmp_path: Path):
    package = only(packages, "*.deb")
    control = said("dpkg-deb", "--field", package)
    depends = next(line for line in control.splitlines() if line.startswith("Depends: "))
    for name in ("libc6 (>= 2.", "libegl1", "libfontconfig1", "libxkbcommon-x11-0"):
        assert name in depends
    assert "libxcb-cursor0" not in depends, "it is inside"
    subprocess.run(["dpkg-deb", "--extract", package, tmp_path], check=True)
    assert (tmp_path / "usr/bin/vigil").readlink() == Path("/opt/vigil/vigil")
    share = tmp_path / "usr/share"
    subprocess.run(
        ["desktop-file-validate", share / f"applications/{APPLICATION_ID}.desktop"], check=True
    )
    metainfo = share / f"metainfo/{APPLICATION_ID}.metainfo.xml"
    subprocess.run(["appstreamcli", "validate", "--no-net", metainfo], check=True)
    icons = share / "icons/hicolor"
    for size in (16, 22, 24, 32, 48, 64, 128, 256, 512):
        picture = (icons / f"{size}x{size}/apps/{APPLICATION_ID}.png").read_bytes()
        assert int.from_bytes(picture[16:20]) == size
    drawn = (icons / f"scalable/apps/{APPLICATION_ID}.svg").read_bytes()
    assert drawn == (ROOT / "resources/icons/vigil.svg").read_bytes()
    assert (share / "doc/vigil/copyright").is_file()


def test_one_id_names_everything(packages: Path):
    starter = (ROOT / f"resources/packaging/{APPLICATION_ID}.desktop").read_text()
    assert f"\nIcon={APPLICATION_ID}\n" in starter
    assert "\nStartupWMClass=Vigil\n" in starter
    metainfo = (ROOT / f"resources/packaging/{APPLICATION_ID}.metainfo.xml").read_text()
    assert f"<id>{APPLICATION_ID}</id>" in metainfo
    assert f'<launchable type="desktop-id">{APPLICATION_ID}.desktop</launchable>' in metainfo
    assert '<release version="0.1.0"' in metainfo
    assert (
        f'AppUserModelID: "{APPLICATION_ID}"'
        in (ROOT / "resources/packaging/vigil.iss").read_text()
    )
