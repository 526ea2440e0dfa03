"""The lock file is whole: what is asked for is in it, all that needs too, each at one version.

So that what is installed is what was looked up among the known vulnerabilities; the lookup itself
(`.github/workflows/audit.yml`) needs a service that is not there for every run.
"""

import re
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
AUDIT = ROOT / ".github/workflows/audit.yml"
_PINNED = re.compile(r"([a-z0-9-]+)==(\S+)( ; .+)?")
_HASHED = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries(content: str) -> list[list[str]]:
    """Return each entry of a lock file: what it pins, then its hashes."""
    whole = content.replace("\\\n", "\0").splitlines()
    return [[part.strip() for part in line.split("\0")] for line in whole if line.strip()]


def locked(content: str) -> dict[str, str]:
    """Return versions by name; a line that pins nothing, or without a hash, fails."""
    found: dict[str, str] = {}
    for pinned, *hashes in entries(content):
        match = _PINNED.fullmatch(pinned)
        assert match, f"not pinned: {pinned}"
        assert hashes, f"no hash: {pinned}"
        assert all(_HASHED.fullmatch(it) for it in hashes), pinned
        assert match[1] not in found, f"twice: {pinned}"
        found[match[1]] = match[2]
    return found


def missing(wanted: list[Requirement], versions: dict[str, str]) -> list[str]:
    """Return what no version of a lock file fits, nor what those that are installed need."""
    lacking: list[str] = []
    seen: set[tuple[str, frozenset[str]]] = set()
    while wanted:
        asked = wanted.pop()
        name, extras = canonicalize_name(asked.name), frozenset(asked.extras)
        if not asked.specifier.contains(versions.get(name, ""), prereleases=True):
            lacking.append(str(asked))
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            needs = map(Requirement, distribution(name).requires or ())
        except PackageNotFoundError:
            continue  # of another system: it is locked, what it needs cannot be asked here
        wanted += [
            it
            for it in needs
            if it.marker is None or any(it.marker.evaluate({"extra": e}) for e in extras | {""})
        ]
    return lacking


def test_all_that_is_asked_for_and_needed_is_locked() -> None:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = said["project"]["dependencies"] + said["dependency-groups"]["dev"]
    versions = locked((ROOT / "requirements.lock").read_text("utf-8"))
    assert missing(list(map(Requirement, asked)), versions) == []


def test_what_is_not_locked_is_seen() -> None:
    versions = locked((ROOT / "requirements.lock").read_text("utf-8"))
    bare = versions.copy()
    del bare["httpcore"]  # httpx needs it
    assert missing([Requirement("httpx")], versions) == []
    assert [Requirement(it).name for it in missing([Requirement("httpx")], bare)] == ["httpcore"]
    assert missing([Requirement("httpx>=99")], versions) == ["httpx>=99"]


def test_the_audit_looks_up_the_libraries_of_every_system(tmp_path: Path) -> None:
    (job,) = yaml.safe_load(AUDIT.read_text("utf-8"))["jobs"].values()
    runs = [it["run"] for it in job["steps"] if "run" in it]
    (audit,) = [it for it in runs if "pip-audit --requirement" in it]
    file = audit.partition("--requirement ")[2].split()[0]
    (tmp_path / "requirements.lock").write_bytes((ROOT / "requirements.lock").read_bytes())
    for run in runs:
        if "pip" not in run:  # what prepares the file
            subprocess.run(["bash", "-euc", run], cwd=tmp_path, check=True)
    looked_up = (tmp_path / file).read_text("utf-8")
    # What a marker keeps from this system is left out by the tool without a word.
    assert [it[0] for it in entries(looked_up) if ";" in it[0]] == []
    assert locked(looked_up) == locked((ROOT / "requirements.lock").read_text("utf-8"))
