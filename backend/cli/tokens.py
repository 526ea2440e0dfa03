"""``token add``, ``token list``, ``token revoke``: who may use a server for several users.

A running server notices what they do by itself. Called by ``run``.
"""

import argparse
import sys
import time
from pathlib import Path

from backend.cli.terminal import Complaint, say, say_all
from backend.contract.vocabulary import TokenScope
from backend.storage.errors import NoSuchToken, TokenListUnusable, TokenNameTaken
from backend.storage.tokens import add_token, read_tokens, revoke_token


def run(options: argparse.Namespace) -> int:
    """Do what is asked and return the exit code.

    Raises:
        Complaint: the list or the name does not allow it.
    """
    try:
        match options.action:
            case "add":
                _add(options.token_file, options.name, TokenScope(options.scope))
            case "list":
                _list(options.token_file)
            case _:
                revoke_token(options.token_file, options.name)
                say(f"{options.name} is revoked; a running server cuts its connections.")
    except (TokenListUnusable, NoSuchToken, TokenNameTaken) as error:
        raise Complaint(2, str(error)) from error
    except BlockingIOError:
        raise Complaint(2, f"another command works on {options.token_file}") from None
    except OSError as error:
        raise Complaint(2, f"{options.token_file} cannot be written: {error.strerror}") from error
    return 0


def _add(file: Path, name: str, scope: TokenScope) -> None:
    try:
        token = add_token(file, name, scope, time.time_ns() // 1_000_000)
    except ValueError:
        raise Complaint(
            2, "a name has 1 to 64 letters, digits, spaces and . _ - @, a letter first"
        ) from None
    # The token alone on standard output, so that a script gets nothing else.
    sys.stderr.write("This token is shown once and kept nowhere; only its hash is.\n")
    say_all(token)


def _list(file: Path) -> None:
    tokens = read_tokens(file)
    if not tokens:
        say("there is no token")
    for entry in tokens:
        say(f"{entry.scope:<6} {entry.added:%Y-%m-%d %H:%M} UTC  {entry.name}")
