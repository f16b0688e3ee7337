"""The sentences of findings, clocks and routes: a message with typed values, put into words in the language of the reader.

Rules write no prose. `say("{court:first} decided {decided:on}.", court=…, decided=…)` gives a `Text`: the message, and the
values of its places. The message is in English and is the id by which a catalogue holds it in other languages, as in the
rest of the interface (docs/translating.md). `write` puts a text into words with a `Language` that the caller hands in.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from string import Formatter
from typing import Any, Final, Literal, NamedTuple

from caseflow.law.data import load_vocabularies
from caseflow.law.dates import MONTHS, UncertainDate
from caseflow.law.facts import Remedy

_LONGEST_NAME: Final = 90
_CACHE_SIZE: Final = 2048
"""Every rule names the same courts and days, and a page repeats messages."""


class Sentence(NamedTuple):
    """A message, and the values of the places in it by name."""

    message: str
    values: tuple[tuple[str, "Value"], ...] = ()


Text = tuple[Sentence, ...]
"""Sentences that follow each other, or the items of a list."""


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority before which a remedy was brought: its name, or else its stage."""

    name: str | None
    stage: str | None

    def write(self, language: "Language") -> str:
        """Return the name with its article, the stage, or that neither is recorded."""
        if self.name is None and self.stage is None:
            return write(say("an authority that is not recorded"), language)
        if self.name is None:
            stage = Term("remedy_stages", self.stage or "")
            return write(say("the authority at the stage {stage}", stage=stage), language)
        name = self.name if len(self.name) <= _LONGEST_NAME else self.name[:_LONGEST_NAME].rstrip() + "…"
        return name if name.lower().startswith(("the ", "a ")) else write(say("the {name}", name=name), language)

    def to_document(self) -> dict[str, Any]:
        """Return the value as JSON can hold it."""
        return {"authority": self.name, "stage": self.stage}


@dataclass(frozen=True, slots=True)
class Term:
    """A code of a vocabulary, such as `remedy_stages`, whose label (the short one, if it has one) is in the catalogue."""

    vocabulary: str
    code: str

    def write(self, language: "Language") -> str:
        """Return the label in quotation marks: “Court of second instance”."""
        label = _labels(self.vocabulary).get(self.code, self.code)
        return write(say("“{label}”", label=language.text(label)), language)

    def to_document(self) -> dict[str, Any]:
        """Return the value as JSON can hold it."""
        return {"term": self.code, "vocabulary": self.vocabulary}


