"""Commands for the service of the State's objections."""

from dataclasses import dataclass

from caseflow.law.dates import UncertainDate

EXHAUSTION = "exhaustion"
"""The ground on which a State has to name the remedy that is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionDetails:
    """The fields of an objection: its ground (a code of `objection_grounds`), its day, whether it names a remedy, its content."""

    version: int | None
    ground: str
    raised: UncertainDate | None = None
    names_remedy: bool | None = None
    summary: str = ""
