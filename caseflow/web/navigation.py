"""The main navigation: the pages that the person's roles allow."""

from flask import Flask, request, url_for
from flask_login import current_user

from caseflow.access import PersonActor
from caseflow.web.access import actor_of_request
from caseflow.web.feature import MenuItem, features
from caseflow.web.kit import Link


def navigation() -> list[Link]:
    """Return the links of the header, marking the current one; none before signing in."""
    if not current_user or not current_user.is_authenticated:
        return []
    here = request.endpoint or ""
    feature = here.partition(".")[0]
    return [
        Link(str(item.label), url_for(item.endpoint), is_current=here == item.endpoint or feature in item.features)
        for item in menu_of(actor_of_request())
    ]


def menu_of(actor: PersonActor) -> list[MenuItem]:
    """Return the menu entries that a person's roles allow, in order."""
    items = sorted((item for feature in features() for item in feature.menu), key=lambda item: item.order)
    return [item for item in items if actor.may(item.permission)]


def install(app: Flask) -> None:
    """Give the templates the navigation."""
    app.jinja_env.globals["navigation"] = navigation
