"""Guessing neither lets in nor keeps out: guesses at one account and at all, from many addresses, while people sign in."""

import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count, product

import pytest
import time_machine
from argon2.low_level import hash_secret
from sqlalchemy import func, select, update

from caseflow.access.actor import JobActor, SystemRole
from caseflow.clock import now
from caseflow.features.accounts import buckets, devices
from caseflow.features.accounts.commands import SignIn
from caseflow.features.accounts.passwords import Passwords
from caseflow.features.accounts.service import deactivate, end_all_sessions, reset_password
from caseflow.features.accounts.signing_in import device_link, sign_in
from caseflow.models import Role, SignInBucket, User
from caseflow.setting_values import ARGON2_PROFILES
from tests.factories import PASSWORD, make_actor, make_section

SECRET = b"a key for tests"
SIGN_IN_ACTOR = JobActor(SystemRole.ACCOUNTS)
RIGHT = SignIn(email="ana@example.org", password=PASSWORD, address="192.0.2.7", browser="Firefox")
WRONG = replace(RIGHT, password="not this one at all")
HOUR = timedelta(hours=1)
ADDRESSES = [f"10.{number // 250}.{number % 250}.9" for number in range(5000)]
ACCOUNT = buckets.LIMITS[buckets.Kind.ACCOUNT]


class CountingPasswords(Passwords):
    """Counts what reaches the hash."""

    def __init__(self) -> None:
        super().__init__(ARGON2_PROFILES["quick"])
        self.hashed = 0

    def hash_with(self, salt, password, *, is_known):
        self.hashed += 1
        return super().hash_with(salt, password, is_known=is_known)


@pytest.fixture
def passwords():
    return CountingPasswords()


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units), Role.CASEWORKER), email="ana@example.org")


@pytest.fixture
def attempt(runtime, passwords, ana):
    return lambda attempt=RIGHT: sign_in(runtime.units, passwords, attempt, SECRET)


def stranger(number: int, **changes: str) -> SignIn:
    return replace(WRONG, address=ADDRESSES[number % len(ADDRESSES)], **changes)


def test_at_most_twenty_strange_guesses_an_hour_reach_the_hash_and_the_person_is_in_at_once(pages, ana):
    """Through the pages, an hour of guesses from 5,000 addresses; the person signs in on a device that did so before."""
    known, guesser, reached = pages.another(None), pages.another(None).client, 0
    known.submit("/sign-in", email="ana@example.org", password=PASSWORD, follow=False, status=303)
    begun, address = now() + timedelta(hours=2), iter(ADDRESSES)  # the sign-in before takes no part
    for minute in range(60):
        with time_machine.travel(begun + timedelta(minutes=minute), tick=False):
            token = token_of(guesser.get("/sign-in"))
            for _ in range(8):
                values = {"email": "ana@example.org", "password": "not this one at all", "csrf_token": token}
                answer = guesser.post("/sign-in", data=values, environ_base={"REMOTE_ADDR": next(address)})
                reached += "password is incorrect" in answer.text
            if minute % 10 == 0:
                known.client.delete_cookie("caseflow")
                page = known.submit("/sign-in", email="ana@example.org", password=PASSWORD, follow=False, status=303)
                assert page.answer.headers["Location"] == "/", f"kept out in minute {minute}"
    assert 5 <= reached <= 20


def token_of(answer) -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.text)[1]


@pytest.mark.parametrize("begin", [timedelta(0), timedelta(minutes=2), timedelta(minutes=3, seconds=59)])
def test_no_hour_has_more_than_twenty_strange_guesses(attempt, passwords, begin):
    at, guesses, moments = now() + begin, count(), []
    for step in range(0, 7500, 20):
        with time_machine.travel(at + timedelta(seconds=step), tick=False):
            before = passwords.hashed
            attempt(stranger(next(guesses)))
            moments += [step] * (passwords.hashed - before)
    assert max(sum(0 <= moment - first < 3600 for moment in moments) for first in moments) <= 20


def test_guesses_from_the_persons_own_address_do_not_delay_the_known_device(attempt):
    device = attempt().device
    with time_machine.travel(now(), tick=False):
        for _ in range(60):
            attempt(WRONG)
        assert attempt().token is None, "a strange device waits, also with the right password"
        assert attempt(replace(RIGHT, device=device)).token


