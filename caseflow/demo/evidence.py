"""The evidence of some demo cases, by the title of their case. All papers are invented and made here."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from caseflow.clock import today
from caseflow.demo.papers import pdf, png
from caseflow.features.cases.service import EditableCase
from caseflow.features.evidence.adding import add_files
from caseflow.features.evidence.commands import Arrived, EvidenceDetails, FileRemoval, NewEvidence
from caseflow.features.evidence.queries import Target, one_evidence, targets_of_case
from caseflow.features.evidence.removing import remove_file
from caseflow.features.evidence.service import change_evidence, record_sending
from caseflow.features.evidence.uploads.commands import NewUpload, Part
from caseflow.features.evidence.uploads.service import begin_upload, take_part
from caseflow.law.dates import UncertainDate
from caseflow.models import CasePerson, DomesticRemedy, EvidenceKind, RemovalReason
from caseflow.storage import HEAD, Store
from caseflow.storage.settings import MEGABYTE, FileSettings
from caseflow.unit_of_work import UnitOfWork

ROOM: Final = FileSettings()
PICTURE: Final = ("picture",)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper `ago` days old. `supports` holds stages of remedies and code names; without any it supports the first claim."""

    kind: EvidenceKind | None
    title: str
    lines: tuple[str, ...]
    ago: int
    supports: tuple[str, ...] = ()
    source: str = "V1"
    name: str = "scan.pdf"
    pages: int = 1
    language: str = "es"
    obtained: str = ""
    original_place: str = ""
    shows: str = ""
    is_restricted: bool = False
    sent_to: str = ""
    removed_because: str = ""
    """In words: it was added to the wrong case, and removed."""


UNFINISHED: Final = "Mother with three children to be evicted without alternative housing"
RECORDING: Final = b"\0\0\0\x18ftypmp42"
K: Final = EvidenceKind
PAPERS: Final[Mapping[str, tuple[Paper, ...]]] = {
    UNFINISHED: (
        Paper(
            K.DECISION,
            "Judgment that orders the eviction",
            ("Court of First Instance No. 2 of Valdeoliva", "Judgment 1180/DEMO", "The tenant must leave the flat."),
            20,
            ("COURT_1",),
            "V1's lawyer",
            "sentencia 1180.pdf",
            pages=9,
            original_place="Office of V1's lawyer",
            shows="The court ordered the eviction and did not weigh its effects on the children.",
        ),
        Paper(
            K.NOTIFICATION_PROOF,
            "Receipt of the judgment by the lawyer",
            ("Notification system of the courts", "1180/DEMO", "Received by the lawyer."),
            18,
            ("COURT_1",),
            "V1's lawyer",
        ),
        Paper(
            K.OFFICIAL,
            "Letter of social services: no place is free",
            ("Social services of Valdeoliva", "No place is free at present for a family of four."),
            9,
            shows="The State knew that V1 and the children would have nowhere to go.",
            sent_to="Sworn translator T1, encrypted",
        ),
        Paper(
            K.MEDICAL,
            "Report on the asthma of V2",
            ("Health centre of Las Eras", "The child needs a dry and heated room."),
            30,
            ("V2",),
            is_restricted=True,
            shows="Sleeping rough would endanger V2.",
        ),
        Paper(None, "", PICTURE, 2, name="IMG_0412.png", source="V1, by messenger"),
        Paper(
            K.CORRESPONDENCE,
            "Letter of a bank",
            ("Notice of arrears",),
            40,
            removed_because="It is about another family's loan.",
        ),
    ),
    "Foreclosure on a family home after notices never delivered": (
        Paper(
            K.DECISION,
            "Decision on the amparo",
            ("Amparo 3301/DEMO", "The application is not admitted."),
            362,
            ("CONST",),
            "V1's lawyer",
            pages=3,
            original_place="Office of V1's lawyer",
        ),
        Paper(
            K.NOTIFICATION_PROOF,
            "Envelope with the postmark of the decision on the amparo",
            ("Registered letter, delivered.",),
            359,
            ("CONST",),
            "V1's lawyer",
        ),
        Paper(
            K.DECISION,
            "Judgment on appeal",
            ("77/DEMO", "The appeal is dismissed."),
            450,
            ("APPEAL",),
            "V1's lawyer",
            pages=7,
        ),
        Paper(
            K.CORRESPONDENCE,
            "Letters to and from the bank",
            ("We ask for a rent that the family can pay.",),
            420,
            pages=4,
            shows="The bank refused every rent.",
        ),
    ),
    "Tenant of 81 evicted at the end of a lease by an investment fund": (
        Paper(
            K.DECISION, "Judgment of first instance", ("455/DEMO", "The claim is granted."), 270, ("COURT_1",), pages=6
        ),
        Paper(K.MEDICAL, "Report of the hospital", ("Admitted after the eviction.",), 150, is_restricted=True),
    ),
    "Eviction of a couple suspended, then carried out against interim measures": (
        Paper(K.CORRESPONDENCE, "Letter of registration", ("The communication was registered.",), 316, pages=2),
        Paper(K.CORRESPONDENCE, "Observations of the State", ("The State objects.",), 96, pages=14),
    ),
    "Spring of an indigenous community dried up by a mine": (
        Paper(
            K.EXPERT,
            "Measurements of the spring over two years",
            ("Month;litres per minute", "2024-01;42", "2025-12;0"),
            60,
            source="University group",
            name="measurements.txt",
            shows="The spring dried up after the pumps of the mine began to work.",
        ),
        Paper(K.MEDIA, "Report of a regional newspaper", ("The women walk two hours for water.",), 90, source="S1"),
    ),
}
"""The first title has papers of every sort that a caseworker meets; the one without a kind was sent from a phone and not described yet."""


