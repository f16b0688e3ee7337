"""The page "Committee" after filing, and the forms of its letters."""

from caseflow.models import Awaited, LetterDirection, Role, Stage
from tests.factories import (
    alter_case,
    in_days,
    make_actor,
    make_attempt,
    make_channel,
    make_evidence,
    make_letter,
    make_person,
    make_section,
    share,
)

SENT = LetterDirection.SENT


def boxes(name: str, days: int) -> dict[str, str]:
    return {f"{name}__{part}": str(getattr(in_days(days), part)) for part in ("day", "month", "year")}


def committee(case) -> str:
    return f"/cases/{case.id}/committee"


def new(case, query: str = "") -> str:
    return f"/cases/{case.id}/letters/new{query}"


def test_the_docket_is_shown_from_filing_on(ana, approved, pages):
    assert "Docket" not in pages(ana).get(committee(approved)).words
    browser = pages(ana)
    browser.get(new(approved), status=303)
    assert "The docket begins once the case is filed" in browser.get(committee(approved)).words


def test_a_letter_is_entered_with_what_its_kind_usually_has(ana, case, pages):
    browser = pages(ana)
    drawn = browser.get(new(case, "?kind=state_merits"))
    assert drawn.form().values()["awaited"] == ["author"]
    assert drawn.form().values()["direction"] == ["received"]
    assert "registration_number" not in drawn.form().values()
    page = browser.submit(
        new(case, "?kind=state_merits"),
        **boxes("dated_on", -9),
        **boxes("received_on", -7),
        **boxes("due_on", 12),
        asks="Comments on the observations",
    )
    assert "The letter is on the docket." in page.words
    assert "State, through the Committee → us" in page.words
    assert "12 days left" in page.words
    assert "the Committee can discontinue it" in page.words
    assert "1 to answer" in page.words
    answer = link(page, "Enter the answer")
    done = browser.submit(answer, **boxes("dated_on", 0))
    assert "No letter waits for an answer." in done.words
    assert f"On {shown(0)}" in done.words


def link(page, text: str) -> str:
    return next(href for words, href in page.links.items() if words.startswith(text))


def shown(days: int) -> str:
    day = in_days(days)
    return f"{day.day} {day:%B} {day.year}"


def test_what_is_refused_stays_in_the_form(ana, case, pages):
    page = pages(ana).submit(
        new(case), status=422, kind="comments_requested", direction="received", **boxes("dated_on", 3), asks="Comments"
    )
    assert "has not come yet" in page.error_at("dated_on")
    assert page.form().values()["asks"] == ["Comments"]


def test_the_day_of_a_rule_is_proposed_with_its_source_and_confirmed(runtime, ana, case, pages):
    browser = pages(ana)
    browser.submit(
        new(case, "?kind=registration"),
        registration_number="451/2013",
        **boxes("dated_on", -40),
        **boxes("received_on", -38),
    )
    page = browser.get(committee(case))
    assert "451/2013" in page.words
    assert "By the rule:" in page.words
    assert "OP-ICESCR art. 6(2)" in page.words
    confirm = link(page, "Confirm the day")
    done = browser.submit(confirm)
    assert "The day is set" in done.words
    assert "By the rule:" not in done.words
    assert "Reply of the State" in browser.get(f"/cases/{case.id}/tasks").words


def test_a_case_is_found_by_its_registration_number(runtime, ana, case, pages):
    make_letter(runtime.units, ana, case, "registration", registration_number="451/2013", awaited=Awaited.STATE)
    found = pages(ana).get("/cases?text=451%2F2013")
    assert case.reference in found.words
    assert case.reference not in pages(ana).get("/cases?text=452%2F2013").words


def test_the_stage_is_proposed_with_one_button_to_those_who_may(runtime, ana, lead, case, pages):
    make_letter(runtime.units, ana, case, "registration", registration_number="451/2013", awaited=Awaited.STATE)
    assert "A coordinator can change it." in pages(ana).get(committee(case)).words
    page = pages(lead).get(committee(case))
    number = next(n for n, form in enumerate(page.markup.main) if "to" in form.values())
    done = pages(lead).send(page, form=number)
    assert "Stage changed: Registered." in done.words


