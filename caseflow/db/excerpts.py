"""Where a text has the words of a question: the same words as `db.searching` finds, in the text as it was written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from unicodedata import category

from caseflow.db.searching import MOST_TERMS, QUESTION, SHORTEST_BEGINNING, UNSPACED, WORD, plain

BEFORE: Final = 50
LENGTH: Final = 170
"""Characters before the first hit, and of an excerpt."""
MOST_HITS: Final = 50
"""Hits of one text that are looked at."""
_PIECE: Final = re.compile(r"\S+")
_TOKEN: Final = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an excerpt, and whether it is a word of the question."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A short piece of a text around its words of a question. `hits` is how many different ones it has."""

    parts: tuple[Part, ...]
    hits: int

    @property
    def text(self) -> str:
        """Return it as one text."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Term:
    words: tuple[str, ...]
    is_beginning: bool
    """Whether the last word, and all as one, may go on."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a text in its plain form. `whole` is what it was written in, without signs, where that has several words."""

    word: str
    start: int
    end: int
    whole: str = ""


@dataclass(frozen=True, slots=True)
class _Hit:
    term: int
    start: int
    end: int


@dataclass(slots=True)
class Finder:
    """Finds the words of one question in several texts."""

    typed: str
    terms: Sequence[_Term] = ()
    _plain: dict[str, list[str]] = field(default_factory=dict)
    _looked_at: set[str] = field(default_factory=set)
    _beginnings: set[str] = field(default_factory=set)
    """What is known of pieces between blanks, of which the texts of a list have many in common: their words, which were
    looked at, and in which of these a term may begin."""

    def __post_init__(self) -> None:
        self.terms = tuple(_terms(self.typed, self))

    def excerpt(self, text: str) -> Excerpt | None:
        """Return the piece of a text with the most words of the question, the first of these; None without any."""
        pieces = set(text.split())
        self._look_at(pieces)
        if self._beginnings.isdisjoint(pieces):
            return None
        hits, best, most = self._hits(text), [], 0
        for number, first in enumerate(hits):
            near = [hit for hit in hits[number:] if hit.end <= first.start + LENGTH - BEFORE] or [first]
            if len({hit.term for hit in near}) > most:
                best, most = near, len({hit.term for hit in near})
        return Excerpt(_cut(text, [(hit.start, hit.end) for hit in best]), most) if best else None

    def _look_at(self, pieces: set[str]) -> None:
        for piece in pieces - self._looked_at:
            bare = "".join(WORD.findall(plain(piece)))
            if any(term.words[0].lstrip("0") in bare for term in self.terms):
                self._beginnings.add(piece)
        self._looked_at |= pieces

    def _hits(self, text: str) -> list[_Hit]:
        """Return the first hits: all that may be in the excerpt, when there is only one word to be found."""
        hits: list[_Hit] = []
        for piece in _PIECE.finditer(text):
            if len(hits) >= MOST_HITS or (hits and len(self.terms) == 1 and piece.start() > hits[0].start + LENGTH):
                break
            if piece[0] in self._beginnings:
                hits += self._hits_in(text, piece.start(), piece.end())
        return hits

    def _hits_in(self, text: str, start: int, end: int) -> Iterator[_Hit]:
        """Yield the hits that begin in a piece."""
        reach = max((len("".join(term.words)) * 2 + 50 for term in self.terms if len(term.words) > 1), default=0)
        tokens = self.tokens(text[start : end + reach])
        for place, token in enumerate(tokens):
            if token.start >= end - start:
                break
            for number, term in enumerate(self.terms):
                last = _last_of_match(tokens, place, term)
                if last is not None:
                    yield _Hit(number, start + token.start, start + last.end)

    def tokens(self, text: str) -> list[_Token]:
        """Return the words of a text in order, with their places in it."""
        found = []
        for piece in _TOKEN.finditer(text):
            words = self._plain.get(piece[0])
            if words is None:
                words = self._plain[piece[0]] = [
                    word for part in plain(piece[0]).split() for word in WORD.findall(part)
                ]
            whole = "".join(words) if len(words) > 1 else ""
            found += [_Token(word, piece.start(), piece.end(), whole) for word in words]
        return found


def _terms(typed: str, finder: Finder) -> Iterator[_Term]:
    asked = list(QUESTION.finditer(typed))[:MOST_TERMS]
    is_exact = any(term["word"] is None or term["not"] for term in asked)
    for term in asked:
        if term["or"] or term["minus"] or term["not"]:
            continue
        quoted = next((term[name] for name in ("straight", "curly", "angled") if term[name] is not None), None)
        words = tuple(token.word for token in finder.tokens(quoted if quoted is not None else term["word"]))
        if words:
            yield _Term(words[:MOST_TERMS], not is_exact and len(words[-1]) >= SHORTEST_BEGINNING)


def _last_of_match(tokens: Sequence[_Token], place: int, term: _Term) -> _Token | None:
    """Return the last word of a term that begins at a place; None if it does not begin there."""
    token = tokens[place]
    joined = "".join(term.words)
    if token.whole and (token.whole == joined or (term.is_beginning and token.whole.startswith(joined))):
        return token
    if len(term.words) > 1 and (token.word == joined or (term.is_beginning and token.word.startswith(joined))):
        return token
    there = tokens[place : place + len(term.words)]
    if len(there) < len(term.words):
        return None
    *before, last = zip(there, term.words, strict=True)
    is_found = all(_is_same(one.word, word) for one, word in before) and (
        _is_same(last[0].word, last[1]) or (term.is_beginning and last[0].word.startswith(last[1]))
    )
    return last[0] if is_found else None


def _is_same(word: str, asked: str) -> bool:
    """Return whether two words are the same; of numbers, leading zeros may be left out."""
    return word == asked or (word.isdecimal() and asked.isdecimal() and word.lstrip("0") == asked.lstrip("0"))


def _cut(text: str, hits: Sequence[tuple[int, int]]) -> tuple[Part, ...]:
    """Return the text around hits, in parts, cut between words."""
    start, end = max(hits[0][0] - BEFORE, 0), min(max(hits[0][0] - BEFORE, 0) + LENGTH, len(text))
    if start and (blank := re.compile(r"\s").search(text, start, hits[0][0])):
        start = blank.end()
    end = max(end, min(hits[0][1], start + LENGTH))
    if end < len(text) and (blanks := [one.start() for one in re.finditer(r"\s", text[start:end])]):
        end = max(start + blanks[-1], min(hits[0][1], end))
    parts, here = ["…"] if start else [""], start
    marked: list[Part] = []
    for first, last in hits:
        if first < here or first >= end:
            continue
        first, last = _without_signs(text, first, min(last, end))  # noqa: PLW2901 - the same hit
        marked += [Part("".join(parts) + text[here:first], is_hit=False), Part(text[first:last], is_hit=True)]
        parts, here = [], last
    marked.append(Part("".join(parts) + text[here:end] + ("…" if end < len(text) else ""), is_hit=False))
    return tuple(Part(re.sub(r"\s+", " ", part.text), part.is_hit) for part in marked if part.text)


def _without_signs(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a piece without the signs at its ends, such as brackets and full stops."""
    while end - start > 1 and category(text[start])[0] in "PS":
        start += 1
    while end - start > 1 and category(text[end - 1])[0] in "PS":
        end -= 1
    return start, end