@dataclass(frozen=True, slots=True)
class State:
    """A State: its code (ISO 3166-1 alpha-2), and its English name as the register has it."""

    code: str
    name: str

    def write(self, language: "Language") -> str:
        """Return the name of the State in a language."""
        return language.state(self.code, self.name)

    def to_document(self) -> dict[str, Any]:
        """Return the value as JSON can hold it."""
        return {"state": self.code, "name": self.name}


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day of each year, such as the last one of a closed period."""

    month: int
    day: int

    def write(self, language: "Language") -> str:
        """Return the day with its month: 31 August."""
        return write(say("{day} {month}", day=self.day, month=language.months[self.month - 1]), language)

    def to_document(self) -> dict[str, Any]:
        """Return the value as JSON can hold it."""
        return {"month": self.month, "day_of_month": self.day}


@dataclass(frozen=True, slots=True)
class Items:
    """Values that are listed in a sentence: a, b and c; a, b or c; a, b and not c; with `last=";"`: a; b; c."""

    values: tuple["Value", ...]
    last: Literal["and", "or", "and not", ",", ";"] = "and"

    def write(self, language: "Language") -> str:
        """Return the values in words, joined."""
        words = [_written(each, "", language) for each in self.values]
        if self.last in (",", ";"):
            return f"{self.last} ".join(words)
        *first, end = words
        return write(fill(_JOINED[self.last], first=", ".join(first), last=end), language) if first else end

    def to_document(self) -> dict[str, Any]:
        """Return the value as JSON can hold it."""
        return {"items": [_value_document(each) for each in self.values], "last": self.last}


Value = str | int | date | UncertainDate | Authority | Term | State | DayOfYear | Items | Text
"""A `str` is inserted as it was written in the facts."""
_WRITE_THEMSELVES: Final = (Authority, Term, State, DayOfYear, Items)
_PLAIN: Final = (str, int)


def say(message: str, /, **values: Value) -> Text:
    """Return a text of one sentence. A place is `{name}`, `{name:first}` where it begins the sentence, `{day:on}` with its preposition."""
    # As `Sentence(…)`, in half the time: an assessment makes some forty.
    return (tuple.__new__(Sentence, (message, tuple(values.items()))),)


def as_written(*sentences: str) -> Text:
    """Return sentences that stand in no catalogue, and are the same in every language."""
    return tuple([Sentence(sentence) for sentence in sentences])


def fill(text: Text, /, **values: Value) -> Text:
    """Return sentences of a table, which `say` made without values, with these values in their places."""
    return tuple([Sentence(message, tuple(values.items())) for message, _ in text])


def joined(texts: Iterable[Text]) -> Text:
    """Return the sentences of texts one after the other, each different text once."""
    return tuple([sentence for text in dict.fromkeys(texts) for sentence in text])


_JOINED: Final = {
    "and": say("{first} and {last}"),
    "or": say("{first} or {last}"),
    "and not": say("{first} and not {last}"),
}


def note_on_approximate_dates(dates: Iterable[UncertainDate]) -> Text:
    """Return sentences that name approximate dates and how they were read; none if there are none."""
    note: Text = ()
    for when in dict.fromkeys(when for when in dates if when.bound == "about"):
        values: dict[str, Value] = {"written": when.edtf, "earliest": when.earliest, "latest": when.latest}
        note += (
            say("This rests also on another one: {written} was read as {earliest} to {latest}.", **values)
            if note
            else say(
                "This rests on a date that is only approximate: {written} was read as {earliest} to {latest}.", **values
            )
        )
    return note


def authority(remedy: Remedy) -> Authority:
    """Return the authority of a remedy for use in a sentence."""
    return _authority(remedy.authority, remedy.stage)


@lru_cache(maxsize=_CACHE_SIZE)
def _authority(name: str | None, stage: str | None) -> Authority:
    return Authority((name or "").strip() or None, stage)


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """How texts are written in one language: the catalogue, and the names that stand outside it. There is one of each."""

    code: str
    text: Callable[[str], str]
    """Return a message in this language; unchanged where the catalogue lacks it."""
    months: tuple[str, ...]
    """January to December as they stand inside a date."""
    state: Callable[[str, str], str]
    """Return the name of a State from its code and its English name."""


ENGLISH: Final = Language("en", str, MONTHS, lambda _code, name: name)


def write(text: Text, language: Language = ENGLISH) -> str:
    """Return sentences in words, one after the other."""
    return " ".join([write_sentence(sentence, language) for sentence in text])


def write_value(value: Value, language: Language = ENGLISH) -> str:
    """Return a value in words, as it stands inside a sentence."""
    return _written(value, "", language)


def write_each(text: Text, language: Language = ENGLISH) -> tuple[str, ...]:
    """Return the items of a list in words."""
    return tuple(write_sentence(sentence, language) for sentence in text)


@lru_cache(maxsize=_CACHE_SIZE)
def write_sentence(sentence: Sentence, language: Language = ENGLISH) -> str:
    """Return one sentence in words."""
    message = language.text(sentence.message)
    if not sentence.values:
        return message
    values, words = dict(sentence.values), []
    for before, name, form in _parts(message):
        words.append(before)
        if name is not None:
            words.append(_in_form(_written(values[name], form, language), form))
    return "".join(words)


@lru_cache(maxsize=_CACHE_SIZE)
def _parts(message: str) -> tuple[tuple[str, str | None, str], ...]:
    """Split a message at its places, each with the text before it, its name and its form."""
    return tuple((before, name, form or "") for before, name, form, _ in Formatter().parse(message))


def places(message: str) -> frozenset[str]:
    """Return the names of the places of a message; raise `ValueError` where its braces do not match."""
    return frozenset(name for _, name, _ in _parts(message) if name is not None)


def _in_form(words: str, form: str) -> str:
    return words[:1].upper() + words[1:] if form == "first" else words


def _written(value: Value, form: str, language: Language) -> str:
    if isinstance(value, date):
        value = UncertainDate(value.year, value.month, value.day)
    if isinstance(value, UncertainDate):
        return _date(value, form, language)
    if isinstance(value, _WRITE_THEMSELVES):
        return value.write(language)
    return write(value, language) if isinstance(value, tuple) else str(value)


_VAGUE: Final = {
    "not_after": say("not later than {date}"),
    "not_before": say("not earlier than {date}"),
    "~": say("about {date}"),
    "?": say("{date} (uncertain)"),
    "%": say("about {date} (uncertain)"),
}
"""Messages by bound, or by qualifier where there is one."""


@lru_cache(maxsize=_CACHE_SIZE)
def _date(when: UncertainDate, form: str, language: Language) -> str:
    words = _basic_date(when, language)
    if when.bound != "exact":
        words = write(fill(_VAGUE[when.qualifier or when.bound], date=words), language)
    if form != "on" or (when.bound != "exact" and when.qualifier != "?"):
        return words
    return write(say("in {date}", date=words) if when.day is None else say("on {date}", date=words), language)


def _basic_date(when: UncertainDate, language: Language) -> str:
    if when.month is None:
        return str(when.year)
    month = language.months[when.month - 1]
    if when.day is None:
        return write(say("{month} {year}", month=month, year=when.year), language)
    return write(say("{day} {month} {year}", day=when.day, month=month, year=when.year), language)


@lru_cache
def _labels(vocabulary: str) -> dict[str, str]:
    return {term.code: getattr(term, "short", term.label) for term in getattr(load_vocabularies(), vocabulary)}


def document(text: Text) -> list[dict[str, Any]]:
    """Return a text as JSON can hold it: for each sentence the message and its values, each value with its type."""
    return [
        {"message": message, "values": {name: _value_document(value) for name, value in values} if values else {}}
        for message, values in text
    ]


def _value_document(value: Value) -> object:
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, UncertainDate):
        return {"date": value.edtf}
    if isinstance(value, _WRITE_THEMSELVES):
        return value.to_document()
    return {"text": document(value)}


def from_document(sentences: Iterable[Mapping[str, Any]]) -> Text:
    """Return the text of what `document` returned."""
    return tuple(
        Sentence(one["message"], tuple((name, _value(found)) for name, found in one["values"].items()))
        for one in sentences
    )


_READ: Final[Mapping[str, Callable[[Mapping[str, Any]], Value]]] = {
    "day": lambda found: date.fromisoformat(found["day"]),
    "date": lambda found: UncertainDate.parse(found["date"]),
    "authority": lambda found: Authority(found["authority"], found["stage"]),
    "term": lambda found: Term(found["vocabulary"], found["term"]),
    "state": lambda found: State(found["state"], found["name"]),
    "day_of_month": lambda found: DayOfYear(found["month"], found["day_of_month"]),
    "items": lambda found: Items(tuple(_value(each) for each in found["items"]), found["last"]),
    "text": lambda found: from_document(found["text"]),
}
"""How a value is read, by the key that tells its type."""


def _value(found: str | int | Mapping[str, Any]) -> Value:
    if isinstance(found, _PLAIN):
        return found
    return next(read(found) for key, read in _READ.items() if key in found)
