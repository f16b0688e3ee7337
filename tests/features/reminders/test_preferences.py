"""The hour of the digest, absences and substitutes, and the thresholds of a section."""

import re
from datetime import UTC, datetime, timedelta
from threading import Thread

import psycopg
import pytest

from caseflow.clock import today
from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.features.deadlines.reminder_sync.service import process_sync_requests
from caseflow.features.reminders.hours import next_after_change
from caseflow.features.reminders.preferences import queries, service
from caseflow.features.reminders.preferences.commands import NewAbsence, NewThresholds
from caseflow.features.reminders.preferences.service import reset_thresholds, set_thresholds
from caseflow.jobs import Job
from caseflow.models import DeadlineKind, Role
from tests.factories import (
    clock,
    in_days,
    make_actor,
    make_deadline,
    make_section,
    reminders_seen,
    set_clocks,
)
from tests.local.waiting import until
from tests.servers import Database

NINE = datetime(2026, 6, 1, 9, tzinfo=UTC)
TODAY, TOMORROW = NINE.date(), NINE.date() + timedelta(days=1)


@pytest.fixture
def boss(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Berta Boss")


@pytest.fixture
def colleague(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Carla Colleague")


# --- the hour ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owed", "hour", "zone", "expected"),
    [
        (TOMORROW, 18, "UTC", datetime(2026, 6, 1, 18, tzinfo=UTC)),
        (TOMORROW, 7, "UTC", datetime(2026, 6, 2, 7, tzinfo=UTC)),
        (TODAY, 7, "UTC", datetime(2026, 6, 1, 7, tzinfo=UTC)),  # had not come yet: now, and not tomorrow
        (TODAY, 18, "UTC", datetime(2026, 6, 1, 18, tzinfo=UTC)),
        (TOMORROW, 7, "Pacific/Kiritimati", datetime(2026, 6, 1, 17, tzinfo=UTC)),  # it is 23:00 there
        (TOMORROW, 7, "Pacific/Honolulu", datetime(2026, 6, 1, 17, tzinfo=UTC)),  # it is the evening before there
    ],
)
def test_another_hour_or_place_skips_no_day(owed, hour, zone, expected):
    assert next_after_change(NINE, owed, hour, zone) == expected


def test_who_changes_the_hour_after_todays_digest_gets_no_second_one(runtime, sink, run, owner, case):
    make_deadline(runtime.units, owner, case, days=3)
    assert run().sent == 1
    with runtime.units.begin(owner) as uow:
        service.choose_hour(uow, 11, "UTC")
    make_deadline(runtime.units, owner, case, days=3)
    assert run().sent == 0


def test_the_page_shows_and_takes_the_hour(runtime, pages, owner):
    page = pages(owner).submit("/account/reminders", hour="9", zone="Asia/Tokyo")
    assert "Saved." in page.words
    assert page.form().values()["hour"] == ["9"]
    assert "No delivery problems are known" in page.words
    refused = pages(owner).submit("/account/reminders", hour="9", zone="Nowhere", status=422)
    assert refused.error_at("zone")


def test_an_administrator_without_cases_chooses_an_hour_too(runtime, pages, section):
    admin = make_actor(runtime.units, (section, Role.ADMINISTRATOR))
    assert "Saved." in pages(admin).submit("/account/reminders", hour="9").words


# --- absences ---------------------------------------------------------------------------------------------------------


def enter_absence(runtime, by, who, substitute, *days):
    first, last = days or (0, 7)
    with runtime.units.begin(by) as uow:
        return service.add_absence(
            uow,
            NewAbsence(
                user_id=who.user_id, substitute_id=substitute.user_id, starts_on=in_days(first), ends_on=in_days(last)
            ),
        )


def test_a_substitute_sees_the_work_of_the_person_away_and_is_notified(
    runtime, pages, sink, run, *, owner, colleague, case
):
    make_deadline(runtime.units, owner, case, days=3, title="Ask the court")
    enter_absence(runtime, owner, owner, colleague)
    words = pages(colleague).get("/my-work").words
    assert f"For {owner.name}, who is away until" in words
    assert "Ask the court" in words
    run()
    assert "You are the substitute for someone who is away" in pages(colleague).get("/reminders").words


def test_my_work_takes_as_many_statements_for_many_absences(runtime, pages, section, *, owner, colleague, case):
    enter_absence(runtime, owner, owner, colleague)
    make_deadline(runtime.units, owner, case, days=3)
    few = pages(colleague).get("/my-work")
    for _ in range(3):
        another = make_actor(runtime.units, (section, Role.CASEWORKER))
        enter_absence(runtime, another, another, colleague)
    assert len(pages(colleague).get("/my-work").statements) == len(few.statements)


@pytest.mark.parametrize("days", [(5, 3), (-9, -3), (0, 800)])
def test_impossible_days_are_refused(runtime, owner, colleague, days):
    with pytest.raises(Invalid) as refused:
        enter_absence(runtime, owner, owner, colleague, *days)
    assert "ends_on" in refused.value.fields


def test_a_substitute_must_be_present_and_of_the_same_section(runtime, section, owner, colleague, boss):
    stranger = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    reporter = make_actor(runtime.units, (section, Role.SECTION_REPORTER))
    for nobody in (stranger, reporter, owner):
        with pytest.raises(Invalid) as refused:
            enter_absence(runtime, owner, owner, nobody)
        assert "substitute" in refused.value.fields
    enter_absence(runtime, colleague, colleague, boss, 3, 5)
    with pytest.raises(Invalid, match="not saved"):
        enter_absence(runtime, owner, owner, colleague)
    enter_absence(runtime, owner, owner, colleague, 0, 2)
    with pytest.raises(Invalid) as refused:
        enter_absence(runtime, owner, owner, boss, 2, 9)
    assert "starts_on" in refused.value.fields


def test_only_coordinators_enter_and_end_absences_of_others(runtime, pages, owner, colleague, boss):
    with pytest.raises(Forbidden):
        enter_absence(runtime, colleague, owner, colleague)
    absence = enter_absence(runtime, boss, owner, colleague)
    with runtime.units.begin(colleague) as uow, pytest.raises(Forbidden):
        service.absence_to_end(uow, absence.id)
    page = pages(boss).get("/account/reminders")
    assert owner.name in page.words
    after = pages(boss).send(page, form=1)
    assert "The absence has ended" in after.words
    with runtime.units.begin(owner) as uow:
        assert queries.absences(uow, [owner.user_id], today()) == []


def test_the_page_enters_an_absence(runtime, pages, owner, colleague):
    first, last = in_days(2), in_days(9)
    page = pages(owner).submit(
        "/account/absences/new", substitute=str(colleague.user_id), starts_on__day=str(first.day),
        starts_on__month=str(first.month), starts_on__year=str(first.year), ends_on__day=str(last.day),
        ends_on__month=str(last.month), ends_on__year=str(last.year),
    )  # fmt: skip
    assert "Carla Colleague" in page.words
    assert page.path == "/account/reminders"
    empty = pages(owner).submit("/account/absences/new", status=422)
    assert empty.error_at("substitute") == "Choose a substitute."


# --- thresholds -------------------------------------------------------------------------------------------------------


def change(runtime, by, section, days, version=0):
    with runtime.units.begin(by) as uow:
        set_thresholds(
            uow, NewThresholds(section_id=section.id, kind=DeadlineKind.ONE_YEAR, version=version, days=days)
        )


def thresholds_waiting(runtime, by, who):
    rows = [row for row in reminders_seen(runtime.units, by) if row.status.value == "waiting"]
    return sorted(row.threshold for row in rows if row.recipient_id == who.user_id)


def test_a_change_requests_the_job_that_syncs_reminders(runtime, sent_jobs, section, *, owner, boss, case):
    typed = make_deadline(runtime.units, owner, case, days=30)
    set_clocks(runtime.units, owner, case, clock(in_days(300)))
    before = {row.id for row in reminders_seen(runtime.units, owner) if row.deadline_id == typed.id}
    sent_jobs.clear()
    change(runtime, boss, section, [100, 50])
    assert sent_jobs == [(Job.SYNC_REMINDERS, {})]
    process_sync_requests(runtime.units)
    year = {row.threshold for row in reminders_seen(runtime.units, owner) if row.deadline_id != typed.id}
    assert {100, 50, 1, 0, -1} <= year
    assert {row.id for row in reminders_seen(runtime.units, owner) if row.deadline_id == typed.id} == before
    assert thresholds_waiting(runtime, owner, owner) == [-1, -1, 0, 0, 1, 1, 7, 50, 100]


@pytest.mark.parametrize("days", [[731], list(range(20, 33))])
def test_numbers_out_of_bounds_are_refused(runtime, section, boss, days):
    with pytest.raises(Invalid):
        change(runtime, boss, section, days)


def waits_for_a_lock(database: Database) -> bool:
    with psycopg.connect(database.superuser_url) as connection:
        waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        return connection.execute(waiting).fetchone() is not None


@pytest.mark.commits
def test_of_two_concurrent_first_changes_one_is_a_conflict(runtime, database, section, boss):
    def sets():
        try:
            change(runtime, boss, section, [50])
        except Conflict as error:
            conflicts.append(error.row.thresholds)

    conflicts: list[list[int]] = []
    with runtime.units.begin(boss) as uow:
        set_thresholds(uow, NewThresholds(section_id=section.id, kind=DeadlineKind.ONE_YEAR, version=0, days=[100]))
        uow.flush()
        second = Thread(target=sets)
        second.start()
        until(lambda: waits_for_a_lock(database), "it waits for the first one")
    second.join()
    assert conflicts == [[100]]


def test_at_most_twelve_thresholds_besides_the_three_that_are_always_sent(runtime, section, boss):
    change(runtime, boss, section, list(range(20, 32)))


def test_the_default_days_are_not_stored_and_can_be_restored(runtime, section, boss):
    change(runtime, boss, section, [100])
    with pytest.raises(Conflict):
        change(runtime, boss, section, [90])
    with runtime.units.begin(boss) as uow:
        reset_thresholds(uow, section.id, DeadlineKind.ONE_YEAR, 1)
    change(runtime, boss, section, [270, 180, 90, 30, 14, 7, 3])
    with runtime.units.begin(boss) as uow:
        assert list(queries.own_thresholds(uow, section.id)) == []


def test_only_coordinators_of_the_section_change_thresholds(runtime, pages, section, owner, boss):
    with pytest.raises(Forbidden):
        change(runtime, owner, section, [100])
    assert pages(owner).client.get("/sections/ES/reminders").status_code == 403
    other = make_section(runtime.units, "EC")
    assert pages(boss).client.get(f"/sections/{other.code}/reminders").status_code == 404
    assert pages(boss).client.get("/sections/ES/reminders/nothing").status_code == 404


def test_the_pages_show_take_and_reset_the_days(runtime, pages, section, boss):
    pages(boss).get("/sections/ES/reminders")
    page = pages(boss).submit("/sections/ES/reminders/manual", days="20; 10, 5")
    assert re.search("Set by your section 20, 10,? and 5 days before", page.words)
    bad = pages(boss).submit("/sections/ES/reminders/manual", days="twenty", status=422)
    assert "twenty is not a whole number" in bad.error_at("days")
    drawn = pages(boss).get("/sections/ES/reminders/manual")
    assert "Set by your section" not in pages(boss).send(drawn, form=-1).words
