"""Drafts: what is typed into a form is kept until it is saved, and offered when the form is opened again (docs/decisions, 0035).

A page with scripts sends what is typed a moment after each pause (`static/drafts.js`). Without scripts it is kept whenever a form
that was sent is not saved. A form with a text field is kept unless its class says that it `keeps_drafts` no.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from flask import Flask, current_app, flash, g, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from wtforms import FileField, PasswordField

from caseflow import drafts
from caseflow.access import Permission, PersonActor
from caseflow.access.own_day import own_time_zone
from caseflow.clock import now
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.addresses import KEPT_PAGE
from caseflow.web.dates import show_moment
from caseflow.web.drafted import ARGUMENT, Drafted, drafted, use
from caseflow.web.forms import CaseflowForm
from caseflow.web.merging import digest, drawn_digests
from caseflow.web.once import ANYWAY, KEY, WELL_FORMED, page_key
from caseflow.web.texts import gettext
from caseflow.web.typed import NEVER_SHOWN, boxes_of_form, form_of_fields, forms_of_feature

if TYPE_CHECKING:
    from wtforms.fields.core import UnboundField

View = TypeVar("View", bound=Callable[..., Any])
NEVER_KEPT: Final = NEVER_SHOWN | {KEY, ANYWAY, ARGUMENT}
MOST_FIELDS: Final = 900
LONGEST_ADDRESS: Final = 300
"""What the column of an address can hold; the longest of ours has 150 characters."""
LONGEST_QUERY: Final = 4_000
CARRIED: Final = "carried"
"""The field of a form in several steps (`web.carried`), whose drafts are erased with it."""
SOURCE: Final = re.compile(r"([0-9a-f-]{36})\.(\d{1,9})", re.ASCII)


def drawn_at(endpoint: str) -> Callable[[View], View]:
    """Mark a view that takes a form and has no page of its own: the page of `endpoint`, with the same arguments, draws the form."""

    def mark(view: View) -> View:
        view.drawn_at = endpoint  # type: ignore[attr-defined]  # read by `page_of`
        return view

    return mark


@dataclass(frozen=True, slots=True)
class Route:
    """Where a form is sent: the path, the endpoint and the values in the path."""

    address: str
    endpoint: str
    values: dict[str, Any]

    def place(self, user_id: UUID, form_key: str) -> drafts.Place:
        """Return the place of a draft of this form."""
        ids = {name: value for name in ("case_id", "deadline_id") if isinstance(value := self.values.get(name), UUID)}
        return drafts.Place(user_id, self.address, form_key, **ids)


def route_of(address: str, person: PersonActor) -> Route | None:
    """Return where a form with this path is sent; None if no form of ours is, or the person may not send it."""
    if len(address) > LONGEST_ADDRESS:
        return None
    try:
        endpoint, values = current_app.url_map.bind("").match(address, method="POST")
    except HTTPException:
        return None
    guard = getattr(current_app.view_functions.get(endpoint), "guard", None)
    return Route(address, endpoint, dict(values)) if isinstance(guard, Permission) and person.may(guard) else None


def page_of(address: str, query: str = "", **further: str) -> str:
    """Return the address of the page that draws the form that is sent to a path; that path if the page is not known."""
    path = f"{request.script_root}{address}"
    adapter = current_app.url_map.bind("")
    try:
        endpoint, values = adapter.match(address, method="POST")
    except HTTPException:
        return path
    drawing = getattr(current_app.view_functions.get(endpoint), "drawn_at", None)
    if drawing is not None:
        path = url_for(drawing, **values)
    asked = urlencode([*parse_qsl(query, keep_blank_values=True), *further.items()])
    return f"{path}?{asked}" if asked else path


def query_without_drafts(query: str) -> str:
    """Return a query without what tells which text is shown; nothing if it is longer than any of ours."""
    if len(query) > LONGEST_QUERY:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, errors="replace")
    return urlencode([pair for pair in pairs if pair[0] not in {KEPT_PAGE, ARGUMENT}])


def _query_of_request() -> str:
    return query_without_drafts(request.query_string.decode(errors="replace"))


# Keeping


def keeps(form: CaseflowForm) -> bool:
    """Return whether what is typed into a form is kept."""
    boxes = form.boxes()
    return form.keeps_drafts and bool(boxes) and not any(isinstance(one, PasswordField | FileField) for one in boxes)


def keep_typed(form: CaseflowForm) -> None:
    """Keep what was typed into a form that was sent and not saved."""
    unit: UnitOfWork | None = g.get("uow")
    if unit is None or not keeps(form) or not _is_typed(form):
        return
    address = (form.send_to or request.path).removeprefix(request.script_root)
    route = route_of(address, unit.person)
    if route is None or (address != request.path and "removal" not in g):  # the page of another step
        return
    names = {one.name for one in form} - NEVER_KEPT
    fields = [pair for pair in request.form.items(multi=True) if _field_of(pair[0], names)]
    place = route.place(unit.person.user_id, page_key())
    if _keep(unit, place, drafts.Typed(fields, _query_of_request())):
        g.draft_kept_at = now()
        if (sent := _place_sent(unit)) is not None and sent != place:
            drafts.erase_of_form(unit.session, sent)
        erase_source(unit)


def keep_lost(unit: UnitOfWork) -> bool:
    """Keep what was typed into the form that this request sends, whose page can't be drawn any more. Return whether it is kept."""
    route, key = route_of(request.path, unit.person), request.form.get(KEY, "")
    if route is None or not WELL_FORMED.fullmatch(key):
        return False
    return keep_sent(unit, route, key, list(request.form.items(multi=True)), _query_of_request())


