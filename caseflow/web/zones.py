"""Time zones of the IANA database, named by country and city in the page's language."""

from functools import cache
from typing import Final

from babel import Locale
from babel.core import get_global

from caseflow.clock import time_zones
from caseflow.web.dates import city_of
from caseflow.web.texts import page_locale


def zone_choices(present: str = "") -> dict[str, str]:
    """Return the names by zone for a select box, sorted by country. The present value is always included."""
    known = _zones(page_locale())
    return known if not present or present in known else {present: zone_name(present), **known}


def zone_name(zone: str) -> str:
    """Return a zone by country and city: "Spain: Madrid"."""
    return _zones(page_locale()).get(zone, zone.rpartition("/")[2].replace("_", " "))


ANTARCTICA: Final = "AQ"
"""A territory of no State, whose stations have nine zones."""


@cache
def _zones(locale: Locale) -> dict[str, str]:
    valid = time_zones()
    named = {
        zone: f"{locale.territories.get(code, code)}: {city_of(locale, zone)}"
        for code, zones in get_global("territory_zones").items()
        for zone in zones
        if code != ANTARCTICA and zone in valid and zone.partition("/")[0] != "Etc"
    }
    return {"UTC": "UTC", **dict(sorted(named.items(), key=lambda pair: pair[1]))}
