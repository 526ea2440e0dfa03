"""What there is a picture of: one line for each page, state and variant.

A page of the window is added to ``PAGES``: it is then taken light and dark, Korean and English.
Whatever else is to be seen is a ``Scene`` of its own, with what has to happen before.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from app.presenters.server import sentence_of
from app.services.remote import Obstacle, Trouble
from backend.contract.events import IncidentResolved, IncidentStarted, StatusChanged
from backend.contract.vocabulary import Resolution, Status
from tests.helpers import samples
from tests.snapshots import opened, staged
from tests.snapshots.past import NOW
from tests.snapshots.seeds import SEEDS, Seed, many
from tests.snapshots.staged import Staged
from widgets.pages import Page

PAGES = (
    "dashboard",
    "endpoints",
    "endpoint",
    "incidents",
    "statistics",
    "notifications",
    "preferences",
)
NARROW = (960, 640)
Act = Callable[[Staged], Awaitable[None]]


async def _nothing(_: Staged) -> None:
    """Let the page be as it is."""


@dataclass(frozen=True)
class Scene:
    """One picture.

    Attributes:
        name: Of the picture's file.
        page: Which page is open.
        act: What happens before it is taken.
        is_filled: Whether the first snapshot has arrived.
        more: Arguments of the stage: language, theme, size, seeds.
    """

    name: str
    page: str
    act: Act = _nothing
    is_filled: bool = True
    more: dict[str, object] = field(default_factory=dict)


async def _large(on: Staged) -> None:
    on.stage.theme_switch.measure(200, compact_rows=False)
    on.window.preferences.show_values({"text_size": 200})


async def _large_form(on: Staged) -> None:
    await _large(on)
    await opened.tested(on)


async def _stale(on: Staged) -> None:
    on.set_link(staged.WAITING)


async def _error(on: Staged) -> None:
    on.set_link(staged.GIVEN_UP)
    on.desktop.parts.trouble.on_link(staged.GIVEN_UP, has_data=False)


async def _crashed(on: Staged) -> None:
    on.set_link(staged.GIVEN_UP)
    on.explain(
        "The backend stopped and cannot be restarted.\n"
        "[error    ] the archive cannot be opened  cause='disk I/O error'\n"
        "sqlite3.OperationalError: disk I/O error\n"
        "vigil-backend: the archive cannot be opened: disk I/O error\n"
        "Its log is in /home/sam/.local/state/vigil"
    )


async def _warned(on: Staged) -> None:
    on.window.sidebar.entry(Page.PREFERENCES).show_warning("Checks are late")


async def _filtered(on: Staged) -> None:
    on.window.header.search_field.setText("nothing like it")


async def _selected(on: Staged) -> None:
    view = on.window.endpoints.endpoints.view
    view.select(SEEDS[3].id)
    view._ring(view.currentIndex().row())


async def _form(on: Staged) -> None:
    on.window.edit_requested.emit(SEEDS[0].id)


async def _channel(on: Staged) -> None:
    on.window.notifications.add_requested.emit()


async def _token(on: Staged) -> None:
    on.window.token_sheet.open_for("vigil.example:8443", was_refused=False)


async def _token_refused(on: Staged) -> None:
    on.set_link(staged.GIVEN_UP)
    refused = Trouble(Obstacle.TOKEN_REFUSED)
    on.desktop.parts.link.explain(sentence_of(refused, "vigil.example:8443"), "Enter a token")
    on.window.token_sheet.open_for("vigil.example:8443", was_refused=True)


async def _read_only(on: Staged) -> None:
    on.window.notifications.say_elsewhere()
    on.window.read_only.hold("This token may only read.")


async def _gathered(on: Staged) -> None:
    """Select the second to the fourth row, as Shift and a key do."""
    view = on.window.endpoints.endpoints.view
    view.select(SEEDS[1].id)
    rows = view.model().index(1, 0), view.model().index(3, 0)
    view.selectionModel().select(
        QItemSelection(*rows),
        QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
    )


async def _imported(on: Staged) -> None:
    on.desktop.parts.importing.open(str(samples.SAMPLES / "endpoints.csv"))


async def _exported(on: Staged) -> None:
    on.window.header.files.export_requested.emit()


async def _keys(on: Staged) -> None:
    on.window.keys_sheet.open()


async def _no_such_incident(on: Staged) -> None:
    on.window.incidents.filters.search.setText("nothing like it")


async def _quiet(on: Staged) -> None:
    on.window.header.show_quiet(NOW + timedelta(minutes=30))


async def _toasts(on: Staged) -> None:
    """Let a status, an incident, a slowness and a recovery be told, as they arrive."""
    payments, search, auth = SEEDS[0], SEEDS[1], SEEDS[3]
    on.tell(
        _became(Status.DOWN, 101, payments, error=payments.error),
        IncidentStarted(
            seq=102,
            endpoint_id=payments.id,
            endpoint_name=payments.name,
            incident_id="incident-Payments API",
            started_at=NOW - payments.standing,
            failure_count=3,
            error_message=payments.error,
        ),
        _became(Status.DEGRADED, 103, search, took=1840),
        _became(Status.UP, 104, auth, took=84),
        IncidentResolved(
            seq=105,
            endpoint_id=auth.id,
            endpoint_name=auth.name,
            incident_id="incident-Auth",
            resolved_at=NOW,
            duration=auth.outages[0].down_ms,
            reason=Resolution.RECOVERED,
        ),
        _became(Status.DEGRADED, 106, SEEDS[5], took=2400),
    )
    await on.settle()
    on.window.toasts.pass_time(1)  # the line that counts is brought up to date by the clock


def _became(
    status: Status, seq: int, seed: Seed, took: float | None = None, error: str | None = None
) -> StatusChanged:
    return StatusChanged(
        seq=seq,
        endpoint_id=seed.id,
        endpoint_name=seed.name,
        previous_status=Status.DEGRADED if status is Status.UP else Status.UP,
        current_status=status,
        timestamp=NOW,
        response_time=took,
        error_message=error,
    )


EMPTY: Sequence[Seed] = ()
KOREAN = {"language": "ko"}
DARK = {"theme": "dark"}


def _of_every_page() -> list[Scene]:
    return [
        Scene(f"{page}-{theme}-{language}", page, more={"theme": theme, "language": language})
        for page in PAGES
        for theme in ("light", "dark")
        for language in ("en", "ko")
    ]


def _narrow() -> list[Scene]:
    return [
        Scene(f"{page}-narrow-{language}", page, more={"size": NARROW, "language": language})
        for page in PAGES
        for language in ("en", "ko")
    ]


def _of_every_other_page() -> list[Scene]:
    """Return what no page may be without: loading, stale, error, in turn light and dark."""
    looks = ({}, {**DARK, **KOREAN}, DARK, KOREAN, {"size": NARROW})
    pages = [page for page in PAGES if page not in ("dashboard", "preferences")]
    stale = (
        Scene(f"{page}-stale", page, _stale, more=look)
        for page, look in zip(pages, looks, strict=True)
    )
    return [
        *stale,
        Scene("incidents-loading-dark", "incidents", is_filled=False, more=DARK),
        Scene("notifications-loading", "notifications", is_filled=False),
        Scene("endpoint-loading", "endpoint", opened.nothing_yet),
        Scene("endpoints-error-ko", "endpoints", _error, is_filled=False, more=KOREAN),
        Scene("endpoint-error-dark", "endpoint", opened.refused, more=DARK),
    ]


def _opened() -> list[Scene]:
    dark_ko = {**DARK, **KOREAN}
    return [
        Scene("form-more-light", "endpoints", opened.more),
        Scene("form-more-dark-ko", "endpoints", opened.more, more=dark_ko),
        Scene("form-conditions-light", "endpoints", opened.conditions),
        Scene("form-conditions-dark-ko", "endpoints", opened.conditions, more=dark_ko),
        Scene("form-headers-light", "endpoints", opened.headers),
        Scene("form-headers-dark-ko", "endpoints", opened.headers, more=dark_ko),
        Scene("bulk-tag", "endpoints", opened.bulk_tag),
        Scene("bulk-interval-dark-ko", "endpoints", opened.bulk_interval, more=dark_ko),
        Scene("row-menu-light", "endpoints", opened.row_menu),
        Scene("file-menu-dark-ko", "endpoints", opened.file_menu, more=dark_ko),
        Scene("snooze-menu-dark", "incidents", opened.snooze_menu, more=DARK),
        Scene("period-light", "dashboard", opened.custom_period),
        Scene("crosshair-dark-ko", "statistics", opened.crosshair, more=dark_ko),
        Scene("tray-menu-light", "dashboard", opened.tray_menu),
        Scene("tray-menu-dark-ko", "dashboard", opened.tray_menu, more=dark_ko),
        Scene("first-run-checked", "first-run", opened.first_check, more={"seeds": SEEDS[7:8]}),
        Scene("first-run-2-dark", "first-run", opened.second_step, more={"seeds": EMPTY, **DARK}),
        Scene("first-run-3-ko", "first-run", opened.third_step, more={"seeds": EMPTY, **KOREAN}),
    ]


SCENES: tuple[Scene, ...] = (
    *_of_every_page(),
    *_narrow(),
    *(Scene(f"{page}-empty", page, more={"seeds": EMPTY}) for page in PAGES if page != "endpoint"),
    *(Scene(f"{page}-loading", page, is_filled=False) for page in ("dashboard", "endpoints")),
    Scene("statistics-loading-ko", "statistics", is_filled=False, more=KOREAN),
    Scene("dashboard-error", "dashboard", _error, is_filled=False),
    Scene("notifications-error-dark", "notifications", _error, is_filled=False, more=DARK),
    Scene("dashboard-stale", "dashboard", _stale),
    Scene("dashboard-stale-narrow", "dashboard", _stale, more={"size": NARROW}),
    Scene("dashboard-stale-dark-ko", "dashboard", _stale, more={**DARK, **KOREAN}),
    Scene("dashboard-crashed", "dashboard", _crashed),
    Scene("dashboard-crashed-narrow-dark", "dashboard", _crashed, more={"size": NARROW, **DARK}),
    Scene("endpoints-warned", "endpoints", _warned),
    Scene("endpoints-warned-narrow-dark", "endpoints", _warned, more={"size": NARROW, **DARK}),
    Scene("endpoints-filtered", "endpoints", _filtered),
    Scene("endpoints-selected", "endpoints", _selected),
    Scene("endpoints-selected-dark", "endpoints", _selected, more=DARK),
    Scene("dashboard-1000", "dashboard", more={"seeds": many(1000)}),
    Scene("endpoints-1000-dark", "endpoints", more={"seeds": many(1000), **DARK}),
    *(Scene(f"{page}-200", page, _large) for page in PAGES),
    Scene("dashboard-200-dark-ko", "dashboard", _large, more={**DARK, **KOREAN}),
    Scene("form-tested-200", "endpoints", _large_form),
    Scene("form-light", "endpoints", _form),
    Scene("form-tested-light", "endpoints", opened.tested),
    Scene("form-tested-dark-ko", "endpoints", opened.tested, more={**DARK, **KOREAN}),
    Scene("form-tested-narrow", "endpoints", opened.tested, more={"size": NARROW}),
    Scene("form-secret-light", "endpoints", opened.secret_form),
    Scene("form-secret-dark-ko", "endpoints", opened.secret_form, more={**DARK, **KOREAN}),
    Scene("secrets-light", "preferences", opened.secrets),
    Scene("secrets-dark-ko", "preferences", opened.secrets, more={**DARK, **KOREAN}),
    Scene("channel-form-light", "notifications", _channel),
    Scene("channel-form-dark-ko", "notifications", _channel, more={**DARK, **KOREAN}),
    Scene("token-light", "dashboard", _token, is_filled=False),
    Scene("token-light-ko", "dashboard", _token, is_filled=False, more=KOREAN),
    Scene("token-dark", "dashboard", _token_refused, more=DARK),
    Scene("token-dark-ko", "dashboard", _token_refused, more={**DARK, **KOREAN}),
    Scene("read-only-light", "endpoint", _read_only),
    Scene("read-only-dark", "notifications", _read_only, more=DARK),
    Scene("toasts-light", "dashboard", _toasts),
    Scene("first-run-light", "first-run", more={"seeds": EMPTY}),
    Scene("first-run-dark-ko", "first-run", more={"seeds": EMPTY, **DARK, **KOREAN}),
    Scene("bulk-light", "endpoints", _gathered),
    Scene("bulk-narrow-ko", "endpoints", _gathered, more={"size": NARROW, **KOREAN}),
    Scene("import-light", "endpoints", _imported),
    Scene("import-dark-ko", "endpoints", _imported, more={**DARK, **KOREAN}),
    Scene("quiet-narrow-dark", "endpoints", _quiet, more={"size": NARROW, **DARK}),
    Scene("export-light", "endpoints", _exported),
    Scene("keys-dark-ko", "endpoints", _keys, more={**DARK, **KOREAN}),
    Scene("incidents-filtered", "incidents", _no_such_incident),
    Scene("incidents-error", "incidents", _error, is_filled=False),
    Scene("statistics-error-dark", "statistics", _error, is_filled=False, more=DARK),
    Scene("toasts-dark-ko", "dashboard", _toasts, more={**DARK, **KOREAN}),
    Scene("toasts-together", "dashboard", opened.together),
    Scene("toasts-together-dark-ko", "dashboard", opened.together, more={**DARK, **KOREAN}),
    *_of_every_other_page(),
    *_opened(),
)
