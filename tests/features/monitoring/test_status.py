"""Whether reminders are late, and what pages say of it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.clock import now
from caseflow.features.monitoring.queries import ProcessStatus
from caseflow.features.monitoring.service import beat, raise_alarm
from caseflow.features.monitoring.status import StatusCache, is_late
from caseflow.models import AlarmKind, MailBounce, ReminderSyncRequest, Role, User
from tests.factories import make_actor, make_section

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
JUST_NOW = AT - timedelta(seconds=20)


@pytest.mark.parametrize(
    ("process_status", "late"),
    [
        (ProcessStatus(JUST_NOW, JUST_NOW, None), False),
        (ProcessStatus(JUST_NOW, JUST_NOW, AT - timedelta(minutes=14)), False),
        (ProcessStatus(JUST_NOW, JUST_NOW, AT - timedelta(minutes=16)), True),
        (ProcessStatus(None, JUST_NOW, None), True),
        (ProcessStatus(JUST_NOW, None, None), True),
        (ProcessStatus(AT - timedelta(minutes=6), JUST_NOW, None), True),
        (ProcessStatus(JUST_NOW, AT - timedelta(minutes=6), None), True),
    ],
)
def test_late_is_what_waits_and_what_nobody_is_there_to_send(process_status, late):
    assert is_late(process_status, AT) is late


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def admin(runtime, section):
    return make_actor(runtime.units, (section, Role.ADMINISTRATOR))


@pytest.fixture
def looking(app):
    """Let every page look, as if the process had run for a while."""
    app.extensions["caseflow.status_cache"] = StatusCache(
        app.extensions["caseflow.runtime"].units, quiet_seconds=0, kept_seconds=0
    )


def all_is_alive(runtime) -> None:
    with runtime.units.begin(JobActor(SystemRole.MONITOR)) as uow:
        beat(uow, "worker")
        beat(uow, "beat")


@pytest.mark.usefixtures("looking")
def test_everybody_is_told_in_their_words_until_it_runs_again(runtime, pages, section, ana, admin):
    reporter = make_actor(runtime.units, (section, Role.SECTION_REPORTER))
    mine = pages(ana).get("/my-work")
    assert "Reminder emails are delayed. Nothing is lost" in mine.words
    theirs = pages(admin).get("/account")
    assert theirs.links["See why"] == "/admin/mails"
    assert "late" not in pages(reporter).get("/account").words
    assert "late" not in pages().get("/sign-in").words
    all_is_alive(runtime)
    assert "are delayed" not in pages(ana).get("/my-work").words
    assert "See why" not in pages(admin).get("/account").links


def test_a_young_process_and_one_that_has_just_looked_ask_nothing(runtime, database):
    young = StatusCache(runtime.units)
    young.look()
    assert not young.finds_late
    status_cache = StatusCache(runtime.units, quiet_seconds=0)
    status_cache.look()
    assert status_cache.finds_late
    all_is_alive(runtime)
    status_cache.look()
    assert status_cache.finds_late, "what was seen is kept for some seconds"


def test_a_look_costs_one_statement_besides_saying_who_asks_and_spares_each_page_one(app, pages, ana):
    before_a_look = pages(ana).get("/account").statements
    app.extensions["caseflow.status_cache"] = StatusCache(app.extensions["caseflow.runtime"].units, quiet_seconds=0)
    with_a_look, after = pages(ana).get("/account").statements, pages(ana).get("/account").statements
    assert len(with_a_look) == len(after) + 2
    assert len(after) == len(before_a_look) - 1
    assert not any("mail_bounce" in statement for statement in after)


@pytest.mark.parametrize("has_looked", [True, False])
def test_who_gets_no_mails_is_told_on_every_page(app, runtime, pages, ana, has_looked):
    quiet_seconds = 0 if has_looked else 3600
    app.extensions["caseflow.status_cache"] = StatusCache(
        app.extensions["caseflow.runtime"].units, quiet_seconds, kept_seconds=0
    )
    with runtime.units.begin(ana) as uow:
        email = uow.session.get_one(User, ana.user_id).email
    bounce = MailBounce(user_id=ana.user_id, address=email.upper(), is_permanent=True, status="5.1.1")
    with runtime.units.begin(JobActor(SystemRole.REMIND)) as uow:
        uow.session.add(bounce)
    assert f"Emails to {email} are returned" in pages(ana).get("/my-work").words
    assert "are returned" not in pages(ana).get("/nowhere", status=404).words
    with runtime.units.begin(ana) as uow:
        uow.session.get_one(User, ana.user_id).email = "right@example.org"
    assert "are returned" not in pages(ana).get("/my-work").words


def test_held_mails_are_said_to_the_administrator(app, pages, monkeypatch, admin, ana):
    monkeypatch.setattr(type(app.extensions["caseflow.runtime"].settings), "is_mail_held", True)
    assert "Emails are held back" in pages(admin).get("/account").words
    assert "Nothing is sent. What is due is shown in the application" in pages(admin).get("/admin/mails").words
    assert "held back" not in pages(ana).get("/account").words
    token = pages(ana).get("/account").form().values()["csrf_token"]
    pages(ana).post("/account/test-mail", {"csrf_token": token})
    assert "so no test is sent" in pages(ana).get("/account").words


def test_an_open_alarm_stands_on_every_page_of_administrators_until_somebody_has_looked(
    runtime, pages, looking, ana, admin
):
    all_is_alive(runtime)
    words = "a change that nothing explains"
    assert words not in pages(admin).get("/account").words
    night_finds(runtime, AlarmKind.REMINDERS, 2)
    assert words in pages(admin).get("/account").words
    assert words not in pages(ana).get("/account").words
    assert pages().get("/health", status=503).answer.json["open_alarms"] == 1
    page = pages(admin).get("/admin/mails")
    assert "Reminders of 2 deadlines were missing" in page.words
    page = pages(admin).send(page)
    assert "Marked as checked" in page.words
    assert admin.name in page.words
    assert words not in pages(admin).get("/account").words
    assert pages().get("/health").answer.json["open_alarms"] == 0


def test_what_is_found_after_somebody_looked_is_a_new_alarm(runtime, pages, looking, admin):
    night_finds(runtime, AlarmKind.ANSWERS, 1)
    pages(admin).submit("/admin/mails")
    night_finds(runtime, AlarmKind.ANSWERS, 1)
    night_finds(runtime, AlarmKind.FAILURES, 3)
    page = pages(admin).get("/admin/mails")
    assert page.words.count("The assessment or a deadline of 1 case") == 2
    assert "3 cases could not be processed" in page.words


def test_an_alarm_that_somebody_else_has_looked_into_is_said_so(runtime, pages, admin):
    night_finds(runtime, AlarmKind.REMINDERS, 1)
    page, again = pages(admin).get("/admin/mails"), pages(admin).get("/admin/mails")
    pages(admin).send(page)
    assert "Someone has already checked this" in pages(admin).send(again).words


def night_finds(runtime, kind, number):
    with runtime.units.begin(JobActor(SystemRole.REASSESS)) as uow:
        raise_alarm(uow, kind, number)


def test_a_night_that_does_not_end_is_not_well(runtime, pages):
    all_is_alive(runtime)
    with runtime.units.begin(JobActor(SystemRole.REASSESS)) as uow:
        uow.session.add(ReminderSyncRequest(is_full_pass=True, asked_at=now() - timedelta(hours=35)))
    assert pages().get("/health").answer.json["is_well"]
    with runtime.units.begin(JobActor(SystemRole.REASSESS)) as uow:
        uow.session.execute(update(ReminderSyncRequest).values(asked_at=now() - timedelta(hours=37)))
    assert not pages().get("/health", status=503).answer.json["is_well"]
