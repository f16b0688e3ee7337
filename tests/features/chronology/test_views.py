"""The chronology on pages: all that is dated, filtered, printed, taken out, and who sees what of it."""

import csv
import io
from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from caseflow.features.cases.service import editable_case
from caseflow.features.chronology.documents import HEADER
from caseflow.features.chronology.pages import ON_A_PAGE
from caseflow.features.filings.commands import TakeBack
from caseflow.features.filings.service import take_back
from caseflow.law.dates import UncertainDate
from caseflow.models import Act, AuditEntry, ContactAttempt, EvidenceKind, Note, NoteKind, Role, Stage
from tests.factories import (
    days_ago,
    in_days,
    known,
    make_act,
    make_actor,
    make_attempt,
    make_case,
    make_channel,
    make_claim,
    make_housing_application,
    make_intervention,
    make_note,
    make_objection,
    make_person,
    make_procedure,
    make_remedy,
    make_section,
    move_to,
    share,
)
from tests.factories.evidence import describe_new_evidence

MOST = 14
TO_APPROVED = (Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED)
NUMBER, NOTED = "+34 600 111 222", "CANARY-WHAT-WAS-NOTED"


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana")


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


def at(case, more=""):
    return f"/cases/{case.id}/chronology{more}"


def fill(units, ana, carmen, case):
    """Record something dated in every part of a case that gives entries; return claim and remedy."""
    claim = make_claim(
        units, ana, case, delay_claimed=True, delay_since=known(2024), delay_explanation="No date is set."
    )
    make_act(
        units, ana, claim, what="Water cut", began=known(2023, 3), is_continuing=True, continuing_reason="It is off."
    )
    make_act(units, ana, claim, what="Doors sealed", began=known(2023, 3, 4), ended=known(2023, 3, 4))
    make_act(units, ana, claim, what="Guard posted", began=known(2023, 3, 5), ended=known(2023, 4))
    make_housing_application(units, ana, claim, applied=known(2023, 5, 2), answered=known(2023, 6, 1), answer="refused")
    decided = {"decided": known(2024, 2, 5), "notified": known(2024, 2, 19), "outcome": "dismissed"}
    remedy = make_remedy(units, ana, claim, authority="Court No. 2", filed=known(2023, 7, 1), **decided)
    make_procedure(units, ana, case, began=known(2024, 3, 1), ended=known(2024, 4, 1), status="examined")
    make_objection(units, ana, case, raised=known(2025, 1, 2))
    make_intervention(units, ana, case, began=known(2023, 8, 1), result="refused", ended=known(2023, 9, 1))
    with units.begin(ana) as uow:
        described = {"kind": EvidenceKind.DECISION, "title": "The judgment", "dated": known(2024, 2, 5)}
        supports = (f"remedy:{remedy.id}",)
        describe_new_evidence(uow, editable_case(uow, case.id), **described, supports=supports, received_on=in_days(-9))
    person = make_person(units, ana, case, name="Rosa Navarro")
    make_channel(units, ana, case, person, address=NUMBER)
    make_attempt(units, ana, case, person, ago=3, note=NOTED)
    make_note(units, ana, case, NOTED, kind=NoteKind.INTERVIEW, held_on=in_days(-4), person_id=person.person_id)
    return claim, remedy


SAID = {
    "What happened, as first reported": "facts#facts",
    "Act or omission began: Water cut": "facts#act-",
    "Act or omission: Doors sealed": "facts#act-",
    "Act or omission ended: Guard posted": "facts#act-",
    "Housing asked for: Social services of the city": "facts#housing-",
    "Answer to a request for housing: Social services of the city": "facts#housing-",
    "Unreasonable delay since": "facts#delay-",
    "Remedy filed: Court No. 2": "remedies#remedy-",
    "Decision: Court No. 2": "remedies#remedy-",
    "Decision notified: Court No. 2": "remedies#remedy-",
    "Procedure elsewhere began: Individual application: European Court of Human Rights": "remedies#procedure-",
    "Procedure elsewhere ended: Individual application: European Court of Human Rights": "remedies#procedure-",
    "The State objected": "committee#objection-",
    "Own intervention: Asked for a stay of the eviction": "remedies#intervention-",
    "Result of an own intervention: Asked for a stay of the eviction": "remedies#intervention-",
    "Date of a document: The judgment": "evidence/",
    "Evidence received: The judgment": "evidence/",
    "Attempt to reach: V1": "people/",
    "Noted: Interview": "tasks?notes=",
}


