"""The head of the detail page: how the endpoint stands in one sentence, its address, buttons.

The detail page owns it and passes its intents on.
"""

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from widgets import incident_phrases, parts, phrases
from widgets.endpoint_detail import EndpointDetail
from widgets.flow import Flow
from widgets.parts import MarkLabel
from widgets.read_only import writes
from widgets.style.palette import Theme

_REFRESH_MS = 1000
_SENTENCE = 320
"""Less room than this for mark and sentence, at 100 % text, and the buttons stand below."""


class EndpointHead(QFrame):
    """Mark, sentence, address and what can be done.

    Signals:
        check_requested, pause_requested, edit_requested, delete_requested: A button was pressed.
        acknowledge_requested: So was the one that is there while an outage is not acknowledged.

    Attributes:
        acknowledge_button: That one.
    """

    check_requested = Signal()
    pause_requested = Signal()
    edit_requested = Signal()
    delete_requested = Signal()
    acknowledge_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._theme = theme
        self._detail: EndpointDetail | None = None
        self._mark = MarkLabel(theme, 22)
        self._sentence = parts.label("lead", wrap=True)
        self._address = parts.ElidedLabel("muted")
        self._address.setMinimumWidth(80)
        self.acknowledge_button = parts.button("primary")
        self._check = parts.IconButton(theme, "rotate-cw")
        self._pause = parts.IconButton(theme, "pause")
        self._edit = parts.IconButton(theme, "pencil")
        self._delete = parts.IconButton(theme, "trash-2", "danger")
        self.acknowledge_button.hide()
        writes(self.acknowledge_button, self._check, self._pause, self._edit, self._delete)
        self._buttons = (
            self.acknowledge_button,
            self._check,
            self._pause,
            self._edit,
            self._delete,
        )
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lay_out()
        theme.changed.connect(self._fit)
        self.acknowledge_button.clicked.connect(self.acknowledge_requested)
        self._check.clicked.connect(self.check_requested)
        self._pause.clicked.connect(self.pause_requested)
        self._edit.clicked.connect(self.edit_requested)
        self._delete.clicked.connect(self.delete_requested)
        # "Down for 4 min" grows while nothing else happens.
        self._tick = QTimer(self)
        self._tick.setInterval(_REFRESH_MS)
        self._tick.timeout.connect(self._show_sentence)
        self._set_texts()

    @property
    def sentence(self) -> str:
        """The one sentence."""
        return self._sentence.text()

    @property
    def address(self) -> str:
        """The muted line under it."""
        return self._address.text()

    def show_endpoint(self, detail: EndpointDetail) -> None:
        """Show an endpoint, or its new standing."""
        self._detail = detail
        self._set_texts()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._sentence)
        words.addWidget(self._address)
        told = QHBoxLayout()
        told.setSpacing(12)
        told.addWidget(self._mark)
        told.addLayout(words, 1)
        self._row.setContentsMargins(18, 16, 16, 16)
        self._row.setSpacing(8)
        self._row.addLayout(told, 1)
        self._row.addWidget(Flow(self._buttons, 8))

    def _fit(self) -> None:
        """Let the buttons stand under the sentence where it had no room beside them."""
        shown = [button for button in self._buttons if not button.isHidden()]
        taken = sum(button.sizeHint().width() + 8 for button in shown)
        beside = self.width() - taken >= self._theme.px(_SENTENCE)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._row.setSpacing(8 if beside else 12)

    def _show_sentence(self) -> None:
        told = self._detail
        if told is None:
            return
        self._sentence.setText(
            phrases.detail_sentence(
                told.status,
                told.paused,
                told.since,
                datetime.now(UTC),
                message=told.message,
                latency_ms=told.latency_ms,
            )
        )

    def _show_facts(self, told: EndpointDetail) -> None:
        self._mark.show_status(told.status, told.paused)
        failing = 0 < told.failures < told.failure_threshold
        near = self.tr("{count} of {threshold} failures").format(
            count=told.failures, threshold=told.failure_threshold
        )
        address = f"{told.method} {told.url}"
        said = incident_phrases.acknowledgement_sentence(told.said, datetime.now(UTC))
        tail = near if failing else said if told.is_incident_open else ""
        self._address.setText(f"{address}  -  {tail}" if tail else address)
        self.acknowledge_button.setVisible(told.is_incident_open and told.said.at is None)
        self._pause.show_icon("play" if told.paused else "pause")
        self._pause.setText(self.tr("Resume") if told.paused else self.tr("Pause"))

    def _set_texts(self) -> None:
        self.acknowledge_button.setText(self.tr("Acknowledge"))
        self.acknowledge_button.setToolTip(self.tr("Say that you know of it (A)"))
        self._check.setText(self.tr("Check now"))
        self._pause.setText(self.tr("Pause"))
        self._edit.setText(self.tr("Edit"))
        self._edit.setToolTip(self.tr("Edit the endpoint (F2)"))
        self._delete.setText(self.tr("Delete"))
        if self._detail is not None:
            self._show_facts(self._detail)
        self._show_sentence()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where there is room for them."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the duration grow."""
        super().showEvent(event)
        self._show_sentence()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._tick.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