def test_a_known_device_waits_ten_seconds_at_most_after_mistakes_of_its_own(attempt):
    device = attempt().device
    with time_machine.travel(now(), tick=False):
        waits = [attempt(replace(WRONG, device=device)).wait for _ in range(9)]
        assert waits[:5] == [timedelta(0)] * 5
        assert timedelta(0) < waits[-1] <= timedelta(seconds=10)
        at = now() + waits[-1]
    with time_machine.travel(at, tick=False):
        assert attempt(replace(RIGHT, device=device)).token
        assert attempt(replace(WRONG, device=device)).wait == timedelta(0), "the right password filled its bucket again"


def test_a_stolen_cookie_gives_few_guesses(attempt, passwords):
    device, at, before = attempt().device, now(), passwords.hashed
    for step in range(0, 3600, 5):
        with time_machine.travel(at + timedelta(seconds=step), tick=False):
            attempt(replace(WRONG, device=device, address=ADDRESSES[step]))
    assert passwords.hashed - before <= 60


def test_a_cookie_helps_only_its_account_and_only_unchanged(runtime, attempt, passwords):
    make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER), email="eva@example.org")
    mine, hers = attempt().device, attempt(replace(RIGHT, email="eva@example.org")).device
    number, _, signature = mine.partition(".")
    others = ["", hers, mine[:-1], f"{number}.{signature[::-1]}", f"{hers.partition('.')[0]}.{signature}", mine.upper()]
    odd = ["~" * 9, "\0", "\ud800", "é" * 22 + "." + "a" * 43, "~".join([hers] * 99), "." * 70, mine + "x", f"{mine}\n"]
    with time_machine.travel(now(), tick=False):
        for guess in range(8):
            attempt(stranger(guess))
        for forged in others + odd:
            assert attempt(replace(RIGHT, device=forged)).token is None, forged
        assert attempt(replace(RIGHT, device=mine)).token


def test_a_browser_that_several_people_use_is_known_to_all_of_them(runtime, attempt):
    section, cookie = make_section(runtime.units, "EC"), ""
    people = [f"person{number}@example.org" for number in range(devices.MOST_ACCOUNTS)]
    for email in people:
        make_actor(runtime.units, (section, Role.CASEWORKER), email=email)
        cookie = attempt(replace(RIGHT, email=email, device=cookie)).device
    with time_machine.travel(now(), tick=False):
        for email, guess in product(people, range(8)):
            attempt(stranger(guess, email=email))
        assert all(attempt(replace(RIGHT, email=email, device=cookie)).token for email in people)
    assert len(devices.entries(attempt(replace(RIGHT, device=cookie)).device)) == devices.MOST_ACCOUNTS


def is_known(runtime, cookie: str) -> bool:
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        user = uow.session.scalars(select(User).where(User.email == "ana@example.org")).one()
        return devices.known_device(cookie, user, SECRET) is not None


@pytest.mark.parametrize(
    "end",
    [
        lambda uow: reset_password(
            uow, Passwords(ARGON2_PROFILES["quick"]), "ana@example.org", "five other words in here"
        ),
        lambda uow: deactivate(uow, "ana@example.org"),
    ],
)
def test_an_administrator_who_ends_the_sessions_ends_the_devices(runtime, attempt, end):
    device = attempt().device
    assert is_known(runtime, device)
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        end(uow)
    assert not is_known(runtime, device)


def test_signing_out_everywhere_ends_the_devices(runtime, ana, attempt):
    device = attempt().device
    with runtime.units.begin(ana) as uow:
        end_all_sessions(uow)
    assert not is_known(runtime, device)


def test_the_cookie_shows_nothing_and_only_this_site_gets_it(pages, app, ana):
    page = pages().submit("/sign-in", email="ana@example.org", password=PASSWORD, follow=False, status=303)
    header = next(value for value in page.answer.headers.getlist("Set-Cookie") if value.startswith("caseflow-device="))
    assert re.fullmatch(r"caseflow-device=[\w-]{22}\.[\w-]{43}; .*", header)
    assert "ana" not in header.partition(";")[0].lower()
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(header.split("; "))
    assert "Domain" not in header
    app.config.update(SESSION_COOKIE_NAME="__Host-caseflow", SESSION_COOKIE_SECURE=True)
    with app.test_client() as client:
        secure = {"base_url": "https://localhost"}
        token = token_of(client.get("/sign-in", **secure))
        values = {"email": "ana@example.org", "password": PASSWORD, "csrf_token": token}
        cookies = client.post("/sign-in", data=values, **secure).headers.getlist("Set-Cookie")
    header = next(value for value in cookies if value.startswith("__Host-caseflow-device="))
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(header.split("; "))


