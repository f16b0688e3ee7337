"""The badge in the header of every page: how many deadlines with unread reminders and notes wait for the person. One statement."""

from dataclasses import dataclass

from flask import Flask, g, request, url_for

from caseflow.access import Permission
from caseflow.clock import now
from caseflow.features.reminders.inbox.queries import MOST_COUNTED, all_unread
from caseflow.web.access import uow
from caseflow.web.dates import show_number


@dataclass(frozen=True, slots=True)
class Badge:
    """The number, its text, and the address it links to."""

    number: int
    shown: str
    href: str
    is_current: bool


def badge() -> Badge | None:
    """Return the badge of people who work on cases; None for others, and without a unit of work (error pages)."""
    if "uow" not in g or not uow().person.may(Permission.CASE_READ):
        return None
    number = all_unread(uow(), now())
    shown = show_number(number) if number < MOST_COUNTED else f"{show_number(MOST_COUNTED - 1)}+"
    endpoint = "reminders.index"
    return Badge(number, shown, url_for(endpoint), is_current=request.endpoint == endpoint)


def install(app: Flask) -> None:
    """Add the badge to the globals of templates."""
    app.jinja_env.globals["badge"] = badge
