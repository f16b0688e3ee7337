"""Manual deadlines: kinds, days, hours in other time zones, and changes."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine

from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.features.deadlines.acknowledgements.service import acknowledge
from caseflow.features.deadlines.commands import NewDeadline
from caseflow.features.deadlines.manual import columns_of, is_ambiguous_hour
from caseflow.features.deadlines.service import complete, edit_deadline
from caseflow.models import DeadlineKind, Role
from caseflow.models.deadline_kinds import KINDS, MANUAL_KINDS
from tests.factories import (
    clock,
    deadlines_seen,
    in_days,
    make_actor,
    make_deadline,
    reminders_seen,
    set_clocks,
)

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
MADRID = "Europe/Madrid"


def act(day: date, hour: time | None, zone: str = MADRID) -> NewDeadline:
    return NewDeadline(title="Eviction", due_on=day, kind=DeadlineKind.THREATENED_ACT, hour=hour, zone=zone)


def refused_field(new: NewDeadline, section_zone: str = "UTC") -> str:
    with time_machine.travel(NOON), pytest.raises(Invalid) as refused:
        columns_of(new, section_zone)
    return next(iter(refused.value.fields))


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - set(MANUAL_KINDS)))
def test_computed_kinds_are_refused(kind):
    assert refused_field(NewDeadline(title="x", due_on=date(2026, 7, 1), kind=kind)) == "kind"


@pytest.mark.parametrize("kind", MANUAL_KINDS)
def test_every_manual_kind_is_added_with_reminders_and_not_changed_by_the_engine(runtime, owner, case, kind):
    hour = {"hour": time(9), "zone": MADRID} if kind is DeadlineKind.THREATENED_ACT else {}
    make_deadline(runtime.units, owner, case, kind=kind, days=20, **hour)
    set_clocks(runtime.units, owner, case)
    (row,) = deadlines_seen(runtime.units, owner)
    assert (row.kind, row.done_at) == (kind, None)
    assert reminders_seen(runtime.units, owner)


def test_an_hour_is_in_its_own_time_zone():
    with time_machine.travel(NOON):
        columns = columns_of(act(date(2026, 7, 1), time(9, 30), "America/Guayaquil"), "UTC")
    assert columns["due_at"] == datetime(2026, 7, 1, 14, 30, tzinfo=UTC)
    assert columns["zone"] == "America/Guayaquil"


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (act(date(2026, 7, 1), None), "hour"),
        (act(date(2026, 7, 1), time(9), "Nowhere"), "zone"),
        (act(date(2027, 3, 28), time(2, 30)), "hour"),  # the clocks go from 2 to 3
        (act(date(2026, 6, 1), time(13, 59)), "hour"),  # it is 14:00 in Madrid
        (act(date(2026, 5, 31), time(9)), "due_on"),
        (NewDeadline(title="x", due_on=date(2026, 7, 1), hour=time(9)), "hour"),
        (NewDeadline(title=" ", due_on=date(2026, 7, 1)), "title"),
        (NewDeadline(title="x", due_on=date(2026, 5, 31)), "due_on"),
        (NewDeadline(title="x", due_on=date(2056, 7, 1)), "due_on"),
    ],
)
def test_impossible_values_are_refused_at_their_field(new, field):
    assert refused_field(new) == field


def test_of_an_ambiguous_hour_the_first_is_taken():
    with time_machine.travel(NOON):
        columns = columns_of(act(date(2026, 10, 25), time(2, 30)), "UTC")
    assert columns["due_at"] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert is_ambiguous_hour(date(2026, 10, 25), time(2, 30), MADRID)
    assert not is_ambiguous_hour(date(2026, 10, 25), time(3, 30), MADRID)
    assert not is_ambiguous_hour(date(2027, 3, 28), time(2, 30), MADRID)


@pytest.mark.parametrize(
    ("zone", "day", "begins"),
    [
        ("Africa/Cairo", date(2027, 4, 30), datetime(2027, 4, 29, 22, tzinfo=UTC)),
        ("Asia/Beirut", date(2027, 3, 28), datetime(2027, 3, 27, 22, tzinfo=UTC)),
        ("America/Santiago", date(2026, 9, 6), datetime(2026, 9, 6, 4, tzinfo=UTC)),
        ("America/Havana", date(2027, 3, 14), datetime(2027, 3, 14, 5, tzinfo=UTC)),
        ("Europe/Madrid", date(2027, 3, 28), datetime(2027, 3, 27, 23, tzinfo=UTC)),
    ],
)
def test_midnight_is_the_first_moment_of_the_day_where_the_clocks_skip_it(zone, day, begins):
    with time_machine.travel(NOON):
        assert columns_of(act(day, time(0), zone), "UTC")["due_at"] == begins


def test_other_hours_that_the_clocks_skip_are_refused():
    assert refused_field(act(date(2027, 4, 30), time(0, 30), "Africa/Cairo")) == "hour"
    assert refused_field(act(date(2027, 3, 28), time(0, 1), "Asia/Beirut")) == "hour"


# --- changing ---------------------------------------------------------------------------------------------------------


def test_a_changed_day_moves_the_reminders_and_must_be_acknowledged_again(runtime, section, owner, case):
    boss = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    kind = DeadlineKind.COMMITTEE_REQUEST
    row = make_deadline(runtime.units, owner, case, days=40, kind=kind)
    with runtime.units.begin(owner) as uow:
        acknowledge(uow, row.id, row.version)
    with runtime.units.begin(owner) as uow:
        edit_deadline(
            uow, row.id, row.version, NewDeadline(title="Answer", due_on=in_days(60), kind=kind, note="By post")
        )
    (after,) = deadlines_seen(runtime.units, owner)
    assert (after.title, after.due_on, after.note) == ("Answer", in_days(60), "By post")
    assert after.dated_at > row.dated_at
    active = [one for one in reminders_seen(runtime.units, owner) if one.status.value == "waiting"]
    assert {one.deadline_version for one in active} == {after.version}
    assert {one.threshold for one in active if one.recipient_id == boss.user_id} == {5, -1}


def test_another_title_keeps_day_and_acknowledgement(runtime, owner, case):
    row = make_deadline(runtime.units, owner, case, days=40)
    with runtime.units.begin(owner) as uow:
        edit_deadline(uow, row.id, row.version, NewDeadline(title="Another title", due_on=row.due_on))
    (after,) = deadlines_seen(runtime.units, owner)
    assert after.dated_at == row.dated_at


def test_an_overdue_one_is_corrected_without_a_new_day(runtime, owner, case):
    with time_machine.travel(NOON):
        row = make_deadline(runtime.units, owner, case, due_on=date(2026, 6, 2))
    with time_machine.travel(datetime(2026, 6, 9, tzinfo=UTC)), runtime.units.begin(owner) as uow:
        assert (
            edit_deadline(uow, row.id, row.version, NewDeadline(title="Corrected", due_on=row.due_on)).title
            == "Corrected"
        )


def test_a_deadline_that_was_changed_or_done_meanwhile_is_a_conflict(runtime, owner, case):
    row = make_deadline(runtime.units, owner, case, days=40)
    with runtime.units.begin(owner) as uow:
        edit_deadline(uow, row.id, 1, NewDeadline(title="First", due_on=row.due_on))
    with runtime.units.begin(owner) as uow, pytest.raises(Conflict):
        edit_deadline(uow, row.id, 1, NewDeadline(title="Second", due_on=row.due_on))
    with runtime.units.begin(owner) as uow:
        complete(uow, row.id, 2, "done")
    with runtime.units.begin(owner) as uow, pytest.raises(Conflict):
        edit_deadline(uow, row.id, 3, NewDeadline(title="Third", due_on=row.due_on))


def test_a_computed_date_is_not_changed_by_hand(runtime, pages, owner, case):
    set_clocks(runtime.units, owner, case, clock(in_days(40)))
    (row,) = deadlines_seen(runtime.units, owner)
    with runtime.units.begin(owner) as uow, pytest.raises(Forbidden):
        edit_deadline(uow, row.id, row.version, NewDeadline(title="x", due_on=in_days(50)))
    assert pages(owner).client.get(f"/deadlines/{row.id}/edit").status_code == 403


# --- the pages --------------------------------------------------------------------------------------------------------


def test_a_threatened_act_is_added_shown_with_its_hour_and_changed(runtime, pages, owner, case):
    day = in_days(5)
    boxes = {"due_on__day": str(day.day), "due_on__month": str(day.month), "due_on__year": str(day.year)}
    given = {"kind": "threatened_act", "title": "Eviction", "hour": "9.30", "zone": "America/Guayaquil"}
    page = pages(owner).submit(f"/cases/{case.id}/deadlines/new", **given, **boxes)
    assert "09:30" in page.words
    assert "4 days" in page.words or "5 days" in page.words, "a countdown in words"
    (row,) = deadlines_seen(runtime.units, owner)
    assert f'href="/deadlines/{row.id}/edit"' in page.html
    drawn = pages(owner).get(f"/deadlines/{row.id}/edit")
    values = drawn.form().values()
    assert (values["hour"], values["zone"]) == (["09:30"], ["America/Guayaquil"])
    after = pages(owner).send(drawn, hour="10:00", title="Eviction of the house")
    assert "10:00" in after.words
    history = pages(owner).get(f"/cases/{case.id}/history").words
    assert "Changed a deadline" in history


def test_invalid_input_is_kept_in_the_form(runtime, pages, owner, case):
    given = {"kind": "threatened_act", "title": "Eviction", "hour": "25:99", "due_on__day": "31"}
    page = pages(owner).submit(f"/cases/{case.id}/deadlines/new", status=422, **given)
    values = page.form().values()
    assert (values["hour"], values["kind"], values["title"]) == (["25:99"], ["threatened_act"], ["Eviction"])
    assert page.error_at("hour") == "Enter a time from 00:00 to 23:59, for example 14:30."


def test_the_form_shows_who_is_notified_when(runtime, pages, owner, case):
    words = pages(owner).get(f"/cases/{case.id}/deadlines/new").words
    assert "7, 3, 2, and 1 days before, 6 hours before, and 1 hour after it" in words
    assert "5 days before if nobody has acknowledged it" in words
