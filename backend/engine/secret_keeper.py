"""Secrets on their way in and out: out of commands into the vault, and into what is asked.

The API hands commands through it before they are carried out, and the composition root stands it
in front of the prober. Knows neither HTTP nor where the vault keeps anything.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeVar

import structlog

from backend.alerts.channels import Channels
from backend.contract.commands import ChangedEndpoint, NewEndpoint
from backend.contract.vocabulary import Reason
from backend.domain.endpoint import Endpoint
from backend.domain.facts import Facts
from backend.domain.masking import secrets_of, texts_of, worth_masking
from backend.domain.reply import Failure, Prober, Reply
from backend.domain.secret_values import (
    Hiding,
    SecretRefusedError,
    SecretUnusableError,
    filled,
    hides_body,
    marked_headers,
    names_of,
)
from backend.engine.bus import Bus
from backend.engine.clock import Clock
from backend.engine.monitors import Monitors
from backend.engine.telling import endpoint_updated
from backend.storage.archive import Archive
from backend.storage.errors import ArchiveError
from backend.storage.vault import SecretMissingError, Vault

IN_A_ROW: Final = 100
"""After so many endpoints everything else on the loop has a turn."""

UNUSED_KEPT_MS: Final = 8 * 24 * 3600 * 1000
"""What nothing refers to is kept as long: the daily backups may, and an edit may be undone."""

log = structlog.stdlib.get_logger(__name__)

Command = TypeVar("Command", NewEndpoint, ChangedEndpoint)


class SecretKeeper:
    """Takes out of commands: URLs' passwords, credentials, and what else is marked as secret.

    Args:
        vault: keeps them.
        monitors: the endpoints as they are.
    """

    def __init__(self, vault: Vault, monitors: Monitors) -> None:
        self._vault, self._monitors = vault, monitors

    async def draft(self, draft: NewEndpoint) -> NewEndpoint:
        """Return a draft that refers to its secrets, which are kept now.

        Raises:
            ArchiveError: they could not be kept.
            SecretRefusedError: what is marked cannot be one.
        """
        return await self._without(draft, Hiding(self._vault.new_name))

    async def patch(self, endpoint_id: str, patch: ChangedEndpoint) -> ChangedEndpoint:
        """Return a patch that refers to its secrets; one that is there already stays the same.

        Raises:
            ArchiveError: they could not be kept.
            SecretRefusedError: what is marked cannot be one.
        """
        monitored = self._monitors.get(endpoint_id)
        if monitored is None:
            return patch  # it will be refused
        known = await self._known(monitored.endpoint)
        whole = _completed(patch, monitored.endpoint)
        return await self._without(whole, Hiding(self._vault.new_name, known))

    async def _without(self, command: Command, hiding: Hiding) -> Command:
        hidden: dict[str, object] = {}
        marked = {name.lower(): name for name in command.secret_headers}
        absent = marked.keys() - {name.lower() for name in command.headers or {}}
        if absent:
            name = marked[min(absent)]
            raise SecretRefusedError(f"secretHeaders names a header that is not set: {name}")
        if command.url is not None:
            hidden["url"] = hiding.password(command.url)
        if command.headers is not None:
            hidden["headers"] = hiding.headers(command.headers, marked=marked)
        if command.secret_body:
            hidden["body"] = hiding.body(command.body)
        if not hiding.values and not hiding.known:
            return command
        await self._vault.put(hiding.values)
        return command.model_copy(update=hidden)

    async def _known(self, endpoint: Endpoint) -> Mapping[str, str]:
        """Return the names of an endpoint's secrets by their values."""
        try:
            values = await self._vault.values(names_of(endpoint))
        except SecretMissingError:
            return {}
        return {value: name for name, value in values.items()}


def _completed(patch: ChangedEndpoint, present: Endpoint) -> ChangedEndpoint:
    """Return a patch that says all about what is secret: what was hidden stays, else it is told.

    Where it only says what is to be hidden, that is what the endpoint has now.
    """
    sent, more = patch.model_fields_set, dict[str, object]()
    if "secret_headers" not in sent:
        kept = marked_headers(present)
        names = (name for name in patch.headers or {} if name.lower() in kept)
        more["secret_headers"] = tuple(names)
    elif patch.secret_headers and "headers" not in sent:
        more["headers"] = present.headers
    if "secret_body" not in sent:
        more["secret_body"] = "body" in sent and hides_body(present)
    elif patch.secret_body and "body" not in sent:
        more["body"] = present.body
    return patch.model_copy(update=more)


class FillingProber:
    """A prober that knows secrets: puts them into what is asked.

    Args:
        prober: asks.
        vault: has the values.
    """

    def __init__(self, prober: Prober, vault: Vault) -> None:
        self._prober, self._vault = prober, vault

    async def ask(self, endpoint: Endpoint) -> Reply | Failure:
        """See :class:`backend.domain.reply.Prober`; without a secret nobody is asked."""
        names = names_of(endpoint)
        if not names:
            return await self._prober.ask(endpoint)
        try:
            values = await self._vault.values(names)
            asked = filled(endpoint, values)
        except (SecretMissingError, SecretUnusableError) as error:
            return Failure(Reason.OURS, str(error), facts=Facts(endpoint.url))
        attempt = await self._prober.ask(asked)
        own = texts_of(asked.body) if hides_body(endpoint) else ()
        sent = (*secrets_of(asked), *worth_masking((*values.values(), *own)))
        return replace(attempt, facts=replace(attempt.facts or Facts(endpoint.url), secrets=sent))


async def put_in_order(
    *,
    vault: Vault,
    archive: Archive,
    monitors: Monitors,
    bus: Bus,
    clock: Clock,
    lock: asyncio.Lock,
    channels: Channels,
) -> None:
    """Hide what an earlier version, or an import, kept in plain text; forget what nothing has.

    Run once by the composition root, beside the rest: a keyring may take its time.
    """
    try:
        for number, plain in enumerate([it.endpoint for it in monitors]):
            if number % IN_A_ROW == 0:
                await asyncio.sleep(0)
            hiding = Hiding(vault.new_name)
            endpoint = hiding.endpoint(plain)
            if not hiding.values:
                continue
            # Not under the lock: a keyring may wait for the person, and no check for that.
            await vault.put(hiding.values)
            async with lock:
                monitored = monitors.get(plain.id)
                if monitored is None or monitored.endpoint is not plain:
                    continue  # changed meanwhile, which hid what it brought; the rest: next start
                after = replace(monitored, endpoint=endpoint)
                told = endpoint_updated(monitored, after)
                for event in await archive.change(after, [told]):
                    bus.publish(event)
                monitors.put(after)
        await channels.hide_secrets()
        used = await archive.alerts.secrets_in_use()
        await vault.drop_unused(used, clock.wall_ms() - UNUSED_KEPT_MS)
    except ArchiveError as error:
        log.warning("secrets could not be put in order", cause=str(error))
