"""The page of mails, and /health."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from caseflow.access import JobActor
from caseflow.access.actor import SystemRole
from caseflow.features.monitoring.disk import DiskCheck
from caseflow.features.monitoring.service import beat
from caseflow.features.reminders.sweep import sweep
from caseflow.models import Role
from tests.factories import in_days, make_actor, make_case, make_deadline
from tests.features.reminders.conftest import HEAD, noon, section

__all__ = ["noon", "section"]


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def admin(runtime, section):
    return make_actor(runtime.units, (section, Role.ADMINISTRATOR))


@pytest.mark.commits  # the folder of mails is that of the database, which is empty here
def test_the_administrator_sees_mails_and_no_case(runtime, pages, ana, admin):
    case = make_case(runtime.units, ana, title="Canary of the title")
    make_deadline(runtime.units, ana, case, title="Canary of the deadline", due_on=in_days(1))
    assert "No emails yet" in pages(admin).get("/admin/mails").words
    assert sweep(runtime.units, runtime.mailer, HEAD).sent == 1
    page = pages(admin).get("/admin/mails")
    assert "Canary" not in page.html
    mail = pages(admin).get(page.links["There is something to look at in caseflow"])
    assert mail.answer.mimetype == "text/plain"
    assert f"{HEAD.base_url}/sign-in" in mail.html
    assert pages(admin).client.get("/admin/mails/nothing.eml").status_code == 404
    assert pages(ana).client.get("/admin/mails").status_code == 403


def test_health_is_well_only_while_worker_and_beat_have_heartbeats(runtime, pages):
    assert pages().get("/health", status=503).answer.json["worker_seconds"] is None
    with runtime.units.begin(JobActor(SystemRole.MONITOR)) as uow:
        beat(uow, "worker")
        beat(uow, "beat")
    answer = pages().get("/health").answer.json
    assert answer == {
        "is_well": True, "database": True, "redis": True, "schema_is_current": True, "can_write": True, "rights_are_safe": True,
        "worker_seconds": 0, "beat_seconds": 0, "oldest_unsent_reminder_seconds": 0, "last_full_pass_seconds": None,
        "open_alarms": 0, "clock_difference_seconds": 0,
    }  # fmt: skip


def test_health_says_how_long_the_oldest_due_reminder_waits(runtime, pages, noon, ana):
    make_deadline(runtime.units, ana, make_case(runtime.units, ana), due_on=in_days(1))
    noon.shift(timedelta(hours=1))
    with runtime.units.begin(JobActor(SystemRole.MONITOR)) as uow:
        beat(uow, "worker")
        beat(uow, "beat")
    answer = pages().get("/health", status=503).answer.json
    assert 3600 <= answer["oldest_unsent_reminder_seconds"] < 3700


def test_health_is_not_well_while_nothing_can_be_written(runtime, app, pages):
    class Full:
        def can_write(self):
            return False

    assert pages().client.get("/health").json["can_write"]
    app.extensions["caseflow.disk_check"] = Full()
    answer = pages().client.get("/health")
    assert (answer.status_code, answer.json["can_write"], answer.json["is_well"]) == (503, False, False)


def test_writing_is_tried_at_most_four_times_a_minute(runtime, engine):
    tried = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: tried.append(arguments[2]))
    disk = DiskCheck(runtime.units)
    assert [disk.can_write() for _ in range(5)] == [True] * 5
    assert sum("generate_series" in statement for statement in tried) == 1
