"""The job that builds documents: one archive after the other, in a child process, sealed in the store.

Only `SystemRole.BUILD_DOSSIER` does this. It reads what was gathered and sealed with the request, and no case.
"""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now
from caseflow.db.sealing import SealBroken, open_field
from caseflow.features.dossier.queries import build_being_built, next_build
from caseflow.models import BuildFault, BuildState, DossierBuild
from caseflow.rendering.papers import Bundle, bundle
from caseflow.storage import Kept, Store, StoreUnreachable
from caseflow.unit_of_work import Units

log = structlog.get_logger(__name__)
BUILDER: Final = JobActor(SystemRole.BUILD_DOSSIER)
AGAIN_AFTER: Final = timedelta(minutes=5)
"""What was begun so long ago died with its process: it is begun again."""
MOST_TRIES: Final = 3
LARGEST_ARCHIVE: Final = 40_000_000


@dataclass(slots=True)
class Round:
    """The counts of a round. `is_cut_short`: its time was over before all was built."""

    built: int = 0
    failed: int = 0
    is_cut_short: bool = False


def build_waiting(units: Units, store: Store, *, most_seconds: float = 60.0) -> Round:
    """Build the documents that wait, for about `most_seconds`. Those that a store does not take now are begun again later."""
    done, end = Round(), time.monotonic() + most_seconds
    while (begun := _begin(units)) is not None:
        try:
            _build(units, store, *begun, done)
        except StoreUnreachable:
            log.exception("store_unreachable")
            return done
        if time.monotonic() >= end:
            done.is_cut_short = True
            break
    return done


def _begin(units: Units) -> tuple[UUID, str] | None:
    """Mark the next documents as begun, in a transaction of its own, and return what goes into them."""
    while True:
        with units.begin(BUILDER) as uow:
            build = next_build(uow, now() - AGAIN_AFTER)
            if build is None:
                return None
            try:
                papers = open_field(uow.keys, build, "input")
            except SealBroken:
                papers = ""
            if not papers or build.tries >= MOST_TRIES:
                _fail(build, BuildFault.BROKEN)
                continue
            build.state, build.begun_at, build.tries = BuildState.BUILDING, now(), build.tries + 1
            return build.id, papers


def _build(units: Units, store: Store, build_id: UUID, papers: str, done: Round) -> None:
    made = bundle(papers)
    kept = _keep(store, made) if made.fault is None else None
    with units.begin(BUILDER) as uow:
        build = build_being_built(uow, build_id)
        if build is None:  # another process was faster; the file that was kept has no row and is set aside
            return
        if kept is None:
            _fail(build, BuildFault(made.fault.value) if made.fault else BuildFault.NO_ROOM)
            done.failed += 1
        else:
            build.key_sealed = uow.keys.seal(kept.key.hex(), build.bound_to("key"))
            build.stored_as, build.size, build.sha256, build.pages = kept.name, kept.size, kept.sha256, made.pages
            build.state, build.ended_at, build.input_sealed = BuildState.READY, now(), None
            done.built += 1
    log.info("dossier_built", build=str(build_id), pages=made.pages, fault=made.fault)


def _fail(build: DossierBuild, fault: BuildFault) -> None:
    build.state, build.fault, build.ended_at, build.input_sealed = BuildState.FAILED, fault, now(), None


def _keep(store: Store, made: Bundle) -> Kept | None:
    incoming = store.begin(LARGEST_ARCHIVE, len(made.content))
    try:
        incoming.write(made.content)
        return incoming.keep()
    except StoreUnreachable:
        raise
    except OSError:
        log.exception("dossier_not_kept")
        return None
    finally:
        incoming.close()
