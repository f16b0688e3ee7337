"""Queries on the letters of many cases. Row security decides which are visible."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, literal, select, tuple_

from caseflow.db.paging import Cursor
from caseflow.features.communications.overview.commands import Due, InForce, OpenLetter
from caseflow.features.communications.queries import IS_OPEN
from caseflow.features.deadlines.queries import section_day
from caseflow.models import NO_DAY, STAGES_AFTER_FILING, Awaited, Case, Letter, LetterKind, Section, Stage, User
from caseflow.models.case_listing import or_last
from caseflow.models.letter_kinds import LETTER_KINDS
from caseflow.unit_of_work import UnitOfWork

SOON: Final = 14
_END_INTERIM: Final = (
    LetterKind.INTERIM_LIFTED,
    *(kind for kind, described in LETTER_KINDS.items() if described.is_decision),
)
"""What ends interim measures that were granted (`communications.standing.interim_of`)."""
_IS_OPEN: Final = Case.stage.in_((*STAGES_AFTER_FILING, Stage.SUSPENDED))
_ORDER: Final = (Letter.dated_on, Letter.created_at, Letter.id)


def _due(due: Due, at: datetime) -> ColumnElement[bool]:
    day = section_day(at)
    conditions: Mapping[Due, ColumnElement[bool]] = {
        Due.OVERDUE: Letter.due_on < day,
        Due.SOON: Letter.due_on.between(day, day + SOON),
        Due.LATER: Letter.due_on > day + SOON,
        Due.NO_DAY: Letter.due_on.is_(None),
    }
    return conditions[due]


def _open(sections: Sequence[UUID] | None) -> list[ColumnElement[bool]]:
    """Return the conditions for letters without an answer: in sections, or in all cases that the acting person sees."""
    found = [*IS_OPEN, _IS_OPEN]
    return found if sections is None else [*found, Case.section_id.in_(sections)]


def open_letters_in_numbers(
    uow: UnitOfWork, sections: Sequence[UUID] | None, at: datetime
) -> Mapping[Awaited, Mapping[Due, int]]:
    """Return how many letters wait for whom, by when they must be answered. One statement."""
    found = (
        select(Letter.awaited, *(func.count().filter(_due(due, at)) for due in Due))
        .join(Case, Case.id == Letter.case_id)
        .join(Section, Section.id == Case.section_id)
        .where(*_open(sections))
        .group_by(Letter.awaited)
    )
    rows = {row[0]: dict(zip(Due, row[1:], strict=True)) for row in uow.session.execute(found)}
    return {awaited: rows.get(awaited, dict.fromkeys(Due, 0)) for awaited in Awaited}


def open_letters(
    uow: UnitOfWork,
    sections: Sequence[UUID] | None,
    chosen: tuple[Awaited, Due, datetime],
    size: int,
    place: Cursor | None = None,
) -> list[OpenLetter]:
    """Return letters that wait for somebody, by the day by which they must be answered. One statement.

    Args:
        uow: the unit of work.
        sections: of whose cases; None for all that the acting person sees.
        chosen: who must answer, until when, and the present moment.
        size: how many at most.
        place: the place behind which the page begins.
    """
    awaited, due, at = chosen
    day = or_last(Letter.due_on)
    found = (
        select(
            Letter.id,
            Letter.kind,
            Letter.dated_on,
            Letter.due_on,
            Case.id,
            Case.reference,
            Case.title,
            Section.time_zone,
            Case.owner_id,
            User.shown_name,
        )
        .join(Case, Case.id == Letter.case_id)
        .join(Section, Section.id == Case.section_id)
        .outerjoin(User, User.id == Case.owner_id)
        .where(*_open(sections), Letter.awaited == awaited, _due(due, at))
        .order_by(day, Letter.id)
        .limit(size)
    )
    if place is not None:
        found = found.where(tuple_(day, Letter.id) > tuple_(literal(place.value), literal(place.id)))
    return [OpenLetter(*tuple(row)) for row in uow.session.execute(found)]


def place_of(line: OpenLetter) -> Cursor:
    """Return the place of a letter in its list."""
    return Cursor(line.due_on or NO_DAY, line.letter_id)


def _in_force(sections: Sequence[UUID] | None) -> list[Any]:
    later = Letter.__table__.alias("later")
    ended = (
        select(later.c.id)
        .where(
            later.c.case_id == Letter.case_id,
            later.c.kind.in_((*_END_INTERIM, LetterKind.INTERIM_GRANTED)),
            tuple_(later.c.dated_on, later.c.created_at, later.c.id) > tuple_(*_ORDER),
        )
        .correlate(Letter)
        .exists()
    )
    found = [Letter.kind == LetterKind.INTERIM_GRANTED, ~ended, _IS_OPEN]
    return found if sections is None else [*found, Case.section_id.in_(sections)]


def number_in_force(uow: UnitOfWork, sections: Sequence[UUID] | None) -> int:
    """Return in how many cases interim measures are in force. One statement."""
    found = select(func.count()).select_from(Letter).join(Case, and_(Case.id == Letter.case_id))
    return uow.session.scalar(found.where(*_in_force(sections))) or 0


def in_force(uow: UnitOfWork, sections: Sequence[UUID] | None, size: int, place: Cursor | None = None) -> list[InForce]:
    """Return the cases in which interim measures are in force, the oldest first. One statement."""
    found = (
        select(Case.id, Case.reference, Case.title, Letter.dated_on, Letter.id, Case.owner_id, User.shown_name)
        .join(Case, Case.id == Letter.case_id)
        .outerjoin(User, User.id == Case.owner_id)
        .where(*_in_force(sections))
        .order_by(Letter.dated_on, Letter.id)
        .limit(size)
    )
    if place is not None:
        found = found.where(tuple_(Letter.dated_on, Letter.id) > tuple_(literal(place.value), literal(place.id)))
    return [InForce(*row) for row in uow.session.execute(found)]
