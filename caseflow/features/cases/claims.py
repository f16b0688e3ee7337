"""The verbs of claims and acts."""

import re
from uuid import UUID

from caseflow.audit import assign_changes, contents_of
from caseflow.errors import Invalid, stale
from caseflow.features.cases.commands import ActDetails, ClaimDetails
from caseflow.features.cases.queries import (
    last_claim_position,
    lock_case,
    number_of_claims,
    one_act,
    one_claim,
    rights_of_claims,
)
from caseflow.features.cases.service import check_day, editable_case
from caseflow.law import UncertainDate, load_vocabularies
from caseflow.law.facts import MOST_ACTS, MOST_CLAIMS
from caseflow.models import Act, Case, Claim
from caseflow.unit_of_work import UnitOfWork

CLAIM_FIELDS = (
    "rights",
    "violation_types",
    "articles",
    "label",
    "disadvantage",
    "general_importance",
    "delay_claimed",
    "delay_since",
    "delay_explanation",
)
ARTICLE = re.compile(r"(?:[1-9]|1[0-5])(?:\([1-9]\))?(?:\([a-z]\))?(?:\(i{1,3}v?\))?")
"""An article of Parts I to III of the Covenant (1 to 15, on which OP-ICESCR art. 2 lets one complain): 11, 2(1), 15(1)(a), 7(a)(ii)."""
ACT_FIELDS = ("what", "began", "ended", "is_continuing", "continuing_reason", "is_attributable")


def add_claim(uow: UnitOfWork, case_id: UUID, details: ClaimDetails) -> Claim:
    """Add a claim to a case.

    Raises:
        NotFound, Forbidden, Invalid: the case may not be changed, a code is unknown, or it has too many claims.
    """
    case = editable_case(uow, case_id)
    _check_claim(details)
    lock_case(uow, case.id)  # two claims added at once get two places
    if number_of_claims(uow, case.id) >= MOST_CLAIMS:
        raise Invalid(
            "A case takes at most %(most)s claims, and this one has as many. Take another case for the rest.",
            values={"most": MOST_CLAIMS},
        )
    claim = Claim(case_id=case.id, position=last_claim_position(uow, case.id) + 1)
    _fill(claim, details, CLAIM_FIELDS)
    uow.session.add(claim)
    uow.audit.record("claim.added", claim, section_id=case.section_id, case_id=case.id)
    _rights_changed(uow, case)
    return claim


def change_claim(uow: UnitOfWork, case_id: UUID, claim_id: UUID, details: ClaimDetails) -> Claim:
    """Change a claim.

    Raises:
        NotFound, Forbidden, Invalid: the claim may not be changed, or a code is unknown.
        Conflict: somebody saved it meanwhile.
    """
    case = editable_case(uow, case_id)
    claim = one_claim(uow, case_id, claim_id)
    if claim.version != details.version:
        raise stale(claim)
    _check_claim(details)
    _fill(claim, details, CLAIM_FIELDS)
    uow.audit.record("claim.changed", claim, section_id=case.section_id, case_id=case.id)
    _rights_changed(uow, case)
    return claim


def add_act(uow: UnitOfWork, case_id: UUID, claim_id: UUID, details: ActDetails) -> Act:
    """Add an act to a claim.

    Raises:
        NotFound, Forbidden, Invalid: the claim may not be changed, the dates can't be, or it has too many acts.
    """
    case = editable_case(uow, case_id)
    claim = one_claim(uow, case_id, claim_id)
    _check_act(details)
    if len(claim.acts) >= MOST_ACTS:
        raise Invalid(
            "A claim takes at most %(most)s acts, and this one has as many. Open another claim for the rest.",
            values={"most": MOST_ACTS},
        )
    act = Act(case_id=case.id, claim_id=claim.id, position=max((a.position for a in claim.acts), default=0) + 1)
    _fill(act, details, ACT_FIELDS)
    claim.acts.append(act)
    uow.audit.record("act.added", act, section_id=case.section_id, case_id=case.id)
    uow.facts_changed(case.id)
    return act


def change_act(uow: UnitOfWork, case_id: UUID, act_id: UUID, details: ActDetails) -> Act:
    """Change an act.

    Raises:
        NotFound, Forbidden, Invalid: the act may not be changed, or the dates can't be.
        Conflict: somebody saved it meanwhile.
    """
    case = editable_case(uow, case_id)
    act = one_act(uow, case_id, act_id)
    if act.version != details.version:
        raise stale(act)
    _check_act(details)
    _fill(act, details, ACT_FIELDS)
    uow.audit.record("act.changed", act, section_id=case.section_id, case_id=case.id)
    uow.facts_changed(case.id)
    return act


def remove_act(uow: UnitOfWork, case_id: UUID, act_id: UUID) -> Act:
    """Take an act out of a claim and return it. What it said stays in the history."""
    case = editable_case(uow, case_id)
    act = one_act(uow, case_id, act_id)
    uow.audit.record("act.removed", act, section_id=case.section_id, case_id=case.id, changes=contents_of(act))
    uow.session.delete(act)
    uow.facts_changed(case.id)
    return act


def _check_claim(details: ClaimDetails) -> None:
    words = load_vocabularies()
    problems: dict[str, str] = {}
    rights, kinds = {r.code for r in words.rights}, {t.code for t in words.violation_types}
    if not details.rights:
        problems["right"] = "Choose the right that was violated."
    elif set(details.rights) - rights:
        problems["right"] = "Choose the right from the list."
    if set(details.violation_types) - kinds:
        problems["violation_types"] = "Choose types from the list."
    if not all(ARTICLE.fullmatch(article) for article in details.articles):
        problems["articles"] = "Write articles 1 to 15 of the Covenant, such as: 2(1), 11(1), 15(1)(a)."
    if details.delay_claimed and not details.delay_explanation.strip():
        problems["delay_explanation"] = "Say what took so long: the Protocol asks for reasons (art. 3(1))."
    if problems:
        raise Invalid("The claim was not saved.", problems)


def _check_act(details: ActDetails) -> None:
    problems: dict[str, str] = {}
    if not details.what.strip():
        problems["what"] = "Say in a line what the State did or failed to do."
    check_day(problems, "began", details.began)
    check_day(problems, "ended", details.ended)
    if ends_before(details.ended, details.began):
        problems["ended"] = "The act can't have ended before it began."
    if details.is_continuing and details.ended is not None:
        problems["ended"] = "It can't have ended and still go on: empty this date, or take the tick away below."
    if details.is_continuing and not details.continuing_reason.strip():
        problems["continuing_reason"] = "Say why it still goes on: effects that merely last are not enough."
    if problems:
        raise Invalid("The act was not saved.", problems)


def ends_before(later: UncertainDate | None, earlier: UncertainDate | None) -> bool:
    """Tell whether a date lies before another for certain: on every day that the two may mean."""
    return later is not None and earlier is not None and later.latest < earlier.earliest


def _fill(row: Claim | Act, details: ClaimDetails | ActDetails, names: tuple[str, ...]) -> None:
    values = {name: getattr(details, name) for name in names}
    assign_changes(row, {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()})


def _rights_changed(uow: UnitOfWork, case: Case) -> None:
    uow.flush()
    rights = rights_of_claims(uow, case.id)
    if rights and case.rights != rights:
        case.rights = rights
    uow.facts_changed(case.id)
