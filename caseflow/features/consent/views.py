"""The pages of consent."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.clock import today
from caseflow.features.cases.service import editable_case
from caseflow.features.consent import queries, service
from caseflow.features.consent.deadlines import FOLLOWS
from caseflow.features.consent.forms import AnswersForm, GroundsForm, WithdrawalForm, details_form
from caseflow.features.consent.words import WHY_CONSENT, WHY_GROUNDS
from caseflow.features.people.queries import one_person
from caseflow.models import ConsentScope
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage
from caseflow.web.saving import edit_child_page, form_page, submit
from caseflow.web.texts import gettext as _

SCOPE = f"<any({', '.join(ConsentScope)}):scope>"
blueprint = Blueprint("consent", __name__, url_prefix="/cases/<uuid:case_id>/people/<uuid:case_person_id>/consent")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def ask(case_id: UUID, case_person_id: UUID) -> ResponseReturnValue:
    """Record the answers of a person for all scopes in one pass."""
    case = editable_case(uow(), case_id)
    person = one_person(uow(), case, case_person_id)
    on = today(case.section.time_zone)
    form = AnswersForm(data={"decided_on": on})
    form.set_choices(person, queries.representatives(uow(), person))
    if submit(form, lambda: service.record_answers(uow(), case, person, form.command())):
        flash(_("The answers of %(code)s were recorded and the case reassessed.", code=person.code_name), "good")
        return _to_person(case_id, case_person_id)
    return form_page("consent/ask.html", form, case=case, person=person, on=on, why_we_ask=str(WHY_CONSENT))


@blueprint.route(f"/{SCOPE}", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def edit(case_id: UUID, case_person_id: UUID, scope: str) -> ResponseReturnValue:
    """Record the answer of a person for one scope, with all details."""
    case = editable_case(uow(), case_id)
    person, wanted = one_person(uow(), case, case_person_id), ConsentScope(scope)
    row = queries.consent_of(uow(), person, wanted)
    form = details_form(row, today(case.section.time_zone))
    form.set_choices(person, queries.representatives(uow(), person))
    if submit(form, lambda: service.record_consent(uow(), case, person, wanted, form.command())):
        flash(_("Saved. The case was reassessed."), "good")
        return _to_person(case_id, case_person_id)
    context = {"case": case, "person": person, "scope": wanted, "row": row, "why_we_ask": str(WHY_CONSENT)}
    return form_page("consent/edit.html", form, **context)


@blueprint.route(f"/{SCOPE}/withdraw", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def withdraw(case_id: UUID, case_person_id: UUID, scope: str) -> ResponseReturnValue:
    """Record that a consent was withdrawn; the page says first what that stops."""
    case = editable_case(uow(), case_id)
    person, wanted = one_person(uow(), case, case_person_id), ConsentScope(scope)
    row = queries.consent_of(uow(), person, wanted)
    form = WithdrawalForm(version=row.version if row else 0, decided_on=today(case.section.time_zone))
    form.set_occasion(person, queries.representatives(uow(), person))
    if submit(form, lambda: service.withdraw(uow(), case, person, wanted, form.command())):
        flash(_("The withdrawal was recorded. What follows is a deadline of the case."), "good")
        return _to_person(case_id, case_person_id)
    return form_page("consent/withdraw.html", form, case=case, person=person, scope=wanted, follows=FOLLOWS[wanted])


@blueprint.route("/grounds", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def grounds(case_id: UUID, case_person_id: UUID) -> ResponseReturnValue:
    """Record grounds and vulnerability of a person, with the consent for it."""
    case = editable_case(uow(), case_id)
    person = one_person(uow(), case, case_person_id)
    form = GroundsForm(obj=person)
    form.set_choices()
    if submit(form, lambda: service.record_groups(uow(), case, person, form.command())):
        flash(_("Saved. The case was reassessed."), "good")
        return _to_person(case_id, case_person_id)
    heading = _("Grounds and vulnerability of %(code)s", code=person.code_name)
    return edit_child_page(form, case, heading, _("Save"), page=CasePage.PEOPLE, why_we_ask=str(WHY_GROUNDS))


def _to_person(case_id: UUID, case_person_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("people.show", case_id=case_id, case_person_id=case_person_id, _anchor="consent"), 303)
