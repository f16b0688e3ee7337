"""The main navigation: the pages that the person's roles allow, and the search box."""

from flask import Flask, request
from flask_login import current_user

from caseflow.access import Permission, PersonActor
from caseflow.web.access import actor_of_request
from caseflow.web.feature import MenuItem, features
from caseflow.web.kit import Link, address_of
from caseflow.web.texts import gettext

CASES = "cases.index"
"""The list of cases: where the search box leads, and the entry to which all pages of a case belong."""


def navigation() -> list[Link]:
    """Return the links of the header, marking the current one; none before signing in. Those of a group are one entry."""
    links: dict[str, list[Link]] = {}
    items = menu_of(actor_of_request()) if _is_signed_in() else []
    marked = current_of(items, CASES if "case_id" in (request.view_args or {}) else request.endpoint or "")
    for item in items:
        is_here = item.endpoint == request.endpoint
        link = Link(str(item.label), address_of(item.endpoint), is_here, item is marked, is_button=item.is_button)
        links.setdefault(str(item.group) if item.group else item.endpoint, []).append(link)
    return [_as_one(name, found) for name, found in links.items()]


def current_of(items: list[MenuItem], endpoint: str) -> MenuItem | None:
    """Return the entry of the page of an endpoint: that of the page itself, or the first that names its feature."""
    feature = endpoint.partition(".")[0]
    itself = (item for item in items if item.endpoint == endpoint)
    return next(itself, None) or next((item for item in items if feature in item.features), None)


def _as_one(name: str, found: list[Link]) -> Link:
    """Return one link as it is, and several as one that opens them."""
    if len(found) == 1:
        return found[0]
    return Link(name, "", has_current=any(one.has_current for one in found), links=tuple(found))


def search_address() -> str | None:
    """Return where the search box of the header leads; None for people who read no cases."""
    return address_of(CASES) if _is_signed_in() and actor_of_request().may(Permission.CASE_READ) else None


def _is_signed_in() -> bool:
    return bool(current_user and current_user.is_authenticated)


def menu_of(actor: PersonActor) -> list[MenuItem]:
    """Return the menu entries that a person's roles allow, in order."""
    items = sorted((item for feature in features() for item in feature.menu), key=lambda item: item.order)
    return [item for item in items if actor.may(item.permission)]


def home_of(actor: PersonActor) -> MenuItem | None:
    """Return the entry of the first page after signing in; None for people without a role, whose first page is their account."""
    return next((item for item in menu_of(actor) if item.is_home), None)


def home() -> Link:
    """Return the first page of the person, for error pages: where their work is."""
    item = home_of(actor_of_request()) if _is_signed_in() else None
    return (
        Link(str(item.label), address_of(item.endpoint))
        if item
        else Link(str(gettext("Your account")), address_of("web.start"))
    )


def install(app: Flask) -> None:
    """Give the templates the navigation."""
    app.jinja_env.globals["navigation"] = navigation
    app.jinja_env.globals["search_address"] = search_address
    app.jinja_env.globals["home"] = home
