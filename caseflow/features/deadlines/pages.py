"""The data of "My work": deadlines in groups by urgency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from flask import url_for

from caseflow.access import Permission
from caseflow.clock import latest_local_today, now, today
from caseflow.db.paging import Cursor
from caseflow.errors import Invalid
from caseflow.features.cases.queries import one_case
from caseflow.features.deadlines import queries
from caseflow.features.deadlines.commands import NewDeadline
from caseflow.features.deadlines.forms import OWNER
from caseflow.features.deadlines.manual import columns_of
from caseflow.features.deadlines.queries import ChangeByOther, DueItem, DueOfAbsentColleague, Unowned
from caseflow.features.deadlines.responsible.queries import staff_of_case, workers_by_name
from caseflow.features.deadlines.service import add_deadline
from caseflow.models import Case, Deadline, DeadlineKind
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

PAGE = 40
BLOCK = 10
"""The number of lines in a block that links to a full list."""
WEEK, MONTH = 7, 30


@dataclass(frozen=True, slots=True)
class Line:
    """A deadline, and the number of days left in its section's time zone. `href` is the page of what is due, if it has one."""

    item: DueItem
    days: int
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class AbsentColleague:
    """Deadlines of a person who is away until a day, for their substitute."""

    name: str
    until: date
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Work:
    """The content of the page. `may_assign` holds the sections whose cases the person may assign; elsewhere they take cases."""

    groups: list[Group]
    next_page: str
    absent_colleagues: list[AbsentColleague]
    may_assign: frozenset[UUID]
    overdue_of_others: list[Line]
    unowned: list[Unowned]
    changes: list[ChangeByOther]


THREAT_BOXES = {"due_on": "threat_on", "hour": "threat_hour"}


def record_threat(uow: UnitOfWork, case: Case, on: date, hour: time) -> None:
    """Add the deadline of a threatened act that was said in a form of the case, unless there is one at that moment.

    Raises:
        Invalid: the moment is impossible, with the names of the boxes of that form.
    """
    uow.flush()
    kind, zone = DeadlineKind.THREATENED_ACT, one_case(uow, case.id).section.time_zone
    new = NewDeadline(title=label("deadline_kind", kind.value), due_on=on, kind=kind, hour=hour, zone=zone)
    try:
        if not queries.has_threat(uow, case.id, columns_of(new, zone)["due_at"]):
            add_deadline(uow, case.id, new)
    except Invalid as error:
        error.fields = {THREAT_BOXES.get(name, name): sentence for name, sentence in error.fields.items()}
        raise


def people_to_choose(uow: UnitOfWork, case: Case, deadline: Deadline | None = None) -> dict[str, str]:
    """Return who may be made responsible for a deadline of a case, by the value of the choice; the owner of the case first.

    A person to whom it is given stands there even if they left, or nobody would seem chosen. Two statements, three if the
    case is sealed.
    """
    staff = staff_of_case(uow, case)
    names = workers_by_name(uow, case, staff)
    owner = names.pop(staff.owner, None) if staff.owner else _("nobody at present")
    found = {OWNER: _("Owner of the case: %(name)s", name=owner) if owner else _("Owner of the case")}
    if deadline is not None and deadline.given_to_id is not None and deadline.given_to_id not in names:
        name = deadline.given_to.shown_name if deadline.given_to else _("Someone in another section")
        is_gone = deadline.given_to_id not in staff.workers
        names[deadline.given_to_id] = _("%(name)s (no longer works on this case)", name=name) if is_gone else name
    return found | {str(user_id): name for user_id, name in names.items()}


def my_work(uow: UnitOfWork, page: str = "") -> Work:
    """Return the acting person's work. Five statements for any number of deadlines."""
    place = Cursor.parse(page)
    until = latest_local_today() + timedelta(days=MONTH)
    items = queries.my_due(uow, until, place, PAGE + 1)
    is_more, items = len(items) > PAGE, items[:PAGE]
    assigns, works = (
        frozenset(member.section_id for member in uow.person.sections_for(permission))
        for permission in (Permission.CASE_ASSIGN, Permission.CASE_EDIT)
    )
    return Work(
        groups=_grouped(_lines(uow, items)),
        next_page=str(_cursor_after(items[-1])) if is_more else "",
        absent_colleagues=_absent_colleagues(uow, queries.due_of_absent_colleagues(uow, now(), until, PAGE)),
        may_assign=assigns,
        overdue_of_others=_lines(uow, queries.overdue_of_others(uow, assigns, now(), BLOCK)),
        unowned=queries.waiting_for_owner(uow, assigns | works, BLOCK + 1),
        changes=queries.changes_by_others(uow, now() - timedelta(days=1), BLOCK),
    )


def _absent_colleagues(uow: UnitOfWork, found: Sequence[DueOfAbsentColleague]) -> list[AbsentColleague]:
    people: dict[UUID, AbsentColleague] = {}
    for one in found:
        people.setdefault(one.user_id, AbsentColleague(one.name, one.until, [])).lines.extend(_lines(uow, [one.item]))
    return list(people.values())


def _lines(uow: UnitOfWork, items: Sequence[DueItem]) -> list[Line]:
    return [Line(item, (item.due_on - today(item.zone)).days, _href(uow, item)) for item in items]


def _href(uow: UnitOfWork, item: DueItem) -> str:
    acts = uow.sources.acts_of(item.source)
    if acts is None:
        return ""
    row: dict[str, Any] = {acts.argument: item.key.partition(":")[2]}
    return url_for(acts.endpoint, case_id=item.case_id, **row)


def _grouped(lines: Sequence[Line]) -> list[Group]:
    limits = (
        (_("Overdue"), -1),
        (_("Today"), 0),
        (_("In the next seven days"), WEEK),
        (_("Later, within thirty days"), MONTH + 1),
    )
    groups, rest = [], list(lines)
    for title, most in limits:
        groups.append(Group(title, [line for line in rest if line.days <= most]))
        rest = [line for line in rest if line.days > most]
    return [group for group in groups if group.lines]


def _cursor_after(item: DueItem) -> Cursor:
    return Cursor(item.due_on, item.deadline_id)
