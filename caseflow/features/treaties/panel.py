"""A State's acceptances of other treaties, on its page."""

from dataclasses import dataclass

from caseflow.features.treaties.pages import StateLine, lines_of_state
from caseflow.features.treaties.queries import acceptances_of_state
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.feature import StatePanel


@dataclass(frozen=True, slots=True)
class Acceptances:
    """The treaties with a recorded answer, and the number of those without."""

    known: list[StateLine]
    not_recorded: int


def acceptances(uow: UnitOfWork, state_code: str) -> Acceptances:
    """Return the acceptances of a State: one statement."""
    lines = lines_of_state(state_code, acceptances_of_state(uow, state_code))
    known = [line for line in lines if line.source]
    return Acceptances(known, len(lines) - len(known))


STATE_PANELS = (StatePanel(acceptances, "treaties/_acceptances.html"),)
