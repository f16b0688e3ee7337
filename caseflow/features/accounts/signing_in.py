"""Signing in: guesses that have to wait, sessions that get a new token, and links that make a device known."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from caseflow.access.actor import JobActor, SystemRole
from caseflow.features.accounts import buckets, devices, service
from caseflow.features.accounts.commands import SignIn
from caseflow.features.accounts.passwords import Passwords
from caseflow.features.accounts.queries import account_to_sign_in, begin_session, token_hash
from caseflow.models import User, UserSession
from caseflow.unit_of_work import UnitOfWork, Units

SIGN_IN_ACTOR = JobActor(SystemRole.ACCOUNTS)


@dataclass(frozen=True, slots=True)
class SignInResult:
    """After success the session token and the cookie of the device; after a failure how long to wait before the next attempt."""

    token: str | None
    wait: timedelta = timedelta(0)
    device: str = ""


def sign_in_key(secret_key: bytes) -> bytes:
    """Return the key of buckets and devices. It is derived: what is made with it reveals nothing about the key of the cookies."""
    return hmac.digest(secret_key, b"sign-in delays", "sha256")


def sign_in(units: Units, passwords: Passwords, attempt: SignIn, secret: bytes) -> SignInResult:
    """Check a password and open a session.

    An unknown address, a wrong password and an inactive account give the same answer in the same time. The attempt is
    counted and committed before the password is checked: if that fails nobody can sign in, and concurrent guesses are
    all counted. No lock is held while the password is hashed.
    """
    with units.begin(SIGN_IN_ACTOR) as uow:
        user = account_to_sign_in(uow, attempt.email)
        device = devices.known_device(attempt.device, user, secret)
        if device is None:
            keys = buckets.strange_device(user.email if user else attempt.email, attempt.address, secret)
        else:
            keys = buckets.known_device(device, secret)
        wait = buckets.wait_of(uow, keys) or buckets.take(uow, keys)
    if wait:
        return SignInResult(None, wait)
    hashed = passwords.hash_with(user.salt if user else None, attempt.password, is_known=device is not None)
    token = secrets.token_urlsafe(32)
    with units.begin(SIGN_IN_ACTOR) as uow:
        if begin_session(uow, attempt.email, hashed, token, attempt.browser[:200]) is None or user is None:
            return SignInResult(None)
        buckets.give_back(uow, keys, all_of=buckets.OF_A_DEVICE)
    return SignInResult(token, device=devices.remember(attempt.device, user, secret))


def renew_session(uow: UnitOfWork, current: SignInResult, secret: bytes) -> SignInResult:
    """End all other sessions of the acting person, and give this one a new token: the old one may be known.

    Of all their devices only this one is known afterwards.
    """
    user, renewed = service.end_all_sessions(uow, but=current.token), secrets.token_urlsafe(32)
    mine = update(UserSession).where(UserSession.token_hash == token_hash(current.token or ""))
    uow.session.execute(mine.values(token_hash=token_hash(renewed)))
    return SignInResult(renewed, device=devices.remember(current.device, user, secret))


def own_device_link(uow: UnitOfWork, secret: bytes) -> str:
    """Return the token of a link that makes another browser known for the acting person (`devices`)."""
    return devices.link_token(uow.session.get_one(User, uow.person.user_id), secret)


def device_link(uow: UnitOfWork, email: str, secret: bytes) -> str:
    """Return the token of a link that makes a browser known for an account.

    Raises:
        Invalid: there is no such account.
    """
    return devices.link_token(service.active_account(uow, email), secret)
