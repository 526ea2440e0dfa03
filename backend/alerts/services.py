"""Everything else: whatever apprise can reach by one of its URLs.

Called by the postman and, to refuse a wrong URL early, by the channels. Apprise is loaded on first
use, in a thread: it takes a second. It tells why a delivery failed only in its log, so what it
logs on our thread is what we show.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from backend.alerts.delivery import Result, detached
from backend.alerts.letter import Letter
from backend.contract.alerts import AppriseConfig
from backend.contract.vocabulary import Status

_LOGGER = logging.getLogger("apprise")
_LOADING = threading.Lock()
_FILES = ("keyfile", "subfile_specified", "pgp_key", "pgp_privkey")
"""Where the services of apprise keep the files that their URLs name, but for templates."""


async def send_service(config: AppriseConfig, letter: Letter, *, files: bool = True) -> Result:
    """Hand a letter to the service behind the channel's URL.

    Args:
        config: has the URL.
        letter: to be sent.
        files: the URL may name files of this computer, see :func:`service_of`.
    """
    return await detached(lambda: _send(config.url.get_secret_value(), letter, files), "apprise")


async def service_of(url: str, *, files: bool = True) -> str | None:
    """Return the name of the service an apprise URL leads to; ``None`` where it leads nowhere.

    Args:
        url: as apprise writes it.
        files: it may name files of this computer: keys, say, or templates. Else such a URL leads
            nowhere, for whoever sets it could read and write what is not theirs.
    """

    def look() -> str | None:
        with _log_of_this_thread():
            service = _instantiate(url, files)
        return None if service is None else str(service.service_name)

    return await detached(look, "apprise")


def _send(url: str, letter: Letter, files: bool) -> Result:
    with _log_of_this_thread() as lines:
        service = _instantiate(url, files)
        if service is None:
            return Result("apprise", "This is no URL that apprise knows")
        target = str(service.service_name)
        if service.notify(
            title=_plain(letter.subject),
            body=_plain(letter.text),
            notify_type=_kind(letter.status),
            body_format="text",
        ):
            return Result(target)
    return Result(target, "; ".join(lines)[:300] or f"{target} did not take the message")


def _instantiate(url: str, files: bool):  # type: ignore[no-untyped-def]
    with _LOADING:
        from apprise import Apprise, AppriseAsset  # noqa: PLC0415

        # Nothing in a name or an error is a template, an escape or an emoji code. A redirect would
        # take the headers of a URL to whomever it names.
        asset = AppriseAsset(
            app_id="Vigil",
            app_desc="Vigil",
            allow_templates=False,
            interpret_escapes=False,
            interpret_emojis=False,
            http_redirects=False,
        )
        service = Apprise.instantiate(url, asset=asset)
        return service if files or not _names_a_file(service) else None


def _names_a_file(service: object) -> bool:
    """Say whether a service would read or write a file that its URL names."""
    # A template of others is a name; of those that read it, it is a list of files.
    template = getattr(service, "template", None)
    named = (getattr(service, name, None) for name in _FILES)
    return any(named) or (not isinstance(template, str) and bool(template))


def _kind(status: Status) -> str:
    match status:
        case Status.UP:
            return "success"
        case Status.DOWN:
            return "failure"
        case Status.DEGRADED:
            return "warning"
        case Status.UNKNOWN:
            return "info"


def _plain(text: str) -> str:
    """Return text in which no service finds a mention: of everyone, of a group or of a person."""
    return text.replace("@", "@\u200b").replace("<!", "<\u200b!").replace("<#", "<\u200b#")


@contextmanager
def _log_of_this_thread() -> Iterator[list[str]]:
    """Collect the warnings and errors apprise logs on this thread, and keep them off our log."""
    own, lines = threading.get_ident(), []

    def take(record: logging.LogRecord) -> bool:
        if record.thread == own and record.levelno >= logging.WARNING:
            lines.append(record.getMessage())
        return record.thread != own

    _LOGGER.addFilter(take)
    try:
        yield lines
    finally:
        _LOGGER.removeFilter(take)
