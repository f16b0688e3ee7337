"""The verbs of uploads in parts: begin or find again, take a part, discard, and make evidence of what has arrived.

Each part is sealed on arrival, with a key of its own, and acknowledged once it and its row are on the disk. When the last one is there,
they are read and sealed again as one file, which waits until the form around it is sent.
"""

import re
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import uuid4

import structlog

from caseflow.clock import now
from caseflow.db.sealing import SealBroken, open_field, seal_fields
from caseflow.errors import Invalid
from caseflow.features.cases.service import EditableCase
from caseflow.features.evidence.adding import (
    add_files,
    check_room,
    check_type,
    empty,
    no_room,
    not_scanned,
    too_large,
    unreachable,
)
from caseflow.features.evidence.commands import Arrived
from caseflow.features.evidence.custody import clean_name
from caseflow.features.evidence.queries import held_by_case
from caseflow.features.evidence.uploads.commands import NewUpload, Part, SentFiles
from caseflow.features.evidence.uploads.queries import arrived_uploads, open_uploads
from caseflow.jobs import Job
from caseflow.models import Case, Evidence, EvidenceUpload
from caseflow.storage import HEAD, FileDamaged, FileMissing, Incoming, Kept, Problem, Store, StoreUnreachable
from caseflow.storage.scanning import ScannerSilent, VirusFound, scanned
from caseflow.storage.settings import FileSettings
from caseflow.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)
LARGEST_PART: Final = 4 * 1024 * 1024
KEPT_FOR: Final = timedelta(days=7)
"""How long an upload waits for the person to go on."""
MOST_OPEN: Final = 100
"""Uploads of one person to one case that have not ended."""
KEY_DIGITS: Final = 64
BEGINNING: Final = re.compile(r"[0-9a-f]{64}")


def begin_upload(
    uow: UnitOfWork, store: Store, case: EditableCase, new: NewUpload, room: FileSettings
) -> EvidenceUpload:
    """Return the upload of a file: the one that was begun before, if the same file was chosen again.

    Raises:
        Invalid: it is too large or empty, the case is full, or the disk nearly so.
    """
    name, size = clean_name(new.name), new.size or 0
    if not BEGINNING.fullmatch(new.beginning):
        raise Invalid("The file could not be read. Choose it again.")
    known = open_uploads(uow, case)
    for one in known:
        if (one.size, one.beginning.hex()) == (size, new.beginning) and name_of_upload(uow, one) == name:
            return one
    if size <= 0:
        raise empty(name)
    if size > room.largest_file:
        raise too_large(name, room)
    if len(known) >= MOST_OPEN:
        raise Invalid(
            "You have %(most)s files that are not finished in this case. Finish or discard one of them first.",
            values={"most": MOST_OPEN},
        )
    check_room(held_by_case(uow, case), len(known) + 1, size + sum(one.size for one in known), room)
    if store.free_bytes() < 2 * size:  # the parts, and the whole
        raise no_room()
    upload = EvidenceUpload(
        id=uuid4(), case_id=case.id, user_id=uow.person.user_id, size=size, beginning=bytes.fromhex(new.beginning)
    )
    seal_fields(uow.keys, upload, {"file_name": name})
    uow.session.add(upload)
    uow.flush()
    return upload


def take_part(
    uow: UnitOfWork, store: Store, upload: EvidenceUpload, sent: Part, scanner: str | None = None
) -> EvidenceUpload:
    """Take the next part of a file. One that begins elsewhere is left out: the answer says where it goes on.

    Raises:
        Invalid: the file is of a type that is not taken or not the one that was announced, there is no room, or the scanner found
            something in it.
    """
    start, part = sent.start, sent.incoming
    if start != upload.received or upload.stored_as is not None:
        return upload
    if part.problem is Problem.NO_ROOM:
        raise no_room()
    if part.problem is Problem.UNREACHABLE:
        raise unreachable()
    if part.problem is not None or not 0 < part.size <= upload.size - upload.received:
        raise Invalid("The file is not the one that was announced. Choose it again.")
    if start == 0:
        _check_beginning(uow, upload, part)
    try:
        kept = part.keep()
        upload.parts_as = [*upload.parts_as, kept.name]
        keys = open_field(uow.keys, upload, "keys") + kept.key.hex()
        upload.keys_sealed = uow.keys.seal(keys, upload.bound_to("keys"))
        upload.received, upload.touched_at = upload.received + kept.size, now()
        if upload.received == upload.size:
            _put_together(uow, store, upload, scanner)
    except StoreUnreachable as error:
        raise unreachable() from error
    except OSError as error:
        log.exception("part_not_kept", error=error.strerror)
        raise no_room() from error
    return upload


def _check_beginning(uow: UnitOfWork, upload: EvidenceUpload, part: Incoming) -> None:
    if part.size < min(HEAD, upload.size) or sha256(part.head).digest() != upload.beginning:
        raise Invalid("The file is not the one that was announced. Choose it again.")
    upload.media_type = check_type(name_of_upload(uow, upload), part.head).media_type


