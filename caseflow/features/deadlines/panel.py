"""The deadlines on the page "Tasks", and their part of the summary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from caseflow.features.deadlines.acknowledgements.queries import deadlines_with_acknowledgements
from caseflow.features.deadlines.queries import (
    OpenDeadline,
    open_deadlines,
    snooze_end_if_active,
)
from caseflow.models import ENDED_STAGES, Deadline, DeadlineKind, Urgency
from caseflow.models.deadline_kinds import KINDS
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import (
    MOST_STEPS,
    Banner,
    CasePage,
    CasePanel,
    CaseView,
    NextStep,
    SummaryPart,
    TaskRow,
    case_url,
)
from caseflow.web.clocks import ClockBox
from caseflow.web.dates import days_left_kind, show_date, show_days_left, show_days_left_within
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import label

STEPS_WITHIN = 60
"""Days in which a deadline that cannot be undone is one of the next steps."""
DAYS_OF_A_TASK = 2
"""The same of any other deadline."""


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
    """Return the deadlines of a case. One statement."""
    found, acknowledgements = uow.cached(deadlines_with_acknowledgements, view.case)
    rows = [row for row in found if uow.sources.acts_of(row.source) is None]  # the others are shown by their feature
    days, me = {row.id: row.due_on for row in rows}, uow.person.user_id
    return Deadlines(
        open=[row for row in rows if row.done_at is None],
        done=[row for row in rows if row.done_at is not None],
        seen_by={
            one.deadline_id: one.name for one in acknowledgements if one.acknowledged_for == days.get(one.deadline_id)
        },
        snoozed_until={
            one.deadline_id: snooze_end_if_active(one.snoozed_until, view.case.section.time_zone)
            for one in acknowledgements
            if one.user_id == me
        },
        person_id=me,
    )


def summary(uow: UnitOfWork, view: CaseView) -> SummaryPart:
    """Return what is due next, what cannot be undone, and a warning about an emergency without an hour. One statement."""
    case, rows = view.case, open_deadlines(uow, view.case.id)
    tasks = case_url(case.id, CasePage.TASKS)
    near = [
        row
        for row in rows
        if (row.due_on - view.on).days <= (STEPS_WITHIN if KINDS[row.kind].is_hard else DAYS_OF_A_TASK)
    ]
    steps = [NextStep((0, (row.due_on - view.on).days), _step(row, view.on), tasks) for row in near[:MOST_STEPS]]
    other = next((row for row in rows if row.source == "" or uow.sources.acts_of(row.source)), None)
    return SummaryPart(
        banners=_emergency_without_hour(view, rows),
        steps=steps,
        clocks=[_box(other, view.on, tasks)] if other else [],
        rows=[TaskRow(60, CasePage.TASKS, ("deadlines",), _("Tasks and deadlines"), *_status(rows, view.on))],
    )


def _emergency_without_hour(view: CaseView, rows: Sequence[OpenDeadline]) -> list[Banner]:
    case = view.case
    if case.urgency is not Urgency.EMERGENCY or case.stage in ENDED_STAGES:
        return []
    if any(row.kind is DeadlineKind.THREATENED_ACT and row.due_at for row in rows):
        return []
    add = url_for("deadlines.add", case_id=case.id, kind=DeadlineKind.THREATENED_ACT.value) if view.may_edit else ""
    text = _("This is an emergency, but the hour of the threatened act is not recorded. When will it happen?")
    return [Banner(0, "bad", text, add, _("Add the date and time"))]


def _name(row: OpenDeadline) -> str:
    return row.title or label("deadline_kind", row.kind.value)


def _step(row: OpenDeadline, on: date) -> str:
    left = show_days_left_within((row.due_on - on).days, row.kind)
    what = row.title or label("deadline_act", row.kind.value)
    return _("%(what)s by %(day)s (%(left)s)", what=what, day=show_date(row.due_on), left=left)


def _box(row: OpenDeadline, on: date, href: str) -> ClockBox:
    days = (row.due_on - on).days
    return ClockBox(
        _("Next deadline"),
        show_days_left(days, row.kind),
        days_left_kind(days, row.kind),
        date=show_date(row.due_on),
        note=_name(row),
        rule=_("All deadlines"),
        rule_href=href,
        order=1,
    )


def _status(rows: Sequence[OpenDeadline], on: date) -> tuple[str, str]:
    if not rows:
        return _("None open"), "neutral"
    days = (rows[0].due_on - on).days
    left = show_days_left_within(days, rows[0].kind)
    words = ngettext("%(num)s open, next: %(left)s", "%(num)s open, next: %(left)s", len(rows), left=left)
    return words, days_left_kind(days, rows[0].kind)


PANELS = (CasePanel(CasePage.TASKS, 10, deadlines, "deadlines/_deadlines.html"),)
