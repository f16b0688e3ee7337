"""The dossier of one demo case: its texts, its annexes, and documents that were built."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from caseflow.access import PersonActor
from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.dossier.building import build_waiting
from caseflow.features.dossier.commands import NewBuild, NewText, TextPlace
from caseflow.features.dossier.queries import present_text
from caseflow.features.dossier.service import add_annexes, ask_for_documents, write_text
from caseflow.law.sentences import write
from caseflow.models import PARTS_OF_CLAIMS, DossierKind, DossierPart
from caseflow.storage import Store
from caseflow.unit_of_work import UnitOfWork, Units

TITLE: Final = "Foreclosure on a family home after notices never delivered"
FACTS: Final = """V1 bought the flat in Puerto Claro with a mortgage and lived there with the family. V1 lost work, and could not pay the instalments any more.

The bank began to enforce the mortgage. Its notices went to an address that V1 had left three years before.

The court did not look for V1 anywhere else. It published the notices on its board, and held the auction without V1.

V1 learned of the auction when the buyer rang the bell.

# Before the domestic courts

V1 asked the court to annul the enforcement because nothing had been served in person. The court refused the motion as late, counted from the day on its notice board.

V1 appealed, and then applied to the Constitutional Court, which did not admit the application [E1]."""
TEXTS: Final[Mapping[DossierPart, str]] = {
    DossierPart.SUMMARY: "A family lost its home in an enforcement of which it knew nothing: every notice went to an address that it had left, and the court looked no further. All later remedies were refused as late.",
    DossierPart.IDENTITY: "V1 asks that the Committee leave out the names of the family when it publishes its decision. The children go to school in the same town.",
    DossierPart.FACTS: FACTS,
    DossierPart.EXHAUSTION: "V1 raised the right to housing, and that the notices were never served, at every instance. No ordinary remedy is left.\n\nThe application for amparo was not admitted [E1]. It was the last remedy that could have repaired the violation.",
    DossierPart.MERITS: "The State owes people who may lose their home a real chance to be heard. A notice on the board of a court is the last resort: it may be used only once all other ways have been tried.\n\n# Reasonableness of the steps taken\n\nThe court had the phone number of V1's employer and the register of residents. It used neither. The steps taken were neither deliberate nor concrete, and they cost V1 every defence.",
    DossierPart.INDIVIDUAL_REMEDIES: "Annul the auction, or provide another home of the same kind to the family.\n\nPay the costs of the domestic procedures and of this communication.",
    DossierPart.GENERAL_REMEDIES: "Change the law so that an enforcement against a home cannot go on before its notice was served in person, or every reasonable way to do so was tried.\n\nTrain judges and registrars in the Committee's decisions on the right to housing.",
}
RULES: Final[Mapping[str, str]] = {
    "exhaustion": "Every ordinary remedy was used, and the right was raised in each. The Constitutional Court decided last [E1].",
    "one-year": "The communication is submitted within one year of the last decision, that of the Constitutional Court.",
    "same-matter": "Nothing was submitted to another international body.",
}


def add_dossier_of(units: Units, store: Store, worker: PersonActor, case_ids: Mapping[str, UUID]) -> None:
    """Write the dossier of one case, number its annexes, and build documents without names."""
    with units.begin(worker) as uow:
        case = editable_case(uow, case_ids[TITLE])
        whole_case(uow, case.id)
        _write(uow, case.id, TextPlace(DossierPart.FACTS), FACTS.partition("# ")[0])  # a first version, to be compared
        for part, text in TEXTS.items():
            claims = [claim.id for claim in case.claims] if part in PARTS_OF_CLAIMS else [None]
            for claim_id in claims:
                _write(uow, case_ids[TITLE], TextPlace(part, claim_id), text)
        for rule, text in RULES.items():
            _write(uow, case_ids[TITLE], TextPlace(DossierPart.ADMISSIBILITY, rule=rule), text)
        add_annexes(uow, case)
    with units.begin(worker) as uow:
        case = editable_case(uow, case_ids[TITLE])
        whole_case(uow, case.id)
        new = NewBuild(kind=DossierKind.REDACTED, language="en")
        ask_for_documents(uow, case, new, lambda one: write(one.because))
    build_waiting(units, store)


def _write(uow: UnitOfWork, case_id: UUID, place: TextPlace, text: str) -> None:
    case = editable_case(uow, case_id)
    present = present_text(uow, case, place)
    write_text(uow, case, place, NewText(version=present.version if present else 0, text=text))
    uow.flush()
