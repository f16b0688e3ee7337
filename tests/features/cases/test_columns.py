"""The columns of the list: chosen by each person for themselves, and remembered."""

import pytest

from caseflow.models import Role
from tests.factories import make_actor, make_case, make_section

ALL = ["stage", "clock", "due", "missing", "owner", "active", "opened"]


@pytest.fixture
def ana(runtime):
    ana = make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))
    make_case(runtime.units, ana, urgency="urgent")
    return ana


def labels(page) -> set[str]:
    return {name for name in ("Stage", "Next due", "Owner", "Opened") if f'data-label="{name}"' in page.html}


def test_the_usual_columns_are_there_for_somebody_who_chose_none(pages, ana):
    assert labels(pages(ana).get("/cases")) == {"Stage", "Next due", "Owner"}


def test_a_choice_is_remembered_and_leads_back_to_the_same_list(pages, ana):
    list_page = pages(ana).get("/cases?stage=intake")
    chosen = pages(ana).submit(list_page.links["Choose columns"], columns=["due", "opened"])
    assert chosen.answer.request.full_path.rstrip("?") == "/cases?stage=intake"
    assert labels(pages(ana).get("/cases")) == {"Next due", "Opened"}
    assert "Urgent" in pages(ana).get("/cases").words, "what is urgent is seen without the column of the stage too"


def test_no_column_is_a_choice_too_and_can_be_taken_back(pages, ana):
    pages(ana).submit("/cases/columns", columns=[])
    assert labels(pages(ana).get("/cases")) == set()
    pages(ana).submit("/cases/columns", columns=ALL)
    assert labels(pages(ana).get("/cases")) == {"Stage", "Next due", "Owner", "Opened"}


def test_the_choice_of_one_person_is_not_that_of_another(runtime, pages, ana):
    pages(ana).submit("/cases/columns", columns=["owner"])
    eva = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    make_case(runtime.units, eva)
    assert labels(pages(eva).get("/cases")) == {"Stage", "Next due", "Owner"}
