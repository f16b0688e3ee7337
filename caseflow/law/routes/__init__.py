"""The routes of a case: every international mechanism compared, what bars what, and which clock runs out first."""

from caseflow.law.routes.answers import NOT_CLOSED, Block, RouteAssessment, Status, shortest_clock
from caseflow.law.routes.comparing import compare, nearest_route
from caseflow.law.routes.document import in_order, routes_document, routes_text
from caseflow.law.routes.loading import load_acceptances, load_mechanisms
from caseflow.law.routes.mechanisms import (
    Acceptance,
    AcceptancePack,
    Mechanism,
    Mechanisms,
    RouteRegister,
    Treaty,
    bound_from,
)

__all__ = [
    "NOT_CLOSED",
    "Acceptance",
    "AcceptancePack",
    "Block",
    "Mechanism",
    "Mechanisms",
    "RouteAssessment",
    "RouteRegister",
    "Status",
    "Treaty",
    "bound_from",
    "compare",
    "in_order",
    "load_acceptances",
    "load_mechanisms",
    "nearest_route",
    "routes_document",
    "routes_text",
    "shortest_clock",
]
