"""Says why there are no new data, and in a sentence why the program cannot work.

In the lists where they would be empty; over them where they still show what is known.

Told by the composition root when the backend is given up and how the line stands.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.host.paths import Paths
from app.services.backend_process import BackendFailure, BackendTrouble
from app.state.link import LinkState, Phase

_EXIT_CODES = {BackendTrouble.DIRECTORY_UNUSABLE: 3, BackendTrouble.NEWER_DATABASE: 4}

_LAST_WORDS = 3
"""So many lines of what the backend said last are shown."""

translate = QCoreApplication.translate


class TroublePresenter:
    """Why there are no data.

    Args:
        paths: Where data and logs are.
        show: Shows a sentence in every list; "" when data can be had.
        explain: Shows a sentence beside the age of the data that are there; "" takes it away.
        refuse: Takes a sentence and an exit code when the program cannot work here at all.
    """

    def __init__(
        self,
        paths: Paths,
        show: Callable[[str], None],
        explain: Callable[[str], None],
        refuse: Callable[[str, int], None],
    ) -> None:
        self._paths, self._show, self._explain, self._refuse = paths, show, explain, refuse
        self._is_told = False

    def on_failure(self, failure: BackendFailure, has_data: bool) -> None:
        """Say why the backend was given up; data that are there stay to be seen."""
        self._is_told = True
        sentence = sentence_of(failure, self._paths)
        code = _EXIT_CODES.get(failure.trouble)
        if code is not None:
            self._refuse(sentence, code)
        elif has_data:
            self._explain(sentence)
        else:
            self._show(sentence)

    def on_hang(self, hangs: bool, has_data: bool) -> None:
        """Say that the backend lives and does not answer, or that this is over."""
        if self._is_told:
            return
        say = self._explain if has_data else self._show
        say(
            translate(
                "presenters",
                "The backend is running but does not answer. After a minute it is restarted.",
            )
            if hangs
            else ""
        )

    def on_link(self, state: LinkState, has_data: bool) -> None:
        """Take the sentence away when the line stands; say one when it never did."""
        if state.phase is Phase.CONNECTED:
            self._is_told = False
            self._show("")
            self._explain("")
        elif state.phase is Phase.GIVEN_UP and not has_data and not self._is_told:
            self._show(translate("presenters", "The backend does not answer."))


def sentence_of(failure: BackendFailure, paths: Paths) -> str:
    """Return one sentence on why the backend was given up; below it what a crash left behind."""
    match failure.trouble:
        case BackendTrouble.DIRECTORY_UNUSABLE:
            words = translate(
                "presenters", "{folder} is in use by another Vigil backend or cannot be written."
            )
        case BackendTrouble.NEWER_DATABASE:
            words = translate(
                "presenters",
                "The data in {folder} are of a newer Vigil. Install that version to see them.",
            )
        case BackendTrouble.CRASHED | BackendTrouble.WRONG_ARGUMENTS:
            words = translate(
                "presenters",
                "The backend stopped and cannot be restarted.",
            )
    sentence = words.format(folder=paths.data_dir)
    if failure.trouble in _EXIT_CODES:
        return sentence
    # A line of its own: at the sentence's end a folder is the first to be cut off.
    log = translate("presenters", "Its log is in {logs}").format(logs=paths.logs)
    return "\n".join((sentence, *failure.last_lines[-_LAST_WORDS:], log))
