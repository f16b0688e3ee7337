"""Two people at one form: what only one of them changed is kept from each; what both changed is shown side by side.

The form carries a digest of each value it was drawn with. After a clash a field whose digest still fits was not touched
here and takes what the other person saved; one that the other did not touch keeps what was typed.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from wtforms import Field

from caseflow.law import UncertainDate
from caseflow.web.forms import CaseflowForm

NOT_COMPARED = frozenset({"csrf_token", "version", "base"})


@dataclass(frozen=True, slots=True)
class BothTexts:
    """A field that both changed: what the other person saved, and what was typed here."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a form after a clash."""

    both: list[BothTexts]
    taken: list[str]
    """Labels of the fields that took what the other person saved."""


def remember(form: CaseflowForm) -> None:
    """Write the digests of what a form is drawn with into its field `base`, where it has one and holds none yet.

    A form that fills in proposals remembers before it does, so that they count as typed.
    """
    if "base" in form and not form["base"].data:
        form["base"].data = json.dumps({field.name: digest(field.data) for field in _compared(form)})


def merge(form: CaseflowForm, row: object) -> Merged:
    """Bring a form in line with a row that somebody saved meanwhile. Its next save is for the row's new version."""
    base, theirs = _base(form), form.values_of(row)
    merged = Merged([], [])
    for field in _compared(form):
        if field.name not in theirs or as_text(theirs[field.name]) == as_text(field.data):
            continue
        if digest(field.data) == base.get(field.name):
            field.process(None, theirs[field.name])
            merged.taken.append(str(field.label.text))
        elif digest(theirs[field.name]) != base.get(field.name):
            merged.both.append(BothTexts(str(field.label.text), as_text(theirs[field.name]), as_text(field.data)))
    if "version" in form:
        form["version"].process(None, getattr(row, "version", 0))
        form["version"].raw_data = None  # what was sent is over
    if "base" in form:
        form["base"].data = json.dumps({name: digest(value) for name, value in theirs.items()})
    return merged


def digest(value: object) -> str:
    """Return a short digest of a value: enough to see that it changed."""
    return hashlib.sha256(as_text(value).encode(errors="surrogatepass")).hexdigest()[:16]


def as_text(value: object) -> str:
    """Return a value of a field or a row as text; nothing and not known are both nothing."""
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


def _compared(form: CaseflowForm) -> list[Field]:
    return [field for field in form if field.name not in NOT_COMPARED]


def _base(form: CaseflowForm) -> Mapping[str, str]:
    """Return the digests that came with the form; none when they were tampered with, and then all is shown."""
    try:
        found = json.loads(form["base"].data or "{}") if "base" in form else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
