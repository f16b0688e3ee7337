"""The verbs of evidence: say what it is, hand it out, record where it went. Files are added by `adding`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import structlog
from sqlalchemy.orm.attributes import flag_modified

from caseflow.audit import HIDDEN, Changes, assign_changes
from caseflow.clock import latest_local_today
from caseflow.db.sealing import SealBroken, open_field
from caseflow.errors import Forbidden, Invalid, stale
from caseflow.features.cases.service import EditableCase, check_day
from caseflow.features.evidence.commands import EvidenceDetails
from caseflow.features.evidence.custody import (
    WORDS,
    changes_for_history,
    check_people,
    check_received,
    chosen_targets,
    record,
)
from caseflow.features.evidence.queries import Target, codes_of
from caseflow.models import Case, CustodyKind, Evidence, EvidenceContent, EvidenceSupport
from caseflow.storage import FileDamaged, FileMissing, Store, StoreUnreachable
from caseflow.storage.types import ENDINGS
from caseflow.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)
MOST_PAGES: Final = 100_000


def change_evidence(uow: UnitOfWork, case: EditableCase, evidence: Evidence, details: EvidenceDetails) -> Evidence:
    """Say what a piece of evidence is and what it supports. The file itself never changes.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: a date or a number is impossible, or it is to support what the case does not have, or a person who allows no record.
    """
    content = evidence.content
    assert content is not None  # as `one_evidence` returns it
    if evidence.version != details.version:
        raise stale(evidence)
    _check_details(details)
    targets = chosen_targets(uow, case, details.supports)
    is_hidden = evidence.is_restricted or details.is_restricted
    assign_changes(evidence, {"kind": details.kind, "is_restricted": details.is_restricted})
    assign_changes(content, {name: getattr(details, name) for name in WORDS})
    changes = changes_for_history(evidence, content, is_hidden=is_hidden)
    _set_supports(uow, case, evidence, targets, changes)
    if not changes:
        return evidence
    flag_modified(evidence, "kind")  # the version counts for the content as well
    uow.audit.record("evidence.changed", evidence, section_id=case.section_id, case_id=case.id, changes=changes)
    uow.facts_changed(case.id)
    return evidence


def _set_supports(uow: UnitOfWork, case: Case, evidence: Evidence, targets: Sequence[Target], changes: Changes) -> None:
    wanted, known = {one.code: one for one in targets}, dict(zip(codes_of(evidence), evidence.supports, strict=True))
    if wanted.keys() == known.keys():
        return
    check_people(uow, case, [target for code, target in wanted.items() if code not in known])
    for code, row in known.items():
        if code not in wanted:
            uow.session.delete(row)
    for code, target in wanted.items():
        if code not in known:
            support = EvidenceSupport(evidence_id=evidence.id, case_id=case.id, **{target.column: target.row.id})
            uow.session.add(support)
    changes["supports"] = [len(known), len(wanted)]


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file on its way out: what it is called, and its content, piece by piece."""

    name: str
    media_type: str
    size: int
    pieces: Iterator[bytes]


def hand_out(uow: UnitOfWork, store: Store, case: Case, evidence: Evidence, reason: str) -> HandedOut:
    """Return the original of a piece of evidence, checked as a whole before its first byte leaves. The custody records it.

    Raises:
        Forbidden: it was removed.
        Invalid: a reason is missing, or the stored file is not what it was.
    """
    content = evidence.content
    assert content is not None
    if content.key_sealed is None:
        raise Forbidden("The file of this piece of evidence was removed. Its page says when, by whom and why.")
    if evidence.is_restricted and not reason.strip():
        raise Invalid("Say why you need the file.", {"reason": "Say why you need the file, without names."})
    key = file_key(uow, content)
    try:
        size = sum(map(len, store.read(content.stored_as, key)))
    except StoreUnreachable as error:
        raise Invalid(
            "The place where files are kept does not answer, so the file cannot be handed out now. Try again later."
        ) from error
    except (FileMissing, FileDamaged) as error:
        log.exception("evidence_damaged", evidence=str(evidence.id), error=type(error).__name__)
        raise Invalid(
            "The stored file is missing or is not what it was, so it is not handed out. Tell your administrator at once: it must be brought back from a backup."
        ) from error
    record(uow, case, evidence, CustodyKind.DOWNLOADED, reason.strip())
    changes: Changes = {"reason": [None, HIDDEN if evidence.is_restricted else reason]} if reason.strip() else {}
    uow.audit.record("evidence.downloaded", evidence, section_id=case.section_id, case_id=case.id, changes=changes)
    name = f"{case.reference}-{evidence.label}.{ENDINGS[content.media_type]}"
    return HandedOut(name, content.media_type, size, store.read(content.stored_as, key))


def record_sending(uow: UnitOfWork, case: EditableCase, evidence: Evidence, to: str) -> Evidence:
    """Record that a piece of evidence was sent or handed to somebody.

    Raises:
        Invalid: to whom is missing.
    """
    if not to.strip():
        raise Invalid("Nothing was recorded.", {"to": "Say to whom it was sent or handed, without names."})
    record(uow, case, evidence, CustodyKind.SENT, to.strip())
    changes: Changes = {"sent_to": [None, HIDDEN if evidence.is_restricted else to.strip()]}
    uow.audit.record("evidence.sent", evidence, section_id=case.section_id, case_id=case.id, changes=changes)
    return evidence


def file_key(uow: UnitOfWork, content: EvidenceContent) -> bytes:
    """Return the key of a file.

    Raises:
        Invalid: its data key is missing, or the row was altered.
    """
    try:
        return bytes.fromhex(open_field(uow.keys, content, "key"))
    except SealBroken as error:
        raise Invalid(
            "The file cannot be opened: its key is missing or was altered. Contact your administrator."
        ) from error


def name_of_file(uow: UnitOfWork, content: EvidenceContent) -> str:
    """Return what a file was called where it came from; empty if that is not known or can't be opened."""
    try:
        return open_field(uow.keys, content, "file_name")
    except SealBroken:
        return ""


def _check_details(details: EvidenceDetails) -> None:
    problems: dict[str, str] = {}
    check_received(details, problems)
    check_day(problems, "dated", details.dated)
    if "dated" not in problems and details.dated is not None and details.dated.earliest > latest_local_today():
        problems["dated"] = "This date is in the future. Check it."
    if details.pages is not None and not 0 < details.pages <= MOST_PAGES:
        problems["pages"] = "Enter how many pages it has as a number, or leave it empty."
    if problems:
        raise Invalid("The evidence was not saved.", problems)
