"""Each kind of channel against a real server of its kind: what arrives, and what a refusal says."""

import asyncio
import hashlib
import hmac
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult

from backend.alerts.delivery import Result
from backend.alerts.letter import letter_of, letter_of_test
from backend.alerts.postman import Postman
from backend.alerts.services import service_of
from backend.alerts.slack import slack_payload
from backend.contract.alerts import CONFIGS, AlertPolicy, ChannelType
from backend.contract.vocabulary import AlertKind, Status
from backend.domain.alerting import Channel, Notice
from tests.helpers.target_server import Answer, Fault, running_target

NASTY = "a\r\nBcc: eve@evil.test\n<!channel> <b>&\u202e"


class Mailbox:
    """An SMTP handler that keeps what it takes; it refuses some recipients."""

    def __init__(self, refused: tuple[str, ...] = ()) -> None:
        self.refused = refused
        self.taken: list[tuple[list[str], EmailMessage]] = []

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.refused:
            return "550 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, policy=default)
        self.taken.append((list(envelope.rcpt_tos), message))
        return "250 OK"


@asynccontextmanager
async def mail_server(
    mailbox: Mailbox, tls: ssl.SSLContext | None = None, **options: Any
) -> AsyncIterator[int]:
    """Serve SMTP on loopback and give its port; over TLS from the first byte with ``tls``."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(mailbox, loop=loop, hostname="localhost", **options), "127.0.0.1", 0, ssl=tls
    )
    async with server:
        yield server.sockets[0].getsockname()[1]


def a_channel(kind: ChannelType, config: dict[str, object]) -> Channel:
    model = CONFIGS[kind].model_validate(config)
    return Channel("c", "ops", kind, model, True, AlertPolicy(), 0, 0)


def email(port: int, to: tuple[str, ...] = ("a@x.test",), **more: object) -> Channel:
    config = {"host": "localhost", "port": port, "security": "none", "from": "v@x.test", "to": to}
    return a_channel(ChannelType.EMAIL, config | more)


def a_notice(name: str = "shop", **fields: object) -> Notice:
    known = {
        "subject": "incident",
        "kind": AlertKind.DOWN,
        "endpoint_id": name,
        "endpoint_name": name,
        "url": "https://user:pass@api.test/path?key=secret",
        "tags": (),
        "status": Status.DOWN,
        "previous": Status.UP,
        "at_ms": 1_800_000_000_000,
        "since_ms": 1_800_000_000_000,
        "message": "Connection refused",
    }
    return Notice(**{**known, **fields})


LETTER = letter_of(["id"], [a_notice()])


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def serving(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


async def test_a_mail_names_endpoint_and_status_in_its_subject() -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox) as port:
        assert await Postman().deliver(email(port), LETTER) == [Result("a@x.test")]
    ((recipients, mail),) = mailbox.taken
    assert recipients == ["a@x.test"]
    assert mail["Subject"] == "[Vigil] shop - DOWN"
    assert "Connection refused" in mail.get_body(("plain",)).get_content()
    assert "#ef4444" in mail.get_body(("html",)).get_content()


async def test_a_name_brings_no_header_and_no_markup_into_a_mail() -> None:
    mailbox = Mailbox()
    letter = letter_of(["id"], [a_notice(NASTY, message="<script>x</script>")])
    async with mail_server(mailbox) as port:
        await Postman().deliver(email(port), letter)
    ((_, mail),) = mailbox.taken
    assert mail["Bcc"] is None
    assert mail["Subject"] == "[Vigil] a  Bcc: eve@evil.test <!channel> <b>& - DOWN"
    html = mail.get_body(("html",)).get_content()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<b>" not in html


async def test_an_alert_shows_no_secret_of_an_address() -> None:
    assert "URL: https://api.test/path" in LETTER.text
    assert "pass" not in LETTER.text
    assert "secret" not in LETTER.text


async def test_each_recipient_is_answered_for() -> None:
    mailbox = Mailbox(refused=("b@x.test",))
    async with mail_server(mailbox) as port:
        channel = email(port, ("a@x.test", "b@x.test"))
        results = await Postman().deliver(channel, LETTER)
        assert results == [
            Result("a@x.test"),
            Result("b@x.test", "The mail server answered 550: no such user here"),
        ]
        again = await Postman().deliver(channel, LETTER, ("a@x.test",))
        assert [it.target for it in again] == ["b@x.test"]
    assert [recipients for recipients, _ in mailbox.taken] == [["a@x.test"]]


async def test_mail_goes_over_starttls_with_a_password(authority: trustme.CA) -> None:
    mailbox = Mailbox()
    seen: list[bytes] = []

    def check(server: Any, session: Any, envelope: Any, mechanism: str, login: Any) -> AuthResult:
        seen.append(login.password)
        return AuthResult(success=login.password == b"right", handled=False)

    options = {"tls_context": serving(authority), "authenticator": check, "require_starttls": True}
    postman = Postman(make_mail_tls=lambda: trusting(authority))
    async with mail_server(mailbox, **options) as port:
        secured = {"security": "starttls", "user": "me"}
        right = email(port, **secured, password="right")
        assert await postman.deliver(right, LETTER) == [Result("a@x.test")]
        wrong = email(port, **secured, password="wrong")
        (result,) = await postman.deliver(wrong, LETTER)
        assert result.error is not None
        assert result.error.startswith("The mail server answered 535")
        assert b"wrong" in seen


async def test_mail_goes_over_tls_from_the_first_byte(authority: trustme.CA) -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox, serving(authority)) as port:
        postman = Postman(make_mail_tls=lambda: trusting(authority))
        assert await postman.deliver(email(port, security="tls"), LETTER) == [Result("a@x.test")]
        (result,) = await Postman().deliver(email(port, security="tls"), LETTER)
        assert result.error == "TLS certificate comes from an issuer that is not trusted"


async def test_a_mail_server_that_offers_no_starttls_gets_no_mail() -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox) as port:
        (result,) = await Postman().deliver(email(port, security="starttls"), LETTER)
    assert result.error == (
        "The mail server cannot do what was asked: STARTTLS extension not supported by server."
    )
    assert mailbox.taken == []


async def test_a_mail_server_that_says_nothing_is_left_at_the_deadline() -> None:
    async with running_target(Answer(fault=Fault.SILENCE)) as silent:
        port = int(silent.url.rpartition(":")[2])
        began = asyncio.get_running_loop().time()
        (result,) = await Postman(deadline_s=0.2).deliver(email(port), LETTER)
        assert result.error == "Timeout exceeded"
        assert asyncio.get_running_loop().time() - began < 2


async def test_a_mail_server_that_is_not_there_is_named_so() -> None:
    (result,) = await Postman().deliver(email(9), LETTER)
    assert result.error == "Connection refused"


async def test_slack_gets_blocks_in_the_colour_of_the_status() -> None:
    async with running_target() as slack:
        channel = a_channel(ChannelType.SLACK, {"webhookUrl": f"{slack.url}/services/T/B/x"})
        assert await Postman().deliver(channel, LETTER) == [Result("127.0.0.1")]
        (request,) = slack.requests
    (attachment,) = json.loads(request.body)["attachments"]
    assert attachment["color"] == "#ef4444"
    assert attachment["blocks"][0]["text"]["text"] == "*[Vigil] shop - DOWN*"
    assert {block["type"] for block in attachment["blocks"]} == {"section"}


@pytest.mark.parametrize(
    ("status", "colour"),
    [
        (Status.UP, "#22c55e"),
        (Status.DEGRADED, "#eab308"),
        (Status.DOWN, "#ef4444"),
        (Status.UNKNOWN, "#9ca3af"),
    ],
)
def test_each_status_has_its_colour_in_slack(status: Status, colour: str) -> None:
    payload = slack_payload(letter_of(["id"], [a_notice(status=status)]))
    assert payload["attachments"][0]["color"] == colour


def test_a_name_calls_nobody_in_slack() -> None:
    text = json.dumps(slack_payload(letter_of(["id"], [a_notice(NASTY, message=NASTY)])))
    assert "<!channel>" not in text
    assert "&lt;!channel&gt;" in text
    assert "<b>" not in text


def test_slack_is_sent_no_more_than_it_takes() -> None:
    notices = [a_notice(f"{number}" + "x" * 500, message="y" * 5000) for number in range(100)]
    (attachment,) = slack_payload(letter_of(["id"], notices))["attachments"]
    assert len(attachment["blocks"]) <= 50
    assert all(len(block["text"]["text"]) <= 3000 for block in attachment["blocks"])


async def test_a_webhook_is_signed_and_carries_its_headers() -> None:
    async with running_target() as receiver:
        config = {
            "url": f"{receiver.url}/in",
            "headers": {"Authorization": "Bearer t"},
            "secret": "s",
        }
        await Postman().deliver(a_channel(ChannelType.WEBHOOK, config), LETTER)
        (request,) = receiver.requests
    signature = hmac.new(b"s", request.body, hashlib.sha256).hexdigest()
    assert request.headers["x-vigil-signature"] == f"sha256={signature}"
    assert request.headers["authorization"] == "Bearer t"
    assert request.headers["content-type"].startswith("application/json")
    (alert,) = json.loads(request.body)["alerts"]
    assert alert["incidentId"] == "incident"
    assert alert["startedAt"] == "2027-01-15T08:00:00.000Z"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0), ("soon", None), ("-3", None)],
)
async def test_retry_after_is_read(header: str, seconds: float | None) -> None:
    async with running_target(Answer(status=429, headers={"Retry-After": header})) as receiver:
        channel = a_channel(ChannelType.WEBHOOK, {"url": receiver.url})
        (result,) = await Postman().deliver(channel, LETTER)
    assert result.retry_after_s == seconds


async def test_a_redirect_is_not_followed() -> None:
    async with running_target() as other:
        moved = Answer(status=307, headers={"Location": other.url})
        async with running_target(moved) as receiver:
            channel = a_channel(ChannelType.WEBHOOK, {"url": receiver.url})
            (result,) = await Postman().deliver(channel, LETTER)
        assert result.error == "The server answered 307: ok"
        assert other.hits == 0


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.RESET, "Connection reset"),
        (Fault.GARBAGE, "Delivery failed: RemoteProtocolError"),
        (Fault.CLOSE, "Delivery failed: RemoteProtocolError"),
    ],
)
async def test_a_broken_receiver_is_named_in_plain_words(fault: Fault, error: str) -> None:
    async with running_target(Answer(fault=fault)) as receiver:
        channel = a_channel(ChannelType.WEBHOOK, {"url": receiver.url})
        (result,) = await Postman().deliver(channel, LETTER)
    assert result.error == error


async def test_apprise_reaches_what_its_url_names() -> None:
    async with running_target() as receiver:
        url = receiver.url.replace("http://", "json://")
        channel = a_channel(ChannelType.APPRISE, {"url": url})
        assert await Postman().deliver(channel, LETTER) == [Result("JSON")]
        receiver.answer = Answer(status=500)
        (result,) = await Postman().deliver(channel, letter_of_test("ops", 0))
        assert result.error is not None
        assert "500" in result.error
        sent = json.loads(receiver.requests[0].body)
    assert sent["title"] == "[Vigil] shop - DOWN"
    assert sent["type"] == "failure"


async def test_a_name_calls_nobody_through_apprise() -> None:
    async with running_target() as receiver:
        url = receiver.url.replace("http://", "json://")
        letter = letter_of(["id"], [a_notice("@everyone {{ 7 * 7 }} :fire: \\n <!here>")])
        await Postman().deliver(a_channel(ChannelType.APPRISE, {"url": url}), letter)
        title = json.loads(receiver.requests[0].body)["title"]
    assert "@everyone" not in title
    assert "<!here>" not in title
    assert "{{ 7 * 7 }} :fire: \\n" in title


@pytest.mark.parametrize("url", ["nope://x", "not a url", "file:///etc/passwd"])
async def test_apprise_does_not_know_every_url(url: str) -> None:
    assert await service_of(url) is None
