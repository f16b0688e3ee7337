"""A case from its gaps to the follow-up of the Views, by three people, each in a window of her own."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from caseflow.models import Role, Stage
from caseflow.web.dates import show_date
from tests.browser.conftest import Visitor
from tests.browser.page_checks import horizontal_scrolling
from tests.factories import (
    PASSWORD,
    days_ago,
    in_days,
    make_actor,
    make_case,
    make_claim,
    make_remedy,
    make_section,
    move_to,
)
from tests.factories.cases import add_victim_who_consents

pytestmark = [pytest.mark.browser, pytest.mark.commits, pytest.mark.slow]  # a whole journey in a browser
TITLE = "Family of five evicted without notice"
PHONE = {"width": 375, "height": 800}
WINDOW = {"width": 1440, "height": 900}


@pytest.fixture
def case(served):
    """A case of Ana before its review: its last remedy was decided a hundred days ago, and its victim consents in writing."""
    units = served.runtime.units
    section = make_section(units, "ES")
    ana = make_actor(units, (section, Role.CASEWORKER), name="Ana Worker", email="ana@example.org")
    for name, email in (("Rosa Reviewer", "rosa@example.org"), ("Sara Second", "sara@example.org")):
        make_actor(units, (section, Role.SECTION_COORDINATOR), name=name, email=email)
    case = make_case(units, ana, title=TITLE)
    add_victim_who_consents(units, ana, case)
    claim = make_claim(units, ana, case)
    make_remedy(units, ana, claim, stage="CASSATION", decided=days_ago(300), notified=days_ago(300), outcome="dismissed")  # fmt: skip
    return move_to(units, ana, case, Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES)


def window(visit, email) -> Visitor:
    visitor = visit()
    visitor.sign_in(email)
    return visitor


def sees(who: Visitor, *words: str) -> Page:
    """Check what stands on the page, wide and on a telephone."""
    for one in words:  # first: they wait for the page to which a button leads
        expect(who.page.get_by_role("main")).to_contain_text(one)
    who.page.wait_for_load_state()
    for size in (PHONE, WINDOW):
        who.page.set_viewport_size(size)
        assert horizontal_scrolling(who.page) == []
    return who.page


def opens(who: Visitor, case, page: str = "") -> None:
    who.page.goto(f"{who.address}/cases/{case.id}{page}")


def presses(who: Visitor, name: str) -> None:
    who.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def boxes(day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def types_day(who: Visitor, legend: str, day: date) -> None:
    group = who.page.get_by_role("group", name=legend)
    for label, value in boxes(day).items():
        group.get_by_label(label.capitalize()).fill(value)


def add_letter(who: Visitor, case, kind: str, dated: date, **more: date | str) -> None:
    opens(who, case, f"/letters/new?kind={kind}")
    types_day(who, "Day of the letter", dated)
    if "due" in more:
        types_day(who, "By which day?", more["due"])
    if "number" in more:
        who.page.get_by_label("Registration number").fill(more["number"])
    who.page.get_by_label("What does it say and ask?").fill(more.get("asks", "Without names"))
    presses(who, "Save the letter")
    sees(who, "The letter is on the docket.")


def test_from_the_gaps_to_the_follow_up(visit, case):
    ana, rosa, sara = (window(visit, f"{name}@example.org") for name in ("ana", "rosa", "sara"))
    is_reviewed(ana, rosa, case)
    is_signed_and_filed(ana, rosa, sara, case)
    is_before_the_committee(ana, rosa, case)
    is_decided_and_followed_up(ana, rosa, case)
    complaints = [one for who in (ana, rosa, sara) for one in who.complaints if "422" not in one]  # the wrong password
    assert complaints == []


def is_reviewed(ana: Visitor, rosa: Visitor, case) -> None:
    """Ana sees the gaps and asks for a review; Rosa finds it in her queue and comments twice; Ana answers; Rosa is content."""
    opens(ana, case, "/readiness")
    sees(ana, "Not confirmed", "Same matter not examined by another international body")
    opens(ana, case)
    ana.follow("Send to review")
    presses(ana, "Send to review")
    opens(ana, case, "/review")
    sees(ana, "No version of this case was put up for review yet.")
    ana.follow("Ask for a review")
    ana.page.get_by_label("Rosa Reviewer").check()
    ana.page.get_by_label("What should the reviewer know?").fill("The proof of the notification comes on Monday.")
    sees(ana, "A coordinator who does not own the case approves exactly this version.")
    presses(ana, "Ask for the review")
    sees(ana, "Version 1 is up for review.", "Waits for approval", "Rosa Reviewer", "Fingerprint (SHA-256)")

    rosa.page.goto(f"{rosa.address}/section")
    rosa.follow("1 review asked of you")
    sees(rosa, TITLE, "days left", "not confirmed", "Waits for approval", "Ana Worker", "Rosa Reviewer")
    rosa.follow(TITLE)
    for page, text in (
        ("Facts and claims", "On which day did V1 learn of it?"),
        ("Evidence", "The receipt is missing."),
    ):
        rosa.page.locator("#comments").get_by_role("link", name=page, exact=True).click()
        rosa.page.get_by_role("textbox", name="Comment").fill(text)
        presses(rosa, "Save the comment")
    sees(rosa, "On which day did V1 learn of it?", "The receipt is missing.")

    ana.page.goto(f"{ana.address}/my-work")
    ana.follow("1 case with comments to answer")
    ana.follow(TITLE)
    for text in ("On the third of May.", "It is with the court."):
        unanswered = ana.page.locator("#comments article").filter(has_not_text="Answer ·").first
        unanswered.locator('a[href$="/answer"]').click()
        ana.page.get_by_role("textbox", name="Answer").fill(text)
        presses(ana, "Save the answer")
    sees(ana, "On the third of May.", "It is with the court.")

    rosa.page.reload()
    for _ in range(2):
        rosa.page.get_by_role("button", name="Mark as resolved").first.click()
        expect(rosa.page.get_by_role("main")).to_contain_text("The comment is resolved.")
    expect(rosa.page.get_by_role("button", name="Mark as resolved")).to_have_count(0)


def is_signed_and_filed(ana: Visitor, rosa: Visitor, sara: Visitor, case) -> None:
    """Ana can't sign her own case. Rosa signs with her password; Ana prepares the filing, and Sara confirms it."""
    opens(ana, case, "/review")
    expect(ana.page.get_by_text("Approve version 1")).to_have_count(0)
    rosa.follow("Return with comments")
    sees(rosa, "Version 1 is not approved. Its author is notified")
    rosa.page.go_back()
    rosa.follow("Approve version 1")
    sees(rosa, "Check what you approve.", "I, Rosa Reviewer, approve version 1 for filing.")
    rosa.page.get_by_label("Your password").fill("not the password")
    presses(rosa, "Approve version 1")
    sees(rosa, "There is a problem")
    rosa.page.get_by_label("Your password").fill(PASSWORD)
    presses(rosa, "Approve version 1")
    sees(rosa, "Version 1 is approved for filing.")

    opens(ana, case)
    sees(ana, "Approved")
    ana.follow("Record the filing, or confirm what was prepared")
    types_day(ana, "Day of filing", in_days(-1))
    ana.page.get_by_label("Email").check()
    ana.page.get_by_label("Proof").fill("Receipt no. 7, in the safe")
    sees(ana, "Record that the communication was sent to the Committee.")
    presses(ana, "Check your answers")
    sees(ana, "Nothing is saved yet.", "days before the end of the one-year clock", "Receipt no. 7, in the safe")
    presses(ana, "Prepare the filing")
    sees(ana, "The filing is prepared.", "Check and confirm the filing")
    ana.follow("Check and confirm the filing")
    sees(ana, "A coordinator of the section who did not prepare the filing confirms it.")

    sara.page.goto(f"{sara.address}/section")
    sara.follow("1 filing to confirm")
    sees(sara, TITLE, "Filing waits for confirmation")
    sara.follow(TITLE)
    sees(sara, "Compare this with the proof.", "Receipt no. 7, in the safe", "Ana Worker")
    presses(sara, "Confirm the filing")
    sees(sara, f"Filing recorded: sent on {show_date(in_days(-1))}.")
    opens(sara, case, "/committee")
    sees(sara, "Ana Worker", "Sara Second", "No letter yet.")


