"""Slack: the letter as Block Kit, its status as the colour of the attachment.

Called by the postman. Text from outside stays text: the three characters Slack reads as markup
are escaped, and it is told not to look for links or names in it.
"""

import json
import ssl

from backend.alerts.delivery import Result
from backend.alerts.letter import Letter, Paragraph
from backend.alerts.posting import post_json
from backend.contract.alerts import SlackConfig

_MOST_BLOCKS = 45
"""Slack takes 50; some are for the head and for what is left out."""

_LONGEST_TEXT = 2900
"""Slack takes 3,000 characters in a section."""


async def send_slack(config: SlackConfig, letter: Letter, tls: ssl.SSLContext) -> Result:
    """Post a letter to the channel's incoming webhook."""
    body = json.dumps(slack_payload(letter)).encode()
    return await post_json(config.webhook_url.get_secret_value(), body, {}, tls)


def slack_payload(letter: Letter) -> dict[str, object]:
    """Return what Slack is sent.

    The blocks are inside an attachment, since only attachments have a colour.
    """
    shown = letter.paragraphs[:_MOST_BLOCKS]
    blocks: list[dict[str, object]] = [_section(f"*{_escaped(letter.subject)}*")]
    if letter.summary:
        blocks.append(_section(_escaped(letter.summary)))
    blocks += [_section(_paragraph(paragraph)) for paragraph in shown]
    left_out = len(letter.paragraphs) - len(shown)
    if left_out:
        blocks.append(_section(f"... and {left_out} more"))
    attachment = {
        "color": letter.colour,
        "fallback": _escaped(letter.subject),
        "blocks": blocks,
    }
    return {"attachments": [attachment]}


def _section(text: str) -> dict[str, object]:
    return {
        "type": "section",
        "text": {"type": "mrkdwn", "text": text[:_LONGEST_TEXT], "verbatim": True},
    }


def _paragraph(paragraph: Paragraph) -> str:
    lines = [f"*{_escaped(paragraph.sentence)}*", *map(_escaped, paragraph.details)]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
