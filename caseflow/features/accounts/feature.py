"""Sign-in, server-side sessions, users and their memberships.

Flask-Login over sessions in PostgreSQL: the cookie carries a token, the database decides whether it is valid.
"""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, g
from flask_login import LoginManager, UserMixin

from caseflow.access import PersonActor
from caseflow.clock import now
from caseflow.features.accounts.passwords import Passwords
from caseflow.features.accounts.queries import authenticate_session
from caseflow.features.accounts.signing_in import sign_in_key
from caseflow.features.accounts.views import blueprint
from caseflow.features.accounts.words import VOCABULARIES
from caseflow.web.access import runtime, units
from caseflow.web.feature import Feature

WARNED_BEFORE = timedelta(minutes=3)
"""How long before the end of an unused session people are told. A minute more than they read: the use of a session is noted once a minute."""


@dataclass(frozen=True)
class SignedInUser(UserMixin):  # type: ignore[misc]  # Flask-Login publishes no types
    """The person who is signed in for this request. Flask-Login identifies them by the session token, not the user id."""

    token: str
    actor: PersonActor

    @property
    def name(self) -> str:
        """The name shown in the header."""
        return self.actor.name

    def get_id(self) -> str:
        """Return the session token, which Flask-Login stores in the cookie."""
        return self.token


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session may be unused, and how long it lasts at most."""

    idle: timedelta
    absolute: timedelta


def install(app: Flask) -> None:
    """Set up passwords, sessions, and the loader of signed-in people."""
    settings = runtime(app).settings
    limits = SessionLimits(settings.session_idle, settings.session_absolute)
    app.extensions["caseflow.passwords"] = Passwords(settings.argon2)
    app.extensions["caseflow.session_limits"] = limits
    app.extensions["caseflow.sign_in_key"] = sign_in_key(settings.secret_key)
    warn_after = max(limits.idle - WARNED_BEFORE, timedelta())
    app.jinja_env.globals["session_warning_after"] = lambda: int(warn_after.total_seconds())
    manager = LoginManager()
    manager.session_protection = None  # binding to an address signs people out on mobile networks; tokens are random
    # Templates call `account()`. A context processor would query on every page, also on the error page without a database.
    manager.init_app(app, add_context_processor=False)

    @manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login publishes no types
    def load(token: str) -> SignedInUser | None:
        identified = units().identify(
            lambda session: authenticate_session(session, token, now(), limits.idle, limits.absolute)
        )
        if identified is None:
            return None
        g.identified = identified  # the view continues in this transaction (`web.access`)
        return SignedInUser(token, identified.person)

    app.extensions["caseflow.identify"] = load


FEATURE = Feature(name="accounts", blueprints=(blueprint,), words=VOCABULARIES, install=install)
