"""The world map of the States' status under the Protocol, rendered on the server, so that it needs no script.

The outlines are `static/world.svg`, which browsers keep, and their places `world.json`, both made by `deploy/world_map.py`; the caller gives the statuses, as codes of the vocabulary
`standing`, whose order is that of the legend. A rendered map depends only on the statuses, the language and the target of
its links, so it is cached in the process.
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

RARE: Final = frozenset({"joining", "left", "unknown"})
"""Codes that are left out of the legend if no State has them."""
MOST_CACHED: Final = 64
"""Rendered maps in the cache: one per language and kind of link is in use, the others have old statuses."""


@dataclass(frozen=True, slots=True)
class Place:
    """A State on the map: an outline, or the centre of a circle if the outline is too small to be seen."""

    code: str
    name: str
    href: str
    circle: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Group:
    """The States with one status, by name."""

    standing: str
    words: str
    places: Sequence[Place]


@cache
def world() -> Mapping[str, Any]:
    """Return what is drawn: `size`, `radius`, `outlines` (codes), and `circles` by code."""
    return cast("Mapping[str, Any]", json.loads((files(__package__) / "world.json").read_text(encoding="utf-8")))


def world_map(standings: Mapping[str, str], endpoint: str, argument: str) -> Markup:
    """Return the map with its legend. A State leads to `endpoint`, which takes its code as `argument`."""
    return _rendered(tuple(standings.items()), page_locale(), endpoint, argument, request.script_root)


def groups(standings: Mapping[str, str], endpoint: str, argument: str) -> list[Group]:
    """Return the States by status: the content of the map, for the table below it."""
    places = sorted((_place(code, endpoint, argument) for code in standings), key=lambda place: place.name)
    found = {code: [place for place in places if standings[place.code] == code] for code in codes("standing")}
    return [
        Group(code, label("standing", code), members) for code, members in found.items() if members or code not in RARE
    ]


def _place(code: str, endpoint: str, argument: str) -> Place:
    circle = world()["circles"].get(code)
    values: dict[str, Any] = {argument: code}
    return Place(code, state_name(code), url_for(endpoint, **values), circle and tuple(circle))


@lru_cache(MOST_CACHED)
def _rendered(
    standings: tuple[tuple[str, str], ...],
    _locale: Locale,
    endpoint: str,
    argument: str,
    _script_root: str,
) -> Markup:
    """Render the map. Language and script root are arguments only to be part of the cache key."""
    rendered = render_template(
        "_parts/world_map.html", world=world(), groups=groups(dict(standings), endpoint, argument)
    )
    return Markup(rendered)  # noqa: S704 - the template escapes values
