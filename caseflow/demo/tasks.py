"""The tasks of the demo cases, and a template of a section."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from caseflow.access import Permission, PersonActor
from caseflow.clock import today
from caseflow.demo.plan import Doing
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.claims.queries import claims_of
from caseflow.features.people.queries import people_of_case
from caseflow.features.readiness.gaps.queries import open_gaps, parts_of
from caseflow.features.tasks.commands import TaskDetails
from caseflow.features.tasks.service import add_task, cancel_task, finish_task, tick_steps
from caseflow.features.tasks.templates.commands import TemplateDetails
from caseflow.features.tasks.templates.service import add_template
from caseflow.models import Section, Stage, Task
from caseflow.unit_of_work import UnitOfWork, Units

HEARING: Final = TemplateDetails(
    name="Hearing before a court",
    date_name="Day of the hearing",
    stage=Stage.DOMESTIC_REMEDIES,
    lines="""-14: Agree with the lawyer what is asked at the hearing
-7: Arrange an interpreter and the way there
- Language and gender of the interpreter
- Money for the journey
-1: Call the people, and say how the hearing goes
0: Be at the hearing, and note what was said
7: Ask for the record of the hearing""",
)


def add_template_of_hearings(units: Units, sections: Mapping[str, Section], people: Mapping[str, PersonActor]) -> None:
    """Add a template to the section of Spain, by its coordinator."""
    section_id = sections["ES"].id
    writer = next(one for one in people.values() if one.may(Permission.SECTION_SETTINGS, section_id))
    with units.begin(writer) as uow:
        add_template(uow, section_id, HEARING)


def add_tasks_of(
    units: Units, worker: PersonActor, case_id: UUID, plans: Sequence[Doing], people: Mapping[str, PersonActor]
) -> None:
    """Add the tasks of a case, each in a transaction of its own."""
    for plan in plans:
        with units.begin(worker) as uow:
            case = editable_case(uow, case_id)
            task = add_task(uow, case, _details(uow, case, plan, people))
            uow.flush()
            _go_on(uow, case, task, plan)


def _details(uow: UnitOfWork, case: EditableCase, plan: Doing, people: Mapping[str, PersonActor]) -> TaskDetails:
    by_name = {one.code_name: one.person_id for one in people_of_case(uow, case)}
    gaps = open_gaps(uow, case, claims_of(uow, case)) or () if plan.gap else ()
    return TaskDetails(
        title=plan.what,
        details=plan.details,
        due_on=None if plan.in_days is None else today(case.section.time_zone) + timedelta(days=plan.in_days),
        given_to_id=people[plan.to].user_id if plan.to else None,
        person_id=by_name[plan.about] if plan.about else None,
        steps=plan.steps,
        gap=next((key for key in sorted(gaps) if parts_of(key)[0] == plan.gap), ""),
    )


def _go_on(uow: UnitOfWork, case: EditableCase, task: Task, plan: Doing) -> None:
    if plan.ticked:
        tick_steps(uow, case, task, task.version, plan.steps[: plan.ticked])
        uow.flush()
    if plan.done:
        finish_task(uow, case, task, task.version, plan.done)
    if plan.why_not:
        cancel_task(uow, case, task, task.version, plan.why_not)
