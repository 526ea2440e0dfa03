"""Two builds of the same sources on one machine are the same, file by file."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.bundle import ROOT

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


def sums(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_builds_are_the_same(bundle_folder: Path, tmp_path: Path):
    command = [sys.executable, "-m", "resources.packaging.build", "--bundle-only"]
    subprocess.run([*command, "--into", str(tmp_path)], cwd=ROOT, check=True)
    first, second = sums(bundle_folder), sums(tmp_path / "vigil")
    for_a_desktop = {name for name in first if name.startswith("share/")} | {"README.txt"}
    assert first.keys() - for_a_desktop == second.keys()
    assert {name for name in second if first[name] != second[name]} == set()
