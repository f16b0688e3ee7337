"""What services of procedures elsewhere take."""

from dataclasses import dataclass

from caseflow.law.dates import UncertainDate

COMMITTEE = "CESCR"
"""The body of communications to the Committee itself: the engine asks of them separately (art. 3(2)(c) and (f))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureDetails:
    """One filing before another international body, or an earlier one before the Committee."""

    version: int | None
    body: str
    status: str | None = None
    file_number: str = ""
    began: UncertainDate | None = None
    ended: UncertainDate | None = None
    same_persons: bool | None = None
    same_facts: bool | None = None
    same_rights: bool | None = None
    has_anything_new: bool | None = None
