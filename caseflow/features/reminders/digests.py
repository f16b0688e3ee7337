"""Writing the emails that are due: one digest for each person and day, and urgent reminders at once. In sets of rows.

An email is a row before it is sent, so that a retry is the same email with the same Message-ID. Any number of sweeps may
run at once: people and reminders are locked with `FOR UPDATE SKIP LOCKED`, and a unique index prevents a second digest
on the same day.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from caseflow.clock import now
from caseflow.features.deadlines.queries import MORE_URGENT
from caseflow.features.reminders import queries
from caseflow.features.reminders.commands import DuePerson
from caseflow.features.reminders.hours import digest_moment, last_digest, next_digest
from caseflow.models import MailKind, MailStatus, ReminderSetting
from caseflow.unit_of_work import UnitOfWork


def write_digests(uow: UnitOfWork, at: datetime) -> int:
    """Write the digests of a batch of people whose hour has come; return the number of people, 0 when all are written."""
    people = [_due(setting, at) for setting in queries.take_due_people(uow, at)]
    if not people:
        return 0
    queries.supersede_less_urgent(uow, people, MORE_URGENT)
    mails = queries.write_digest_rows(uow, people, now())
    if mails:
        queries.put_into_digests(uow, people, mails, at)
    queries.set_next_digests(uow, people)
    return len(people)


def _due(setting: ReminderSetting, at: datetime) -> DuePerson:
    day = last_digest(at, setting.hour, setting.time_zone)
    return DuePerson(
        setting.user_id,
        day,
        digest_moment(day, setting.hour, setting.time_zone),
        next_digest(at, setting.hour, setting.time_zone),
    )


def write_at_once(uow: UnitOfWork, at: datetime) -> int:
    """Write the emails of a batch of urgent reminders, one for each person; return the number of reminders."""
    taken = queries.take_due_at_once(uow, at)
    if not taken:
        return 0
    superseded = queries.supersede_less_urgent_of(uow, [reminder_id for reminder_id, _, _ in taken], at, MORE_URGENT)
    to_send = [one for one in taken if one[0] not in superseded]
    first: dict[UUID, datetime] = {}
    for _reminder_id, recipient_id, due_at in to_send:
        first.setdefault(recipient_id, due_at)
    mails = {recipient_id: uuid4() for recipient_id in first}
    if mails:
        queries.write_mails(uow, [_row(mails[person], person, due_at) for person, due_at in first.items()])
        _attach(uow, to_send, mails)
    return len(taken)


def _row(mail_id: UUID, recipient_id: UUID, due_at: datetime) -> dict[str, object]:
    return {
        "id": mail_id,
        "recipient_id": recipient_id,
        "kind": MailKind.AT_ONCE,
        "due_at": due_at,
        "status": MailStatus.WAITING,
        "attempts": 0,
        "reason": "",
        "created_at": now(),
    }


def _attach(uow: UnitOfWork, taken: Sequence[tuple[UUID, UUID, datetime]], mails: dict[UUID, UUID]) -> None:
    queries.put_into_mails(uow, [(reminder_id, mails[recipient_id]) for reminder_id, recipient_id, _ in taken])
