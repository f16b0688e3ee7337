"""Counts of cases against States that are not bound: the criteria, who may see them, and which are hidden."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import text

from caseflow.access.actor import JobActor, SystemRole
from caseflow.clock import today
from caseflow.errors import Forbidden
from caseflow.features.reference.queries import Standing
from caseflow.features.reports.advocacy import OTHERS, advocacy
from caseflow.features.reports.documents import advocacy_csv
from caseflow.features.reports.queries import state_counts
from caseflow.features.reports.service import count_not_bound, export_not_bound
from caseflow.law import entry_into_force
from caseflow.models import Role, SectionKind, Stage
from tests.factories import (
    alter_case,
    known,
    make_act,
    make_actor,
    make_case,
    make_claim,
    make_remedy,
    make_section,
    seal,
)

ON = date(2026, 11, 23)
IRELAND, CHILE = "IE", "CL"


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def worker(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def reporter(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_REPORTER))


@pytest.fixture
def coordinator(runtime):
    secretariat = make_section(runtime.units, "SEC", kind=SectionKind.SECRETARIAT)
    return make_actor(runtime.units, (secretariat, Role.COALITION_COORDINATOR))


def case_of(runtime, worker, state=IRELAND, *, continuing=False, pending=None, **columns):
    case = make_case(runtime.units, worker)
    claim = make_claim(runtime.units, worker, case)
    make_act(runtime.units, worker, claim, is_continuing=continuing, continuing_reason="It goes on" * continuing)
    if pending is not None:
        decided = {"outcome": "pending"} if pending else {"decided": known(2021, 1, 1), "outcome": "dismissed"}
        make_remedy(runtime.units, worker, claim, filed=known(2020, 1, 1), **decided)
    alter_case(runtime.units, worker, case, state_code=state, **columns)
    return case


def counted(runtime, person, *states):
    with runtime.units.begin(person) as uow:
        return state_counts(uow, states or (IRELAND, CHILE))


def test_each_case_counts_once_by_the_strongest_criterion(runtime, worker, reporter):
    case_of(runtime, worker, continuing=True, pending=True)
    case_of(runtime, worker, pending=True)
    case_of(runtime, worker, pending=False)
    case_of(runtime, worker)
    case_of(runtime, worker, CHILE, continuing=True)
    assert counted(runtime, reporter) == {IRELAND: {"continuing": 1, "awaited": 1, "past": 2}, CHILE: {"continuing": 1}}


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.WITHDRAWN, Stage.CLOSED_WITHOUT_FILING])
def test_ended_cases_are_not_counted(runtime, worker, reporter, stage):
    case_of(runtime, worker, stage=stage)
    assert counted(runtime, reporter) == {}


def test_only_states_that_are_asked_for(runtime, worker, reporter):
    case_of(runtime, worker, "ES")
    assert counted(runtime, reporter) == {}
    with runtime.units.begin(reporter) as uow:
        assert count_not_bound(uow, ON).rows == ()


def test_a_sealed_case_is_counted_for_those_who_see_it_and_nobody_else(runtime, section, worker, reporter, coordinator):
    """As in reports: else the difference would reveal a sealed case and its acts."""
    colleague = make_actor(runtime.units, (section, Role.CASEWORKER))
    seal(runtime.units, colleague, case_of(runtime, colleague, continuing=True))
    assert counted(runtime, colleague) == {IRELAND: {"continuing": 1}}
    assert [counted(runtime, person) for person in (worker, reporter, coordinator)] == [{}, {}, {}]


def test_another_section_s_cases_are_not_counted(runtime, worker, coordinator):
    case_of(runtime, worker)
    stranger = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.SECTION_COORDINATOR))
    assert counted(runtime, stranger) == {}
    assert counted(runtime, coordinator) == {IRELAND: {"past": 1}}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_other_roles_count_nothing(runtime, section, worker, role):
    case_of(runtime, worker)
    assert counted(runtime, make_actor(runtime.units, (section, role))) == {}
    assert counted(runtime, JobActor(SystemRole.REGISTER)) == {}


def test_the_counter_reads_no_more_of_acts_than_it_counts(engine):
    asked = text("SELECT has_column_privilege('caseflow_counter', 'act', 'what', 'SELECT')")
    with engine.connect() as connection:
        assert connection.scalar(asked) is False


def table(**counts):
    numbers = {code: dict(zip(("continuing", "awaited", "past"), cells, strict=True)) for code, cells in counts.items()}
    return advocacy(numbers, dict.fromkeys(counts, Standing.SIGNED), ON)


def test_states_with_few_cases_are_not_named():
    found = table(IE=(10, 20, 30), CL=(1, 0, 0), GH=(0, 2, 0))
    assert [row.code for row in found.rows] == [OTHERS], (
        "one and two are few together, too, so Ireland stands with them"
    )
    found = table(IE=(10, 20, 30), CL=(3, 0, 0), GH=(0, 3, 0))
    assert [row.code for row in found.rows] == ["IE", OTHERS]
    assert [row.cases[-1] for row in found.rows] == [60, 6]


@pytest.mark.parametrize("counts", [{}, {"IE": (4, 0, 0)}, {"IE": (1, 1, 0), "CL": (0, 0, 2)}])
def test_too_few_cases_in_total_give_no_table(counts):
    found = table(**counts)
    assert found.rows == ()
    assert found.total == ()


def test_a_small_number_is_hidden_with_another():
    found = table(IE=(1, 20, 30), CL=(40, 50, 60))
    assert found.has_hidden
    row = next(row for row in found.rows if row.code == IRELAND)
    assert row.cases[0] is None
    assert sum(number is None for number in row.cases) >= 2


def test_the_day_from_which_facts_would_count():
    assert table(IE=(9, 9, 9)).binding_from == entry_into_force(ON) == date(2027, 2, 23)


@pytest.fixture
def twelve(runtime, worker):
    """Six cases with facts that go on and six that are past, all of Ireland."""
    for continuing in (True, False):
        for _ in range(6):
            case_of(runtime, worker, continuing=continuing)


@pytest.mark.usefixtures("twelve")
def test_the_page(pages, reporter):
    page = pages(reporter).get("/states/advocacy", most=9)
    assert "Ireland Signed, not joined 6 0 6 12" in page.words
    assert "is bound from" in page.words
    assert "/cases" not in page.html


def test_the_page_says_when_there_is_too_little(runtime, pages, worker, reporter):
    case_of(runtime, worker)
    page = pages(reporter).get("/states/advocacy")
    assert "fewer than 5 open cases" in page.words
    assert "Ireland" not in page.words
    assert "/states/advocacy/download" not in page.html


@pytest.mark.usefixtures("twelve")
def test_the_file_has_the_numbers_of_the_page_and_the_trail_has_the_file(runtime, pages, section, reporter):
    file = pages(reporter).submit("/states/advocacy", follow=False).answer
    assert file.headers["Content-Disposition"] == 'attachment; filename="counts.csv"'
    lines = list(csv.DictReader(io.StringIO(file.data.decode("utf-8-sig"), newline="")))
    found = {(line["state"], line["facts"]): (line["cases"], line["note"]) for line in lines}
    assert found[IRELAND, "continuing"] == found[IRELAND, "past"] == ("6", "")
    assert found["", "total"] == ("12", "")
    assert {line["binding_from"] for line in lines} == {entry_into_force(today()).isoformat()}
    with runtime.units.begin(make_actor(runtime.units, (section, Role.AUDITOR))) as uow:
        assert uow.session.scalar(text("SELECT count(*) FROM audit_entry WHERE action = 'report.exported'")) == 1


def test_a_hidden_number_is_an_empty_cell_with_a_note():
    lines = list(csv.DictReader(io.StringIO(advocacy_csv(table(IE=(1, 20, 30)), str).decode("utf-8-sig"))))
    assert ("", "Not shown") in {(line["cases"], line["note"]) for line in lines}
    assert not {line["cases"] for line in lines} & {"1", "2", "3", "4"}


@pytest.mark.usefixtures("twelve")
def test_nothing_is_exported_when_one_section_may_not_be(runtime, pages, worker, section):
    assert "/states/advocacy/download" not in pages(worker).get("/states/advocacy").html
    assert pages(worker).post("/states/advocacy/download", {}).status == 403
    both = make_actor(
        runtime.units, (section, Role.CASEWORKER), (make_section(runtime.units, "EC"), Role.SECTION_REPORTER)
    )
    with pytest.raises(Forbidden, match="not download"), runtime.units.begin(both) as uow:
        export_not_bound(uow, ON)


@pytest.mark.usefixtures("twelve")
def test_a_file_is_not_given_without_the_page_s_token(pages, reporter):
    page = pages(reporter).post("/states/advocacy/download", {})
    assert page.status == 422
    assert "Content-Disposition" not in page.answer.headers
