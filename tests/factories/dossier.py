"""Texts of dossiers, and documents that are asked for."""

from typing import Any

from caseflow.access import PersonActor
from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.dossier.commands import NewBuild, NewText, TextPlace
from caseflow.features.dossier.queries import present_text
from caseflow.features.dossier.service import add_annexes, ask_for_documents, write_text
from caseflow.law.sentences import write
from caseflow.models import Case, DossierAnnex, DossierBuild, DossierKind, DossierPart, DossierText, Evidence
from caseflow.unit_of_work import Units


def make_text(
    units: Units,
    by: PersonActor,
    case: Case,
    text: str = "The water was cut.",
    part: DossierPart = DossierPart.FACTS,
    **place: Any,
) -> DossierText:
    """Write a text of the dossier of a case, by default the facts."""
    where = TextPlace(part, **place)
    with units.begin(by) as uow:
        editable = editable_case(uow, case.id)
        present = present_text(uow, case, where)
        return write_text(uow, editable, where, NewText(version=present.version if present else 0, text=text))


def make_annex(units: Units, by: PersonActor, case: Case, evidence: Evidence) -> DossierAnnex:
    """Make a piece of evidence an annex."""
    with units.begin(by) as uow:
        (annex,) = add_annexes(uow, editable_case(uow, case.id), [evidence])
        return annex


def make_build(
    units: Units, by: PersonActor, case: Case, kind: DossierKind = DossierKind.REDACTED, **details: Any
) -> DossierBuild:
    """Ask for documents of a case, by default without names in English."""
    with units.begin(by) as uow:
        editable = editable_case(uow, case.id)
        whole_case(uow, case.id)
        new = NewBuild(**{"kind": kind, "language": "en"} | details)
        asked = ask_for_documents(uow, editable, new, lambda one: write(one.because))
        assert asked.build is not None, f"a second person must agree: {asked.waiting_for}"
        return asked.build
