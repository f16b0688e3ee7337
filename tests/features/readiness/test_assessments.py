"""Each different answer of the engine is stored once, with the change that caused it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from caseflow.clock import now
from caseflow.features.cases.queries import history
from caseflow.features.readiness.comparing import changed_findings, findings_of
from caseflow.features.readiness.service import digest_of
from caseflow.law.sentences import write, write_each
from caseflow.models import Outlook, Role, Stage
from tests.factories import (
    age_answers,
    alter_case,
    answers_seen,
    days_ago,
    known,
    make_actor,
    make_case,
    make_claim,
    make_remedy,
    make_section,
    move_to,
)
from tests.law.building import claim as claimed
from tests.law.building import document, found, remedy


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


def test_the_first_answer_is_stored_with_the_case_and_is_no_change(runtime, ana):
    case = make_case(runtime.units, ana)
    (answer,) = answers_seen(runtime.units, ana, case)
    assert (answer.outlook, answer.previous_outlook, answer.is_current) == (Outlook.INCOMPLETE, None, True)
    assert answer.findings["schema"] == "caseflow/findings/1"
    assert (answer.ruleset, answer.data) == (answer.findings["ruleset"], answer.findings["data"])
    with runtime.units.begin(ana) as uow:
        assert "assessment.changed" not in [entry.action for entry in history(uow, case.id, limit=50)]


def test_a_change_that_changes_no_answer_adds_no_row(runtime, ana):
    case = make_case(runtime.units, ana)
    alter_case(runtime.units, ana, case, title="Another title")
    move_to(runtime.units, ana, case, Stage.VERIFICATION)
    assert len(answers_seen(runtime.units, ana, case)) == 1


def test_another_answer_is_another_row_and_one_is_current(runtime, ana):
    case = make_case(runtime.units, ana, state_code="ES")
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=days_ago(800), notified=days_ago(800))
    answers = answers_seen(runtime.units, ana, case)
    assert [answer.is_current for answer in answers] == [False] * (len(answers) - 1) + [True]
    assert (answers[-1].outlook, answers[-1].previous_outlook) == (Outlook.BARRED, Outlook.INCOMPLETE)
    with runtime.units.begin(ana) as uow:
        entry = next(one for one in history(uow, case.id, limit=50) if one.action == "assessment.changed")
    assert entry.changes == {"outlook": ["incomplete", "barred"]}


def test_the_same_answer_on_another_day_is_confirmed(runtime, ana):
    case = make_case(runtime.units, ana)
    age_answers(runtime.units, ana, case, days=3)
    move_to(runtime.units, ana, case, Stage.VERIFICATION)
    (answer,) = answers_seen(runtime.units, ana, case)
    assert answer.confirmed_on == now().date()


def test_a_filed_case_keeps_its_last_answer(runtime, ana):
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=days_ago(40))
    way = (Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED, Stage.FILED)
    move_to(runtime.units, ana, case, *way)
    before = len(answers_seen(runtime.units, ana, case))
    make_remedy(runtime.units, ana, claim, stage="APPEAL", outcome="dismissed", decided=known(2001))
    assert len(answers_seen(runtime.units, ana, case)) == before


def test_a_change_by_the_owner_counts_as_seen(runtime, ana, section):
    eva = make_actor(runtime.units, (section, Role.CASEWORKER))
    mine = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, mine)
    make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=days_ago(800), notified=days_ago(800))
    assert answers_seen(runtime.units, ana, mine)[-1].seen_at is not None
    make_remedy(runtime.units, eva, claim, stage="APPEAL", outcome="pending")
    assert answers_seen(runtime.units, ana, mine)[-1].seen_at is None


@pytest.mark.parametrize("day", ["2018-01-02", "2018-02-01"])
def test_the_digest_is_of_the_answer_and_not_of_the_day(day):
    pending = document(claimed(remedies=[remedy(decided=None, outcome="pending")]))
    first, later = found(pending, "2018-01-01"), found(pending, day)
    assert any("1 January 2018" in write(one.because) for one in first.findings), (
        "a sentence names the day, or this shows nothing"
    )
    assert digest_of(first) == digest_of(later)
    assert digest_of(first) == digest_of(replace(first, data="states/newer", ruleset="newer"))
    assert digest_of(first) != digest_of(replace(first, outlook="clear"))


def test_a_stored_answer_is_parsed_unchanged():
    answer = found(document())
    assert not {"because", "settles"} & set(answer.to_record()["findings"][0]), "what is stored is in no language"
    again = findings_of(answer.to_record())
    assert again.to_document() == answer.to_document()
    assert changed_findings(again, answer) == []


def test_an_answer_stored_before_there_were_messages_is_shown_as_it_was_written():
    stored = found(document()).to_document()
    old = {**stored, "findings": [_without_messages(one) for one in stored["findings"]], "clocks": []}
    again = findings_of(old)
    assert [write(one.because) for one in again.findings] == [one["because"] for one in stored["findings"]]
    assert [list(write_each(one.settles)) for one in again.findings] == [one["settles"] for one in stored["findings"]]


def _without_messages(finding):
    return {name: value for name, value in finding.items() if name != "messages"}


def test_the_findings_that_differ_between_two_answers_are_returned():
    known = document(claimed(remedies=[remedy(notified="2017-10-04")]))
    changes = changed_findings(found(known), found(known, "2022-03-01"))
    assert [(one.finding.rule, one.before.result, one.after.result) for one in changes] == [
        ("one-year", "met", "not_met")
    ]
    pending = document(
        claimed(
            remedies=[
                remedy(decided=None, outcome="pending"),
                remedy(stage="CASSATION", outcome="pending", decided=None),
            ]
        )
    )
    missed = document(claimed(remedies=[remedy(next_step="CASSATION", next_step_due="2017-11-01")]))
    barred = [one for one in changed_findings(found(pending), found(missed)) if one.finding.rule == "exhaustion"]
    assert [(one.before.cure, one.after.cure) for one in barred] == [("in_time", "never")], "not met before and after"
    (gone,) = changed_findings(found(document(claimed(), claimed(id="second"))), found(document()))[-1:]
    assert (gone.after, gone.finding.claim) == (None, "second")


def test_a_day_that_passes_makes_another_answer(runtime, ana):
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=days_ago(364), notified=days_ago(364))
    before = len(answers_seen(runtime.units, ana, case))
    with time_machine.travel(now() + timedelta(days=5), tick=True):
        move_to(runtime.units, ana, case, Stage.VERIFICATION)
    assert len(answers_seen(runtime.units, ana, case)) == before + 1
