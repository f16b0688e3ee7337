"""The public page "Is my State bound?". It needs no sign-in, sets no cookie and records nothing.

Visitors may be under surveillance: browsers and proxies must not cache the page with a chosen State, and logs hold no
addresses of pages (`caseflow.logs`; docs/operating.md for the web server). It shows the register, which holds no case.
It reads it with a role that sees the open tables only, and at most once in `CACHE_LIFETIME` for any number of requests.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from caseflow.access.actor import JobActor, SystemRole
from caseflow.clock import now, today
from caseflow.features.reference.queries import Standing, current_register, standing_of, standings
from caseflow.law import Register, StateStatus
from caseflow.unit_of_work import Units
from caseflow.web.access import public, units
from caseflow.web.headers import allow_caching
from caseflow.web.words import state_choices
from caseflow.web.world_map import Group, groups, world_map

blueprint = Blueprint("public", __name__)

REGISTER_READER: Final = JobActor(SystemRole.REGISTER)
CACHE_LIFETIME: Final = timedelta(minutes=1)
"""How long the cached register is used, so that public requests don't query the database."""


@dataclass(frozen=True, slots=True)
class StateAnswer:
    """The answer for one State on a day."""

    state: StateStatus
    standing: Standing
    on: date

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


class CachedRegister:
    """A cache of the register. It is replaced as a whole, so threads need no lock."""

    def __init__(self) -> None:
        self._cached: tuple[datetime, Register] | None = None

    def read(self, units: Units, at: datetime) -> Register:
        """Return the register, read again if the cached one is older than `CACHE_LIFETIME` (or the clock was set back)."""
        cached = self._cached
        if cached is None or not timedelta(0) <= at - cached[0] < CACHE_LIFETIME:
            with units.begin(REGISTER_READER) as uow:
                cached = self._cached = (at, current_register(uow))
        return cached[1]


@blueprint.get("/bound")
@public
def bound() -> ResponseReturnValue:
    """Show whether a State is bound by the Protocol, and the status of all States."""
    cached: CachedRegister = current_app.extensions.setdefault("caseflow.public_register", CachedRegister())
    register, on = cached.read(units(), now()), today("UTC")
    chosen = register.get(request.args.get("state", ""))
    if not request.args:
        allow_caching(CACHE_LIFETIME)
    return render_template(
        "public/bound.html",
        answer=chosen and StateAnswer(chosen, standing_of(chosen, on), on),
        choices=state_choices(register.states),
        standings=Standing,
        **_world(standings(register, on)),
    )


def _world(found: Mapping[str, Standing]) -> dict[str, object]:
    table: list[Group] = groups(found, "public.bound", "state")
    return {"map": world_map(found, "public.bound", "state"), "groups": table}
