"""Closes a listening server of asyncio so that nothing of it is left when the loop ends."""

import asyncio

_TURNS = 4
"""Of the loop, from accepting a connection until its handler runs, and one more."""


async def accept_no_more(server: asyncio.Server) -> None:
    """Close a server, and see every connection it took until then handed to its handler.

    What was accepted in this very turn would otherwise turn up after the caller has ended all the
    connections it knows of, or be lost by the loop, its socket open, since its server is closed.
    """
    loop = asyncio.get_running_loop()
    for listening in server.sockets:
        loop.remove_reader(listening.fileno())
    for _ in range(_TURNS):
        await asyncio.sleep(0)
    server.close()
