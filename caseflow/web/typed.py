"""What was typed into a form that can't be saved: its text is given back to its author on the page that says why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import current_app, g, request
from markupsafe import escape
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from wtforms import HiddenField
from wtforms.fields.core import UnboundField

from caseflow.web.addresses import address_of_request
from caseflow.web.drafted import ARGUMENT
from caseflow.web.fields import PARTS, read_boxes
from caseflow.web.fields import Typed as TypedBoxes
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.merging import digest, drawn_digests
from caseflow.web.once import KEY

NEVER_SHOWN: Final = frozenset({"csrf_token", "password", "current", "new", "table"})
"""Fields that are not repeated on a page: tokens, passwords, and files that were uploaded."""
MOST_FIELDS: Final = 200
MOST_CHARACTERS: Final = 200_000
"""A larger form is not repeated: no form of ours is as large."""
MOST_CHARACTERS_LEFT: Final = 3_000_000
"""As they stand in the page that asks to sign in again."""
EXACTLY: Final = "exact"


@dataclass(frozen=True, slots=True)
class TypedText:
    """One field: its label, and what was typed or chosen."""

    label: str
    text: str

    @property
    def is_long(self) -> bool:
        """Return whether it needs more than a line."""
        return len(self.text) > 80 or "\n" in self.text  # noqa: PLR2004 - characters of a line


@dataclass(frozen=True, slots=True)
class Typed:
    """All that was typed. `again` has the fields with which the form can be sent again, to `address`."""

    texts: list[TypedText]
    again: list[tuple[str, str]]
    address: str


def typed() -> Typed | None:
    """Return what was typed into the form that this request sends; None if nothing was, or nobody is signed in."""
    if request.method != "POST" or not g.get("may_show_typed"):
        return None
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:  # the body can't be read, which may be what the page says
        return None
    if len(fields) > MOST_FIELDS or sum(len(value) for _, value in fields) > MOST_CHARACTERS:
        return None
    again = [(name, value) for name, value in fields if name not in NEVER_SHOWN - {"csrf_token"}]
    texts = texts_of(fields, request.endpoint or "")
    return Typed(texts, again, address_of_request()) if texts else None


def fields_left() -> list[tuple[str, str]]:
    """Return name and value of what was sent of a form of ours, for somebody who is not signed in (any more).

    Anybody may send anything, so only fields that a form of the feature has are returned.

    Raises:
        RequestEntityTooLarge: the page would be larger than any form of ours.
    """
    names = names_of_fields(request.endpoint or "")
    left = [(name, value) for name, value in request.form.items(multi=True) if name.partition("-")[0] in names]
    if sum(len(escape(value)) for _, value in left) > MOST_CHARACTERS_LEFT:
        raise RequestEntityTooLarge
    return left


def names_of_fields(endpoint: str) -> frozenset[str]:
    """Return the names of the fields that come back: those of all forms of the endpoint's feature, and the key of a form."""
    return frozenset(
        {KEY, ARGUMENT, *(name for form in forms_of_feature(endpoint) for name in boxes_of_form(form))} - NEVER_SHOWN
    )


def texts_of(fields: list[tuple[str, str]], endpoint: str) -> list[TypedText]:
    """Return what was typed or changed. What the page was drawn with is not: the reader may no longer see the case.

    Args:
        fields: name and value of what was sent.
        endpoint: where it was sent.
    """
    form = form_of_fields({name.partition("-")[0] for name, _ in fields}, endpoint)
    return list(_texts(MultiDict(fields), form)) if form else []


def _texts(sent: MultiDict[str, str], form: type[CaseflowForm]) -> Iterator[TypedText]:
    drawn = drawn_digests(sent.get("base"))
    for name, unbound in boxes_of_form(form).items():
        values = [value for value in sent.getlist(name) if value.strip() and not _is_id(value)]
        day = _day({part: sent.get(f"{name}-{part}", "") for part in (*PARTS, "bound")})
        text = day or ", ".join(values)
        hidden = name in NEVER_SHOWN or issubclass(unbound.field_class, HiddenField | VersionField)
        if text and not hidden and digest(text) != drawn.get(name):
            yield TypedText(str(_label(unbound) or name), text)


def _day(boxes: dict[str, str]) -> str:
    """Return the date in the boxes of a date as it would be stored, or what is in them if they can't be read."""
    bound = boxes.pop("bound") or EXACTLY
    typed_boxes = " ".join(filter(None, boxes.values()))
    try:
        return read_boxes(TypedBoxes(**boxes, bound=bound)).edtf
    except ValueError:
        return typed_boxes


def form_of_fields(names: set[str], endpoint: str) -> type[CaseflowForm] | None:
    """Return the form of the feature of an endpoint that has most of the fields that were sent, and fewest others."""
    return max(forms_of_feature(endpoint), key=lambda form: _fit(names, boxes_of_form(form)), default=None)


def forms_of_feature(endpoint: str) -> list[type[CaseflowForm]]:
    """Return the form classes of the feature whose page it is, and those of `caseflow.web`."""
    view = current_app.view_functions.get(endpoint)
    feature = ".".join((view.__module__ if view else "").split(".")[:3])
    return [form for form in _subclasses(CaseflowForm) if form.__module__.startswith((f"{feature}.", "caseflow.web."))]


def _fit(names: set[str], boxes: dict[str, Any]) -> tuple[int, int]:
    return len(names & boxes.keys()), -len(boxes.keys() - names)


def _subclasses(form: type[CaseflowForm]) -> Iterator[type[CaseflowForm]]:
    for one in form.__subclasses__():
        yield one
        yield from _subclasses(one)


def boxes_of_form(form: type[CaseflowForm]) -> dict[str, Any]:
    """Return the fields of a form class by name, in the order of their declaration."""
    found = [(name, getattr(form, name)) for name in dir(form) if not name.startswith("_")]
    fields = [(name, one) for name, one in found if isinstance(one, UnboundField)]
    return dict(sorted(fields, key=lambda pair: pair[1].creation_counter))


def _label(unbound: Any) -> Any:
    return unbound.kwargs.get("label") or next(iter(unbound.args), None)


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
