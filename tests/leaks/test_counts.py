"""What somebody who sees no case can learn from all counts together: no small number, and nothing of a sealed case."""

from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest

from caseflow.features.reports.commands import CountsQuery
from caseflow.features.reports.service import count_cases
from caseflow.features.reports.suppression import SMALLEST
from caseflow.models import Role, SectionKind, Stage
from tests.factories import alter_case, make_actor, make_case, make_section, seal

RIGHTS = ("HOUSING", "HOUSING", "HOUSING", "WATER", "EDU")


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def cases(runtime, section):
    """Thirty cases of two years, and three sealed ones about a right of their own."""
    chance, worker = Random(7), make_actor(runtime.units, (section, Role.CASEWORKER))
    for number in range(30):
        case = make_case(
            runtime.units, worker, right=chance.choice(RIGHTS), opened_on=date(2024, 7, 1) + timedelta(number * 12)
        )
        if number % 10 == 0:
            alter_case(runtime.units, worker, case, stage=Stage.FILED)
    for _ in range(3):
        seal(runtime.units, worker, make_case(runtime.units, worker, right="FOOD", opened_on=date(2024, 8, 1)))


def people_without_cases(runtime, section):
    secretariat = make_section(runtime.units, "SEC", kind=SectionKind.SECRETARIAT)
    yield make_actor(runtime.units, (section, Role.SECTION_REPORTER))
    yield make_actor(runtime.units, (secretariat, Role.COALITION_COORDINATOR))


@pytest.mark.usefixtures("cases")
def test_no_small_number_follows_from_any_counts_of_any_periods(runtime, section):
    """One period minus another, the total minus the rest of its table, and the numbers themselves."""
    days = [date(2024, 1, 1) + timedelta(days=41 * step) for step in range(18)]
    for person in people_without_cases(runtime, section):
        totals = set()
        with runtime.units.begin(person) as uow:
            for first, last in combinations(days, 2):
                counts = count_cases(uow, CountsQuery(section_code="ES", opened_from=first, opened_until=last))
                assert counts.total is None or counts.total >= SMALLEST
                totals.add((counts.of.opened_from, counts.of.opened_until, counts.total))
                for dimension in ("stage", "month"):
                    shown = [number for number in counts.by[dimension].values() if number is not None]
                    rest = (counts.total or 0) - sum(shown)
                    assert not any(0 < number < SMALLEST for number in (*shown, rest)), (dimension, counts)
                assert not any(0 < (number or 0) < SMALLEST for number in counts.by["right"].values())
                assert "FOOD" not in counts.by["right"]
        numbers = {year: total for year, _, total in totals}
        assert len(numbers) == len(totals) == 2, "periods do not overlap"
        assert sum(numbers.values()) == 30
