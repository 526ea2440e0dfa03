"""A whole backend that prints each event as a line of JSON; ``... FOLDER URL URL``.

For tests that put it where no client of theirs can reach it. It checks each URL every 5 seconds,
and a single failure that counts opens an incident.
"""

import asyncio
import json
import sys
from pathlib import Path

import httpx

from backend.config import Settings
from backend.logs import log_to_stderr
from backend.main import backend

TOKEN = "the-token-of-this-test"


async def main(folder: Path, urls: list[str]) -> None:
    """Serve until killed."""
    async with backend(Settings(folder, token=TOKEN)) as serving:
        serving.bus.subscribe(
            lambda event: print(json.dumps({"event": event.event} | event.to_wire()), flush=True)
        )
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(trust_env=False, headers=headers) as rest:
            for url in urls:
                draft = {
                    "name": url,
                    "url": url,
                    "checkInterval": 5,
                    "timeoutThreshold": 1000,
                    "failureThreshold": 1,
                }
                answer = await rest.post(f"{serving.url}/api/endpoints", json=draft)
                answer.raise_for_status()
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    log_to_stderr()
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2:]))