def keep_sent(
    unit: UnitOfWork,
    route: Route,
    form_key: str,
    sent: Sequence[tuple[str, str]],
    query: str,
    *,
    written: int = drafts.ALWAYS,
) -> bool:
    """Keep fields that were sent without the form that draws them. Return whether they are kept."""
    forms = forms_of_feature(route.endpoint)
    own = form_of_fields({name.partition("-")[0] for name, _ in sent}, route.endpoint)
    if own is not None and not own.keeps_drafts:
        return False
    secret = {name for form in forms for name, one in boxes_of_form(form).items() if _is_secret(one)}
    fields = [(name, value) for name, value in sent if name.partition("-")[0] not in NEVER_KEPT | secret]
    if not fields or len(fields) > MOST_FIELDS:
        return False
    return _keep(unit, route.place(unit.person.user_id, form_key), drafts.Typed(fields, query), written)


def _is_secret(unbound: "UnboundField[Any]") -> bool:
    return issubclass(unbound.field_class, PasswordField | FileField)


def _keep(unit: UnitOfWork, place: drafts.Place, typed: drafts.Typed, written: int = drafts.ALWAYS) -> bool:
    sealed = drafts.seal(unit.keys, place, typed)
    return sealed is not None and drafts.keep(unit.session, place, sealed, written) is not None


def _field_of(sent: str, names: Iterable[str]) -> bool:
    return sent in names or sent.partition("-")[0] in names


def _is_typed(form: CaseflowForm) -> bool:
    """Return whether a visible field has a value that the page was not drawn with."""
    base = drawn_digests(request.form.get("base"))
    for field in form.boxes():
        sent = [value for value in field.raw_data or () if isinstance(value, str) and value.strip()]
        if sent and (field.data is None or digest(field.data) != base.get(field.name)):
            return True
    return False


def _place_sent(unit: UnitOfWork) -> drafts.Place | None:
    """Return the place of a draft of the form that this request sends; None if it has no key."""
    key = request.form.get(KEY, "")
    route = route_of(request.path, unit.person) if WELL_FORMED.fullmatch(key) else None
    return None if route is None else route.place(unit.person.user_id, key)


def erase_saved(unit: UnitOfWork, form: CaseflowForm) -> None:
    """Erase what was kept of the form that this request saves, in the transaction that saves it."""
    if keeps(form) and form.saves and (place := _place_sent(unit)) is not None:
        if CARRIED in form:
            drafts.erase_of_window(unit.session, place)
        drafts.saved(unit.session, place)
        erase_source(unit)


