"""The map of the world by how each State stands towards the Protocol, drawn on the server: it prints and needs no script.

The outlines are `world.json`, made by `deploy/world_map.py`; how the States stand comes from the caller, as codes of the
vocabulary `standing`, whose order is that of the legend. A drawing depends on nothing but how the States stand, the
language and where its links lead, so each is drawn once per process and kept; it is the same for everybody.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, cast

from babel import Locale
from flask import render_template, request, url_for
from markupsafe import Markup

from caseflow.web.texts import page_locale
from caseflow.web.words import codes, label, state_name

SELDOM: Final = frozenset({"joining", "left"})
"""Codes left out of the legend while no State stands so."""
MOST_DRAWINGS: Final = 64
"""Kept at a time: for each language and kind of link one is in use, the others are of yesterday."""


@dataclass(frozen=True, slots=True)
class Place:
    """A State in the drawing: its outline, or the middle of a circle where the outline is too small to be found."""

    code: str
    name: str
    href: str
    outline: str
    circle: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Group:
    """The States that stand alike, by name."""

    standing: str
    words: str
    places: Sequence[Place]


@cache
def world() -> Mapping[str, Any]:
    """Return the outlines: `size`, `radius`, `shapes` and `circles` by code, `other` land."""
    return cast("Mapping[str, Any]", json.loads((files(__package__) / "world.json").read_text(encoding="utf-8")))


def world_map(standings: Mapping[str, str], endpoint: str, argument: str) -> Markup:
    """Return the map with its legend. A State leads to `endpoint`, which takes its code as `argument`."""
    return _drawn(tuple(standings.items()), page_locale(), endpoint, argument, request.script_root)


def groups(standings: Mapping[str, str], endpoint: str, argument: str) -> list[Group]:
    """Return the States by how they stand: the same facts as the map, for the table under it."""
    places = sorted((_place(code, endpoint, argument) for code in standings), key=lambda place: place.name)
    found = {code: [place for place in places if standings[place.code] == code] for code in codes("standing")}
    return [
        Group(code, label("standing", code), members)
        for code, members in found.items()
        if members or code not in SELDOM
    ]


def _place(code: str, endpoint: str, argument: str) -> Place:
    circle = world()["circles"].get(code)
    outline = world()["shapes"].get(code, "")
    values: dict[str, Any] = {argument: code}
    return Place(code, state_name(code), url_for(endpoint, **values), outline, circle and tuple(circle))


@lru_cache(MOST_DRAWINGS)
def _drawn(
    standings: tuple[tuple[str, str], ...],
    _locale: Locale,
    endpoint: str,
    argument: str,
    _script_root: str,
) -> Markup:
    """Draw once for each language and root of addresses, which stand in the request and not in the arguments' use."""
    drawn = render_template("_parts/world_map.html", world=world(), groups=groups(dict(standings), endpoint, argument))
    return Markup(drawn)  # noqa: S704 - a template of ours, escaped when it was rendered
