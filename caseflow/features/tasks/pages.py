"""The pages of tasks: what a task can be about and who can have it, and how one is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for

from caseflow.access import Permission
from caseflow.clock import today
from caseflow.db.paging import Cursor
from caseflow.errors import NotFound
from caseflow.features.accounts.queries import people_of_section
from caseflow.features.cases.queries import whole_case
from caseflow.features.claims.queries import claims_of
from caseflow.features.deadlines.acknowledgements.queries import deadlines_with_acknowledgements
from caseflow.features.deadlines.responsible.queries import staff_of_case, workers_by_name
from caseflow.features.notes.queries import merged_into
from caseflow.features.people.queries import people_of_case
from caseflow.features.readiness.gaps.queries import MET, WITHOUT_CLAIM, gap_key, open_gaps, parts_of
from caseflow.features.readiness.service import assessed
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.features.tasks import queries
from caseflow.features.tasks.deadlines import key_of
from caseflow.features.tasks.forms import OWNER
from caseflow.features.tasks.queries import TaskItem
from caseflow.models import Case, DeadlineKind, Section, Task
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, case_url
from caseflow.web.dates import show_date
from caseflow.web.texts import gettext as _
from caseflow.web.words import each_in_words, in_words, label, labels

LONGEST_TITLE = 120
"""Of the title that is proposed for the task of a gap."""
PAGE = 50
_PAGES = {"claim": CasePage.FACTS, "remedy": CasePage.REMEDIES, "person": CasePage.PEOPLE}


def task_url(task: Task, endpoint: str = "tasks.show") -> str:
    """Return the address of a page of a task."""
    return url_for(endpoint, case_id=task.case_id, task_id=task.id)


def subjects_of(uow: UnitOfWork, case: Case, tasks: Sequence[Task] = ()) -> dict[str, str]:
    """Return the claims, remedies and persons of a case by the code of the form, in words: three statements.

    A task on a person who was merged into another one is on that one: a fourth statement where there is such a task.
    """
    found = {
        f"claim:{claim.id}": _(
            "Claim %(number)s: %(what)s", number=number, what=claim.label or labels("right", claim.rights)
        )
        for number, claim in enumerate(uow.cached(claims_of, case), 1)
    }
    for remedy in uow.cached(remedies_of_case, case):
        stage = label("remedy_stage", remedy.stage) if remedy.stage else _("Remedy")
        found[f"remedy:{remedy.id}"] = f"{stage}, {remedy.authority}" if remedy.authority else stage
    code_names = {one.person_id: one.code_name for one in uow.cached(people_of_case, case)}
    gone = {task.person_id for task in tasks if task.person_id} - code_names.keys()
    if gone:
        merged = merged_into(uow, list(gone))
        code_names |= {one: code_names[into] for one, into in merged.items() if into in code_names}
    return found | {f"person:{person_id}": name for person_id, name in code_names.items()}


def people_to_choose(uow: UnitOfWork, case: Case, task: Task | None = None) -> dict[str, str]:
    """Return who may have a task, by the value of the choice; the owner of the case first.

    A person who has it stands there even if they left, or nobody would seem chosen.
    """
    staff = staff_of_case(uow, case)
    names = workers_by_name(uow, case, staff)
    owner = names.pop(staff.owner, None) if staff.owner else _("nobody at present")
    found = {OWNER: _("Owner of the case: %(name)s", name=owner) if owner else _("Owner of the case")}
    if task is not None and task.given_to_id is not None and task.given_to_id not in names:
        name = task.given_to.shown_name if task.given_to else _("Someone in another section")
        is_gone = task.given_to_id not in staff.workers
        names[task.given_to_id] = _("%(name)s (no longer works on this case)", name=name) if is_gone else name
    return found | {str(user_id): name for user_id, name in names.items()}


def proposal_for_gap(uow: UnitOfWork, case_id: UUID, gap: str) -> dict[str, str]:
    """Return the values of the form for the task of a gap: what settles it, on which claim, and why it is one.

    Empty if it is no open gap of the case.
    """
    case = whole_case(uow, case_id)
    rule, claim_id, _victim = parts_of(gap)
    if not rule or not case.is_before_filing:
        return {}
    if gap == gap_key(WITHOUT_CLAIM):
        return {} if case.claims else {"gap": gap, "title": _("Add a claim")}
    found = assessed(uow, case)
    ids = found.document.claim_ids
    for one in found.findings.findings:
        if one.result != MET and gap_key(one.rule, ids.get(one.claim or ""), one.victim) == gap:
            settles = each_in_words(one.settles)
            name = label("rule", rule) + (f" · {one.victim}" if one.victim else "")
            title = f"{name}: {settles[0]}" if settles else name
            return {
                "gap": gap,
                "title": title if len(title) <= LONGEST_TITLE else name,
                "about": f"claim:{claim_id}" if claim_id else "",
                "details": in_words(one.because),
                "steps": "\n".join(settles) if len(settles) > 1 else "",
            }
    return {}


@dataclass(frozen=True, slots=True)
class GapState:
    """The gap from which a task was made, and whether it is still one; None where nothing is assessed any more."""

    name: str
    href: str
    is_open: bool | None


def gap_state(task: Task, gaps: frozenset[str] | None) -> GapState | None:
    """Return the gap of a task in words; None if it was made from none. `gaps` are those that are open."""
    rule, _claim_id, victim = parts_of(task.gap)
    if not rule:
        return None
    name = _("Add a claim") if rule == WITHOUT_CLAIM else label("rule", rule) + (f" · {victim}" if victim else "")
    return GapState(name, case_url(task.case_id, CasePage.READINESS), None if gaps is None else task.gap in gaps)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with its words."""

    row: Task
    holder: str
    is_given_in_vain: bool
    """Whether somebody else is reminded, because the person to whom it was given does not work on the case any more."""
    asked_by: str
    about: str
    about_href: str
    days: int | None
    gap: GapState | None
    kind: DeadlineKind = DeadlineKind.TASK
    """Of its deadline, for how urgent its days look."""


