"""One HTTP POST of JSON, and what its answer means for a delivery.

Used by the transports that speak HTTP. Follows no redirect, believes no proxy of the environment,
and reads no more of an answer than it shows.
"""

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from backend.alerts.delivery import Result, in_words
from backend.alerts.letter import clean

STEP_TIMEOUT_S = 10.0
_SHOWN_BYTES = 300


async def post_json(
    url: str, body: bytes, headers: Mapping[str, str], tls: ssl.SSLContext
) -> Result:
    """Send ``body`` and return how the server took it; its host is the target's name."""
    target = httpx.URL(url).host
    asked = {
        "User-Agent": "Vigil",
        "Accept-Encoding": "identity",
        **headers,
        "Content-Type": "application/json; charset=utf-8",
    }
    try:
        async with (
            httpx.AsyncClient(verify=tls, trust_env=False, timeout=STEP_TIMEOUT_S) as client,
            client.stream("POST", url, content=body, headers=asked) as response,
        ):
            if response.is_success:
                return Result(target)
            said = await _beginning(response)
            error = f"The server answered {response.status_code}"
            return Result(
                target,
                f"{error}: {said}" if said else error,
                _retry_after_s(response.headers.get("retry-after")),
            )
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return Result(target, in_words(error))


async def _beginning(response: httpx.Response) -> str:
    read = b""
    async for part in response.aiter_raw():
        read += part
        if len(read) >= _SHOWN_BYTES:
            break
    return clean(read[:_SHOWN_BYTES].decode("utf-8", "replace")).strip()


def _retry_after_s(value: str | None) -> float | None:
    """Read a Retry-After header: seconds, or a date (RFC 9110, 10.2.3)."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    # A date without a zone is meant in UTC.
    aware = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
