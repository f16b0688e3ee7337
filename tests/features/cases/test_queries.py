"""The list: pages, filters, search."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from caseflow.clock import now, today
from caseflow.db.paging import Cursor
from caseflow.features.cases.commands import CaseFilters, ListView, Sort, Window
from caseflow.features.cases.lists.queries import case_list, view_counts
from caseflow.features.cases.queries import NextDue
from caseflow.features.sections.commands import Scope
from caseflow.features.sections.queries import fileable
from caseflow.models import Assessment, DeadlineKind, Outlook, Role, Stage, Urgency
from tests.factories import (
    alter_case,
    clock,
    in_days,
    make_actor,
    make_case,
    make_claim,
    make_deadline,
    make_section,
    move_to,
    set_clocks,
    share,
)

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
        ({"stage": ("verification",)}, ["School"]),
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
    due = {row.case.id: row.next_due for row in found(runtime, ana).rows}
    assert due == {case.id: NextDue(DeadlineKind.MANUAL, "Answer the court", in_days(3)), other.id: None}


def days(runtime, actor, case, hard=None, soft=None):
    for number, kind in ((hard, DeadlineKind.COMMITTEE_REQUEST), (soft, DeadlineKind.TASK)):
        if number is not None:
            make_deadline(runtime.units, actor, case, kind=kind, title="Write", due_on=in_days(number))


@pytest.fixture
def dated(runtime, ana):
    """Cases with days that cannot be undone, with other days, with both, and with none."""
    for name, hard, soft in (
        ("None", None, None),
        ("Task", None, 1),
        ("Later", 40, 2),
        ("Soon", 5, 3),
        ("Old", 2, None),
    ):
        days(runtime, ana, make_case(runtime.units, ana, title=name), hard, soft)


def sorted_titles(runtime, actor, size, **window):
    """Return the titles of all pages forwards, and of all pages backwards."""
    with runtime.units.begin(actor) as uow:
        page = case_list(uow, CaseFilters(), Window(size=size, **window))
        forwards = titles(page)
        while page.older:
            page = case_list(uow, CaseFilters(), Window(size=size, cursor=Cursor.parse(str(page.older)), **window))
            forwards += titles(page)
        backwards = titles(page)
        while page.newer:
            page = case_list(uow, CaseFilters(), Window(size=size, cursor=Cursor.parse(str(page.newer)), **window))
            backwards = titles(page) + backwards
    return forwards, backwards


@pytest.mark.usefixtures("dated")
@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_days_that_cannot_be_undone_come_first_then_the_others(runtime, ana, size):
    forwards, backwards = sorted_titles(runtime, ana, size, sort=Sort.DUE)
    assert forwards == backwards == ["Old", "Soon", "Later", "Task", "None"]
    forwards, backwards = sorted_titles(runtime, ana, size, sort=Sort.DUE, is_reversed=True)
    assert forwards == backwards == ["None", "Task", "Later", "Soon", "Old"]


@pytest.mark.usefixtures("dated")
@pytest.mark.parametrize("sort", list(Sort))
def test_every_order_has_every_case_once(runtime, ana, sort):
    for is_reversed in (False, True):
        forwards, backwards = sorted_titles(runtime, ana, 2, sort=sort, is_reversed=is_reversed)
        assert forwards == backwards
        assert sorted(forwards) == ["Later", "None", "Old", "Soon", "Task"]


@pytest.mark.usefixtures("dated")
def test_the_next_deadline_is_the_one_that_cannot_be_undone(runtime, ana):
    due = {row.case.title: row.next_due for row in found(runtime, ana).rows}
    assert due["Soon"].kind is DeadlineKind.COMMITTEE_REQUEST, "not the task that is due before it"
    assert due["Task"].kind is DeadlineKind.TASK
    assert due["None"] is None


@pytest.mark.usefixtures("dated")
def test_the_last_activity_comes_first(runtime, ana):
    with runtime.units.begin(ana) as uow:
        old = next(case for case in case_list(uow, CaseFilters(), Window()).cases if case.title == "Old")
    move_to(runtime.units, ana, old, Stage.VERIFICATION)
    assert sorted_titles(runtime, ana, 50, sort=Sort.ACTIVITY)[0][0] == "Old"


def test_views_and_their_counts(runtime, ana, section):
    """Each view has its cases, and its number is the length of its list; hidden cases are not counted."""
    eva = make_actor(runtime.units, (section, Role.CASEWORKER))
    foreign = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    make_case(runtime.units, foreign, title="Foreign")
    mine, ended, free, due = (make_case(runtime.units, ana, title=name) for name in ("Mine", "Ended", "Free", "Due"))
    alter_case(runtime.units, ana, ended, stage=Stage.CLOSED)
    alter_case(runtime.units, ana, free, owner_id=None)
    alter_case(runtime.units, ana, make_case(runtime.units, eva, title="Review"), stage=Stage.READINESS_REVIEW)
    fileable, quiet = make_case(runtime.units, eva, title="Fileable"), make_case(runtime.units, eva, title="Quiet")
    days(runtime, ana, due, soft=7)
    days(runtime, ana, mine, soft=8)
    assessed(runtime, ana, fileable, Outlook.INCOMPLETE, clock_in=30)
    for case in (mine, free):
        assessed(runtime, ana, case, Outlook.PREMATURE, clock_in=30)
    assessed(runtime, ana, due, Outlook.CLEAR, clock_in=-1)
    assessed(runtime, ana, quiet, Outlook.CLEAR, quiet_days=62)
    expected = {
        ListView.MINE: ["Due", "Mine"],
        ListView.DUE: ["Due"],
        ListView.FILEABLE: ["Fileable"],
        ListView.REVIEW: ["Review"],
        ListView.UNOWNED: ["Free"],
        ListView.QUIET: ["Quiet"],
        None: ["Due", "Ended", "Fileable", "Free", "Mine", "Quiet", "Review"],
    }
    for view, wanted in expected.items():
        assert sorted(titles(found(runtime, ana, view=view, on=today()))) == wanted, view
    del expected[None]  # the list says how many there are
    with runtime.units.begin(ana) as uow:
        assert view_counts(uow, today()) == {view: len(wanted) for view, wanted in expected.items()}


def test_views_count_the_cases_that_another_section_shares(runtime, ana):
    """A case that is shared and of one's own section too is counted once."""
    foreign = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    for actor, stage in ((foreign, Stage.READINESS_REVIEW), (foreign, Stage.INTAKE), (ana, Stage.READINESS_REVIEW)):
        case = make_case(runtime.units, actor)
        alter_case(runtime.units, actor, case, stage=stage, owner_id=None)
        share(runtime.units, actor, case, ana)
    with runtime.units.begin(ana) as uow:
        counts = view_counts(uow, today())
    assert (counts[ListView.REVIEW], counts[ListView.UNOWNED], counts[ListView.MINE]) == (2, 3, 0)


