"""The verbs of preferences: the hour of the digest, absences and substitutes, the thresholds of a section.

Nobody is away and a substitute at the same time, so a substitute is always present. A section cannot remove thresholds
that are always sent.
"""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from caseflow.access import Permission
from caseflow.access.own_day import own_today
from caseflow.access.policy import require_in_section
from caseflow.audit import contents_of
from caseflow.clock import now, time_zones
from caseflow.days import check_year
from caseflow.errors import Forbidden, Invalid, NotFound, stale
from caseflow.features.reminders.hours import next_after_change
from caseflow.features.reminders.preferences import queries
from caseflow.features.reminders.preferences.commands import NewAbsence, NewThresholds
from caseflow.features.reminders.preferences.queries import SectionWorker
from caseflow.jobs import Job
from caseflow.models import Absence, DeadlineKind, ReminderSetting, ReminderSyncRequest, SectionThresholds
from caseflow.models.deadline_kinds import FARTHEST, KINDS, MOST, thresholds_of
from caseflow.unit_of_work import UnitOfWork

LONGEST_ABSENCE = timedelta(days=731)
"""For a longer absence, the cases should get another owner."""
LAST_HOUR = 23


def choose_hour(uow: UnitOfWork, hour: int, zone: str) -> ReminderSetting:
    """Set the hour and time zone of the digest. No digest is skipped, and none is sent twice on a day.

    Raises:
        Invalid: there is no such hour or time zone.
    """
    if not 0 <= hour <= LAST_HOUR:
        raise Invalid("Nothing was saved.", {"hour": "Choose an hour from the list."})
    if zone not in time_zones():
        raise Invalid("Nothing was saved.", {"zone": "Choose a time zone."})
    setting = queries.own_setting(uow, for_update=True)
    owed = setting.next_digest_at.astimezone(ZoneInfo(setting.time_zone)).date()
    setting.hour, setting.time_zone = hour, zone
    setting.next_digest_at = next_after_change(now(), owed, hour, zone)
    return setting


def section_colleagues(uow: UnitOfWork) -> list[SectionWorker]:
    """Return all who work on the cases of the acting person's sections, with the person."""
    sections = [member.section_id for member in uow.person.sections_for(Permission.CASE_EDIT)]
    return queries.section_workers(uow, sections)


def may_enter_absence_for(uow: UnitOfWork, team: list[SectionWorker]) -> dict[UUID, str]:
    """Return the people for whom the acting person may enter absences: themselves, and members of sections they coordinate."""
    me = uow.person
    coordinated = {member.section_id for member in me.sections_for(Permission.SECTION_SETTINGS)}
    return {one.user_id: one.name for one in team if one.section_id in coordinated or one.user_id == me.user_id}


def add_absence(uow: UnitOfWork, new: NewAbsence) -> Absence:
    """Enter an absence with a substitute.

    Raises:
        Forbidden: the acting person may not enter absences for this person.
        Invalid: the days or the substitute are impossible.
    """
    team = section_colleagues(uow)
    if new.user_id not in may_enter_absence_for(uow, team):
        raise Forbidden("You can enter absences for yourself and for people in a section that you coordinate.")
    sections = {one.section_id for one in team if one.user_id == new.user_id}
    if problems := _faults(uow, new, {one.user_id for one in team if one.section_id in sections}):
        raise Invalid("The absence was not saved.", problems)
    absence = Absence(
        user_id=new.user_id, substitute_id=new.substitute_id, starts_on=new.starts_on, ends_on=new.ends_on
    )
    uow.session.add(absence)
    for section_id in sorted(sections):
        uow.audit.record("absence.added", absence, section_id=section_id)
    return absence


def _faults(uow: UnitOfWork, new: NewAbsence, colleagues: set[UUID]) -> dict[str, str]:
    problems: dict[str, str] = {}
    if new.ends_on < new.starts_on:
        problems["ends_on"] = "The last day cannot be before the first."
    elif new.ends_on < own_today(uow.session, uow.person):
        problems["ends_on"] = "These days have passed."
    elif new.ends_on - new.starts_on > LONGEST_ABSENCE:
        problems["ends_on"] = "This is more than two years. Assign the cases to someone else instead."
    for name in ("starts_on", "ends_on"):
        check_year(problems, name, getattr(new, name))
    if new.substitute_id == new.user_id or new.substitute_id not in colleagues:
        problems["substitute"] = "Choose a colleague who works on the same section's cases."
    if problems:
        return problems
    away = queries.away_between(uow, {new.user_id, new.substitute_id}, new.starts_on, new.ends_on)
    if new.user_id in away:
        problems["starts_on"] = "This person already has an absence on some of these days. End that absence first."
    if new.substitute_id in away:
        problems["substitute"] = "This person is away on some of these days. Choose someone else."
    return problems


