"""Removing the file of a piece of evidence that should not be here: the wrong file, the wrong case, or somebody withdrew it.

The key of the file is destroyed with the commit, and the job `destroy` then destroys the sealed bytes and those of the copy. The row,
what was said of it and the custody stay.
"""

from datetime import timedelta
from typing import Final

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.audit import HIDDEN, Changes
from caseflow.clock import now
from caseflow.errors import Forbidden, Invalid, stale
from caseflow.features.cases.queries import lock_case
from caseflow.features.cases.service import EditableCase
from caseflow.features.evidence.commands import FileRemoval
from caseflow.features.evidence.custody import record
from caseflow.features.evidence.queries import added_by
from caseflow.jobs import Job
from caseflow.models import Case, CustodyKind, Evidence, RemovalReason
from caseflow.unit_of_work import UnitOfWork

OWN_FOR: Final = timedelta(hours=24)
"""How long whoever added a file may remove it. Later only a coordinator may: others may have relied on it."""


def may_remove(uow: UnitOfWork, case: Case, evidence: Evidence) -> bool:
    """Return whether the acting person may remove the file, and nothing of the case needs it."""
    try:
        check_removal(uow, case, evidence)
    except (Forbidden, Invalid):
        return False
    return True


def _is_theirs(uow: UnitOfWork, case: Case, evidence: Evidence) -> bool:
    """Return whether there is a file that the acting person may remove: they coordinate the section, or added it within the last day."""
    if evidence.removed_at is not None:
        return False
    if may_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case):
        return True
    return evidence.created_at > now() - OWN_FOR and added_by(uow, evidence) == uow.person.user_id


def remove_file(uow: UnitOfWork, case: EditableCase, evidence: Evidence, command: FileRemoval) -> Evidence:
    """Remove the file of a piece of evidence for good; what it supported lacks it again.

    Raises:
        Forbidden: somebody else added it, or more than a day ago, and the acting person is no coordinator.
        Conflict: somebody saved it meanwhile.
        Invalid: no reason is given, or it was filed or belongs to a letter.
    """
    lock_case(uow, case.id)
    check_removal(uow, case, evidence)
    if evidence.version != command.version:
        raise stale(evidence)
    why = command.why
    if why is None:
        raise Invalid("Nothing was removed.", {"why": "Choose why it is removed."})
    if why is RemovalReason.OTHER and not command.reason.strip():
        raise Invalid("Nothing was removed.", {"reason": "Say in one sentence why it is removed, without names."})
    content = evidence.content
    assert content is not None  # as `one_evidence` returns it
    supported = len(evidence.supports)
    for support in evidence.supports:
        uow.session.delete(support)
    evidence.removed_at, evidence.removed_because = now(), why
    content.key_sealed = content.copy_key_sealed = content.file_name_sealed = None
    content.copy_ends, content.damage = [], None
    uow.flush()
    reason = command.reason.strip()
    record(uow, case, evidence, CustodyKind.REMOVED, reason)
    changes: Changes = {"removed_because": [None, why.value]}
    if reason:
        changes["reason"] = [None, HIDDEN if evidence.is_restricted else reason]
    if supported:
        changes["supports"] = [supported, 0]
    uow.audit.record("evidence.removed", evidence, section_id=case.section_id, case_id=case.id, changes=changes)
    uow.after_commit(Job.DESTROY_EVIDENCE)
    uow.facts_changed(case.id)
    return evidence


def check_removal(uow: UnitOfWork, case: Case, evidence: Evidence) -> None:
    """Refuse that a file is removed by somebody who may not, or which was filed, or which something else of the case needs.

    Raises:
        Forbidden: somebody else added it, or more than a day ago, and the acting person is no coordinator.
        Invalid: says what it is needed for.
    """
    if not _is_theirs(uow, case, evidence):
        raise Forbidden(
            "A file is removed by the person who added it, within 24 hours, or by a coordinator of the section. Ask your coordinator."
        )
    for check in uow.sources.evidence_checks:
        check(uow, case, evidence)
