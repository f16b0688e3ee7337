"""What the page of reprisals shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from caseflow.features.communications.reprisals.queries import persons_merged_into, reprisals_of
from caseflow.features.people.queries import people_of_case
from caseflow.models import Case, Reprisal, ReprisalEntryKind
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.texts import gettext as _
from caseflow.web.words import label


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A later entry."""

    row: Reprisal
    what: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """What happened, with the later entries in the order in which they were written."""

    row: Reprisal
    whom: str
    goes_on: bool
    entries: Sequence[EntryLine]
    add_href: str


def code_names(uow: UnitOfWork, case: Case) -> dict[UUID, str]:
    """Return the code names of the persons of a case by the ids of the persons: two statements."""
    return {one.person_id: one.code_name for one in uow.cached(people_of_case, case)}


def events_of(uow: UnitOfWork, case: Case) -> list[EventLine]:
    """Return the log of a case, the latest event first: three statements, four if a person was merged into another one."""
    rows, names = reprisals_of(uow, case), code_names(uow, case)
    gone = {one.person_id for one in rows if one.person_id} - names.keys()
    if gone:
        names |= {one: names[into] for one, into in persons_merged_into(uow, gone).items() if into in names}
    entries: dict[UUID, list[Reprisal]] = {}
    for one in rows:
        if one.reprisal_id is not None:
            entries.setdefault(one.reprisal_id, []).append(one)
    events = sorted((one for one in rows if one.kind is ReprisalEntryKind.EVENT), key=_day, reverse=True)
    return [_line(case, one, entries.get(one.id, ()), names) for one in events]


def _day(event: Reprisal) -> tuple[date, float]:
    """Return the day by which an event is sorted: the first on which it can have happened, or that on which it was recorded."""
    recorded = event.created_at
    when = event.happened
    day = recorded.date() if when is None else when.latest if when.earliest == date.min else when.earliest
    return day, recorded.timestamp()


def _line(case: Case, event: Reprisal, entries: Sequence[Reprisal], names: dict[UUID, str]) -> EventLine:
    person = names.get(event.person_id, _("a person who was removed from the case")) if event.person_id else ""
    is_ended = any(one.kind is ReprisalEntryKind.ENDED for one in entries)
    return EventLine(
        row=event,
        whom=", ".join(filter(None, (person, event.whom))),
        goes_on=bool(event.is_continuing) and not is_ended,
        entries=[EntryLine(one, _what(one)) for one in entries],
        add_href=url_for("reprisals.add", case_id=case.id, reprisal_id=event.id),
    )


def _what(entry: Reprisal) -> str:
    what = label("reprisal_entry_kind", entry.kind.value)
    return f"{what}: {label('reported_to', entry.to_whom.value)}" if entry.to_whom else what
