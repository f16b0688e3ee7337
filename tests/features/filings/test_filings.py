"""The filing of a case: recorded in two steps, shown everywhere, taken back with a reason."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from caseflow.clock import now
from caseflow.errors import Forbidden, Invalid
from caseflow.features.cases.commands import MoveCase
from caseflow.features.cases.moves.service import move_case
from caseflow.features.cases.queries import whole_case
from caseflow.features.filings.commands import TakeBack
from caseflow.features.filings.service import case_to_file, take_back
from caseflow.models import CasePerson, Filing, Role, Stage
from tests.factories import (
    alter_case,
    confirm,
    days_ago,
    deadlines_seen,
    file_case,
    in_days,
    make_actor,
    make_case,
    make_claim,
    make_person,
    make_remedy,
    make_section,
    move_to,
    prepare,
    reload_case,
    withdraw_consent,
)
from tests.factories.cases import add_victim_who_consents

TO_APPROVED = (Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def lead(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


@pytest.fixture
def other(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


@pytest.fixture
def approved(runtime, lead):
    """An approved case whose one-year clock runs."""
    case = make_case(runtime.units, lead)
    add_victim_who_consents(runtime.units, lead, case)
    claim = make_claim(runtime.units, lead, case)
    make_remedy(runtime.units, lead, claim, stage="CASSATION", decided=days_ago(300), notified=days_ago(300), outcome="dismissed")  # fmt: skip
    return move_to(runtime.units, lead, case, *TO_APPROVED)


def boxes(name: str, days: int) -> dict[str, str]:
    return {f"{name}__{part}": str(getattr(in_days(days), part)) for part in ("day", "month", "year")}


ANSWERS = {"channel": "post", "proof": "RR 123 ES", "filed_hour": "00:10"}


def filing_of(runtime, by) -> Filing | None:
    with runtime.units.begin(by) as uow:
        return uow.session.scalar(select(Filing).where(Filing.ended_at.is_(None)))


def test_no_move_files_a_case_without_its_filing(runtime, lead, approved, pages):
    with runtime.units.begin(lead) as uow, pytest.raises(Invalid) as refused:
        move_case(uow, whole_case(uow, approved.id), MoveCase(version=approved.version, to=Stage.FILED))
    assert "proof" in refused.value.fields["to"]
    shown = pages(lead).get(f"/cases/{approved.id}/move")
    assert 'value="filed"' not in shown.html
    assert pages(lead).get(f"/cases/{approved.id}").links["Record the filing"] == f"/cases/{approved.id}/filing"


def test_answers_are_checked_and_confirmed_by_another_before_the_case_is_filed(runtime, lead, other, approved, pages):
    browser = pages(lead)
    check = browser.submit(f"/cases/{approved.id}/filing", **boxes("filed_on", -3), **ANSWERS)
    assert "Nothing is saved yet" in check.words
    assert "RR 123 ES" in check.words
    assert "days before the end of the one-year clock" in check.words
    assert filing_of(runtime, lead) is None
    assert reload_case(runtime.units, lead, approved).stage is Stage.APPROVED
    changing = browser.send(check, step="change")
    assert changing.form().values()["proof"] == ["RR 123 ES"]
    prepared = browser.send(check, step="confirm")
    assert "once another person has confirmed it" in prepared.words
    assert filing_of(runtime, lead) is None
    assert reload_case(runtime.units, lead, approved).stage is Stage.APPROVED
    saved = pages(other).submit(f"/cases/{approved.id}/filing/confirm")
    assert "Filing recorded" in saved.words
    assert "days before the end of the one-year clock" in saved.words
    filing = filing_of(runtime, lead)
    assert (filing.filed_on, filing.proof) == (in_days(-3), "RR 123 ES")
    assert reload_case(runtime.units, lead, approved).stage is Stage.FILED


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        (boxes("filed_on", 2), "filed_on"),
        ({"proof": " "}, "proof"),
        ({"channel": ""}, "channel"),
        ({"filed_hour": "25"}, "filed_hour"),
        (boxes("filed_on", -60 * 366), "filed_on"),
    ],
)
def test_faulty_answers_are_refused_at_their_field(lead, approved, pages, wrong, at):
    answers = boxes("filed_on", -3) | ANSWERS | wrong
    for step in ("", "confirm"):
        page = pages(lead).submit(f"/cases/{approved.id}/filing", **answers, step=step, status=422)
        assert page.error_at(at)
        assert page.form().values()["note"] == [""]


def test_a_case_without_a_victim_is_not_filed(runtime, lead, pages):
    case = make_case(runtime.units, lead)
    make_remedy(runtime.units, lead, make_claim(runtime.units, lead, case), outcome="dismissed", decided=days_ago(30))
    move_to(runtime.units, lead, case, *TO_APPROVED)
    path = f"/cases/{case.id}/filing"
    assert pages(lead).get(path).links["Add a person"] == f"/cases/{case.id}/people/new"
    for step in ("", "confirm"):
        page = pages(lead).submit(path, **boxes("filed_on", -3), **ANSWERS, step=step, status=422)
        assert "No victim is recorded in this case" in page.words
        assert page.form().values()["proof"] == ["RR 123 ES"]
    make_person(runtime.units, lead, case, "witness")
    with pytest.raises(Invalid, match="No victim is recorded"):
        prepare(runtime.units, lead, case)
    add_victim_who_consents(runtime.units, lead, case)
    assert "Add a person" not in pages(lead).get(path).links
    move_to(runtime.units, lead, case, Stage.READINESS_REVIEW, Stage.APPROVED)
    file_case(runtime.units, lead, case)
    assert reload_case(runtime.units, lead, case).stage is Stage.FILED


def test_a_victim_who_took_the_consent_back_is_named_with_what_it_is_for(runtime, ana, lead, approved, pages):
    prepare(runtime.units, ana, approved)
    with runtime.units.begin(ana) as uow:
        (victim,) = uow.session.scalars(select(CasePerson).where(CasePerson.case_id == approved.id))
    withdraw_consent(runtime.units, ana, approved, victim)
    page = pages(lead).submit(f"/cases/{approved.id}/filing/confirm", status=422)
    assert "V1: there is no consent for “Submit the case to the United Nations” (withdrawn)" in page.words
    assert filing_of(runtime, lead) is None


def test_an_hour_that_has_not_come_is_refused(runtime, lead, approved):
    hour = (now() + timedelta(hours=3)).time().replace(tzinfo=None)
    with time_machine.travel(now().replace(hour=12), tick=False), pytest.raises(Invalid) as refused:
        prepare(runtime.units, lead, approved, filed_hour=hour.replace(hour=23))
    assert "filed_hour" in refused.value.fields


def test_a_caseworker_prepares_it_and_only_people_who_approve_confirm_it(runtime, ana, lead, approved, pages):
    prepare(runtime.units, ana, approved)
    with runtime.units.begin(ana) as uow, pytest.raises(Forbidden):
        case_to_file(uow, approved.id)
    with pytest.raises(Forbidden):
        confirm(runtime.units, ana, approved)
    assert (
        "A coordinator of the section who did not prepare"
        in pages(ana).get(f"/cases/{approved.id}/filing/confirm").words
    )
    assert confirm(runtime.units, lead, approved).prepared_by_id == ana.user_id
    assert reload_case(runtime.units, lead, approved).stage is Stage.FILED


def test_nobody_confirms_what_they_prepared(runtime, ana, lead, approved, pages):
    prepare(runtime.units, lead, approved)
    with pytest.raises(Forbidden, match="You prepared this filing"):
        confirm(runtime.units, lead, approved, alone_because="In a hurry")
    pages(lead).get(f"/cases/{approved.id}/filing/confirm")
    assert filing_of(runtime, lead) is None


def test_where_nobody_else_works_one_person_files_with_a_reason_that_stands_on_the_page(runtime, lead, approved, pages):
    prepare(runtime.units, lead, approved)
    with pytest.raises(Invalid) as refused:
        confirm(runtime.units, lead, approved)
    assert "alone_because" in refused.value.fields
    pages(lead).submit(f"/cases/{approved.id}/filing/confirm", alone_because="The section has one person")
    for page in ("committee", "history"):
        assert "The section has one person" in pages(lead).get(f"/cases/{approved.id}/{page}").words


def test_the_database_asks_for_a_filing_that_somebody_prepared(runtime, lead, other, approved):
    """Not even a fault of the service files a case by one person, or names another who did not prepare it."""
    add = text(
        "INSERT INTO filing (id, case_id, filed_on, channel, proof, recorded_by_id, recorded_at, prepared_by_id, alone_because) "
        "VALUES (gen_random_uuid(), :case, now(), 'post', 'x', :me, now(), :by, '')"
    )
    prepare(runtime.units, lead, approved)
    with runtime.units.begin(lead) as uow:
        for by in (lead.user_id, other.user_id, None):
            values = {"case": approved.id, "me": lead.user_id, "by": by}
            with pytest.raises((ProgrammingError, IntegrityError)), uow.session.begin_nested():
                uow.session.execute(add, values)


def test_what_is_changed_after_the_approval_stops_the_filing(runtime, ana, lead, approved, pages):
    prepare(runtime.units, ana, approved)
    make_person(runtime.units, ana, approved, "witness")
    with pytest.raises(Invalid, match="has changed since version"):
        confirm(runtime.units, lead, approved)
    with pytest.raises(Invalid, match="has changed since version"):
        prepare(runtime.units, ana, approved)
    page = pages(lead).submit(f"/cases/{approved.id}/filing/confirm", status=422)
    assert "The case has changed since version" in page.words
    assert reload_case(runtime.units, lead, approved).stage is Stage.APPROVED
    assert "Person W1 : added" in pages(lead).get(f"/cases/{approved.id}/review").words
    move_to(runtime.units, lead, approved, Stage.READINESS_REVIEW, Stage.APPROVED)
    assert confirm(runtime.units, lead, approved)


def test_the_clock_ends_with_the_filing_and_no_page_says_overdue(runtime, lead, approved, pages):
    def clocks():
        return [row for row in deadlines_seen(runtime.units, lead) if row.kind.value == "one_year" and not row.done_at]

    assert clocks()
    move_to(runtime.units, lead, approved, Stage.FILED)
    assert not clocks()
    with time_machine.travel(now() + timedelta(days=400), tick=False):
        browser = pages.another(lead)
        for page in ("", "/committee", "/readiness", "/tasks"):
            assert "overdue" not in browser.get(f"/cases/{approved.id}{page}").words


def test_a_filing_is_taken_back_with_a_reason_and_the_clock_runs_again(runtime, lead, approved, pages):
    move_to(runtime.units, lead, approved, Stage.FILED)
    browser, address = pages(lead), f"/cases/{approved.id}/filing/take-back"
    assert browser.get(f"/cases/{approved.id}/committee").links["Take the filing back"] == address
    assert browser.submit(address, reason=" ", status=422).error_at("reason")
    page = browser.submit(address, reason="The email was not delivered")
    assert "taken back" in page.words
    assert filing_of(runtime, lead) is None
    assert any(row.kind.value == "one_year" and not row.done_at for row in deadlines_seen(runtime.units, lead))
    assert "The email was not delivered" in browser.get(f"/cases/{approved.id}/committee").words
    move_to(runtime.units, lead, approved, Stage.FILED)
    assert filing_of(runtime, lead)


def test_after_72_hours_it_is_not_taken_back(runtime, lead, approved, pages):
    move_to(runtime.units, lead, approved, Stage.FILED)
    with time_machine.travel(now() + timedelta(hours=73), tick=False):
        with runtime.units.begin(lead) as uow:
            case = case_to_file(uow, approved.id)
            with pytest.raises(Invalid) as refused:
                take_back(uow, case, TakeBack(version=case.version, reason="A mistake"))
        assert "72 hours" in refused.value.fields["to"]


def test_a_case_reopened_before_filing_is_filed_again(runtime, lead, approved):
    move_to(runtime.units, lead, approved, Stage.FILED, Stage.WITHDRAWN)
    assert filing_of(runtime, lead)
    move_to(runtime.units, lead, approved, Stage.VERIFICATION)
    assert filing_of(runtime, lead) is None
    move_to(runtime.units, lead, approved, *TO_APPROVED[1:], Stage.FILED)
    assert filing_of(runtime, lead)


def test_a_case_suspended_after_filing_goes_back_to_it(runtime, lead, approved):
    move_to(runtime.units, lead, approved, Stage.FILED, Stage.SUSPENDED, Stage.FILED)
    assert filing_of(runtime, lead)


def test_an_old_case_that_was_filed_without_a_day_asks_for_it(runtime, lead, other, approved, pages):
    alter_case(runtime.units, lead, approved, stage=Stage.PENDING)
    browser = pages(lead)
    assert "the day of filing is not recorded" in browser.get(f"/cases/{approved.id}").words
    check = browser.submit(f"/cases/{approved.id}/filing", **boxes("filed_on", -3), **ANSWERS)
    browser.send(check, step="confirm")
    pages(other).submit(f"/cases/{approved.id}/filing/confirm")
    assert filing_of(runtime, lead)
    assert reload_case(runtime.units, lead, approved).stage is Stage.PENDING


def test_the_form_is_not_shown_while_the_case_is_not_approved(runtime, lead, pages):
    case = make_case(runtime.units, lead)
    assert pages(lead).client.get(f"/cases/{case.id}/filing").location == f"/cases/{case.id}/committee"


def test_what_is_recorded_of_a_filing_is_never_rewritten(runtime, lead, approved):
    move_to(runtime.units, lead, approved, Stage.FILED)
    with runtime.units.begin(lead) as uow:
        for statement in ("UPDATE filing SET proof = 'other'", "DELETE FROM filing"):
            with pytest.raises(ProgrammingError, match="permission denied"), uow.session.begin_nested():
                uow.session.execute(text(statement))


def test_confirming_it_twice_records_it_once(runtime, lead, other, approved, pages):
    prepare(runtime.units, lead, approved)
    browser = pages(other)
    page = browser.get(f"/cases/{approved.id}/filing/confirm")
    browser.send(page)
    browser.client.post(f"/cases/{approved.id}/filing/confirm", data=dict(page.form().values()))
    with runtime.units.begin(lead) as uow:
        assert len(uow.session.scalars(select(Filing)).all()) == 1
