"""Who may count what, and what an export leaves in the trail."""

from datetime import date

import pytest
from sqlalchemy import text

from caseflow.errors import Forbidden, NotFound
from caseflow.features.cases.commands import CaseFilters, Window
from caseflow.features.cases.queries import case_list
from caseflow.features.reports.commands import CountsOf
from caseflow.features.reports.queries import reportable_sections
from caseflow.features.reports.service import count_cases, export_counts
from caseflow.models import Confidentiality, Role, SectionKind, Stage

SPRING = CountsOf("ES", date(2026, 3, 1), date(2026, 5, 31))


@pytest.fixture
def spain(office):
    """A section with five cases in spring, one of them sealed to its owner, and one in summer."""
    section = office.section("ES")
    worker = office.person((section, Role.CASEWORKER))
    colleague = office.person((section, Role.CASEWORKER))
    office.case(worker, section, rights=["HOUSING", "WATER"])
    office.case(worker, section, rights=["HOUSING"], opened_on=date(2026, 5, 31), stage=Stage.FILED)
    office.case(worker, section, rights=[], opened_on=date(2026, 3, 1))
    office.case(worker, section, rights=["WATER", "WATER"], opened_on=date(2026, 4, 15))
    office.case(worker, section, opened_on=date(2026, 6, 1))
    sealed = {"confidentiality": Confidentiality.SEALED, "owner_id": colleague.actor.user_id}
    office.case(colleague, section, **sealed, rights=["EDU"])
    return section, worker, colleague


def count(office, person, of=SPRING):
    with office.units.begin(person.actor) as uow:
        return count_cases(uow, of)


def test_counts_by_right_stage_and_month(office, spain):
    section, *_ = spain
    counts = count(office, office.person((section, Role.SECTION_REPORTER)))
    assert counts.total == 5
    assert counts.by["right"] == {"HOUSING": 2, "WATER": 2, "EDU": 1, "": 1}
    assert counts.by["stage"] == {"intake": 4, "filed": 1}
    assert counts.by["month"] == {"2026-03": 3, "2026-04": 1, "2026-05": 1}


def test_who_works_on_cases_counts_what_they_see(office, spain):
    """Or the difference between the number and the list would betray the sealed case."""
    _, worker, colleague = spain
    assert "EDU" not in count(office, worker).by["right"]
    assert count(office, worker).total == 4
    assert count(office, colleague).total == 5


def test_every_number_is_the_length_of_its_list(office, spain):
    _, worker, _ = spain
    counts = count(office, worker)
    with office.units.begin(worker.actor) as uow:
        for dimension, filters in (("right", "right"), ("stage", "stage")):
            for code, number in counts.by[dimension].items():
                wanted = {"section": "ES", "opened_from": SPRING.opened_from, "opened_until": SPRING.opened_until}
                if code:
                    assert case_list(uow, CaseFilters(**wanted, **{filters: code}), Window(None)).total == number


def test_a_reporter_sees_numbers_and_no_case(office, spain):
    section, *_ = spain
    reporter = office.person((section, Role.SECTION_REPORTER))
    with office.units.begin(reporter.actor) as uow:
        assert count_cases(uow, SPRING).total == 5
        assert uow.session.scalar(text('SELECT count(*) FROM "case"')) == 0
        assert case_list(uow, CaseFilters(), Window(None)).total == 0


def test_another_section_can_not_be_told_from_none(office, spain):
    stranger = office.person((office.section("EC"), Role.SECTION_COORDINATOR))
    for code in ("ES", "XX", ""):
        with pytest.raises(NotFound, match=r"There is no such section\."):
            count(office, stranger, CountsOf(code, SPRING.opened_from, SPRING.opened_until))


def test_the_function_itself_tells_a_stranger_nothing(office, spain):
    section, *_ = spain
    stranger = office.person((office.section("EC"), Role.SECTION_REPORTER))
    with office.units.begin(stranger.actor) as uow:
        asked = text("SELECT cases FROM caseflow_case_counts(:id, '2000-01-01', '2100-01-01')")
        assert set(uow.session.scalars(asked, {"id": section.id})) == {0}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_other_roles_have_no_section_to_count(office, role):
    person = office.person((office.section("ES"), role))
    with office.units.begin(person.actor) as uow:
        assert reportable_sections(uow) == []


def test_the_coalition_coordinator_counts_each_section_but_sees_no_case(office, spain):
    secretariat = office.section("SEC", SectionKind.SECRETARIAT)
    office.section("EC")
    coordinator = office.person((secretariat, Role.COALITION_COORDINATOR))
    with office.units.begin(coordinator.actor) as uow:
        assert [section.code for section in reportable_sections(uow)] == ["EC", "ES", "SEC"]
        assert count_cases(uow, SPRING).total == 5
        assert export_counts(uow, SPRING).total == 5
        assert case_list(uow, CaseFilters(), Window(None)).total == 0


def test_an_export_is_an_act(office, spain):
    section, *_ = spain
    reporter = office.person((section, Role.SECTION_REPORTER))
    auditor = office.person((section, Role.AUDITOR))
    with office.units.begin(reporter.actor) as uow:
        assert export_counts(uow, SPRING).total == 5
    with office.units.begin(auditor.actor) as uow:
        entries = uow.session.execute(
            text("SELECT actor_id, action, subject, subject_id, changes FROM audit_entry")
        ).all()
    period = {"opened_from": [None, "2026-03-01"], "opened_until": [None, "2026-05-31"]}
    assert entries == [(reporter.actor.user_id, "report.exported", "section", section.id, period)]


def test_a_caseworker_counts_but_takes_nothing_away(office, spain):
    _, worker, _ = spain
    with pytest.raises(Forbidden, match="not download"), office.units.begin(worker.actor) as uow:
        export_counts(uow, SPRING)


def test_an_ended_membership_counts_nothing(office, spain):
    section, *_ = spain
    reporter = office.person((section, Role.SECTION_REPORTER))
    with office.administration() as uow:
        ended = text("UPDATE membership SET ended_at = now() WHERE user_id = :id")
        uow.session.execute(ended, {"id": reporter.actor.user_id})
    with pytest.raises(NotFound):
        count(office, reporter)