def erase_source(unit: UnitOfWork, address: str | None = None) -> None:
    """Erase the draft from which the form was drawn, unless another window has changed it since."""
    if found := SOURCE.fullmatch(request.form.get(ARGUMENT, "")):
        drafts.erase(unit.session, UUID(found[1]), int(found[2]), address or request.path)


# Using


def open_used(unit: UnitOfWork) -> None:
    """Prepare the draft that the address of a page asks for."""
    try:
        draft_id = UUID(request.args[ARGUMENT])
    except ValueError:
        return
    opened = drafts.open_draft(unit.session, unit.keys, unit.person.user_id, draft_id)
    if opened is None:
        flash(
            gettext("This draft is not there any more: it was saved or discarded. This is the page as it is now."),
            "warn",
        )
        return
    one = opened.draft
    use(Drafted(one.address, MultiDict(opened.typed.fields), one.id, one.version))


@dataclass(frozen=True, slots=True)
class Offer:
    """A draft that can be used: when it was typed, and where the page is that is drawn from it."""

    id: UUID
    version: int
    when: str
    use_href: str


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What a form shows of drafts."""

    offers: list[Offer]
    source: str
    """The draft and its version that the form was drawn from, for its hidden field; or nothing."""
    kept: str
    """That what was sent is kept, in words; or nothing."""


def form_draft(form: CaseflowForm, action: str | None = None) -> FormDraft | None:
    """Return what a form shows of drafts, when its page is drawn; None if nothing typed into it is kept.

    Args:
        form: the form.
        action: the address to which it is sent, if it is not that of the page.
    """
    unit: UnitOfWork | None = g.get("uow")
    if unit is None or not keeps(form):
        return None
    address = (action or request.path).partition("?")[0].removeprefix(request.script_root)
    used, kept_at = drafted(address), g.get("draft_kept_at")
    found = drafts.drafts_of_forms(unit.session, unit.person.user_id, [address]) if request.method == "GET" else []
    offers = [_offer(unit, one) for one in found if used is None or one.id != used.draft_id]
    source = f"{used.draft_id}.{used.version}" if used else request.form.get(ARGUMENT, "")
    keep_drafts()
    return FormDraft(offers, source, kept_words(unit, kept_at) if kept_at else "")


def drafts_of_steps(*endpoints: str) -> FormDraft | None:
    """Return the drafts of the further steps of a form, for its first step; None if the page answers a form."""
    unit: UnitOfWork | None = g.get("uow")
    if unit is None or request.method != "GET":
        return None
    addresses = [current_app.url_map.bind("").build(one, method="POST") for one in endpoints]
    found = drafts.drafts_of_forms(unit.session, unit.person.user_id, addresses)
    return FormDraft([_offer(unit, one) for one in found], "", "")


def keep_drafts() -> str:
    """Have the script of this page keep what is typed into the forms that are marked with `data-draft`. Draws nothing."""
    g.has_drafts = True
    return ""


def _offer(unit: UnitOfWork, one: drafts.Kept) -> Offer:
    query = _query_of_request() if one.address == request.path else ""
    href = page_of(one.address, query, **{ARGUMENT: str(one.id)})
    return Offer(one.id, one.version, moment_of(unit, one.saved_at), href)


def moment_of(unit: UnitOfWork, at: datetime) -> str:
    """Return a moment in the time of the reader."""
    if "zone_of_drafts" not in g:
        g.zone_of_drafts = own_time_zone(unit.session, unit.person)
    return show_moment(at, g.zone_of_drafts)


def kept_words(unit: UnitOfWork, at: datetime) -> str:
    """Return what a form says when what is typed is kept."""
    return gettext("Kept as a draft: %(when)s", when=moment_of(unit, at))


def install(app: Flask) -> None:
    """Give templates what forms show of drafts."""
    app.jinja_env.globals.update(form_draft=form_draft, drafts_of_steps=drafts_of_steps, keep_drafts=keep_drafts)
