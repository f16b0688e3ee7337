"""The command that takes a list of cases out."""

from dataclasses import dataclass

from caseflow.features.cases.commands import CaseFilters, Sort


@dataclass(frozen=True, slots=True, kw_only=True)
class ListToTake:
    """Which list, in which order, and why somebody needs it."""

    filters: CaseFilters
    sort: Sort
    is_reversed: bool
    reason: str
