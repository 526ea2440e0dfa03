"""The bar over a list while several endpoints are selected: what can be done with all of them.

The endpoint panel shows it in the place of its chips, so that nothing moves. Tag and interval are
typed within the bar itself; Esc leads back. It also says how far a long step has come.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from backend.contract.vocabulary import Defaults, Limits
from widgets import parts
from widgets.inputs import Number
from widgets.read_only import refuses, writes
from widgets.style.palette import Theme
from widgets.window_keys import key_of

_HEIGHT = 32
_ACTIONS, _TAG, _INTERVAL, _PROGRESS = range(4)


class Counts(QObject):
    """Words that depend on a number; lupdate finds plurals only in an object's ``tr``."""

    def selected(self, count: int) -> str:
        """Return "12 selected"."""
        return self.tr("%n selected", "", count).replace(str(count), f"{count:,}", 1)


class BulkBar(QStackedWidget):
    """Pause, tag, interval and deletion for all that is selected.

    Signals:
        pause_requested: Pause or resume them.
        delete_requested: Delete them.
        tag_requested: Add a tag to them (the tag, True), or take it from them (False).
        interval_requested: Check them every so many seconds.
        tags_wanted: Somebody is about to type a tag: known ones can be shown.
        left: The keyboard goes back to the list.

    Attributes:
        pause_button, tag_button, interval_button, delete_button: The first row.
        tag: The editor of a tag.
        interval: The editor of an interval, in seconds.
    """

    pause_requested = Signal()
    delete_requested = Signal()
    tag_requested = Signal(str, bool)
    interval_requested = Signal(int)
    tags_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self._all_paused = 0, False
        self._counts = Counts()
        self._counted = [parts.label("section") for _ in range(3)]
        self.pause_button = parts.IconButton(theme, "pause", "flat")
        self.tag_button = parts.IconButton(theme, "hash", "flat")
        self.interval_button = parts.IconButton(theme, "rotate-cw", "flat")
        self.delete_button = parts.IconButton(theme, "trash-2", "flat")
        self.delete_button.setProperty("tone", "danger")
        self.tag, self.interval = QLineEdit(), Number()
        self.add_button, self.remove_button = parts.button("flat"), parts.button("flat")
        self.apply_button = parts.button("flat")
        self._backs = [parts.IconButton(theme, "x", "flat") for _ in range(2)]
        self._progress = parts.label("section")
        self._completions = QStringListModel(self)
        writes(self.pause_button, self.tag_button, self.interval_button, self.delete_button)
        self._theme = theme
        theme.changed.connect(self._measure)
        self._measure()
        self._lay_out()
        self._connect()
        self._set_texts()

    @property
    def words(self) -> str:
        """What the bar says at its left: how many are selected, or how far a step has come."""
        shown = self.currentIndex()
        return (self._progress if shown == _PROGRESS else self._counted[shown]).text()

    @property
    def is_busy(self) -> bool:
        """Whether it says how far a step has come."""
        return self.currentIndex() == _PROGRESS

    def show_selection(self, count: int, all_paused: bool) -> None:
        """Say how many are selected, and offer to resume them if all of them are paused."""
        self._count, self._all_paused = count, all_paused
        self._set_texts()

    def show_known_tags(self, tags: Sequence[str]) -> None:
        """Complete what is typed by these."""
        self._completions.setStringList(list(tags))

    def show_progress(self, words: str) -> None:
        """Say how far a step has come, "" when it is over."""
        self._progress.setText(words)
        if words:
            self.setCurrentIndex(_PROGRESS)
        elif self.is_busy:
            self.setCurrentIndex(_ACTIONS)

    def show_actions(self) -> None:
        """Show the first row again."""
        if not self.is_busy:
            self.setCurrentIndex(_ACTIONS)

    def edit_tag(self) -> None:
        """Ask for a tag."""
        if refuses(self.tag_button):
            return
        self.tags_wanted.emit()
        self.tag.clear()
        self.setCurrentIndex(_TAG)
        self.tag.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def edit_interval(self) -> None:
        """Ask for an interval."""
        if refuses(self.interval_button):
            return
        self.setCurrentIndex(_INTERVAL)
        self.interval.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.interval.selectAll()

    def _tag(self, add: bool) -> None:
        tag = self.tag.text().strip()
        if tag:
            self.tag_requested.emit(tag, add)
            self._leave()

    def _set_interval(self) -> None:
        self.interval.interpretText()
        self.interval_requested.emit(self.interval.value())
        self._leave()

    def _leave(self) -> None:
        self.show_actions()
        self.left.emit()

    def _measure(self) -> None:
        """Take the size of the text."""
        self.setFixedHeight(self._theme.px(_HEIGHT))
        self.tag.setFixedWidth(self._theme.px(150))
        self.interval.setFixedWidth(self._theme.px(96))

    def _lay_out(self) -> None:
        self.tag.setMaxLength(Limits.TAG_LENGTH)
        completer = QCompleter(self._completions, self.tag)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        if (popup := completer.popup()) is not None:
            popup.setObjectName("completions")
        self.tag.setCompleter(completer)
        self.interval.setRange(*Limits.INTERVAL_S)
        self.interval.setValue(Defaults.INTERVAL_S)
        self.interval.count_seconds()
        actions = (self.pause_button, self.tag_button, self.interval_button, self.delete_button)
        for counted, row in zip(
            self._counted,
            (
                actions,
                (self.tag, self.add_button, self.remove_button, self._backs[0]),
                (self.interval, self.apply_button, self._backs[1]),
            ),
            strict=True,
        ):
            self.addWidget(_row(counted, *row))
        self.addWidget(_row(self._progress))

    def _connect(self) -> None:
        self.pause_button.clicked.connect(self.pause_requested)
        self.delete_button.clicked.connect(self.delete_requested)
        self.tag_button.clicked.connect(self.edit_tag)
        self.interval_button.clicked.connect(self.edit_interval)
        self.add_button.clicked.connect(lambda: self._tag(add=True))
        self.remove_button.clicked.connect(lambda: self._tag(add=False))
        self.apply_button.clicked.connect(self._set_interval)
        self.tag.returnPressed.connect(lambda: self._tag(add=True))
        self.interval.entered.connect(self._set_interval)
        for button in self._backs:
            button.clicked.connect(self._leave)
        key_of(self, "Esc", self._leave)

    def _set_texts(self) -> None:
        for label in self._counted:
            label.setText(self._counts.selected(self._count))
        self.setAccessibleName(self._counts.selected(self._count))
        self.pause_button.show_icon("play" if self._all_paused else "pause")
        self.pause_button.setText(self.tr("Resume") if self._all_paused else self.tr("Pause"))
        self.tag_button.setText(self.tr("Tag..."))
        self.tag_button.setToolTip(self.tr("Add or remove a tag (T)"))
        self.interval_button.setText(self.tr("Interval..."))
        self.interval_button.setToolTip(self.tr("Change how often they are checked (I)"))
        self.delete_button.setText(self.tr("Delete"))
        self.tag.setPlaceholderText(self.tr("Tag"))
        self.tag.setAccessibleName(self.tr("Tag"))
        self.add_button.setText(self.tr("Add"))
        self.remove_button.setText(self.tr("Remove"))
        self.interval.setAccessibleName(self.tr("Check every"))
        self.apply_button.setText(self.tr("Apply"))
        for button in self._backs:
            button.setAccessibleName(self.tr("Cancel"))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


def _row(*shown: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(5, 0, 0, 0)
    row.setSpacing(8)
    for widget in shown:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch(1)
    return made
