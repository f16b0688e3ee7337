"""What the pages of one piece of evidence show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from babel.numbers import format_decimal
from flask import url_for

from caseflow.features.evidence.copying import MOST_TRIES
from caseflow.features.evidence.forms import language_name
from caseflow.features.evidence.queries import CustodyEvent, Target, codes_of, custody_of, targets_of_case
from caseflow.features.evidence.service import name_of_file
from caseflow.features.evidence.uploads.service import name_of_upload, uploads_of
from caseflow.models import Act, Case, CasePerson, Claim, CustodyKind, Evidence, EvidenceContent, EvidenceUpload
from caseflow.rendering import RENDERED
from caseflow.rendering.confinement import is_possible
from caseflow.storage.types import ACTIVE
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.dates import Kind, show_date, show_moment, show_number
from caseflow.web.texts import gettext as _
from caseflow.web.texts import page_locale
from caseflow.web.words import label, labels

Row = tuple[str, object]
KILO: Final = 1000
KINDS_OF_EVENTS: Final[dict[CustodyKind, Kind]] = {
    CustodyKind.VERIFIED: "good",
    CustodyKind.DAMAGED: "bad",
    CustodyKind.REMOVED: "warn",
}


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event of the custody in words."""

    what: str
    kind: Kind
    when: str
    who: str
    note: str


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """One piece of evidence: what it is, its file, and its custody."""

    evidence: Evidence
    title: str
    what: list[Row]
    file: list[Row]
    supports: list[str]
    copies: list[tuple[str, str]]
    """Words and address of each page of the copy for looking."""
    copy_words: str
    """What the copy is, or why there is none yet; empty for files that are not copied."""
    custody: list[EventLine]
    removed: str
    """When, by whom and why its file was removed; empty for what is still there."""
    is_damaged: bool
    is_active: bool
    """Whether the file may hold programs or links, so that it is opened with care."""


def evidence_page(uow: UnitOfWork, case: Case, evidence: Evidence) -> EvidencePage:
    """Return the page of a piece of evidence."""
    content, zone = evidence.content, case.section.time_zone
    assert content is not None
    custody = custody_of(uow, evidence)
    return EvidencePage(
        evidence=evidence,
        title=title_of(evidence),
        what=_what(evidence, content),
        file=_file(uow, content, zone),
        supports=words_of_supports(uow, case, evidence),
        copies=_copies(evidence, content),
        copy_words=_copy_words(content),
        custody=[_event(one, zone, evidence) for one in custody],
        removed=_removed(evidence, custody, zone),
        is_damaged=content.damage is not None,
        is_active=content.media_type in ACTIVE,
    )


@dataclass(frozen=True, slots=True)
class UnfinishedLine:
    """A file of which a part has arrived."""

    name: str
    arrived: str
    when: str
    discard_href: str


@dataclass(frozen=True, slots=True)
class SentBefore:
    """What somebody sent to a case and is not evidence yet: ids and words of what has arrived, and the rest."""

    arrived: list[tuple[str, str]]
    unfinished: list[UnfinishedLine]


def uploads_of_page(uow: UnitOfWork, case: Case) -> SentBefore:
    """Return what the acting person sent to a case and is not evidence yet: one statement."""
    whole, unfinished = uploads_of(uow, case)
    arrived = [(str(one.id), f"{name_of_upload(uow, one)} · {show_size(one.size)}") for one in whole]
    return SentBefore(arrived, [_unfinished(uow, one, case.section.time_zone) for one in unfinished])


def _unfinished(uow: UnitOfWork, one: EvidenceUpload, zone: str) -> UnfinishedLine:
    return UnfinishedLine(
        name=name_of_upload(uow, one),
        arrived=_("%(done)s of %(size)s", done=show_size(one.received), size=show_size(one.size)),
        when=show_moment(one.touched_at, zone),
        discard_href=url_for("evidence_uploads.discard", case_id=one.case_id, upload_id=one.id),
    )


def words_of_supports(uow: UnitOfWork, case: Case, evidence: Evidence) -> list[str]:
    """Return the words of what a piece of evidence supports."""
    words = dict(target_choices(targets_of_case(uow, case)))
    return [words[code] for code in codes_of(evidence) if code in words]


def _removed(evidence: Evidence, custody: Sequence[CustodyEvent], zone: str) -> str:
    last = next((one for one in reversed(custody) if one.event.kind is CustodyKind.REMOVED), None)
    if last is None:
        return ""
    line = _event(last, zone, evidence)
    return _("%(who)s removed this file on %(when)s. %(why)s", who=line.who, when=line.when, why=line.note)


