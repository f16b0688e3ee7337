"""On paper every page of a case and of the list says what it is of, that it is confidential, who printed it, and its number."""

import pytest

from caseflow.models import Role
from tests.browser.pdf_text import pages_of
from tests.factories import days_ago, in_days, make_act, make_actor, make_case, make_claim, make_deadline, make_remedy
from tests.factories import make_section as section_named

pytestmark = [pytest.mark.browser, pytest.mark.commits]
MANY = 12
TO_PRESS = ("Change", "Remove", "Addanact", "Addaclaim", "Addaremedy", "Done")
PAGES = ("", "/facts", "/remedies", "/readiness", "/tasks", "/history", "/what-if", "/assessments", "/routes")


@pytest.fixture
def ana(served, visit):
    section = section_named(served.runtime.units, "ES")
    actor = make_actor(served.runtime.units, (section, Role.CASEWORKER), name="Ana Demo", email="ana@example.org")
    case = make_case(served.runtime.units, actor)
    for number in range(MANY):
        claim = make_claim(served.runtime.units, actor, case, label=f"Claim of family {number}")
        make_act(served.runtime.units, actor, claim)
        make_remedy(served.runtime.units, actor, claim, outcome="dismissed", decided=days_ago(20))
        make_deadline(served.runtime.units, actor, case, title=f"Call the lawyer {number}", due_on=in_days(number))
    for number in range(2 * MANY):
        make_case(served.runtime.units, actor, title=f"Eviction {number}")
    ana = visit()
    ana.sign_in("ana@example.org")
    ana.case = case
    return ana


def printed(ana, path):
    """Return the text of each sheet, without blanks."""
    ana.page.goto(f"{ana.address}{path}")
    return pages_of(ana.page.pdf(prefer_css_page_size=True))


def test_every_sheet_of_a_case(ana):
    lengths = []
    for path in PAGES:
        sheets = printed(ana, f"/cases/{ana.case.id}{path}")
        lengths.append(len(sheets))
        for number, sheet in enumerate(sheets, 1):
            head = f"{number}/{len(sheets)}{ana.case.reference}·Confidential·Printedon"
            assert sheet.startswith(head), f"{path}, sheet {number}: {sheet[:90]}"
            rest = sheet.partition("byAnaDemo")[2]
            assert rest, f"{path}: sheet {number} is empty"
            assert not [words for words in TO_PRESS if words in rest], f"{path}, sheet {number}: {rest}"
    assert max(lengths) > 1, "no page is so long that the repetition would be seen"


def test_what_is_folded_of_the_routes_is_printed(ana):
    text = "".join(printed(ana, f"/cases/{ana.case.id}/routes"))
    folded = ("Questionsforalawyer", "Ithearsonlythis", "Barswhileitispending")
    assert [words for words in folded if words not in text] == []


def test_every_sheet_of_the_list(ana):
    sheets = printed(ana, "/cases")
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, 1):
        assert sheet.startswith(f"{number}/{len(sheets)}Confidential·Printedon"), sheet[:90]
        assert sheet.partition("byAnaDemo")[2]
