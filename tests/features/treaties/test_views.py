"""The pages of acceptances, as people of each role see them."""

from io import BytesIO

import pytest

from caseflow.clock import now
from caseflow.models import Role, State
from tests.factories import make_actor, make_section
from tests.factories.acceptances import forget_acceptances
from tests.factories.people import ADMINISTRATION

OURS = "treaty,state,accepted,in_force_on,ended_on,source,checked_on\n"
LIST = f"{OURS}OP-ICCPR,ES,yes,1985-04-25,,UNTC <b>IV.5</b>,2026-11-01\nCERD-14,FI,no,,,UNTC,2026-11-01\n"


@pytest.fixture(autouse=True)
def without_the_pack(database):
    """Nothing is known at the beginning."""
    forget_acceptances(database)


@pytest.fixture
def admin(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.ADMINISTRATOR))


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))


def previewed(browser, text=LIST, **typed):
    return browser.submit("/treaties/import", file=(BytesIO(text.encode()), "list.csv"), **typed)


def test_everybody_reads_and_only_administrators_write(pages, ana):
    page = pages(ana).get("/treaties", most=7)
    assert page.html.count('role="rowheader"') == 19
    assert "Import a list" not in page.words
    assert "Change" not in pages(ana).get("/treaties/OP-ICCPR", most=7).words
    for path in ("/treaties/import", "/treaties/ECHR/ES"):
        pages(ana).get(path, status=403)


def test_a_list_is_previewed_and_then_imported(pages, admin):
    browser = pages(admin)
    preview = previewed(browser)
    assert "2 new, 0 changed, 0 with errors" in preview.words
    assert "Human Rights Committee 0 0 195" in browser.get("/treaties").words
    done = browser.send(preview)
    assert "2 acceptances are new or changed." in done.words
    shown = browser.get("/treaties/OP-ICCPR")
    assert "Since 25 April 1985" in shown.words
    assert "<b>IV.5" not in shown.html
    again = previewed(browser)
    assert "The list contains nothing new" in again.words


def test_faulty_rows_are_listed_and_nothing_can_be_written(pages, admin):
    page = previewed(pages(admin), LIST + "XX,ES,yes,,,s,2026-11-01\n")
    assert "4 treaty XX : No route requires a treaty" in page.words
    assert "Save these acceptances" not in page.words


def test_a_list_of_the_un_with_a_default_source(pages, admin):
    text = "Country,TreatyCode,RatificationDate\nSpain,CCPR-OP1,1985-01-25\nSpain,CCPR,1977-04-27\n"
    page = previewed(
        pages(admin), text, source="OHCHR", checked_on__day="1", checked_on__month="11", checked_on__year="2026"
    )
    assert "1 new" in page.words
    assert "CCPR (1)" in page.words
    pages(admin).send(page)
    assert "OHCHR" in pages(admin).get("/treaties/OP-ICCPR").words


def test_a_table_of_one_treaty_needs_its_treaty(pages, admin):
    text = 'Participant,Signature,"Accession(a), Ratification"\nSpain,,25 Jan 1985 a\nJamaica,,[3 Oct 1975]\n\n1 With a declaration.\n'
    day = {"checked_on__day": "1", "checked_on__month": "11", "checked_on__year": "2026"}
    asked = previewed(pages(admin), text, source="UNTC", **day, status=422)
    assert "no column for the treaty" in asked.error_at("treaty")
    page = previewed(pages(admin), text, source="UNTC", treaty="OP-ICCPR", **day)
    assert "1 new" in page.words
    assert "Enter it on the page of each: Jamaica." in page.words
    assert "Row 5 below the table was not read." in page.words
    pages(admin).send(page)
    assert "Since 25 April 1985" in pages(admin).get("/treaties/OP-ICCPR").words


