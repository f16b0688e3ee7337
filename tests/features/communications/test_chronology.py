"""The letters of the docket stand in the chronology of the case."""

from caseflow.features.cases.service import editable_case
from caseflow.features.communications.commands import LetterDetails
from caseflow.features.communications.service import add_letter
from caseflow.models import LetterDirection, LetterKind
from tests.factories import in_days

MOST = 14


def test_a_letter_stands_on_its_day_and_on_the_day_it_came(pages, runtime, ana, case):
    registered = {
        "kind": LetterKind.REGISTRATION,
        "direction": LetterDirection.RECEIVED,
        "registration_number": "9/2026",
    }
    comments = {"kind": LetterKind.COMMENTS, "direction": LetterDirection.SENT}
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        for details in (
            {**registered, "dated_on": in_days(-90), "received_on": in_days(-88)},
            {**comments, "dated_on": in_days(-20)},
        ):
            add_letter(uow, editable, LetterDetails(**details))
            uow.flush()
    page = pages(ana).get(f"/cases/{case.id}/chronology?kind=letter", most=MOST)
    assert "3 entries" in page.words
    said = [words for words in page.links if words.startswith("Letter ")]
    assert said == [
        "Letter of the Committee: Registration, and request to the State for observations",
        "Letter of the Committee received: Registration, and request to the State for observations",
        "Letter to the Committee: Comments of the author",
    ]
    address, _, anchor = page.links[said[0]].partition("#")
    assert f'id="{anchor}"' in pages(ana).get(address).html
    assert "9/2026" in page.words
