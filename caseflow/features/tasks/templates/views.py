"""The pages of templates of tasks."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.errors import Conflict
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.tasks.pages import people_to_choose
from caseflow.features.tasks.templates import pages, service
from caseflow.features.tasks.templates.forms import ApplyForm, ChooseForm, RemoveTemplateForm, TemplateForm
from caseflow.features.tasks.templates.words import WHY_WE_ASK
from caseflow.models import Task
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext

blueprint = Blueprint("task_templates", __name__)
of_case = Blueprint("tasks_of_template", __name__, url_prefix="/cases/<uuid:case_id>/tasks")


@blueprint.get("/sections/<code>/task-templates")
@requires(Permission.SECTION_SETTINGS)
def index(code: str) -> ResponseReturnValue:
    """Show the templates of a section, and the examples."""
    section = pages.section_of(uow(), code)
    return render_template(
        "tasks/templates.html", section=section, templates=pages.templates_of(uow(), section.section_id)
    )


@blueprint.route("/sections/<code>/task-templates/new", methods=["GET", "POST"])
@requires(Permission.SECTION_SETTINGS)
def add(code: str) -> ResponseReturnValue:
    """Add a template, by default a copy of the example that the address names."""
    section = pages.section_of(uow(), code)
    form = TemplateForm(version=0, **pages.copied(request.args.get("copy", "")))
    form.set_choices()
    if submit(form, lambda: service.add_template(uow(), section.section_id, form.command())):
        flash(_("The template was added."), "good")
        return redirect(url_for("task_templates.index", code=section.section_code), 303)
    return form_page("tasks/template.html", form, section=section, heading=_("Add a template"), why=WHY_WE_ASK)


@blueprint.route("/task-templates/<uuid:template_id>", methods=["GET", "POST"])
@requires(Permission.SECTION_SETTINGS)
def edit(template_id: UUID) -> ResponseReturnValue:
    """Change a template."""
    section, template = pages.template_to_change(uow(), template_id)
    form = TemplateForm(obj=template)
    form.set_choices()
    if submit(form, lambda: service.change_template(uow(), template, form.command())):
        flash(_("Saved. Tasks that were made from it stay as they are."), "good")
        return redirect(url_for("task_templates.index", code=section.section_code), 303)
    return form_page("tasks/template.html", form, section=section, heading=_("Change a template"), why=WHY_WE_ASK)


@blueprint.route("/task-templates/<uuid:template_id>/remove", methods=["GET", "POST"])
@requires(Permission.SECTION_SETTINGS)
def remove(template_id: UUID) -> ResponseReturnValue:
    """Remove a template."""
    section, template = pages.template_to_change(uow(), template_id)
    form = RemoveTemplateForm()
    if submit(form, lambda: service.remove_template(uow(), template)):
        flash(_("The template was removed. Tasks that were made from it stay."), "good")
        return redirect(url_for("task_templates.index", code=section.section_code), 303)
    return form_page("tasks/remove_template.html", form, section=section, removed=template)


@of_case.route("/from-template", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def apply(case_id: UUID) -> ResponseReturnValue:
    """Choose a template and its day, look at what it would add, and add what was chosen."""
    case = editable_case(uow(), case_id)
    offered = pages.choice_for(uow(), case)
    choose = ChooseForm.from_address(offered.names())
    plan = _plan(case, offered, choose)
    form = _apply_form(case, plan)
    if plan and form and (added := submit(form, lambda: _add(case, plan, form))):
        flash(ngettext("%(num)s task was added.", "%(num)s tasks were added.", len(added)), "good")
        return to_case(case_id, CasePage.TASKS)
    return form_page(
        "tasks/apply.html", form or choose, case=case, choose=choose, plan=plan, is_chosen=form is not None
    )


def _plan(case: EditableCase, offered: pages.Choice, choose: ChooseForm) -> pages.Plan | None:
    if not request.args or not choose.validate():
        return None
    template = offered.find(choose.template.data)
    return pages.plan_for(case, template, choose.day.data) if template else None


def _apply_form(case: EditableCase, plan: pages.Plan | None) -> ApplyForm | None:
    if plan is None:
        return None
    people = people_to_choose(uow(), case)
    return ApplyForm(plan.choices(), people, chosen=plan.proposed(), of=plan.template.state)


def _add(case: EditableCase, plan: pages.Plan, form: ApplyForm) -> list[Task]:
    if form.of.data != plan.template.state:
        raise Conflict("The template was changed after you opened the page. Look at its tasks again.")
    return service.apply_template(uow(), case, plan.chosen(form.chosen.data or (), form.person_id()))
