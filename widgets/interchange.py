"""What of the window has to do with files: two sheets, and a place to drop one.

The main window makes one; the import and export presenters work with it.
"""

from PySide6.QtWidgets import QWidget

from widgets.export_sheet import ExportSheet
from widgets.file_drop import FileDrop
from widgets.import_sheet import ImportSheet
from widgets.style.palette import Theme


class Interchange:
    """Parts of one window.

    Attributes:
        imports: The dry run.
        exports: What to take out.
        drop: Takes files that are dropped on the window.
    """

    def __init__(self, theme: Theme, canvas: QWidget, window: QWidget) -> None:
        self.imports, self.exports = ImportSheet(theme, canvas), ExportSheet(theme, canvas)
        self.drop = FileDrop(window)
