"""A keyring in memory, behind the door of the library's own; tests reach nobody's real one."""

import threading

from keyring.backend import KeyringBackend


class MemoryKeyring(KeyringBackend):
    """Keeps passwords in a dictionary.

    Attributes:
        kept: values by service and name.
        refuses: raised by every call, where it is set.
        asked: set by the first call.
        lets_go: a call waits until this is set.
        most: a longer value is cut without a word, as some keyrings do.
    """

    priority = 5.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.refuses: Exception | None = None
        self.asked, self.lets_go = threading.Event(), threading.Event()
        self.lets_go.set()
        self.most = 10_000
        self.calls = 0

    def get_password(self, service: str, username: str) -> str | None:
        self._begin()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._begin()
        self.kept[service, username] = password[: self.most]

    def delete_password(self, service: str, username: str) -> None:
        self._begin()
        del self.kept[service, username]

    def _begin(self) -> None:
        self.calls += 1
        self.asked.set()
        self.lets_go.wait(30)
        if self.refuses is not None:
            raise self.refuses
