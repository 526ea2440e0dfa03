"""Runs one command: its arguments in, an exit code out, what went wrong in one sentence.

Called by the entry point.
"""

import argparse
import io
import sys
from collections.abc import Sequence
from typing import Final

from backend.cli import check, doctor, terminal, tokens, transfer
from backend.cli.terminal import Complaint, complain
from backend.logs import log_to_stderr
from backend.storage.errors import ArchiveError, NewerDatabase

EXIT_DIRECTORY: Final = 3
EXIT_NEWER_DATA: Final = 4
EXIT_INTERRUPTED: Final = 130


def run_command(said: Sequence[str]) -> int:
    """Run the command that a command line names and return its exit code."""
    options = terminal.parser().parse_args(said)
    log_to_stderr()
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal may lack letters that names have
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        return _run(options)
    except Complaint as complaint:
        return complain(complaint.code, complaint)
    except NewerDatabase as error:
        return complain(EXIT_NEWER_DATA, error)
    except ArchiveError as error:
        return complain(EXIT_DIRECTORY, error)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def _run(options: argparse.Namespace) -> int:
    match options.command:
        case "check":
            return check.run(options)
        case "backup":
            return transfer.back_up(options.data_dir, options.file)
        case "export":
            return transfer.export(options.data_dir, options.file)
        case "import":
            return transfer.import_(options.data_dir, options.file, apply=options.apply)
        case "token":
            return tokens.run(options)
        case _:
            return doctor.run(options.data_dir)
