"""What-if questions: a remedy decided, and the case filed, on given days. Facts are replaced in a copy of the document."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from caseflow import law
from caseflow.errors import Invalid
from caseflow.features.readiness.commands import WhatIf
from caseflow.features.readiness.facts import CaseDocument
from caseflow.features.remedies.service import WITHOUT_DECISION
from caseflow.law.dates import ends_before

YEARS = range(2009, 2101)
"""From the opening of the Protocol for signature; other years are typing errors."""


def replace_facts(document: CaseDocument, what_if: WhatIf) -> law.CaseFacts:
    """Return the facts of a case with the decision of one remedy replaced.

    Raises:
        Invalid: with a message for each faulty field.
    """
    problems: dict[str, str] = {}
    if what_if.on.year not in YEARS:
        problems["filed_on"] = "A communication cannot be filed in that year. Check the year."
    if what_if.remedy_id is None:
        _check_nothing_decided(what_if, problems)
        facts = document.facts
    else:
        claim, number = _place_of(document, what_if.remedy_id)
        _check_decision(what_if, _remedy(document.facts, claim, number), problems)
        facts = _with_decision(document.facts, claim, number, what_if)
    if problems:
        raise Invalid("Nothing was calculated.", problems)
    return facts


def _place_of(document: CaseDocument, remedy_id: UUID) -> tuple[int, int]:
    """Return the index of a used remedy's claim, and the index of the remedy in it."""
    for path, place in document.places.items():
        parts = path.split("/")
        if place.ids.get("remedy_id") == remedy_id and parts[3:4] == ["remedies"]:
            return int(parts[2]), int(parts[4])
    raise Invalid("Nothing was calculated.", {"remedy": "Choose the remedy from the list."})


def _remedy(facts: law.CaseFacts, claim: int, number: int) -> law.Remedy:
    return ((facts.claims or ())[claim].remedies or ())[number]


def _check_nothing_decided(what_if: WhatIf, problems: dict[str, str]) -> None:
    if what_if.decided or what_if.notified or what_if.outcome:
        problems["remedy"] = "Choose the remedy that was decided, or clear the fields below."


def _check_decision(what_if: WhatIf, remedy: law.Remedy, problems: dict[str, str]) -> None:
    decided, notified = what_if.decided, what_if.notified
    if not what_if.outcome:
        problems["outcome"] = "Choose what was decided."
    if what_if.outcome in WITHOUT_DECISION:
        if decided or notified:
            problems["outcome"] = "There is a decision date: choose the outcome, or clear the date."
        return
    if decided is None:
        problems["decided"] = "Enter the date of the decision."
        return
    if decided.year not in YEARS:
        problems["decided"] = "This date is too far away. Check the year."
    if ends_before(decided, remedy.filed):
        problems["decided"] = "It cannot have been decided before it was filed. Check both dates."
    if ends_before(notified, decided):
        problems["notified"] = "The decision cannot have been notified before it was taken. Check both dates."


def _with_decision(facts: law.CaseFacts, claim: int, number: int, what_if: WhatIf) -> law.CaseFacts:
    """Return the facts with the decision of one remedy replaced, together with its notification."""
    claims = list(facts.claims or ())
    ladder = list(claims[claim].remedies or ())
    ladder[number] = replace(
        ladder[number], outcome=what_if.outcome, decided=what_if.decided, notified=what_if.notified
    )
    claims[claim] = replace(claims[claim], remedies=tuple(ladder))
    return replace(facts, claims=tuple(claims))


def first_filing_day(today: date, what_if: WhatIf) -> date:
    """Return the first day on which the case could be filed: today, or the last day in the question."""
    days = [when.latest for when in (what_if.decided, what_if.notified) if when is not None]
    return max([today, *days])
