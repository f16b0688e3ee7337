"""A form that was sent after the session had ended is remembered, until its author signs in again in this browser.

Nobody is signed in when it is sent, so nothing can be written for anybody. It is sealed in Redis under a hash of the old
session's token, which the cookie still carries; whoever signs in gets it as a draft if that session was theirs.
"""

import json
from collections.abc import Callable
from typing import Final

from flask import Flask, Response, current_app, flash, g, request, session
from sqlalchemy.exc import DBAPIError

from caseflow.unit_of_work import UnitOfWork
from caseflow.web.access import unit_of_work_of_request
from caseflow.web.drafts import keep_sent, query_without_drafts, route_of
from caseflow.web.once import KEY, WELL_FORMED
from caseflow.web.session_store import forget_of, recall_of, remember_of
from caseflow.web.texts import gettext

NAME: Final = "lost-forms"
MOST: Final = 8
"""Forms that are remembered of a session: those of its last windows."""
MOST_CHARACTERS: Final = 400_000
COOKIE: Final = "_user_id"
"""Where Flask-Login keeps the token."""


def token_of_browser() -> str:
    """Return the token of the session that this browser has or had; nothing if there is none."""
    token = session.get(COOKIE)
    return token if isinstance(token, str) else ""


def _remember(answer: Response) -> Response:
    """Remember the form that `web.access` has answered by asking its author to sign in."""
    fields: list[tuple[str, str]] | None = g.get("form_of_ended_session")
    token = token_of_browser()
    if fields and token:
        earlier = json.loads(recall_of(token, NAME) or "[]")
        query = query_without_drafts(request.query_string.decode(errors="replace"))
        text = json.dumps([*earlier[1 - MOST :], [request.path, query, fields]])
        if len(text) <= MOST_CHARACTERS:
            remember_of(token, NAME, text)
    return answer


def take_up(former: str, token: str, is_own: Callable[[UnitOfWork, str], bool]) -> None:
    """Keep as drafts what was sent after a former session of this browser had ended, for the person who has just signed in.

    Args:
        former: the token of the former session.
        token: that of the new one.
        is_own: whether the former session was that of the acting person.
    """
    forms = json.loads(recall_of(former, NAME) or "[]") if former else []
    if not forms:
        return
    current_app.extensions["caseflow.identify"](token)
    try:
        with unit_of_work_of_request() as unit:
            kept = [_keep(unit, *form) for form in forms] if is_own(unit, former) else []
    except DBAPIError:  # signing in must not fail for it
        return
    if any(kept):
        forget_of(former, NAME)
        flash(
            gettext(
                "What you sent after your session had ended is kept as a draft: open the form again, or My drafts."
            ),
            "info",
        )


def _keep(unit: UnitOfWork, path: str, query: str, fields: list[list[str]]) -> bool:
    pairs = [(name, value) for name, value in fields]
    route, key = route_of(path, unit.person), dict(pairs).get(KEY, "")
    return route is not None and WELL_FORMED.fullmatch(key) is not None and keep_sent(unit, route, key, pairs, query)


def install(app: Flask) -> None:
    """Remember forms of sessions that have ended."""
    app.after_request(_remember)
