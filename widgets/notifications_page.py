"""The notifications page: the channels alerts go to, and the log of what became of them.

The window owns it; the notifications presenter fills it and carries out what it asks for.
"""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets import parts
from widgets.channel_list import ChannelList
from widgets.channel_roles import ChannelRow
from widgets.delivery_log import DeliveryLog
from widgets.pages import ViewState
from widgets.read_only import writes
from widgets.state_stack import StateStack, StateWords
from widgets.style.palette import Theme
from widgets.style.tokens import Space

_HEAD = 34
"""Height of the head above the channels, with its button and without."""

_LEAST_CHANNELS, _LEAST_LOG = 200, 150


class NotificationsPage(QWidget):
    """Channels above, deliveries below.

    Signals:
        add_requested: Open the form for a new channel.
        opened: Show this endpoint (its id).
        retry_requested: Load again.

    Attributes:
        channels: The list of channels; it tells what is asked of each.
        log: The delivery log.
        channel_states, log_states: What is said where there are none.
    """

    add_requested = Signal()
    opened = Signal(str)
    retry_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.channels, self.log = ChannelList(theme), DeliveryLog(theme)
        self.channel_states = StateStack(self.channels, self._channel_words)
        self.log_states = StateStack(self.log, self._log_words)
        self._channels_title, self._log_title = parts.label("section"), parts.label("section")
        self._is_elsewhere = False
        self._place = parts.label("secondary", wrap=True)
        self.add_button = parts.IconButton(theme, "plus")
        writes(self.add_button)
        self._theme = theme
        self._lay_out()
        theme.changed.connect(self._measure)
        self._measure()
        self.add_button.clicked.connect(self.add_requested)
        self.log.opened.connect(self.opened)
        for states in (self.channel_states, self.log_states):
            states.chosen.connect(self._choose)
        self.show_state(ViewState.LOADING)
        self._set_texts()

    def say_elsewhere(self) -> None:
        """Say that what is secret is kept on a server, not on this computer."""
        self._is_elsewhere = True
        self._set_texts()

    def set_log(self, model: QAbstractItemModel) -> None:
        """Show the deliveries of a model."""
        self.log.set_model(model)
        self.log_states.follow(model)

    def show_channels(self, rows: Sequence[ChannelRow]) -> None:
        """Show these channels, and that there are data."""
        self.channels.show_rows(rows)
        self.channel_states.show_state(ViewState.NORMAL if rows else ViewState.EMPTY)
        self.log_states.show_state(ViewState.NORMAL)
        self.add_button.setVisible(bool(rows))

    def show_state(self, state: ViewState, detail: str = "") -> None:
        """Say in both parts that data are loading or could not be had."""
        self.channel_states.show_state(state, detail)
        self.log_states.show_state(state, detail)
        self.add_button.setVisible(state is ViewState.NORMAL)

    def _lay_out(self) -> None:
        channels, log = parts.card(), parts.card()
        head = QHBoxLayout()
        head.setContentsMargins(Space.GAP, 12, Space.GAP, 8)
        head.addWidget(self._channels_title, 1)
        head.addWidget(self.add_button)
        head.addStrut(_HEAD)
        above = QVBoxLayout(channels)
        above.setContentsMargins(1, 1, 1, 1)
        above.setSpacing(0)
        above.addLayout(head)
        above.addWidget(parts.rule())
        above.addWidget(self.channel_states, 1)
        above.addWidget(parts.rule())
        above.addWidget(self._place)
        self._place.setContentsMargins(Space.GAP, 10, Space.GAP, 10)
        self._log_title.setContentsMargins(Space.GAP, 14, Space.GAP, 4)
        below = QVBoxLayout(log)
        below.setContentsMargins(1, 1, 1, 6)
        below.setSpacing(0)
        below.addWidget(self._log_title)
        below.addWidget(self.log_states, 1)
        self._cards = channels, log
        content = QWidget()
        page = QVBoxLayout(content)
        page.setContentsMargins(Space.MARGIN, 4, Space.MARGIN, Space.MARGIN)
        page.setSpacing(Space.GAP)
        page.addWidget(channels, 1)
        page.addWidget(log, 1)
        parts.let_scroll(self, content)

    def _measure(self) -> None:
        """Leave room for two channels and two deliveries in text of any size."""
        for card, least in zip(self._cards, (_LEAST_CHANNELS, _LEAST_LOG), strict=True):
            card.setMinimumHeight(self._theme.px(least))

    def _choose(self, key: str) -> None:
        if key == "add":
            self.add_requested.emit()
        else:
            self.retry_requested.emit()

    def _channel_words(self, state: ViewState) -> StateWords:
        match state:
            case ViewState.LOADING:
                return StateWords(self.tr("Loading channels..."))
            case ViewState.ERROR:
                return StateWords(
                    self.tr("The channels could not be loaded."),
                    (("retry", self.tr("Try again")),),
                )
            case _:
                return StateWords(
                    self.tr("No channel yet: alerts are shown on this computer only."),
                    (("add", self.tr("Add channel")),),
                )

    def _log_words(self, state: ViewState) -> StateWords:
        match state:
            case ViewState.LOADING:
                return StateWords(self.tr("Loading the delivery log..."))
            case ViewState.ERROR:
                return StateWords(
                    self.tr("The delivery log could not be loaded."),
                    (("retry", self.tr("Try again")),),
                )
            case _:
                return StateWords(self.tr("Nothing has been sent so far."))

    def _set_texts(self) -> None:
        self._channels_title.setText(self.tr("Channels"))
        self._log_title.setText(self.tr("Delivery log"))
        self.add_button.setText(self.tr("Add channel"))
        self._place.setText(
            self.tr("Passwords and secret addresses are kept on the server, and never shown again.")
            if self._is_elsewhere
            else self.tr(
                "Passwords and secret addresses are kept in this computer's keyring, or where "
                "there is none in a file that only you can read. They are never shown again."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
