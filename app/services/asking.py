"""One question over HTTP to the backend at whatever address it has now, and what came of it.

``rest`` is made on it: it knows the questions, this knows how to ask. Nothing here raises.
"""

import ssl
from collections.abc import Mapping
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, JsonValue, ValidationError

from app.services.child import Address
from app.services.failures import Broken, RestFailure, Unreachable, Untrusted, failure_of

Model = TypeVar("Model", bound=BaseModel)
Query = Mapping[str, str | int | bool | None]
Fields = Mapping[str, JsonValue]


class Asking:
    """A line to ask over.

    Args:
        timeout_s: how long one call may take.
    """

    def __init__(self, timeout_s: float = 10.0) -> None:
        # A bare context: the default one reads the system's certificates, 20-110 ms on the
        # loop, and the backend speaks plain HTTP on loopback.
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._timeout_s = timeout_s
        self._client: httpx.AsyncClient | None = None

    async def set_address(self, address: Address | None) -> None:
        """Talk to this start of the backend from now on; ``None`` while there is none."""
        before, self._client = self._client, None if address is None else self._open(address)
        if before is not None:
            await before.aclose()

    async def aclose(self) -> None:
        """End every connection; calls are ``Unreachable`` from now on."""
        await self.set_address(None)

    def _open(self, address: Address) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=f"{address.url}/api",
            headers={"Authorization": f"Bearer {address.token}"},
            timeout=self._timeout_s,
            trust_env=False,
            verify=address.tls or self._tls,
        )

    async def _ask(
        self,
        model: type[Model],
        method: str,
        path: str,
        *,
        body: Fields | None = None,
        query: Query | None = None,
        timeout_s: float | None = None,
    ) -> Model | RestFailure:
        asked = {key: value for key, value in (query or {}).items() if value is not None}
        timeout = self._timeout_s if timeout_s is None else timeout_s
        answer = await self._send(method, path, json=body, params=asked or None, timeout=timeout)
        if isinstance(answer, RestFailure):
            return answer
        if not answer.is_success:
            return failure_of(answer.status_code, answer.content)
        try:
            return model.model_validate_json(answer.content)
        except ValidationError:
            return Broken((f"{method} {path} answered what the contract does not know",))

    async def _send(self, method: str, path: str, **content: Any) -> httpx.Response | RestFailure:
        if self._client is None:
            return Unreachable(("the backend is not running",))
        try:
            return await self._client.request(method, path, **content)
        except httpx.HTTPError as error:
            return _unreachable(error)
        except (ValueError, RecursionError):
            # No text of the values can be sent: half a character, say, or no end of nesting.
            return Broken((f"{method} {path} holds what cannot be written",))
        except RuntimeError:
            # httpx raises it when the client was closed meanwhile: the backend went away.
            return Unreachable(("the backend was restarted",))


def _unreachable(error: httpx.HTTPError) -> Unreachable:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Untrusted((cause.verify_message,))
        cause = cause.__cause__ or cause.__context__
    return Unreachable((str(error) or type(error).__name__,))
