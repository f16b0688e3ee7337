"""The list of cases as a file: what it holds, its reason, and who finds it in the trail."""

import csv
import io

import pytest
from sqlalchemy import select

from caseflow.features.cases.commands import CaseFilters, Sort
from caseflow.features.cases.downloads import service
from caseflow.features.cases.downloads.commands import ListToTake
from caseflow.features.cases.downloads.service import take_list
from caseflow.features.cases.queries import history
from caseflow.models import AuditEntry, Role
from tests.factories import make_actor, make_case, make_section, share

WHY = "For the meeting of the board"


@pytest.fixture
def spain(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, spain):
    return make_actor(runtime.units, (spain, Role.CASEWORKER), name="Ana")


def rows(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.answer.get_data().decode("utf-8-sig"), newline="")))


def test_the_file_has_the_list_that_was_asked_for(runtime, pages, ana):
    case = make_case(runtime.units, ana, title="=cmd|calc", right="WATER")
    make_case(runtime.units, ana)
    address = pages(ana).get("/cases?right=WATER").links["Download the list"]
    header, *found = rows(pages(ana).submit(address, format="csv", reason=WHY))
    assert header[:2] == ["case", "title"]
    assert [row[:3] for row in found] == [[case.reference, "'=cmd|calc", "ES"]]


def test_a_spreadsheet_is_offered_first(runtime, pages, ana):
    make_case(runtime.units, ana)
    drawn = pages(ana).get("/cases/download")
    answer = pages(ana).post("/cases/download", dict(drawn.form().values()) | {"reason": WHY}).answer
    assert answer.get_data()[:2] == b"PK"
    assert 'filename="cases.xlsx"' in answer.headers["Content-Disposition"]


def test_a_reason_is_needed(pages, ana):
    assert pages(ana).submit("/cases/download", reason=" ", status=422).error_at("reason")


def test_the_trail_of_the_section_and_the_history_of_a_shared_case_name_the_reason(runtime, ana, spain):
    ben = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    make_case(runtime.units, ana)
    shared, _hidden = make_case(runtime.units, ben), make_case(runtime.units, ben)
    share(runtime.units, ben, shared, ana)
    with runtime.units.begin(ana) as uow:
        asked = ListToTake(filters=CaseFilters(), sort=Sort.OPENED, is_reversed=False, reason=WHY)
        assert len(take_list(uow, asked).rows) == 2
    auditor = make_actor(runtime.units, (spain, Role.AUDITOR))
    with runtime.units.begin(auditor) as uow:
        found = uow.session.scalars(select(AuditEntry).where(AuditEntry.action == "case_list.exported")).all()
        assert [one.changes for one in found] == [{"reason": [None, WHY], "cases": [None, 1]}]
    with runtime.units.begin(ben) as uow:
        latest = history(uow, shared.id, limit=1)[0]
        assert (latest.action, latest.changes["reason"]) == ("case_list.exported", [None, WHY])


def test_a_list_that_is_too_long_is_cut(runtime, ana, monkeypatch):
    for _ in range(3):
        make_case(runtime.units, ana)
    monkeypatch.setattr(service, "MOST_TAKEN", 2)
    with runtime.units.begin(ana) as uow:
        asked = ListToTake(filters=CaseFilters(), sort=Sort.OPENED, is_reversed=False, reason=WHY)
        taken = take_list(uow, asked)
    assert (len(taken.rows), taken.is_cut) == (2, True)
