"""How commands speak: lines on standard output, complaints on standard error."""

import sys

from backend.alerts.letter import clean


class Complaint(Exception):  # noqa: N818  # says what is wrong, to a person
    """A command cannot do what it was asked; ``code`` is the exit code."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def say(line: str = "") -> None:
    """Print a line; what targets and files put into it cannot steer the terminal."""
    sys.stdout.write(clean(line) + "\n")


def say_all(text: str) -> None:
    """Print a text as it is."""
    sys.stdout.write(text + "\n")


def complain(code: int, error: Exception) -> int:
    """Say what is wrong and return the exit code."""
    sys.stderr.write(f"vigil-backend: {error}\n")
    return code
