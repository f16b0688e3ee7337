"""Files from a browser: sent in parts while the form is filled in, over a line that breaks, and after the lid was closed."""

import hashlib

import pytest
from playwright.sync_api import expect

from caseflow.models import EvidenceContent, Role
from tests.browser.conftest import NARROW
from tests.factories import make_actor, make_case, make_section

pytestmark = [pytest.mark.browser, pytest.mark.commits]
CONTENT = b"%PDF-1.7\n" + bytes(range(256)) * 8_000  # two megabytes
FILE = {"name": "judgment.pdf", "mimeType": "application/pdf", "buffer": CONTENT}
PHOTO = {"name": "photo.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(1000)}
PARTS = "**/evidence/uploads/*"


@pytest.fixture
def ana(served):
    section = make_section(served.runtime.units, "ES")
    return make_actor(served.runtime.units, (section, Role.CASEWORKER), name="Ana Demo", email="ana@example.org")


@pytest.fixture
def case(served, ana):
    return make_case(served.runtime.units, ana)


@pytest.fixture
def opened(visit, case):
    """Opens the page that adds files, signed in; it leaves pages without a question."""

    def make(**options):
        visitor = visit(**options)
        visitor.page.on("dialog", lambda dialog: dialog.accept())
        visitor.sign_in("ana@example.org")
        visitor.page.goto(f"{visitor.address}/cases/{case.id}/evidence/new")
        return visitor

    return make


def stored(served, ana):
    with served.runtime.units.begin(ana) as uow:
        return {row.sha256 for row in uow.session.query(EvidenceContent)}


def lines(page):
    return page.locator("#upload-list li")


def test_several_files_arrive_while_the_form_is_filled_in(served, ana, opened):
    page = opened(viewport=NARROW).page
    page.get_by_label("Files", exact=True).set_input_files([FILE, PHOTO])
    expect(lines(page).nth(0)).to_contain_text("Arrived, encrypted: 2.0 MB")
    expect(lines(page).nth(1)).to_contain_text("Arrived, encrypted")
    for name in ("Take a photo", "Try again"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    expect(page.locator("#upload-status")).to_have_text("All files have arrived. Store them now.")
    page.get_by_role("button", name="Store the files").click()
    expect(page.get_by_text("E1, E2 are stored, encrypted.")).to_be_visible()
    assert stored(served, ana) == {hashlib.sha256(one["buffer"]).digest() for one in (FILE, PHOTO)}


def test_a_broken_line_costs_one_part(served, ana, opened):
    page, cut = opened().page, []

    def sometimes(route):
        cut.append(route)
        if len(cut) in {2, 3}:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(PARTS, sometimes)
    page.get_by_label("Files", exact=True).set_input_files(FILE)
    page.get_by_role("button", name="Store the files").click()  # it waits until the file has arrived
    expect(page.get_by_text("E1 is stored, encrypted.")).to_be_visible(timeout=30_000)
    assert stored(served, ana) == {hashlib.sha256(CONTENT).digest()}
    assert len(cut) < 12, "what had arrived was not sent again"


def test_after_the_lid_was_closed_the_same_file_goes_on(served, ana, opened, check_pages):
    page, sent = opened().page, []
    page.route(PARTS, lambda route: route.abort() if sent else (sent.append(1), route.continue_()))
    page.get_by_label("Files", exact=True).set_input_files(FILE)
    expect(lines(page)).to_contain_text("The line is broken")
    page.close()
    visitor = opened()
    expect(visitor.page.locator("#unfinished")).to_contain_text("judgment.pdf")
    assert not check_pages(visitor)
    begun = []
    visitor.page.on("response", lambda answer: begun.append(answer) if answer.url.endswith("/uploads") else None)
    visitor.page.get_by_label("Files", exact=True).set_input_files(FILE)
    expect(visitor.page.locator("#upload-status")).to_have_text("All files have arrived. Store them now.")
    assert begun[0].json()["received"] >= 262_144, "it goes on where it ended"
    visitor.page.get_by_role("button", name="Store the files").click()
    expect(visitor.page.get_by_text("E1 is stored, encrypted.")).to_be_visible()
    assert stored(served, ana) == {hashlib.sha256(CONTENT).digest()}


def test_files_are_dropped_on_the_page_and_taken_off_again(served, ana, opened):
    page = opened().page
    drop = """([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type: "text/plain" }));
      for (const kind of ["dragover", "drop"]) document.querySelector("main").dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(drop, ["first.txt", "Interview of V1"])
    page.evaluate(drop, ["second.txt", "Interview of V2"])
    expect(lines(page).nth(1)).to_contain_text("Arrived, encrypted")
    lines(page).nth(0).get_by_role("button", name="Remove").click()
    expect(lines(page)).to_have_count(1)
    page.get_by_role("button", name="Store the files").click()
    expect(page.get_by_text("E1 is stored, encrypted.")).to_be_visible()
    assert stored(served, ana) == {hashlib.sha256(b"Interview of V2").digest()}


def test_what_is_refused_says_so_at_its_line(opened):
    page = opened().page
    page.get_by_label("Files", exact=True).set_input_files(
        {"name": "a.exe", "mimeType": "x/y", "buffer": b"MZ\x90\0" * 99}
    )
    expect(lines(page)).to_contain_text("a.exe is of a kind that is not taken")
    page.get_by_role("button", name="Store the files").click()
    expect(page.locator("#upload-status")).to_contain_text("Not every file could be sent.")


def test_without_a_script_the_form_sends_the_file(served, ana, opened):
    page = opened(java_script_enabled=False).page
    page.get_by_label("Files", exact=True).set_input_files(FILE)
    page.get_by_role("button", name="Store the files").click()
    expect(page.get_by_text("E1 is stored, encrypted.")).to_be_visible()
    assert stored(served, ana) == {hashlib.sha256(CONTENT).digest()}
