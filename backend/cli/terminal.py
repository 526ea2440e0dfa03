"""What commands hear and say: the command line in, lines and complaints out.

Of everything but serving. Light, because the entry point reads it before it knows what is
asked for.
"""

import argparse
import sys
from pathlib import Path
from typing import Final

from backend.alerts.letter import clean
from backend.contract.vocabulary import Defaults, Limits, Method, TokenScope

COMMANDS: Final = ("check", "backup", "export", "import", "doctor", "token")

OVERVIEW: Final = """\
commands, each with a --help of its own:
  serve           what happens without a command: check endpoints and answer clients
  check URL       ask a URL once and say what came of it
  backup FILE     copy the archive whole, also while Vigil runs
  export [FILE]   write the endpoints as JSON, without their secrets
  import FILE     read them back; changes nothing without --apply
  doctor          look at the archive, late checks, waiting alerts, backups and the disk
  token           add, list or revoke the tokens of a server for several users
"""


def parser() -> argparse.ArgumentParser:
    """Return what reads a command and its arguments; it exits with 2 for wrong ones."""
    whole = argparse.ArgumentParser(prog="vigil-backend", allow_abbrev=False)
    commands = whole.add_subparsers(dest="command", required=True)
    _add_check(_command(commands, "check", "Ask a URL once. Exit code 0: it is well, 1: not."))
    backup = _command(
        commands,
        "backup",
        "Copy the archive into a file and verify the copy, also while Vigil runs. Secrets are not "
        "in it: they are in the keyring or in DIR/secrets.json, to be kept beside it. Only its "
        "owner may read the file. It must not exist yet.",
    )
    _add_directory(backup)
    backup.add_argument("file", type=Path, metavar="FILE")
    export = _command(
        commands,
        "export",
        "Write the endpoints as JSON (format vigil-export, version 1). Passwords in URLs and "
        "headers that may be secret are left out, and named. Channels are not exported, for most "
        "of what they are is secret. Bodies are written as they are. Nothing is overwritten.",
    )
    _add_directory(export)
    export.add_argument("file", type=Path, nargs="?", metavar="FILE", help="default: to the screen")
    imports = _command(
        commands,
        "import",
        "Add the endpoints of an export. Without --apply it only says what it would do. An "
        "endpoint whose name, URL and method are there already is left alone; nothing is ever "
        "changed or deleted. What lost a secret in the export is added paused. With --apply, "
        "Vigil must not be running.",
    )
    _add_directory(imports)
    imports.add_argument("file", type=Path, metavar="FILE")
    imports.add_argument("--apply", action="store_true", help="do it")
    _add_directory(
        _command(
            commands,
            "doctor",
            "Look at the archive, late checks, waiting alerts, backups and the disk, and change "
            "nothing. Exit code 0: all is well, 1: something is not.",
        )
    )
    _add_token(
        _command(commands, "token", "Add, list or revoke tokens of serve --bind --token-file.")
    )
    return whole


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, says: str
) -> argparse.ArgumentParser:
    return commands.add_parser(name, description=says, allow_abbrev=False)


def _add_directory(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data-dir", type=Path, required=True, metavar="DIR")


def _add_token(token: argparse.ArgumentParser) -> None:
    actions = token.add_subparsers(dest="action", required=True)
    add = _command(
        actions,
        "add",
        "Make a token and print it, this once: only its hash is kept. The list is made if needed.",
    )
    revoke = _command(
        actions, "revoke", "Take a token away; a running server cuts its connections in seconds."
    )
    for action in (add, revoke):
        action.add_argument("name", metavar="NAME", help="whose it is, or where it is used")
    add.add_argument(
        "--scope",
        choices=[it.value for it in TokenScope],
        required=True,
        help="read: look and listen only",
    )
    listed = _command(actions, "list", "Print the names, scopes and ages of the tokens.")
    for action in (add, revoke, listed):
        action.add_argument("--token-file", type=Path, required=True, metavar="FILE")


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument("url", metavar="URL")
    check.add_argument(
        "--method", default=Defaults.METHOD.value, choices=[it.value for it in Method]
    )
    check.add_argument(
        "--expect", type=int, default=Defaults.STATUS_CODE, metavar="CODE", help="default: 200"
    )
    low, high = Limits.TIMEOUT_MS
    check.add_argument(
        "--timeout",
        type=int,
        default=Defaults.TIMEOUT_MS,
        metavar="MS",
        help=f"{low} to {high}, default: {Defaults.TIMEOUT_MS}",
    )
    check.add_argument("--no-redirects", action="store_true", help="take a redirect as the answer")
    check.add_argument("--insecure", action="store_true", help="do not verify certificates")
    check.add_argument("--json", action="store_true", help="print all that was found as JSON")


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
