"""The nightly check: every file is read again and compared with its fingerprint, and the store with the database.

Each file is checked about once a day, the longest unchecked first, a few in a round, and each in a transaction of its own. What is
found is kept in the row, stands in the custody, and raises an alarm. Only `SystemRole.CHECK_EVIDENCE` does this.
"""

import hashlib
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now
from caseflow.db.sealing import SealBroken, open_field
from caseflow.features.evidence.queries import (
    further_files,
    known_files,
    last_verified_event,
    mark_checked,
    next_to_destroy,
    next_unchecked,
    removed_files,
)
from caseflow.features.evidence.uploads.queries import names_of_uploads
from caseflow.features.monitoring.service import raise_alarm
from caseflow.models import AlarmKind, CustodyKind, Damage, EvidenceContent, EvidenceCustody
from caseflow.storage import FileDamaged, FileMissing, Store, StoreUnreachable
from caseflow.unit_of_work import UnitOfWork, Units

log = structlog.get_logger(__name__)
CHECKER: Final = JobActor(SystemRole.CHECK_EVIDENCE)
CHECKED_EVERY: Final = timedelta(hours=22)
"""Less than a day, so that rounds which begin at the same hour check every file once a day."""
NOTED_EVERY: Final = timedelta(days=30)
"""That a file is unchanged stands in its custody so often; what is found otherwise, at once."""
GRACE: Final = timedelta(days=1)
"""A file without a row may be one that is being stored: its row comes with the commit."""
SET_ASIDE_FOR: Final = timedelta(days=30)
"""How long files without a row are kept apart before they are removed."""
MOST_STRAYS: Final = 20
"""More files without a row than these are no leftovers of killed processes: more likely store and database do not belong together."""


@dataclass(slots=True)
class Checked:
    """The counts of a round. `is_cut_short`: its time was over before every file was checked."""

    files: int = 0
    damaged: int = 0
    """Of them missing or altered."""
    is_cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the store and the database lack of each other."""

    missing: int
    """Rows whose file is not in the store."""
    strays: int
    """Files without a row."""
    set_aside: int
    removed: int
    """Files that were set aside long ago, and files that never arrived as a whole."""

    @property
    def is_refused(self) -> bool:
        """Whether files without a row were left where they are, because there are too many."""
        return self.strays > self.set_aside


def check_files(units: Units, store: Store, *, most_seconds: float = 60.0, is_everything: bool = False) -> Checked:
    """Check the files that are due, or all of them, for at most `most_seconds`."""
    done, begin, end = Checked(), now(), time.monotonic() + most_seconds
    before = begin if is_everything else begin - CHECKED_EVERY
    while True:
        with units.begin(CHECKER) as uow:
            content = next_unchecked(uow, before)
            if content is None:
                return done
            try:
                damage = _check(uow, store, content)
            except StoreUnreachable:  # nothing is known of the file: it stays due
                log.exception("store_unreachable")
                return done
        done.files += 1
        done.damaged += damage is not None
        if time.monotonic() >= end:
            done.is_cut_short = True
            return done


def _check(uow: UnitOfWork, store: Store, content: EvidenceContent) -> Damage | None:
    damage, known, at = _damage_of(uow, store, content), content.damage, now()
    mark_checked(uow, content, at, damage)
    if damage is not known:
        kind = CustodyKind.VERIFIED if damage is None else CustodyKind.DAMAGED
        _note(uow, content, kind)
        log.log(
            30 if damage else 20, "evidence_checked", evidence=str(content.evidence_id), damage=damage and damage.value
        )
        raise_alarm(uow, AlarmKind.FILES, int(damage is not None and known is None))
    elif damage is None and ((last := last_verified_event(uow, content)) is None or at - last > NOTED_EVERY):
        _note(uow, content, CustodyKind.VERIFIED)
    return damage


def _damage_of(uow: UnitOfWork, store: Store, content: EvidenceContent) -> Damage | None:
    found, size = hashlib.sha256(), 0
    try:
        key = bytes.fromhex(open_field(uow.keys, content, "key"))
        for piece in store.read(content.stored_as, key):
            found.update(piece)
            size += len(piece)
    except FileMissing:
        return Damage.MISSING
    except StoreUnreachable:
        raise
    except (FileDamaged, SealBroken, OSError):
        return Damage.ALTERED
    return None if (found.digest(), size) == (content.sha256, content.size) else Damage.ALTERED


def _note(uow: UnitOfWork, content: EvidenceContent, kind: CustodyKind) -> None:
    uow.session.add(EvidenceCustody(evidence_id=content.evidence_id, case_id=content.case_id, kind=kind))


def destroy_removed(units: Units, store: Store) -> int:
    """Destroy the bytes of the files that were removed, and of their copies; return how many files that were."""
    done = 0
    while True:
        with units.begin(CHECKER) as uow:
            content = next_to_destroy(uow)
            if content is None:
                return done
            for name in filter(None, (content.stored_as, content.copy_as)):
                store.destroy(name)
            content.destroyed_at = now()
            log.info("evidence_destroyed", evidence=str(content.evidence_id))
        done += 1


def reconcile(units: Units, store: Store, *, is_forced: bool = False) -> Reconciled:
    """Compare the store with the database, set aside what has no row, and remove what was set aside a month ago.

    A file that was removed and is there again, from a backup, is destroyed again.
    Nothing is set aside if it is much, unless `is_forced`: then store and database most likely do not belong together.
    """
    at = now()
    with units.begin(CHECKER) as uow:
        rows = known_files(uow)  # before the files, of which some may come meanwhile
        gone = removed_files(uow)
        known = rows.keys() | further_files(uow) | gone | names_of_uploads(uow)
    stored = set(store.names())
    for name in stored & gone:
        store.destroy(name)
    strays = set(store.names(at - GRACE)) - known
    may_set_aside = is_forced or len(strays) <= MOST_STRAYS
    for name in strays if may_set_aside else ():
        store.set_aside(name)
    missing = [content_id for name, content_id in rows.items() if name not in stored]
    removed = store.remove_set_aside(at - SET_ASIDE_FOR) + store.remove_unfinished(at - GRACE)
    if not may_set_aside:
        log.error("evidence_store_is_strange", strays=len(strays), rows=len(rows))
        with units.begin(CHECKER) as uow:
            raise_alarm(uow, AlarmKind.FILES, len(strays))
    return Reconciled(len(missing), len(strays), len(strays) if may_set_aside else 0, removed)