def _copies(evidence: Evidence, content: EvidenceContent) -> list[tuple[str, str]]:
    here: dict[str, Any] = {"case_id": evidence.case_id, "evidence_id": evidence.id}
    return [
        (_("%(number)s, page %(page)s", number=evidence.label, page=page), url_for("evidence.copy", page=page, **here))
        for page in range(1, len(content.copy_ends) + 1)
    ]


def _copy_words(content: EvidenceContent) -> str:
    if content.media_type not in RENDERED or content.key_sealed is None:
        return ""
    if content.copy_refusal is not None or (content.copy_as is None and content.copy_tries >= MOST_TRIES):
        why = label("copy_refusal", content.copy_refusal.value) if content.copy_refusal is not None else ""
        return " ".join(
            filter(None, (_("No copy to look at could be made."), why, _("Download the original instead.")))
        )
    if content.copy_as is None and not is_possible():
        return " ".join(
            (
                _("This server makes no copies to look at: it cannot confine the program that would draw them."),
                _("Download the original instead."),
            )
        )
    if content.copy_as is None:
        return _("A copy to look at is being made. Load the page again in a minute.")
    shown, pages = len(content.copy_ends), content.copy_pages or 0
    words = _("Pictures of the file, made here: they carry no author, place or device.")
    return (
        words
        if shown == pages
        else f"{words} "
        + _("The first %(shown)s of %(pages)s pages; the original has all.", shown=shown, pages=show_number(pages))
    )


def title_of(evidence: Evidence) -> str:
    """Return what a piece of evidence is called: its title, else its kind; without either it was not described yet."""
    title = evidence.content.title if evidence.content is not None else ""
    kind = label("evidence_kind", evidence.kind.value if evidence.kind else None)
    return title or kind or _("Not described yet")


def _what(evidence: Evidence, content: EvidenceContent) -> list[Row]:
    return [
        (_("Kind"), label("evidence_kind", evidence.kind.value if evidence.kind else None)),
        (_("Date of the document"), show_date(content.dated) if content.dated else ""),
        (_("Language"), language_name(content.language) if content.language else ""),
        (_("Pages"), show_number(content.pages) if content.pages else ""),
        (_("Received from"), content.source),
        (_("Received on"), show_date(content.received_on) if content.received_on else ""),
        (_("How it was obtained"), content.obtained),
        (_("Where the original is"), content.original_place),
        (_("What it shows"), content.shows),
    ]


def _file(uow: UnitOfWork, content: EvidenceContent, zone: str) -> list[Row]:
    checked = show_moment(content.verified_at, zone) if content.verified_at else _("Not since it was stored")
    rows: list[Row] = [
        (_("Type"), label("file_type", content.media_type)),
        (_("Size"), show_size(content.size)),
        (_("Name it came with"), name_of_file(uow, content)),
        (_("Last checked"), checked),
    ]
    return rows if content.key_sealed else rows[:2]


def show_size(size: int) -> str:
    """Return a size in words: "312 bytes", "48 kB", "2.4 MB"."""
    if size < KILO:
        return _("%(size)s bytes", size=show_number(size))
    if size < KILO * KILO:
        return _("%(size)s kB", size=show_number(round(size / KILO)))
    return _("%(size)s MB", size=format_decimal(round(size / KILO / KILO, 1), locale=page_locale()))


def _event(one: CustodyEvent, zone: str, evidence: Evidence) -> EventLine:
    event, note = one.event, one.event.note
    if event.kind is CustodyKind.REMOVED and evidence.removed_because is not None:
        why = label("removal_reason", evidence.removed_because.value)
        note = f"{why}: {note}" if note else why
    nobody = _("caseflow, nightly check")
    return EventLine(
        what=label("custody_kind", event.kind.value),
        kind=KINDS_OF_EVENTS.get(event.kind, "neutral"),
        when=show_moment(event.at, zone),
        who=nobody if one.who is None else one.who or _("someone in another section"),
        note=note,
    )


def target_choices(targets: Sequence[Target]) -> list[tuple[str, str]]:
    """Return what evidence can support, as code and words."""
    return [(one.code, _words_of(one)) for one in targets]


def _words_of(target: Target) -> str:
    row, number = target.row, target.claim_number
    if isinstance(row, CasePerson):
        return f"{row.code_name} · {row.description}" if row.description else row.code_name
    claim = _("Claim %(number)s", number=number)
    if isinstance(row, Claim):
        return f"{claim}: {row.label or labels('right', row.rights)}"
    if isinstance(row, Act):
        return f"{claim} · {row.what}"
    stage = label("remedy_stage", row.stage)
    return f"{claim} · {stage}, {row.authority}" if row.authority else f"{claim} · {stage}"


def evidence_url(case_id: UUID, evidence_id: UUID) -> str:
    """Return the address of the page of a piece of evidence."""
    return url_for("evidence.show", case_id=case_id, evidence_id=evidence_id)
