"""The pages of accounts."""

from http import HTTPStatus
from math import ceil
from typing import cast

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from caseflow.access import Permission
from caseflow.clock import now
from caseflow.features.accounts import service
from caseflow.features.accounts.commands import SignIn
from caseflow.features.accounts.forms import LanguageForm, NewPasswordForm, SignInForm
from caseflow.features.accounts.passwords import Passwords
from caseflow.features.accounts.queries import own_sessions
from caseflow.features.accounts.words import browser_words
from caseflow.web.access import public, requires, units, uow
from caseflow.web.addresses import local_address
from caseflow.web.forms import CaseflowForm
from caseflow.web.language import language_name, language_of_request
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext

blueprint = Blueprint("accounts", __name__)


def _passwords() -> Passwords:
    return cast("Passwords", current_app.extensions["caseflow.passwords"])


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in."""
    if current_user.is_authenticated:
        return redirect(url_for("web.start"))
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        address, browser = request.remote_addr or "", request.user_agent.string
        attempt = form.build(SignIn, address=address, browser=browser)
        result = service.sign_in(units(), _passwords(), attempt, current_app.extensions["caseflow.delay_key"])
        if result.token:
            _store_session_token(result.token)
            return redirect(local_address(form.next.data or "") or url_for("web.start"), 303)
        form.form_errors.append(_refusal(ceil(result.wait.total_seconds())))
    form.answer_status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return form_page("accounts/sign_in.html", form)


def _refusal(seconds: int) -> str:
    if seconds < 1:
        return str(_("Email address or password is incorrect. Check both and try again."))
    words: str = ngettext(
        "Too many attempts. Wait a second, then try again.",
        "Too many attempts. Wait %(num)d seconds, then try again.",
        seconds,
    )
    return words


@blueprint.post("/sign-out")
@requires(Permission.ACCOUNT_OWN)
def sign_out() -> ResponseReturnValue:
    """End this session."""
    if CaseflowForm().validate_on_submit():
        service.end_session(uow(), current_user.token)
        session.clear()
    return _to_sign_in_of_an_empty_browser()


@blueprint.get("/account")
@requires(Permission.ACCOUNT_OWN)
def show() -> ResponseReturnValue:
    """Show the person's roles and open sessions."""
    sessions = own_sessions(uow(), now(), current_app.extensions["caseflow.session_limits"].idle)
    actor = uow().person
    spoken = language_name(language_of_request())
    found = [(browser_words(one.browser), one) for one in sessions]
    return render_template("accounts/show.html", sessions=found, form=CaseflowForm(), actor=actor, spoken=spoken)


@blueprint.post("/account/sign-out-everywhere")
@requires(Permission.ACCOUNT_OWN)
def sign_out_everywhere() -> ResponseReturnValue:
    """End all sessions, including this one."""
    if CaseflowForm().validate_on_submit():
        service.end_all_sessions(uow())
        session.clear()
    return _to_sign_in_of_an_empty_browser()


@blueprint.route("/account/password", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def password() -> ResponseReturnValue:
    """Change the person's password and end their other sessions."""
    form = NewPasswordForm()
    if submit(form, lambda: service.change_password(uow(), _passwords(), form.current.data or "", form.new.data or "")):
        _store_session_token(service.renew_session(uow(), current_user.token))
        flash(_("Your password was changed. Other browsers were signed out."), "good")
        return redirect(url_for("accounts.show"), 303)
    return form_page("accounts/password.html", form)


@blueprint.route("/account/language", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def language() -> ResponseReturnValue:
    """Choose the language of pages and reminders."""
    form = LanguageForm(language=uow().person.language)
    if submit(form, lambda: service.choose_language(uow(), form.language.data or "")):
        return redirect(url_for("accounts.show"), 303)
    return form_page("accounts/language.html", form)


def _store_session_token(token: str) -> None:
    """Store a new session token in the cookie and drop everything else in it, against session fixation."""
    session.clear()
    session.permanent = False
    session["_user_id"] = token


def _to_sign_in_of_an_empty_browser() -> ResponseReturnValue:
    """Ask the browser to forget the pages of the session. Cookies stay: one of them is not of the session."""
    response = redirect(url_for("accounts.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
