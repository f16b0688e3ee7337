"""The pages of tasks."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.features.cases.queries import one_case
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.tasks import pages, service
from caseflow.features.tasks.forms import CancelForm, ReopenForm, ResultForm, StepsForm, TaskForm, values_of
from caseflow.features.tasks.queries import one_task
from caseflow.features.tasks.words import WHY_WE_ASK
from caseflow.models import Case, Task
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.saving import edit_child_page, form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("tasks", __name__, url_prefix="/cases/<uuid:case_id>/tasks")
of_section = Blueprint("section_tasks", __name__, url_prefix="/sections/<code>/tasks")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Add a task, by default what settles the gap of readiness that the address names."""
    case = editable_case(uow(), case_id)
    proposal = pages.proposal_for_gap(uow(), case_id, request.args["gap"]) if "gap" in request.args else {}
    form = TaskForm(version=0, **proposal)
    form.set_choices(pages.people_to_choose(uow(), case), pages.subjects_of(uow(), case))
    if submit(form, lambda: service.add_task(uow(), case, form.command())):
        flash(_("The task was added."), "good")
        return to_case(case_id, CasePage.TASKS)
    save = _("Save the task")
    return edit_child_page(form, case, _("Add a task"), save, page=CasePage.TASKS, why_we_ask=str(WHY_WE_ASK))


@blueprint.get("/<uuid:task_id>")
@requires(Permission.CASE_READ)
def show(case_id: UUID, task_id: UUID) -> ResponseReturnValue:
    """Show a task."""
    case = one_case(uow(), case_id)
    task = one_task(uow(), case, task_id)
    return _page(case, task, _steps_form(task))


def _steps_form(task: Task) -> StepsForm:
    form = StepsForm(version=task.version, done_steps=list(task.done_steps))
    form.set_choices(task)
    return form


def _page(case: Case, task: Task, form: StepsForm) -> ResponseReturnValue:
    may_edit = may_on_case(uow().session, uow().actor, Permission.CASE_EDIT, case)
    page = pages.task_page(uow(), case, task)
    return form_page("tasks/show.html", form, case=case, page=page, may_edit=may_edit)


@blueprint.post("/<uuid:task_id>/steps")
@requires(Permission.CASE_EDIT)
def tick(case_id: UUID, task_id: UUID) -> ResponseReturnValue:
    """Tick the steps of the checklist of a task."""
    case, task = _open(case_id, task_id)
    form = _steps_form(task)
    done, version = form.done_steps.data or (), form.version.data or 0
    if submit(form, lambda: service.tick_steps(uow(), case, task, version, done)):
        flash(_("Saved."), "good")
        return redirect(pages.task_url(task), 303)
    return _page(case, task, form)


@blueprint.route("/<uuid:task_id>/edit", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def edit(case_id: UUID, task_id: UUID) -> ResponseReturnValue:
    """Change a task, or give it to somebody else."""
    case, task = _open(case_id, task_id)
    form = TaskForm(version=task.version, **values_of(task))
    form.set_choices(pages.people_to_choose(uow(), case, task), pages.subjects_of(uow(), case, [task]))
    if submit(form, lambda: service.change_task(uow(), case, task, form.command())):
        flash(_("Saved. Reminders go to the person responsible."), "good")
        return redirect(pages.task_url(task), 303)
    save = _("Save the task")
    return edit_child_page(form, case, _("Change a task"), save, page=CasePage.TASKS, why_we_ask=str(WHY_WE_ASK))


@blueprint.route("/<uuid:task_id>/done", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def finish(case_id: UUID, task_id: UUID) -> ResponseReturnValue:
    """Mark a task as done."""
    case, task = _open(case_id, task_id)
    form = ResultForm(version=task.version)
    if submit(form, lambda: service.finish_task(uow(), case, task, form.version.data or 0, form.result.data or "")):
        flash(_("Marked as done. No more reminders will be sent."), "good")
        return to_case(case_id, CasePage.TASKS)
    return form_page("tasks/end.html", form, case=case, task=task, heading=_("Mark as done"), save=_("Mark as done"))


@blueprint.route("/<uuid:task_id>/cancel", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def cancel(case_id: UUID, task_id: UUID) -> ResponseReturnValue:
    """Cancel a task, with a reason."""
    case, task = _open(case_id, task_id)
    form = CancelForm(version=task.version)
    if submit(form, lambda: service.cancel_task(uow(), case, task, form.version.data or 0, form.reason.data or "")):
        flash(_("The task was cancelled. No more reminders will be sent."), "good")
        return to_case(case_id, CasePage.TASKS)
    heading = _("Cancel a task")
    return form_page("tasks/end.html", form, case=case, task=task, heading=heading, save=_("Cancel the task"))


@blueprint.route("/<uuid:task_id>/reopen", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def reopen(case_id: UUID, task_id: UUID) -> ResponseReturnValue:
    """Reopen a task that has ended."""
    case, task = _open(case_id, task_id)
    form = ReopenForm(version=task.version)
    if submit(form, lambda: service.reopen_task(uow(), case, task, form.version.data or 0)):
        flash(_("The task is open again."), "good")
        return redirect(pages.task_url(task), 303)
    heading = _("Reopen a task")
    return form_page("tasks/end.html", form, case=case, task=task, heading=heading, save=_("Reopen the task"))


def _open(case_id: UUID, task_id: UUID) -> tuple[EditableCase, Task]:
    case = editable_case(uow(), case_id)
    return case, one_task(uow(), case, task_id)


@of_section.get("")
@requires(Permission.CASE_ASSIGN)
def show_section(code: str) -> ResponseReturnValue:
    """Show who has which task in a section."""
    page = pages.section_tasks(uow(), code, request.args.get("person", ""), request.args.get("page", ""))
    return render_template("tasks/section.html", page=page)
