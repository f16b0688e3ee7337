"""All international routes of a case, compared on the present register and lists of acceptances."""

from caseflow.features.treaties.queries import data_of_case
from caseflow.law import CaseFacts, Findings
from caseflow.law.routes import RouteAssessment, RouteRegister, compare, load_mechanisms
from caseflow.models import Case
from caseflow.unit_of_work import UnitOfWork


def route_register(uow: UnitOfWork, case: Case) -> RouteRegister:
    """Return the data for comparing routes against the State of a case: one statement, cached in the unit of work."""
    return RouteRegister.of(load_mechanisms(), *uow.cached(data_of_case, case))


def case_routes(register: RouteRegister, facts: CaseFacts, findings: Findings) -> tuple[RouteAssessment, ...]:
    """Return all routes, compared as if the case were filed on the day of its findings."""
    return compare(facts, findings, findings.on, register)
