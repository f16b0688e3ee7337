"""The public page: correct answers, and nothing internal."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from structlog.testing import capture_logs

from caseflow.access.actor import JobActor, SystemRole
from caseflow.clock import now, today
from caseflow.db.policies import GUARDED, OPEN_TABLES
from caseflow.features.reference.queries import current_register
from caseflow.features.sections.contact.queries import published_contacts
from caseflow.law import load_register
from caseflow.law.dates import add_months
from caseflow.models import Role, SectionContact, SectionKind, State
from caseflow.web.dates import show_date
from caseflow.web.open_data import CACHE_LIFETIME, READER, CachedData
from caseflow.web.words import state_name
from tests.factories import make_actor, make_case, make_section, make_section_contact
from tests.leaks.test_row_security import READ_BY_THE_DATABASE_ALONE


def change(runtime, code, **values):
    """Change a State, as an administrator's page does."""
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        state = uow.session.get_one(State, code)
        for name, value in {"changed_at": now(), **values}.items():
            setattr(state, name, value)


def day(value):
    return show_date(value)


def test_without_a_choice_it_shows_the_status_of_all_states(pages):
    page = pages().get("/bound", most=3)
    assert "Is my State bound?" in page.words
    assert 'role="img"' in page.html
    assert page.links["Spain"] == "/bound?state=ES"
    assert 'id="answer"' not in page.html


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "Yes, bound since 5 May 2013"),
        ({"op_deposit": today()}, "Not yet: bound from {joined}"),
        ({"op_denounced": today()}, "Yes, but only until {left}"),
        ({"op_denounced": date(2020, 1, 1)}, "No longer, since 1 July 2020"),
        ({"op_deposit": None, "op_in_force": None}, "No: signed, but not joined"),
        ({"op_deposit": None, "op_in_force": None, "verification": "unverified"}, "Not known: it may have joined"),
        ({"op_deposit": None, "op_in_force": None, "op_signed": None}, "The State must respect the rights of the Covenant"),
        ({"op_deposit": None, "op_in_force": None, "op_signed": None, "covenant": "none"}, "neither the Covenant nor the Protocol"),
    ],
)  # fmt: skip
def test_the_answer_for_a_state(runtime, app, pages, changed, words):
    change(runtime, "ES", **changed)
    page = pages().get("/bound?state=ES")
    with app.test_request_context():
        joined, left = day(add_months(today(), 3)), day(add_months(today(), 6))
    assert words.format(joined=joined, left=left) in page.words


def test_of_a_state_that_may_have_joined_no_page_says_that_it_has_not(runtime, pages):
    """A party that joined between October 2024 and September 2025 is not identified: it may be Saint Kitts and Nevis."""
    ana = make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))
    for browser, path in ((pages(), "/bound?state=KN"), (pages(ana), "/states/KN")):
        page = browser.get(path)
        said = page.html.partition('class="cf-map')[0]
        assert "may have joined" in said
        assert "may be the party that joined between 30 September 2024 and September 2025" in said
        assert not [
            words for words in ("has not joined", "Not joined", "Not signed", "cannot receive") if words in said
        ]
    listed = pages(ana).get("/states?name=Kitts").html.partition("<tbody")[2].partition("</tbody>")[0]
    assert "Not known" in listed
    assert "Not joined" not in listed


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"verification": "secondary"}, "a public source other than the depositary's own list"),
        ({"verification": "unverified"}, "Nobody has verified this yet"),
        ({"checked_on": date(2020, 1, 1)}, "checked long ago"),
        ({"checked_on": None}, "checked long ago"),
    ],
)
def test_an_uncertain_entry_has_a_warning(runtime, pages, changed, words):
    assert "before you rely on it" not in pages().get("/bound?state=BE").words
    change(runtime, "FI", **changed)
    pages().app.extensions.pop("caseflow.open_data")
    assert words in pages().get("/bound?state=FI").words


@pytest.mark.parametrize("asked", ["", "XX", "es", "ES'--", "<b>", "E" * 5000, "%00"])
def test_an_unknown_state_gets_the_page_without_an_answer(pages, asked):
    page = pages().get(f"/bound?state={asked}")
    assert 'id="answer"' not in page.html
    assert "<b>" not in page.html


def test_the_page_is_the_same_for_anonymous_and_signed_in_people(runtime, pages):
    """No navigation, name, token or count of cases; and the session is not looked up."""
    section = make_section(runtime.units, "ES")
    ana = make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana Demo")
    make_case(runtime.units, ana)
    for path in ("/bound", "/bound?state=ES"):
        mine, theirs = pages(ana).get(path), pages().get(path)
        assert mine.html == theirs.html
        assert not any("user_session" in statement for statement in mine.statements)
        for inside in ("Ana Demo", section.name, "csrf_token", "Sign out", "/cases", "/my-work", "/reports", "<script"):
            assert inside not in mine.html, inside
        links = {link for link in theirs.links.values() if not link.startswith(("/bound", "#"))}
        assert links == {"/sign-in", "/help/en"}


