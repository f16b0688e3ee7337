"""The pages of accounts."""

from datetime import timedelta
from http import HTTPStatus
from typing import cast

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from caseflow.access import Permission
from caseflow.clock import now
from caseflow.features.accounts import devices, service, signing_in
from caseflow.features.accounts.commands import SignIn
from caseflow.features.accounts.forms import LanguageForm, NewPasswordForm, SignInForm
from caseflow.features.accounts.passwords import Passwords
from caseflow.features.accounts.queries import is_own_session, own_sessions
from caseflow.features.accounts.words import browser_words
from caseflow.models import User
from caseflow.web.access import public, requires, runtime, units, uow
from caseflow.web.addresses import local_address
from caseflow.web.attempts import current_sign_in_key, too_many_attempts
from caseflow.web.ended_sessions import take_up, token_of_browser
from caseflow.web.forms import CaseflowForm, tidy
from caseflow.web.language import language_name, language_of_request
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("accounts", __name__)
DEVICE_COOKIE_LASTS = timedelta(days=400)
"""The longest that browsers keep a cookie (RFC 6265bis). Every sign-in renews it."""


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
        address, browser = request.remote_addr or "", tidy(request.user_agent.string)
        attempt = form.build(SignIn, address=address, browser=browser, device=_device_cookie())
        result = signing_in.sign_in(units(), _passwords(), attempt, current_sign_in_key())
        if result.token:
            former = token_of_browser()
            entered = _enter(result, local_address(form.next.data or "") or url_for("web.start"))
            take_up(former, result.token, is_own_session)
            return entered
        form.form_errors.append(_refusal(result.wait))
    form.answer_status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return form_page("accounts/sign_in.html", form)


def _refusal(wait: timedelta) -> str:
    if not wait:
        return str(_("Email address or password is incorrect. Check both and try again."))
    return too_many_attempts(wait)


@blueprint.route("/sign-in/device/<token>", methods=["GET", "POST"])
@public
def device(token: str) -> ResponseReturnValue:
    """Make this browser known to the account that a link is for, so that guesses of others can't make its owner wait."""
    form, entry = CaseflowForm(), devices.entry_of_link(token, current_sign_in_key())
    if entry is None:
        form.form_errors.append(_("This link is not valid any more. Ask for a new one."))
    elif form.validate_on_submit():
        response = redirect(url_for("accounts.sign_in"), 303)
        _store_device(response, devices.with_entry(_device_cookie(), entry))
        return response
    return form_page("accounts/device.html", form, is_valid=entry is not None)


@blueprint.post("/account/device-link")
@requires(Permission.ACCOUNT_OWN)
def device_link() -> ResponseReturnValue:
    """Show a link that makes another browser known."""
    if not CaseflowForm().validate_on_submit():
        return redirect(url_for("accounts.show"), 303)
    token = signing_in.own_device_link(uow(), current_sign_in_key())
    address = runtime().settings.base_url + url_for("accounts.device", token=token)
    return render_template("accounts/device_link.html", address=address)


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


@blueprint.get("/account/stay")
@requires(Permission.ACCOUNT_OWN)
def stay() -> ResponseReturnValue:
    """Renew the session, as any page does; for a page that has been open for long."""
    return "", HTTPStatus.NO_CONTENT


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
    if wait := service.count_own_password(uow(), current_sign_in_key()) if request.method == "POST" else None:
        form.form_errors.append(_refusal(wait))
        form.answer_status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif submit(form, lambda: _change_password(form)):
        current = signing_in.SignInResult(current_user.token, device=_device_cookie())
        response = _enter(signing_in.renew_session(uow(), current, current_sign_in_key()), url_for("accounts.show"))
        flash(_("Your password was changed. Other browsers were signed out."), "good")
        return response
    return form_page("accounts/password.html", form)


def _change_password(form: NewPasswordForm) -> User:
    return service.change_password(uow(), _passwords(), form.current.data or "", form.new.data or "")


@blueprint.route("/account/language", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def language() -> ResponseReturnValue:
    """Choose the language of pages and reminders."""
    form = LanguageForm(language=uow().person.language)
    if submit(form, lambda: service.choose_language(uow(), form.language.data or "")):
        return redirect(url_for("accounts.show"), 303)
    return form_page("accounts/language.html", form)


def _enter(result: signing_in.SignInResult, target: str) -> Response:
    """Store a new session token in the cookie and drop everything else in it, against session fixation; then go on."""
    session.clear()
    session.permanent = False
    session["_user_id"] = result.token
    response = redirect(target, 303)
    _store_device(response, result.device)
    return response


def _device_cookie() -> str:
    return request.cookies.get(_device_cookie_name(), "")


def _device_cookie_name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-device"


def _store_device(response: Response, cookie: str) -> None:
    is_secure = current_app.config["SESSION_COOKIE_SECURE"]
    name, age = _device_cookie_name(), DEVICE_COOKIE_LASTS
    response.set_cookie(name, cookie, max_age=age, secure=is_secure, httponly=True, samesite="Strict")


def _to_sign_in_of_an_empty_browser() -> ResponseReturnValue:
    """Ask the browser to forget the pages of the session. Cookies stay: one of them is not of the session."""
    response = redirect(url_for("accounts.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
