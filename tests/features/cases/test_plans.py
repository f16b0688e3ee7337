"""The lists use their indexes under row security. Checks query plans, not times, and with no planner option switched off."""

from random import Random

import pytest

from bench.coalition import Coalition, Office
from bench.plans import ListRequest, Plan, plans_of_list
from bench.rows import RARE_RIGHT
from bench.seed import seed
from bench.texts import RARE_WORD
from caseflow.access import PersonActor
from caseflow.clock import today
from caseflow.features.cases.commands import CaseFilters, ListView, Sort
from caseflow.runtime import make_runtime

CASES = 5_000
"""Enough that a sequential scan is the worse plan."""

pytestmark = [pytest.mark.commits, pytest.mark.slow]  # on the large data of the benchmark


class Lists:
    """Explains the list for the coordinators of the seeded sections."""

    def __init__(self, runtime, coalition: Coalition) -> None:
        self.runtime, self.coalition = runtime, coalition

    def explain(self, office: Office, filters: CaseFilters, sort: Sort = Sort.OPENED) -> list[Plan]:
        actor = PersonActor(office.coordinator, "")
        return plans_of_list(self.runtime.units, self.runtime.engine, actor, ListRequest("list", filters, sort=sort))


@pytest.fixture
def lists(database) -> Lists:
    coalition = seed(database.superuser_url, CASES, Random(7), today())
    runtime = make_runtime(database.settings, engine=database.engine, sessions=database.sessions)
    return Lists(runtime, coalition)


def test_every_list_finds_its_rows_by_an_index(lists) -> None:
    owner, code = lists.coalition.large.workers[0], lists.coalition.large.code
    expected = {
        "ix_case_section_opened": CaseFilters(),
        "ix_case_owner_opened": CaseFilters(owner=str(owner)),
        "ix_case_rights": CaseFilters(right=RARE_RIGHT),
        "ix_case_search": CaseFilters(text=RARE_WORD),
        "ix_case_lookup": CaseFilters(text=f"{code}-2025-00"[1:]),
    }
    for office in (lists.coalition.large, lists.coalition.small):
        for index, filters in expected.items():
            plans = lists.explain(office, filters)
            assert index in plans[0].indexes, (index, plans[0].nodes)
            assert not any(plan.faults for plan in plans)
            if index in plans[0].nodes[0] and plans[0].nodes[0].startswith("function"):
                assert plans[0].buffers < 1_000, (index, plans[0])
    # The list of a small section does not read the cases of all others.
    ids, rows = lists.explain(lists.coalition.small, CaseFilters())
    assert ids.buffers < 1_000  # of 8 KiB; all cases together take about five thousand
    assert "ix_deadline_case_open" in rows.indexes


def test_every_order_and_view_finds_its_rows_by_an_index(lists) -> None:
    expected = {
        (Sort.DUE, None): "ix_case_listing_due",
        (Sort.CLOCK, None): "ix_case_listing_clock",
        (Sort.CLOCK, ListView.FILEABLE): "ix_case_listing_clock",
        (Sort.ACTIVITY, None): "ix_case_listing_active",
    }
    for (sort, view), index in expected.items():
        plans = lists.explain(lists.coalition.large, CaseFilters(view=view, on=today()), sort)
        assert index in plans[0].indexes, (sort, view, plans[0].nodes)
        small = lists.explain(lists.coalition.small, CaseFilters(view=view, on=today()), sort)
        assert small[0].buffers < 1_000, (sort, view, small[0])
        assert not any(plan.faults for plan in (*plans, *small))
