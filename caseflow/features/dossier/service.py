"""The verbs of the dossier: write a text, number annexes, ask for documents, hand them out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import uuid4

import structlog

from caseflow.access import Permission
from caseflow.access.policy import may_on_case, require_in_section, require_on_case
from caseflow.audit import Changes
from caseflow.clock import now
from caseflow.db.sealing import SealBroken, open_field
from caseflow.errors import Invalid, stale
from caseflow.features.cases.queries import lock_case
from caseflow.features.cases.service import EditableCase
from caseflow.features.dossier.commands import NewBuild, NewText, TextPlace
from caseflow.features.dossier.documents import complaint
from caseflow.features.dossier.gathered import Gathered, gather, standing_of_case
from caseflow.features.dossier.labels import LANGUAGES, Labels
from caseflow.features.dossier.memo import memo
from caseflow.features.dossier.naming import check_code_names, forbidden, named, reveal
from caseflow.features.dossier.queries import (
    annexes_of_case,
    last_build_number,
    number_waiting,
    present_text,
)
from caseflow.features.dossier.texts import changed_paragraphs
from caseflow.features.jurisprudence.queries import current_library
from caseflow.features.readiness.service import assessed
from caseflow.jobs import Job
from caseflow.law import Finding
from caseflow.models import (
    BuildState,
    Case,
    DossierAnnex,
    DossierBuild,
    DossierKind,
    DossierText,
    Evidence,
)
from caseflow.rendering.papers import Block, Paper, as_json
from caseflow.storage import FileDamaged, FileMissing, Store, StoreUnreachable
from caseflow.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)
LONGEST_PART: Final = 100_000
"""Characters of one text: about fifty printed pages, which is the most that the Committee is said to read."""
MOST_WAITING: Final = 3
"""Documents of one case that may wait to be built at a time."""


def write_text(uow: UnitOfWork, case: EditableCase, place: TextPlace, new: NewText) -> DossierText:
    """Save a text as its next version; the history gets the paragraphs that changed.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: there is nothing to save, or it is too long.
    """
    lock_case(uow, case.id)
    present = present_text(uow, case, place)
    version = present.version if present else 0
    if version != new.version:
        raise stale(present)
    text = new.text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_PART:
        raise Invalid("The text was not saved.", {"text": "This is too long. Use at most 100,000 characters."})
    if not text and present is None:
        raise Invalid("The text was not saved.", {"text": "Enter the text, or go back without saving."})
    if present is not None and present.text == text:
        return present
    row = DossierText(
        case_id=case.id,
        part=place.part,
        claim_id=place.claim_id,
        rule=place.rule,
        version=version + 1,
        text=text,
        written_by_id=uow.person.user_id,
    )
    uow.session.add(row)
    went, came = changed_paragraphs(present.text if present else "", text)
    changes: dict[str, list[object]] = {"dossier_part": [None, place.part.value], "text": [went or None, came or None]}
    uow.audit.record("dossier.written", row, section_id=case.section_id, case_id=case.id, changes=changes)
    uow.facts_changed(case.id)  # of what would be filed: it may differ from the version that was approved
    return row


def add_annexes(uow: UnitOfWork, case: EditableCase, wanted: Sequence[Evidence] | None = None) -> list[DossierAnnex]:
    """Give the next numbers to evidence that has none, by default to all of it, and take up again what was left out of `wanted`.

    A number that was given stays: it may be cited, and other papers may name it.
    """
    lock_case(uow, case.id)
    known = annexes_of_case(uow, case)
    number = max((one.number for one in known.values()), default=0)
    changed: list[DossierAnnex] = []
    for evidence in standing_of_case(uow, case) if wanted is None else wanted:
        annex = known.get(evidence.id)
        if annex is None:
            number += 1
            annex = DossierAnnex(case_id=case.id, evidence_id=evidence.id, number=number)
            uow.session.add(annex)
        elif wanted is None or annex.left_out_at is None:
            continue
        annex.left_out_at = None
        changed.append(annex)
        _record(uow, case, "dossier.annex_added", annex, annex=[None, annex.number], evidence=[None, evidence.label])
    return changed


def leave_out(uow: UnitOfWork, case: EditableCase, evidence: Evidence) -> DossierAnnex | None:
    """Leave an annex out of the dossier. Its number is given to nothing else."""
    lock_case(uow, case.id)
    annex = annexes_of_case(uow, case).get(evidence.id)
    if annex is None or annex.left_out_at is not None:
        return annex
    annex.left_out_at = now()
    _record(uow, case, "dossier.annex_left_out", annex, annex=[annex.number, None], evidence=[evidence.label, None])
    return annex


def may_name(uow: UnitOfWork, case: Case) -> bool:
    """Return whether the acting person may build documents with names: a coordinator of the case's own section."""
    return may_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case)


def may_build(uow: UnitOfWork, case: Case) -> bool:
    """Return whether the acting person may build documents: they work on cases of the case's own section."""
    return uow.person.may(Permission.CASE_EDIT, case.section_id)


@dataclass(frozen=True, slots=True)
class Asked:
    """Documents that were asked for; or none yet, because a second person must first agree that these are shown, by code name."""

    build: DossierBuild | None
    waiting_for: Sequence[str] = ()