def test_a_new_password_keeps_this_device_known_and_no_other(pages, ana):
    here, there = pages.another(None), pages.another(None)
    for browser in (here, there):
        browser.submit("/sign-in", email="ana@example.org", password=PASSWORD, follow=False, status=303)
    changed = {"current": PASSWORD, "new": "five quite different words now"}
    here.submit("/account/password", follow=False, status=303, **changed)
    with time_machine.travel(now(), tick=False):
        for _ in range(6):
            pages().submit("/sign-in", email="ana@example.org", password="not this one at all", status=422)
        for browser, status in ((here, 303), (there, 422)):
            browser.client.delete_cookie("caseflow")
            typed = {"email": "ana@example.org", "password": "five quite different words now"}
            browser.submit("/sign-in", follow=False, status=status, **typed)


def test_a_new_device_is_in_at_once_with_a_link(pages, ana):
    known, new = pages(ana), pages.another(None)
    with time_machine.travel(now(), tick=False):
        for _ in range(6):
            refused = pages().submit("/sign-in", email="ana@example.org", password="not this one at all", status=422)
        assert "Too many attempts. Wait 4 minutes" in refused.words
        new.submit("/sign-in", email="ana@example.org", password=PASSWORD, status=422)
        drawn = known.get("/account")
        token = drawn.form().values()["csrf_token"]
        shown = known.post("/account/device-link", {"csrf_token": token})
        link = re.search(r"/sign-in/device/[\w.~-]+", shown.html)[0]
        assert link not in known.get("/account").html
        new.submit(link, follow=False, status=303)
        new.submit("/sign-in", email="ana@example.org", password=PASSWORD, follow=False, status=303)


@pytest.mark.parametrize("later", [timedelta(hours=25), timedelta(days=-2)])
def test_an_old_link_or_one_of_the_future_is_refused(runtime, app, pages, ana, later):
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        token = device_link(uow, "ana@example.org", app.extensions["caseflow.sign_in_key"])
    assert "Make this browser known" in pages().get(f"/sign-in/device/{token}").words
    with time_machine.travel(now() + later):
        assert "not valid any more" in pages().get(f"/sign-in/device/{token}").words
    for odd in (token[:-1], token[1:], "a.b.c", "é", "%00", "." * 300):
        assert "not valid any more" in pages().get(f"/sign-in/device/{odd}").words


def test_a_link_that_is_opened_twice_is_one_device(runtime, attempt):
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        token = device_link(uow, "ana@example.org", SECRET)
    first, second = (devices.with_entry(mine, devices.entry_of_link(token, SECRET)) for mine in ("", ""))
    assert first == second
    assert attempt(replace(RIGHT, device=first)).token


def test_nothing_reveals_whether_an_account_exists(runtime, attempt, ana):
    attempt()
    at, seen = now() + HOUR, {email: [] for email in ("ana@example.org", "nobody@example.org")}
    for step in range(0, 900, 100):
        with time_machine.travel(at + timedelta(seconds=step), tick=False):
            for email in seen:
                seen[email] += [attempt(stranger(step, email=email)) for _ in range(3)]
    assert seen["ana@example.org"] == seen["nobody@example.org"]
    assert len(set(seen["ana@example.org"])) > 1


def test_a_sign_in_of_the_person_is_not_noticed_by_who_guesses(attempt):
    def observed(*, is_ana_there: bool) -> list:
        waits = []
        for step in range(0, 600, 30):
            with time_machine.travel(at + timedelta(seconds=step), tick=False):
                waits.append(attempt(stranger(step)).wait)
                if is_ana_there:
                    attempt(replace(RIGHT, device=device))
        return waits

    device, at = attempt().device, now() + HOUR
    alone = observed(is_ana_there=False)
    at += timedelta(hours=3)
    assert observed(is_ana_there=True) == alone


def rows(runtime) -> Counter:
    with runtime.units.begin(SIGN_IN_ACTOR) as uow:
        return Counter(key.partition(":")[0] for key in uow.session.scalars(select(SignInBucket.key)))


