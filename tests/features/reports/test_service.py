"""Who may count what, and how exports are recorded."""

from datetime import date

import pytest
from sqlalchemy import text

from caseflow.clock import today
from caseflow.errors import Forbidden, NotFound
from caseflow.features.cases.commands import CaseFilters, Window
from caseflow.features.cases.lists.queries import case_list
from caseflow.features.reports.commands import CountsQuery
from caseflow.features.reports.queries import reportable_sections
from caseflow.features.reports.service import count_cases, export_counts
from caseflow.models import Role, SectionKind, Stage
from tests.factories import alter_case, end_roles, make_actor, make_case, make_section, seal

SPRING = CountsQuery(section_code="ES", opened_from=date(2026, 3, 1), opened_until=date(2026, 5, 31))


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def worker(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def colleague(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def reporter(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_REPORTER))


@pytest.fixture
def spring(runtime, worker, colleague):
    """Five cases in spring, one of them sealed to its owner, and one in summer."""
    for opened_on, columns in (
        (date(2026, 3, 5), {"rights": ["HOUSING", "WATER"]}),
        (date(2026, 5, 31), {"rights": ["HOUSING"], "stage": Stage.FILED}),
        (date(2026, 3, 1), {"rights": []}),
        (date(2026, 4, 15), {"rights": ["WATER", "WATER"]}),
        (date(2026, 6, 1), {"rights": ["HOUSING"]}),
    ):
        alter_case(runtime.units, worker, make_case(runtime.units, worker, opened_on=opened_on), **columns)
    seal(runtime.units, colleague, make_case(runtime.units, colleague, opened_on=date(2026, 3, 5), right="EDU"))


def count(runtime, person, of=SPRING):
    with runtime.units.begin(person) as uow:
        return count_cases(uow, of)


def trail(runtime, auditor):
    with runtime.units.begin(auditor) as uow:
        columns = "id, actor_id, action, subject, subject_id, changes"
        return {row.id: tuple(row)[1:] for row in uow.session.execute(text(f"SELECT {columns} FROM audit_entry"))}


@pytest.mark.usefixtures("spring")
def test_counts_by_right_stage_and_month(runtime, colleague):
    counts = count(runtime, colleague)
    assert counts.total == 5
    assert counts.by["right"] == {"HOUSING": 2, "WATER": 2, "EDU": 1, "": 1}
    assert counts.by["stage"] == {"intake": 4, "filed": 1}
    assert counts.by["month"] == {"2026-03": 3, "2026-04": 1, "2026-05": 1}


@pytest.mark.usefixtures("spring")
def test_who_works_on_cases_counts_what_they_see(runtime, worker, colleague):
    """Else the difference between the count and the list would reveal the sealed case."""
    assert "EDU" not in count(runtime, worker).by["right"]
    assert count(runtime, worker).total == 4
    assert count(runtime, colleague).total == 5


@pytest.mark.usefixtures("spring")
def test_every_number_is_the_length_of_its_list(runtime, worker):
    counts = count(runtime, worker)
    with runtime.units.begin(worker) as uow:
        for dimension, filters in (("right", "right"), ("stage", "stage")):
            for code, number in counts.by[dimension].items():
                wanted = {"section": "ES", "opened_from": SPRING.opened_from, "opened_until": SPRING.opened_until}
                if code:
                    value = (code,) if filters == "stage" else code
                    assert (
                        case_list(uow, CaseFilters(**wanted, **{filters: value}), Window(cursor=None)).total == number
                    )


@pytest.mark.usefixtures("spring")
def test_a_reporter_sees_numbers_and_no_case(runtime, reporter):
    with runtime.units.begin(reporter) as uow:
        assert count_cases(uow, SPRING).total == 5, "those of the year, without the sealed one"
        assert uow.session.scalar(text('SELECT count(*) FROM "case"')) == 0
        assert case_list(uow, CaseFilters(), Window(cursor=None)).total == 0


@pytest.mark.usefixtures("spring")
def test_another_section_looks_like_a_missing_one(runtime):
    stranger = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.SECTION_COORDINATOR))
    for code in ("ES", "XX", ""):
        with pytest.raises(NotFound, match=r"This section does not exist\."):
            count(
                runtime,
                stranger,
                CountsQuery(section_code=code, opened_from=SPRING.opened_from, opened_until=SPRING.opened_until),
            )


@pytest.mark.usefixtures("spring")
def test_the_database_function_reveals_nothing_to_other_sections(runtime, section):
    stranger = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.SECTION_REPORTER))
    with runtime.units.begin(stranger) as uow:
        asked = text("SELECT cases FROM caseflow_case_counts(:id, '2000-01-01', '2100-01-01')")
        assert set(uow.session.scalars(asked, {"id": section.id})) == {0}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_other_roles_have_no_section_to_count(runtime, section, role):
    with runtime.units.begin(make_actor(runtime.units, (section, role))) as uow:
        assert reportable_sections(uow) == []


@pytest.mark.usefixtures("spring")
def test_the_coalition_coordinator_counts_each_section_but_sees_no_case(runtime):
    secretariat = make_section(runtime.units, "SEC", kind=SectionKind.SECRETARIAT)
    make_section(runtime.units, "EC")
    coordinator = make_actor(runtime.units, (secretariat, Role.COALITION_COORDINATOR))
    with runtime.units.begin(coordinator) as uow:
        assert [section.code for section in reportable_sections(uow)] == ["EC", "ES", "SEC"]
        assert count_cases(uow, SPRING).total == 5
        assert export_counts(uow, SPRING).total == 5
        assert case_list(uow, CaseFilters(), Window(cursor=None)).total == 0


@pytest.mark.usefixtures("spring")
def test_an_export_is_recorded_in_the_audit_trail(runtime, section, reporter):
    auditor = make_actor(runtime.units, (section, Role.AUDITOR))
    before = trail(runtime, auditor)
    with runtime.units.begin(reporter) as uow:
        assert export_counts(uow, SPRING).total == 5
    after = trail(runtime, auditor)
    period = {"opened_from": [None, "2026-01-01"], "opened_until": [None, str(min(today(), date(2026, 12, 31)))]}
    added = [entry for entry_id, entry in after.items() if entry_id not in before]
    assert added == [(reporter.user_id, "report.exported", "section", section.id, period)]


@pytest.mark.usefixtures("spring")
def test_a_caseworker_counts_but_may_not_export(runtime, worker):
    with pytest.raises(Forbidden, match="not download"), runtime.units.begin(worker) as uow:
        export_counts(uow, SPRING)


@pytest.mark.usefixtures("spring")
def test_an_ended_membership_counts_nothing(runtime, reporter):
    assert count(runtime, reporter).total == 5
    end_roles(runtime.units, reporter)
    with pytest.raises(NotFound):
        count(runtime, reporter)
