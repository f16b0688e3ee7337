"""The pages of the register, as people of each role see them."""

from datetime import date
from io import BytesIO

import pytest

from caseflow.access.actor import JobActor, SystemRole
from caseflow.features.reference.queries import current_register
from caseflow.models import Role, TreatyAcceptance
from tests.factories import make_actor, make_section

HEADER = (
    "iso2,name,covenant,op_signed,op_deposit,op_deposit_kind,op_in_force,op_denounced,inquiry,interstate,declarations,"
    "verification,source,checked_on"
)
SLOVENIA = "SI,Slovenia,party,2009-09-24,2026-03-01,ratification,,,no,no,,verified,C.N.1.2026,2026-11-23"


@pytest.fixture
def admin(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.ADMINISTRATOR))


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))


def in_register(runtime, admin, code):
    with runtime.units.begin(admin) as uow:
        return current_register(uow).states[code]


def slovenia_joins(browser, **more):
    return browser.submit(
        "/states/SI/edit",
        **{
            "op_deposit__day": "1", "op_deposit__month": "3", "op_deposit__year": "2026", "op_deposit_kind": "ratification",
            "source": "C.N.1.2026", "verification": "verified",
            "checked_on__day": "23", "checked_on__month": "11", "checked_on__year": "2026",
        } | more,
    )  # fmt: skip


def test_the_list_has_every_state_and_is_small(pages, ana):
    page = pages(ana).get("/states", most=8)
    assert page.html.count('role="rowheader"') == 195
    assert len(page.html.encode()) < 100_000
    assert "Party since 30 April 2014" in page.words
    assert "Party , 30" in page.words


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ("status=party", 30),
        ("status=nothing", 195),
        ("name=ESPAÑ", 0),
        ("name=spain", 1),
        ("name=cote", 1),
        ("name=zzz", 0),
    ],
)
def test_the_list_is_filtered_by_the_address(pages, ana, filters, rows):
    assert pages(ana).get(f"/states?{filters}").html.count('role="rowheader"') == rows


def test_the_newest_party_comes_first_when_asked(pages, ana):
    html = pages(ana).get("/states?status=party&order=joined").html
    assert html.index("/states/AL") < html.index("/states/SS") < html.index("/states/ES")


def test_a_states_page_says_how_the_day_is_counted(pages, ana):
    words = pages(ana).get("/states/FI", most=10).words
    assert "30 April 2014" in words
    assert "That month has no such day" in words
    assert "would be 23 December 2010" in pages(ana).get("/states/ES").words


def test_unknown_is_not_shown_as_no(pages, ana):
    assert "Inquiries (article 11) Not known" in pages(ana).get("/states/AL").words
    assert "Inquiries (article 11) Only a party" in pages(ana).get("/states/SI").words


def test_other_treaties_are_shown_where_something_is_known_of_them(runtime, pages, ana):
    assert "Nothing is recorded yet for 8 treaties" in pages(ana).get("/states/SI").words
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        uow.session.add(
            TreatyAcceptance(
                treaty="ECHR", state_code="SI", is_accepted=True, source="a list", checked_on=date(2026, 11, 23)
            )
        )
    words = pages(ana).get("/states/SI").words
    assert "European Convention on Human Rights Accepted" in words
    assert "for 7 treaties" in words


def test_an_unverified_row_is_marked_at_the_top(pages, ana):
    assert "Check it there before you rely on it" in pages(ana).get("/states/AL").words
    assert "before you rely on it" not in pages(ana).get("/states/FI").words


def test_an_unknown_state_is_not_found(pages, ana, admin):
    for code in ("XX", "%00", "S%00"):
        pages(ana).get(f"/states/{code}", status=404)
        pages(admin).get(f"/states/{code}/edit", status=404)
        pages(admin).get(f"/treaties/OP-ICCPR/{code}", status=404)


def test_only_administrators_may_change_the_register(pages, ana):
    browser = pages(ana)
    assert "Change" not in browser.get("/states/FI").links
    assert "Import a file" not in browser.get("/states").links
    for path in ("/states/FI/edit", "/states/import"):
        browser.get(path, status=403)


def test_a_change_is_saved_with_its_history_and_feeds_the_engine(runtime, pages, admin, ana):
    page = slovenia_joins(pages(admin))
    assert "Party since 1 June 2026" in page.words
    assert f"{admin.name} ·" in page.words
    assert "Deposit: from nothing" not in page.words
    assert "Kind of deposit: Ratification" in page.words
    assert in_register(runtime, admin, "SI").bound_from == date(2026, 6, 1)
    # Names of people of other sections are hidden.
    assert "An administrator ·" in pages(ana).get("/states/SI").words


def test_a_change_needs_the_day_of_the_check_each_time(pages, admin):
    page = pages(admin).submit("/states/FI/edit", status=422, declarations="None.")
    assert "Enter the date on which you checked the source." in page.error_at("checked_on")


