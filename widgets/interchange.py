"""What of the window has to do with files: two sheets, a place to drop one, and the pickers.

The main window makes one; the import and export presenters work with it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from widgets.sheet import FirstUse

if TYPE_CHECKING:
    from widgets.export_sheet import ExportSheet
    from widgets.import_sheet import ImportSheet


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


class Interchange:
    """Parts of one window.

    Attributes:
        drop: Takes files that are dropped on the window.
    """

    def __init__(
        self, imports: "FirstUse[ImportSheet]", exports: "FirstUse[ExportSheet]", window: QWidget
    ) -> None:
        self._imports, self._exports = imports, exports
        self.drop = FileDrop(window)

    @property
    def imports(self) -> "ImportSheet":
        """The dry run."""
        return self._imports.get()

    @property
    def exports(self) -> "ExportSheet":
        """What to take out."""
        return self._exports.get()


def ask_which(parent: QWidget, title: str, filters: list[str], then: Callable[[str], None]) -> None:
    """Ask for a file that exists, and go on with its path."""
    picker = _picker(parent, title, then)
    picker.setFileMode(QFileDialog.FileMode.ExistingFile)
    picker.setNameFilters(filters)
    picker.open()


def ask_where(
    parent: QWidget, title: str, name: str, kind: str, then: Callable[[str], None]
) -> None:
    """Ask where to save a file, and go on with its path.

    Args:
        parent: The window.
        title: What the dialog is called.
        name: The name it proposes.
        kind: The filter for its kind, such as ``CSV (*.csv)``.
        then: Called with the path.
    """
    picker = _picker(parent, title, then)
    picker.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    picker.setNameFilter(kind)
    picker.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    picker.selectFile(name)
    picker.open()


def _picker(parent: QWidget, title: str, then: Callable[[str], None]) -> QFileDialog:
    picker = QFileDialog(parent, title)
    picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    picker.fileSelected.connect(then)
    return picker
