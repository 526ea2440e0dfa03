"""The states of the window in which everything that can be done is done once, by each hand.

A new page or sheet is one line here; what can be done in it is then asked for in ``actions.txt``.
"""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from backend.contract.events import IncidentUpdated
from backend.contract.vocabulary import RestoredFrom
from tests.snapshots import opened, scenes
from tests.snapshots.past import NOW
from tests.snapshots.scenes import EMPTY, Scene
from tests.snapshots.seeds import SEEDS
from tests.snapshots.staged import WAITING, Staged
from widgets.body_edit import BodyEdit
from widgets.channel_item import ChannelItem
from widgets.channel_roles import ChannelKind
from widgets.column_heads import ColumnHeads
from widgets.export_sheet import ExportSheet
from widgets.health_facts import Restored
from widgets.import_sheet import ImportSheet
from widgets.pages import ViewState
from widgets.quiet_phrases import Pause
from widgets.roles import EndpointFilter
from widgets.secret_edit import SecretEdit


async def _export_of(on: Staged) -> None:
    on.window.header.files.report_requested.emit()


async def _several_tagged(on: Staged) -> None:
    await opened.bulk_interval(on)
    on.window.endpoints.endpoints.bulk.edit_tag()
    on.window.endpoints.endpoints.bulk.tag.setText("fresh")


async def _several_rarer(on: Staged) -> None:
    await opened.bulk_interval(on)
    on.window.endpoints.endpoints.bulk.interval.setValue(120)


async def _quiet(on: Staged) -> None:
    on.desktop.parts.quiet.begin(Pause.HALF_HOUR)


async def _channel_goes(on: Staged) -> None:
    on.window.notifications.findChild(ChannelItem).delete_button.click()


async def _noted(on: Staged) -> None:
    on.window.incidents.detail.answers.note.setPlainText("the provider knows")


async def _known(on: Staged) -> None:
    on.tell(
        IncidentUpdated(
            seq=101,
            endpoint_id=SEEDS[0].id,
            endpoint_name=SEEDS[0].name,
            incident_id=f"incident-{SEEDS[0].name}",
            acknowledged_at=NOW,
            snoozed_until=NOW + timedelta(hours=1),
            snoozed_until_recovery=False,
            note="",
        )
    )


async def _zoomed(on: Staged) -> None:
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus):
        QTest.keyClick(on.window.statistics.response.chart, key)


async def _updates(on: Staged) -> None:
    on.window.preferences.offer_updates("updates.example")


async def _token_typed(on: Staged) -> None:
    await scenes._token_refused(on)
    on.window.token_sheet.token.line.setText("4711")
    on.window.token_sheet.token.edited.emit()


async def _channel_replaced(on: Staged) -> None:
    await _channel_edited(on)
    _secret(on).replace_button.click()


async def _hook(on: Staged) -> None:
    form = on.window.channel_form
    form.open_for({"type": ChannelKind.WEBHOOK, "name": "", "config": {}, "policy": {}})
    form.policy.is_quiet.click()


async def _hook_filled(on: Staged) -> None:
    form = on.window.channel_form
    form.open_for({"type": ChannelKind.WEBHOOK, "name": "", "config": {}, "policy": {}})
    _secret(on).line.setText("https://hooks.example.com/1")
    _secret(on).edited.emit()


async def _body_replaced(on: Staged) -> None:
    await opened.secret_form(on)
    on.window.form.field("body").findChild(BodyEdit).replace_button.click()


async def _tested(on: Staged) -> None:
    on.window.edit_requested.emit(opened.WEBSITE.id)
    on.window.form.test()


async def _narrowed(on: Staged) -> None:
    on.window.dashboard.endpoints.filters.chip(EndpointFilter.DOWN).click()


async def _form_asks(on: Staged) -> None:
    await opened.conditions(on)
    on.window.form.cancel_button.click()


async def _channel_edited(on: Staged) -> None:
    on.window.notifications.findChild(ChannelItem).edit_button.click()
    _secret(on).set_stored(True)


def _secret(on: Staged) -> SecretEdit:
    return next(it for it in on.window.channel_form.findChildren(SecretEdit) if it.isVisible())


async def _secret_typed(on: Staged) -> None:
    card = on.window.preferences.secrets
    card.items[0].replace_button.click()
    card.items[0].value.line.setText("4711")
    card.items[0].value.edited.emit()
    card.open_form()
    card.name.setText("new-key")
    card.value.line.setText("4711")


async def _paused(on: Staged) -> None:
    on.window.pause_requested.emit([SEEDS[1].id, SEEDS[3].id])


async def _restored(on: Staged) -> None:
    copied = Restored(NOW, RestoredFrom.BACKUP, NOW - timedelta(hours=5), "vigil-damaged")
    on.window.banner.show_restored(copied)


async def _first_url(on: Staged) -> None:
    on.window.first_run.url.setText("https://www.example.com")


async def _until(on: Staged) -> None:
    on.window.incidents.detail.answers._ask_until()


async def _failed(on: Staged) -> None:
    for panel in (on.window.endpoints.endpoints, on.window.incidents, on.window.notifications):
        panel.show_state(ViewState.ERROR)