def test_guesses_at_ever_new_accounts_use_little_time_and_few_rows(runtime, attempt, passwords):
    device, limit = attempt().device, buckets.LIMITS[buckets.Kind.EVERYBODY]
    passwords.hashed, at = 0, now() + HOUR
    for number in range(300):
        with time_machine.travel(at + timedelta(seconds=number / 70), tick=False):
            attempt(stranger(number, email=f"person{number}@example.org"))
    seconds = 300 / 70
    assert passwords.hashed <= limit.size + seconds / limit.refill.total_seconds() + 1
    assert rows(runtime)["account"] <= passwords.hashed + 1, "a guess that waits writes nothing"
    assert attempt(replace(RIGHT, device=device)).token


def test_the_number_of_rows_has_a_bound_whatever_addresses_there_are(monkeypatch, runtime, attempt):
    monkeypatch.setattr(buckets, "SLOTS", 16)
    at = now()
    for number in range(120):
        with time_machine.travel(at + timedelta(minutes=5 * number), tick=False):
            attempt(stranger(number * 7, email=f"person{number}@example.org"))
    assert max(rows(runtime).values()) <= 16
    assert max(len(f"{kind}:{(1 << 16) - 1}") for kind in buckets.Kind) <= SignInBucket.key.type.length


def test_full_buckets_are_forgotten_when_somebody_signs_in(runtime, attempt):
    for number in range(20):
        attempt(stranger(number, email=f"person{number}@example.org"))
    with time_machine.travel(now() + timedelta(days=1)):
        attempt()
        assert sum(rows(runtime).values()) <= 3


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "192.0.2.200", True),
        ("192.0.2.7", "192.0.3.7", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.9", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("::1", "::2", True),
        ("", "unix", True),
    ],
)
def test_addresses_are_counted_by_network(one, other, same):
    assert (buckets.network_of(one) == buckets.network_of(other)) is same


@pytest.mark.parametrize("ahead", [timedelta(hours=3), timedelta(days=4000)])
def test_a_clock_that_was_ahead_delays_nobody_longer_than_the_longest_wait(runtime, attempt, ahead):
    device = attempt().device
    with time_machine.travel(now() + ahead, tick=False):
        for number in range(9):
            attempt(stranger(number))
            attempt(replace(WRONG, device=device))
    at = now()
    for tried, longest in ((RIGHT, ACCOUNT.refill), (replace(RIGHT, device=device), timedelta(minutes=2))):
        with time_machine.travel(at, tick=False):
            attempt(tried)
        with time_machine.travel(at + longest, tick=False):
            assert attempt(tried).token


def test_buckets_that_only_a_wrong_clock_can_have_written_are_put_right(runtime, attempt):
    attempt(WRONG)
    with runtime.units.begin(SIGN_IN_ACTOR) as uow:
        uow.session.execute(update(SignInBucket).values(full_at=func.now() + timedelta(days=365)))
    at = now()
    with time_machine.travel(at, tick=False):
        assert attempt().wait <= ACCOUNT.refill
    with time_machine.travel(at + ACCOUNT.refill, tick=False):
        assert attempt().token


def test_a_known_device_does_not_wait_for_the_hashes_of_strangers(monkeypatch):
    passwords, may_end, hashing = Passwords(ARGON2_PROFILES["quick"]), threading.Event(), []
    stored = passwords.hash(PASSWORD)
    salt = stored.rpartition("$")[0]

    def slow(secret, *salt, **cost):
        if secret != PASSWORD.encode():
            hashing.append(secret)
            may_end.wait(60)
        return hash_secret(secret, *salt, **cost)

    monkeypatch.setattr("caseflow.features.accounts.passwords.hash_secret", slow)
    with ThreadPoolExecutor(8) as pool:
        guesses = [pool.submit(passwords.hash_with, None, "a guess", is_known=False) for _ in range(7)]
        try:
            assert passwords.hash_with(salt, PASSWORD, is_known=True) == stored
            assert len(hashing) <= 1, "strangers hash one at a time"
        finally:
            may_end.set()
        assert stored not in [guess.result() for guess in guesses]


@pytest.mark.commits
def test_concurrent_guesses_are_all_counted(attempt, passwords):
    with time_machine.travel(now(), tick=False), ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda number: attempt(stranger(number)), range(24)))
    assert passwords.hashed == ACCOUNT.size


def test_an_open_session_can_not_try_all_passwords(pages, ana):
    browser = pages(ana)
    with time_machine.travel(now(), tick=False):
        for _ in range(12):
            page = browser.submit(
                "/account/password", current="not this one at all", new="five other words in here", status=422
            )
        assert "Too many attempts" in page.words
        page = browser.submit("/account/password", current=PASSWORD, new="five other words in here", status=422)
        assert "Too many attempts" in page.words
