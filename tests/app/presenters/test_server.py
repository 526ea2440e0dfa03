"""What the window says of a server elsewhere: who it is, what keeps us out, what may be done."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.presenters.server import ServerPresenter, sentence_of
from app.presenters.toasts import ToastsPresenter
from app.services.remote import Obstacle, RemoteServer, Trouble
from app.state.link import LinkState, Phase
from app.state.store import Store
from backend.contract.vocabulary import TokenScope
from widgets.furniture import furnish
from widgets.main_window import MainWindow
from widgets.style.palette import Theme

NAME = "vigil.example:8443"


class NoPocket:
    """Keeps no token."""

    async def get(self) -> str | None:
        return None

    async def put(self, token: str) -> None:
        pass

    async def drop(self) -> None:
        pass


@dataclass
class Shown:
    """The presenter, and what it had shown."""

    window: MainWindow
    server: RemoteServer
    presenter: ServerPresenter
    has_data: list[bool]
    failures: list[str] = field(default_factory=list)
    explained: list[tuple[str, str]] = field(default_factory=list)


@pytest_asyncio.fixture
async def shown(qtbot: QtBot) -> AsyncIterator[Shown]:
    """A window that joined a server nobody has heard of yet."""
    window = furnish(MainWindow(Theme()))
    qtbot.addWidget(window)
    window.show()
    server = RemoteServer(f"https://{NAME}", NoPocket(), Path("ca.pem"))
    has_data, failures, explained = [False], [], []
    presenter = ServerPresenter(
        window,
        server,
        NAME,
        ToastsPresenter(window.toasts, Store(lambda: 0), lambda _: None),
        has_data=lambda: has_data[0],
        fail=failures.append,
        explain=lambda why, way_on: explained.append((why, way_on)),
    )
    yield Shown(window, server, presenter, has_data, failures, explained)
    await server.aclose()


@pytest.mark.parametrize("obstacle", list(Obstacle))
async def test_every_obstacle_has_a_sentence_of_its_own(obstacle: Obstacle) -> None:
    sentences = {sentence_of(Trouble(each, "why"), NAME) for each in Obstacle}
    assert len(sentences) == len(Obstacle)
    assert "{" not in sentence_of(Trouble(obstacle, "why"), NAME)


async def test_a_token_is_asked_for_and_handed_to_the_server(shown: Shown) -> None:
    shown.server.troubled.tell(Trouble(Obstacle.TOKEN_MISSING))
    assert shown.window.token_sheet.is_open
    assert shown.failures == [f"{NAME} wants a token."]
    assert shown.explained == [("", "Enter a token")]


async def test_data_that_are_there_stay_when_the_token_is_refused(shown: Shown) -> None:
    shown.has_data[0] = True
    shown.server.troubled.tell(Trouble(Obstacle.TOKEN_REFUSED))
    assert shown.failures == []
    assert shown.explained[-1][1] == "Enter a token"
    assert "any more" in shown.window.token_sheet.words


async def test_a_certificate_that_is_not_trusted_asks_for_no_token(shown: Shown) -> None:
    shown.server.troubled.tell(Trouble(Obstacle.UNTRUSTED, "self-signed certificate"))
    assert not shown.window.token_sheet.is_open
    assert "self-signed certificate" in shown.failures[-1]
    assert "--ca" in shown.failures[-1]
    shown.server.troubled.tell(None)
    assert (shown.failures[-1], shown.explained[-1]) == ("", ("", ""))


async def test_a_server_that_never_answers_is_named(shown: Shown) -> None:
    shown.presenter.on_link(LinkState(Phase.GIVEN_UP, 10))
    assert shown.failures == [f"{NAME} does not answer."]


async def test_an_obstacle_is_not_talked_over_by_the_light(shown: Shown) -> None:
    shown.server.troubled.tell(Trouble(Obstacle.UNTRUSTED, "expired"))
    shown.presenter.on_link(LinkState(Phase.GIVEN_UP, 10))
    assert "expired" in shown.failures[-1]


async def test_the_light_names_the_server_and_what_may_be_done(shown: Shown) -> None:
    light, did = shown.window.header.light, []
    act = shown.presenter.guarded(lambda: did.append(1))
    assert f"Server: {NAME}" in light.toolTip()
    act()
    shown.server.allowed.tell(TokenScope.READ)
    act()
    assert (did, shown.window.read_only.reason) == ([1], "This token may only read.")
    assert "This token may only read." in light.toolTip()
    shown.server.allowed.tell(TokenScope.WRITE)
    act()
    assert (did, shown.window.read_only.reason) == ([1, 1], "")
    assert "may only read" not in light.toolTip()


async def test_it_does_not_say_that_secrets_are_on_this_computer(shown: Shown) -> None:
    texts = [each.text() for each in shown.window.notifications.findChildren(QLabel)]
    assert any("kept on the server" in text for text in texts)
    assert not any("this computer's keyring" in text for text in texts)
