"""The named secrets: shown in the preferences, put and deleted over REST.

Wired by the composition root to the card and to its page. Values pass through here on their way
to the backend and are kept nowhere.
"""

from PySide6.QtCore import QCoreApplication

from app.presenters.editing import sentence
from app.presenters.toasts import ToastsPresenter, why
from app.services.failures import NotFound, Rejected, RestFailure
from app.services.rest import Rest
from app.tasks import TaskOwner
from backend.contract.secret_names import MADE
from backend.contract.secrets import SecretsView
from widgets.secret_item import SecretRow
from widgets.secrets_card import SecretsCard

translate = QCoreApplication.translate


class SecretsPresenter:
    """What the secrets card shows and does.

    Args:
        card: Shows them and emits what is to become of them.
        rest: Keeps and deletes them.
        tasks: Owns the questions.
        toasts: Say what was done.
    """

    def __init__(
        self, card: SecretsCard, rest: Rest, tasks: TaskOwner, toasts: ToastsPresenter
    ) -> None:
        self._card, self._rest, self._tasks, self._toasts = card, rest, tasks, toasts

    def load(self) -> None:
        """Ask which there are; called when the page comes on the screen."""
        self._tasks.spawn(self._load(), "ask which secrets there are")

    def put(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        self._tasks.spawn(self._put(name, value), "keep a secret")

    def delete(self, name: str) -> None:
        """Forget a secret."""
        self._tasks.spawn(self._delete(name), "delete a secret")

    async def _load(self) -> None:
        answer = await self._rest.secrets()
        if isinstance(answer, RestFailure):
            self._card.show_trouble(_words(answer))
        else:
            self._card.show_rows(rows_of(answer))

    async def _put(self, name: str, value: str) -> None:
        answer = await self._rest.put_secret(name, value)
        if isinstance(answer, RestFailure):
            self._card.show_trouble(_words(answer))
            return
        self._card.saved(name)
        words = translate("presenters", "The secret {name} is kept")
        self._toasts.say("success", words.format(name=name))
        await self._load()

    async def _delete(self, name: str) -> None:
        answer = await self._rest.delete_secret(name)
        if isinstance(answer, RestFailure) and not isinstance(answer, NotFound):
            self._card.show_trouble(_words(answer))
            return
        words = translate("presenters", "The secret {name} was deleted")
        self._toasts.say("info", words.format(name=name))
        await self._load()


def rows_of(view: SecretsView) -> tuple[SecretRow, ...]:
    """Return the secrets that people named, as they are shown."""
    return tuple(
        SecretRow(each.name, tuple(user.name for user in each.used_by), each.uses)
        for each in view.data
        if not each.name.startswith(MADE)
    )


def _words(failure: RestFailure) -> str:
    if isinstance(failure, Rejected):
        return "\n".join(sentence(message) for message in failure.messages)
    return why(failure)
