"""Takes a file that is dropped on the window.

The main window makes one. It takes exactly one local file, and nothing while it is told not to.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Listens on a widget.

    Signals:
        dropped: A file was dropped (its path).

    Attributes:
        is_open: Whether a file is taken now.
    """

    dropped = Signal(str)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.is_open = True
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dragged if it is one file, and tell of it when it is dropped."""
        if isinstance(event, QDropEvent):  # a QDragEnterEvent is one too
            path = _file_of(event) if self.is_open else ""
            if path:
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                if not isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.Drop:
                    self.dropped.emit(path)
                return True
        return super().eventFilter(watched, event)


def _file_of(event: QDropEvent) -> str:
    """Return the path of the one local file that is dragged, "" for anything else."""
    urls = event.mimeData().urls()
    return urls[0].toLocalFile() if len(urls) == 1 else ""
