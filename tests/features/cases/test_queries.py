"""The list: pages, filters, search."""

from datetime import date, timedelta

import pytest

from caseflow.clock import today
from caseflow.db.paging import Cursor
from caseflow.features.cases.commands import CaseFilters, Window
from caseflow.features.cases.lists.queries import case_list, next_due
from caseflow.features.cases.queries import NextDue
from caseflow.models import DeadlineKind, Role, Stage
from tests.factories import in_days, make_actor, make_case, make_claim, make_deadline, make_section, move_to

FIRST = date(2026, 3, 1)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


def found(runtime, actor, *, size=50, cursor=None, **filters):
    with runtime.units.begin(actor) as uow:
        return case_list(uow, CaseFilters(**filters), Window(cursor=cursor, size=size))


def titles(page):
    return [case.title for case in page.cases]


@pytest.fixture
def eleven(runtime, ana):
    """Eleven cases, several opened on one day."""
    return [make_case(runtime.units, ana, title=f"C{n}", opened_on=FIRST + timedelta(days=n // 3)) for n in range(11)]


@pytest.mark.parametrize("size", [1, 3, 4, 10, 11, 20])
def test_pages_forwards_and_backwards_lose_nothing(runtime, ana, eleven, size):
    forwards, page = [], found(runtime, ana, size=size)
    pages = [page]
    while page.older:
        page = found(runtime, ana, size=size, cursor=page.older)
        pages.append(page)
    for one in pages:
        forwards += titles(one)
    assert len(forwards) == len(set(forwards)) == 11
    assert [case.opened_on for one in pages for case in one.cases] == sorted(
        (case.opened_on for case in eleven), reverse=True
    )
    backwards = titles(page)
    while page.newer:
        page = found(runtime, ana, size=size, cursor=page.newer)
        backwards = titles(page) + backwards
    assert backwards == forwards
    assert all(one.total == 11 for one in pages)


def test_a_cursor_is_written_and_parsed_and_nonsense_is_the_beginning():
    cursor = Cursor.parse("<2026-03-01_11111111-2222-3333-4444-555555555555")
    assert cursor is not None
    assert cursor.is_backwards
    assert Cursor.parse(str(cursor)) == cursor
    assert [Cursor.parse(text) for text in ("", "x", ">2026-99-99_x", "2026", ">")] == [None] * 5


def test_each_filter_narrows_to_its_cases(runtime, ana, section):
    eva = make_actor(runtime.units, (section, Role.CASEWORKER))
    housing = make_case(runtime.units, ana, title="House", opened_on=FIRST)
    school = make_case(runtime.units, eva, title="School", state_code="EC", right="EDU", opened_on=FIRST + timedelta(9))
    make_claim(runtime.units, ana, housing, rights=("WATER", "SANIT"))
    move_to(runtime.units, eva, school, Stage.VERIFICATION)
    for filters, expected in (
        ({"section": "ES"}, ["School", "House"]),
        ({"section": "XX"}, []),
        ({"state": "EC"}, ["School"]),
        ({"right": "SANIT"}, ["House"]),
        ({"right": "HOUSING"}, []),
        ({"stage": "verification"}, ["School"]),
        ({"owner": str(ana.user_id)}, ["House"]),
        ({"owner": "none"}, []),
        ({"opened_from": FIRST + timedelta(1)}, ["School"]),
        ({"opened_until": FIRST}, ["House"]),
        ({"state": "EC", "right": "WATER"}, []),
    ):
        assert titles(found(runtime, ana, **filters)) == expected, filters


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("desahucio sin aviso", True),
        ("DESAHUCIÓ", True),
        ("malaga", True),
        ("Mála", True),
        ("es-2026", True),
        ("0001", True),
        ('"sin previo aviso"', True),
        ('"aviso previo"', False),
        ("sin -desahucio", False),
        ("100%", False),
        ("_____", False),
        ("'; drop table x --", False),
        ("\\", False),
        ("&|!():*", False),
        ("desahuc", True),
        ("PREV desahú", True),
        ("ahucio", False),
        ("si", False),  # a word of two letters is no prefix
        ('"desahuc"', False),
        ("desahuc OR nada", False),
        ("desahucio OR nada", True),
        ("prev -desahucio", False),
        ("prev:A & !x <-> (", False),
        ("desahuc | 'prev':* \\", True),
    ],
)
def test_search_ignores_accents_and_escapes_special_characters(runtime, ana, text, is_found):
    make_case(runtime.units, ana, title="Desahució sin previo aviso", place_region="Málaga", opened_on=date(2026, 5, 5))
    assert bool(found(runtime, ana, text=text).cases) is is_found


def test_nobody_finds_the_words_of_another_section(runtime, ana):
    other = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    make_case(runtime.units, ana, title="Desahucio")
    page = found(runtime, other, text="desahucio")
    assert (page.cases, page.total) == ([], 0)


def test_the_latest_day_is_today(runtime, ana):
    assert make_case(runtime.units, ana).opened_on == today()


def test_the_list_has_the_next_deadline_of_each_case(runtime, ana):
    case, other = make_case(runtime.units, ana), make_case(runtime.units, ana)
    for days, title in ((9, "Later"), (3, "Answer the court")):
        make_deadline(runtime.units, ana, case, title=title, due_on=in_days(days))
    with runtime.units.begin(ana) as uow:
        assert next_due(uow, []) == {}
        due = next_due(uow, [case.id, other.id])
    assert due == {case.id: NextDue(DeadlineKind.MANUAL, "Answer the court", in_days(3))}
