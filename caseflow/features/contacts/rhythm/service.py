"""The verb of the rhythm of contacts: set how many days may pass between contacts, and have the next contacts computed again."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from caseflow.access import Permission
from caseflow.access.policy import require_in_section
from caseflow.audit import assign_changes, changes_of
from caseflow.errors import Invalid, stale
from caseflow.features.contacts.rhythm.commands import RhythmDetails
from caseflow.features.contacts.rhythm.queries import rhythm_of
from caseflow.jobs import Job
from caseflow.models import ContactRhythm, DeadlineKind, ReminderSyncRequest
from caseflow.models.contact import FEWEST_DAYS, MOST_DAYS
from caseflow.unit_of_work import UnitOfWork


def set_rhythm(uow: UnitOfWork, section_id: UUID, details: RhythmDetails) -> ContactRhythm:
    """Set how many days may pass between contacts in a section. A job computes the next contacts of its cases again.

    Raises:
        Forbidden: the acting person may not change it for this section.
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: a number of days is impossible.
    """
    require_in_section(uow.actor, Permission.SECTION_RHYTHM, section_id)
    rhythm = rhythm_of(uow, section_id)
    if (rhythm.version if rhythm else 0) != details.version:
        raise stale(rhythm)
    _check(details)
    rhythm = rhythm or ContactRhythm(section_id=section_id)
    assign_changes(rhythm, details)
    changes = changes_of(rhythm)
    if not changes:
        return rhythm
    try:
        with uow.attempt():
            uow.session.add(rhythm)
    except IntegrityError as error:  # somebody else set the first one at the same time
        raise stale(rhythm_of(uow, section_id)) from error
    uow.audit.record("section.rhythm_set", rhythm, section_id=section_id, changes=changes)
    uow.session.add(ReminderSyncRequest(section_id=section_id, kind=DeadlineKind.CONTACT_CHECK))
    uow.after_commit(Job.SYNC_REMINDERS)
    return rhythm


def _check(details: RhythmDetails) -> None:
    problems: dict[str, str] = {}
    for name in ("prepared_days", "filed_days", "urgent_days"):
        days = getattr(details, name)
        if days is not None and not FEWEST_DAYS <= days <= MOST_DAYS:
            problems[name] = "Enter a number of days from %(fewest)s to %(most)s."
    if problems:
        raise Invalid("Nothing was saved.", problems, values={"fewest": FEWEST_DAYS, "most": MOST_DAYS})
