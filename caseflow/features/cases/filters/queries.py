"""The conditions of the list: filters, views, and what is looked up by an index. They are not for safety."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    String,
    Uuid,
    any_,
    bindparam,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from caseflow.db.searching import Question, question
from caseflow.features.cases.commands import CaseFilters, ListView
from caseflow.features.cases.flags.queries import flagged_cases, is_flagged
from caseflow.features.cases.owners.queries import owned_by
from caseflow.models import ENDED_STAGES, STAGES_BEFORE_FILING, Case, CaseListing, Outlook, Section, Stage
from caseflow.models.case_listing import or_last
from caseflow.unit_of_work import UnitOfWork

MOST_BY_INDEX: Final = 2_000
"""Cases that words or a right may match to be looked up before the list is read."""


WEEK: Final = 7
QUIET: Final = 60
"""Days without an act of a person after which a case is in the view of quiet ones."""
_IS_OPEN = Case.stage.not_in(ENDED_STAGES)


def can_be_filed(today: Any) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for cases that could be filed: nothing bars them, and the year of a final decision still runs."""
    return (
        Case.stage.in_(STAGES_BEFORE_FILING),
        CaseListing.outlook.in_((Outlook.INCOMPLETE, Outlook.ARGUABLE, Outlook.CLEAR)),
        CaseListing.last_one_year_on >= today,
    )


VIEWS: Final[Mapping[ListView, tuple[ColumnElement[bool], ...]]] = {
    ListView.MINE: (Case.owner_id == bindparam("person", type_=Uuid), _IS_OPEN),
    ListView.DUE: (CaseListing.due_on <= bindparam("week", type_=Date),),
    ListView.FILEABLE: can_be_filed(bindparam("today", type_=Date)),
    ListView.REVIEW: (Case.stage == Stage.READINESS_REVIEW,),
    ListView.UNOWNED: (Case.owner_id.is_(None), _IS_OPEN),
    ListView.QUIET: (CaseListing.active_at < bindparam("quiet_since", type_=DateTime(timezone=True)), _IS_OPEN),
}
"""The conditions of each view, with the parameters that `parameters_of_views` gives."""


def parameters_of_views(on: date, person_id: UUID) -> dict[str, object]:
    """Return the parameters of the views for a day and a person."""
    quiet_since = _end_of(on - timedelta(days=QUIET))
    return {"person": person_id, "today": on, "week": on + timedelta(days=WEEK), "quiet_since": quiet_since}


def conditions_of(filters: CaseFilters) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions of the filters, without those of the view, words and right."""
    if filters.section:
        yield Case.section_id == select(Section.id).where(Section.code == filters.section).scalar_subquery()
    if filters.state:
        yield Case.state_code == filters.state
    if filters.stage:
        yield Case.stage.in_(filters.stage)
    if filters.urgency:
        yield Case.urgency == filters.urgency
    if filters.outlook:
        yield CaseListing.outlook.in_([Outlook(filters.outlook)])
    if filters.owner:
        yield owned_by(filters.owner)
    yield from _of_days(filters)


def _of_days(filters: CaseFilters) -> Iterator[ColumnElement[bool]]:
    if filters.clock_before:
        yield or_last(CaseListing.one_year_on) <= filters.clock_before
    if filters.active_before:
        yield CaseListing.active_at < _end_of(filters.active_before)
    if filters.opened_from:
        yield Case.opened_on >= filters.opened_from
    if filters.opened_until:
        yield Case.opened_on <= filters.opened_until


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)


_FOUND_BY_INDEX: Final = text(
    "SELECT CAST(caseflow_matching_cases(CAST(:words AS tsquery), :part, :right, :most) AS text)"
)
"""An array as text: it goes back to the database as it is, and may have thousands of ids."""


IS_FOUND: Final = Case.id == any_(cast(bindparam("found", type_=String), ARRAY(Uuid)))


def found_by_index(uow: UnitOfWork, filters: CaseFilters) -> tuple[str | None, list[ColumnElement[bool]]]:
    """Return the ids of the cases with the words (anywhere in the text, or a part of reference or place) and the right.

    Few cases are looked up by a function of the database, by indexes that row security does not use
    (docs/decisions/0023-no-operator-is-marked-leakproof.md). Many are found sooner by reading the list in its order: then
    there are conditions instead of ids.
    """
    flagged, with_flag = _flagged(uow, filters.flag)
    if not filters.text and not filters.right:
        return flagged, with_flag
    also = with_flag if flagged is None else [_is_among(flagged)]
    asked = question(filters.text) if filters.text else Question("", "")
    if filters.text and not asked.words and not asked.part:
        return None, [false()]
    values = {"words": asked.words or None, "part": asked.part or None, "right": filters.right or None}
    found: str | None = uow.session.scalar(_FOUND_BY_INDEX, {**values, "most": MOST_BY_INDEX})
    if found is not None:
        return found, also
    words = Case.search.op("@@")(cast(asked.words, TSQUERY)) if asked.words else false()
    # The part has only letters, digits and blanks, so that LIKE reads every character as itself.
    described = or_(words, Case.lookup.like(f"%{asked.part}%")) if asked.part else words
    right = Case.rights.contains([filters.right])
    return None, [*also, *([described] if filters.text else []), *([right] if filters.right else [])]


def _is_among(ids: str) -> ColumnElement[bool]:
    """Return the condition that a case has one of these ids. As rows they are looked up; as an array each case would be compared with all."""
    return Case.id.in_(select(func.unnest(cast(literal(ids), ARRAY(Uuid)), type_=Uuid)))


def _flagged(uow: UnitOfWork, kind: str) -> tuple[str | None, list[ColumnElement[bool]]]:
    """Return the ids of the cases with an open flag; a condition where there are so many that a page of them is soon found."""
    if not kind:
        return None, []
    ids = flagged_cases(uow, kind, MOST_BY_INDEX)
    return (None, [is_flagged(kind)]) if ids is None else (f"{{{','.join(map(str, ids))}}}", [])