async def _widened(on: Staged) -> None:
    for heads in on.window.findChildren(ColumnHeads):
        if heads.isVisible():
            heads.resizeSection(1, heads.sectionSize(1) + 32)


async def _import_widened(on: Staged) -> None:
    await scenes._imported(on)
    await on.settle()
    await _widened(on)


async def _import_of_none(on: Staged) -> None:
    await scenes._imported(on)
    await on.settle()
    _press(on.window.findChild(ImportSheet), "Choose none")


async def _export_of_none(on: Staged) -> None:
    await scenes._exported(on)
    _press(on.window.findChild(ExportSheet), "Choose none")


def _press(sheet: QWidget, words: str) -> None:
    next(it for it in sheet.findChildren(QAbstractButton) if it.text() == words).click()


async def _cut(on: Staged) -> None:
    """Let nobody be there any more, as after a crash that is not over yet."""
    on.set_link(WAITING)
    on.answers.unplug()


async def _several_cut(on: Staged) -> None:
    await scenes._gathered(on)
    await _cut(on)


async def _form_cut(on: Staged) -> None:
    await opened.conditions(on)
    await _cut(on)


async def _untested_cut(on: Staged) -> None:
    on.window.edit_requested.emit(SEEDS[0].id)
    await _cut(on)


async def _channel_cut(on: Staged) -> None:
    await _hook_filled(on)
    await _cut(on)


async def _noted_cut(on: Staged) -> None:
    await _noted(on)
    await _cut(on)


async def _secret_cut(on: Staged) -> None:
    await _secret_typed(on)
    await _cut(on)


async def _unread(on: Staged) -> None:
    await scenes._toasts(on)
    on.window.toasts.count_unshown()
    on.window.toasts.pass_time(1)


NOTHING = {"seeds": EMPTY}
STATES = (
    *(Scene(page, page) for page in scenes.PAGES),
    Scene("form", "endpoints", opened.conditions),
    Scene("form-asks", "endpoints", _form_asks),
    Scene("channel", "notifications", scenes._channel),
    Scene("channel-edited", "notifications", _channel_edited),
    Scene("channel-replaced", "notifications", _channel_replaced),
    Scene("hook", "notifications", _hook),
    Scene("token-typed", "dashboard", _token_typed),
    Scene("updates", "preferences", _updates),
    Scene("form-tested", "endpoints", _tested),
    Scene("form-secret", "endpoints", opened.secret_form),
    Scene("form-body", "endpoints", _body_replaced),
    Scene("refused", "endpoint", opened.refused),
    Scene("token", "dashboard", scenes._token_refused),
    Scene("import", "endpoints", scenes._imported),
    Scene("export", "endpoints", scenes._exported),
    Scene("report", "endpoints", _export_of),
    Scene("keys", "endpoints", scenes._keys),
    Scene("several", "endpoints", scenes._gathered),
    Scene("several-tag", "endpoints", _several_tagged),
    Scene("several-interval", "endpoints", _several_rarer),
    Scene("until", "incidents", _until),
    Scene("noted", "incidents", _noted),
    Scene("known", "incidents", _known),
    Scene("zoomed", "statistics", _zoomed),
    Scene("narrowed", "dashboard", _narrowed),
    Scene("paused", "endpoints", _paused),
    Scene("restored", "dashboard", _restored),
    Scene("tray", "dashboard"),
    Scene("period", "dashboard", opened.custom_period),
    Scene("secrets", "preferences", opened.secrets),
    Scene("secret-typed", "preferences", _secret_typed),
    Scene("messages", "dashboard", _unread),
    Scene("quiet", "endpoints", _quiet),
    Scene("quiet-preferences", "preferences", _quiet),
    Scene("channel-goes", "notifications", _channel_goes),
    Scene("crashed", "dashboard", scenes._crashed),
    Scene("filtered", "endpoints", scenes._filtered),
    Scene("filtered-incidents", "incidents", scenes._no_such_incident),
    Scene("first-run", "first-run", more=NOTHING),
    Scene("first-run-2", "first-run", opened.second_step, more=NOTHING),
    Scene("first-run-3", "first-run", opened.third_step, more=NOTHING),
    Scene("first-url", "first-run", _first_url, more=NOTHING),
    Scene("empty", "dashboard", more=NOTHING),
    Scene("empty-statistics", "statistics", more=NOTHING),
    Scene("loading-failed", "endpoints", _failed),
    Scene("widened-dashboard", "dashboard", _widened),
    Scene("widened-endpoints", "endpoints", _widened),
    Scene("widened-endpoint", "endpoint", _widened),
    Scene("widened-statistics", "statistics", _widened),
    Scene("widened-notifications", "notifications", _widened),
    Scene("widened-import", "endpoints", _import_widened),
    Scene("import-none", "endpoints", _import_of_none),
    Scene("export-none", "endpoints", _export_of_none),
    Scene("cut-endpoint", "endpoint", _cut),
    Scene("cut-incidents", "incidents", _noted_cut),
    Scene("cut-notifications", "notifications", _cut),
    Scene("cut-several", "endpoints", _several_cut),
    Scene("cut-form", "endpoints", _form_cut),
    Scene("cut-test", "endpoints", _untested_cut),
    Scene("cut-channel", "notifications", _channel_cut),
    Scene("cut-secret", "preferences", _secret_cut),
)