def task_lines(uow: UnitOfWork, case: Case, tasks: Sequence[Task]) -> list[TaskLine]:
    """Return tasks in words: at most seven statements for any number."""
    subjects = subjects_of(uow, case, tasks) if any(task.about for task in tasks) else {}
    has_gap = any(task.gap and task.is_open for task in tasks)
    gaps = open_gaps(uow, case, uow.cached(claims_of, case)) if has_gap else None
    due, _acknowledged = uow.cached(deadlines_with_acknowledgements, case)
    reminded = {row.key: row.responsible_id for row in due if row.done_at is None}
    return [_line(case, task, subjects, gaps, reminded) for task in tasks]


def _line(
    case: Case,
    task: Task,
    subjects: Mapping[str, str],
    gaps: frozenset[str] | None,
    reminded: Mapping[str, UUID | None],
) -> TaskLine:
    is_in_vain = task.given_to_id is not None and reminded.get(key_of(task), task.given_to_id) != task.given_to_id
    return TaskLine(
        row=task,
        holder=_name(task.given_to_id, task.given_to) or _owner(case),
        is_given_in_vain=is_in_vain,
        asked_by=_name(task.asked_by_id, task.asked_by),
        about=subjects.get(task.about, ""),
        about_href=case_url(case.id, _PAGES[task.about.partition(":")[0]]) if task.about else "",
        days=(task.due_on - today(case.section.time_zone)).days if task.due_on else None,
        gap=gap_state(task, gaps if task.is_open else None),
    )


def _name(user_id: UUID | None, user: Any) -> str:
    if user_id is None:
        return ""
    return str(user.shown_name) if user else _("Someone in another section")


def _owner(case: Case) -> str:
    """Return the owner of a case, who has its tasks that are given to nobody else."""
    return _name(case.owner_id, case.owner) or _("Nobody yet")


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One task."""

    line: TaskLine
    facts: list[tuple[Any, ...]]


def task_page(uow: UnitOfWork, case: Case, task: Task) -> TaskPage:
    """Return what the page of a task shows."""
    line = task_lines(uow, case, [task])[0]
    facts: list[tuple[Any, ...]] = [
        (_("Person responsible"), line.holder),
        (_("From"), line.asked_by),
        (_("Last day"), show_date(task.due_on) if task.due_on else _("None")),
        (_("About"), line.about or _("The whole case")),
    ]
    if task.details:
        facts.append((_("Details"), task.details))
    if not task.is_open:
        by = _name(task.ended_by_id, task.ended_by)
        facts.append((_("Result") if task.status.value == "done" else _("Cancelled because"), task.result))
        facts.append((_("Ended by"), by))
    return TaskPage(line, facts)


@dataclass(frozen=True, slots=True)
class SectionTasks:
    """A page of the open tasks of a section, of one person if one was chosen."""

    section: Section
    person: str
    items: list[TaskItem]
    on: date
    older: str
    kind: DeadlineKind = DeadlineKind.TASK


def section_tasks(uow: UnitOfWork, code: str, person: str, page: str) -> SectionTasks:
    """Return who has what in a section.

    Raises:
        NotFound: the acting person coordinates no section with this code, or nobody of it has this id.
    """
    own = uow.person.sections_for(Permission.CASE_ASSIGN)
    section_id = next((member.section_id for member in own if member.section_code == code), None)
    if section_id is None:
        raise NotFound("This section does not exist.")
    section = queries.section_of_tasks(uow, section_id)
    people = {str(user_id): (user_id, name) for user_id, name in people_of_section(uow, section.id)}
    if person and person not in people:
        raise NotFound("This section does not exist.")
    person_id, name = people[person] if person else (None, "")
    found = queries.tasks_of_section(uow, section.id, person_id, PAGE + 1, Cursor.parse(page))
    last = found[PAGE - 1] if len(found) > PAGE else None
    older = (
        url_for("section_tasks.show_section", code=code, person=person or None, page=str(Cursor(last.at, last.task_id)))
        if last
        else ""
    )
    return SectionTasks(section, name, found[:PAGE], today(section.time_zone), older)
