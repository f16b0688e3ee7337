"""A form is saved once, however often it is sent: a second press on a slow line, Back, or after a connection broke.

Every form carries a random key, made when its page is drawn. `submit` stores the key in the transaction that saves, bound to
the account and the address; `answered` stores where the answer leads. The same form sent again is led there.

A form that adds something (`CaseflowForm.adds`) is asked for confirmation when it comes with the same key and another content,
or with another key and the same content; other forms act again when their content is another.
"""

import hmac
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, cast

from flask import Response, current_app, g, request
from markupsafe import Markup
from psycopg.errors import LockNotAvailable
from sqlalchemy.exc import DBAPIError, OperationalError

from caseflow.access import PersonActor
from caseflow.request_keys import Saved, SentForm, claim, find, finish
from caseflow.unit_of_work import OutcomeUnknown, UnitOfWork

KEY: Final = "once"
"""Short, because a page may have fifty forms."""
ANYWAY: Final = "send_anyway"
KEY_BYTES: Final = 12
NO_CONTENT: Final = frozenset({"csrf_token", KEY, ANYWAY})
"""Fields that say nothing about what was typed."""
WELL_FORMED: Final = re.compile(r"[\w-]{16,64}", re.ASCII)


@dataclass
class AlreadySaved(Exception):
    """This form was saved before: the answer leads to what was saved."""

    saved: Saved


@dataclass
class SavedBefore(Exception):
    """A form that adds was saved before with another content, or another form with the same content."""

    saved: Saved


class StillSaving(Exception):
    """The same form is being saved by another request, which has taken longer than a lock may be waited for."""


class NothingSaved(Exception):
    """The connection broke during the commit, and the transaction was rolled back."""


def page_key() -> str:
    """Return the key for the forms of this page: the key of the form that is drawn again, or a new one."""
    if "page_key" not in g:
        g.page_key = _sent_key() or secrets.token_urlsafe(KEY_BYTES)
    return cast("str", g.page_key)


def hidden_key() -> Markup:
    """Return the hidden field with the key of a form."""
    anyway = Markup('<input type="hidden" name="{}" value="yes">').format(ANYWAY) if g.get("sends_anyway") else ""
    return Markup('<input type="hidden" name="{}" value="{}">').format(KEY, page_key()) + anyway


def store_key(uow: UnitOfWork, *, adds: bool) -> SentForm | None:
    """Store the key of the form that this request sends, in the savepoint in which it is saved; None if it has no key.

    Raises:
        AlreadySaved: this form was saved before.
        SavedBefore: a form that adds needs confirmation.
        StillSaving: another request is saving it.
    """
    form = _sent_form(uow.person, is_bound_to_content=not adds)
    if form is None or "stored_form" in g:
        return None
    try:
        saved = claim(uow.session, form, also_by_content=adds and ANYWAY not in request.form)
    except OperationalError as error:
        if isinstance(error.orig, LockNotAvailable):
            raise StillSaving from error
        raise
    if saved is None:
        return form
    raise AlreadySaved(saved) if saved.is_same_form and saved.is_same_content else SavedBefore(saved)


def keep(form: SentForm | None) -> None:
    """Say that the savepoint in which `store_key` stored a form was not rolled back."""
    if form is not None:
        g.stored_form = form


def is_stored() -> bool:
    """Return whether this request has saved a form."""
    return "stored_form" in g


def start_again() -> None:
    """Give the forms of this page a new key."""
    g.page_key = secrets.token_urlsafe(KEY_BYTES)


def ask_to_send_anyway() -> None:
    """Give the forms of this page a new key, with which they are saved whatever was saved before."""
    start_again()
    g.sends_anyway = True


def lead_to_saved(uow: UnitOfWork) -> None:
    """Lead to what was saved if this very form was saved before. For requests that fail before they store their key.

    Raises:
        AlreadySaved: it was.
    """
    forms = [_sent_form(uow.person, is_bound_to_content=bound) for bound in (True, False)]
    found = [form for form in forms if form is not None]
    if found and "stored_form" not in g and uow.session.is_active:
        saved = find(uow.session, [form.key for form in found], found[0].content)
        if saved is not None and saved.is_same_content:
            raise AlreadySaved(saved)


def answered(uow: UnitOfWork, answer: Response) -> None:
    """Store where the answer leads. An answer that leads nowhere, such as a file, may be asked for again."""
    form: SentForm | None = g.get("stored_form")
    if form is not None:
        finish(uow.session, form, answer.location or "")


def check_whether_saved(another: Callable[[], AbstractContextManager[UnitOfWork]]) -> None:
    """Return if the transaction of this request was committed, although the connection broke during the commit.

    Its key is inserted again, in `another` transaction of the person: PostgreSQL lets that wait until the end of a transaction
    that is still open.

    Raises:
        NothingSaved: it was rolled back.
        OutcomeUnknown: the form has no key, or the database does not answer.
    """
    form: SentForm | None = g.get("stored_form")
    if form is None:
        raise OutcomeUnknown
    try:
        with another() as uow:
            if claim(uow.session, form, also_by_content=False) is None:
                raise NothingSaved
    except DBAPIError as error:
        raise OutcomeUnknown from error


def is_safe_to_send_again() -> bool:
    """Return whether the form of this request has a key."""
    return _sent_key() is not None


def _sent_key() -> str | None:
    sent = request.form.get(KEY, "") if request.method == "POST" else ""
    return sent if WELL_FORMED.fullmatch(sent) else None


def _sent_form(person: PersonActor, *, is_bound_to_content: bool) -> SentForm | None:
    """Return the form of this request. The content is part of the key of forms that act again when it is another."""
    key = _sent_key()
    if key is None:
        return None
    typed = [part for pair in request.form.items(multi=True) if pair[0] not in NO_CONTENT for part in pair]
    typed += [f"{name}={digest.hex()}" for name, digest in _files_of_request()]
    content = _hash(request.path, *typed)
    bound = content.hex() if is_bound_to_content else ""
    return SentForm(person.user_id, _hash(str(person.user_id), request.path, key, bound), content)


def _files_of_request() -> Iterator[tuple[str, bytes]]:
    """Yield the field and the SHA-256 of each file that was sealed on arrival."""
    for name, file in request.files.items(multi=True):
        if (digest := getattr(file.stream, "digest", None)) is not None:
            yield name, digest()


def _hash(*parts: str) -> bytes:
    text = "".join(f"{len(part)}:{part}" for part in parts).encode(errors="surrogatepass")
    return hmac.digest(cast("bytes", current_app.secret_key), text, "sha256")