def moves(who: Visitor, case, button: str, said: str) -> None:
    opens(who, case, "/committee")
    who.page.get_by_role("main").get_by_role("button", name=button, exact=True).last.click()
    sees(who, said)


def is_before_the_committee(ana: Visitor, rosa: Visitor, case) -> None:
    """The case gets its number, the State its observations in, and Ana a reminder until her comments are on the docket."""
    add_letter(ana, case, "registration", in_days(0), number="451/2026")
    moves(rosa, case, "Record the registration", "Stage changed: Registered.")
    ana.page.goto(f"{ana.address}/cases?text=451%2F2026")
    sees(ana, TITLE)
    add_letter(ana, case, "state_merits", in_days(0), due=in_days(3), asks="Comments on the observations")
    sees(ana, "3 days left", "the Committee can discontinue it")
    ana.page.goto(f"{ana.address}/reminders")
    sees(ana, "Request of the Committee", TITLE)
    rosa.page.goto(f"{rosa.address}/section/docket")
    rosa.follow("1 letter due within 14 days")
    sees(rosa, "State's observations on the merits", TITLE)
    moves(rosa, case, "Record that it is pending", "Stage changed: Pending")
    opens(ana, case, "/committee")
    ana.page.get_by_role("link", name=re.compile("Enter the answer.*on the merits")).click()
    expect(ana.page.get_by_label("What kind of letter is it?")).to_have_value("comments")
    types_day(ana, "Day of the letter", in_days(0))
    presses(ana, "Save the letter")
    sees(ana, "The letter is on the docket.", f"On {show_date(in_days(0))}")
    ana.page.goto(f"{ana.address}/reminders")
    expect(ana.page.get_by_role("main")).not_to_contain_text("Request of the Committee")


def is_decided_and_followed_up(ana: Visitor, rosa: Visitor, case) -> None:
    """The Views find a violation; what they recommend is followed up."""
    add_letter(ana, case, "views", in_days(0))
    moves(rosa, case, "Record the decision", "Stage changed: Decided.")
    ana.page.reload()
    ana.follow("Add the outcome of a claim")
    ana.page.get_by_label("Claim", exact=True).select_option(index=1)
    ana.page.get_by_label("Violation", exact=True).check()
    presses(ana, "Save the outcome")
    sees(ana, "Violation")
    ana.follow("Add a recommendation")
    ana.page.get_by_label("For the people of the case").check()
    ana.page.get_by_label("What does the Committee recommend?").fill("An alternative dwelling for the family")
    presses(ana, "Save the recommendation")
    sees(ana, "An alternative dwelling for the family", "Nothing done yet")
    ana.page.get_by_role("link", name=re.compile("Follow-up.*An alternative dwelling")).click()
    ana.page.get_by_label("What happened?").select_option(label="The State reported")
    presses(ana, "Add")
    types_day(ana, "On which day?", in_days(0))
    ana.page.get_by_label("What was reported, seen or decided?").fill("The town has named a flat.")
    presses(ana, "Save")
    sees(ana, "Saved.", "The State reported", "The town has named a flat.")
    opens(ana, case, "/history")
    sees(ana, "Approved a version", "Confirmed the filing")
