"""Merges concurrent edits: changes to different fields are both kept; a field that both people changed is shown twice.

The form carries a digest of each value that it was drawn with. After a conflict, a field with an unchanged digest takes
the saved value, and a field that the other person did not change keeps what was typed.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from wtforms import Field, SelectField

from caseflow.law import UncertainDate
from caseflow.web.forms import CaseflowForm

NOT_COMPARED = frozenset({"csrf_token", "version", "base"})


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that both people changed: the value that the other person saved, and the value typed here."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of merging a form with a saved row."""

    both: list[FieldConflict]
    taken: list[str]
    """Labels of the fields that took the saved value."""


def store_base_digests(form: CaseflowForm) -> None:
    """Store the digests of the form's values in its field `base`, if there is one and it is empty.

    A form that fills in proposals calls this first, so that the proposals count as typed.
    """
    if "base" in form and not form["base"].data:
        form["base"].data = json.dumps({field.name: digest(field.data) for field in _compared(form)})


def merge(form: CaseflowForm, row: object) -> Merged:
    """Merge a row that another person saved meanwhile into a form, and set the form to the row's new version."""
    base = drawn_digests(form["base"].data if "base" in form else "")
    theirs = form.values_of(row)
    merged = Merged([], [])
    for field in _compared(form):
        if field.name not in theirs or as_text(theirs[field.name]) == as_text(field.data):
            continue
        if digest(field.data) == base.get(field.name):
            field.process(None, theirs[field.name])
            merged.taken.append(str(field.label.text))
        elif digest(theirs[field.name]) != base.get(field.name):
            values = (_shown(field, value) for value in (theirs[field.name], field.data))
            merged.both.append(FieldConflict(str(field.label.text), *values))
    if "version" in form:
        form["version"].process(None, getattr(row, "version", 0))
        form["version"].raw_data = None  # show the new version, not the submitted one
    if "base" in form:
        form["base"].data = json.dumps({name: digest(value) for name, value in theirs.items()})
    return merged


def digest(value: object) -> str:
    """Return a short digest of a value, to detect a change."""
    return hashlib.sha256(as_text(value).encode(errors="surrogatepass")).hexdigest()[:16]


def as_text(value: object) -> str:
    """Return a value of a field or a row as text; None and an empty text are both empty."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, UncertainDate):
        return value.edtf
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, list | tuple):
        return ", ".join(as_text(item) for item in value)
    return str(value).replace("\r\n", "\n").strip()


def _shown(field: Field, value: object) -> str:
    """Return a value in the words in which the field shows it: of a select box those of the choice."""
    text = as_text(value)
    choices = field.iter_choices() if isinstance(field, SelectField) else ()
    return next((str(choice[1]) for choice in choices if as_text(choice[0]) == text), text)


def _compared(form: CaseflowForm) -> list[Field]:
    return [field for field in form if field.name not in NOT_COMPARED]


def drawn_digests(text: str | None) -> Mapping[str, str]:
    """Return the digests that came with the form; none if they can't be parsed, so that every difference is shown."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
