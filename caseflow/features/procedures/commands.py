"""Commands for the service of procedures elsewhere."""

from dataclasses import dataclass

from caseflow.law.dates import UncertainDate

COMMITTEE = "CESCR"
"""The body of earlier communications to the Committee itself, which the engine examines separately (art. 3(2)(c) and (f))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureDetails:
    """The fields of a filing before another international body, or of an earlier one before the Committee."""

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
