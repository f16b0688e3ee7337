"""What is asked of the list of decisions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchedWord:
    """A typed word in its plain form, with the codes of what it means in the language of the reader."""

    text: str
    topics: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSearch:
    """Filters and words; empty ones filter nothing."""

    words: tuple[SearchedWord, ...] = ()
    number: str = ""
    """Of a communication, such as `5/2015`."""
    right: str = ""
    topic: str = ""
    state: str = ""
    rule: str = ""
    outcomes: tuple[str, ...] = ()
    year: int | None = None
