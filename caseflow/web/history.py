"""A history in words, as the macro `history` shows it for cases and for the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from caseflow.law import DateError, UncertainDate
from caseflow.web.dates import show_date, show_moment
from caseflow.web.texts import gettext as _
from caseflow.web.words import state_name, words_of_app


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an entry, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of a history, in words."""

    what: str
    who: str
    when: str
    changes: Sequence[Change] = ()


def value_in_words(subject: str, name: str, value: object, zone: str) -> str:
    """Return a stored value of a field in words, such as the name of a code. `subject` is the table of the field."""
    if isinstance(value, list):
        return ", ".join(value_in_words(subject, name, item, zone) for item in value)
    plain = {None: "", "": "", True: _("yes"), False: _("no")}
    if value is None or value == "" or isinstance(value, bool):
        return str(plain[value])
    text = str(value)
    if name.endswith("_at"):
        return show_moment(datetime.fromisoformat(text), zone)
    words = words_of_app()
    vocabulary = words.history.get(f"{subject}.{name}") or words.history.get(name)
    if vocabulary:
        return words.of(vocabulary).get(text, text)
    return state_name(text) if name == "state_code" else _as_date(text)


def _as_date(text: str) -> str:
    try:
        return show_date(UncertainDate.parse(text))
    except DateError:
        return text
