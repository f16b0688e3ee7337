"""Whether a State is bound, from the packaged register."""

import csv
from datetime import date
from functools import cache
from importlib.resources import files

from tests.law.oracle.days import months_after


@cache
def register() -> dict[str, date | None]:
    """The day from which each State is bound; None where it has not joined. States of which it is not known are left out."""
    text = (files("caseflow.law.data") / "states.csv").read_text(encoding="utf-8")
    return {row["iso2"]: _bound(row["op_deposit"]) for row in csv.DictReader(text.splitlines()) if _is_known(row)}


def _is_known(row: dict[str, str]) -> bool:
    return bool(row["op_deposit"]) or row["verification"] != "unverified"


def _bound(deposit: str) -> date | None:
    return max(date(2013, 5, 5), months_after(date.fromisoformat(deposit), 3)) if deposit else None


def state_party(state: str | None, on: date) -> str:
    if state not in register():
        return "unknown"
    bound = register()[state]
    if bound is None:
        return "not_met:never"
    return "met" if on >= bound else "not_met:in_time"
