"""What has to be opened, typed or told before a picture: sheets, menus, steps, groups.

Each is done as a person does it where that is one call; ``scenes`` names the pictures.
"""

from datetime import timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from backend.contract.events import IncidentStarted, StatusChanged
from backend.contract.vocabulary import Period, Status
from tests.snapshots.past import NOW
from tests.snapshots.seeds import SEEDS, Seed
from tests.snapshots.staged import Staged
from widgets.pages import ViewState

PAYMENTS, SEARCH, ORDERS, WEBSITE, INVENTORY, INVOICES = (
    SEEDS[place] for place in (0, 1, 6, 7, 8, 9)
)

_STORED = "{{secret:auto.authorization.1}}"


async def tested(on: Staged) -> None:
    """Open the first endpoint's form and try it."""
    on.window.edit_requested.emit(PAYMENTS.id)
    on.window.form.test()
    await on.settle()


async def more(on: Staged) -> None:
    """Unfold the rest of the form, from its top."""
    on.window.edit_requested.emit(PAYMENTS.id)
    on.window.form._sections.more_button.click()


async def conditions(on: Staged) -> None:
    """Make a condition of a value of the tested answer."""
    await tested(on)
    on.window.form.trial.picked.emit("$.version", "4.2.1")
    await on.settle()
    on.window.form._sections.show_part(on.window.form.conditions)


async def headers(on: Staged) -> None:
    """Look at the headers, one of them a secret."""
    await more(on)
    await on.settle()
    for key in ("body", "headers"):
        on.window.form._sections.show_part(on.window.form.field(key))


async def secret_form(on: Staged) -> None:
    """Lock one header, leave one open, and have a body that is stored."""
    form = on.window.form
    on.window.edit_requested.emit(PAYMENTS.id)
    form._editors.headers.set_values(
        {"Authorization": _STORED, "X-Tenant": "acme-eu-1", "Accept": "application/json"},
        ["X-Tenant"],
    )
    form._editors.body.set_value("{{secret:auto.body.1}}")
    form._sections.show_part(form.field("body"))


async def secrets(on: Staged) -> None:
    """Replace one, and be asked about another."""
    page = on.window.preferences
    await on.settle()
    first, second = page.secrets.items
    first.replace_button.click()
    second.delete_button.click()
    page.secrets.open_form()
    page.secrets.name.setText("billing-key")
    page.secrets.save_button.click()
    await on.settle()
    page.ensureWidgetVisible(page.secrets.add_button, 0, 40)


async def bulk_tag(on: Staged) -> None:
    """Ask which tag several endpoints get."""
    await _several(on)
    on.window.endpoints.endpoints.bulk.edit_tag()
    QTest.keyClicks(on.window.endpoints.endpoints.bulk.tag, "prod")


async def bulk_interval(on: Staged) -> None:
    """Ask how often several endpoints are checked."""
    await _several(on)
    on.window.endpoints.endpoints.bulk.edit_interval()


async def _several(on: Staged) -> None:
    view = on.window.endpoints.endpoints.view
    view.selectRow(1)
    view.setFocus()
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)


async def row_menu(on: Staged) -> None:
    """Ask what can be done with a row."""
    view = on.window.endpoints.endpoints.view
    view.select(SEARCH.id)
    row = view.visualRect(view.model().index(1, 1))
    view.open_menu(view.viewport().mapToGlobal(row.bottomLeft() + QPoint(40, -12)))


async def file_menu(on: Staged) -> None:
    """Open the menu beside the light."""
    on.window.header.files.click()


async def snooze_menu(on: Staged) -> None:
    """Ask for how long an incident is to be left alone."""
    on.window.incidents.detail.answers.open_snooze()


async def custom_period(on: Staged) -> None:
    """Ask for a period of one's own."""
    on.window.dashboard.response.periods.chip(Period.CUSTOM).click()


async def crosshair(on: Staged) -> None:
    """Walk into a chart by the keyboard."""
    chart = on.window.statistics.response.chart
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(40):
        QTest.keyClick(chart, Qt.Key.Key_Left)


async def tray_menu(on: Staged) -> None:
    """Open the tray's menu."""
    on.desktop.parts.tray_icon.menu.popup(on.window.mapToGlobal(QPoint(940, 560)))


async def first_check(on: Staged) -> None:
    """Add the first URL, and see its check."""
    on.window.first_run.url.setText(WEBSITE.url)
    on.window.first_run.show_checking()
    on.window.first_run.show_check(Status.UP, "Up - 142 ms")


async def second_step(on: Staged) -> None:
    """Come to the second of the first steps, and send a notification."""
    on.window.first_run.show_step(1)


async def third_step(on: Staged) -> None:
    """Come to the last of the first steps."""
    on.window.first_run.show_step(2)


async def refused(on: Staged) -> None:
    """Look at another endpoint when the backend answers nothing any more."""
    on.answers.break_down()
    on.desktop.parts.window.open_endpoint(SEARCH.id)
    await on.settle()


async def nothing_yet(on: Staged) -> None:
    """Look at an endpoint whose past is on its way."""
    page = on.window.endpoint
    page.response.forget()
    page.days.forget()
    page.check_states.show_state(ViewState.LOADING)


async def together(on: Staged) -> None:
    """Let three endpoints go down at once, for one reason."""
    for place, seed in enumerate((ORDERS, INVENTORY, INVOICES)):
        on.tell(*_unknown_host(101 + 2 * place, seed))
    await on.settle()
    on.window.toasts._show_groups()  # as its clock does a moment later


def _unknown_host(seq: int, seed: Seed) -> tuple[StatusChanged, IncidentStarted]:
    why = f"DNS lookup failed: {seed.url.split('/')[2]}"
    changed = StatusChanged(
        seq=seq,
        endpoint_id=seed.id,
        endpoint_name=seed.name,
        previous_status=Status.UP,
        current_status=Status.DOWN,
        timestamp=NOW,
        response_time=None,
        error_message=why,
    )
    started = IncidentStarted(
        seq=seq + 1,
        endpoint_id=seed.id,
        endpoint_name=seed.name,
        incident_id=f"incident-{seed.name}-now",
        started_at=NOW - timedelta(seconds=30),
        failure_count=3,
        error_message=why,
    )
    return changed, started