def assessed(runtime, actor, case, outlook=None, *, clock_in=None, quiet_days=None):
    """Give a case the outlook and the clock of an assessment, and a day of its last activity."""
    if clock_in is not None:
        set_clocks(runtime.units, actor, case, clock(in_days(clock_in)))
    with runtime.units.begin(actor) as uow:
        if outlook:
            uow.session.execute(text("UPDATE assessment SET is_current = false WHERE case_id = :id"), {"id": case.id})
            versions = {"assessed_on": today(), "confirmed_on": today(), "ruleset": "1", "data": "1", "digest": b""}
            uow.session.add(Assessment(case_id=case.id, cause="change", outlook=outlook, findings={}, **versions))
    if quiet_days is not None:
        with runtime.units.begin(actor) as uow:
            values = {"id": case.id, "at": now() - timedelta(days=quiet_days)}
            uow.session.execute(text("UPDATE case_listing SET active_at = :at WHERE case_id = :id"), values)


def test_a_case_can_be_filed_while_the_year_of_one_claim_runs(runtime, ana):
    """The year of another claim has ended; on the home of a section and in the list it is the same cases."""
    for name, days in (("One runs", (-20, 40)), ("All ended", (-20, -1)), ("Last day", (0,))):
        case = make_case(runtime.units, ana, title=name)
        assessed(runtime, ana, case, Outlook.ARGUABLE)
        set_clocks(
            runtime.units, ana, case, *(clock(in_days(day), f"one_year:{number}") for number, day in enumerate(days))
        )
    assert sorted(titles(found(runtime, ana, view=ListView.FILEABLE, on=today()))) == ["Last day", "One runs"]
    with runtime.units.begin(ana) as uow:
        lines, number = fileable(uow, Scope(sections=None, at=now()), 10)
    assert [(line.case_title, line.safe_until) for line in lines] == [
        ("Last day", in_days(0)),
        ("One runs", in_days(40)),
    ]
    assert number == 2


def test_new_filters_narrow_to_their_cases(runtime, ana):
    urgent, other = (make_case(runtime.units, ana, title=title) for title in ("Urgent", "Other"))
    alter_case(runtime.units, ana, urgent, urgency=Urgency.URGENT)
    assessed(runtime, ana, urgent, Outlook.ARGUABLE, clock_in=30)
    assessed(runtime, ana, other, quiet_days=20)
    for filters, expected in (
        ({"urgency": "urgent"}, ["Urgent"]),
        ({"stage": ("intake", "verification")}, ["Other", "Urgent"]),
        ({"outlook": "arguable"}, ["Urgent"]),
        ({"clock_before": in_days(30)}, ["Urgent"]),
        ({"clock_before": in_days(29)}, []),
        ({"active_before": today() - timedelta(days=19)}, ["Other"]),
        ({"active_before": today() - timedelta(days=22)}, []),
    ):
        assert sorted(titles(found(runtime, ana, **filters))) == expected, filters
