"""Whether reminders are late, and the banners about it."""

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
def test_reminders_are_late_if_something_waits_or_a_process_is_silent(process_status, late):
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
def refreshing(app):
    """Let every page refresh the status, as if the process had run for a while."""
    app.extensions["caseflow.status_cache"] = StatusCache(
        app.extensions["caseflow.runtime"].units, startup_seconds=0, refresh_seconds=0
    )


def all_processes_run(runtime) -> None:
    with runtime.units.begin(JobActor(SystemRole.MONITOR)) as uow:
        beat(uow, "worker")
        beat(uow, "beat")


@pytest.mark.usefixtures("refreshing")
def test_each_role_has_its_banner_until_the_processes_run_again(runtime, pages, section, ana, admin):
    reporter = make_actor(runtime.units, (section, Role.SECTION_REPORTER))
    mine = pages(ana).get("/my-work")
    assert "Reminder emails are delayed. Nothing is lost" in mine.words
    theirs = pages(admin).get("/account")
    assert theirs.links["See why"] == "/admin/mails"
    assert "late" not in pages(reporter).get("/account").words
    assert "late" not in pages().get("/sign-in").words
    all_processes_run(runtime)
    assert "are delayed" not in pages(ana).get("/my-work").words
    assert "See why" not in pages(admin).get("/account").links


def test_a_process_reads_nothing_just_after_its_start_or_a_refresh(runtime, database):
    starting = StatusCache(runtime.units)
    starting.refresh()
    assert not starting.are_reminders_late
    status_cache = StatusCache(runtime.units, startup_seconds=0)
    status_cache.refresh()
    assert status_cache.are_reminders_late
    all_processes_run(runtime)
    status_cache.refresh()
    assert status_cache.are_reminders_late, "the status is cached for some seconds"


def test_a_refresh_takes_one_statement_after_setting_the_actor_and_saves_each_page_one(app, pages, ana):
    before = pages(ana).get("/account").statements
    app.extensions["caseflow.status_cache"] = StatusCache(app.extensions["caseflow.runtime"].units, startup_seconds=0)
    refreshed, after = pages(ana).get("/account").statements, pages(ana).get("/account").statements
    assert len(refreshed) == len(after) + 2
    assert len(after) == len(before) - 1
    assert not any("mail_bounce" in statement for statement in after)


@pytest.mark.parametrize("is_refreshed", [True, False])
def test_a_person_whose_mails_bounce_has_a_banner_on_every_page(app, runtime, pages, ana, is_refreshed):
    startup_seconds = 0 if is_refreshed else 3600
    app.extensions["caseflow.status_cache"] = StatusCache(
        app.extensions["caseflow.runtime"].units, startup_seconds, refresh_seconds=0
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


def test_administrators_have_a_banner_while_mails_are_held(app, pages, monkeypatch, admin, ana):
    monkeypatch.setattr(type(app.extensions["caseflow.runtime"].settings), "is_mail_held", True)
    assert "Emails are held back" in pages(admin).get("/account").words
    assert "Nothing is sent. What is due is shown in the application" in pages(admin).get("/admin/mails").words
    assert "held back" not in pages(ana).get("/account").words
    token = pages(ana).get("/account").form().values()["csrf_token"]
    pages(ana).post("/account/test-mail", {"csrf_token": token})
    assert "so no test is sent" in pages(ana).get("/account").words


def test_administrators_have_a_banner_until_an_alarm_is_closed(runtime, pages, refreshing, ana, admin):
    all_processes_run(runtime)
    words = "a change that nothing explains"
    assert words not in pages(admin).get("/account").words
    full_pass_finds(runtime, AlarmKind.REMINDERS, 2)
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


def test_findings_after_an_alarm_was_closed_raise_a_new_one(runtime, pages, refreshing, admin):
    full_pass_finds(runtime, AlarmKind.ANSWERS, 1)
    pages(admin).submit("/admin/mails")
    full_pass_finds(runtime, AlarmKind.ANSWERS, 1)
    full_pass_finds(runtime, AlarmKind.FAILURES, 3)
    page = pages(admin).get("/admin/mails")
    assert page.words.count("The assessment or a deadline of 1 case") == 2
    assert "3 cases could not be processed" in page.words


def test_closing_an_alarm_that_is_closed_says_so(runtime, pages, admin):
    full_pass_finds(runtime, AlarmKind.REMINDERS, 1)
    page, again = pages(admin).get("/admin/mails"), pages(admin).get("/admin/mails")
    pages(admin).send(page)
    assert "Someone has already checked this" in pages(admin).send(again).words


def full_pass_finds(runtime, kind, number):
    with runtime.units.begin(JobActor(SystemRole.REASSESS)) as uow:
        raise_alarm(uow, kind, number)


def test_a_full_pass_that_does_not_end_is_not_well(runtime, pages):
    all_processes_run(runtime)
    with runtime.units.begin(JobActor(SystemRole.REASSESS)) as uow:
        uow.session.add(ReminderSyncRequest(is_full_pass=True, asked_at=now() - timedelta(hours=35)))
    assert pages().get("/health").answer.json["is_well"]
    with runtime.units.begin(JobActor(SystemRole.REASSESS)) as uow:
        uow.session.execute(update(ReminderSyncRequest).values(asked_at=now() - timedelta(hours=37)))
    assert not pages().get("/health", status=503).answer.json["is_well"]
