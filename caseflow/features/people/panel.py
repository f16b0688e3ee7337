"""The persons of a case: the page "People", their number in the navigation, and their part of the summary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from caseflow.features.cases.service import EditableCase
from caseflow.features.people.commands import ForWhom
from caseflow.features.people.queries import NUMBER_OF_PEOPLE, Relation, people_of_case, relations_in_case
from caseflow.features.people.service import add_victims
from caseflow.features.people.words import kind_of
from caseflow.models import Case, CasePerson, ConsentScope, ConsentStanding, PersonRole, standing
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CaseCount, CasePage, CasePanel, CaseView, NextStep, SummaryPart, TaskRow, case_url
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import label, labels


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in the table of the case."""

    code_name: str
    href: str
    description: str
    roles: str
    kind: str
    claims: str
    consent: str
    """In short, such as "UN: yes · Share: not asked"."""
    is_named: bool


@dataclass(frozen=True, slots=True)
class PeoplePanel:
    """The persons of a case, and the relations between them."""

    lines: Sequence[PersonLine]
    relations: Sequence[Relation]


def people(uow: UnitOfWork, view: CaseView) -> PeoplePanel:
    """Return the persons of a case: three statements."""
    found = uow.cached(people_of_case, view.case)
    return PeoplePanel([_line(view, one) for one in found], relations_in_case(uow, view.case))


def _line(view: CaseView, one: CasePerson) -> PersonLine:
    case = view.case
    concerned = {row.claim_id for row in one.concerned}
    claims = [str(number) for number, claim in enumerate(case.claims, 1) if claim.id in concerned]
    return PersonLine(
        code_name=one.code_name,
        href=url_for("people.show", case_id=case.id, case_person_id=one.id),
        description=one.description,
        roles=labels("person_role", one.roles),
        kind=kind_of(one),
        claims=", ".join(claims) or str(_("All claims")) if PersonRole.VICTIM in one.roles else "",
        consent=consent_in_short(one, view.on),
        is_named=one.person.is_named,
    )


def consent_in_short(one: CasePerson, on: date) -> str:
    """Return the consent of a person to submit and to share, and to every other use that they refused or withdrew."""
    told = {ConsentScope.SUBMIT, ConsentScope.SHARE} if PersonRole.VICTIM in one.roles else set()
    told |= {row.scope for row in one.consents if not row.standing(on).allows}
    return " · ".join(
        f"{label('consent_short', scope.value)}: {label('consent_answer', standing(one.consents, scope, on).value)}"
        for scope in sorted(told, key=_ORDER.index)
    )


_ORDER = (ConsentScope.SUBMIT, *(scope for scope in ConsentScope if scope is not ConsentScope.SUBMIT))


def not_asked(people: Sequence[CasePerson], on: date) -> int:
    """Return how many consents of people nobody has asked for."""
    asked = (row for one in people for row in one.consents if row.standing(on) is not ConsentStanding.NOT_ASKED)
    return len(people) * len(ConsentScope) - len({(row.case_person_id, row.scope) for row in asked})


def summary(uow: UnitOfWork, view: CaseView) -> SummaryPart:
    """Return whether victims are recorded: no statement, since the facts of the case have read them."""
    found = uow.cached(people_of_case, view.case)
    victims = [one for one in found if PersonRole.VICTIM in one.roles]
    href = case_url(view.case.id, CasePage.PEOPLE)
    status, kind = _("No victim recorded"), "warn"
    if victims:
        status, kind = ngettext("%(num)s victim", "%(num)s victims", len(victims)), "good"
        if open_ := not_asked(victims, view.on):
            asks = ngettext("%(num)s consent not asked", "%(num)s consents not asked", open_)
            status, kind = f"{status} · {asks}", "warn"
    rows = [TaskRow(20, CasePage.PEOPLE, ("people",), _("People"), status, kind, href)]
    steps = [] if victims or not view.may_edit else [NextStep((1, 0), _("Record the persons concerned"), href)]
    return SummaryPart(rows=rows, steps=steps)


def record_victims(uow: UnitOfWork, case: Case, name: str, number: int | None) -> None:
    """Record for whom a case is opened (`add_victims`)."""
    add_victims(uow, EditableCase(case), ForWhom(name=name, number=number))


PANELS = (CasePanel(CasePage.PEOPLE, 10, people, "people/_people.html"),)
COUNTS = (CaseCount(CasePage.PEOPLE, (NUMBER_OF_PEOPLE,), lambda number: str(number or "")),)
