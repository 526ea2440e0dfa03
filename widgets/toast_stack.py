"""Keeps the toasts: at most five at the window's top right, the oldest leaves first.

They stand beside a sheet where there is room, for one types there what they would lie on.

Presenters call ``show_toast``. The clock of all toasts stands while the pointer or the keyboard is
in one of them; those that a storm pushed out unread are counted in one line under the others.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from widgets.style.palette import Theme
from widgets.style.tokens import Space
from widgets.toast import Toast, ToastCard
from widgets.window_keys import key_of

MOST = 5
LIFE_MS = 3000
UNDO_LIFE_MS = 8000
_READ_MS = 1500
_TICK_MS = 50
_EDGE = 16
_BETWEEN = 8
_LEAST = 56
_AGAIN_MS = 200
"""A toast that speaks of several is made anew so often at most."""


@dataclass(slots=True)
class _Shown:
    card: ToastCard
    age_ms: float = 0

    @property
    def is_over(self) -> bool:
        toast = self.card.toast
        return self.age_ms >= (UNDO_LIFE_MS if toast.can_undo or toast.stays else LIFE_MS)


class ToastStack(QObject):
    """The toasts of one window.

    Signals:
        more_requested: The user clicked the line that counts the ones pushed out.
    """

    more_requested = Signal()

    def __init__(self, theme: Theme, window: QWidget, top: int = Space.HEADER) -> None:
        """Keep toasts over a window.

        Args:
            theme: Its colours.
            window: Whose top-right corner they use.
            top: Where the header ends, in pixels.
        """
        super().__init__(window)
        self._theme, self._window, self._top = theme, window, top
        self._shown: list[_Shown] = []
        self._missed = 0
        self._counted = 0
        self._covered = 0
        self._came_from: QWidget | None = None
        self._more = QPushButton(window)
        self._more.setObjectName("more")
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(self._ask_more)
        self._more.hide()
        self._since = QElapsedTimer()
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(lambda: self.pass_time(self._since.restart()))
        self._groups: dict[str, Callable[[], Toast | None]] = {}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._show_groups)
        key_of(self._more, "Esc", self._give_back)
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._see_keyboard)

    def show_toast(self, toast: Toast) -> None:
        """Show a toast for three seconds, one that can undo something for eight."""
        if len(self._shown) >= MOST:
            # The way back from what the user did outlasts what merely happened.
            events = (one for one in self._shown if not one.card.toast.can_undo)
            oldest = next(events, self._shown[0])
            self._missed += oldest.age_ms < _READ_MS
            self._drop(oldest)
        card = ToastCard(self._theme, toast, self._window)
        shown = _Shown(card)
        self._shown.append(shown)
        card.closed.connect(lambda: self._drop(shown))
        card.left.connect(self._give_back)
        card.adjustSize()
        self._place()  # before it shows, or it would be under a pointer in the window's corner
        card.show()
        if not self._clock.isActive():
            self._since.start()
            self._clock.start()
        self._announce(card)

    def _announce(self, card: ToastCard) -> None:
        """Have it said; an error at once, unless that would cut off the one before it."""
        told = QAccessibleAnnouncementEvent(card, card.toast.spoken)
        others = (shown.card.toast for shown in self._shown if shown.card is not card)
        if card.toast.kind == "error" and not any(each.kind == "error" for each in others):
            told.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(told)

    def show_group(self, key: str, make: Callable[[], Toast | None]) -> None:
        """Show a toast about several endpoints in place of what was said of each.

        Args:
            key: The same for the same group: its next toast takes the place of this one.
            make: Makes the toast when it is shown, which is not for every member of a crowd; there
                is none where it is over by then.
        """
        self._groups[key] = make
        if not self._again.isActive():
            self._show_groups()

    def _show_groups(self) -> None:
        waiting, self._groups = self._groups, {}
        for make in waiting.values():
            toast = make()
            if toast is None or toast in self.toasts():
                continue
            about = set(toast.about)
            for shown in tuple(self._shown):
                said = shown.card.toast
                if said.kind == toast.kind and said.about and about.issuperset(said.about):
                    self._drop(shown)
            self.show_toast(toast)
        if waiting:
            self._again.start()

    def count_unshown(self) -> None:
        """Count a toast that a storm leaves no room for; the line says so at the next tick."""
        self._missed += 1

    def undo(self) -> None:
        """Take back what the newest toast that can do so speaks of."""
        for shown in reversed(self._shown):
            if shown.card.toast.can_undo:
                shown.card.action_buttons()[0].click()
                return

    def leave_free(self, width: int) -> None:
        """Stand left of what covers so many pixels at the window's right."""
        self._covered = width
        self._place()

    def take_keyboard(self) -> None:
        """Put the keyboard into the newest toast, in one already into the one before it."""
        cards = self.cards()
        held = [place for place, card in enumerate(cards) if card.is_held]
        if not held:
            self._came_from = self._window.window().focusWidget()
        if cards:
            cards[held[0] - 1 if held else -1].take_keyboard()

    def _see_keyboard(self, old: QWidget | None, new: QWidget | None) -> None:
        """Remember from where the keyboard comes into a toast, by F6 or by Tab."""
        if old is not None and self._holds(new) and not self._holds(old):
            self._came_from = old

    def _holds(self, part: QWidget | None) -> bool:
        return part is not None and (
            part is self._more or any(card.isAncestorOf(part) for card in self.cards())
        )

    def _give_back(self) -> None:
        # It may be gone since: a part of Qt that is deleted must not be asked anything.
        for there in self._window.window().findChildren(QWidget):
            if there is self._came_from and there.isVisible():
                there.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toasts(self) -> list[Toast]:
        """Return the toasts on the screen, the oldest first."""
        return [shown.card.toast for shown in self._shown]

    def cards(self) -> list[ToastCard]:
        """Return the cards on the screen, the oldest first."""
        return [shown.card for shown in self._shown]

    @property
    def missed(self) -> int:
        """How many a storm pushed out before they could be read."""
        return self._missed

    def clear(self) -> None:
        """Drop all toasts."""
        for shown in tuple(self._shown):
            self._drop(shown)

    @property
    def more_button(self) -> QPushButton:
        """The line that counts them."""
        return self._more

    def pass_time(self, passed_ms: float) -> None:
        """Let the shown toasts grow older, unless the pointer or the keyboard is in one of them."""
        if any(shown.card.pointer_over or shown.card.is_held for shown in self._shown):
            return
        if self._missed != self._counted:
            self._place()
        for shown in tuple(self._shown):
            shown.age_ms += passed_ms
            if shown.is_over:
                self._drop(shown)

    def _drop(self, shown: _Shown) -> None:
        if shown not in self._shown:
            return
        self._shown.remove(shown)
        if shown.card.is_held:
            self._give_back()
        shown.card.hide()
        shown.card.deleteLater()
        if not self._shown:
            self._clock.stop()
            self._missed = 0
        self._place()

    def _place(self) -> None:
        """Put the oldest under the header: what the pointer is on moves only when one leaves."""
        right = self._window.width() - _EDGE
        if right - self._covered - self._theme.px(Space.TOAST) >= _EDGE:
            right -= self._covered
        y = self._theme.px(self._top) + 16
        for shown in self._shown:
            card = shown.card
            card.setFixedHeight(max(self._theme.px(_LEAST), card.heightForWidth(card.width())))
            card.move(QPoint(right - card.width(), y))
            card.raise_()
            y += card.height() + _BETWEEN
        self._counted = self._missed
        self._more.setVisible(self._missed > 0)
        if self._missed:
            self._set_texts()
            self._more.adjustSize()
            self._more.move(right - self._more.width(), y)
            self._more.raise_()

    def _ask_more(self) -> None:
        self.clear()
        self.more_requested.emit()

    def _set_texts(self) -> None:
        self._more.setText(self.tr("+{count} more").format(count=f"{self._missed:,}"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the window's corner, and speak its language."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        if watched is self._window and event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
        return super().eventFilter(watched, event)
