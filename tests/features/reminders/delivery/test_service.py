"""The actions of administrators on the page of email delivery, and the test email that everybody can request."""

from datetime import timedelta
from uuid import uuid4

import pytest

from caseflow.features.reminders.sweep import SweepResult
from caseflow.jobs import Job
from caseflow.models import MailKind, MailStatus, ReminderStatus, Role
from caseflow.web.dates import show_date
from tests.factories import end_roles, in_days, mails_seen, make_actor, make_case, make_deadline, reminders_seen
from tests.features.reminders.conftest import noon, owner, run, section, sink

__all__ = ["noon", "owner", "run", "section", "sink"]
PAGE = "/admin/mails"


@pytest.fixture
def admin(runtime, section):
    return make_actor(runtime.units, (section, Role.ADMINISTRATOR))


def press(pages, person, address: str, **values):
    token = pages(person).get("/account").form().values()["csrf_token"]
    return pages(person).post(address, {"csrf_token": token, **values})


def test_a_failed_email_is_retried_with_its_reminders(runtime, sink, run, pages, sent_jobs, *, owner, admin):
    make_deadline(runtime.units, owner, make_case(runtime.units, owner), days=1)
    sink.answer = lambda _address: "550 no such user"
    assert run() == SweepResult(failed=1)
    (failed,) = mails_seen(runtime.units, owner)
    page = pages(admin).get(PAGE)
    assert "its reply: 550" in page.words
    sink.answer = lambda _address: ""
    press(pages, admin, "/admin/mails/clear", chosen=str(owner.user_id))
    assert press(pages, admin, "/admin/mails/retry", chosen=str(failed.id)).status == 303
    assert sent_jobs[-1][0] is Job.REMIND
    assert run() == SweepResult(sent=1)
    assert ReminderStatus.SENT in {row.status for row in reminders_seen(runtime.units, owner)}


@pytest.mark.parametrize("chosen", ["", "nonsense", "5d3c6b1e-54b6-4b27-9e1f-d5a0a4cf2f4e"])
@pytest.mark.parametrize("address", ["/admin/mails/retry", "/admin/mails/clear"])
def test_an_unknown_row_is_not_found(pages, admin, address, chosen):
    assert press(pages, admin, address, chosen=chosen).status == 404


@pytest.mark.parametrize("address", ["/admin/mails/retry", "/admin/mails/retry-lost", "/admin/mails/clear"])
def test_only_administrators_may(pages, owner, address):
    assert press(pages, owner, address, chosen=str(uuid4())).status == 403


def test_a_sent_email_is_not_retried(runtime, run, pages, owner, admin):
    make_deadline(runtime.units, owner, make_case(runtime.units, owner), days=1)
    run()
    (sent,) = mails_seen(runtime.units, owner)
    assert press(pages, admin, "/admin/mails/retry", chosen=str(sent.id)).status == 404
    assert run() == SweepResult()


def test_undelivered_reminders_are_retried_once_there_is_a_coordinator(runtime, run, pages, section, *, owner, admin):
    make_deadline(runtime.units, owner, make_case(runtime.units, owner), days=1)
    end_roles(runtime.units, owner)
    run()
    page = pages(admin).get(PAGE)
    assert "1 reminder reached nobody" in page.words
    assert section.name in page.words
    boss = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    answer = press(pages, admin, "/admin/mails/retry-lost")
    assert answer.status == 303
    assert run().cancelled == 1, "a person who left is not notified"
    assert run() == SweepResult(sent=1)
    assert boss.user_id in {row.recipient_id for row in reminders_seen(runtime.units, boss)}
    assert "Reminders that reached nobody" not in pages(admin).get(PAGE).words


def test_a_test_mail_is_written_once_a_minute(runtime, sink, run, noon, pages, *, owner):
    assert press(pages, owner, "/account/test-mail").status == 303
    press(pages, owner, "/account/test-mail")
    assert [mail.kind for mail in mails_seen(runtime.units, owner)] == [MailKind.TEST]
    assert run() == SweepResult(sent=1)
    noon.shift(timedelta(minutes=2))
    press(pages, owner, "/account/test-mail")
    assert run() == SweepResult(sent=1)
    assert {mail["To"] for mail in sink.mails} == {sink.mails[0]["To"]}
    assert {mail.status for mail in mails_seen(runtime.units, owner)} == {MailStatus.SENT}


def test_the_page_counts_what_leaves_tomorrow_and_names_no_case(runtime, run, pages, owner, admin):
    case = make_case(runtime.units, owner, title="Canary of the title")
    for days in (8, 8, 30):
        make_deadline(runtime.units, owner, case, days=days, title="Canary of the deadline")
    run()
    page = pages(admin).get(PAGE, most=20)
    assert "Canary" not in page.html
    assert case.reference not in page.html
    (row,) = [line for line in page.html.split("<tr") if "Reminders in these emails" in line and "rowheader" in line]
    assert ">1</span>" in row.replace("\n", "")
    assert ">2</span>" in row.replace("\n", "")
    assert show_date(in_days(1)) in row


def test_the_page_takes_as_many_statements_for_many_failures(runtime, sink, run, pages, section, *, owner, admin):
    empty = pages(admin).get(PAGE).statements
    sink.answer = lambda _address: "550 no such user"
    for _ in range(4):
        person = make_actor(runtime.units, (section, Role.CASEWORKER))
        make_deadline(runtime.units, person, make_case(runtime.units, person), days=1)
    run()
    full = pages(admin).get(PAGE)
    assert full.statements == empty
    assert full.words.count("Given up") == 4


def test_the_last_mail_that_was_taken_is_shown(runtime, run, pages, owner, admin):
    assert "None yet" in pages(admin).get(PAGE).words
    make_deadline(runtime.units, owner, make_case(runtime.units, owner), days=1)
    run()
    assert "None yet" not in pages(admin).get(PAGE).words
