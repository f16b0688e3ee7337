"""The log of reprisals: seen in the section of the case alone, only added to, and said to coordinators without its words."""

from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from caseflow.errors import Forbidden, Invalid
from caseflow.features.cases.queries import history
from caseflow.features.cases.service import editable_case
from caseflow.features.communications.reprisals.commands import NewReprisalEntry
from caseflow.features.communications.reprisals.service import add_entry
from caseflow.law.dates import UncertainDate
from caseflow.models import GrantLevel, Mail, ReportedTo, Reprisal, ReprisalEntryKind, Role, Task
from tests.factories import days_ago, in_days, make_actor, make_case, make_person, make_section, share
from tests.factories.merging import merge, merge_two_cases
from tests.factories.reprisals import make_reprisal

K = ReprisalEntryKind
WORDS = "Two men followed her home."


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def stranger(runtime, ana, case):
    """Somebody of another section, who may change the case."""
    worker = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.SECTION_COORDINATOR))
    share(runtime.units, ana, case, worker, GrantLevel.WRITE)
    return worker


def log_of(case):
    return f"/cases/{case.id}/reprisals"


def add(runtime, who, case, event, kind=K.RESULT, **given):
    with runtime.units.begin(who) as uow:
        new = NewReprisalEntry(**{"kind": kind, "text": "The police took it down.", **given})
        return add_entry(uow, editable_case(uow, case.id), event, new)


def test_the_log_is_read_and_added_to_on_its_page(runtime, ana, case, pages):
    victim = make_person(runtime.units, ana, case, name="Rosa Navarro")
    browser = pages(ana)
    assert log_of(case) in browser.get(f"/cases/{case.id}/committee").html
    late = {"happened__month": "5", "happened__year": "2025", "happened__bound": "about"}
    page = browser.submit(
        f"{log_of(case)}/new",
        text="Rosa Navarro was dismissed.",
        person_id=str(victim.person_id),
        is_continuing="yes",
        **late,
    )
    assert f"may contain a name of {victim.code_name}" in page.words
    assert f"about May 2025: {victim.code_name}" in page.words
    assert "Goes on" in page.words
    make_reprisal(runtime.units, ana, case, happened=days_ago(3))
    page = browser.get(log_of(case))
    assert page.words.index(WORDS) < page.words.index("was dismissed")
    event = page.html.rpartition('id="reprisal-')[2].partition('"')[0]
    page = browser.submit(
        f"{log_of(case)}/{event}/new",
        kind="reported",
        to_whom="committee",
        text="By letter",
        happened__year="2025",
    )
    assert "Reported: Committee" in page.words
    assert "2025: By letter" in page.words
    page = browser.submit(f"{log_of(case)}/{event}/new", kind="ended", text="Taken back")
    assert "Goes on" not in page.words


def test_another_section_sees_nothing_whatever_is_shared(runtime, ana, case, stranger, pages):
    event = make_reprisal(runtime.units, ana, case)
    browser = pages(stranger)
    foreign = {"may_name": ("ES",)}
    assert log_of(case) not in browser.get(f"/cases/{case.id}/committee", **foreign).html
    for address in (log_of(case), f"{log_of(case)}/new", f"{log_of(case)}/{event.id}/new"):
        assert WORDS not in browser.get(address, status=403, **foreign).words
    for page in ("history", "chronology", "tasks"):
        assert WORDS not in browser.get(f"/cases/{case.id}/{page}", **foreign).html
    with runtime.units.begin(stranger) as uow:
        assert uow.session.scalar(select(func.count()).select_from(Reprisal)) == 0
    for act in (lambda: make_reprisal(runtime.units, stranger, case), lambda: add(runtime, stranger, case, event)):
        with pytest.raises(Forbidden):
            act()
    with pytest.raises(DBAPIError), runtime.units.begin(stranger) as uow:
        uow.session.add(Reprisal(case_id=case.id, kind=K.EVENT, text="x", written_by_id=stranger.user_id))


@pytest.mark.parametrize("statement", ["UPDATE reprisal SET text = 'x'", "DELETE FROM reprisal"])
def test_nothing_is_changed_or_removed(runtime, ana, case, statement):
    make_reprisal(runtime.units, ana, case)
    with pytest.raises(DBAPIError, match="permission denied"), runtime.units.begin(ana) as uow:
        uow.session.execute(text(statement))


def test_coordinators_get_a_task_and_the_words_stay_in_the_log(runtime, ana, lead, case, pages):
    event = make_reprisal(runtime.units, ana, case)
    add(runtime, ana, case, event)
    with runtime.units.begin(ana) as uow:
        (task,) = uow.session.scalars(select(Task).where(Task.case_id == case.id))
        assert (task.given_to_id, task.due_on) == (lead.user_id, in_days(0))
        said = [one for one in history(uow, case.id, limit=9) if one.action.startswith("reprisal.")]
        assert [(one.action, one.changes) for one in said] == [("reprisal.added", {}), ("reprisal.recorded", {})]
        kept = uow.session.scalars(select(Task.title + Task.details)).all()
        assert uow.session.scalar(select(func.count()).select_from(Mail)) == 0
        assert not any(word in one for one in kept for word in (WORDS, "witness", "took it down"))
    assert WORDS not in pages(ana).get(f"/cases/{case.id}/chronology").html


def test_merges_of_cases_and_of_persons_keep_the_log(runtime, ana, lead, case, pages):
    people = [make_person(runtime.units, ana, case, name="Luis Ortega") for _ in range(2)]
    event = make_reprisal(runtime.units, ana, case, person_id=people[1].person_id, whom="")
    add(runtime, ana, case, event)
    merge(runtime.units, lead, *people)
    kept = make_case(runtime.units, ana)
    merge_two_cases(runtime.units, lead, kept, case)
    page = pages(ana).get(log_of(kept))
    assert f"Day not known: {people[0].code_name}" in page.words
    assert "took it down" in page.words


TOMORROW = UncertainDate.of(in_days(2))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"happened": TOMORROW}, "happened"),
        ({"happened": UncertainDate.of(date(1800, 1, 1))}, "happened"),
        ({"whom": " "}, "whom"),
        ({"text": " "}, "text"),
        ({"person_id": "stranger"}, "person_id"),
    ],
)
def test_a_faulty_event_is_refused_at_its_field(runtime, ana, case, given, field):
    if "person_id" in given:
        given = {"person_id": make_person(runtime.units, ana, make_case(runtime.units, ana)).person_id}
    with pytest.raises(Invalid) as refused:
        make_reprisal(runtime.units, ana, case, **given)
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"happened": TOMORROW}, "happened"),
        ({"happened": days_ago(20)}, "happened"),
        ({"text": " "}, "text"),
        ({"kind": K.EVENT}, "kind"),
        ({"kind": K.REPORTED}, "to_whom"),
        ({"to_whom": ReportedTo.POLICE}, "to_whom"),
    ],
)
def test_a_faulty_entry_is_refused_at_its_field(runtime, ana, case, given, field):
    event = make_reprisal(runtime.units, ana, case, happened=days_ago(10))
    with pytest.raises(Invalid) as refused:
        add(runtime, ana, case, event, **given)
    assert list(refused.value.fields) == [field]
