"""Who asked for it is told once of a newer version; nobody else is, and nothing is fetched."""

import asyncio
import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.host import build
from app.host.build import Build
from app.host.language import Language
from app.presenters.toasts import ToastsPresenter
from app.presenters.updates import UpdatesPresenter
from app.state.store import Store
from app.tasks import TaskOwner
from resources.packaging.manifest import signed
from tests.helpers.target_server import Answer, running_target
from widgets.main_window import MainWindow

KEY = Ed25519PrivateKey.generate()
PUBLIC = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
PAGE = "https://vigil.example/new"


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def toasts(window: MainWindow) -> ToastsPresenter:
    return ToastsPresenter(window.toasts, Store(lambda: 0), lambda _: None)


async def shown(window: MainWindow, count: int) -> None:
    async with asyncio.timeout(10):
        while True:
            if len(window.toasts.toasts()) >= count:
                return
            await asyncio.sleep(0.02)  # a stack of toasts does not say that it grew


async def test_a_newer_version_is_told_and_its_page_opened_on_request(
    window: MainWindow, qapp, toasts: ToastsPresenter, opened: list[str]
) -> None:
    Language(qapp).use("en")
    tasks = TaskOwner("test")
    async with running_target() as server:
        server.answer = Answer(body=signed(KEY, "9.0.0", PAGE).encode())
        build = Build("0.1.0", "", server.url, PUBLIC)
        presenter = UpdatesPresenter(build, toasts, tasks, opened.append)
        presenter.use(wanted=True)
        await shown(window, 1)
        (toast,) = window.toasts.toasts()
        assert toast.title == "Vigil 9.0.0 is available"
        ((words, act),) = toast.actions
        assert words == "Show"
        act()
        assert opened == [PAGE]
        hits = server.hits
        presenter.use(wanted=False)
        presenter.use(wanted=True)
        await server.wait_for_hits(hits + 1)
        await asyncio.to_thread(lambda: None)
        assert len(window.toasts.toasts()) == 1, "once for each version"
    await tasks.aclose()


async def test_nobody_is_asked_by_default_nor_by_a_build_that_knows_no_place(
    window: MainWindow, toasts: ToastsPresenter, opened: list[str]
) -> None:
    tasks = TaskOwner("test")
    UpdatesPresenter(Build("0.1.0"), toasts, tasks, opened.append).use(wanted=True)
    UpdatesPresenter(
        Build("0.1.0", "", "http://127.0.0.1:9/", PUBLIC), toasts, tasks, opened.append
    ).use(wanted=False)
    assert tasks.names == []
    await tasks.aclose()


def test_a_checkout_has_no_stamp_and_a_bundle_says_its_commit() -> None:
    assert build.this_build() == Build()
    assert str(Build("0.1.0", "1a2b3c")) == "0.1.0 (1a2b3c)"
    assert str(Build("0.1.0")) == "0.1.0"
