"""All international routes of a case, compared on the data that the register and the administrators' lists have now."""

from caseflow.features.treaties.queries import data_of_case
from caseflow.law import CaseFacts, Findings
from caseflow.law.routes import RouteAssessment, RouteRegister, compare, load_mechanisms
from caseflow.models import Case
from caseflow.unit_of_work import UnitOfWork


def route_register(uow: UnitOfWork, case: Case) -> RouteRegister:
    """Return the data that routes against the State of a case are compared on: one statement, once in a unit of work."""
    return RouteRegister.of(load_mechanisms(), *uow.cached(data_of_case, case))


def case_routes(register: RouteRegister, facts: CaseFacts, findings: Findings) -> tuple[RouteAssessment, ...]:
    """Compare all routes as if the case were filed on the day for which it was assessed."""
    return compare(facts, findings, findings.on, register)