def test_an_impossible_value_is_refused_at_its_field(pages, admin):
    page = pages(admin).submit(
        "/states/SI/edit", status=422, covenant="signatory", op_deposit__day="1", op_deposit__month="1", op_deposit__year="2009",
        checked_on__day="1", checked_on__month="11", checked_on__year="2026",
    )  # fmt: skip
    assert "Only a party to the Covenant can join" in page.error_at("covenant")
    assert "Enter what was deposited" in page.error_at("op_deposit_kind")
    assert "signs before it deposits" in page.error_at("op_signed")


def test_concurrent_changes_of_a_row_lose_nothing(runtime, pages, admin):
    other = pages.another(admin)
    drawn = other.get("/states/SI/edit")
    slovenia_joins(pages(admin))
    checked = {"checked_on__day": "23", "checked_on__month": "11", "checked_on__year": "2026"}
    page = other.send(drawn, status=409, declarations="It declared something.", **checked)
    assert "Also updated, because you had not edited it" in page.words
    assert "Instrument deposited" in page.words
    other.send(page)
    slovenia = in_register(runtime, admin, "SI")
    assert (slovenia.op_deposit, slovenia.declarations) == (date(2026, 3, 1), "It declared something.")


def send_file(browser, text, name="states.csv"):
    drawn = browser.get("/states/import")
    content = text if isinstance(text, bytes) else text.encode()
    return browser.post("/states/import", drawn.form().values() | {"file": (BytesIO(content), name)})


def test_a_file_is_previewed_and_then_written(runtime, pages, admin):
    browser = pages(admin)
    page = send_file(browser, f"{HEADER}\n{SLOVENIA}\n")
    assert page.status == 200
    assert "0 new, 1 changed, 0 with errors, 0 unchanged" in page.words
    assert "Kind of deposit: Ratification" in page.words
    assert in_register(runtime, admin, "SI").op_deposit is None
    written = browser.send(page)
    assert "One row of the register is new or changed" in written.words
    assert in_register(runtime, admin, "SI").op_deposit == date(2026, 3, 1)
    assert "Imported from a file" in browser.get("/states/SI").words


def test_a_faulty_row_is_shown_with_its_line_and_nothing_can_be_written(pages, admin):
    page = send_file(pages(admin), f"{HEADER}\n{SLOVENIA.replace('2026-03-01', '01/03/2026')}\n")
    assert 'op_deposit 01/03/2026 : "01/03/2026" can be two days' in page.words
    assert "Save to the register" not in page.words


def test_a_file_that_is_not_a_table_is_refused_with_a_message(pages, admin):
    page = send_file(pages(admin), b"\xff\xfe\x00")
    assert page.status == 422
    assert "CSV UTF-8" in page.error_at("file")
    assert "Choose a file first" in pages(admin).submit("/states/import", status=422).error_at("file")


def test_a_file_is_previewed_again_when_the_register_has_changed(pages, admin):
    browser = pages(admin)
    page = send_file(browser, f"{HEADER}\n{SLOVENIA}\n")
    slovenia_joins(pages.another(admin), declarations="It declared something.")
    again = browser.send(page, status=409)
    assert "The register was changed after you opened this page" in again.words
    assert "Declarations: from It declared something. → to nothing" in again.words
    browser.send(again)


@pytest.mark.parametrize("cell", ["Slo\0venia", "Slovenia" * 100])
def test_a_manipulated_confirmation_is_refused(runtime, pages, admin, cell):
    browser = pages(admin)
    drawn = send_file(browser, f"{HEADER}\n{SLOVENIA}\n").form().values()
    sent = drawn | {"table": drawn["table"][0].replace("Slovenia", cell)}
    assert browser.post("/states/import/write", sent).status in {303, 422}
    assert in_register(runtime, admin, "SI").name == "Slovenia"


def test_a_confirmation_carries_the_version_of_the_register(runtime, pages, admin):
    browser = pages(admin)
    drawn = send_file(browser, f"{HEADER}\n{SLOVENIA}\n").form().values()
    assert browser.post("/states/import/write", drawn | {"seen": []}).status == 409
    assert in_register(runtime, admin, "SI").op_deposit is None


def test_a_state_that_a_file_adds_can_be_chosen_for_a_case(runtime, pages, admin, ana):
    browser = pages(admin)
    browser.send(send_file(browser, f"{HEADER}\nXK,Kosovo,none,,,,,,,,,unverified,C.N.1.2026,2026-11-23\n"))
    assert '<option value="XK">Kosovo\n' in pages(ana).get("/cases/new").html


def test_the_exported_register_is_imported_unchanged(pages, admin):
    file = pages(admin).client.get("/states.csv")
    assert file.mimetype == "text/csv"
    page = send_file(pages(admin), file.data)
    assert "0 new, 0 changed, 0 with errors, 195 unchanged" in page.words
