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


async def send_service(config: AppriseConfig, letter: Letter) -> Result:
    """Hand a letter to the service behind the channel's URL."""
    return await detached(lambda: _send(config.url.get_secret_value(), letter), "apprise")


async def service_of(url: str) -> str | None:
    """Return the name of the service an apprise URL leads to; ``None`` where it leads nowhere."""

    def look() -> str | None:
        with _log_of_this_thread():
            service = _instantiate(url)
        return None if service is None else str(service.service_name)

    return await detached(look, "apprise")


def _send(url: str, letter: Letter) -> Result:
    with _log_of_this_thread() as lines:
        service = _instantiate(url)
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


def _instantiate(url: str):  # type: ignore[no-untyped-def]
    with _LOADING:
        from apprise import Apprise, AppriseAsset  # noqa: PLC0415

        # Nothing in a name or an error is a template, an escape or an emoji code.
        asset = AppriseAsset(
            app_id="Vigil",
            app_desc="Vigil",
            allow_templates=False,
            interpret_escapes=False,
            interpret_emojis=False,
        )
        return Apprise.instantiate(url, asset=asset)


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
