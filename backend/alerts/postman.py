"""Delivers one letter to one channel now, whatever its type, and says how each target took it.

Called by the courier and for tests of a channel. The one edge at which a transport's exception
becomes a result: a letter is delivered, or there are words for why not.
"""

import asyncio
import ssl
from collections.abc import Callable, Sequence

import structlog

from backend.alerts.credentials import Credentials
from backend.alerts.delivery import Result, detached, in_words
from backend.alerts.letter import Letter
from backend.alerts.mail import send_mail
from backend.alerts.services import send_service, service_of
from backend.alerts.slack import send_slack
from backend.alerts.webhook import send_webhook
from backend.checks.tls import Contexts
from backend.contract.alerts import AppriseConfig, EmailConfig, SlackConfig, WebhookConfig
from backend.domain.alerting import Channel
from backend.storage.vault import SecretMissingError

DEADLINE_S = 30.0
"""How long one try may take in all."""

log = structlog.stdlib.get_logger(__name__)


class Postman:
    """Knows every transport."""

    def __init__(
        self,
        *,
        tls: ssl.SSLContext | None = None,
        make_mail_tls: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        deadline_s: float = DEADLINE_S,
        credentials: Credentials | None = None,
        reads_files: bool = True,
    ) -> None:
        """Take what the transports need.

        Args:
            tls: for HTTP; loaded once, on the first delivery, when ``None``.
            make_mail_tls: for mail, called on the thread of each delivery. Not the one for HTTP:
                that names its protocol, which a mail server may refuse.
            deadline_s: how long one try may take.
            credentials: has what configs only refer to; ``None`` where they hold it themselves.
            reads_files: a channel may name files of this computer.
        """
        self._tls = tls
        self._make_mail_tls = make_mail_tls
        self._deadline_s = deadline_s
        self._credentials = credentials or Credentials()
        self._reads_files = reads_files

    async def knows(self, url: str) -> bool:
        """Say whether a URL of apprise leads anywhere."""
        return await service_of(url, files=self._reads_files) is not None

    async def deliver(
        self, channel: Channel, letter: Letter, reached: Sequence[str] = ()
    ) -> list[Result]:
        """Try once and return a result for each target that has not been ``reached`` yet."""
        try:
            async with asyncio.timeout(self._deadline_s):
                return await self._send(channel, letter, reached)
        except SecretMissingError as error:
            return [Result(channel.type, str(error))]
        except TimeoutError as error:
            return [Result(channel.type, in_words(error))]
        except Exception as error:
            log.exception("a delivery failed by our own fault", channel=channel.id)
            return [Result(channel.type, in_words(error))]

    async def _http_tls(self) -> ssl.SSLContext:
        if self._tls is None:
            contexts = await detached(Contexts.load, "certificates")
            self._tls = contexts.verifying
        return self._tls

    async def _send(self, channel: Channel, letter: Letter, reached: Sequence[str]) -> list[Result]:
        match await self._credentials.filled(channel.type, channel.config):
            case EmailConfig() as config:
                missing = [it for it in config.to if it not in reached]
                if not missing:
                    return []
                return await send_mail(config, letter, missing, self._make_mail_tls)
            case SlackConfig() as config:
                return [await send_slack(config, letter, await self._http_tls())]
            case WebhookConfig() as config:
                return [await send_webhook(config, letter, await self._http_tls())]
            case AppriseConfig() as config:
                return [await send_service(config, letter, files=self._reads_files)]
