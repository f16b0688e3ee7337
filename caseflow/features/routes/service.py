"""All international routes of a case, compared on the data that the register and the administrators' lists have now."""

from datetime import date

from caseflow.features.readiness.facts import CaseDocument
from caseflow.features.treaties.queries import register_and_acceptances
from caseflow.law import assess
from caseflow.law.routes import RouteAssessment, RouteRegister, compare, load_mechanisms
from caseflow.unit_of_work import UnitOfWork


def route_register(uow: UnitOfWork, state_code: str | None) -> RouteRegister:
    """Return the data that routes against a State are compared on: one statement."""
    return RouteRegister.of(load_mechanisms(), *register_and_acceptances(uow, state_code))


def case_routes(register: RouteRegister, document: CaseDocument, on: date) -> tuple[RouteAssessment, ...]:
    """Compare all routes as if the case were filed on a day."""
    return compare(document.facts, assess(document.facts, on, register.states), on, register)
