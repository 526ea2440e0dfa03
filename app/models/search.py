"""What is typed into the search field of endpoints, understood: words, and tags by ``tag:``.

The endpoint table asks it of every row. Pure; knows no model.
"""

import re
from dataclasses import dataclass

from backend.contract.resources import EndpointView

_PART = re.compile(r'tag:"([^"]*)"?|tag:(\S*)|(\S+)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Search:
    """What an endpoint must have.

    Attributes:
        words: each in its name, its URL or one of its tags.
        tags: each the beginning of one of its tags.
    """

    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, typed: str) -> "Search":
        """Return what is meant by ``shop tag:payments`` or ``tag:"second floor"``."""
        words: list[str] = []
        tags: list[str] = []
        for quoted, bare, word in _PART.findall(typed.casefold()):
            if word:
                words.append(word)
            elif tag := (quoted or bare).strip():
                tags.append(tag)
        return cls(tuple(words), tuple(tags))

    def __bool__(self) -> bool:
        return bool(self.words or self.tags)

    def matches(self, view: EndpointView, text: str) -> bool:
        """Return whether an endpoint has all that is asked.

        Args:
            view: The endpoint.
            text: Its name, URL and tags, folded; kept by the table, which asks at every letter.
        """
        return all(word in text for word in self.words) and self.finds_tags_of(view)

    def finds_tags_of(self, view: EndpointView) -> bool:
        """Return whether an endpoint has the tags that are asked."""
        tags = [tag.casefold() for tag in view.tags]
        return all(any(tag.startswith(asked) for tag in tags) for asked in self.tags)
