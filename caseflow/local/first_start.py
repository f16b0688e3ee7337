"""What a fresh one-machine caseflow is filled with, and what its start tells."""

from config import Settings


def first_start(_settings: Settings) -> list[str]:
    """Fill an empty database; return the lines to print below the address (on every start)."""
    return []
