"""A channel's credentials: kept in the vault, and put back for each delivery.

Used by the channels when one is set, and by the postman. Without a vault they stay where they are.
"""

from collections.abc import Collection
from typing import cast

from pydantic import JsonValue

from backend.contract.alerts import CONFIGS, ChannelConfig, ChannelType, revealed
from backend.contract.secret_names import MADE, names_in
from backend.domain.alerting import Channel
from backend.domain.endpoint import Json
from backend.domain.secret_values import Hiding, filled_json
from backend.storage.vault import Vault


class Credentials:
    """Hides, fills in and forgets the secrets of channels.

    Args:
        vault: keeps them.
    """

    def __init__(self, vault: Vault | None = None) -> None:
        self._vault = vault

    async def hidden(self, kind: ChannelType, config: ChannelConfig) -> ChannelConfig:
        """Return a config that refers to its secrets, which are kept now.

        Raises:
            ArchiveError: they could not be kept.
        """
        if self._vault is None:
            return config
        hiding = Hiding(self._vault.new_name)
        bare = hiding.config(kind, revealed(config))
        await self._vault.put(hiding.values)
        return CONFIGS[kind].model_validate(bare)

    async def filled(self, kind: ChannelType, config: ChannelConfig) -> ChannelConfig:
        """Return a config as it is used.

        Raises:
            SecretMissingError: a secret of it cannot be had.
        """
        names = _names_of(config)
        if self._vault is None or not names:
            return config
        values = await self._vault.values(names)
        return CONFIGS[kind].model_validate(filled_json(cast("Json", revealed(config)), values))

    async def forget(self, before: Channel, after: Channel | None = None) -> None:
        """Forget what a channel had and has no more.

        Raises:
            ArchiveError: it could not be forgotten.
        """
        left: Collection[str] = () if after is None else _names_of(after.config)
        gone = [it for it in _names_of(before.config) - set(left) if it.startswith(MADE)]
        if self._vault is not None and gone:
            await self._vault.drop(gone)


def _names_of(config: ChannelConfig) -> frozenset[str]:
    return frozenset[str]().union(*map(names_in, _texts(cast("JsonValue", revealed(config)))))


def _texts(value: JsonValue) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = list(value.values()) if isinstance(value, dict) else value
    return [it for each in inner for it in _texts(each)] if isinstance(inner, list) else []
