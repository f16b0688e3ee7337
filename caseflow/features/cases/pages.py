"""The data of the pages of cases: history, owners, and the choices of quick capture."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from caseflow.access import Permission
from caseflow.features.accounts.queries import names_of
from caseflow.features.cases import queries
from caseflow.features.cases.commands import HistorySearch
from caseflow.features.cases.forms import has_left
from caseflow.features.cases.owners.queries import Owner
from caseflow.models import Case
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.dates import show_moment
from caseflow.web.feature import features
from caseflow.web.history import Change, HistoryLine, value_in_words
from caseflow.web.texts import gettext as _
from caseflow.web.words import words_of_app


def show_history(
    uow: UnitOfWork, case: Case, *, limit: int, before: str | None = None, search: HistorySearch | None = None
) -> tuple[list[HistoryLine], str | None]:
    """Return a page of the history in words, in the section's time zone, and the `before` of the next page (None at the end)."""
    try:
        moment = datetime.fromisoformat(before) if before else None
    except ValueError:
        moment = None
    found = queries.history(uow, case.id, limit=limit + 1, before=moment, search=search)
    names = _names(uow, found[:limit])
    entries = [_entry(entry, case.section.time_zone, names) for entry in found[:limit]]
    return entries, found[limit - 1].at.isoformat() if len(found) > limit else None


def latest_history(uow: UnitOfWork, case: Case, *, limit: int) -> list[HistoryLine]:
    """Return the last events for a list that shows no changes, so that no names of people in them are asked for."""
    found = queries.history(uow, case.id, limit=limit)
    return [_entry(replace(entry, changes={}), case.section.time_zone, {}) for entry in found]


PEOPLE = frozenset({"owner_id", "responsible_id", "given_to_id"})


def _names(uow: UnitOfWork, entries: Sequence[queries.HistoryEntry]) -> dict[str, str]:
    """Return the names of the people in the changes of entries, by id."""
    ids = {
        str(one) for entry in entries for name in PEOPLE & entry.changes.keys() for one in entry.changes[name] if one
    }
    return names_of(uow, [UUID(one) for one in ids]) if ids else {}


def _entry(entry: queries.HistoryEntry, zone: str, names: Mapping[str, str]) -> HistoryLine:
    def shown(name: str, value: object) -> str:
        if name in PEOPLE and value:
            return names.get(str(value)) or _("someone in another section")
        return value_in_words(entry.subject, name, value, zone)

    fields, actions = (words_of_app().of(vocabulary) for vocabulary in ("field", "action"))
    changes = [
        Change(fields[name], shown(name, old), shown(name, new))
        for name, (old, new) in entry.changes.items()
        if name in fields
    ]
    who = entry.who or _("Someone in another section, or the system")
    if entry.who and any(entry.action in feature.automatic for feature in features()):
        who = _("caseflow, after a change by %(name)s", name=entry.who)
    return HistoryLine(actions.get(entry.action, entry.action), who, show_moment(entry.at, zone), changes)


def sections_for_capture(uow: UnitOfWork) -> tuple[dict[str, str], str]:
    """Return the names of the sections in which the person may open a case, by id, and the State to preselect."""
    members = uow.person.sections_for(Permission.CASE_CREATE)
    return {str(member.section_id): member.section_name for member in members}, queries.state_of_latest_case(
        uow, members[0].section_id
    )


def owner_name(uow: UnitOfWork, case: Case) -> str:
    """Return the name of a case's owner, with a note if they no longer work in its section, or what stands for it."""
    if case.owner_id is None:
        return _("No owner")
    if case.owner is None:
        return _("Someone in another section")
    is_colleague = any(member.section_id == case.section_id for member in uow.person.memberships)
    return has_left(case.owner.shown_name) if is_colleague and not case.owner_works_here else case.owner.shown_name


def owner_names(uow: UnitOfWork, cases: Sequence[Case], people: Sequence[Owner]) -> dict[UUID, str]:
    """Return the same by case for a list, from the people of its owner filter. No statement."""
    known = {one.user_id: one for one in people}
    sections = {member.section_id for member in uow.person.memberships}
    names = {}
    for case in cases:
        owner = known.get(case.owner_id) if case.owner_id else None
        if owner is None:
            plain = case.owner.name if case.owner else _("Someone in another section")
            names[case.id] = plain if case.owner_id else _("No owner")
        else:
            left = case.section_id in sections and case.section_id not in owner.works_in
            names[case.id] = has_left(owner.name) if left else owner.name
    return names
