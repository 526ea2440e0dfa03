"""The house's rules as tests: who may import whom, one duty per file, one place per thing."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "widgets", "backend")
TOPS = (*PACKAGES, "resources")
SOURCES = [ROOT / "dev.py", *(path for top in TOPS for path in (ROOT / top).rglob("*.py"))]
LINES_AT_MOST = 300
LINES_AT_LEAST = 50
MAY_BE_SHORT = re.compile(r"/__(init|main)__\.py$|/version\.py$|/migrations/")
"""Entry points and tables of constants."""
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lint_imports(folder: Path) -> subprocess.CompletedProcess:
    command = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    return subprocess.run(
        [sys.executable, "-c", command],
        cwd=folder,
        env=os.environ | {"COLUMNS": "200"},  # it wraps the contracts' names otherwise
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the sources in which a test may break a rule."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package)
    return tmp_path


def test_every_floor_imports_only_what_it_may() -> None:
    linted = lint_imports(ROOT)
    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize(
    ("place", "forbidden", "broken"),
    [
        ("backend/domain", "import asyncio", "The judge is pure"),
        ("backend/domain", "from PySide6 import QtCore", "The backend never looks up"),
        ("backend/contract", "import httpx", "The language stands alone"),
        ("backend/engine", "import peewee", "Only the archive knows peewee"),
        ("backend/checks", "import backend.engine", "The backend's floors"),
        ("widgets", "import httpx", "Widgets know Qt"),
        ("app/state", "from PySide6 import QtCore", "free of Qt"),
        ("app/state", "import app.services", "The desktop's floors"),
        ("app/interchange", "import asyncio", "free of Qt, loop and network"),
        ("app/interchange", "import app.presenters", "The desktop's floors"),
        ("app/services", "import backend.domain", "only door into the backend"),
        ("app/models", "import qasync", "Only loop.py names qasync"),
    ],
)
def test_a_forbidden_import_is_caught(house: Path, place: str, forbidden: str, broken: str) -> None:
    (house / place / "intruder.py").write_text(f'"""Breaks a rule."""\n\n{forbidden}\n')
    linted = lint_imports(house)
    assert linted.returncode != 0
    assert re.search(rf"{broken}.* BROKEN", linted.stdout), linted.stdout


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_a_file_is_a_room_with_one_duty(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LINES_AT_MOST, "too long: it has more than one duty"
    assert not text or text.startswith('"""'), "its docstring must say what it does"
    if not MAY_BE_SHORT.search(path.as_posix()):
        assert text.count("\n") >= LINES_AT_LEAST, "too short: a neighbour has the same duty"


def test_colours_are_named_in_the_tokens_only() -> None:
    coloured = {named(path) for path in SOURCES if HEX_COLOUR.search(path.read_text("utf-8"))}
    # Alerts leave the house in the contract's colours; their own test holds them to the tokens.
    assert coloured <= {"widgets/style/tokens.py", "backend/alerts/letter.py"}


def test_the_event_loop_of_qt_is_named_in_one_file_only() -> None:
    importing = re.compile(r"^\s*(import|from) qasync\b", re.MULTILINE)
    naming = {named(path) for path in SOURCES if importing.search(path.read_text("utf-8"))}
    assert naming <= {"app/loop.py"}


def test_the_lock_files_hold_hashes_and_no_address() -> None:
    for name, least in (("requirements.lock", 40), ("resources/packaging/requirements.lock", 5)):
        lock = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?:|^\s*-", lock.replace("    --hash=", ""), re.MULTILINE)
        requirements = re.split(r"\n(?=[a-z])", lock)
        assert len(requirements) > least
        assert all("--hash=sha256:" in requirement for requirement in requirements)
