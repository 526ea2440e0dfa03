"""A server elsewhere: asks for its token, says what keeps us out, and what the token allows.

Wired by the composition root where the desktop joins one; told by the line's remote server.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.presenters.toasts import ToastsPresenter
from app.services.remote import Obstacle, RemoteServer, Trouble
from app.state.link import LinkState, Phase
from backend.contract.vocabulary import TokenScope
from widgets.main_window import MainWindow

translate = QCoreApplication.translate


class ServerPresenter:
    """What is special about a server that is not ours.

    Args:
        window: Asks and says.
        server: The line's source; ``None`` where the backend is our own: then all is allowed.
        name: Of the server, as ``vigil.example:8443``.
        toasts: Say that something may not be done.
        has_data: Says whether there are data, that can be old.
        fail: Says in every list why there are no data; "" takes it away.
        explain: Says it beside the age of the data, with words for the way on.
    """

    def __init__(
        self,
        window: MainWindow,
        server: RemoteServer | None,
        name: str,
        toasts: ToastsPresenter,
        *,
        has_data: Callable[[], bool],
        fail: Callable[[str], None],
        explain: Callable[[str, str], None],
    ) -> None:
        self._window, self._server, self._name = window, server, name
        self._has_data = has_data
        self._toasts, self._fail, self._explain = toasts, fail, explain
        self._scope: TokenScope | None = None
        self._trouble: Trouble | None = None
        if server is None:
            return
        window.header.light.show_server(name)
        window.notifications.say_elsewhere()
        window.preferences.say_elsewhere(name)
        window.sheets.channel_form.then(lambda form: form.say_elsewhere())
        window.sheets.token.then(lambda sheet: sheet.submitted.connect(server.use_token))
        server.troubled.add(self._on_trouble)
        server.allowed.add(self._on_allowed)

    @property
    def may_write(self) -> bool:
        """Whether commands are of use."""
        return self._scope is not TokenScope.READ

    def guarded(self, act: Callable[..., None]) -> Callable[..., None]:
        """Return what does something where it may be done, and else says that it may not."""

        def act_or_say(*given: object) -> None:
            if self.may_write:
                act(*given)
            else:
                self._toasts.say("info", only_reads())

        return act_or_say

    def on_link(self, state: LinkState) -> None:
        """Take the sentence away when the line stands; say one when it never did."""
        if state.phase is Phase.CONNECTED:
            self._fail("")
            self._explain("", "")
        elif state.phase is Phase.GIVEN_UP and not self._trouble and not self._has_data():
            words = translate("presenters", "{server} does not answer.")
            self._fail(words.format(server=self._name))

    def retell(self) -> None:
        """Say everything again in another language."""
        if not self.may_write:
            self._window.read_only.hold(only_reads())
        if self._trouble is not None:
            self._show(self._trouble)

    def _on_allowed(self, scope: TokenScope) -> None:
        if scope is self._scope:
            return
        before, self._scope = self._scope, scope
        self._window.header.light.show_server(self._name, self.may_write)
        if before is not None or not self.may_write:
            self._window.read_only.hold("" if self.may_write else only_reads())

    def _on_trouble(self, trouble: Trouble | None) -> None:
        if trouble is None:
            if self._trouble is not None:
                self._fail("")
                self._explain("", "")
        else:
            self._show(trouble)
            if trouble.wants_token:
                refused = trouble.obstacle is Obstacle.TOKEN_REFUSED
                self._window.token_sheet.open_for(self._name, refused)
        self._trouble = trouble

    def _show(self, trouble: Trouble) -> None:
        sentence = sentence_of(trouble, self._name)
        way_on = translate("presenters", "Enter a token") if trouble.wants_token else ""
        if self._has_data():
            self._explain(sentence, way_on)
        else:
            self._fail(sentence)
            self._explain("", way_on)


def only_reads() -> str:
    """Return why nothing can be changed."""
    return translate("presenters", "This token may only read.")


def sentence_of(trouble: Trouble, name: str) -> str:
    """Return one sentence on what keeps us out, with a way on."""
    match trouble.obstacle:
        case Obstacle.TOKEN_MISSING:
            words = translate("presenters", "{server} wants a token.")
        case Obstacle.TOKEN_REFUSED:
            words = translate(
                "presenters", "{server} does not take the token any more: another one is needed."
            )
        case Obstacle.UNTRUSTED:
            words = translate(
                "presenters",
                "The certificate of {server} is not trusted ({detail}). Start Vigil with --ca FILE "
                "if an authority of your own has issued it.",
            )
        case Obstacle.NAME_REFUSED:
            words = translate(
                "presenters",
                "The server does not answer to the name {server}: --allow-host there lets it.",
            )
        case Obstacle.AUTHORITY_UNUSABLE:
            words = translate(
                "presenters", "The file given with --ca holds no certificate of an authority."
            )
    return words.format(server=name, detail=trouble.detail)
