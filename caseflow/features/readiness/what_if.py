"""What-if questions: a remedy decided, a next step taken or not, the case filed, on given days.

Facts are replaced in a copy of the document.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from caseflow import law
from caseflow.errors import Invalid
from caseflow.features.readiness.commands import NOT_PURSUED, WhatIf
from caseflow.features.readiness.facts import CaseDocument
from caseflow.features.remedies.service import WITHOUT_DECISION, UntriedStep
from caseflow.law.dates import ends_before

YEARS: Final = range(2009, 2101)
"""From the opening of the Protocol for signature; other years are typing errors."""
MISSED: Final = "missed"
"""Why a step was not used, if no reason is assumed."""
ASSUMED: Final = "assumed"
"""Stands for the explanation of an assumed reason."""


def replace_facts(document: CaseDocument, what_if: WhatIf) -> law.CaseFacts:
    """Return the facts of a case with the decision of one remedy replaced, or with next steps added.

    Raises:
        Invalid: with a message for each faulty field.
    """
    problems: dict[str, str] = {}
    if what_if.on.year not in YEARS:
        problems["filed_on"] = "A communication cannot be filed in that year. Check the year."
    if what_if.steps:
        _check_step(what_if, problems)
        facts = _with_steps(document, what_if)
    elif what_if.remedy_id is None:
        _check_nothing_decided(what_if, problems)
        facts = document.facts
    else:
        claim, number = _place_of(document, what_if.remedy_id)
        remedy = _remedy(document.facts, claim, number)
        _check_only_for_steps(what_if, problems)
        _check_decision(what_if, remedy.filed, problems)
        decision = {name: getattr(what_if, name) for name in ("outcome", "decided", "notified")}
        facts = _with_remedy(document.facts, claim, number, replace(remedy, **decision))
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
    given = (what_if.filed, what_if.decided, what_if.notified, what_if.outcome, what_if.reason_not_used)
    if any(value is not None for value in given):
        problems["remedy"] = "Choose the remedy or the next step that you mean, or clear the fields below."


def _check_only_for_steps(what_if: WhatIf, problems: dict[str, str]) -> None:
    if what_if.filed is not None:
        problems["filed"] = "This remedy was filed already. Clear this date, or choose a next step."
    if what_if.outcome == NOT_PURSUED:
        problems["outcome"] = "This remedy was used already. Choose what was decided, or choose a next step."
    if what_if.reason_not_used:
        problems["reason_not_used"] = "A reason belongs to a next step that is not pursued."


def _check_step(what_if: WhatIf, problems: dict[str, str]) -> None:
    if what_if.outcome == NOT_PURSUED:
        if what_if.filed or what_if.decided or what_if.notified:
            problems["outcome"] = "A step that is not pursued has no dates: choose another outcome, or clear the dates."
        return
    if what_if.reason_not_used:
        problems["reason_not_used"] = "A reason belongs to a next step that is not pursued."
    if what_if.filed is None:
        problems["filed"] = "Enter the date on which it is filed."
    elif what_if.filed.year not in YEARS:
        problems["filed"] = "This date is too far away. Check the year."
    _check_decision(what_if, what_if.filed, problems)


def _check_decision(what_if: WhatIf, filed: law.UncertainDate | None, problems: dict[str, str]) -> None:
    decided, notified = what_if.decided, what_if.notified
    if not what_if.outcome:
        problems["outcome"] = "Choose what was decided."
    if what_if.outcome in WITHOUT_DECISION:
        if what_if.outcome == "pending" and (decided or notified):
            problems["outcome"] = "There is a decision date: choose the outcome, or clear the date."
        return
    if decided is None:
        if what_if.outcome:
            problems["decided"] = "Enter the date of the decision."
        return
    if decided.year not in YEARS:
        problems["decided"] = "This date is too far away. Check the year."
    if ends_before(decided, filed):
        problems["decided"] = "It cannot have been decided before it was filed. Check both dates."


def _with_remedy(facts: law.CaseFacts, claim: int, number: int, remedy: law.Remedy) -> law.CaseFacts:
    """Return the facts with one remedy of a claim replaced."""
    claims = list(facts.claims or ())
    ladder = list(claims[claim].remedies or ())
    ladder[number] = remedy
    claims[claim] = replace(claims[claim], remedies=tuple(ladder))
    return replace(facts, claims=tuple(claims))


def _with_steps(document: CaseDocument, what_if: WhatIf) -> law.CaseFacts:
    """Return the facts with each assumed step at the end of its claim's ladder, used or not used."""
    claims = list(document.facts.claims or ())
    places = {document.claim_ids[claim.id]: number for number, claim in enumerate(claims)}
    for step in what_if.steps:
        number = places[step.claim.id]
        claim = claims[number]
        if what_if.outcome == NOT_PURSUED:
            unused = (*(claim.remedies_not_used or ()), _not_used(step, what_if))
            claims[number] = replace(claim, remedies_not_used=unused)
        else:
            claims[number] = replace(claim, remedies=(*(claim.remedies or ()), _used(step, what_if)))
    return replace(document.facts, claims=tuple(claims))


def _used(step: UntriedStep, what_if: WhatIf) -> law.Remedy:
    """Return an assumed step as a remedy. It is assumed that the right is raised in it."""
    return law.Remedy(
        stage=step.stage,
        authority=step.authority or None,
        kind=step.kind.value,
        filed=what_if.filed,
        decided=what_if.decided,
        notified=what_if.notified,
        outcome=what_if.outcome,
        raised_right=True,
        victims=step.victims,
    )


def _not_used(step: UntriedStep, what_if: WhatIf) -> law.RemedyNotUsed:
    """Return an assumed step as one that was not used. A reason is assumed to be explained, and not proved."""
    return law.RemedyNotUsed(
        stage=step.stage,
        kind=step.kind.value,
        reason=what_if.reason_not_used or MISSED,
        explanation=ASSUMED if what_if.reason_not_used else None,
    )


def first_filing_day(today: date, what_if: WhatIf) -> date:
    """Return the first day on which the case could be filed: today, or the last day in the question.

    A step that is not pursued, without a reason, ends with its last day.
    """
    days = [when.latest for when in (what_if.filed, what_if.decided, what_if.notified) if when is not None]
    if what_if.outcome == NOT_PURSUED and not what_if.reason_not_used and what_if.last_day is not None:
        days.append(what_if.last_day + timedelta(days=1))
    return max([today, *days])
