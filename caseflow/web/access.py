"""Who may open which page. Deny by default: an endpoint without `@requires` or `@public` is refused.

`@requires` opens the unit of work of the request for the signed-in person, and commits it when the view returns.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any, Protocol, TypeVar, cast

from flask import Flask, Response, current_app, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from caseflow.access import Permission, PersonActor
from caseflow.access.own_day import own_today
from caseflow.errors import CaseflowError, Forbidden
from caseflow.models import Role
from caseflow.outbound.mail import Mailer
from caseflow.storage import Store
from caseflow.storage.settings import FileSettings
from caseflow.unit_of_work import OutcomeUnknown, UnitOfWork, Units
from caseflow.web import once
from caseflow.web.addresses import address_of_request
from caseflow.web.dates import show_date
from caseflow.web.drafted import ARGUMENT
from caseflow.web.drafts import open_used
from caseflow.web.texts import gettext
from caseflow.web.typed import fields_left
from caseflow.web.words import label

View = TypeVar("View", bound=Callable[..., Any])


class UnguardedEndpoint(RuntimeError):
    """A route has neither `@requires` nor `@public`."""


class SignedIn(Protocol):
    """The part of Flask-Login's `current_user` that is used here, when a person is signed in."""

    token: str
    actor: PersonActor


def today_of_reader() -> date:
    """Return today's date in the signed-in person's time zone. Days to a deadline are counted in the section's."""
    return own_today(uow().session, uow().person)


def requires(permission: Permission) -> Callable[[View], View]:
    """Allow a route only to people with a role that has the permission. Row security decides which rows they see."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return _to_sign_in()
            actor = actor_of_request()
            g.may_show_typed = True
            request.is_of_person = True  # type: ignore[attr-defined]  # of `FormRequest`
            if not actor.may(permission):
                raise _forbidden(actor)
            try:
                with unit_of_work_of_request() as g.uow:
                    if ARGUMENT in request.args and request.method == "GET":
                        open_used(g.uow)
                    unit, answer = g.uow, _answer(view, *args, **kwargs)
                    remarks = _remarks(unit)
                _tell_changed_clocks(unit)
                for said in remarks:
                    flash(said, "info")
            except OutcomeUnknown:
                once.check_whether_saved(unit_of_work_of_request)
            finally:
                g.pop("uow", None)  # error pages are drawn after this, and must not use the closed transaction
            g.is_saved = request.method == "POST"
            return answer

        guarded.guard = permission  # type: ignore[attr-defined]  # read by `refuse_unguarded` and by tests
        return cast("View", guarded)

    return mark


def _forbidden(actor: PersonActor) -> Forbidden:
    """Return the refusal of a page, saying whom this person can ask: not everybody has a coordinator."""
    roles = {member.role for member in actor.memberships}
    if roles & {Role.CASEWORKER, Role.SECTION_REPORTER}:
        return Forbidden("Your role does not give access to this page. Ask your coordinator if you need it.")
    if Role.ADMINISTRATOR in roles:
        return Forbidden("Your role does not give access to this page: administrators see no cases and no counts.")
    return Forbidden("Your role does not give access to this page. Ask an administrator if you need it.")


def _remarks(unit: UnitOfWork) -> list[str]:
    """Return what features have to say about what this request is about to save."""
    if not unit.audit.entries:
        return []
    return [said for remarks in current_app.extensions["caseflow.remarks"] for said in remarks(unit)]


def _tell_changed_clocks(unit: UnitOfWork) -> None:
    """Say on the next page what this request has changed in the computed deadlines of a case."""
    for one in dict.fromkeys(unit.changed_clocks):
        what = label("deadline_kind", one.kind.value)
        if one.due_on is None:
            flash(gettext("%(what)s: no longer applies.", what=what), "info")
        else:
            flash(gettext("%(what)s: now ends on %(day)s.", what=what, day=show_date(one.due_on)), "info")


def _answer(view: Callable[..., Any], *args: Any, **kwargs: Any) -> Response:
    """Return the response of a view. A form that was saved before is led there, also if it can't be saved any more."""
    try:
        answer = current_app.make_response(view(*args, **kwargs))
    except CaseflowError:
        once.lead_to_saved(uow())
        raise
    once.answered(uow(), answer)
    return answer


