"""Which cases may be about one event; and that two of them are not: said with a reason, and taken back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from caseflow.access import Permission
from caseflow.access.policy import require_in_section, require_on_case
from caseflow.audit import Changes
from caseflow.clock import now
from caseflow.db.paging import Cursor
from caseflow.errors import Conflict, Invalid
from caseflow.features.cases.queries import lock_case
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.duplicates.cases import queries
from caseflow.features.duplicates.cases.commands import Event, Likeness, RecordedEvent
from caseflow.features.duplicates.cases.likeness import is_likely, likeness
from caseflow.models import CaseDifference
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Alike:
    """Two cases that may be about one event, and why. The second was opened before the first, or on the same day."""

    first: RecordedEvent
    second: RecordedEvent
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Compared:
    """The cases that were compared with all older ones, and what was found."""

    events: Sequence[RecordedEvent]
    found: Sequence[Alike]


def latest_alike(uow: UnitOfWork, section_id: UUID, after: Cursor | None, most: int) -> Compared:
    """Compare the latest cases of a section, behind a place in their order, with those that are older: up to nine statements."""
    events = queries.latest_events(uow, section_id, after, most)
    found = [one for one in _alike(uow, section_id, events) if one.second.order < one.first.order]
    return Compared(events, found)


def alike_to(uow: UnitOfWork, case_id: UUID) -> list[Alike]:
    """Return the cases that may be about the same event as one, the likeliest first: up to nine statements."""
    (event,) = queries.events_of(uow, [case_id])
    return sorted(_alike(uow, event.section_id, [event]), key=lambda one: -one.likeness.weight)


def compare(uow: UnitOfWork, first_id: UUID, second_id: UUID) -> Likeness:
    """Return how alike two cases are: up to six statements."""
    events = {one.id: one for one in queries.events_of(uow, [first_id, second_id])}
    people = queries.people_in_common(uow, events[first_id].section_id, [first_id]).get(first_id, {})
    return likeness(events[first_id], events[second_id], people.get(second_id, ()))


def events_like(
    uow: UnitOfWork, section_ids: Iterable[UUID], asked: Event, further: Collection[UUID]
) -> list[tuple[RecordedEvent, Likeness]]:
    """Return the cases near an event that is not recorded yet, and further ones, with their likeness: two statements."""
    near = queries.near_cases(uow, [(section_id, asked) for section_id in section_ids])
    ids = {*further, *(each for found in near for each in found)}
    return [(one, likeness(asked, one)) for one in queries.events_of(uow, ids)]


def _alike(uow: UnitOfWork, section_id: UUID, events: Sequence[RecordedEvent]) -> list[Alike]:
    if not events:
        return []
    near = queries.near_cases(uow, [(section_id, one) for one in events])
    people = queries.people_in_common(uow, section_id, [one.id for one in events])
    known = {one.id: one for one in events}
    wanted = {each for ids in near for each in ids} | {each for found in people.values() for each in found}
    known |= {one.id: one for one in queries.events_of(uow, wanted - known.keys())}
    pairs = [
        Alike(one, other, likeness(one, other, people.get(one.id, {}).get(other.id, ())))
        for one, ids in zip(events, near, strict=True)
        for other in _others(one, {*ids, *people.get(one.id, ())}, known)
    ]
    likely = [pair for pair in pairs if is_likely(pair.likeness)]
    different = queries.differences_between(uow, {each.id for pair in likely for each in (pair.first, pair.second)})
    return [pair for pair in likely if frozenset((pair.first.id, pair.second.id)) not in different]


def _others(one: RecordedEvent, ids: set[UUID], known: Mapping[UUID, RecordedEvent]) -> list[RecordedEvent]:
    """Return the other cases of the section, in the order of the list. A person may be in a case of another one that was shared."""
    others = [known[each] for each in ids if each in known and each != one.id]
    own = [each for each in others if each.section_id == one.section_id]
    return sorted(own, key=lambda each: each.order, reverse=True)


@dataclass(frozen=True, slots=True)
class CasePair:
    """Two cases of one section. The first stays when they are merged."""

    first: EditableCase
    second: EditableCase


def pair_of(uow: UnitOfWork, first_id: UUID, second_id: UUID) -> CasePair:
    """Return two cases of a section as a pair.

    Raises:
        NotFound: one of them may not be seen.
        Forbidden: one of them may not be changed.
        Conflict: they are one, or of two sections.
    """
    first, second = editable_case(uow, first_id), editable_case(uow, second_id)
    require_in_section(uow.actor, Permission.CASE_EDIT, first.section_id)
    if first_id == second_id:
        raise Conflict("This is the same case twice. Choose another one to compare it with.")
    if first.section_id != second.section_id:
        raise Conflict("These two cases are of different sections. Only cases of one section can be compared.")
    return CasePair(first, second)


def say_different(uow: UnitOfWork, pair: CasePair, reason: str) -> CaseDifference:
    """Record that two cases are not the same, so that they are not suggested again. The history of both keeps it.

    Raises:
        Invalid: no reason.
        Conflict: somebody said so already.
    """
    if not reason.strip():
        raise Invalid("The reason is missing.", {"reason": "Say why these two cases are not about the same event."})
    both = sorted((pair.first.id, pair.second.id))
    for case_id in both:
        lock_case(uow, case_id)
    if queries.differences_between(uow, both):
        raise Conflict("These two are marked as different already.")
    found = CaseDifference(
        section_id=pair.first.section_id,
        first_id=both[0],
        second_id=both[1],
        reason=reason.strip(),
        user_id=uow.person.user_id,
    )
    uow.session.add(found)
    uow.flush()
    _record(uow, found, "case.said_different", {"reason": [None, found.reason]})
    return found


def take_back(uow: UnitOfWork, found: CaseDifference) -> CaseDifference:
    """Take back that two cases are not the same: they may be suggested again.

    Raises:
        Forbidden: one of them may not be changed.
    """
    for case_id in (found.first_id, found.second_id):
        lock_case(uow, case_id)
        require_on_case(uow.session, uow.actor, Permission.CASE_EDIT, editable_case(uow, case_id))
    uow.session.refresh(found, ["taken_back_at"])
    if found.taken_back_at is not None:
        return found  # already: pressed twice, or by two people
    found.taken_back_by_id, found.taken_back_at = uow.person.user_id, now()
    _record(uow, found, "case.different_taken_back")
    return found


def _record(uow: UnitOfWork, found: CaseDifference, action: str, further: Changes | None = None) -> None:
    """Record an act in the history of both. None names the other one: not everybody sees both."""
    for case_id in (found.first_id, found.second_id):
        uow.audit.record(action, found, section_id=found.section_id, case_id=case_id, changes=further or {})