def test_it_sets_no_cookie_and_logs_nothing(pages):
    with capture_logs() as logs:
        answers = [pages().get(path).answer for path in ("/bound", "/bound?state=ES")]
    assert not any("Set-Cookie" in answer.headers for answer in answers)
    assert not logs


def test_only_the_page_without_a_choice_is_cached(pages):
    assert pages().get("/bound?state=ES").answer.headers["Cache-Control"] == "no-store"
    headers = pages().get("/bound").answer.headers
    assert headers["Cache-Control"] == "public, max-age=60"
    assert "Accept-Language" in headers["Vary"]
    assert "script-src 'none'" in headers["Content-Security-Policy"]


def test_it_is_in_the_browser_s_language(pages):
    answer = pages().client.get("/bound?state=ES", headers={"Accept-Language": "es"})
    assert '<html class="govuk-template" lang="es"' in answer.text
    assert "España" in answer.text


def test_the_register_is_read_at_most_once_a_minute(runtime):
    cached, at = CachedData(current_register), now()
    first = cached.get(runtime.units, at)
    change(runtime, "SI", source="another")
    assert cached.get(runtime.units, at + CACHE_LIFETIME - timedelta(seconds=1)) is first
    assert cached.get(runtime.units, at + CACHE_LIFETIME).states["SI"].source == "another"
    change(runtime, "SI", source="a third")
    assert cached.get(runtime.units, at - timedelta(hours=1)).states["SI"].source == "a third"


def test_further_requests_take_no_statement(pages):
    pages().get("/bound?state=ES")
    for code in list(load_register().states)[:20]:
        pages().get(f"/bound?state={code}", most=0)


def test_its_role_sees_the_open_tables_and_published_contacts_only(runtime):
    section, other = make_section(runtime.units, "ES"), make_section(runtime.units, "FI")
    make_section_contact(runtime.units, section)
    make_section_contact(runtime.units, other, is_published=False)
    make_case(runtime.units, make_actor(runtime.units, (section, Role.CASEWORKER)))
    with runtime.units.begin(READER) as uow:
        seen = {
            table: uow.session.scalar(text(f'SELECT count(*) FROM "{table}"'))
            for table in GUARDED
            if table not in READ_BY_THE_DATABASE_ALONE
        }
        contacts = uow.session.scalars(select(SectionContact)).all()
    assert seen["state"] == len(load_register().states)
    assert {table for table, rows in seen.items() if rows} <= {*OPEN_TABLES, "section_contact"}
    assert [(one.section_id, one.is_published) for one in contacts] == [(section.id, True)]


def test_the_sign_in_page_links_to_it(pages):
    assert pages().get("/sign-in").links["Is my State bound?"] == "/bound"


def test_states_have_the_names_that_the_united_nations_use(app, pages):
    shown = pages().get("/bound").links
    assert {"Bolivia (Plurinational State of)", "Republic of Korea", "Türkiye", "Spain"} <= set(shown)
    assert "South Korea" not in shown
    with app.test_request_context("/bound", headers={"Accept-Language": "es"}):
        assert [state_name(code) for code in ("KR", "TR", "ES")] == ["República de Corea", "Türkiye", "España"]


def contact_shown(pages, code, named):
    page = pages().get(f"/bound?state={code}", may_name=(named.code,))
    return page.words.partition("Whom to turn to")[2]


def test_the_answer_names_the_section_of_the_state_or_else_the_secretariat(runtime, pages):
    spain, finland, head = (
        make_section(runtime.units, "ES", time_zone="Europe/Madrid"),
        make_section(runtime.units, "FI"),
        make_section(runtime.units, "HQ", kind=SectionKind.SECRETARIAT),
    )
    make_section_contact(runtime.units, spain, safe_channel="Signal 7", languages="español", hours="10 to 14")
    make_section_contact(runtime.units, finland, is_published=False, address="kept-back@fi.example")
    make_section_contact(runtime.units, head)
    shown = contact_shown(pages, "ES", spain)
    assert [spain.name in shown, "first@es.example" in shown, "Signal 7" in shown] == [True] * 3
    assert "Hours (time in Madrid) 10 to 14" in " ".join(shown.split())
    for code in ("FI", "IT"):
        shown = contact_shown(pages, code, head)
        assert head.name in shown
        assert "first@hq.example" in shown
        assert "kept-back" not in shown


def test_a_contact_that_is_not_published_appears_on_no_public_page(runtime, app, pages):
    section = make_section(runtime.units, "ES", time_zone="Europe/Madrid")
    make_section_contact(runtime.units, section, is_published=False, address="kept-back@es.example")
    for address in ("/bound", *(f"/bound?state={code}" for code in load_register().states)):
        html = pages().get(address).html
        assert "kept-back" not in html
        assert "Whom to turn to" not in html
        assert section.name not in html


def test_a_contact_that_is_taken_back_is_gone_within_a_minute(runtime):
    section = make_section(runtime.units, "ES")
    make_section_contact(runtime.units, section)
    cached, at = CachedData(published_contacts), now()
    assert cached.get(runtime.units, at).of("ES").address == "first@es.example"
    make_section_contact(runtime.units, section, is_published=False)
    assert cached.get(runtime.units, at + CACHE_LIFETIME).of("ES") is None
