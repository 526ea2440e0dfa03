"""Named secrets over a real backend: made, used, replaced and deleted from the preferences."""

from collections.abc import AsyncIterator

import pytest

from app.presenters.editing import EditingPresenter
from app.presenters.secrets import SecretsPresenter
from app.presenters.toasts import ToastsPresenter
from app.services.failures import RestFailure
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.secret_names import MADE_BODY, is_kept
from tests.app.services.conftest import Served
from tests.helpers.waiting import done
from widgets.main_window import MainWindow
from widgets.pages import Page
from widgets.secrets_card import SecretsCard


@pytest.fixture
async def card(window: MainWindow, served: Served, tasks: TaskOwner) -> AsyncIterator[SecretsCard]:
    """The card of a window that is wired as the composition root wires it."""
    page = window.preferences
    toasts = ToastsPresenter(window.toasts, Store(lambda: 0), print)
    presenter = SecretsPresenter(page.secrets, served.rest, tasks, toasts)
    page.shown.connect(presenter.load)
    page.secrets.put_requested.connect(presenter.put)
    page.secrets.delete_requested.connect(presenter.delete)
    window.show()
    window.show_page(Page.PREFERENCES)
    await done(tasks)
    yield page.secrets
    del presenter  # a signal does not keep it


async def add(card: SecretsCard, tasks: TaskOwner, name: str, value: str) -> None:
    """Add a secret by the card's form."""
    card.open_form()
    card.name.setText(name)
    card.value.line.setText(value)
    card.save_button.click()
    await done(tasks)


async def test_one_is_made_replaced_and_deleted(
    card: SecretsCard, served: Served, tasks: TaskOwner, window: MainWindow
) -> None:
    assert card.items == ()
    await add(card, tasks, "pin", "s3cret")
    assert not card.is_adding
    (pin,) = card.items
    assert pin.said == "Not used"
    draft = {"name": "shop", "url": "http://127.0.0.1:9/", "body": {"a": "{{secret:pin}}"}}
    assert not isinstance(await served.rest.create(draft), RestFailure)
    pin.replace_button.click()
    pin.value.line.setText("other")
    pin.value.edited.emit()
    pin.save_button.click()
    await done(tasks)
    assert pin.said == "Used by shop"
    assert pin.value.value() == ""
    pin.delete_button.click()
    pin.confirm_button.click()
    await done(tasks)
    assert card.items == ()
    answer = await served.rest.secrets()
    assert not isinstance(answer, RestFailure)
    assert answer.data == ()


async def test_what_vigil_named_by_itself_is_not_listed(
    card: SecretsCard, served: Served, tasks: TaskOwner, window: MainWindow
) -> None:
    """A body kept secret in the form is a secret of its own, which the form shows as such."""
    editing = EditingPresenter(window, served.rest, Store(lambda: 0), tasks)
    window.form.submitted.connect(editing.save)
    editing.add()
    window.form.suggest_url("http://127.0.0.1:9/")
    body = window.form._editors.body
    body.text.setPlainText('{"pin": 1234}')
    body.secret.click()
    window.form.submit()
    await done(tasks)
    page = await served.rest.endpoints()
    assert not isinstance(page, RestFailure)
    (shop,) = page.data
    assert is_kept(shop.body, MADE_BODY)
    await add(card, tasks, "pin", "1")
    assert [it.accessibleName() for it in card.items] == ["pin, Not used"]


async def test_what_goes_wrong_is_said_and_what_was_typed_stays(
    card: SecretsCard, tasks: TaskOwner, served: Served
) -> None:
    await served.rest.aclose()
    await add(card, tasks, "pin", "s3cret")
    assert card.trouble
    assert card.is_adding
    assert card.value.value() == "s3cret"


async def test_one_that_somebody_else_deleted_leaves_the_list(
    card: SecretsCard, tasks: TaskOwner, served: Served
) -> None:
    await add(card, tasks, "pin", "1")
    await served.rest.delete_secret("pin")
    card.items[0].delete_button.click()
    card.items[0].confirm_button.click()
    await done(tasks)
    assert card.items == ()
    assert card.trouble == ""
