"""The main navigation: what this person's roles let them open."""

from flask import Flask, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from caseflow.access import Permission
from caseflow.web.access import actor_of_request
from caseflow.web.kit import Link

PLACES = (
    ("deadlines.my_work", _l("My work"), Permission.CASE_READ),
    ("calendar.show", _l("Calendar"), Permission.CASE_READ),
    ("cases.index", _l("Cases"), Permission.CASE_READ),
    ("cases.capture", _l("Log a violation"), Permission.CASE_CREATE),
    ("reference.states", _l("States"), Permission.REGISTER_READ),
    ("remedy_maps.index", _l("Remedy maps"), Permission.REMEDY_MAP_READ),
    ("reports.show", _l("Reports"), Permission.REPORT_READ),
    ("delivery.mails", _l("Administration"), Permission.SYSTEM_WATCH),
)

ROOMS = {"reference.states": ("reference", "treaties"), "remedy_maps.index": ("remedy_maps",)}
"""Places whose further pages belong to them: the menu shows there where one is."""


def _room(endpoint: str) -> str:
    return endpoint.partition(".")[0]


def navigation() -> list[Link]:
    """Return the links of the header, marking the one we are on; nothing before signing in."""
    if not current_user or not current_user.is_authenticated:
        return []
    actor = actor_of_request()
    here = request.endpoint or ""
    return [
        Link(
            str(label),
            url_for(endpoint),
            is_current=here == endpoint or (endpoint in ROOMS and _room(here) in ROOMS[endpoint]),
        )
        for endpoint, label, permission in PLACES
        if actor.may(permission)
    ]


def install(app: Flask) -> None:
    """Give the templates the navigation."""
    app.jinja_env.globals["navigation"] = navigation
