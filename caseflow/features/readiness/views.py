"""The pages of readiness: stored answers, what-if questions, the full passes."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.clock import today
from caseflow.db.paging import Cursor
from caseflow.features.cases.queries import one_case, whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.readiness import pages, queries, service
from caseflow.features.readiness.forms import WhatIfForm
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.features.remedies.service import untried_steps
from caseflow.web.access import requires, uow
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("readiness", __name__)


@blueprint.get("/cases/<uuid:case_id>/assessments")
@requires(Permission.CASE_READ)
def answers(case_id: UUID) -> ResponseReturnValue:
    """List the stored answers of a case."""
    case = one_case(uow(), case_id)
    page = pages.answers_page(uow(), case, Cursor.parse(request.args.get("page", "")))
    return render_template("readiness/answers.html", case=case, page=page)


@blueprint.get("/cases/<uuid:case_id>/assessments/<uuid:assessment_id>")
@requires(Permission.CASE_READ)
def answer(case_id: UUID, assessment_id: UUID) -> ResponseReturnValue:
    """Show one stored answer."""
    case, row = one_case(uow(), case_id), queries.one_answer(uow(), case_id, assessment_id)
    return render_template("readiness/answer.html", case=case, row=row, shown=pages.show_answer(row))


@blueprint.post("/cases/<uuid:case_id>/outlook-seen")
@requires(Permission.CASE_EDIT)
def seen(case_id: UUID) -> ResponseReturnValue:
    """Mark the change of outlook as seen."""
    case = editable_case(uow(), case_id)
    if not submit(CaseflowForm(), lambda: service.mark_outlook_seen(uow(), case)):
        flash(_("The page was out of date, so nothing was changed. Try again."), "warn")
    return redirect(url_for("deadlines.my_work"), 303)


@blueprint.route("/cases/<uuid:case_id>/what-if", methods=["GET", "POST"])
@requires(Permission.CASE_READ)
def what_if(case_id: UUID) -> ResponseReturnValue:
    """Assess a case with facts replaced, and save nothing. By POST, so that its days appear in no address or log."""
    case = whole_case(uow(), case_id)
    form, day = WhatIfForm(), today(case.section.time_zone)
    form.set_choices(uow().cached(remedies_of_case, case), untried_steps(uow(), case, day))
    found = submit(form, lambda: service.ask_what_if(uow(), case, form.command(day)))
    shown = pages.show_what_if(found) if found else None
    return form_page("readiness/what_if.html", form, case=case, shown=shown)


@blueprint.get("/admin/reassessments")
@requires(Permission.SYSTEM_WATCH)
def runs() -> ResponseReturnValue:
    """List the full passes: counts only, nothing of any case."""
    page = pages.runs_page(uow(), Cursor.parse(request.args.get("page", "")))
    return render_template("readiness/runs.html", page=page)
