"""The endpoints page: the whole list over the whole page.

The window owns it; the list's model and counts come from the application.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.endpoint_panel import EndpointPanel
from widgets.style.palette import Theme
from widgets.style.tokens import Space


class EndpointsPage(QWidget):
    """All endpoints.

    Attributes:
        endpoints: The list with its chips.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.endpoints = EndpointPanel(theme)
        page = QVBoxLayout(self)
        page.setContentsMargins(Space.MARGIN, 4, Space.MARGIN, Space.MARGIN)
        page.addWidget(self.endpoints)