def ask_for_documents(uow: UnitOfWork, case: EditableCase, new: NewBuild, say: Callable[[Finding], str]) -> Asked:
    """Gather what goes into documents, as the acting person sees it, seal it, and ask a job to build them.

    With names only a coordinator may build them, for a reason, of those who allow that the State learns who they are: each of them
    is revealed as on their page, with a line in the history. `say` puts findings into words, for the memorandum.

    Raises:
        Forbidden: the person works in another section, or the role does not allow documents with names.
        Invalid: the reason is missing, a name stands where a code name must, or too many documents wait.
    """
    require_in_section(uow.actor, Permission.CASE_EDIT, case.section_id)
    if new.language not in LANGUAGES:
        raise Invalid("Nothing was built.", {"language": "Choose one from the list."})
    reason = new.reason.strip()
    if new.kind is DossierKind.FULL:
        require_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case)
        if not reason:
            raise Invalid("Nothing was built.", {"reason": "Say why you need documents with names, without names."})
    lock_case(uow, case.id)
    if number_waiting(uow, case) >= MOST_WAITING:
        raise Invalid("Documents of this case are being built already. Wait until they are ready.")
    of, labels = gather(uow, case), Labels(new.language)
    blocks = _memo(uow, of, labels, say) if new.kind is DossierKind.MEMO else complaint(of, labels)
    check_code_names(uow, of, blocks)
    papers = [_paper(of, labels, new.kind, blocks)]
    if new.kind is DossierKind.FULL:
        shown = reveal(uow, case, of, reason)
        if shown.waiting_for:
            return Asked(None, shown.waiting_for)
        full = replace(of, identities=shown.identities)
        twin = replace(papers[0], forbidden=forbidden(shown.identities))
        papers = [_paper(full, labels, new.kind, named(full, complaint(full, labels)), is_full=True), twin]
    return Asked(_store(uow, case, new, reason, papers))


def _memo(uow: UnitOfWork, of: Gathered, labels: Labels, say: Callable[[Finding], str]) -> list[Block]:
    return memo(of, labels, assessed(uow, of.case).findings.findings, current_library(uow), say)


def _paper(of: Gathered, labels: Labels, kind: DossierKind, blocks: Sequence[Block], *, is_full: bool = False) -> Paper:
    """Return a document. Its name, title and head name nobody."""
    is_memo = kind is DossierKind.MEMO
    name = "memo" if is_memo else "complaint" if is_full else "complaint-without-names"
    head = labels.word("memo_head" if is_memo else "head" if is_full else "head_redacted")
    return Paper(
        name=f"{of.case.reference}-{name}",
        title=f"{labels.word('memo' if is_memo else 'head')}, {of.case.reference}",
        language=labels.language,
        dated=of.on.isoformat(),
        head=f"{head} · {of.case.reference}",
        page=labels.word("page"),
        blocks=blocks,
    )


def _store(uow: UnitOfWork, case: EditableCase, new: NewBuild, reason: str, papers: Sequence[Paper]) -> DossierBuild:
    build = DossierBuild(
        id=uuid4(),
        case_id=case.id,
        number=last_build_number(uow, case, new.kind) + 1,
        kind=new.kind,
        language=new.language,
        reason=reason,
        asked_by_id=uow.person.user_id,
        state=BuildState.WAITING,
        tries=0,
    )
    build.input_sealed = uow.keys.seal(as_json(papers), build.bound_to("input"))
    uow.session.add(build)
    said = _named(build) | ({"reason": [None, reason]} if reason else {})
    uow.audit.record("dossier.asked", build, section_id=case.section_id, case_id=case.id, changes=said)
    uow.after_commit(Job.BUILD_DOSSIER)
    return build


@dataclass(frozen=True, slots=True)
class Documents:
    """An archive on its way out."""

    name: str
    size: int
    pieces: Iterator[bytes]


def hand_out(uow: UnitOfWork, store: Store, case: Case, build: DossierBuild) -> Documents:
    """Return the archive of documents, checked as a whole before its first byte leaves. The history records it.

    Raises:
        Forbidden: it carries names, and the role does not allow that.
        Invalid: it is not ready, or the stored file is not what it was.
    """
    if build.kind is DossierKind.FULL:
        require_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case)
    if build.stored_as is None:
        raise Invalid("These documents are not ready.")
    try:
        key = bytes.fromhex(open_field(uow.keys, build, "key"))
        size = sum(map(len, store.read(build.stored_as, key)))
    except StoreUnreachable as error:
        raise Invalid(
            "The place where files are kept does not answer, so the documents cannot be handed out now. Try again later."
        ) from error
    except (FileMissing, FileDamaged, SealBroken) as error:
        log.exception("dossier_damaged", build=str(build.id), error=type(error).__name__)
        raise Invalid("The stored file is missing or is not what it was. Build the documents again.") from error
    uow.audit.record("dossier.downloaded", build, section_id=case.section_id, case_id=case.id, changes=_named(build))
    name = f"{case.reference}-{build.kind.value}-{build.number}.zip"
    return Documents(name, size, store.read(build.stored_as, key))


def _named(build: DossierBuild) -> Changes:
    """Return what the history says of documents."""
    return {"dossier_kind": [None, build.kind.value], "number": [None, build.number]}


def _record(uow: UnitOfWork, case: Case, action: str, row: DossierAnnex, **changes: list[object]) -> None:
    uow.flush()
    uow.audit.record(action, row, section_id=case.section_id, case_id=case.id, changes=changes)
    uow.facts_changed(case.id)
