"""How the texts of a dossier are read: paragraphs, headings, and the evidence that they cite.

An empty line ends a paragraph, and one that begins with "# " is a heading. Evidence is cited as on the pages: [E3], or [E3, p. 4].
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

CITATION: Final = re.compile(r"\[E(\d{1,5})(?:, ?([^\[\]]{1,80}))?\]")
_BLANK: Final = re.compile(r"\n[ \t]*\n\s*")
HEADING: Final = "# "


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs and headings of a text."""
    found: list[str] = []
    for one in _BLANK.split(text.replace("\r\n", "\n").strip()):
        first, _, rest = one.strip().partition("\n")
        found += [first, rest.strip()] if first.startswith(HEADING) else [one.strip()]
    return [one for one in found if one]


def number_of_paragraphs(text: str) -> int:
    """Return how many paragraphs a text has that get a number."""
    return sum(not one.startswith(HEADING) for one in paragraphs(text))


def number_of_words(text: str) -> int:
    """Return how many words a text has."""
    return len(text.split())


def cited(text: str) -> list[int]:
    """Return the numbers of the evidence that a text cites, each once."""
    return list(dict.fromkeys(int(match[1]) for match in CITATION.finditer(text)))


def with_annexes(text: str, annexes: Mapping[int, int], annex: str, not_annexed: str) -> str:
    """Return a text that cites annexes in place of evidence; what is no annex is named as such."""

    def words(match: re.Match[str]) -> str:
        place = f", {match[2]}" if match[2] else ""
        number = annexes.get(int(match[1]))
        return f"({annex}\N{NO-BREAK SPACE}{number}{place})" if number else f"(E{match[1]}{place}, {not_annexed})"

    return CITATION.sub(words, text)


def with_names(text: str, names: Mapping[str, str]) -> str:
    """Return a text with names in place of code names that stand as words."""
    if not names:
        return text
    longest_first = sorted(names, key=len, reverse=True)
    found = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return found.sub(lambda match: names[match[0]], text)


def changed_paragraphs(before: str, after: str) -> tuple[str, str]:
    """Return the paragraphs that went and those that came between two versions of a text, for the history."""
    old, new = paragraphs(before), paragraphs(after)
    return _without(old, set(new)), _without(new, set(old))


def _without(found: list[str], known: set[str]) -> str:
    return "\n\n".join(one for one in found if one not in known)


def pieces(texts: list[str], most_words: int) -> Iterator[list[str]]:
    """Yield texts in groups of at most so many words; a text that is longer is a group of its own."""
    group: list[str] = []
    size = 0
    for text in texts:
        words = number_of_words(text)
        if group and size + words > most_words:
            yield group
            group, size = [], 0
        group.append(text)
        size += words
    if group:
        yield group
