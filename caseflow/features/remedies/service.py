"""The verbs of remedies: add, change, put in order, remove."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from caseflow.audit import Changes
from caseflow.clock import latest_local_today
from caseflow.days import check_year, is_implausible
from caseflow.errors import Invalid
from caseflow.features.cases.service import (
    EditableCase,
    add_child,
    change_child,
    move_child,
    remove_child,
)
from caseflow.features.people.queries import people_of_case
from caseflow.features.remedies.commands import RemedyDetails
from caseflow.features.remedies.facts import open_steps, used_facts
from caseflow.features.remedies.proposals import (
    OUTCOMES_WITHOUT_APPEAL,
    following_step,
    maps_of_case,
    proposals,
)
from caseflow.features.remedies.queries import remedies_of_case, victims_of_claims
from caseflow.law import UncertainDate, ends_before, load_vocabularies
from caseflow.law.facts import MOST_REMEDIES
from caseflow.models import Case, CasePerson, Claim, DomesticRemedy, RemedyKind
from caseflow.unit_of_work import UnitOfWork

ONLY_WHEN_USED = frozenset(
    {
        "filed",
        "decided",
        "notified",
        "outcome",
        "next_step",
        "next_step_due",
        "next_step_reason",
        "next_step_computed",
    }
)
ONLY_WHEN_NOT_USED = frozenset({"reason_not_used"})
WITHOUT_DECISION = ("pending", "no_reply")
"""Outcomes without a decision."""


def add_remedy(uow: UnitOfWork, case: EditableCase, claim: Claim, details: RemedyDetails) -> DomesticRemedy:
    """Add a remedy at the end of a claim's ladder.

    Raises:
        Invalid: a code is unknown, the dates are impossible, a person is none of the case, or the ladder is full.
    """
    check_remedy(details)
    wanted = _cleared(details)
    too_many = Invalid(
        "A claim can have at most %(most)s remedies, and this one has reached that number. Remove those that do not matter, or add another claim.",
        values={"most": MOST_REMEDIES},
    )
    remedy = DomesticRemedy(claim_id=claim.id)
    among = DomesticRemedy.claim_id == claim.id
    return add_child(
        uow,
        case,
        remedy,
        wanted,
        "remedy.added",
        among=among,
        most=MOST_REMEDIES,
        too_many=too_many,
        further=_change_of_persons(uow, case, (), wanted.person_ids),
    )


def change_remedy(
    uow: UnitOfWork, case: EditableCase, remedy: DomesticRemedy, details: RemedyDetails
) -> DomesticRemedy:
    """Change a remedy.

    Raises:
        Conflict: somebody else has saved it; carries the saved row.
        Invalid: a code is unknown, the dates are impossible, or a person is none of the case.
    """
    wanted = _cleared(details)
    persons = _change_of_persons(uow, case, remedy.person_ids, wanted.person_ids)
    change_child(
        uow,
        case,
        remedy,
        wanted,
        "remedy.changed",
        check=lambda _cleared: check_remedy(details),
        further=persons,
    )
    if persons:
        flag_modified(remedy, "position")  # so that the version grows where only the persons changed
    return remedy


def move_remedy(uow: UnitOfWork, case: EditableCase, remedy: DomesticRemedy, *, earlier: bool) -> DomesticRemedy:
    """Move a remedy one place earlier or later; at an end of the ladder nothing changes."""
    among = DomesticRemedy.claim_id == remedy.claim_id
    return move_child(uow, case, remedy, "remedy.moved", among=among, earlier=earlier)


def remove_remedy(uow: UnitOfWork, case: EditableCase, remedy: DomesticRemedy) -> DomesticRemedy:
    """Remove a remedy and return it. The history keeps its content."""
    persons = _change_of_persons(uow, case, remedy.person_ids, ())
    return remove_child(uow, case, remedy, "remedy.removed", further=persons)


def _change_of_persons(uow: UnitOfWork, case: Case, before: Iterable[UUID], after: Iterable[UUID]) -> Changes:
    """Return the change of whom a remedy concerns, by code names; none if they stay the same.

    Raises:
        Invalid: a person is not recorded in the case.
    """
    old, new = set(before), set(after)
    if old == new:
        return {}
    names = {one.id: one.code_name for one in uow.cached(people_of_case, case)}
    if not new <= names.keys():
        raise Invalid(
            "The remedy was not saved.",
            {"person_ids": "A person has been removed from the case meanwhile. Reload the page and choose again."},
        )
    shown = ([name for key, name in names.items() if key in chosen] for chosen in (old, new))
    return {"remedy_victims": [one or None for one in shown]}


def check_remedy(details: RemedyDetails) -> None:
    """Check that a remedy is possible.

    Raises:
        Invalid: with a message for each faulty field.
    """
    problems = _unknown_codes(details)
    problems |= _impossible_dates(details) if details.is_used else _not_used_faults(details)
    if problems:
        raise Invalid("The remedy was not saved.", problems)


def _unknown_codes(details: RemedyDetails) -> dict[str, str]:
    words = load_vocabularies()
    problems = {}
    stages = {stage.code for stage in words.remedy_stages}
    if details.stage not in stages:
        problems["stage"] = "Choose the stage from the list."
    if details.next_step and details.next_step not in stages:
        problems["next_step"] = "Choose the next step from the list."
    if details.outcome and details.outcome not in {outcome.code for outcome in words.outcomes}:
        problems["outcome"] = "Choose the outcome from the list."
    if details.reason_not_used and details.reason_not_used not in {reason.code for reason in words.reasons_not_used}:
        problems["reason_not_used"] = "Choose the reason from the list."
    return problems


def _impossible_dates(details: RemedyDetails) -> dict[str, str]:
    problems = {}
    for name in ("filed", "decided", "notified"):
        when: UncertainDate | None = getattr(details, name)
        if when is not None and when.earliest > latest_local_today():
            problems[name] = "This date is in the future. What is still to be done belongs to the next step."
        check_year(problems, name, when)
    if ends_before(details.decided, details.filed):
        problems["decided"] = "It cannot have been decided before it was filed. Check both dates."
    if details.decided is not None and details.outcome == "pending":
        problems["outcome"] = "There is a decision date: choose the outcome, or clear the date."
    if details.next_step_due and not details.next_step:
        problems["next_step"] = "Choose which step has this deadline."
    if details.next_step_reason and not details.next_step_due:
        problems["next_step_due"] = "Enter the deadline that you keep, or clear the reason for keeping it."
    if is_implausible(details.next_step_due):
        problems["next_step_due"] = "No next step can have its deadline in that year. Check the year."
    if details.reason_not_used:
        problems["reason_not_used"] = (
            "It was used, so leave out the reason for not using it, or choose that it was not used."
        )
    return problems


def _not_used_faults(details: RemedyDetails) -> dict[str, str]:
    problems = {}
    if any(getattr(details, name) for name in ONLY_WHEN_USED):
        problems["is_used"] = "Dates or an outcome are filled in below: clear them, or choose that it was used."
    if details.concerns_some:
        problems["concerns_some"] = (
            "A remedy that was not used concerns all victims of the claim. Choose all of them, or that it was used."
        )
    if not details.reason_not_used:
        problems["reason_not_used"] = "Choose why it was not used."
    return problems


def _cleared(details: RemedyDetails) -> RemedyDetails:
    """Return the details without fields that apply only to used, or only to unused, remedies."""
    cleared = ONLY_WHEN_NOT_USED if details.is_used else ONLY_WHEN_USED
    empty: dict[str, Any] = (
        {} if details.is_used else {"next_step_reason": "", "concerns_some": False, "person_ids": ()}
    )
    persons = tuple(sorted(details.person_ids)) if details.concerns_some else ()
    return replace(details, **{"person_ids": persons, **dict.fromkeys(cleared), **empty})


@dataclass(frozen=True, slots=True, kw_only=True)
class UntriedStep:
    """A next step of a claim that is not recorded as a remedy yet."""

    claim: Claim
    stage: str
    kind: RemedyKind
    authority: str = ""
    """As the remedy map names it; empty if only the ladder suggests the step."""
    last_day: date | None = None
    """The recorded last day; without one that of the map."""
    then: str | None = None
    """The stage of the step that the map has after it."""
    victims: tuple[str, ...] | None = None
    """Code names of those whom the remedy before it concerns; None if it concerns all victims of the claim."""


def untried_steps(uow: UnitOfWork, case: Case, on: date) -> list[UntriedStep]:
    """Return the next steps of each claim that its ladder records or the map of its State proposes: two statements.

    A case whose domestic remedies are no longer pursued has none of the map.
    """
    remedies, maps = uow.cached(remedies_of_case, case), maps_of_case(uow, case, case.claims)
    found: dict[tuple[Any, str], UntriedStep] = {}
    victims = victims_of_claims(uow, case, case.claims, remedies)
    for step in _recorded_steps(case.claims, remedies, victims, on):
        before = found.get((step.claim.id, step.stage))
        found[step.claim.id, step.stage] = _both(before, step) if before else step
    for one in proposals(case, case.claims, remedies, maps, on, victims=victims):
        key, after = (one.claim.id, one.step.stage), following_step(one.map, one.step)
        recorded = found.get(key)
        computed = one.last_day.day if one.last_day else None
        step = UntriedStep(
            claim=one.claim,
            stage=one.step.stage,
            kind=one.step.kind,
            authority=one.step.authority,
            last_day=recorded.last_day if recorded and recorded.last_day else computed,
            then=after.stage if after else None,
            victims=used_facts(one.after, victims.get(one.claim.id, ())).victims if one.after else None,
        )
        found[key] = _both(recorded, step) if recorded else step
    places = {claim.id: number for number, claim in enumerate(case.claims)}
    return sorted(found.values(), key=lambda step: places[step.claim.id])


def _both(one: UntriedStep, other: UntriedStep) -> UntriedStep:
    """Return a step that follows two remedies of different victims: for all of them, by the earlier last day."""
    days = [step.last_day for step in (one, other) if step.last_day]
    victims = None if one.victims is None or other.victims is None else tuple({*one.victims, *other.victims})
    return replace(other, last_day=min(days, default=None), victims=victims)


def may_be_appealed(outcome: str | None) -> bool:
    """Return whether an outcome is a decision that a further step may be taken against."""
    return outcome is not None and outcome not in OUTCOMES_WITHOUT_APPEAL and outcome not in WITHOUT_DECISION


def _recorded_steps(
    claims: Sequence[Claim],
    remedies: Sequence[DomesticRemedy],
    victims: Mapping[UUID, Sequence[CasePerson]],
    on: date,
) -> Iterator[UntriedStep]:
    stages = {stage.code: stage.usual_kind for stage in load_vocabularies().remedy_stages}
    for claim in claims:
        ladder = [remedy for remedy in remedies if remedy.claim_id == claim.id]
        of_claim = victims.get(claim.id, ())
        still_open = open_steps(ladder, on, of_claim)
        for remedy in ladder:
            if remedy.id in still_open and remedy.next_step in stages:
                kind = RemedyKind(stages[remedy.next_step])
                yield UntriedStep(
                    claim=claim,
                    stage=remedy.next_step,
                    kind=kind,
                    last_day=remedy.next_step_due,
                    victims=used_facts(remedy, of_claim).victims,
                )
