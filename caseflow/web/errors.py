"""Errors as pages: what happened, and what to do next. Hidden and missing things give the same response."""

import time
from http import HTTPStatus

import structlog
from flask import Flask, flash, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException

from caseflow.errors import CaseflowError, CaseMerged
from caseflow.unit_of_work import OutcomeUnknown
from caseflow.web.access import unit_of_work_of_request
from caseflow.web.case_pages import case_url
from caseflow.web.drafts import keep_lost
from caseflow.web.headers import content_security_policy
from caseflow.web.once import AlreadySaved, NothingSaved, StillSaving, is_safe_to_send_again
from caseflow.web.saving import removed_page, removed_sentence
from caseflow.web.texts import gettext as _
from caseflow.web.typed import typed
from caseflow.web.words import error_sentence

log = structlog.get_logger(__name__)


def _page(status: int, heading: str, message: str, *, may_send_again: bool = False) -> ResponseReturnValue:
    sent = typed()
    page = render_template(
        "_layout/error.html",
        error_title=heading,
        error_text=message,
        error_status=status,
        typed=sent,
        may_send_again=may_send_again,
        is_kept=sent is not None and status < HTTPStatus.INTERNAL_SERVER_ERROR and _is_kept(),
    )
    response = make_response(page, status)
    response.headers["Content-Security-Policy"] = content_security_policy(None)
    return response


def _is_kept() -> bool:
    """Keep what was typed as a draft; return whether it is kept."""
    try:
        with unit_of_work_of_request() as unit:
            return keep_lost(unit)
    except (DBAPIError, OutcomeUnknown):
        return False


NOT_FOUND_SECONDS = 0.05
"""A hidden row takes longer to refuse than a missing one, because a policy is evaluated: a measurable difference."""


def _note_start() -> None:
    g.started_at = time.monotonic()


def _hide_timing() -> None:
    """Delay the response to a fixed time after the start of the request, so that its time does not show whether a row exists.

    A request that has taken longer waits for the next multiple. The start is that of the request: with steps of the clock,
    whoever chooses when to send it could choose how near to a step it ends.
    """
    taken = time.monotonic() - g.started_at
    time.sleep(NOT_FOUND_SECONDS - taken % NOT_FOUND_SECONDS)


def _of_caseflow(error: CaseflowError) -> ResponseReturnValue:
    headings = {
        404: _("Page not found"),
        403: _("You do not have access to this page"),
        409: _("Someone else changed this first"),
        422: _("There is a problem with what you entered"),
    }
    if error.status == HTTPStatus.NOT_FOUND:
        page = removed_page()
        if page is not None:
            return page
        _hide_timing()
    message = removed_sentence() or _missing() if error.status == HTTPStatus.NOT_FOUND else error_sentence(error)
    return _page(error.status, headings.get(error.status, _("Something went wrong")), message)


def _of_merged_case(error: CaseMerged) -> ResponseReturnValue:
    if request.method != "GET":
        return _page(409, _("Someone else changed this first"), error_sentence(error))
    flash(_("%(reference)s was recorded twice, and was merged into this case.", reference=error.reference), "info")
    return redirect(case_url(error.kept_id), HTTPStatus.SEE_OTHER)


def _missing() -> str:
    return str(
        _(
            "This page does not exist, or you do not have access to it. Check the address, or start from your first page."
        )
    )


def _of_http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code in (301, 302, 303, 307, 308):
        return error
    texts = {
        400: (_("The request could not be understood"), _("Go back, reload the page and repeat your change.")),
        404: (_("Page not found"), _missing()),
        405: (_("This address cannot be used in this way"), _("Go back and use the buttons of the page.")),
        413: (
            _("The text or file is too large"),
            _("The text or file is larger than this page can take. Go back and send less."),
        ),
        414: (
            _("This address is too long"),
            _("Go back, clear the filters and search for fewer things at once."),
        ),
        503: (
            _("There is no room for this file just now"),
            _("Nothing was saved. Wait a minute and send it again; if that does not help, tell your administrator."),
        ),
    }
    heading, message = texts.get(code, (_("Something went wrong"), _("Go back and try again.")))
    return _page(code, heading, message)


def _of_database(error: DBAPIError) -> ResponseReturnValue:
    if isinstance(error, OperationalError) or error.connection_invalidated:
        log.error("database_unreachable", error=type(error.orig).__name__)
        return _unreachable(error)
    return _unexpected(error)


def _unreachable(_error: Exception) -> ResponseReturnValue:
    if request.method == "POST" and not g.get("is_saved"):
        message = _("Nothing was saved. Wait a minute, then send it again.")
    else:
        message = _("Wait a minute, then load the page again.")
    return _page(503, _("The database does not respond"), message, may_send_again=True)


def _of_unknown_outcome(_error: OutcomeUnknown) -> ResponseReturnValue:
    log.error("commit_outcome_unknown")
    if request.method != "POST":
        return _unreachable(_error)
    if is_safe_to_send_again():
        message = _(
            "The connection to the database broke during saving. Send it again: if it was saved, it is not saved a second time."
        )
    else:
        message = _(
            "The connection to the database broke during saving. Look whether it was saved before you send it again."
        )
    return _page(503, _("It is not known whether this was saved"), message, may_send_again=is_safe_to_send_again())


def _still_saving(_error: StillSaving) -> ResponseReturnValue:
    message = _(
        "You sent this more than once, and the first time is not finished. Wait a minute, then send it again: it is saved only once."
    )
    return _page(503, _("This is still being saved"), message, may_send_again=True)


def _already_saved(error: AlreadySaved) -> ResponseReturnValue:
    flash(_("This was saved already. It was not saved a second time."), "info")
    return redirect(error.saved.location, HTTPStatus.SEE_OTHER)


def _unexpected(error: Exception) -> ResponseReturnValue:
    # The class and the place, never the values: they may be case data.
    log.error("unexpected_error", error=type(error).__name__, exc_info=error)
    if g.get("is_saved"):
        message = _("What you sent was saved, but the page that follows could not be drawn.")
    else:
        message = _("Nothing was saved. Try again; if it happens once more, tell your administrator the time.")
    return _page(500, _("Something went wrong on our side"), message)


def install(app: Flask) -> None:
    """Register the pages, and note when each request starts."""
    app.before_request(_note_start)
    app.register_error_handler(CaseflowError, _of_caseflow)
    app.register_error_handler(CaseMerged, _of_merged_case)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(DBAPIError, _of_database)
    app.register_error_handler(NothingSaved, _unreachable)
    app.register_error_handler(OutcomeUnknown, _of_unknown_outcome)
    app.register_error_handler(StillSaving, _still_saving)
    app.register_error_handler(AlreadySaved, _already_saved)
    if not app.testing:  # tests must see unexpected errors
        app.register_error_handler(Exception, _unexpected)
