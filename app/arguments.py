"""What can be said on the desktop's command line, and what of it makes no sense.

Read by the entry point alone; imports nothing slow.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app.host.build import this_build

PAGES = (
    "dashboard",
    "endpoints",
    "endpoint",
    "incidents",
    "statistics",
    "notifications",
    "preferences",
    "first-run",
)
_DEFAULT_AFTER_S = 5.0
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, slots=True)
class Arguments:
    """The command line.

    Attributes:
        data_dir: the profile; None for the usual one.
        minimized: start in the tray, or minimized where there is none.
        demo: show sample endpoints in a throw-away profile.
        language: en or ko against the preferences; None for those.
        theme: light or dark against the preferences; None for those.
        page: which page to open; None for the one it was closed on.
        screenshot: save a picture of the window there, then end.
        after_s: seconds from the first paint to the picture.
        connect: the server to join, ``https://HOST[:PORT]``; None to start a backend.
        authority: whom to trust there instead of the system's authorities.
    """

    data_dir: Path | None
    minimized: bool
    demo: bool
    language: str | None
    theme: str | None
    page: str | None
    screenshot: Path | None
    after_s: float
    connect: str | None = None
    authority: Path | None = None

    @property
    def server(self) -> str:
        """The name of the server joined, "" for a backend of its own: ``vigil.example:8443``."""
        return urlsplit(self.connect).netloc if self.connect else ""

    @property
    def joins(self) -> tuple[str, ...]:
        """What of the command line makes it join that server."""
        if self.connect is None:
            return ()
        ca = () if self.authority is None else ("--ca", str(self.authority))
        return ("--connect", self.connect, *ca)


def parse(arguments: Sequence[str]) -> Arguments:
    """Read a command line; what is wrong with it ends the program with code 2."""
    parser = _parser()
    said = parser.parse_args(arguments)
    if said.demo and said.data_dir is not None:
        parser.error("--demo has a throw-away profile of its own: leave --data-dir out")
    if said.demo and said.connect is not None:
        parser.error("--demo has a backend of its own: leave --connect out")
    if said.ca is not None and said.connect is None:
        parser.error("--ca needs --connect")
    if said.screenshot is None and said.after is not None:
        parser.error("--after needs --screenshot")
    if said.screenshot is not None and said.minimized:
        parser.error("--screenshot needs a window: leave --minimized out")
    return Arguments(
        data_dir=said.data_dir,
        minimized=said.minimized,
        demo=said.demo,
        language=said.lang,
        theme=said.theme,
        page=said.page,
        screenshot=said.screenshot,
        after_s=_DEFAULT_AFTER_S if said.after is None else said.after,
        connect=said.connect,
        authority=said.ca,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vigil", description="Tells you which of your APIs is up, slow or down."
    )
    parser.add_argument("--version", action="version", version=f"Vigil {this_build()}")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where everything is kept")
    parser.add_argument("--minimized", action="store_true", help="start in the tray")
    parser.add_argument(
        "--demo", action="store_true", help="show sample endpoints, keep nothing of them"
    )
    parser.add_argument(
        "--connect", type=_server, metavar="URL", help="join a server: https://HOST[:PORT]"
    )
    parser.add_argument(
        "--ca", type=_file, metavar="FILE", help="trust this authority there (PEM), no other"
    )
    parser.add_argument("--lang", choices=("ko", "en"), help="language of the window")
    parser.add_argument("--theme", choices=("light", "dark"), help="colours of the window")
    parser.add_argument("--page", type=_page, metavar="NAME", help=", ".join(PAGES))
    parser.add_argument(
        "--screenshot", type=_picture, metavar="FILE", help="save a picture (.png), then quit"
    )
    parser.add_argument(
        "--after",
        type=_seconds,
        metavar="SECONDS",
        help=f"from the first paint to the picture (default {_DEFAULT_AFTER_S:g})",
    )
    return parser


def _page(name: str) -> str:
    if name not in PAGES:
        raise argparse.ArgumentTypeError(f"no page {name!r}; there are {', '.join(PAGES)}")
    return name


def _picture(name: str) -> Path:
    path = Path(name)
    if path.suffix.lower() != ".png":
        raise argparse.ArgumentTypeError(f"{name!r} must end in .png")
    if not path.absolute().parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {str(path.parent)!r}")
    return path


def _server(text: str) -> str:
    """Return a server's URL by the letter; without TLS only on this computer itself."""
    try:
        told = urlsplit(text.lower())
        extra = told.path.strip("/") or told.query or told.fragment or told.username is not None
        usable = bool(told.hostname) and not extra and told.port != 0
    except ValueError:
        usable = False
    if not usable or told.scheme not in {"https", "http"}:
        raise argparse.ArgumentTypeError(f"{text!r} is no https://HOST[:PORT]")
    if told.scheme == "http" and told.hostname not in _LOOPBACK:
        raise argparse.ArgumentTypeError(f"{text!r} would send the token in clear: use https://")
    return f"{told.scheme}://{told.netloc}"


def _file(name: str) -> Path:
    path = Path(name).absolute()
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {name!r}")
    return path


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 3600:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 0 to 3600")
    return seconds
