"""Loading reference data. Run after every migration: a newer pack replaces labels and statuses, codes stay."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from caseflow.audit import assign_changes, changes_of
from caseflow.features.reference.commands import STATE_FIELDS
from caseflow.features.reference.queries import SUBJECT, states_by_code
from caseflow.features.reference.recording import note_register_change
from caseflow.law import StateStatus, load_register, load_vocabularies
from caseflow.models import State, VocabularyTerm
from caseflow.unit_of_work import UnitOfWork


def load_packs(uow: UnitOfWork) -> None:
    """Write States and vocabulary terms as the packs have them. Running it again changes nothing.

    A code that left a pack stays in the table: old cases still use it. What an administrator wrote about a State stays
    as it is; of the others the history says what a newer pack changed.
    """
    _load_states(uow)
    words = load_vocabularies()
    _upsert_terms(uow, list(_terms(words.version)))
    retired = update(VocabularyTerm).where(VocabularyTerm.pack != words.version)
    uow.session.execute(retired.values(is_active=False))


def _load_states(uow: UnitOfWork) -> None:
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


def _terms(version: str) -> Iterable[dict[str, Any]]:
    words = load_vocabularies()
    vocabularies = {
        "right": words.rights,
        "violation_type": words.violation_types,
        "ground": words.grounds,
        "group": words.groups,
        "remedy_stage": words.remedy_stages,
        "remedy_kind": words.remedy_kinds,
        "outcome": words.outcomes,
        "reason_not_used": words.reasons_not_used,
    }
    for vocabulary, terms in vocabularies.items():
        for position, term in enumerate(terms):
            rights = list(getattr(term, "rights", ()))
            details = (
                {"articles": list(term.articles)} if hasattr(term, "articles") else {"rights": rights} if rights else {}
            )
            yield {
                "vocabulary": vocabulary,
                "code": term.code,
                "label": term.label,
                "position": position,
                "parent_code": rights[0] if len(rights) == 1 else None,
                "details": details,
                "is_active": True,
                "pack": version,
            }


def _upsert_terms(uow: UnitOfWork, rows: list[dict[str, Any]]) -> None:
    keys = ["vocabulary", "code"]
    wanted = insert(VocabularyTerm).values(rows)
    changed = {name: wanted.excluded[name] for name in rows[0] if name not in keys}
    uow.session.execute(wanted.on_conflict_do_update(index_elements=keys, set_=changed))
