"""The home of the coalition says what of the reference data must be looked at, with links to the lists."""

import re
from html import unescape

import pytest
from sqlalchemy import update

from caseflow.features.remedy_maps.commands import ReviewMap
from caseflow.features.remedy_maps.service import mark_reviewed
from caseflow.law import load_register
from caseflow.models import RemedyMap, Role, State, TreatyAcceptance
from tests.factories import in_days, make_actor, make_section
from tests.factories.acceptances import forget_acceptances
from tests.factories.remedy_maps import make_map, packaged_map


@pytest.fixture
def helena(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "HQ"), Role.COALITION_COORDINATOR))


def panel(page):
    return page.html.partition('id="reference"')[2].partition("</section>")[0]


def block(pages, actor):
    """Return the words of each line by the part that it is about."""
    lines = re.findall(r">([^<]+)</a>: ([^<]+)</li>", panel(pages(actor).get("/coalition")))
    return {unescape(part): unescape(state) for part, state in lines}


def test_it_names_what_must_be_checked_and_leads_to_it(pages, helena):
    page = pages(helena).get("/coalition")
    links = {words: unescape(href) for href, words in re.findall(r'href="([^"]+)">([^<]+)</a>', panel(page))}
    assert links == {
        "Register of States": "/states?verification=doubt",
        "Remedy maps": "/remedy-maps?review=due",
        "Other treaties": "/treaties",
    }
    doubts = int(re.search(r"(\d+) entr(?:y|ies) to check", panel(page))[1])
    assert f"{doubts} State" in pages(helena).get(links["Register of States"]).words
    due = int(re.search(r"(\d+) of \d+ to review", panel(page))[1])
    assert pages(helena).get(links["Remedy maps"]).html.count('<tr role="row">') == due + 1


def test_sources_that_are_to_be_confirmed_are_listed(pages, helena):
    found = panel(pages(helena).get("/coalition"))
    open_ones = [text for text in load_register().ruleset.readings.values() if "to be confirmed" in text]
    assert f"{len(open_ones)} sources of the rules" in found
    assert found.count("<li") == len(open_ones) + 3


def test_a_map_that_was_reviewed_lately_needs_no_review(runtime, helena, pages):
    before = block(pages, helena)["Remedy maps"]
    kept = packaged_map(runtime.units, helena)
    with runtime.units.begin(helena) as uow:
        uow.session.execute(update(RemedyMap).where(RemedyMap.id == kept.id).values(checked_on=in_days(-9)))
    with runtime.units.begin(helena) as uow:
        version = uow.session.get_one(RemedyMap, kept.id).version
        mark_reviewed(uow, kept.id, ReviewMap(version=version, reviewed_by="A lawyer", reviewed_on=in_days(-1)))
    number, _, of = before.partition(" ")
    assert block(pages, helena)["Remedy maps"] == f"{int(number) - 1} {of}"
    assert f"/remedy-maps/{kept.id}" not in pages(helena).get("/remedy-maps?review=due").html
    with runtime.units.begin(helena) as uow:
        uow.session.execute(update(RemedyMap).where(RemedyMap.id == kept.id).values(reviewed_on=in_days(-400)))
    assert block(pages, helena)["Remedy maps"] == before
    assert f"/remedy-maps/{kept.id}" in pages(helena).get("/remedy-maps?review=due").html


def test_an_instrument_is_missing_until_it_is_imported_and_old_after_a_year(database, pages, helena):
    forget_acceptances(database)
    missing = int(block(pages, helena)["Other treaties"].split()[0])
    with database.sessions() as session, session.begin():
        given = {"treaty": "OP-ICCPR", "state_code": "ES", "is_accepted": True, "source": "UNTC"}
        session.add(TreatyAcceptance(**given, checked_on=in_days(-9)))
    assert block(pages, helena)["Other treaties"] == f"{missing - 1} not imported"
    with database.sessions() as session, session.begin():
        session.execute(update(TreatyAcceptance).values(checked_on=in_days(-400)))
    assert block(pages, helena)["Other treaties"] == f"{missing - 1} not imported, 1 with old entries"


def test_when_nothing_is_to_be_done_it_says_so(database, runtime, pages, helena):
    with database.sessions() as session, session.begin():
        given = {State.verification: "verified", State.checked_on: in_days(-1), State.version: State.version + 1}
        session.execute(update(State).values(given))
        session.execute(update(RemedyMap).values(checked_on=in_days(-1), reviewed_on=in_days(-1)))
    found = block(pages, helena)
    assert found["Register of States"] == "All are checked"
    assert found["Remedy maps"] == "All are reviewed"
    make_map(runtime.units, helena)
    assert "to review" in block(pages, helena)["Remedy maps"]
