"""Adding files to a case."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from caseflow.db.sealing import seal_fields
from caseflow.errors import Invalid
from caseflow.features.cases.queries import lock_case
from caseflow.features.cases.service import EditableCase
from caseflow.features.evidence.commands import Arrived, NewEvidence
from caseflow.features.evidence.custody import (
    changes_for_history,
    check_people,
    check_received,
    chosen_targets,
    clean_name,
    fingerprint,
    record,
)
from caseflow.features.evidence.queries import Held, Target, held_by_case
from caseflow.jobs import Job
from caseflow.models import Case, CustodyKind, Evidence, EvidenceContent, EvidenceSupport
from caseflow.storage import Kept, Problem, StoreUnreachable
from caseflow.storage.scanning import ScannerSilent, VirusFound
from caseflow.storage.settings import MEGABYTE, FileSettings
from caseflow.storage.types import FileType, type_of
from caseflow.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)


def add_files(
    uow: UnitOfWork, case: EditableCase, files: Sequence[Arrived], new: NewEvidence, room: FileSettings
) -> list[Evidence]:
    """Add files to a case, each with the next number. They are in the store before this returns, and their rows with the commit.

    Raises:
        Invalid: a file is too large, empty or of a type that is not taken, the case is full, a field is wrong, or it is to support a
            person who allows no record. Then none is added.
    """
    kinds = [_check_file(one, room) for one in files]
    if not files:
        raise Invalid("Nothing was added.", {"files": "Choose a file first."})
    targets = chosen_targets(uow, case, new.supports)
    check_people(uow, case, targets)
    _check_days(new)
    lock_case(uow, case.id)  # so that two people get two numbers
    held = held_by_case(uow, case)
    check_room(held, len(files), sum(one.incoming.size for one in files), room)
    uow.after_commit(Job.COPY_EVIDENCE)
    kept = [_keep(one, kind) for one, kind in zip(files, kinds, strict=True)]
    numbers = range(held.last_number + 1, held.last_number + 1 + len(files))
    return [_add(uow, case, number, one, new, targets) for number, one in zip(numbers, kept, strict=True)]


@dataclass(frozen=True, slots=True)
class _Stored:
    """A file in the store, with what it was called and what it is."""

    name: str
    kind: FileType
    kept: Kept


def _keep(one: Arrived, kind: FileType) -> _Stored:
    try:
        return _Stored(clean_name(one.name), kind, one.incoming.keep())
    except (VirusFound, ScannerSilent) as error:
        raise not_scanned(clean_name(one.name), error) from error
    except StoreUnreachable as error:
        raise unreachable() from error
    except OSError as error:
        log.exception("file_not_kept", error=error.strerror)
        raise no_room() from error


def no_room() -> Invalid:
    """Return the refusal of a file for which the disk has no room."""
    return Invalid(
        "Nothing was added.",
        {
            "files": "There is no room for this file: the disk is nearly full. Nothing was saved. Tell your administrator, and keep the file."
        },
    )


def not_scanned(name: str, error: VirusFound | ScannerSilent) -> Invalid:
    """Return the refusal of a file in which the virus scanner found something, or of which it said nothing."""
    if isinstance(error, VirusFound):
        return Invalid(
            "Nothing was added.",
            {
                "files": "The virus scanner found “%(found)s” in %(name)s, so it is not taken. Do not open it. If it is needed as evidence, ask your administrator."
            },
            values={"name": name, "found": str(error)[:100]},
        )
    return Invalid(
        "Nothing was added.",
        {
            "files": "The virus scanner does not answer, so %(name)s is not taken. Keep it and try again later, and tell your administrator."
        },
        values={"name": name},
    )


def too_large(name: str, room: FileSettings) -> Invalid:
    """Return the refusal of a file that is larger than files may be."""
    return Invalid(
        "Nothing was added.",
        {
            "files": "%(name)s is too large: a file can have %(most)s MB. Split it into smaller files, or ask your administrator."
        },
        values={"name": name, "most": room.largest_file // MEGABYTE},
    )


def empty(name: str) -> Invalid:
    """Return the refusal of a file in which there is nothing."""
    return Invalid("Nothing was added.", {"files": "%(name)s is empty. Choose the file again."}, values={"name": name})


def unreachable() -> Invalid:
    """Return the refusal of a file while the store does not answer."""
    return Invalid(
        "Nothing was added.",
        {
            "files": "The place where files are kept does not answer. Nothing was saved. Try again later, and tell your administrator if it stays so."
        },
    )


def _add(  # noqa: PLR0917 - all of one kind each, from one caller
    uow: UnitOfWork, case: Case, number: int, one: _Stored, new: NewEvidence, targets: Sequence[Target]
) -> Evidence:
    kept = one.kept
    evidence = Evidence(case_id=case.id, number=number, kind=new.kind, is_restricted=new.is_restricted)
    uow.session.add(evidence)
    uow.flush()
    content = EvidenceContent(
        evidence_id=evidence.id,
        case_id=case.id,
        source=new.source,
        received_on=new.received_on,
        media_type=one.kind.media_type,
        size=kept.size,
        sha256=kept.sha256,
        stored_as=kept.name,
    )
    seal_fields(uow.keys, content, {"file_name": one.name})
    content.key_sealed = uow.keys.seal(kept.key.hex(), content.bound_to("key"))
    uow.session.add(content)
    changes = changes_for_history(evidence, content) | {"sha256": [None, kept.sha256.hex()]}
    for target in targets:
        uow.session.add(EvidenceSupport(evidence_id=evidence.id, case_id=case.id, **{target.column: target.row.id}))
    uow.flush()
    record(uow, case, evidence, CustodyKind.RECEIVED, new.source)
    record(uow, case, evidence, CustodyKind.STORED, f"SHA-256 {fingerprint(kept.sha256)}")
    uow.audit.record("evidence.added", evidence, section_id=case.section_id, case_id=case.id, changes=changes)
    uow.facts_changed(case.id)
    return evidence


def _check_file(one: Arrived, room: FileSettings) -> FileType:
    problem, name = one.incoming.problem, clean_name(one.name)
    if problem is Problem.NO_ROOM:
        raise no_room()
    if problem is Problem.UNREACHABLE:
        raise unreachable()
    if problem is Problem.TOO_LARGE:
        raise too_large(name, room)
    if one.incoming.size == 0:
        raise empty(name)
    return check_type(name, one.incoming.head)


def check_room(held: Held, files: int, size: int, room: FileSettings) -> None:
    """Refuse so many files more, of `size` bytes in all, if a case can't hold them.

    Raises:
        Invalid: there would be too many, or they would be too large together.
    """
    if held.files + files > room.most_files:
        raise Invalid(
            "Nothing was added.",
            {"files": "A case can hold %(most)s files, and this one has %(held)s."},
            values={"most": room.most_files, "held": held.files},
        )
    if held.size + size > room.size_of_case:
        raise Invalid(
            "Nothing was added.",
            {"files": "The files of a case can have %(most)s MB in all, and this one is full. Ask your administrator."},
            values={"most": room.size_of_case // MEGABYTE},
        )


def check_type(name: str, head: bytes) -> FileType:
    """Return the type of a file by its beginning.

    Raises:
        Invalid: it is none that is taken.
    """
    kind = type_of(head)
    if kind is None:
        raise Invalid(
            "Nothing was added.",
            {
                "files": "%(name)s is of a kind that is not taken. Taken are PDF, photos, sound and video, texts and office files; print other files to PDF."
            },
            values={"name": name},
        )
    return kind


def _check_days(new: NewEvidence) -> None:
    problems: dict[str, str] = {}
    check_received(new, problems)
    if problems:
        raise Invalid("The evidence was not saved.", problems)
