"""The route that closes first, as a clock on the summary of a case."""

from caseflow.features.readiness.service import assessed
from caseflow.features.routes.service import route_register
from caseflow.features.routes.words import next_day_box
from caseflow.law.routes import nearest_route
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CaseView, SummaryPart


def summary(uow: UnitOfWork, view: CaseView) -> SummaryPart:
    """Return the box of the route that closes first, with a link to all routes; nothing once the case is filed."""
    if not view.case.is_before_filing:
        return SummaryPart()
    found = assessed(uow, view.case)
    register = route_register(uow, view.case)
    facts, findings = found.document.facts, found.findings
    return SummaryPart(clocks=[next_day_box(nearest_route(facts, findings, findings.on, register), view.case)])
