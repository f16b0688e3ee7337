"""The pages of deadlines: "My work", adding, changing, completing, acknowledging and snoozing."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.access.policy import require_on_case
from caseflow.features.cases.queries import one_case
from caseflow.features.deadlines import pages, queries, service
from caseflow.features.deadlines.acknowledgements import service as acknowledgements
from caseflow.features.deadlines.forms import (
    AcknowledgeForm,
    DeadlineEditForm,
    DeadlineForm,
    DoneForm,
    ResponsibleForm,
    SnoozeForm,
)
from caseflow.features.deadlines.manual import is_ambiguous_hour
from caseflow.features.deadlines.words import NotificationWords, notification_words_of_manual_kinds, threshold_words
from caseflow.models import Case, Deadline
from caseflow.models.deadline_kinds import KINDS
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, case_url, to_case
from caseflow.web.feature import work_panels
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.words import words_of_app

blueprint = Blueprint("deadlines", __name__)


@blueprint.get("/my-work")
@requires(Permission.CASE_READ)
def my_work() -> ResponseReturnValue:
    """Show "My work"."""
    found = pages.my_work(uow(), request.args.get("page", ""))
    return render_template(
        "deadlines/my_work.html",
        work=found,
        form=DoneForm(),
        actions=words_of_app().of("action"),
        block=pages.BLOCK,
        person_id=uow().person.user_id,
        panels=work_panels(uow()),
    )


@blueprint.route("/cases/<uuid:case_id>/deadlines/new", methods=["GET", "POST"])
@requires(Permission.DEADLINE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Add a deadline to a case."""
    case = one_case(uow(), case_id)
    require_on_case(uow().session, uow().actor, Permission.DEADLINE_EDIT, case)
    people = pages.people_to_choose(uow(), case)
    form = DeadlineForm(case.section.time_zone, people, kind=request.args.get("kind"))
    if submit(form, lambda: service.add_deadline(uow(), case_id, form.command())):
        flash(_("Deadline added. Reminders are scheduled."), "good")
        _warn_if_ambiguous_hour(form)
        return to_case(case_id, CasePage.TASKS)
    return form_page("deadlines/add.html", form, case=case, notifications=_notification_words(case))


@blueprint.route("/deadlines/<uuid:deadline_id>/edit", methods=["GET", "POST"])
@requires(Permission.DEADLINE_EDIT)
def edit(deadline_id: UUID) -> ResponseReturnValue:
    """Change a manual deadline."""
    deadline = queries.one_deadline(uow(), deadline_id)
    service.require_manual(uow(), deadline)
    case, people = deadline.case, pages.people_to_choose(uow(), deadline.case, deadline)
    form = DeadlineEditForm(deadline, case.section.time_zone, people)
    if submit(form, lambda: service.edit_deadline(uow(), deadline_id, form.version.data or 0, form.command())):
        flash(_("Saved. Reminders were rescheduled to the new date."), "good")
        _warn_if_ambiguous_hour(form)
        return to_case(case.id, CasePage.TASKS)
    return form_page("deadlines/edit.html", form, case=case, deadline=deadline, notifications=_notification_words(case))


@blueprint.route("/deadlines/<uuid:deadline_id>/responsible", methods=["GET", "POST"])
@requires(Permission.DEADLINE_EDIT)
def give(deadline_id: UUID) -> ResponseReturnValue:
    """Choose the person responsible for a deadline."""
    deadline = _editable(deadline_id)
    form = ResponsibleForm(deadline, pages.people_to_choose(uow(), deadline.case, deadline))
    if submit(form, lambda: service.give_deadline(uow(), deadline_id, form.version.data or 0, form.person_id())):
        flash(_("Saved. Reminders go to the person responsible."), "good")
        return to_case(deadline.case_id, CasePage.TASKS)
    return form_page("deadlines/give.html", form, deadline=deadline)


