"""Removing what is left of uploads: parts that were put together, what was discarded, and what nobody went on with for days."""

import structlog

from caseflow.clock import now
from caseflow.features.evidence.checking import CHECKER
from caseflow.features.evidence.uploads.queries import next_to_clear
from caseflow.features.evidence.uploads.service import KEPT_FOR
from caseflow.storage import Store
from caseflow.unit_of_work import Units

log = structlog.get_logger(__name__)


def clear_uploads(units: Units, store: Store) -> int:
    """Remove what is left of uploads, the bytes before their row; return how many uploads that were."""
    done = 0
    while True:
        with units.begin(CHECKER) as uow:
            upload = next_to_clear(uow, now() - KEPT_FOR)
            if upload is None:
                return done
            for name in upload.parts_as:
                store.destroy(name)
            if upload.stored_as is not None and upload.ended_at is None and upload.touched_at >= now() - KEPT_FOR:
                upload.parts_as, upload.keys_sealed = [], None
            else:
                if upload.stored_as is not None:
                    store.destroy(upload.stored_as)
                uow.session.delete(upload)
                log.info("upload_cleared", upload=str(upload.id))
        done += 1