def unit_of_work_of_request() -> AbstractContextManager[UnitOfWork]:
    """Return the transaction in which the person was identified; if it has been used already, another, by the same token.

    There is no other way to act as a person here.

    Raises:
        OutcomeUnknown: the session has ended meanwhile.
    """
    if "identified" not in g:
        current_app.extensions["caseflow.identify"](cast("SignedIn", current_user).token)
    identified: UnitOfWork | None = g.pop("identified", None)
    if identified is None:
        raise OutcomeUnknown
    return units().resume(identified)


def _close_unused(_error: BaseException | None) -> None:
    """Close the transaction in which the person was identified, when the view did not use it."""
    identified: UnitOfWork | None = g.pop("identified", None)
    if identified is not None:
        identified.session.close()


def _to_sign_in() -> ResponseReturnValue:
    """Ask the person to sign in. A form sent after the session had ended is shown again with what was typed into its fields."""
    typed = [] if request.method == "GET" else fields_left()
    if not typed:
        return redirect(url_for("accounts.sign_in", next=address_of_request() if request.method == "GET" else None))
    sign_in = url_for("accounts.sign_in")
    g.form_of_ended_session = typed
    page = render_template("_layout/session_ended.html", fields=typed, address=address_of_request(), sign_in=sign_in)
    return make_response(page, HTTPStatus.UNAUTHORIZED)


def public(view: View) -> View:
    """Allow a route to everybody, also without signing in. The view gets no unit of work."""
    view.guard = None  # type: ignore[attr-defined]  # read by `refuse_unguarded` and by tests
    return view


def is_public() -> bool:
    """Return whether this request is for a route that is open to everybody."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "guard", view) is None and view is not None


class AppSettings(Protocol):
    """The settings that features and the kit read."""

    @property
    def session_idle(self) -> timedelta: ...  # noqa: D102 - the names are those of the settings
    @property
    def session_absolute(self) -> timedelta: ...  # noqa: D102
    @property
    def argon2(self) -> Any: ...  # noqa: D102
    @property
    def secret_key(self) -> bytes: ...  # noqa: D102
    @property
    def base_url(self) -> str: ...  # noqa: D102
    @property
    def redis_url(self) -> str: ...  # noqa: D102
    @property
    def is_mail_held(self) -> bool: ...  # noqa: D102
    @property
    def files(self) -> FileSettings: ...  # noqa: D102


class AppRuntime(Protocol):
    """The parts that the application was made from (`caseflow.runtime.Runtime`)."""

    @property
    def settings(self) -> AppSettings: ...  # noqa: D102
    @property
    def units(self) -> Units: ...  # noqa: D102
    @property
    def mailer(self) -> Mailer: ...  # noqa: D102
    @property
    def store(self) -> Store: ...  # noqa: D102


def runtime(app: Flask | None = None) -> AppRuntime:
    """Return the parts of an application, by default of the one that handles this request."""
    return cast("AppRuntime", (app or current_app).extensions["caseflow.runtime"])


def units() -> Units:
    """Return what opens units of work in this application."""
    return runtime().units


def uow() -> UnitOfWork:
    """Return the unit of work of this request."""
    return cast("UnitOfWork", g.uow)


def actor_of_request() -> PersonActor:
    """Return the signed-in person."""
    return cast("SignedIn", current_user).actor


def refuse_unguarded() -> None:
    """Refuse a request to a route that has neither `@requires` nor `@public`.

    Raises:
        UnguardedEndpoint: names the endpoint; the response is a 500. An architecture test finds such routes earlier.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if view is not None and not hasattr(view, "guard"):
        raise UnguardedEndpoint(f"{request.endpoint} has neither @requires(Permission.…) nor @public")


def refuse_foreign_forms() -> None:
    """Refuse a form sent from another site (Fetch Metadata). The CSRF token of each form is checked as well.

    Raises:
        Forbidden: the browser reports that the request comes from another site.
    """
    if request.method != "GET" and request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        raise Forbidden(
            "This was sent from another site, so nothing was changed. Open the page here and send it again."
        )


def install(app: Flask) -> None:
    """Check every request before its view runs."""
    app.before_request(refuse_unguarded)
    app.before_request(refuse_foreign_forms)
    app.teardown_request(_close_unused)
    public(app.view_functions["static"])
