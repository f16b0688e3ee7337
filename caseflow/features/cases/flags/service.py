"""Raise a flag on a case, or on several, and resolve it."""

from dataclasses import dataclass, field

from caseflow.clock import now
from caseflow.errors import CaseflowError, Conflict, Invalid
from caseflow.features.cases.flags import queries
from caseflow.features.cases.flags.commands import FlagCases, NewFlag, ResolveFlags
from caseflow.features.cases.queries import lock_case
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.models import CaseFlag, FlagKind
from caseflow.unit_of_work import UnitOfWork


def raise_flag(uow: UnitOfWork, case: EditableCase, new: NewFlag) -> CaseFlag:
    """Raise a flag on a case.

    Raises:
        Invalid: no reason, or the case has an open flag of this kind.
    """
    if not new.reason.strip():
        raise Invalid("The flag was not saved.", {"reason": "Say why the case is flagged."})
    lock_case(uow, case.id)
    if new.kind is not FlagKind.OTHER and queries.has_open(uow, case.id, new.kind):
        raise Invalid("The flag was not saved.", {"kind": "The case has this flag already. Choose another one."})
    flag = CaseFlag(
        case_id=case.id,
        section_id=case.section_id,
        kind=new.kind,
        reason=new.reason.strip(),
        raised_by_id=uow.person.user_id,
    )
    uow.session.add(flag)
    uow.flush()
    changes: dict[str, list[object]] = {"flag": [None, flag.kind.value], "reason": [None, flag.reason]}
    uow.audit.record("flag.raised", flag, section_id=case.section_id, case_id=case.id, changes=changes)
    return flag


def resolve_flag(uow: UnitOfWork, case: EditableCase, flag: CaseFlag, resolution: str) -> CaseFlag:
    """Resolve a flag: say what came of it.

    Raises:
        Invalid: nothing is said.
        Conflict: somebody resolved it meanwhile.
    """
    if not resolution.strip():
        raise Invalid("The flag was not resolved.", {"resolution": "Say what came of it."})
    lock_case(uow, case.id)
    uow.session.refresh(flag, ["resolved_at"])
    if flag.resolved_at is not None:
        raise Conflict("This flag is resolved already.")
    flag.resolution, flag.resolved_by_id, flag.resolved_at = resolution.strip(), uow.person.user_id, now()
    changes: dict[str, list[object]] = {"flag": [flag.kind.value, None], "resolution": [None, flag.resolution]}
    uow.audit.record("flag.resolved", flag, section_id=case.section_id, case_id=case.id, changes=changes)
    return flag


@dataclass(frozen=True, slots=True)
class Flagged:
    """What was done, by references: flagged, flagged before, and refused, with the reason."""

    done: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[tuple[str, CaseflowError]] = field(default_factory=list)
    missing: int = 0
    """How many do not exist or may not be seen any more."""


def flag_cases(uow: UnitOfWork, asked: FlagCases) -> Flagged:
    """Flag each case that can be flagged, and say of each other why not. The refusal of one does not undo the others.

    Raises:
        Invalid: no reason.
    """
    if not asked.flag.reason.strip():
        raise Invalid("The flag was not saved.", {"reason": "Say why the case is flagged."})
    cases = queries.chosen_for_flags(uow, asked.case_ids)
    flagged = Flagged(missing=len(asked.case_ids) - len(cases))
    for case in cases:
        if asked.flag.kind is not FlagKind.OTHER and queries.has_open(uow, case.id, asked.flag.kind):
            flagged.unchanged.append(case.reference)
            continue
        try:
            with uow.attempt():
                raise_flag(uow, editable_case(uow, case.id), asked.flag)
        except CaseflowError as error:
            flagged.refused.append((case.reference, error))
        else:
            flagged.done.append(case.reference)
    return flagged


def resolve_flags(uow: UnitOfWork, asked: ResolveFlags) -> Flagged:
    """Resolve each flag that is still open, each with its own entry in the history. The refusal of one does not undo the others.

    Raises:
        Invalid: nothing is said.
    """
    if not asked.resolution.strip():
        raise Invalid("The flags were not resolved.", {"resolution": "Say what came of it."})
    flags = queries.open_flags(uow, ids=asked.flag_ids)
    references = {one.id: one.reference for one in queries.chosen_for_flags(uow, {flag.case_id for flag in flags})}
    resolved = Flagged(missing=len(asked.flag_ids) - len(flags))
    for flag in flags:
        reference = references[flag.case_id]
        try:
            with uow.attempt():
                resolve_flag(uow, editable_case(uow, flag.case_id), flag, asked.resolution)
        except CaseflowError as error:
            resolved.refused.append((reference, error))
        else:
            resolved.done.append(reference)
    return resolved
