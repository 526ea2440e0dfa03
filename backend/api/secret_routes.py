"""``/api/secrets``: values come in and never go out; the names say what there is.

Commands go to the vault. Values of headers for credentials come with their endpoints and are kept
without these routes; they are for what a body, a URL or another header refers to.
"""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path

from backend.api.requests import StrictRoute
from backend.contract.secret_names import MADE, NAME
from backend.contract.secrets import SecretDeleted, SecretsView, SecretValue, SecretView
from backend.contract.wire import instant
from backend.engine.clock import Clock
from backend.storage.vault import Vault

PathName = Annotated[str, Path(alias="name", pattern=f"^{NAME}$")]
"""The name in a path; anything else is a 400."""


def secret_routes(*, vault: Vault, clock: Clock) -> APIRouter:
    """Return the routes below ``/secrets``."""
    router = APIRouter(prefix="/secrets", tags=["secrets"], route_class=StrictRoute)

    @router.get("")
    async def every() -> SecretsView:
        """Say which secrets there are and where each is kept; nobody is told a value."""
        return vault.view()

    @router.put("/{name}")
    async def put(name: PathName, said: SecretValue) -> SecretView:
        """Keep a secret, in place of one of that name.

        What refers to it is asked with the new value from the next check on.
        """
        if name.startswith(MADE) and not vault.has(name):
            raise HTTPException(400, f"name must not begin with {MADE}: Vigil gives such names")
        await vault.put({name: said.value.get_secret_value()})
        return next(it for it in vault.view().data if it.name == name)

    @router.delete("/{name}")
    async def drop(name: PathName) -> SecretDeleted:
        """Forget a secret for good; what refers to it cannot be asked any more."""
        if not vault.has(name):
            raise HTTPException(404, f"there is no secret {name}")
        await vault.drop([name])
        return SecretDeleted(message="Secret deleted", deleted_at=instant(clock.wall_ms()))

    return router
