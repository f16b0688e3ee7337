"""Writes case facts as the document `caseflow/case-facts/1`: the inverse of `parsing`."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from caseflow.law.dates import UncertainDate
from caseflow.law.facts import CaseFacts


def facts_document(facts: CaseFacts, on: date | None = None) -> dict[str, Any]:
    """Return the facts as a document; `on`, if given, replaces the day of filing in the facts."""
    document = _plain(facts)
    assert isinstance(document, dict)
    return document | ({"on": on.isoformat()} if on else {})


def _plain(value: object) -> object:
    if isinstance(value, UncertainDate):
        return value.edtf
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        names = {field.name: field.metadata.get("name", field.name) for field in fields(value)}
        return {name: _plain(getattr(value, own)) for own, name in names.items() if name is not None}
    return value
