"""Names become addresses in threads nobody waits for."""

import asyncio
import socket

import pytest

from backend.checks.resolver import MAX_LOOKUPS, Resolver, TooManyLookupsError


async def test_localhost_has_an_address() -> None:
    addresses = await Resolver().resolve("localhost", 80)

    assert {address[4][0] for address in addresses} <= {"127.0.0.1", "::1"}
    assert addresses


async def test_a_literal_address_needs_no_thread() -> None:
    resolver = Resolver()
    (address,) = await resolver.resolve("::1", 443)

    assert address[4][:2] == ("::1", 443)
    assert not resolver._lookups


async def test_an_unknown_name_fails_for_all_who_wait_for_it() -> None:
    resolver = Resolver()
    results = await asyncio.gather(
        *(resolver.resolve("no-such-host.invalid", 80) for _ in range(3)), return_exceptions=True
    )

    assert all(isinstance(result, socket.gaierror) for result in results)
    assert not resolver._lookups


async def test_one_who_leaves_does_not_disturb_the_others() -> None:
    resolver = Resolver()
    async with asyncio.TaskGroup() as group:
        leaving = group.create_task(resolver.resolve("localhost", 80))
        staying = group.create_task(resolver.resolve("localhost", 80))
        await asyncio.sleep(0)
        leaving.cancel()

    assert leaving.cancelled()
    assert staying.result()


async def test_too_many_lookups_at_once_are_refused() -> None:
    resolver = Resolver()
    never = asyncio.get_running_loop().create_future()
    resolver._lookups = {(f"host{n}", 80): never for n in range(MAX_LOOKUPS)}

    with pytest.raises(TooManyLookupsError):
        await resolver.resolve("one-more.invalid", 80)
