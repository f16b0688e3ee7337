"""The earliest last day of open routes, as a box of the clock strip."""

from caseflow.features.readiness.service import assessed
from caseflow.features.routes.service import route_register
from caseflow.features.routes.words import next_day_box
from caseflow.law.routes import compare_possible
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.clocks import ClockBox
from caseflow.web.feature import CasePanel, CasePlace, CaseView


def next_route(uow: UnitOfWork, view: CaseView) -> list[ClockBox]:
    """Return the box of the route that closes first, with a link to all routes."""
    found = assessed(uow, view.case)
    register = route_register(uow, view.case)
    facts, findings = found.document.facts, found.findings
    return [next_day_box(compare_possible(facts, findings, findings.on, register), view.case)]


PANELS = (CasePanel(CasePlace.NEXT_ROUTE, next_route, "_parts/clock_boxes.html"),)