def test_interim_measures_and_the_last_contact_stand_beside_the_docket(runtime, ana, case, pages):
    person = make_person(runtime.units, ana, case)
    make_channel(runtime.units, ana, case, person)
    make_attempt(runtime.units, ana, case, person, "reached", ago=40)
    make_attempt(runtime.units, ana, case, person, "no_answer", ago=2)
    make_letter(runtime.units, ana, case, "interim_granted", dated_on=in_days(-30))
    words = pages(ana).get(committee(case)).words
    assert f"In force since {shown(-30)}" in words
    assert "last reached 40 days ago, 1 failed attempt since" in words


def test_the_file_of_a_letter_is_a_link_for_those_who_may_read_it(runtime, ana, case, pages):
    open_file = make_evidence(runtime.units, ana, case)
    letter = make_letter(runtime.units, ana, case, evidence_id=open_file.id)
    page = pages(ana).get(committee(case))
    assert f"/cases/{case.id}/evidence/{open_file.id}" in page.html
    assert pages(ana).get(f"/cases/{case.id}/letters/{letter.id}").form().values()["evidence_id"] == [str(open_file.id)]


def test_a_letter_is_corrected_removed_or_needs_no_answer(runtime, ana, case, pages):
    browser = pages(ana)
    letter = make_letter(runtime.units, ana, case, awaited=Awaited.AUTHOR, due_on=in_days(5))
    address = f"/cases/{case.id}/letters/{letter.id}"
    page = browser.submit(address, asks="Within a week")
    assert "The history keeps the former values" in page.words
    page = browser.submit(f"{address}/no-answer", reason="The Committee dispensed with it.")
    assert "Not needed The Committee dispensed with it." in page.words
    assert browser.submit(f"{address}/remove", status=422, reason="").error_at("reason")
    page = browser.submit(f"{address}/remove", reason="Of another case")
    assert "The letter was removed." in page.words
    history = browser.get(f"/cases/{case.id}/history").words
    for said in (
        "Added a letter to the docket",
        "Corrected a letter of the docket",
        "Recorded that a letter needs no answer",
        "Removed a letter from the docket",
        "Of another case",
    ):
        assert said in history


def test_readers_of_another_section_read_the_docket_and_write_nothing(runtime, ana, case, pages):
    letter = make_letter(runtime.units, ana, case, awaited=Awaited.AUTHOR, due_on=in_days(5), asks="Comments")
    other = make_section(runtime.units, "FI")
    reader = make_actor(runtime.units, (other, Role.CASEWORKER), name="Reader")
    share(runtime.units, ana, case, other)
    page = pages(reader).get(committee(case), may_name=("ES",))
    assert "Comments" in page.words
    assert "Add a letter" not in page.words
    for address in ("new", f"{letter.id}", f"{letter.id}/remove", f"{letter.id}/no-answer", f"{letter.id}/day"):
        pages(reader).get(f"/cases/{case.id}/letters/{address}", status=403)


def test_a_longer_docket_takes_no_more_statements(runtime, ana, case, pages):
    def letters(number):
        for one in range(number):
            make_letter(runtime.units, ana, case, dated_on=in_days(-one), awaited=Awaited.AUTHOR, due_on=in_days(5))

    letters(1)
    few = len(pages(ana).get(committee(case)).statements)
    letters(30)
    assert len(pages(ana).get(committee(case)).statements) == few


def test_a_case_that_was_filed_without_a_recorded_day_has_a_docket(runtime, ana, approved, pages):
    alter_case(runtime.units, ana, approved, stage=Stage.PENDING)
    make_letter(runtime.units, ana, approved, "comments", direction=SENT)
    assert "Comments of the author" in pages(ana).get(committee(approved)).words
