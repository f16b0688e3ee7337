"""What a caseworker of the demo coalition typed and has not saved."""

from typing import Final

from caseflow import drafts
from caseflow.models import Case
from caseflow.unit_of_work import UnitOfWork

DRAFTS: Final = {
    "Mother with three children to be evicted without alternative housing": (
        "/cases/{case_id}/deadlines/new",
        (("title", "Ask social services for their report"), ("note", "They said that it would be ready on Friday.")),
    ),
    "Foreclosure on a family home after notices never delivered": (
        "/cases/{case_id}/claims/new",
        (
            ("version", "0"),
            ("base", ""),
            ("label", "Pressure to leave before the end of the lease"),
            ("disadvantage", "V1 no longer sleeps, and the doctor has prescribed"),
        ),
    ),
}
"""By the title of the case: the form, and what was typed into its fields."""


def add_drafts_of(uow: UnitOfWork, case: Case) -> None:
    """Keep what the acting person typed into a form of a case and has not saved."""
    if case.title not in DRAFTS:
        return
    address, typed = DRAFTS[case.title]
    user_id, path = uow.person.user_id, address.format(case_id=case.id)
    place = drafts.Place(user_id, path, f"demo{case.id.hex}", case_id=case.id)
    sealed = drafts.seal(uow.keys, place, drafts.Typed(typed))
    if sealed is not None:
        drafts.keep(uow.session, place, sealed)
