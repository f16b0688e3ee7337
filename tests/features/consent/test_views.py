"""The pages of consent: all scopes in one pass, one scope, the withdrawal, and where the answers are shown."""

from dataclasses import dataclass

import pytest

from caseflow.access import PersonActor
from caseflow.models import Case, CasePerson, ConsentScope, ConsentStatus, Role, Stage
from caseflow.unit_of_work import Units
from tests.factories import (
    in_days,
    make_actor,
    make_case,
    make_claim,
    make_consent,
    make_person,
    make_remedy,
    make_section,
    move_to,
    withdraw_consent,
)

SHARE, SUBMIT = ConsentScope.SHARE, ConsentScope.SUBMIT
AGAIN = (Stage.READINESS_REVIEW, Stage.APPROVED)
"""Approved again after a change."""
TO_APPROVED = (Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def lead(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


@pytest.fixture
def case(runtime, lead):
    case = make_case(runtime.units, lead)
    claim = make_claim(runtime.units, lead, case)
    make_remedy(runtime.units, lead, claim, stage="CASSATION", outcome="dismissed")
    return case


@pytest.fixture
def person(runtime, lead, case):
    return make_person(runtime.units, lead, case)


@dataclass(frozen=True)
class V1:
    """The victim of the case, and who records their answers."""

    units: Units
    by: PersonActor
    case: Case
    person: CasePerson

    def consents(self, scope: ConsentScope = SUBMIT, **details) -> None:
        make_consent(self.units, self.by, self.case, self.person, scope, **details)

    def withdraws(self, scope: ConsentScope = SUBMIT) -> None:
        withdraw_consent(self.units, self.by, self.case, self.person, scope)

    def is_moved(self, *stages: Stage) -> None:
        move_to(self.units, self.by, self.case, *stages)


@pytest.fixture
def v1(runtime, lead, case, person):
    return V1(runtime.units, lead, case, person)


@pytest.fixture
def here(case, person):
    return f"/cases/{case.id}/people/{person.id}"


def boxes(name: str, days: int) -> dict[str, str]:
    return {f"{name}__{part}": str(getattr(in_days(days), part)) for part in ("day", "month", "year")}


def test_all_scopes_are_answered_in_one_pass(lead, case, here, pages):
    browser = pages(lead)
    assert browser.get(here).words.count("Not asked yet") == 8
    saved = browser.submit(
        f"{here}/consent", scope_submit="given", scope_share="refused", scope_record="given", how="telephone"
    )
    assert "The answers of V1 were recorded" in saved.words
    assert saved.words.count("Not asked yet") == 5
    assert "UN: yes · Share: no" in browser.get(f"/cases/{case.id}/people").words
    assert "5 consents not asked" in browser.get(f"/cases/{case.id}").words
    again = browser.get(f"{here}/consent")
    assert "scope_submit" not in again.form().values()
    assert "scope_share" in again.form().values()


def test_an_empty_pass_is_refused(lead, here, pages):
    assert "Nothing is answered yet" in pages(lead).submit(f"{here}/consent", status=422).words


def test_what_was_withdrawn_between_form_and_save_is_not_given_again(v1, here, pages):
    browser = pages(v1.by)
    drawn = browser.get(f"{here}/consent")
    v1.consents()
    v1.withdraws()
    refused = browser.send(drawn, scope_submit="given", scope_share="given", how="signed", status=422)
    assert refused.error_at("scope_submit")
    assert refused.form().values()["scope_share"] == ["given"]
    saved = browser.send(refused, scope_submit="")
    assert "Withdrawn" in saved.words


def test_one_scope_with_all_details(lead, here, pages):
    typed = {"status_": "given", "how": "signed", "proof": "Form 7 in the safe"} | boxes("until", 90)
    saved = pages(lead).submit(f"{here}/consent/submit", **typed)
    assert "Form 7 in the safe" in saved.words
    assert pages(lead).get(f"{here}/consent/submit").form().values()["proof"] == ["Form 7 in the safe"]


def test_faults_stand_at_their_field(lead, here, pages):
    refused = pages(lead).submit(f"{here}/consent/submit", status_="given", status=422)
    assert refused.error_at("how")
    refused = pages(lead).submit(f"{here}/consent/submit", status_="not_needed", status=422)
    assert refused.error_at("reason")


def test_a_withdrawal_says_first_what_it_stops(v1, here, pages):
    v1.consents(SHARE)
    browser = pages(v1.by)
    asked = browser.get(f"{here}/consent/share/withdraw")
    assert "Stop sharing the case inside the coalition" in asked.words
    saved = browser.send(asked, words="She fears for her job")
    assert "The withdrawal was recorded" in saved.words
    assert "A consent was withdrawn: V1 (Share)." in browser.get(f"/cases/{v1.case.id}").words
    again = browser.get(f"{here}/consent/share")
    assert "A new answer is a new act" in again.words
    tasks = browser.get(f"/cases/{v1.case.id}/tasks").words
    assert "V1 withdrew a consent. Stop sharing the case inside the coalition" in tasks
    history = browser.get(f"/cases/{v1.case.id}/history").words
    assert "Recorded that a consent was withdrawn" in history


def test_a_filing_without_consent_is_refused_and_the_identity_is_warned_of(v1, pages):
    v1.is_moved(*TO_APPROVED)
    answers = boxes("filed_on", -1) | {"channel": "post", "proof": "RR 123 ES"}
    browser = pages(v1.by)
    refused = browser.submit(f"/cases/{v1.case.id}/filing", **answers, status=422)
    assert "V1: there is no consent for “Submit the case to the United Nations” (not asked)" in refused.words
    assert refused.form().values()["proof"] == ["RR 123 ES"]
    v1.consents()
    v1.is_moved(*AGAIN)
    check = browser.submit(f"/cases/{v1.case.id}/filing", **answers)
    assert "there is no consent that the State learns who this is" in check.words
    v1.withdraws()
    late = browser.send(check, step="confirm", status=422)
    assert "(withdrawn)" in late.words
    v1.consents()
    v1.consents(ConsentScope.DISCLOSE)
    v1.is_moved(*AGAIN)
    check = browser.submit(f"/cases/{v1.case.id}/filing", **answers)
    assert "there is no consent that the State learns" not in check.words
    assert "The filing is prepared" in browser.send(check, step="confirm").words


def test_the_pages_of_moves_say_whose_consent_is_missing(v1, pages):
    v1.is_moved(*TO_APPROVED[:-1])
    page = pages(v1.by).get(f"/cases/{v1.case.id}/move")
    assert "V1 (not asked)" in pages(v1.by).get(f"/cases/{v1.case.id}/review").words
    assert "Refer the case to another organisation: V1 (not asked)" in page.words


def test_grounds_are_asked_for_with_consent(v1, here, pages):
    browser = pages(v1.by)
    refused = browser.submit(f"{here}/consent/grounds", groups="ROMA", status=422)
    assert "V1: there is no consent" in refused.words
    v1.consents(ConsentScope.SENSITIVE)
    assert "Roma" in browser.submit(f"{here}/consent/grounds", groups="ROMA").words


def test_a_refused_use_is_shown_in_short(v1, pages):
    v1.consents(ConsentScope.PUBLISH, status=ConsentStatus.REFUSED)
    words = pages(v1.by).get(f"/cases/{v1.case.id}/people").words
    assert "UN: not asked · Share: not asked · Publish: no" in words