@blueprint.route("/deadlines/<uuid:deadline_id>/done", methods=["GET", "POST"])
@requires(Permission.DEADLINE_EDIT)
def complete(deadline_id: UUID) -> ResponseReturnValue:
    """Mark a deadline as done."""
    deadline = _editable(deadline_id)
    form = DoneForm(deadline, version=deadline.version, back=request.args.get("back", ""))
    if submit(
        form, lambda: service.complete(uow(), deadline_id, *form.version_and_outcome(), is_sure=form.is_sure.data)
    ):
        flash(_("Marked as done. No more reminders will be sent."), "good")
        return redirect(_return_url(deadline, form.back.data), 303)
    here = _return_url(deadline, form.back.data)
    may_file = uow().person.may(Permission.CASE_EDIT, deadline.case.section_id)
    return form_page(
        "deadlines/done.html", form, deadline=deadline, here=here, is_computed=bool(deadline.source), may_file=may_file
    )


@blueprint.route("/deadlines/<uuid:deadline_id>/seen", methods=["GET", "POST"])
@requires(Permission.DEADLINE_EDIT)
def acknowledge(deadline_id: UUID) -> ResponseReturnValue:
    """Acknowledge a deadline. The buttons are on other pages; this page is shown if that fails."""
    deadline = _editable(deadline_id)
    form = AcknowledgeForm(version=deadline.version, back=request.args.get("back", ""))
    if submit(form, lambda: acknowledgements.acknowledge(uow(), deadline_id, form.version.data or 0)):
        flash(_("You have acknowledged this deadline."), "good")
        return redirect(_return_url(deadline, form.back.data), 303)
    return form_page("deadlines/acknowledge.html", form, deadline=deadline, here=_return_url(deadline, form.back.data))


@blueprint.route("/deadlines/<uuid:deadline_id>/later", methods=["GET", "POST"])
@requires(Permission.DEADLINE_EDIT)
def snooze(deadline_id: UUID) -> ResponseReturnValue:
    """Snooze a deadline, with a reason."""
    deadline = _editable(deadline_id)
    form = SnoozeForm(version=deadline.version, back=request.args.get("back", ""))
    if submit(form, lambda: acknowledgements.snooze(uow(), deadline_id, form.command())):
        flash(_("You will be reminded again on that day."), "good")
        return redirect(_return_url(deadline, form.back.data), 303)
    rule, here = KINDS[deadline.kind], _return_url(deadline, form.back.data)
    always = threshold_words(rule.always_sent, has_hour=rule.has_hour)
    return form_page("deadlines/snooze.html", form, deadline=deadline, here=here, rule=rule, always=always)


@blueprint.route("/deadlines/<uuid:deadline_id>/as-usual", methods=["GET", "POST"])
@requires(Permission.DEADLINE_EDIT)
def end_snooze(deadline_id: UUID) -> ResponseReturnValue:
    """End a snooze. The buttons are on other pages; this page is shown if that fails."""
    deadline = _editable(deadline_id)
    form = AcknowledgeForm(version=deadline.version, back=request.args.get("back", ""))
    if submit(form, lambda: acknowledgements.end_snooze(uow(), deadline_id, form.version.data or 0)):
        flash(_("You will get the usual reminders again."), "good")
        return redirect(_return_url(deadline, form.back.data), 303)
    return form_page("deadlines/end_snooze.html", form, deadline=deadline, here=_return_url(deadline, form.back.data))


def _editable(deadline_id: UUID) -> Deadline:
    deadline = queries.one_deadline(uow(), deadline_id)
    require_on_case(uow().session, uow().actor, Permission.DEADLINE_EDIT, deadline.case)
    return deadline


def _return_url(deadline: Deadline, came_from: str | None) -> str:
    if came_from == "case":
        return case_url(deadline.case_id, CasePage.TASKS)
    return url_for(
        {"reminders": "reminders.index", "section": "sections.show"}.get(came_from or "", "deadlines.my_work")
    )


def _notification_words(case: Case) -> list[NotificationWords]:
    """Return in words who is notified when, for each kind that people add."""
    return notification_words_of_manual_kinds(
        queries.preferences_of(uow(), [case.section_id])[case.section_id].thresholds
    )


def _warn_if_ambiguous_hour(form: DeadlineForm) -> None:
    typed = form.command()
    if typed.hour is not None and is_ambiguous_hour(typed.due_on, typed.hour, typed.zone):
        flash(_("That time occurs twice that night, because the clocks go back. The first of the two is used."), "warn")
