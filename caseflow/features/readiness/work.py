"""The block of "my work" that says which cases have another outlook than before, and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseflow.access import Permission
from caseflow.features.readiness.comparing import changed_findings, findings_of
from caseflow.features.readiness.queries import documents, unseen_changes
from caseflow.features.readiness.words import ShownChange, ShownOutlook, show_changes, show_outlook
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.work_panels import Data, WorkPanel

BLOCK = 10
"""How many cases the block shows: once they are seen the next ones come."""


@dataclass(frozen=True, slots=True)
class ChangedOutlook:
    """One case whose outlook changed."""

    case_id: UUID
    reference: str
    title: str
    made_at: datetime
    zone: str
    before: ShownOutlook
    after: ShownOutlook
    why: list[ShownChange]


def build(uow: UnitOfWork) -> Data:
    """Return the unseen changes in one's own cases, and for coordinators in those without an owner: two statements."""
    unowned_in = {member.section_id for member in uow.person.sections_for(Permission.CASE_ASSIGN)}
    found = unseen_changes(uow, unowned_in, BLOCK + 1)
    kept = documents(uow, {key for one in found for key in (one.before_id, one.after_id) if key})
    lines = []
    for one in found[:BLOCK]:
        # The first answer of a case is no change, so there is one before.
        earlier, later = (findings_of(kept[key]) for key in (one.before_id, one.after_id))
        lines.append(
            ChangedOutlook(
                one.case_id,
                one.reference,
                one.title,
                one.made_at,
                one.zone,
                show_outlook(one.before.value),
                show_outlook(one.after.value),
                show_changes(changed_findings(earlier, later)),
            )
        )
    return {"changes": lines, "is_more": len(found) > BLOCK}


READINESS_WORK = WorkPanel("readiness", build, "readiness/_work.html")