def _put_together(uow: UnitOfWork, store: Store, upload: EvidenceUpload, scanner: str | None) -> None:
    """Seal the parts again as one file. If one of them is damaged, the upload has ended: the file is sent again."""
    uow.after_commit(Job.DESTROY_EVIDENCE)
    whole = scanned(store.begin(upload.size, upload.size), scanner)
    try:
        for name, key in zip(upload.parts_as, _keys(uow, upload), strict=True):
            for piece in store.read(name, key):
                whole.write(piece)
        if whole.problem is not None:
            raise unreachable() if whole.problem is Problem.UNREACHABLE else no_room()
        kept = whole.keep()
    except (VirusFound, ScannerSilent) as error:
        raise not_scanned(name_of_upload(uow, upload), error) from error
    except (FileMissing, FileDamaged, SealBroken):
        log.exception("parts_damaged", upload=str(upload.id))
        upload.ended_at = now()
        return
    finally:
        whole.close()
    upload.stored_as, upload.sha256 = kept.name, kept.sha256
    upload.key_sealed = uow.keys.seal(kept.key.hex(), upload.bound_to("key"))


def _keys(uow: UnitOfWork, upload: EvidenceUpload) -> list[bytes]:
    digits = open_field(uow.keys, upload, "keys")
    return [bytes.fromhex(digits[at : at + KEY_DIGITS]) for at in range(0, len(digits), KEY_DIGITS)]


def discard_upload(uow: UnitOfWork, upload: EvidenceUpload) -> EvidenceUpload:
    """Discard what has arrived of a file."""
    upload.ended_at = now()
    uow.after_commit(Job.DESTROY_EVIDENCE)
    return upload


def add_arrived(
    uow: UnitOfWork, store: Store, case: EditableCase, sent: SentFiles, room: FileSettings
) -> list[Evidence]:
    """Add files to a case: those that came with the form, and before them those that were sent in parts.

    Raises:
        Invalid: as `add_files`, or what had arrived is damaged.
    """
    ids = set(sent.upload_ids)
    uploads = arrived_uploads(uow, case, ids)
    if len(uploads) < len(ids):
        raise Invalid("Nothing was added.", {"files": "A file has not arrived as a whole. Choose it again."})
    arrived = [Arrived(name_of_upload(uow, one), _whole(uow, store, one)) for one in uploads]
    added = add_files(uow, case, [*arrived, *sent.files], sent.new, room)
    for one in uploads:
        one.stored_as = one.key_sealed = None
        one.ended_at = now()
    if uploads:
        uow.after_commit(Job.DESTROY_EVIDENCE)
    return added


class Whole:
    """A file that has arrived in parts and is in the store as a whole."""

    problem: Problem | None = None

    def __init__(self, kept: Kept, head: bytes) -> None:
        self._kept, self.head, self.size = kept, head, kept.size

    def write(self, data: bytes) -> int:  # noqa: ARG002 - of a file
        """Refuse: it is whole.

        Raises:
            OSError: always.
        """
        raise OSError("a file that is whole takes nothing more")

    def digest(self) -> bytes:
        """Return its SHA-256."""
        return self._kept.sha256

    def seek(self, offset: int, whence: int = 0) -> int:  # noqa: ARG002 - of a file
        """Do nothing."""
        return offset

    def keep(self) -> Kept:
        """Return where it is."""
        return self._kept

    def close(self) -> None:
        """Do nothing: as long as its upload has not ended, it stays."""


def _whole(uow: UnitOfWork, store: Store, upload: EvidenceUpload) -> Whole:
    assert upload.stored_as is not None
    assert upload.sha256 is not None
    try:
        key = bytes.fromhex(open_field(uow.keys, upload, "key"))
        head = next(store.read(upload.stored_as, key))[:HEAD]
    except StoreUnreachable as error:
        raise unreachable() from error
    except (FileMissing, FileDamaged, SealBroken) as error:
        raise Invalid("Nothing was added.", {"files": "A file has not arrived as a whole. Choose it again."}) from error
    return Whole(Kept(upload.stored_as, key, upload.size, upload.sha256), head)


def name_of_upload(uow: UnitOfWork, upload: EvidenceUpload) -> str:
    """Return what a file is called that is being sent; empty if that can't be opened."""
    try:
        return open_field(uow.keys, upload, "file_name")
    except SealBroken:
        return ""


def uploads_of(uow: UnitOfWork, case: Case) -> tuple[list[EvidenceUpload], list[EvidenceUpload]]:
    """Return what the acting person sent to a case and is not evidence yet: what has arrived as a whole, and what has not."""
    found = open_uploads(uow, case)
    return [one for one in found if one.stored_as is not None], [one for one in found if one.stored_as is None]
