"""The one page for everybody: "Is my State bound?". It needs no signing in, sets no cookie and notes nothing.

Who asks may be watched: the page with a choice is not to be kept by browsers and proxies, and our logs hold no address of
a page (`caseflow.logs`; deploy notes in docs/operating.md). What it shows is the register, which holds no case; it reads
it as a job that sees the open tables only, and at most once in `FRESH`, however often the page is asked for.
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

READER: Final = JobActor(SystemRole.REGISTER)
FRESH: Final = timedelta(minutes=1)
"""How late a change of the register may be seen here: the price of answering strangers without asking the database."""


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """What is said of one State on a day."""

    state: StateStatus
    standing: Standing
    on: date

    @property
    def is_leaving(self) -> bool:
        """Tell whether it gave notice and is bound for some time still."""
        return self.standing is Standing.PARTY and self.state.bound_until is not None

    @property
    def kind(self) -> str:
        """Return the kind of message: good where the Committee may receive a complaint today."""
        by_standing = {Standing.PARTY: "good", Standing.JOINING: "warn", Standing.SIGNED: "warn"}
        return "warn" if self.is_leaving else by_standing.get(self.standing, "bad")


class KeptRegister:
    """The register as it was read last. Kept whole and replaced whole, so threads need no lock."""

    def __init__(self) -> None:
        self._kept: tuple[datetime, Register] | None = None

    def read(self, units: Units, at: datetime) -> Register:
        """Return the register, read anew when what is kept is older than `FRESH` (or the clock was set back)."""
        kept = self._kept
        if kept is None or not timedelta(0) <= at - kept[0] < FRESH:
            with units.begin(READER) as uow:
                kept = self._kept = (at, current_register(uow))
        return kept[1]


@blueprint.get("/bound")
@public
def bound() -> ResponseReturnValue:
    """Say whether a State is bound by the Protocol, and how all stand."""
    kept: KeptRegister = current_app.extensions.setdefault("caseflow.public_register", KeptRegister())
    register, on = kept.read(units(), now()), today()
    chosen = register.get(request.args.get("state", ""))
    if not request.args:
        allow_caching(FRESH)
    return render_template(
        "public/bound.html",
        answer=chosen and NewAssessment(chosen, standing_of(chosen, on), on),
        choices=state_choices(register.states),
        standings=Standing,
        **_world(standings(register, on)),
    )


def _world(found: Mapping[str, Standing]) -> dict[str, object]:
    table: list[Group] = groups(found, "public.bound", "state")
    return {"map": world_map(found, "public.bound", "state"), "groups": table}
