"""What a URL of apprise may have this computer do: send a message where it says, nothing else."""

from pathlib import Path

import pytest

from backend.alerts.postman import Postman
from backend.contract.alerts import ChannelType
from tests.backend.alerts.test_transports import LETTER, a_channel
from tests.helpers.target_server import Answer, running_target


async def test_apprise_takes_no_secret_along_a_redirect() -> None:
    async with running_target() as receiver, running_target() as other:
        receiver.answer = Answer(status=302, headers={"Location": f"{other.url}/"}, body=b"")
        url = receiver.url.replace("http://", "json://") + "/?+X-Key=geheim"
        (result,) = await Postman().deliver(a_channel(ChannelType.APPRISE, {"url": url}), LETTER)
    assert receiver.requests[0].headers["x-key"] == "geheim"
    assert result.error is not None
    assert "302" in result.error
    assert other.requests == []


@pytest.mark.parametrize(
    "url",
    [
        "workflows://evil.test/workflow1/signature1/?template={file}",
        "discord://1234567890123456789/abcdefghijklmnopqrstuvwxyz0123/?template=file://{file}",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/general?template={file}",
        "tgram://123456789:abcdefg_hijklmnop/12315544/?template={file}",
        "fcm://project/device/?mode=oauth2&keyfile={file}",
        "vapid://a@b.test/c@d.test/?keyfile={file}",
        "vapid://a@b.test/c@d.test/?subfile={file}",
    ],
)
async def test_who_is_not_the_owner_has_apprise_read_no_file(url: str, tmp_path: Path) -> None:
    file = tmp_path / "secrets.json"
    file.write_text("{}")
    named = url.format(file=file)
    assert await Postman().knows(named)
    postman = Postman(reads_files=False)
    assert not await postman.knows(named)
    (result,) = await postman.deliver(a_channel(ChannelType.APPRISE, {"url": named}), LETTER)
    assert result.error == "This is no URL that apprise knows"


@pytest.mark.parametrize(
    "url",
    [
        "json://a.test",
        "sendgrid://abcd:a@b.test/c@d.test/?template=d-1",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/general",
        "fcm://apikey/device",
    ],
)
async def test_a_service_without_a_file_is_known_to_all(url: str) -> None:
    assert await Postman(reads_files=False).knows(url)
