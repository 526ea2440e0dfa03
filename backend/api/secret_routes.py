"""``/api/secrets``: values come in and never go out; the names say what there is.

Commands go to the vault. Values of headers for credentials come with their endpoints and are kept
without these routes; they are for what a body, a URL or another header refers to.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path

from backend.alerts.channels import Channels
from backend.api.requests import StrictRoute
from backend.contract.alerts import revealed
from backend.contract.secret_names import MADE, NAME, names_in
from backend.contract.secrets import (
    USERS_SHOWN,
    SecretDeleted,
    SecretsView,
    SecretUser,
    SecretValue,
    SecretView,
)
from backend.contract.wire import instant
from backend.domain.secret_values import names_of
from backend.engine.clock import Clock
from backend.engine.monitors import Monitors
from backend.storage.vault import Vault

PathName = Annotated[str, Path(alias="name", pattern=f"^{NAME}$")]
"""The name in a path; anything else is a 400."""


def secret_routes(
    *, vault: Vault, clock: Clock, monitors: Monitors, channels: Channels
) -> APIRouter:
    """Return the routes below ``/secrets``."""
    router = APIRouter(prefix="/secrets", tags=["secrets"], route_class=StrictRoute)

    @router.get("")
    async def every() -> SecretsView:
        """Say which secrets there are, where each is kept and who refers to it; never a value."""
        view, users = vault.view(), _users(monitors, channels)
        return view.model_copy(update={"data": tuple(_with(it, users) for it in view.data)})

    @router.put("/{name}")
    async def put(name: PathName, said: SecretValue) -> SecretView:
        """Keep a secret, in place of one of that name.

        What refers to it is asked with the new value from the next check on.
        """
        if name.startswith(MADE) and not vault.has(name):
            raise HTTPException(400, f"name must not begin with {MADE}: Vigil gives such names")
        await vault.put({name: said.value.get_secret_value()})
        kept = next(it for it in vault.view().data if it.name == name)
        return _with(kept, _users(monitors, channels))

    @router.delete("/{name}")
    async def drop(name: PathName) -> SecretDeleted:
        """Forget a secret for good; what refers to it cannot be asked any more."""
        if not vault.has(name):
            raise HTTPException(404, f"there is no secret {name}")
        await vault.drop([name])
        return SecretDeleted(message="Secret deleted", deleted_at=instant(clock.wall_ms()))

    return router


def _users(monitors: Monitors, channels: Channels) -> dict[str, list[SecretUser]]:
    """Return who refers to each secret, the endpoints first."""
    found = defaultdict[str, list[SecretUser]](list)
    for endpoint in (it.endpoint for it in monitors):
        for name in names_of(endpoint):
            found[name].append(SecretUser(kind="endpoint", id=endpoint.id, name=endpoint.name))
    for channel in channels.every():
        for name in names_in(json.dumps(revealed(channel.config))):
            found[name].append(SecretUser(kind="channel", id=channel.id, name=channel.name))
    return found


def _with(view: SecretView, users: Mapping[str, list[SecretUser]]) -> SecretView:
    own = users.get(view.name, [])
    return view.model_copy(update={"uses": len(own), "used_by": tuple(own[:USERS_SHOWN])})
