"""The public page "Is my State bound?". It needs no sign-in, sets no cookie and records nothing.

Visitors may be under surveillance: browsers and proxies must not cache the page with a chosen State, and logs hold no
addresses of pages (`caseflow.logs`; docs/operating.md for the web server). It shows the register, which holds no case, and
the contacts that sections publish.
How it is read: `caseflow.web.open_data`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from caseflow.clock import today
from caseflow.features.reference.queries import Standing, current_register, standing_of, standings
from caseflow.features.sections.contact.queries import PublicContact, published_contacts
from caseflow.law import StateStatus
from caseflow.web.access import public
from caseflow.web.dates import city_of
from caseflow.web.headers import allow_caching
from caseflow.web.open_data import CACHE_LIFETIME, open_data
from caseflow.web.texts import page_locale
from caseflow.web.words import state_choices
from caseflow.web.world_map import Group, groups, world_map

blueprint = Blueprint("public", __name__)


@dataclass(frozen=True, slots=True)
class StateAnswer:
    """The answer for one State on a day."""

    state: StateStatus
    standing: Standing
    on: date
    contact: PublicContact | None
    """Whom to turn to in the coalition, as far as that is published."""

    @property
    def contact_city(self) -> str:
        """Return the city in whose time the hours of the contact are."""
        return city_of(page_locale(), self.contact.time_zone) if self.contact else ""

    @property
    def is_leaving(self) -> bool:
        """Return whether it has denounced the Protocol and is still bound for some time."""
        return self.standing is Standing.PARTY and self.state.bound_until is not None

    @property
    def kind(self) -> str:
        """Return the kind of message: good if the Committee may receive a complaint today."""
        by_standing = {
            Standing.PARTY: "good",
            Standing.JOINING: "warn",
            Standing.SIGNED: "warn",
            Standing.UNKNOWN: "warn",
        }
        return "warn" if self.is_leaving else by_standing.get(self.standing, "bad")


@blueprint.get("/bound")
@public
def bound() -> ResponseReturnValue:
    """Show whether a State is bound by the Protocol, and the status of all States."""
    register, on = open_data("register", current_register), today("UTC")
    chosen = register.get(request.args.get("state", ""))
    if not request.args:
        allow_caching(CACHE_LIFETIME)
    return render_template(
        "public/bound.html",
        answer=chosen and StateAnswer(chosen, standing_of(chosen, on), on, _contact(chosen.iso2)),
        choices=state_choices(register.states),
        standings=Standing,
        **_world(standings(register, on)),
    )


def _contact(state: str) -> PublicContact | None:
    return open_data("section_contacts", published_contacts).of(state)


def _world(found: Mapping[str, Standing]) -> dict[str, object]:
    table: list[Group] = groups(found, "public.bound", "state")
    return {"map": world_map(found, "public.bound", "state"), "groups": table}
