"""Drafts, as the pages keep them."""

from uuid import UUID, uuid4

from caseflow import drafts
from caseflow.access import PersonActor
from caseflow.models import Case
from caseflow.unit_of_work import Units


def make_draft(
    units: Units,
    by: PersonActor,
    case: Case | None,
    address: str = "",
    key: str = "0123456789abcdef",
    **typed: str,
) -> drafts.Kept:
    """Keep what somebody typed into a form; by default one that adds an act to a claim that is not there any more."""
    path = address or (f"/cases/{case.id}/claims/{uuid4()}/acts/new" if case else "/cases/new")
    place = drafts.Place(by.user_id, path, key, case_id=case.id if case else None)
    with units.begin(by) as uow:
        sealed = drafts.seal(uow.keys, place, drafts.Typed(list((typed or {"what": "Doors sealed"}).items())))
        assert sealed is not None
        draft_id = drafts.keep(uow.session, place, sealed)
        assert isinstance(draft_id, UUID)
        kept = drafts.draft_of(uow.session, by.user_id, draft_id)
    assert kept is not None
    return kept