def add_evidence_of(uow: UnitOfWork, store: Store, case: EditableCase) -> None:
    """Add the planned papers to a demo case, through the services that pages call."""
    begin_recording(uow, store, case)
    papers, on = PAPERS.get(case.title, ()), today(case.section.time_zone)
    targets = targets_of_case(uow, case) if papers else []
    for paper in papers:
        supports = tuple(one.code for one in targets if _is_named(one, paper.supports)) or (targets[0].code,)
        _add(uow, store, case, paper, NewEvidence(kind=paper.kind, source=paper.source), supports, on)


def begin_recording(uow: UnitOfWork, store: Store, case: EditableCase) -> None:
    """Begin to send the recording of a hearing, of which the first megabyte has arrived: the line broke."""
    if case.title != UNFINISHED:
        return
    piece = RECORDING.ljust(MEGABYTE, b"\0")
    beginning = hashlib.sha256(piece[:HEAD]).hexdigest()
    new = NewUpload(name="audiencia.mp4", size=31 * MEGABYTE, beginning=beginning)
    upload, part = begin_upload(uow, store, case, new, ROOM), store.begin(MEGABYTE)
    part.write(piece)
    take_part(uow, store, upload, Part(start=0, incoming=part))


def _is_named(target: Target, names: tuple[str, ...]) -> bool:
    row = target.row
    return (isinstance(row, DomesticRemedy) and row.stage in names) or (
        isinstance(row, CasePerson) and row.code_name in names
    )


def _add(  # noqa: PLR0917 - of one kind each, from one caller
    uow: UnitOfWork,
    store: Store,
    case: EditableCase,
    paper: Paper,
    new: NewEvidence,
    supports: tuple[str, ...],
    on: date,
) -> None:
    received = on - timedelta(days=max(0, paper.ago - 4))
    received = max(received, case.opened_on)
    incoming = store.begin(ROOM.largest_file)
    incoming.write(_content(paper))
    new = replace(new, received_on=received, is_restricted=paper.is_restricted)
    (added,) = add_files(uow, case, [Arrived(paper.name, incoming)], new, ROOM)
    if paper.kind is None:
        return
    uow.session.expire(added)
    found = one_evidence(uow, case, added.id)
    details = EvidenceDetails(
        version=found.version,
        kind=paper.kind,
        title=paper.title,
        dated=UncertainDate.of(on - timedelta(days=paper.ago)),
        language=paper.language,
        pages=paper.pages,
        source=paper.source,
        received_on=received,
        obtained=paper.obtained,
        original_place=paper.original_place,
        shows=paper.shows,
        is_restricted=paper.is_restricted,
        supports=supports,
    )
    change_evidence(uow, case, found, details)
    if paper.sent_to:
        record_sending(uow, case, found, paper.sent_to)
    if paper.removed_because:
        uow.flush()
        why = FileRemoval(version=found.version, why=RemovalReason.WRONG_CASE, reason=paper.removed_because)
        remove_file(uow, case, found, why)


def _content(paper: Paper) -> bytes:
    if paper.lines == PICTURE:
        return png()
    if paper.name.endswith(".txt"):
        return "\n".join(paper.lines).encode()
    return pdf(paper.lines)
