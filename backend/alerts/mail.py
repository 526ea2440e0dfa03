"""E-mail through a mail server: one message, one answer per recipient.

Called by the postman. Knows SMTP and MIME; smtplib tells which recipient was refused and why,
which no library above it does.
"""

import html
import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from backend.alerts.delivery import Result, detached, in_words
from backend.alerts.letter import COLOURS, Letter
from backend.contract.alerts import EmailConfig, Security

STEP_TIMEOUT_S = 10.0
"""How long the server may take for one answer."""

_OWN_NAME = "[127.0.0.1]"  # looking up our own name may take seconds


async def send_mail(
    config: EmailConfig,
    letter: Letter,
    recipients: Sequence[str],
    make_context: Callable[[], ssl.SSLContext],
) -> list[Result]:
    """Hand a letter to the mail server for some of the channel's recipients."""
    connection = _Connection(config, make_context)
    try:
        return await detached(lambda: connection.send(letter, recipients), "mail")
    finally:
        connection.abandon()


def message_of(config: EmailConfig, letter: Letter) -> EmailMessage:
    """Return the letter as an e-mail: plain text, and HTML that holds nothing but escaped text."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.subject
    message["From"] = Address("Vigil", addr_spec=config.from_)
    message["To"] = ", ".join(config.to)
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{letter.id}@{config.from_.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(_html(letter), subtype="html")
    return message


class _Connection:
    """One use of a mail server, on a thread of its own."""

    def __init__(self, config: EmailConfig, make_context: Callable[[], ssl.SSLContext]) -> None:
        self._config = config
        self._make_context = make_context
        self._client: smtplib.SMTP | None = None

    def send(self, letter: Letter, recipients: Sequence[str]) -> list[Result]:
        try:
            refused = self._send(message_of(self._config, letter), recipients)
        except smtplib.SMTPRecipientsRefused as error:
            refused = error.recipients
        except smtplib.SMTPResponseException as error:
            return [Result(it, _answer(error.smtp_code, error.smtp_error)) for it in recipients]
        except smtplib.SMTPException as error:
            why = _words(error)
            return [Result(it, why) for it in recipients]
        except OSError as error:
            return [Result(it, in_words(error)) for it in recipients]
        return [Result(it, _answer(*refused[it]) if it in refused else None) for it in recipients]

    def abandon(self) -> None:
        """End the line, so that a thread that still waits for an answer ends too."""
        client = self._client
        line = None if client is None else client.sock
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _send(
        self, message: EmailMessage, recipients: Sequence[str]
    ) -> dict[str, tuple[int, bytes]]:
        config = self._config
        client = self._open()
        self._client = client
        try:
            code, text = client.connect(config.host, config.port)
            if code != 220:
                raise smtplib.SMTPConnectError(code, text)
            if config.security is Security.STARTTLS:
                client.starttls(context=self._make_context())
            if config.user is not None and config.password is not None:
                client.login(config.user, config.password.get_secret_value())
            refused = client.send_message(message, config.from_, list(recipients))
            with suppress(smtplib.SMTPException, OSError):  # it has the letter already
                client.quit()
        finally:
            client.close()
        return refused

    def _open(self) -> smtplib.SMTP:
        # The host is needed before the connection: it is what the certificate is compared with.
        if self._config.security is Security.TLS:
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                local_hostname=_OWN_NAME, timeout=STEP_TIMEOUT_S, context=self._make_context()
            )
        else:
            client = smtplib.SMTP(local_hostname=_OWN_NAME, timeout=STEP_TIMEOUT_S)
        client._host = self._config.host  # type: ignore[attr-defined]  # noqa: SLF001
        return client


def _answer(code: int, text: bytes | str) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"The mail server answered {code}: {' '.join(said.split())[:200]}"


def _words(error: smtplib.SMTPException) -> str:
    match error:
        case smtplib.SMTPServerDisconnected():
            return "The mail server closed the connection"
        case smtplib.SMTPNotSupportedError():
            return f"The mail server cannot do what was asked: {error}"
        case _:
            return f"The mail server could not be used: {type(error).__name__}"


def _html(letter: Letter) -> str:
    parts = [f"<p>{html.escape(letter.summary)}</p>"] if letter.summary else []
    for paragraph in letter.paragraphs:
        lines = [f"<strong>{html.escape(paragraph.sentence)}</strong>"]
        lines += [html.escape(line) for line in paragraph.details]
        parts.append(
            f'<p style="border-left:4px solid {COLOURS[paragraph.status]};padding-left:12px">'
            f"{'<br>'.join(lines)}</p>"
        )
    return f"<html><body>{''.join(parts)}</body></html>"
