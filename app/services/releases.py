"""Asks whether there is a newer Vigil: one small manifest, signed with Ed25519.

Called by the updates presenter, and only where the user wants it. It tells; nothing is downloaded
or replaced. Free of Qt. The manifest is ``{"manifest": TEXT, "signature": BASE64}``, where TEXT is
JSON again, ``{"version": "0.2.0", "url": "https://..."}``: what was signed is exactly that text.
"""

import asyncio
import base64
import binascii
import importlib
import json
import re
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

_MOST_BYTES = 65_536
_TIMEOUT_S = 10.0
_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Release:
    """What is the newest, by the word of who holds the key.

    Attributes:
        version: three numbers.
        url: a page about it for a person, https.
    """

    version: str
    url: str

    def is_newer_than(self, version: str) -> bool:
        """Compare by number: 0.10.0 is newer than 0.9.9."""
        return _numbers(self.version) > _numbers(version)


@dataclass(frozen=True, slots=True)
class NoRelease:
    """Nothing can be said, and why: a sentence for the log."""

    reason: str


async def newest(url: str, key: str, tls: ssl.SSLContext) -> Release | NoRelease:
    """Fetch the manifest and believe it if the key has signed it.

    Args:
        url: of the manifest; https, or http on this computer.
        key: the public key, 32 bytes in Base64.
        tls: by which the server is verified.
    """
    place = urlsplit(url)
    if place.scheme != "https" and place.hostname != "127.0.0.1":
        return NoRelease(f"{url} is not https")
    try:
        async with (
            httpx.AsyncClient(verify=tls, timeout=_TIMEOUT_S, trust_env=False) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code != 200:
                return NoRelease(f"{place.hostname} answered {answer.status_code}")
            body = b""
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > _MOST_BYTES:
                    return NoRelease("the manifest is too long")
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return NoRelease(f"{place.hostname}: {str(error) or type(error).__name__}")
    return await asyncio.to_thread(read, body, key)


def read(body: bytes, key: str) -> Release | NoRelease:
    """Return the release of a manifest that this key has signed."""
    try:
        outer = json.loads(body)
        text, signature = str(outer["manifest"]), str(outer["signature"])
        if not _is_signed(text, signature, key):
            return NoRelease("the manifest is not signed by the key of this build")
        inner = json.loads(text)
        found = Release(str(inner["version"]), str(inner["url"]))
    except (ValueError, TypeError, KeyError, binascii.Error, RecursionError) as error:
        return NoRelease(f"the manifest cannot be read: {type(error).__name__}")
    if not _VERSION.fullmatch(found.version) or urlsplit(found.url).scheme != "https":
        return NoRelease("the manifest names no version or no page")
    return found


def _is_signed(text: str, signature: str, key: str) -> bool:
    # Loaded only now: hardly anybody asks, and the window would wait for it.
    wrong = importlib.import_module("cryptography.exceptions").InvalidSignature
    ed25519 = importlib.import_module("cryptography.hazmat.primitives.asymmetric.ed25519")
    public = ed25519.Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
    try:
        public.verify(base64.b64decode(signature, validate=True), text.encode())
    except wrong:
        return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    found = _VERSION.match(version)
    return tuple(map(int, found.groups())) if found else ()
