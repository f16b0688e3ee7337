"""The verbs of remedies: add, change, put in order, remove."""

from uuid import UUID

from caseflow.audit import assign_changes, contents_of
from caseflow.clock import latest_today, today
from caseflow.errors import Invalid, stale
from caseflow.features.cases.claims import ends_before
from caseflow.features.cases.queries import lock_case, one_claim
from caseflow.features.cases.service import EARLIEST_YEAR, editable_case
from caseflow.features.remedies.commands import RemedyDetails
from caseflow.features.remedies.queries import last_position, neighbour, number_of_steps, one_remedy
from caseflow.law import UncertainDate, load_vocabularies
from caseflow.law.facts import MOST_REMEDIES
from caseflow.models import DomesticRemedy
from caseflow.unit_of_work import UnitOfWork

FIELDS = (
    "is_used", "stage", "kind", "authority", "file_number", "filed", "decided", "notified", "notified_to", "outcome",
    "raised_right", "could_repair", "is_suspensive", "next_step", "next_step_due", "reason_not_used", "explanation", "is_documented",
)  # fmt: skip
ONLY_WHEN_USED = frozenset({"filed", "decided", "notified", "outcome", "next_step", "next_step_due"})
ONLY_WHEN_NOT_USED = frozenset({"reason_not_used"})
FARTHEST_YEARS = 20
"""How far ahead the last day of a next step may lie; what is typed beyond is a slip of the keyboard."""
WITHOUT_DECISION = ("pending", "no_reply")
"""Outcomes that say that nobody has decided."""


def add_remedy(uow: UnitOfWork, case_id: UUID, claim_id: UUID, details: RemedyDetails) -> DomesticRemedy:
    """Add a step at the end of a claim's ladder.

    Raises:
        NotFound, Forbidden: the claim may not be seen, or not be changed.
        Invalid: a code is unknown, the dates can't be, or the ladder is full.
    """
    case = editable_case(uow, case_id)
    claim = one_claim(uow, case_id, claim_id)
    check(details)
    lock_case(uow, case.id)  # two steps added at once get two places
    if number_of_steps(uow, claim.id) >= MOST_REMEDIES:
        raise Invalid(
            "A claim takes at most %(most)s steps, and this one has as many. Take out those that do not matter, or open another claim.",
            values={"most": MOST_REMEDIES},
        )
    remedy = DomesticRemedy(case_id=case.id, claim_id=claim.id, position=last_position(uow, claim.id) + 1)
    _fill(remedy, details)
    uow.session.add(remedy)
    uow.audit.record("remedy.added", remedy, section_id=case.section_id, case_id=case.id)
    uow.facts_changed(case.id)
    return remedy


def change_remedy(uow: UnitOfWork, case_id: UUID, remedy_id: UUID, details: RemedyDetails) -> DomesticRemedy:
    """Change a step.

    Raises:
        NotFound, Forbidden: the step may not be seen, or not be changed.
        Conflict: somebody saved it meanwhile; carries what stands there now.
        Invalid: a code is unknown, or the dates can't be.
    """
    case = editable_case(uow, case_id)
    remedy = one_remedy(uow, case_id, remedy_id)
    if remedy.version != details.version:
        raise stale(remedy)
    check(details)
    _fill(remedy, details)
    uow.audit.record("remedy.changed", remedy, section_id=case.section_id, case_id=case.id)
    uow.facts_changed(case.id)
    return remedy


def move_remedy(uow: UnitOfWork, case_id: UUID, remedy_id: UUID, *, earlier: bool) -> DomesticRemedy:
    """Put a step one place earlier or later; at the end of the ladder it stays where it is."""
    case = editable_case(uow, case_id)
    remedy = one_remedy(uow, case_id, remedy_id)
    other = neighbour(uow, remedy, earlier=earlier)
    if other is not None:
        remedy.position, other.position = other.position, remedy.position
        uow.audit.record("remedy.moved", remedy, section_id=case.section_id, case_id=case.id)
        uow.facts_changed(case.id)
    return remedy


def remove_remedy(uow: UnitOfWork, case_id: UUID, remedy_id: UUID) -> DomesticRemedy:
    """Take a step out and return it. What it said stays in the history."""
    case = editable_case(uow, case_id)
    remedy = one_remedy(uow, case_id, remedy_id)
    uow.audit.record("remedy.removed", remedy, section_id=case.section_id, case_id=case.id, changes=contents_of(remedy))
    uow.session.delete(remedy)
    uow.facts_changed(case.id)
    return remedy


def check(details: RemedyDetails) -> None:
    """Refuse what can't be true of a remedy.

    Raises:
        Invalid: each fault with the field it stands at.
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
        if when is not None and when.earliest > latest_today():
            problems[name] = "This day has not come yet. What is still to be done belongs to the next step."
    if ends_before(details.decided, details.filed):
        problems["decided"] = "It can't have been decided before it was filed. Check both dates."
    if ends_before(details.notified, details.decided):
        problems["notified"] = "The decision can't have been notified before it was taken. Check both dates."
    if details.decided is not None and details.outcome in WITHOUT_DECISION:
        problems["outcome"] = "There is a date of decision: choose what was decided, or empty the date."
    if details.next_step_due and not details.next_step:
        problems["next_step"] = "Choose which step has this last day."
    if details.next_step_due and not EARLIEST_YEAR <= details.next_step_due.year <= today().year + FARTHEST_YEARS:
        problems["next_step_due"] = "No next step has its last day in that year. Check the year."
    if details.reason_not_used:
        problems["reason_not_used"] = (
            "It was used, so there is no reason why not: choose none, or say that it was not used."
        )
    return problems


def _not_used_faults(details: RemedyDetails) -> dict[str, str]:
    problems = {}
    if any(getattr(details, name) for name in ONLY_WHEN_USED):
        problems["used"] = "Dates or an outcome are filled in below: empty them, or say that it was used."
    if not details.reason_not_used:
        problems["reason_not_used"] = "Choose why it was not used."
    return problems


def _fill(remedy: DomesticRemedy, details: RemedyDetails) -> None:
    cleared = ONLY_WHEN_NOT_USED if details.is_used else ONLY_WHEN_USED
    assign_changes(remedy, {name: None if name in cleared else getattr(details, name) for name in FIELDS})
