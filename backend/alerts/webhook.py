"""A webhook: the letter as JSON, each alert with its fields, for programs to read.

Called by the postman. A receiver can tell a repeated delivery by ``id``, and with a secret that it
comes from us: ``X-Vigil-Signature`` is the HMAC-SHA256 of the body, in hexadecimal.
"""

import hashlib
import hmac
import json
import ssl

from backend.alerts.delivery import Result
from backend.alerts.letter import Letter, shown_url
from backend.alerts.posting import post_json
from backend.contract.alerts import WebhookConfig
from backend.contract.vocabulary import Status
from backend.contract.wire import format_instant, instant
from backend.domain.alerting import Notice


async def send_webhook(config: WebhookConfig, letter: Letter, tls: ssl.SSLContext) -> Result:
    """Post a letter to the channel's address."""
    body = json.dumps(webhook_payload(letter)).encode()
    headers = {name: value.get_secret_value() for name, value in (config.headers or {}).items()}
    headers["Idempotency-Key"] = letter.id
    if config.secret is not None:
        key = config.secret.get_secret_value().encode()
        headers["X-Vigil-Signature"] = f"sha256={hmac.new(key, body, hashlib.sha256).hexdigest()}"
    return await post_json(config.url.get_secret_value(), body, headers, tls)


def webhook_payload(letter: Letter) -> dict[str, object]:
    """Return what a receiver is sent; ``alerts`` is empty in a test.

    ``cause`` is what several endpoints have in common: its ``kind`` (``CauseKind``) and its name.
    """
    cause = letter.cause
    return {
        "id": letter.id,
        "title": letter.subject,
        "status": letter.status,
        "text": letter.text,
        "test": not letter.notices,
        "cause": None if cause is None else {"kind": cause.kind, "subject": cause.subject},
        "alerts": [_alert(notice) for notice in letter.notices],
    }


def _alert(notice: Notice) -> dict[str, object]:
    is_slow = Status.DEGRADED in (notice.status, notice.previous) and notice.previous != Status.DOWN
    return {
        "kind": notice.kind,
        "endpointId": notice.endpoint_id,
        "endpointName": notice.endpoint_name,
        "url": shown_url(notice.url),
        "tags": list(notice.tags),
        "previousStatus": notice.previous,
        "currentStatus": notice.status,
        "incidentId": None if is_slow and notice.status != Status.DOWN else notice.subject,
        "timestamp": format_instant(instant(notice.at_ms)),
        "startedAt": format_instant(instant(notice.since_ms)),
        "duration": notice.duration_ms,
        "errorMessage": notice.message,
        "reason": notice.resolution,
    }
