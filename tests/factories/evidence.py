"""Evidence in cases, with files that are what their first bytes say."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from caseflow.access import PersonActor
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.evidence.adding import add_files
from caseflow.features.evidence.commands import Arrived, EvidenceDetails, NewEvidence
from caseflow.features.evidence.queries import code_of, one_evidence
from caseflow.features.evidence.service import change_evidence
from caseflow.features.evidence.uploads.commands import NewUpload
from caseflow.features.evidence.uploads.service import begin_upload
from caseflow.models import Case, Claim, Evidence, EvidenceKind, EvidenceUpload
from caseflow.storage import Store
from caseflow.storage.folder import FolderStore
from caseflow.storage.settings import FileSettings
from caseflow.unit_of_work import UnitOfWork, Units

PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n%%EOF\n"
ROOM = FileSettings()


@cache
def _elsewhere() -> Store:
    """Return a store for tests that never read the file."""
    return FolderStore(Path(tempfile.mkdtemp(prefix="caseflow-files-", dir="/tmp")))


def arrived(content: bytes = PDF, name: str = "judgment.pdf", store: Store | None = None) -> Arrived:
    """Return a file that has arrived and is not kept yet."""
    incoming = (store or _elsewhere()).begin(ROOM.largest_file)
    incoming.write(content)
    return Arrived(name, incoming)


def describe_new_evidence(uow: UnitOfWork, case: EditableCase, **details: Any) -> Evidence:
    """Add a file to a case, and say what it is, in one unit of work."""
    (added,) = add_files(uow, case, [arrived()], NewEvidence(), ROOM)
    uow.session.expire(added)
    found = one_evidence(uow, case, added.id)
    return change_evidence(uow, case, found, EvidenceDetails(version=found.version, **details))


def make_evidence(
    units: Units,
    by: PersonActor,
    case: Case,
    claim: Claim | None = None,
    *,
    content: bytes = PDF,
    name: str = "judgment.pdf",
    store: Store | None = None,
    room: FileSettings = ROOM,
    **details: Any,
) -> Evidence:
    """Add a file to a case, by default a decision that supports a claim if one is given. Without a store of its application it can't be read."""
    supports = (code_of("claim_id", claim.id),) if claim else ()
    new = NewEvidence(**{"kind": EvidenceKind.DECISION, "supports": supports} | details)
    with units.begin(by) as uow:
        (added,) = add_files(uow, editable_case(uow, case.id), [arrived(content, name, store)], new, room)
    return added


def make_upload(units: Units, by: PersonActor, case: Case) -> EvidenceUpload:
    """Begin to send a file in parts; nothing of it has arrived."""
    new = NewUpload(name="judgment.pdf", size=len(PDF), beginning="0" * 64)
    with units.begin(by) as uow:
        return begin_upload(uow, _elsewhere(), editable_case(uow, case.id), new, ROOM)
