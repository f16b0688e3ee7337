"""Loading the register of States. Run after every migration: a newer pack replaces statuses, codes stay."""

from caseflow.audit import assign_changes, changes_of
from caseflow.features.reference.commands import STATE_FIELDS
from caseflow.features.reference.queries import SUBJECT, states_by_code
from caseflow.features.reference.recording import note_register_change
from caseflow.law import StateStatus, load_register
from caseflow.models import State
from caseflow.unit_of_work import UnitOfWork


def load_packs(uow: UnitOfWork) -> None:
    """Write States as the pack has them. Running it again changes nothing.

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
