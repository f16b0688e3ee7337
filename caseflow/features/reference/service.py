"""Loading reference data. Run after every migration: a newer pack replaces labels and statuses, codes stay."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from caseflow.law import load_register, load_vocabularies
from caseflow.models import State, VocabularyTerm
from caseflow.unit_of_work import UnitOfWork


def load_packs(uow: UnitOfWork) -> None:
    """Write States and vocabulary terms as the packs have them. Running it again changes nothing.

    A code that left a pack stays in the table, marked as no longer active: old cases still use it.
    """
    register, words = load_register(), load_vocabularies()
    states = [
        {
            "code": state.iso2,
            "name": state.name,
            "covenant": state.covenant,
            "op_signed": state.op_signed,
            "op_deposit": state.op_deposit,
            "op_in_force": state.bound_from,
            "verification": state.verification,
            "source": state.source,
            "pack": register.version,
        }
        for state in register.states.values()
    ]
    _upsert(uow, State, states, ["code"])
    _upsert(uow, VocabularyTerm, list(_terms(words.version)), ["vocabulary", "code"])
    retired = update(VocabularyTerm).where(VocabularyTerm.pack != words.version)
    uow.session.execute(retired.values(is_active=False))


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


def _upsert(uow: UnitOfWork, model: type[State | VocabularyTerm], rows: list[dict[str, Any]], keys: list[str]) -> None:
    wanted = insert(model).values(rows)
    changed = {name: wanted.excluded[name] for name in rows[0] if name not in keys}
    uow.session.execute(wanted.on_conflict_do_update(index_elements=keys, set_=changed))
