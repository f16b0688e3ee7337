"""From which days on a section wants to be reminded. What is always told stays, whatever a section says."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from caseflow.access import Permission
from caseflow.access.policy import require_in_section
from caseflow.errors import Invalid, stale
from caseflow.features.reminders.preferences import queries
from caseflow.features.reminders.preferences.commands import NewThresholds
from caseflow.jobs import Job
from caseflow.models import DeadlineKind, ReminderSyncRequest, SectionThresholds
from caseflow.models.deadline_kinds import FARTHEST, KINDS, MOST, thresholds_of
from caseflow.unit_of_work import UnitOfWork


def set_thresholds(uow: UnitOfWork, new: NewThresholds) -> tuple[int, ...]:
    """Let a section be reminded of a kind from other days on; return those that hold. Open deadlines follow in the background.

    Raises:
        Forbidden: the person does not coordinate the section.
        Invalid: a number is out of bounds, or there are too many.
        Conflict: somebody else changed them after the page was drawn.
    """
    wanted = thresholds_of(new.kind, new.days)
    if any(day < 0 or day > FARTHEST for day in new.days):
        raise Invalid(
            "Nothing was saved.", {"days": "Write days from 0 to %(farthest)s before the deadline."},
            values={"farthest": FARTHEST},
        )  # fmt: skip
    if len(wanted) > MOST:
        raise Invalid(
            "Nothing was saved.",
            {"days": "At most %(most)s, with those that are always told. More is noise that nobody reads."},
            values={"most": MOST},
        )
    row = _row(uow, new.section_id, new.kind, new.version)
    if wanted == KINDS[new.kind].thresholds:
        _forget(uow, row)
        return wanted
    before = None if row is None else list(row.thresholds)
    kept = [day for day in wanted if day not in KINDS[new.kind].always_sent]
    if row is None:
        row = _add(uow, new, kept)
    else:
        row.thresholds = kept
    _changed(uow, row, before, kept)
    return wanted


def _add(uow: UnitOfWork, new: NewThresholds, kept: list[int]) -> SectionThresholds:
    row = SectionThresholds(section_id=new.section_id, kind=new.kind, thresholds=kept)
    try:
        with uow.attempt():
            uow.session.add(row)
    except IntegrityError as error:  # somebody else set them at the same moment
        raise stale(queries.thresholds_row(uow, new.section_id, new.kind)) from error
    return row


def reset_thresholds(uow: UnitOfWork, section_id: UUID, kind: DeadlineKind, version: int) -> None:
    """Let the rule hold again for a kind.

    Raises:
        Forbidden: the person does not coordinate the section.
        Conflict: somebody else changed them after the page was drawn.
    """
    _forget(uow, _row(uow, section_id, kind, version))


def _row(uow: UnitOfWork, section_id: UUID, kind: DeadlineKind, version: int) -> SectionThresholds | None:
    require_in_section(uow.actor, Permission.SECTION_SETTINGS, section_id)
    row = queries.thresholds_row(uow, section_id, kind)
    if (row.version if row else 0) != version:
        raise stale(row)
    return row


def _forget(uow: UnitOfWork, row: SectionThresholds | None) -> None:
    if row is not None:
        _changed(uow, row, list(row.thresholds), None)
        uow.session.delete(row)


def _changed(uow: UnitOfWork, row: SectionThresholds, before: list[int] | None, after: list[int] | None) -> None:
    changes: dict[str, list[object]] = {"kind": [None, row.kind.value], "thresholds": [before, after]}
    uow.audit.record("section.thresholds_set", row, section_id=row.section_id, changes=changes)
    uow.session.add(ReminderSyncRequest(section_id=row.section_id, kind=row.kind))
    uow.after_commit(Job.SYNC_REMINDERS)
