"""The draft from which a page draws its form: somebody has chosen to use it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import current_app, g, request
from werkzeug.datastructures import MultiDict

ARGUMENT: Final = "draft"
"""Of the address of a page: the id of a draft. Of a form: from which draft and version of it the form was drawn."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft that is used: the address of its form, its fields, its id and version."""

    address: str
    fields: MultiDict[str, str]
    draft_id: UUID
    version: int


def drafted(address: str) -> Drafted | None:
    """Return the draft that this page is to draw the form of this address from; None if there is none."""
    used: Drafted | None = g.get("drafted")
    return used if used is not None and used.address == address else None


def sent_or_drafted() -> MultiDict[str, str]:
    """Return the fields that the form of this page is drawn from: those that were sent, or those of a draft."""
    used = drafted(request.path)
    return used.fields if used else request.form


def drafted_for(endpoint: str, **values: object) -> Drafted | None:
    """Return the draft that this page is to draw the form from that is sent to an endpoint; None if there is none."""
    return drafted(current_app.url_map.bind("").build(endpoint, values, method="POST"))


def use(one: Drafted) -> None:
    """Draw the form of this page from a draft."""
    g.drafted = one
