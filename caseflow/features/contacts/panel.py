"""The block of contacts on the page of a person, and the line in the summary of a case."""

from typing import Final

from caseflow.clock import today
from caseflow.features.contacts.deadlines import due_on, is_being_lost
from caseflow.features.contacts.pages import contact_panel, last_contact
from caseflow.features.contacts.queries import KEPT_IN_TOUCH, standings_of_case
from caseflow.features.people.queries import people_of_case
from caseflow.models import ENDED_STAGES
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CaseView, SummaryPart, TaskRow, case_url
from caseflow.web.feature import PersonPanel
from caseflow.web.texts import gettext as _


def summary(uow: UnitOfWork, view: CaseView) -> SummaryPart:
    """Return the contact that is most overdue, if one is: one statement where anybody is to be kept in touch with."""
    is_open = view.case.stage not in ENDED_STAGES
    in_touch = is_open and any(KEPT_IN_TOUCH.intersection(one.roles) for one in uow.cached(people_of_case, view.case))
    found = uow.cached(standings_of_case, view.case) if in_touch else []
    if not found:
        return SummaryPart()
    on = today(view.case.section.time_zone)
    due, one = min(((due_on(view.case, one)[0], one) for one in found), key=lambda pair: pair[0])
    if due >= on and not is_being_lost(one):
        return SummaryPart()
    href = case_url(view.case.id, CasePage.PEOPLE)
    words = f"{one.code_name}: {last_contact(one, on)}"
    kind = "bad" if is_being_lost(one) else "warn"
    row = TaskRow(21, CasePage.PEOPLE, ("contact",), _("Contact"), words, kind, href)
    return SummaryPart(rows=[row])


PERSON_PANELS: Final = (PersonPanel(contact_panel, "contacts/_of_person.html"),)
