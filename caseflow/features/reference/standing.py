"""How a State stands towards the Protocol and the Covenant on a day, in one word: what the map colours, the page answers."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from caseflow.law import Register, StateStatus


class Standing(StrEnum):
    """From bound to joined in nothing, in the order in which legends and tables name them."""

    PARTY = "party"
    JOINING = "joining"
    """It has joined, and the Protocol enters into force for it on a later day (OP-ICESCR art. 18)."""
    LEFT = "left"
    """It denounced the Protocol, and that has taken effect (art. 20)."""
    SIGNED = "signed"
    """It signed the Protocol, which binds nobody yet."""
    COVENANT = "covenant"
    """Party to the Covenant only."""
    NEITHER = "neither"


BOUND_SOME_DAY: Final = frozenset({Standing.PARTY, Standing.JOINING})
"""Where nothing is missing but, perhaps, time."""


def standing_of(state: StateStatus, on: date) -> Standing:
    """Return how a State stands on a day: as the law has it, and where it joined nothing of the Protocol, by the Covenant."""
    standing = state.standing(on)
    if standing != "none":
        return Standing(standing)
    return Standing.COVENANT if state.covenant == "party" else Standing.NEITHER


def standings(register: Register, on: date) -> Mapping[str, Standing]:
    """Return how every State stands on a day, by code."""
    return {code: standing_of(state, on) for code, state in sorted(register.states.items())}
