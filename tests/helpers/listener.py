"""Closes a listening server of asyncio so that nothing of it is left when the loop ends."""

import asyncio

_TURNS = 3
"""Of the loop, from accepting a connection until its handler runs."""


async def accept_no_more(server: asyncio.Server) -> None:
    """Close a server, and see every connection it took until then handed to its handler.

    What was accepted in this very turn would otherwise turn up after the caller has ended all the
    connections it knows of, and stay open.
    """
    server.close()
    for _ in range(_TURNS):
        await asyncio.sleep(0)
