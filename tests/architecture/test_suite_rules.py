"""The suite's own rule: where CI is set, an end-to-end test that is skipped has failed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
SKIPPED_TEST = """
import pytest

@pytest.mark.skip(reason="no screen")
def test_something():
    pass
"""
SKIPPED_MODULE = """
import pytest
pytest.skip("no screen", allow_module_level=True)
"""


def run_suite(folder: Path, place: str, content: str, *, ci: bool) -> subprocess.CompletedProcess:
    tests = folder / "tests"
    (tests / place).mkdir(parents=True)
    shutil.copy(CONFTEST, tests)
    (tests / "helpers").mkdir()
    shutil.copy(CONFTEST.with_name("helpers") / "leftovers.py", tests / "helpers")
    (tests / place / "test_it.py").write_text(content)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = e2e: drives the program\n")
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder,
        env=environment | ({"CI": "true"} if ci else {}),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("content", [SKIPPED_TEST, SKIPPED_MODULE])
def test_a_skipped_end_to_end_test_fails_in_ci(tmp_path: Path, content: str) -> None:
    ran = run_suite(tmp_path, "e2e", content, ci=True)
    assert ran.returncode != 0
    assert "may not be skipped here" in ran.stdout


def test_a_skipped_end_to_end_test_is_let_be_on_a_persons_machine(tmp_path: Path) -> None:
    assert run_suite(tmp_path, "e2e", SKIPPED_TEST, ci=False).returncode == 0


def test_other_tests_may_be_skipped_in_ci(tmp_path: Path) -> None:
    assert run_suite(tmp_path, "backend", SKIPPED_TEST, ci=True).returncode == 0
