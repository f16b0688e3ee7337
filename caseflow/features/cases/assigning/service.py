"""Assign several cases: each as if it were the only one, with its own version, refusal and entry in the history."""

from dataclasses import dataclass, field

from caseflow.errors import CaseflowError
from caseflow.features.cases.assigning.commands import AssignCases
from caseflow.features.cases.assigning.queries import chosen_cases
from caseflow.features.cases.service import assign_case
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Assigned:
    """What was done, by references: assigned, as it was before, and refused, with the reason."""

    done: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[tuple[str, CaseflowError]] = field(default_factory=list)
    missing: int = 0
    """How many do not exist or may not be seen any more."""


def assign_cases(uow: UnitOfWork, asked: AssignCases) -> Assigned:
    """Assign each case that can be assigned, and say of each other why not. The refusal of one does not undo the others."""
    cases = chosen_cases(uow, asked.versions)
    assigned = Assigned(missing=len(asked.versions) - len(cases))
    for case in cases:
        reference = case.reference
        if case.owner_id == asked.owner_id:
            assigned.unchanged.append(reference)
            continue
        try:
            with uow.attempt():
                assign_case(uow, case, asked.versions[case.id], asked.owner_id)
        except CaseflowError as error:
            assigned.refused.append((reference, error))
        else:
            assigned.done.append(reference)
    return assigned
