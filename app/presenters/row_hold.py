"""Holds the rows of a list still under a pointer that is in use.

The window presenter makes one per list. A pointer that was only left lying there must not keep
the worst endpoint from the top for ever, so rows are let go when it has rested for a while.
"""

from PySide6.QtCore import QEvent, QObject, QTimer

from app.models.endpoint_table import EndpointTableModel
from widgets.endpoint_view import EndpointView

RESTED_MS = 20_000


class RowHold(QObject):
    """Tells a table when its rows may move.

    Args:
        view: Whose pointer is watched.
        table: Whose rows are held.
        rested_ms: How long a pointer rests before they are let go.
    """

    def __init__(
        self, view: EndpointView, table: EndpointTableModel, rested_ms: int = RESTED_MS
    ) -> None:
        super().__init__(view)
        self._table = table
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(rested_ms)
        self._rest.timeout.connect(self.release)
        view.pointer_over.connect(self._pointer)
        view.viewport().installEventFilter(self)

    def release(self) -> None:
        """Let the rows move."""
        self._rest.stop()
        self._table.hold(False)

    def _pointer(self, over: bool) -> None:
        if over:
            self._table.hold(True)
            self._rest.start()
        else:
            self.release()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Hold again when the pointer stirs."""
        if event.type() in {QEvent.Type.MouseMove, QEvent.Type.Wheel}:
            self._pointer(True)
        elif event.type() is QEvent.Type.Hide:
            self.release()
        return super().eventFilter(watched, event)
