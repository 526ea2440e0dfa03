"""Secrets as REST takes and shows them: a value comes in, and never goes out."""

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field, SecretStr, StringConstraints

from backend.contract.secret_names import NAME
from backend.contract.wire import Command, Instant, Message

SecretName = Annotated[str, StringConstraints(pattern=f"^{NAME}$")]


class SecretPlace(StrEnum):
    """Where a secret's value is kept.

    ``KEYRING`` is the one of the person's session, ``FILE`` one that only its owner may read.
    """

    KEYRING = "keyring"
    FILE = "file"


class SecretValue(Command):
    """``PUT /secrets/:name``: what the secret is from now on."""

    value: Annotated[SecretStr, Field(min_length=1, max_length=65_536)]


class SecretUser(Message):
    """Who is asked or told with a secret: an endpoint or a channel."""

    kind: Literal["endpoint", "channel"]
    id: str
    name: str


USERS_SHOWN: Final = 10
"""How many of those who use a secret are named."""


class SecretView(Message):
    """One secret, without its value; ``updated_at`` is when it was last replaced.

    ``used_by`` names the first of those ``uses`` that refer to it.
    """

    name: str
    kept_in: SecretPlace
    updated_at: Instant
    uses: int = 0
    used_by: tuple[SecretUser, ...] = ()


class SecretsView(Message):
    """``GET /secrets``: all of them by name, and where the next one will be kept."""

    kept_in: SecretPlace
    data: tuple[SecretView, ...]


class SecretDeleted(Message):
    """``DELETE /secrets/:name``.

    What still refers to it cannot be asked any more, which blames nobody.
    """

    message: str
    deleted_at: Instant
