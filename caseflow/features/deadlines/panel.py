"""The deadlines on the case page: the next one in the clock strip, and the list of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseflow.features.deadlines.acknowledgements.queries import deadlines_with_acknowledgements
from caseflow.features.deadlines.queries import snooze_end_if_active
from caseflow.models import Deadline
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.clocks import ClockBox
from caseflow.web.dates import days_left_kind, show_date, show_days_left
from caseflow.web.feature import CasePanel, CasePlace, CaseView
from caseflow.web.texts import gettext as _
from caseflow.web.words import label


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The open deadlines by date, the done ones, and who acknowledged or snoozed them."""

    open: Sequence[Deadline]
    done: Sequence[Deadline]
    seen_by: Mapping[UUID, str | None]
    snoozed_until: Mapping[UUID, date | None]
    """By deadline, for the acting person."""
    person_id: UUID


def deadlines(uow: UnitOfWork, view: CaseView) -> Deadlines:
    """Return the deadlines of a case. One statement, shared with `next_deadline`."""
    rows, acknowledgements = uow.cached(deadlines_with_acknowledgements, view.case)
    days, me = {row.id: row.due_on for row in rows}, uow.person.user_id
    return Deadlines(
        open=[row for row in rows if row.done_at is None],
        done=[row for row in rows if row.done_at is not None],
        seen_by={
            one.deadline_id: one.name for one in acknowledgements if one.acknowledged_for == days[one.deadline_id]
        },
        snoozed_until={
            one.deadline_id: snooze_end_if_active(one.snoozed_until, view.case.section.time_zone)
            for one in acknowledgements
            if one.user_id == me
        },
        person_id=me,
    )


def next_deadline(uow: UnitOfWork, view: CaseView) -> list[ClockBox]:
    """Return the box of the next open deadline."""
    rows, _acknowledgements = uow.cached(deadlines_with_acknowledgements, view.case)
    soonest = next((row for row in rows if row.done_at is None), None)
    if soonest is None:
        return [ClockBox(_("Next deadline"), _("None"), "neutral")]
    days = (soonest.due_on - view.on).days
    return [
        ClockBox(
            _("Next deadline"),
            show_days_left(days),
            days_left_kind(days),
            date=show_date(soonest.due_on),
            note=soonest.title or label("deadline_kind", soonest.kind.value),
            rule=_("All deadlines"),
            rule_href="#deadlines",
        )
    ]


PANELS = (
    CasePanel(CasePlace.NEXT_DEADLINE, next_deadline, "_parts/clock_boxes.html"),
    CasePanel(CasePlace.DEADLINES, deadlines, "deadlines/_deadlines.html"),
)
