"""What a person meets at the start: a second start, a profile that cannot be used, the demo."""

from pathlib import Path

from tests.helpers.desk import running_desk
from tests.helpers.program import running_backend, running_program


async def test_a_second_start_raises_the_first_window_and_says_so(tmp_path: Path):
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_light("Live")
        await desk.bus.wait_for_tray_item()
        await desk.close_window()
        await desk.reader.wait_until_gone("Add endpoint")
        environment = desk.screen.environment | desk.bus.environment
        command = ["-m", "app", "--data-dir", str(tmp_path / "data")]
        async with running_program(*command, home=tmp_path, environment=environment) as second:
            assert await second.wait_for_exit() == 0, second.said()
            assert len(second.output + second.errors) == 1, second.said()
        await desk.reader.wait_for_text("Add endpoint")
        await desk.quit()


async def test_a_data_directory_that_is_in_use_ends_in_one_sentence(tmp_path: Path):
    async with running_backend(tmp_path):
        command = ["-m", "app", "--data-dir", str(tmp_path / "data")]
        environment = {"VIGIL_CONSOLE": "1"}
        async with running_program(*command, home=tmp_path, environment=environment) as program:
            assert await program.wait_for_exit() == 3, program.said()
            assert len(program.errors) == 1, program.said()
            assert "in use" in program.errors[0]


async def test_a_data_directory_that_cannot_be_written_ends_in_one_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    command = ["-m", "app", "--data-dir", str(tmp_path / "file")]
    environment = {"VIGIL_CONSOLE": "1"}
    async with running_program(*command, home=tmp_path, environment=environment) as program:
        assert await program.wait_for_exit() == 3, program.said()
        assert len(program.errors) == 1, program.said()


async def test_the_demo_shows_every_status_an_incident_and_a_recovery_within_a_minute(
    tmp_path: Path,
):
    command = ["-m", "app", "--demo"]
    environment = {"VIGIL_CONSOLE": "1"}
    async with running_program(*command, home=tmp_path, environment=environment) as program:
        for words in ("-> UP", "-> DEGRADED", "-> DOWN", "incident started", "recovered"):
            await program.wait_for_line(lambda line, words=words: words in line, timeout=75)
        program.signal(15)
        assert await program.wait_for_exit() == 0, program.said()
        await program.wait_until_none_left()
    left = [path for path in (tmp_path / "tmp").iterdir() if "vigil" in path.name]
    assert left == [], "the demo's profile is thrown away"


async def test_a_picture_of_a_page_is_saved_on_request(tmp_path: Path):
    picture = tmp_path / "dashboard.png"
    wish = ["--screenshot", str(picture), "--page", "dashboard", "--after", "3"]
    async with running_program("-m", "app", "--demo", *wish, home=tmp_path) as program:
        assert await program.wait_for_exit(timeout=40) == 0, program.said()
    assert picture.read_bytes().startswith(b"\x89PNG")
