"""All international routes of a case, compared on the data that the register and the administrators' lists have now."""

from datetime import date

from caseflow.features.readiness.facts import CaseDocument
from caseflow.features.reference.queries import current_register
from caseflow.features.reference.treaties.queries import current_acceptances
from caseflow.law import Findings, Register, assess
from caseflow.law.routes import RouteAssessment, RouteRegister, compare, load_mechanisms
from caseflow.unit_of_work import UnitOfWork


def route_register(uow: UnitOfWork, state_code: str | None, states: Register | None = None) -> RouteRegister:
    """Return the data that routes against a State are compared on; `states` is the register, if at hand."""
    return RouteRegister.of(load_mechanisms(), states or current_register(uow), current_acceptances(uow, state_code))


def case_routes(
    register: RouteRegister, document: CaseDocument, on: date, findings: Findings | None = None
) -> tuple[RouteAssessment, ...]:
    """Compare all routes as if the case were filed on a day; `findings` are those of the same facts and day, if at hand."""
    found = findings or assess(document.facts, on, register.states)
    return compare(document.facts, found, on, register)