@pytest.fixture
def carmen(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Carmen")


@pytest.fixture
def full(runtime, ana, carmen):
    case = make_case(runtime.units, ana, happened=known(2023))
    return case, *fill(runtime.units, ana, carmen, case)


def test_everything_dated_stands_in_one_list_with_a_link_to_its_place(pages, ana, full):
    case, *_ = full
    page = pages(ana).get(at(case), most=MOST)
    for said, place in SAID.items():
        address = next((href for words, href in page.links.items() if words.startswith(said)), "")
        assert address.startswith(f"/cases/{case.id}/{place}"), said
        target, _, anchor = address.partition("#")
        assert not anchor or f'id="{anchor}"' in pages(ana).get(target).html, address
    assert f"{len(SAID) + 1} entries" in page.words  # one more: when the posting of the guard began
    assert "continues" in page.words


def test_names_numbers_and_what_was_noted_are_not_in_it(pages, ana, full):
    case, *_ = full
    browser = pages(ana)
    for page in (browser.get(at(case)), browser.get(at(case, "/sheet")), download(browser, case)):
        assert "Attempt to reach" in page.html
        for secret in ("Rosa", NUMBER, "111 222", NOTED):
            assert secret not in page.html


def test_vague_dates_say_which_days_they_can_mean_and_what_may_have_been_before(pages, ana, full):
    case, *_ = full
    page = pages(ana).get(at(case, "?kind=act"))
    said = "March 2023 Some time from 1 March 2023 to 31 March 2023. The next 2 entries may have been before it."
    assert said in page.words
    assert "April 2023 Some time from 1 April 2023 to 30 April 2023." in page.words
    assert page.words.index("Water cut") < page.words.index("Doors sealed") < page.words.index("Guard posted")
    assert "4 March 2023 Act or omission: Doors sealed" in page.words


def test_open_dates_say_that_one_end_is_not_known_and_days_to_come_that_they_are(pages, runtime, ana, case):
    claim = make_claim(runtime.units, ana, case)
    make_act(runtime.units, ana, claim, what="First", began=UncertainDate.build(2020, 5, None, "not_after"))
    make_act(runtime.units, ana, claim, what="Second", began=UncertainDate.build(2020, 5, None, "not_before"))
    make_act(runtime.units, ana, claim, what="Third", began=UncertainDate.of(in_days(30)))
    page = pages(ana).get(at(case))
    assert "First day not known" in page.words
    assert "On or before 31 May 2020; from when is not known." in page.words
    assert "On or after 1 May 2020; until when is not known." in page.words
    assert page.words.count("To come") == 1


def test_it_is_filtered_by_kind_and_by_claim_and_remedy(pages, runtime, ana, full):
    case, claim, remedy = full
    other = make_claim(runtime.units, ana, case)
    browser = pages(ana)

    def shown(query):
        links = browser.get(at(case, query)).links
        return {said for said in SAID if any(words.startswith(said) for words in links)}

    remedies = {said for said in SAID if "Court No. 2" in said}
    evidence = {said for said in SAID if "The judgment" in said}
    assert shown("?kind=evidence") == evidence
    assert shown(f"?about=remedy:{remedy.id}") == remedies | evidence
    assert shown(f"?about=remedy:{remedy.id}&kind=remedy") == remedies
    acts = {said for said in SAID if said.startswith(("Act ", "Housing", "Answer", "Unreasonable"))}
    assert shown(f"?about=claim:{claim.id}") == acts | remedies | evidence
    assert "No entries match. Remove a filter." in browser.get(at(case, f"?about=claim:{other.id}")).words
    for unknown in (f"?about=claim:{uuid4()}", "?kind=cake", "?about=claim:cake", "?start=9999", "?start=-1"):
        assert shown(unknown) == set(SAID), unknown


def test_it_is_printed_as_a_whole_with_the_mark_of_confidentiality_and_without_links_or_forms(
    pages, runtime, ana, full
):
    case, *_ = full
    make_many(runtime.units, ana, case, notes=ON_A_PAGE)
    page = pages(ana).get(at(case, "/sheet"), most=MOST)
    assert f"{case.reference} · Confidential · Printed on" in page.words
    assert "by Ana" in page.words
    assert f"{len(SAID) + 1 + ON_A_PAGE} entries" in page.words
    assert not [form for form in page.markup.main if form.is_post]
    assert not [words for words in page.links if words.startswith(tuple(SAID))]
    only = pages(ana).get(at(case, "/sheet?kind=objection"))
    assert "Only: Objections of the State (1)" in only.words
    assert "1 entry" in only.words


def download(browser, case, query="", status=200, reason="For the hearing"):
    return browser.submit(at(case, query), status=status, reason=reason)


def rows_of(page):
    return list(csv.DictReader(io.StringIO(page.html.removeprefix("\ufeff"))))


def test_it_is_downloaded_with_a_reason_that_the_history_keeps(pages, runtime, ana, full):
    case, *_ = full
    browser = pages(ana)
    refused = download(browser, case, status=422, reason=" ")
    assert refused.error_at("reason") == "Say why you need the file, without names."
    assert "Doors sealed" in refused.words
    file = download(browser, case, "?kind=remedy")
    assert file.answer.mimetype == "text/csv"
    assert f"{case.reference}-chronology.csv" in file.answer.headers["Content-Disposition"]
    rows = rows_of(file)
    assert tuple(rows[0]) == HEADER
    assert [row["what"] for row in rows] == [
        "Remedy filed", "Unreasonable delay since", "Decision", "Decision notified",
    ]  # fmt: skip
    assert [rows[1][name] for name in ("first_day", "last_day", "date")] == ["2024-01-01", "2024-12-31", "2024"]
    assert rows[2]["subject"] == "Court No. 2"
    assert rows[2]["claims"] == "1"
    with runtime.units.begin(ana) as uow:
        (kept,) = uow.session.scalars(select(AuditEntry).where(AuditEntry.action == "chronology.exported"))
        assert kept.changes == {"reason": [None, "For the hearing"], "entries": [None, 4]}
    history = browser.get(f"/cases/{case.id}/history?kind=access").words
    assert "Downloaded the chronology" in history
    assert "For the hearing" in history


def test_no_cell_of_the_file_is_a_formula(pages, runtime, ana, case):
    claim = make_claim(runtime.units, ana, case)
    make_act(runtime.units, ana, claim, what="=HYPERLINK(1)", began=known(2023, 3, 4))
    make_act(runtime.units, ana, claim, what="x", began=UncertainDate.build(2023, 1, 1, "not_before"))
    rows = rows_of(download(pages(ana), case))
    assert [row["subject"] for row in rows] == ["x", "'=HYPERLINK(1)"]
    assert [rows[0][name] for name in ("first_day", "last_day")] == ["2023-01-01", ""]


def test_it_is_hidden_with_its_case_and_restricted_evidence_stays_in_its_section(pages, runtime, ana, full):
    case, *_ = full
    finland = make_section(runtime.units, "FI")
    aino = make_actor(runtime.units, (finland, Role.CASEWORKER), name="Aino")
    for address in (at(case), at(case, "/sheet")):
        pages(aino).get(address, status=404)
    share(runtime.units, ana, case, finland)
    with runtime.units.begin(ana) as uow:
        described = {"kind": EvidenceKind.MEDICAL, "title": "A report", "dated": known(2022, 1, 2)}
        describe_new_evidence(uow, editable_case(uow, case.id), **described, is_restricted=True)
    assert "A report" in pages(ana).get(at(case)).words
    browser, there = pages(aino), {"may_name": ("ES",)}
    file = browser.post(at(case, "/download"), {"reason": "For the hearing"})
    for page in (browser.get(at(case), **there), browser.get(at(case, "/sheet"), **there), file):
        assert "The judgment" in page.html
        for secret in ("A report", "2 January 2022", "2022-01-02"):
            assert secret not in page.html


def test_a_look_at_it_is_a_look_at_the_case(pages, ana, carmen, case):
    pages(carmen).get(at(case))
    assert "Carmen · " in pages(ana).get(f"/cases/{case.id}/history").words


def make_many(units, ana, case, *, notes=0, acts=0, attempts=0, claim=None, person=None):
    """Write many rows at once, as they gather in years."""
    day = days_ago(40)
    with units.begin(ana) as uow:
        if acts:
            rows = [
                {"case_id": case.id, "claim_id": claim.id, "position": 100 + n, "what": f"Act {n}", "began": day}
                for n in range(acts)
            ]
            uow.session.execute(insert(Act), rows)
        if notes:
            rows = [
                {
                    "case_id": case.id,
                    "kind": "call",
                    "text": "x",
                    "held_on": in_days(-(n % 900)),
                    "written_by_id": ana.user_id,
                }
                for n in range(notes)
            ]
            uow.session.execute(insert(Note), rows)
        if attempts:
            rows = [
                {
                    "case_id": case.id,
                    "case_person_id": person.id,
                    "made_on": in_days(-(n % 900)),
                    "user_id": ana.user_id,
                    "kind": "phone",
                    "result": "reached",
                }
                for n in range(attempts)
            ]
            uow.session.execute(insert(ContactAttempt), rows)


def test_the_statements_do_not_grow_and_a_long_list_is_shown_page_by_page(pages, runtime, ana, full):
    case, claim, _ = full
    browser = pages(ana)
    browser.get(at(case))
    few = len(browser.get(at(case)).statements)
    make_many(runtime.units, ana, case, notes=600, acts=300, claim=claim)
    first = browser.get(at(case), most=MOST)
    assert len(first.statements) == few
    number = 600 + 300 + len(SAID) + 1
    assert f"Entries 1 to {ON_A_PAGE} of {number}" in first.words
    seen, page = 0, first
    while page:
        seen += page.html.count('role="rowheader" data-label')
        later = next((href for words, href in page.links.items() if words.startswith("Later")), None)
        page = browser.get(later) if later else None
    assert seen == number
    link = next(href for words, href in first.links.items() if words == "Noted: Call")
    note = link.partition("#")[2]
    assert f'id="{note}"' in browser.get(link.partition("#")[0]).html, "also one that is not among the latest notes"


def test_a_filing_stands_in_it_and_so_does_the_end_of_its_record(pages, runtime, carmen):
    case = make_case(runtime.units, carmen)
    claim = make_claim(runtime.units, carmen, case)
    over = days_ago(300)
    make_remedy(runtime.units, carmen, claim, stage="CASSATION", decided=over, notified=over, outcome="dismissed")
    move_to(runtime.units, carmen, case, *TO_APPROVED, Stage.FILED)
    page = pages(carmen).get(at(case))
    assert "Filed with the Committee: Email Receipt in the safe, no. 7 Filing" in page.words
    with runtime.units.begin(carmen) as uow:
        filed = editable_case(uow, case.id)
        take_back(uow, filed, TakeBack(version=filed.version, reason="Recorded by mistake"))
    page = pages(carmen).get(at(case))
    assert "Filed with the Committee, a record that has ended: Email" in page.words
    assert "Ended the record of the filing Recorded by mistake" in page.words


def test_a_case_without_dates_says_what_will_appear(pages, ana, case):
    page = pages(ana).get(at(case))
    assert "Nothing is dated yet" in page.words
    assert f"/cases/{case.id}/chronology" in pages(ana).get(f"/cases/{case.id}/facts").links.values()
