"""What somebody who sees no case can learn from all counts together: no small number, and nothing of a sealed case."""

import re
from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest
from sqlalchemy import text

from caseflow.clock import now
from caseflow.features.deadlines.acknowledgements.service import acknowledge
from caseflow.features.deadlines.queries import deadlines_of_cases
from caseflow.features.reports.commands import CountsQuery
from caseflow.features.reports.service import count_cases
from caseflow.features.reports.suppression import SMALLEST
from caseflow.features.sections.coalition.queries import NUMBERS, section_numbers
from caseflow.models import Role, SectionKind, Stage, Urgency
from tests.factories import (
    alter_case,
    clock,
    in_days,
    make_actor,
    make_case,
    make_deadline,
    make_section,
    seal,
    set_clocks,
)

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


@pytest.fixture
def coalition_coordinator(runtime):
    secretariat = make_section(runtime.units, "SEC", kind=SectionKind.SECRETARIAT)
    return make_actor(runtime.units, (secretariat, Role.COALITION_COORDINATOR))


def numbers_of_sections(runtime, person):
    with runtime.units.begin(person) as uow:
        return {one.section.code: dict(zip(NUMBERS, one.numbers, strict=True)) for one in section_numbers(uow, now())}


def test_the_numbers_of_sections_are_those_of_their_cases_without_the_sealed_ones(
    runtime, section, coalition_coordinator
):
    worker = make_actor(runtime.units, (section, Role.CASEWORKER))
    make_section(runtime.units, "EC")
    cases = [make_case(runtime.units, worker) for _ in range(5)]
    set_clocks(runtime.units, worker, cases[0], clock(in_days(30)))
    set_clocks(runtime.units, worker, cases[1], clock(in_days(31)))
    make_deadline(runtime.units, worker, cases[2], days=3)
    alter_case(runtime.units, worker, cases[3], owner_id=None, urgency=Urgency.EMERGENCY)
    alter_case(runtime.units, worker, cases[4], stage=Stage.WITHDRAWN)
    sealed = make_case(runtime.units, worker, urgency=Urgency.EMERGENCY)
    set_clocks(runtime.units, worker, sealed, clock(in_days(3)))
    seal(runtime.units, worker, sealed)
    found = numbers_of_sections(runtime, coalition_coordinator)
    assert found["EC"] == dict.fromkeys(NUMBERS, 0)
    counted = found["ES"]
    assert (counted["open"], counted["irreversible"], counted["overdue"]) == (4, 1, 0)
    assert (counted["unowned"], counted["emergencies"]) == (1, 1)
    with runtime.units.begin(coalition_coordinator) as uow:
        assert not any(one.is_unseen for one in section_numbers(uow, now())), "nothing of a sealed case is reported"


def test_only_coalition_coordinators_get_the_numbers_of_sections(runtime, section):
    other = make_section(runtime.units, "EC")
    for role in set(Role) - {Role.COALITION_COORDINATOR}:
        person = make_actor(runtime.units, (other, role))
        with runtime.units.begin(person) as uow:
            for function in ("caseflow_section_numbers(now())", "caseflow_coordinators_signed_in()"):
                assert uow.session.execute(text(f"SELECT * FROM {function}")).all() == [], (role, function)


def test_the_page_of_the_coalition_shows_no_small_number_of_others_and_names_no_case(
    runtime, pages, section, coalition_coordinator
):
    worker = make_actor(runtime.units, (section, Role.CASEWORKER))
    cases = [make_case(runtime.units, worker, title=f"Foreign {number}") for number in range(7)]
    for case in cases[:6]:
        set_clocks(runtime.units, worker, case, clock(in_days(6)))
    make_deadline(runtime.units, worker, cases[6], days=3)
    page = pages(coalition_coordinator).get("/coalition", may_name=("ES",))
    table = page.html.partition('id="sections"')[2]
    assert "Foreign" not in page.html
    assert "ES-2" not in page.html
    assert "Not acknowledged: cannot be undone within 7 days" in table
    shown = [" ".join(words.split()) for words in re.findall(r'cf-cell__value">\s*([^<]*)', table)]
    assert shown[1:7] == ["7", "5 or more", "0", "5 or more", "0", "0"], shown
    alter_case(runtime.units, worker, cases[0], urgency=Urgency.EMERGENCY)
    assert "fewer than 5" in pages(coalition_coordinator).get("/coalition", may_name=("ES",)).words


def test_an_acknowledged_clock_and_one_in_seven_days_raise_no_alarm_of_the_section(
    runtime, section, coalition_coordinator
):
    worker = make_actor(runtime.units, (section, Role.CASEWORKER))
    case = make_case(runtime.units, worker)

    def is_unseen():
        with runtime.units.begin(coalition_coordinator) as uow:
            return [one.is_unseen for one in section_numbers(uow, now())]

    set_clocks(runtime.units, worker, case, clock(in_days(7)))
    assert is_unseen() == [False]
    set_clocks(runtime.units, worker, case, clock(in_days(6)))
    assert is_unseen() == [True]
    with runtime.units.begin(worker) as uow:
        (row,) = deadlines_of_cases(uow, [case.id])
        acknowledge(uow, row.id, row.version)
    assert is_unseen() == [False]