def absence_to_end(uow: UnitOfWork, absence_id: UUID) -> Absence:
    """Return an absence that the acting person may end.

    Raises:
        NotFound, Forbidden: it may not be seen, or the acting person may not enter absences for this person.
    """
    absence = queries.one_absence(uow, absence_id)
    if absence is None:
        raise NotFound("This absence does not exist, or you do not have access to it.")
    if absence.user_id not in may_enter_absence_for(uow, section_colleagues(uow)):
        raise Forbidden("You can enter absences for yourself and for people in a section that you coordinate.")
    return absence


def end_absence(uow: UnitOfWork, absence: Absence) -> None:
    """End an absence: from now on the person is notified themselves. The audit trail keeps its content."""
    for section_id in sorted({one.section_id for one in section_colleagues(uow) if one.user_id == absence.user_id}):
        uow.audit.record("absence.ended", absence, section_id=section_id, changes=contents_of(absence))
    uow.session.delete(absence)


def set_thresholds(uow: UnitOfWork, new: NewThresholds) -> tuple[int, ...]:
    """Set the thresholds of a section for a kind; return those in effect. A job syncs the reminders of open deadlines.

    Raises:
        Forbidden: the person does not coordinate the section.
        Invalid: a number is out of bounds, or there are too many.
        Conflict: somebody else changed them after the page was drawn.
    """
    wanted = thresholds_of(new.kind, new.days)
    if any(day < 0 or day > FARTHEST for day in new.days):
        raise Invalid(
            "Nothing was saved.", {"days": "Enter days from 0 to %(farthest)s before the deadline."},
            values={"farthest": FARTHEST},
        )  # fmt: skip
    if len(wanted) > MOST:
        raise Invalid(
            "Nothing was saved.",
            {
                "days": "At most %(most)s, including those that are always sent. People stop reading when there are more."
            },
            values={"most": MOST},
        )
    row = _row(uow, new.section_id, new.kind, new.version)
    if wanted == KINDS[new.kind].thresholds:
        _delete(uow, row)
        return wanted
    before = None if row is None else list(row.thresholds)
    kept = [day for day in wanted if day not in KINDS[new.kind].always_sent]
    if row is None:
        row = _add(uow, new, kept)
    else:
        row.thresholds = kept
    _record_change(uow, row, before, kept)
    return wanted


def _add(uow: UnitOfWork, new: NewThresholds, kept: list[int]) -> SectionThresholds:
    row = SectionThresholds(section_id=new.section_id, kind=new.kind, thresholds=kept)
    try:
        with uow.attempt():
            uow.session.add(row)
    except IntegrityError as error:  # somebody else set them at the same time
        raise stale(queries.thresholds_row(uow, new.section_id, new.kind)) from error
    return row


def reset_thresholds(uow: UnitOfWork, section_id: UUID, kind: DeadlineKind, version: int) -> None:
    """Reset the thresholds of a section for a kind to the defaults.

    Raises:
        Forbidden: the person does not coordinate the section.
        Conflict: somebody else changed them after the page was drawn.
    """
    _delete(uow, _row(uow, section_id, kind, version))


def _row(uow: UnitOfWork, section_id: UUID, kind: DeadlineKind, version: int) -> SectionThresholds | None:
    require_in_section(uow.actor, Permission.SECTION_SETTINGS, section_id)
    row = queries.thresholds_row(uow, section_id, kind)
    if (row.version if row else 0) != version:
        raise stale(row)
    return row


def _delete(uow: UnitOfWork, row: SectionThresholds | None) -> None:
    if row is not None:
        _record_change(uow, row, list(row.thresholds), None)
        uow.session.delete(row)


def _record_change(uow: UnitOfWork, row: SectionThresholds, before: list[int] | None, after: list[int] | None) -> None:
    changes: dict[str, list[object]] = {"kind": [None, row.kind.value], "thresholds": [before, after]}
    uow.audit.record("section.thresholds_set", row, section_id=row.section_id, changes=changes)
    uow.session.add(ReminderSyncRequest(section_id=row.section_id, kind=row.kind))
    uow.after_commit(Job.SYNC_REMINDERS)
