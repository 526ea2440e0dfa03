"""The targets for atheris run, and on what people would send they find nothing."""

import subprocess
import sys

import pytest

from tests.backend.fuzz.targets import SEEDS, TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_what_it_is_given(name: str) -> None:
    for seed in SEEDS:
        TARGETS[name](seed)


def test_they_are_started_by_one_command() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.backend.fuzz", "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0
    assert ", ".join(TARGETS) in " ".join(ran.stdout.split())
