"""The backend's entry: arguments in, an exit code out, and in between what may end it.

Started by the desktop as a child, or by a person without a window. Light on purpose: the heavy
part is loaded once signals and the end of standard input are heard.
"""

import argparse
import asyncio
import contextlib
import gc
import importlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import Final, NoReturn

from backend.arguments import forbids_private, parser_of_serving, what_makes_no_sense
from backend.cli.terminal import COMMANDS
from backend.sparing import BACKEND, sparing

if sys.platform != "win32":
    import uvloop

STOP_WITHIN_S: Final = 4.5
"""What still holds on then (a name server that never answers, a dead disk) is left behind."""


def run() -> NoReturn:
    """Run the backend of this process's command line, and exit."""
    os.umask(0o077)  # what a library writes is nobody else's either
    said = sys.argv[1:]
    if not said or said[0] not in COMMANDS:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: sys.exit(0))  # until the loop hears them
    sys.exit(main(said))


def main(arguments: Sequence[str]) -> int:
    """Run a command, or the backend where there is none, and return the exit code."""
    if arguments and arguments[0] in COMMANDS:
        # Loaded only now: see the top of this file.
        from backend.cli.run import run_command  # noqa: PLC0415

        return run_command(arguments)
    if arguments and arguments[0] == "serve":
        arguments = arguments[1:]
    parser = parser_of_serving()
    options = parser.parse_args(arguments)
    if wrong := what_makes_no_sense(options):
        parser.error(wrong)
    token, parent = None, None
    if options.token_stdin:
        # Before the token is there: who starts us early sends it when we may begin.
        parent = _Parent()
        load()
        token = parent.token()
        if not token:
            parser.error("the first line of standard input holds no token")
    with asyncio.Runner(loop_factory=loop_factory(audited=forbids_private(options))) as runner:
        return runner.run(_serve_until_stopped(options, token, parent))


LoopFactory = Callable[[], asyncio.AbstractEventLoop]


def loop_factory(*, audited: bool) -> LoopFactory:
    """Return what makes the loop: uvloop where there is one, else asyncio's own.

    Args:
        audited: the interpreter is to tell of every connect (:mod:`backend.checks.reach`). uvloop
            connects by itself, past the interpreter.
    """
    if audited or sys.platform == "win32":
        return asyncio.new_event_loop
    return uvloop.new_event_loop


async def _serve_until_stopped(
    options: argparse.Namespace, token: str | None, parent: "_Parent | None"
) -> int:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    _on_signals(loop, stopped.set)
    if parent is not None:
        parent.leave = lambda: loop.call_soon_threadsafe(stopped.set)
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(_serve(options, token), name="the backend")
        watching = group.create_task(stopped.wait(), name="wait for the end")
        await asyncio.wait({serving, watching}, return_when=asyncio.FIRST_COMPLETED)
        if not serving.done():
            _leave_anyway_after(STOP_WITHIN_S)
        serving.cancel()
        watching.cancel()
    return 0 if serving.cancelled() else serving.result()


async def _serve(options: argparse.Namespace, token: str | None) -> int:
    # Loaded only now: see the top of this file.
    load()
    from backend.lifetime import Binding, Kept, Settings, serve  # noqa: PLC0415

    # What is loaded stays for good: looking through all of it again and again for garbage would
    # stop the loop for some 0.1 s each time a large answer was read.
    gc.freeze()
    binding = None
    if options.bind is not None:
        address, port = options.bind
        binding = Binding(
            address=address,
            port=options.port if port is None else port,
            tls_cert=options.tls_cert,
            tls_key=options.tls_key,
            token_file=options.token_file,
            hosts=tuple(options.allow_host),
        )
    return await serve(
        Settings(
            data_dir=options.data_dir,
            port=options.port,
            token=token,
            token_file=options.token_file if binding is None else None,
            binding=binding,
            allowed_origins=tuple(options.allow_origin),
            keyring=options.keyring,
            forbids_private=forbids_private(options),
            allowed_networks=tuple(options.allow_network),
            kept=Kept(options.keep_checks, options.keep_minutes, options.keep_hours),
        )
    )


def load() -> None:
    """Load all that serves, without what it would load for others only."""
    with sparing(BACKEND):
        importlib.import_module("backend.lifetime")


class _Parent:
    """Who started us: sends the token as the first line of standard input, and ends it by going.

    Attributes:
        leave: called in a thread of its own once it is gone; until that is set, the process ends.
    """

    def __init__(self) -> None:
        self.leave: Callable[[], object] = lambda: os._exit(0)
        self._token: SimpleQueue[str] = SimpleQueue()
        threading.Thread(target=self._listen, name="standard input", daemon=True).start()

    def token(self) -> str:
        """Wait for the token; "" if the first line holds none."""
        return self._token.get()

    def _listen(self) -> None:
        said, is_told = b"", False
        with contextlib.suppress(OSError):  # there is no standard input
            # Past Python's own buffer, whose lock would be missed when the interpreter ends.
            while chunk := os.read(0, 4096):
                if not is_told:
                    said += chunk
                    if is_told := b"\n" in said:
                        line, _, said = said.partition(b"\n")
                        self._token.put(line.decode("utf-8", errors="replace").strip())
        self.leave()


def _on_signals(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
        else:
            loop.add_signal_handler(number, stop)


def _leave_anyway_after(seconds: float) -> None:
    def leave() -> None:
        os.write(2, b"vigil-backend: something would not stop; leaving anyway\n")
        os._exit(0)

    timer = threading.Timer(seconds, leave)
    timer.daemon = True
    timer.start()


if __name__ == "__main__":
    run()