def test_dates_that_can_be_two_days_are_read_in_the_order_that_is_chosen(pages, admin):
    text = f"{OURS}OP-ICCPR,ES,yes,05/04/1985,,UNTC,2026-11-01\n"
    asked = previewed(pages(admin), text)
    assert '2 in_force_on 05/04/1985 : "05/04/1985" can be two days' in asked.words
    browser = pages(admin)
    browser.send(previewed(browser, text, day_order="month-first"))
    assert "Since 4 May 1985" in browser.get("/treaties/OP-ICCPR").words


def test_an_unreadable_or_missing_file_shows_the_form_again(pages, admin):
    page = pages(admin).submit("/treaties/import", file=(BytesIO(b"\xff\xfe\0"), "x.csv"), source="OHCHR", status=422)
    assert "not in UTF-8" in page.error_at("file")
    assert 'value="OHCHR"' in page.html
    empty = pages(admin).submit("/treaties/import", status=422)
    assert "Choose a file first." in empty.words


def test_a_manipulated_confirmation_is_checked_again(pages, admin):
    preview = previewed(pages(admin))
    refused = pages(admin).send(preview, table=f"{OURS}XX,ES,yes,,,s,2026-11-01\n", status=422)
    assert "Some rows have errors" in refused.words
    assert "Human Rights Committee 0 0 195" in pages(admin).get("/treaties").words


def test_one_acceptance_is_changed(pages, admin):
    page = pages(admin).submit(
        "/treaties/ECHR/ES", is_accepted="yes", in_force_on__day="4", in_force_on__month="10", in_force_on__year="1979",
        source="ECtHR", checked_on__day="1", checked_on__month="11", checked_on__year="2026",
    )  # fmt: skip
    assert "Since 4 October 1979" in page.words
    history = pages(admin).get("/treaties/ECHR/ES")
    assert "1979-10-04" in history.words
    unanswered = pages(admin).submit("/treaties/ECHR/FI", source="x", status=422)
    assert "Choose yes or no" in unanswered.error_at("is_accepted")


def test_an_exported_file_is_imported_unchanged(pages, admin):
    browser = pages(admin)
    browser.send(previewed(browser))
    file = browser.get("/treaties/acceptances.csv").html
    assert "The list contains nothing new" in previewed(browser, file).words


@pytest.mark.parametrize("path", ["/treaties/XX", "/treaties/XX/ES", "/treaties/ECHR/XX"])
def test_unknown_pages_are_not_found(pages, admin, path):
    pages(admin).get(path, status=404)


def test_the_pages_of_acceptances_stay_small(pages, admin):
    assert len(pages(admin).get("/treaties/OP-ICCPR").html.encode()) < 150_000


def test_a_state_that_an_administrator_added_is_offered_wherever_the_others_are(runtime, pages, admin):
    with runtime.units.begin(ADMINISTRATION) as uow:
        uow.session.add(
            State(
                code="XK",
                name="Kosovo",
                covenant="none",
                verification="verified",
                source="s",
                pack="p",
                changed_at=now(),
            )
        )
    browser = pages(admin)
    for path in ("/treaties/OP-ICCPR", "/remedy-maps", "/remedy-maps/new", "/bound", "/states"):
        assert "Kosovo" in browser.get(path).words, path
    assert "Human Rights Committee 0 0 196" in browser.get("/treaties").words
    assert "1 new, 0 changed, 0 with errors" in previewed(browser, f"{OURS}OP-ICCPR,XK,no,,,UNTC,2026-11-01\n").words


def test_an_outdated_form_or_list_writes_nothing(pages, admin):
    mine, theirs = pages(admin), pages(admin)
    preview, form = previewed(mine), mine.get("/treaties/ECHR/ES")
    day = {"checked_on__day": "1", "checked_on__month": "11", "checked_on__year": "2026"}
    theirs.submit("/treaties/ECHR/ES", is_accepted="no", source="Treaty Office", **day)
    late = mine.send(form, is_accepted="yes", source="ECtHR", **day, status=409)
    assert "This was changed while you were editing" in late.words
    assert "Treaty Office" in late.words
    assert "Acceptances were changed after you opened this page" in mine.send(preview, status=409).words
    mine.send(late)
    assert "ECtHR" in mine.get("/treaties/ECHR").words
