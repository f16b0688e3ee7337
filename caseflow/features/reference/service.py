"""The verbs of reference data that all its features use: who may change it, what its history says, loading the pack."""

from caseflow.access import Actor, JobActor, Permission, PersonActor
from caseflow.access.actor import SystemRole
from caseflow.audit import Changes, assign_changes, changes_of
from caseflow.errors import Forbidden
from caseflow.features.reference.commands import STATE_FIELDS
from caseflow.features.reference.queries import SUBJECT, states_by_code
from caseflow.law import StateStatus, load_register
from caseflow.models import RegisterChange, State
from caseflow.unit_of_work import UnitOfWork


def require_editor(actor: Actor) -> None:
    """Refuse who may not change the register.

    Raises:
        Forbidden: with a sentence that says whom to ask.
    """
    if isinstance(actor, JobActor):
        if actor.job is SystemRole.ACCOUNTS_ADMIN:
            return
    elif actor.may(Permission.REGISTER_EDIT):
        return
    raise Forbidden("Only an administrator may change the register of States. Ask yours, and name the source.")


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


def load_packs(uow: UnitOfWork) -> None:
    """Write States as the pack has them, after every migration. Running it again changes nothing.

    A State that left a pack stays in the table: old cases still use it. What an administrator wrote about a State stays
    as it is; of the others the history says what a newer pack changed.
    """
    register, standing = load_register(), states_by_code(uow)
    for status in register.states.values():
        state = standing.get(status.iso2)
        if state is None:
            uow.session.add(State(code=status.iso2, pack=register.version, **_as_row(status)))
        elif state.changed_at is None:
            _sync(uow, state, status, register.version)


def _as_row(status: StateStatus) -> dict[str, object]:
    return {name: getattr(status, name) for name in STATE_FIELDS} | {"op_in_force": status.bound_from}


def _sync(uow: UnitOfWork, state: State, status: StateStatus, pack: str) -> None:
    assign_changes(state, _as_row(status))
    if changes := changes_of(state):
        note_register_change(uow, SUBJECT, state.code, "state.pack_loaded", changes, source=pack)
    if state.pack != pack:
        state.pack = pack
