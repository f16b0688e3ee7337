"""Who changed reference data, what and why: one line of the register's history for each change, always written here."""

from caseflow.access import PersonActor
from caseflow.audit import Changes
from caseflow.models import RegisterChange
from caseflow.unit_of_work import UnitOfWork


def note_register_change(
    uow: UnitOfWork, subject: str, key: str, action: str, changes: Changes, *, source: str = ""
) -> None:
    """Write a line of the history. It names the acting person, and nobody where a pack or a command did it.

    Args:
        uow: the unit of work.
        subject: the table: `state`, `treaty_acceptance` or `remedy_map`.
        key: code or id of the row.
        action: what was done, such as `state.changed`.
        changes: name of the field -> what stood there, what stands there.
        source: where the new values come from.
    """
    actor_id = uow.actor.user_id if isinstance(uow.actor, PersonActor) else None
    uow.session.add(
        RegisterChange(
            actor_id=actor_id, subject=subject, subject_key=key, action=action, changes=changes, source=source
        )
    )
