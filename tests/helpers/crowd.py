"""A process full of hostile servers, so that their work is not that of the test that watches.

`python -m tests.helpers.crowd` prints their ports as one JSON line and serves until its standard
input closes.
"""

import asyncio
import json
import sys
from contextlib import AsyncExitStack

from tests.helpers.odd_answers import bomb, hostile_crowd
from tests.helpers.raw_server import answering, raw_server


async def main() -> None:
    """Serve."""
    async with AsyncExitStack() as servers:
        handlers = [*hostile_crowd(), answering(bomb()), answering(hang=True)]
        ports = [await servers.enter_async_context(raw_server(it)) for it in handlers]
        print(json.dumps(ports), flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
