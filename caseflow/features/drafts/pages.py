"""The data of the pages of drafts."""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException

from caseflow import drafts
from caseflow.clock import now
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.drafted import ARGUMENT
from caseflow.web.drafts import erase_source, keep_sent, kept_words, moment_of, page_of, query_without_drafts, route_of
from caseflow.web.once import KEY, WELL_FORMED
from caseflow.web.session_store import next_number
from caseflow.web.texts import gettext as _
from caseflow.web.typed import TypedText, form_of_fields, texts_of
from caseflow.web.words import words_of_app

BLOCK: Final = 5
"""Drafts that "My work" shows."""
RATE_SECONDS: Final = 60
MOST_IN_TIME: Final = 120
"""Times in a minute that a session may send what is typed: two windows send forty at most."""
MILLISECONDS: Final = re.compile(r"\d{1,16}", re.ASCII)
OF_SCRIPT: Final = frozenset({"draft-to", "draft-query", "draft-at"})


@dataclass(frozen=True, slots=True)
class Line:
    """One draft in a list: which form, which case, when."""

    id: UUID
    version: int
    form: str
    reference: str
    case_href: str
    when: str
    href: str


@dataclass(frozen=True, slots=True)
class WorkBlock:
    """The latest drafts, for "My work"."""

    lines: list[Line]
    is_more: bool


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft: which form it is of, its text if it identifies nobody, and where the form is drawn from it."""

    line: Line
    texts: list[TypedText]
    is_hidden: bool
    use_href: str


def lines(uow: UnitOfWork) -> list[Line]:
    """Return the drafts of the acting person, the newest first."""
    return [_line(uow, one) for one in drafts.drafts_of(uow.session, uow.person.user_id)]


def work_block(uow: UnitOfWork) -> WorkBlock:
    """Return what "My work" shows of drafts."""
    found = drafts.drafts_of(uow.session, uow.person.user_id, BLOCK + 1)
    return WorkBlock([_line(uow, one) for one in found[:BLOCK]], is_more=len(found) > BLOCK)


def draft_page(uow: UnitOfWork, opened: drafts.Opened) -> DraftPage:
    """Return the page of a draft. What may identify somebody is shown by the page of its form only."""
    one, fields = opened.draft, list(opened.typed.fields)
    endpoint = _endpoint(one.address)
    form = form_of_fields({name.partition("-")[0] for name, _value in fields}, endpoint)
    is_hidden = form is None or form.shows_identity
    use_href = page_of(one.address, opened.typed.query, **{ARGUMENT: str(one.id)})
    texts = [] if is_hidden else texts_of(fields, endpoint)
    return DraftPage(_line(uow, opened.listed), texts, is_hidden, use_href)


def _line(uow: UnitOfWork, one: drafts.Listed) -> Line:
    draft, endpoint = one.draft, _endpoint(one.draft.address)
    return Line(
        id=draft.id,
        version=draft.version,
        form=words_of_app().of("draft_form").get(endpoint) or _("A form that is not there any more"),
        reference=one.reference or "",
        case_href=url_for("cases.show", case_id=one.case_id) if one.case_id else "",
        when=moment_of(uow, draft.saved_at),
        href=url_for("drafts.show", draft_id=draft.id),
    )


def _endpoint(address: str) -> str:
    try:
        return str(current_app.url_map.bind("").match(address, method="POST")[0])
    except HTTPException:
        return ""


def keep_of_page(unit: UnitOfWork) -> tuple[str, bool]:
    """Keep what a page sends while somebody types; return what it says about that, and whether it is kept."""
    number = next_number(f"drafts-{int(now().timestamp()) // RATE_SECONDS}")
    if number is not None and number > MOST_IN_TIME:
        return _("Not kept as a draft just now: too much was sent. It is tried again while you type."), False
    route, key = route_of(request.form.get("draft-to", ""), unit.person), request.form.get(KEY, "")
    written = request.form.get("draft-at", "")
    if route is None or not WELL_FORMED.fullmatch(key) or not MILLISECONDS.fullmatch(written):
        return _("This is not kept as a draft."), False
    sent = [pair for pair in request.form.items(multi=True) if pair[0] not in OF_SCRIPT]
    query = query_without_drafts(request.form.get("draft-query", ""))
    if keep_sent(unit, route, key, sent, query, written=int(written)):
        erase_source(unit, route.address)
        return kept_words(unit, now()), True
    if drafts.number_of(unit.session, unit.person.user_id) >= drafts.MOST:
        return _("Not kept as a draft: you have 200. Save or discard some of them (My work, My drafts)."), False
    return _("This is not kept as a draft."), False
