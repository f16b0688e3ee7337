"""The lists of the page."""

from enum import StrEnum


class Listing(StrEnum):
    """A list behind numbers of the page, with the name that it has in addresses."""

    CLOCKS = "clocks"
    NEARLY_READY = "nearly-ready"
    STUCK = "stuck"
    LETTERS = "letters"
    INTERIM = "interim-measures"
