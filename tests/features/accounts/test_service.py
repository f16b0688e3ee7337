"""Signing in and its delays, sessions, people and their roles."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text

from caseflow.access.actor import JobActor, SystemRole
from caseflow.clock import now
from caseflow.errors import Invalid, NotFound
from caseflow.features.accounts.commands import NewUser, SignIn
from caseflow.features.accounts.passwords import Passwords, refuse_weak
from caseflow.features.accounts.queries import authenticate_session, own_sessions, person_actor, user_by_email
from caseflow.features.accounts.service import (
    add_section,
    add_user,
    deactivate,
    end_all_sessions,
    end_membership,
    end_role,
    reset_password,
)
from caseflow.features.accounts.signing_in import sign_in
from caseflow.features.cases.queries import one_case
from caseflow.models import Membership, Role
from caseflow.setting_values import ARGON2_PROFILES
from tests.factories import PASSWORD, make_actor, make_case, make_section, open_browser

QUICK = Passwords(ARGON2_PROFILES["quick"])
ADMINISTRATION = JobActor(SystemRole.ACCOUNTS_ADMIN)
SECRET = b"a key for tests"
RIGHT = SignIn(email="ana@example.org", password=PASSWORD, address="192.0.2.7", browser="Firefox")
WRONG = replace(RIGHT, password="not this one at all")
HOUR = timedelta(hours=1)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), email="ana@example.org")


def attempt(runtime, attempt=RIGHT):
    return sign_in(runtime.units, QUICK, attempt, SECRET)


def is_open(runtime, token, at=None):
    limits = timedelta(minutes=30), timedelta(hours=12)
    uow = runtime.units.identify(lambda session: authenticate_session(session, token, at or now(), *limits))
    if uow is not None:
        uow.session.close()
    return uow is not None


def test_a_right_password_opens_a_session_that_ends_when_it_is_idle(runtime, ana):
    token = attempt(runtime).token
    assert is_open(runtime, token)
    assert not is_open(runtime, token, now() + timedelta(minutes=31))
    assert is_open(runtime, token, now() + timedelta(minutes=29))
    assert is_open(runtime, token, now() + timedelta(minutes=58)), "it was used meanwhile"
    assert not is_open(runtime, token + "x")


@pytest.mark.parametrize("ahead", [timedelta(minutes=3), timedelta(days=2), timedelta(days=4000)])
def test_a_session_of_the_future_is_ended_for_good(runtime, ana, ahead):
    at = now()
    with time_machine.travel(at + ahead, tick=False):
        opened_ahead = attempt(runtime).token
        assert is_open(runtime, opened_ahead)
    assert not is_open(runtime, opened_ahead, at)
    assert not is_open(runtime, opened_ahead, at + ahead), "it is not good again when its time comes"


def test_a_session_that_was_used_while_the_clock_was_ahead_is_ended(runtime, ana):
    at, token = now(), open_browser(runtime.units, ana)
    assert is_open(runtime, token, at + timedelta(minutes=20))
    with time_machine.travel(at, tick=False), runtime.units.begin(ana) as uow:
        assert own_sessions(uow, at, timedelta(minutes=30)) == []
    assert not is_open(runtime, token, at)
    assert not is_open(runtime, token, at + timedelta(minutes=20))


def test_clocks_of_two_servers_may_differ_a_little(runtime, ana):
    token = open_browser(runtime.units, ana)
    assert is_open(runtime, token, now() - timedelta(seconds=50))


def test_unknown_accounts_and_wrong_passwords_get_the_same_answer(runtime, ana):
    unknown = attempt(runtime, replace(WRONG, email="nobody@example.org"))
    assert unknown == attempt(runtime, WRONG)
    assert unknown.token is None


@pytest.mark.commits
def test_people_of_one_office_sign_in_concurrently(runtime, ana, section):
    names = [f"person{number}@example.org" for number in range(8)]
    for name in names:
        make_actor(runtime.units, (section, Role.CASEWORKER), email=name)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda name: attempt(runtime, replace(RIGHT, email=name)), names * 6))
    assert all(answer.token for answer in answers)


def test_another_account_from_another_address_does_not_wait(runtime, ana, section):
    make_actor(runtime.units, (section, Role.CASEWORKER), email="eva@example.org")
    for _ in range(8):
        attempt(runtime, WRONG)
    assert attempt(runtime, replace(RIGHT, email="eva@example.org", address="192.0.2.9")).token


@pytest.mark.commits
def test_a_slow_page_does_not_keep_its_session_from_being_ended(runtime, ana):
    token = open_browser(runtime.units, ana)
    limits = timedelta(minutes=30), timedelta(hours=12)
    with time_machine.travel(now() + timedelta(minutes=2)):
        page = runtime.units.identify(lambda session: authenticate_session(session, token, now(), *limits))
        with page.session, runtime.units.begin(ana) as uow:
            uow.session.execute(text("SET LOCAL lock_timeout = '1ms'"))
            end_all_sessions(uow)
        assert not is_open(runtime, token)


@pytest.mark.commits
def test_a_session_that_is_ended_while_a_page_waits_for_it_gives_no_page(runtime, ana):
    token = open_browser(runtime.units, ana)
    at = now() + timedelta(minutes=2)
    with ThreadPoolExecutor(1) as pool:
        with runtime.units.begin(ana) as uow:
            end_all_sessions(uow)
            uow.flush()
            page = pool.submit(is_open, runtime, token, at)
            waiting = text(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            while not page.done() and not uow.session.scalar(waiting):
                uow.session.execute(text("SELECT pg_stat_clear_snapshot()"))
        assert page.result() is False


def test_signing_out_everywhere_ends_all_own_sessions_and_no_others(runtime, ana, section):
    mine = [open_browser(runtime.units, ana) for _ in range(3)]
    theirs = open_browser(runtime.units, make_actor(runtime.units, (section, Role.CASEWORKER)))
    with runtime.units.begin(ana) as uow:
        end_all_sessions(uow, but=mine[0])
    assert [is_open(runtime, token) for token in mine] == [True, False, False]
    with runtime.units.begin(ana) as uow:
        end_all_sessions(uow)
    assert not is_open(runtime, mine[0])
    assert is_open(runtime, theirs)


def test_a_role_that_ended_shows_nothing_from_the_next_statement_on(runtime, ana):
    case = make_case(runtime.units, ana)
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        membership = uow.session.scalars(select(Membership).where(Membership.user_id == ana.user_id)).one()
        end_membership(uow, membership.id)
    with runtime.units.begin(ana) as uow, pytest.raises(NotFound):
        one_case(uow, case.id)
    with runtime.units.begin(ADMINISTRATION) as uow:
        actor = person_actor(uow, ana.user_id)
    assert actor is not None
    assert actor.memberships == ()


def add(runtime, **changes):
    given = {
        "email": "new@example.org",
        "name": "New",
        "password": PASSWORD,
        "section_code": "ES",
        "role": Role.AUDITOR,
    }
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        return add_user(uow, QUICK, NewUser(**{**given, **changes}))


def test_somebody_may_have_several_roles_but_each_once(runtime, section):
    first = add(runtime)
    assert add(runtime, role=Role.CASEWORKER, email="NEW@example.org").id == first.id
    with pytest.raises(Invalid, match="has this role"):
        add(runtime)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"section_code": "XX"}, "section_code"),
        ({"email": "nothing"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "password1234567"}, "password"),
        ({"password": "a" * 300}, "password"),
    ],
)
def test_an_invalid_account_is_refused_at_its_field(runtime, section, changes, field):
    with pytest.raises(Invalid) as refused:
        add(runtime, **changes)
    assert field in refused.value.fields


def test_two_sections_can_not_have_one_code(runtime, section):
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow, pytest.raises(Invalid):
        add_section(uow, "ES", "Another")


def test_email_addresses_are_found_ignoring_case_and_blanks(runtime, ana):
    with runtime.units.begin(ADMINISTRATION) as uow:
        found = user_by_email(uow, "  ANA@Example.org ")
    assert found is not None
    assert found.id == ana.user_id


def test_four_words_are_no_weak_password():
    refuse_weak(PASSWORD)


def test_ending_a_role_deactivating_and_resetting_a_password_take_effect(runtime, ana, section):
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        end_role(uow, "ANA@example.org", "ES", Role.CASEWORKER)
    with runtime.units.begin(ADMINISTRATION) as uow:
        assert person_actor(uow, ana.user_id).memberships == ()
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow, pytest.raises(Invalid):
        end_role(uow, "ana@example.org", "ES", Role.CASEWORKER)
    token = attempt(runtime).token
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        reset_password(uow, QUICK, "ana@example.org", "other unrelated words here")
    assert not is_open(runtime, token)
    assert attempt(runtime).token is None
    token = attempt(runtime, replace(RIGHT, password="other unrelated words here")).token
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        deactivate(uow, "ana@example.org")
    assert not is_open(runtime, token)
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow, pytest.raises(Invalid):
        deactivate(uow, "ana@example.org")
