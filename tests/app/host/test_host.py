"""The profile's folder, the settings, the logs, the crash reports, language and theme."""

import faulthandler
import json
import stat
import subprocess
import sys
from contextlib import ExitStack
from html import unescape
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from app.host import logs, paths
from app.host.crash import CrashReports
from app.host.language import Language, system_language
from app.host.notifications import as_markup
from app.host.settings import Settings, SettingsFile
from app.host.theme import ThemeSwitch
from backend.contract.commands import EndpointDraft
from widgets.style.palette import Theme
from widgets.style.tokens import DARK, LIGHT

ROOT = Path(__file__).resolve().parents[3]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_profile_is_private_from_its_first_moment(tmp_path: Path) -> None:
    made = paths.prepare(tmp_path / "deep" / "data")
    assert mode(made.data_dir) == 0o700
    assert mode(made.logs) == 0o700


def test_a_profile_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    first = paths.prepare(tmp_path / "data")
    (first.data_dir / "kept").write_text("x")
    assert paths.prepare(tmp_path / "data") == first
    assert (first.data_dir / "kept").exists()


def test_a_file_in_the_way_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(paths.UnusableDirectoryError, match=r"data cannot be written: .+\.$"):
        paths.prepare(tmp_path / "data")


def test_settings_survive_and_are_private(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    SettingsFile(file).change("language", "ko")
    SettingsFile(file).change("reconnect_delay_s", 2.5)
    assert SettingsFile(file).settings == Settings(language="ko", reconnect_delay_s=2.5)
    assert mode(file) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"language": 7, "theme": "pink", "x": 1}'])
def test_settings_that_make_no_sense_count_as_not_set(
    tmp_path: Path, kept: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "settings.json").write_text(kept)
    assert SettingsFile(tmp_path / "settings.json").settings == Settings()


def test_good_settings_beside_bad_ones_are_kept(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"language": "ko", "theme": "pink"}))
    assert SettingsFile(tmp_path / "settings.json").settings == Settings(language="ko")


@pytest.mark.parametrize(
    ("key", "value"),
    [("language", "de"), ("reconnect_attempts", 0), ("reconnect_attempts", True), ("colour", "x")],
)
def test_what_is_no_setting_is_refused(tmp_path: Path, key: str, value: object) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    with pytest.raises(ValueError, match=key):
        file.change(key, value)
    assert file.settings == Settings()


def test_a_folder_that_went_read_only_does_not_lose_the_choice(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = SettingsFile(tmp_path / "gone" / "settings.json")
    assert file.change("theme", "dark").theme == "dark"
    assert "could not be kept" in caplog.text


def test_the_log_is_private_and_ends_when_told(tmp_path: Path) -> None:
    secret = "".join(("s3", "cret"))  # the lines of a traceback are not what is looked for
    draft = {"name": "a", "url": f"http://kim:{secret}@:x/?k={secret}"}
    marked = {
        "headers": {"Cookie": f"a\n{secret}", "X-Tenant": f"a\n{secret}"},
        "secretHeaders": ["X-Tenant"],
        "body": {"deep": [secret]},
        "secretBody": secret,
    }
    with pytest.raises(ValueError, match=secret) as raised:
        EndpointDraft.model_validate(draft | marked)
    end = logs.set_up(tmp_path / "desktop.log")
    CrashReports(tmp_path, "1").report(raised.type, raised.value, raised.tb)
    end()
    written = [path.read_text() for path in tmp_path.iterdir()]
    assert len(written) == 2
    for text in written:
        assert "validation error" in text
        assert secret not in text


def test_reports_do_not_fill_the_disk(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path, "1")
    for _ in range(30):
        reports.report(RuntimeError, RuntimeError("again"), None)
    assert len(list(tmp_path.iterdir())) == 20


def test_a_report_is_told_of_once_also_where_no_window_was_there_for_it(tmp_path: Path) -> None:
    heard: list[Path] = []
    CrashReports(tmp_path, "1").report(RuntimeError, RuntimeError("before the window"), None)
    for _start in range(2):
        CrashReports(tmp_path, "1").tell(heard.append)
    assert [path.read_text().count("before the window") for path in heard] == [1]

    running = CrashReports(tmp_path, "1")
    running.tell(heard.append)
    running.report(RuntimeError, RuntimeError("behind the window"), None)
    CrashReports(tmp_path, "1").tell(heard.append)
    assert len(heard) == 2


def _end_by(error: BaseException, reports: CrashReports) -> None:
    with ExitStack() as stack:
        stack.push(reports.at_the_end)
        raise error


def test_what_ends_the_start_is_reported_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        _end_by(RuntimeError("no window today"), CrashReports(tmp_path, "1"))
    assert ended.value.code == 1
    (report,) = tmp_path.glob("crash-*.txt")
    assert "no window today" in report.read_text()
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert str(report) in said


def test_an_end_that_was_meant_is_no_crash(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        _end_by(SystemExit(3), CrashReports(tmp_path, "1"))
    assert ended.value.code == 3
    assert list(tmp_path.iterdir()) == []


def test_a_broken_interpreter_leaves_its_stacks_for_the_next_start(tmp_path: Path) -> None:
    breaking = (
        "import ctypes, sys; from pathlib import Path; from app.host.crash import CrashReports\n"
        "CrashReports(Path(sys.argv[1]), '1').listen_to_faults(); ctypes.string_at(0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", breaking, str(tmp_path)], cwd=ROOT, check=False, capture_output=True
    )
    assert done.returncode < 0
    was_listening = faulthandler.is_enabled()
    CrashReports(tmp_path, "2").listen_to_faults()()
    if was_listening:
        faulthandler.enable()
    (report,) = tmp_path.iterdir()
    text = report.read_text()
    assert "Segmentation fault" in text
    assert "string_at" in text
    assert mode(report) == 0o600


def test_the_language_changes_live_and_numbers_with_it(qapp: QApplication) -> None:
    language = Language(qapp)
    try:
        language.use("ko")
        assert qapp.translate("phrases", "Paused") == "중지"
        assert QLocale().language() == QLocale.Language.Korean
        language.use("en")
        assert qapp.translate("phrases", "Paused") == "Paused"
        language.use("system")
        assert language.code == system_language()
    finally:
        language.use("en")


def test_the_users_theme_stands_against_the_systems(qapp: QApplication) -> None:
    theme = Theme()
    switch = ThemeSwitch(qapp, theme)
    try:
        switch.use("dark")
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
        assert theme.tokens is DARK
        switch.use("light")
        assert theme.tokens is LIGHT
        switch.use("system")
        dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
        assert theme.tokens is (DARK if dark else LIGHT)
    finally:
        qapp.setStyleSheet("")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a notification has no markup")
def test_a_notification_reads_no_name_as_markup() -> None:
    hostile = "<b>down</b> &lt; <a href='http://example.test'>look</a>"
    assert unescape(as_markup(hostile)) == hostile
    assert not set("<>") & set(as_markup(hostile))
