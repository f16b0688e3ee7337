"""Copies of evidence for looking: made by a job, one file after the other, in a child process (`caseflow.rendering`).

A copy is sealed in the store like an original, with a key of its own: its pages one after the other in one file. It can be thrown away
and made again, so it is no evidence and has no custody. Only `SystemRole.COPY_EVIDENCE` makes copies.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate, pairwise
from typing import Final
from uuid import UUID

import structlog

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now
from caseflow.db.sealing import SealBroken, open_field
from caseflow.errors import NotFound
from caseflow.features.evidence.queries import content_to_copy, next_to_copy
from caseflow.models import CopyRefusal, EvidenceContent
from caseflow.rendering import Rendered, render
from caseflow.rendering.confinement import NotConfined, is_possible
from caseflow.rendering.limits import LARGEST_ANSWER
from caseflow.storage import FileDamaged, FileMissing, Kept, Store, StoreUnreachable
from caseflow.unit_of_work import UnitOfWork, Units

log = structlog.get_logger(__name__)
COPIER: Final = JobActor(SystemRole.COPY_EVIDENCE)
AGAIN_AFTER: Final = timedelta(minutes=10)
"""A copy that was begun so long ago died with its process: it is begun again."""
MOST_TRIES: Final = 3
"""What stopped the process so often is not tried any more."""


@dataclass(slots=True)
class Copied:
    """The counts of a round. `is_cut_short`: its time was over before all was copied."""

    made: int = 0
    refused: int = 0
    is_cut_short: bool = False


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file that is being copied."""

    evidence_id: UUID
    media_type: str
    name: UUID
    key: bytes


def make_copies(units: Units, store: Store, *, most_seconds: float = 60.0) -> Copied:
    """Make the copies that are missing, for about `most_seconds`; none where nothing confines the process that makes them."""
    done, end = Copied(), time.monotonic() + most_seconds
    while is_possible():
        begun = _begin(units)
        if begun is None:
            return done
        try:
            _make(units, store, begun, done)
        except NotConfined:
            log.exception("evidence_copies_not_confined")
            _not_tried(units, begun)
            return done
        except StoreUnreachable:
            log.exception("store_unreachable")
            _not_tried(units, begun)
            return done
        if time.monotonic() >= end:
            done.is_cut_short = True
            return done
    return done


def _not_tried(units: Units, begun: _Begun) -> None:
    """Take back that a copy was tried: the file had no part in it."""
    with units.begin(COPIER) as uow:
        content = content_to_copy(uow, begun.evidence_id)
        if content is not None:
            content.copy_tries = 0


def _begin(units: Units) -> _Begun | None:
    """Mark the next file as begun, in a transaction of its own: then a process that dies of it is not the end of all others."""
    while True:
        with units.begin(COPIER) as uow:
            content = next_to_copy(uow, now() - AGAIN_AFTER, MOST_TRIES)
            if content is None:
                return None
            content.copy_begun_at, content.copy_tries = now(), content.copy_tries + 1
            try:
                key = bytes.fromhex(open_field(uow.keys, content, "key"))
            except SealBroken:  # the nightly check says so
                continue
            return _Begun(content.evidence_id, content.media_type, content.stored_as, key)


def _make(units: Units, store: Store, begun: _Begun, done: Copied) -> None:
    try:
        rendered = render(store.read(begun.name, begun.key), begun.media_type)
    except StoreUnreachable:
        raise
    except (FileMissing, FileDamaged, OSError) as error:  # the nightly check says so
        log.warning("evidence_not_copied", evidence=str(begun.evidence_id), error=type(error).__name__)
        return
    kept = _keep(store, rendered) if rendered.pages else None
    with units.begin(COPIER) as uow:
        content = content_to_copy(uow, begun.evidence_id)
        if content is None:  # another process was faster, or the file was removed meanwhile
            if kept is not None:
                store.destroy(kept.name)
            return
        if kept is not None:
            content.copy_as, content.copy_pages = kept.name, rendered.pages_in_all
            content.copy_ends = list(accumulate(map(len, rendered.pages)))
            content.copy_key_sealed = uow.keys.seal(kept.key.hex(), content.bound_to("copy_key"))
            done.made += 1
        elif rendered.refusal is not None:
            content.copy_refusal = CopyRefusal(rendered.refusal.value)
            done.refused += 1
        else:
            content.copy_tries = 0  # no room on the disk: later
    log.info("evidence_copied", evidence=str(begun.evidence_id), pages=len(rendered.pages), refusal=rendered.refusal)


def _keep(store: Store, rendered: Rendered) -> Kept | None:
    incoming = store.begin(LARGEST_ANSWER, sum(map(len, rendered.pages)))
    try:
        for page in rendered.pages:
            incoming.write(page)
        return incoming.keep()
    except StoreUnreachable:
        raise
    except OSError:
        log.exception("evidence_copy_not_kept")
        return None
    finally:
        incoming.close()


def page_of_copy(uow: UnitOfWork, store: Store, content: EvidenceContent, number: int) -> bytes:
    """Return a page of the copy of a file as JPEG; the first is 1.

    Raises:
        NotFound: there is no such page, or it cannot be read any more.
    """
    spans = list(pairwise((0, *content.copy_ends)))
    missing = NotFound("There is no copy of this page. Download the original instead.")
    if content.copy_as is None or not 1 <= number <= len(spans):
        raise missing
    begin, end = spans[number - 1]
    try:
        key = bytes.fromhex(open_field(uow.keys, content, "copy_key"))
        page = _between(store.read(content.copy_as, key), begin, end)
    except (FileMissing, FileDamaged, SealBroken, OSError) as error:
        log.exception("evidence_copy_damaged", evidence=str(content.evidence_id), error=type(error).__name__)
        raise missing from error
    return page


def _between(pieces: Iterator[bytes], begin: int, end: int) -> bytes:
    found, place = bytearray(), 0
    for piece in pieces:
        found += piece[max(begin - place, 0) : max(end - place, 0)]
        place += len(piece)
        if place >= end:
            break
    return bytes(found)
