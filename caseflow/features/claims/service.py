"""The service of claims and acts."""

import re

from caseflow.errors import Invalid
from caseflow.features.cases.queries import rights_of_claims
from caseflow.features.cases.service import EditableCase, add_child, change_child, check_day, remove_child
from caseflow.features.claims.commands import ActDetails, ClaimDetails, HousingApplicationDetails, OtherTreatyDetails
from caseflow.law import ends_before, load_vocabularies
from caseflow.law.facts import MOST_ACTS, MOST_CLAIMS, MOST_HOUSING_APPLICATIONS, MOST_OTHER_TREATIES
from caseflow.models import Act, Case, Claim, HousingApplication, OtherTreatyArticle
from caseflow.unit_of_work import UnitOfWork

ARTICLE = re.compile(r"(?:[1-9]|1[0-5])(?:\([1-9]\))?(?:\([a-z]\))?(?:\(i{1,3}v?\))?")
"""An article of Parts I to III of the Covenant (1 to 15, see OP-ICESCR art. 2), such as 11, 2(1), 15(1)(a), 7(a)(ii)."""


def add_claim(uow: UnitOfWork, case: EditableCase, details: ClaimDetails) -> Claim:
    """Add a claim to a case.

    Raises:
        Invalid: a code is unknown, or the case has too many claims.
    """
    _check_claim(details)
    too_many = Invalid(
        "A case can have at most %(most)s claims, and this one has reached that number. Open another case for the rest.",
        values={"most": MOST_CLAIMS},
    )
    claim = add_child(
        uow, case, Claim(), details, "claim.added", among=Claim.case_id == case.id, most=MOST_CLAIMS, too_many=too_many
    )
    _update_rights(uow, case)
    return claim


def add_claim_with_act(
    uow: UnitOfWork, case: EditableCase, details: ClaimDetails, first_act: ActDetails | None
) -> Claim:
    """Add a claim to a case, and its first act if one is given.

    Raises:
        Invalid: as for each of them.
    """
    claim = add_claim(uow, case, details)
    if first_act is not None:
        add_act(uow, case, claim, first_act)
    return claim


def change_claim(uow: UnitOfWork, case: EditableCase, claim: Claim, details: ClaimDetails) -> Claim:
    """Change a claim.

    Raises:
        Invalid: a code is unknown.
        Conflict: somebody saved it meanwhile.
    """
    change_child(uow, case, claim, details, "claim.changed", check=_check_claim)
    _update_rights(uow, case)
    return claim


def add_act(uow: UnitOfWork, case: EditableCase, claim: Claim, details: ActDetails) -> Act:
    """Add an act to a claim.

    Raises:
        Invalid: the dates are impossible, or the claim has too many acts.
    """
    _check_act(details)
    too_many = Invalid(
        "A claim can have at most %(most)s acts, and this one has reached that number. Add another claim for the rest.",
        values={"most": MOST_ACTS},
    )
    act = Act(claim_id=claim.id)
    return add_child(
        uow, case, act, details, "act.added", among=Act.claim_id == claim.id, most=MOST_ACTS, too_many=too_many
    )


def change_act(uow: UnitOfWork, case: EditableCase, act: Act, details: ActDetails) -> Act:
    """Change an act.

    Raises:
        Invalid: the dates are impossible.
        Conflict: somebody saved it meanwhile.
    """
    return change_child(uow, case, act, details, "act.changed", check=_check_act)


def remove_act(uow: UnitOfWork, case: EditableCase, act: Act) -> Act:
    """Remove an act from its claim and return it. The history keeps its content."""
    return remove_child(uow, case, act, "act.removed")


def add_housing_application(
    uow: UnitOfWork, case: EditableCase, claim: Claim, details: HousingApplicationDetails
) -> HousingApplication:
    """Add a request for housing to a claim.

    Raises:
        Invalid: the dates are impossible, or the claim has too many requests.
    """
    _check_housing_application(details)
    most, among = MOST_HOUSING_APPLICATIONS, HousingApplication.claim_id == claim.id
    too_many = Invalid(
        "A claim can have at most %(most)s requests for housing, and this one has reached that number.",
        values={"most": most},
    )
    row = HousingApplication(claim_id=claim.id)
    return add_child(uow, case, row, details, "housing_application.added", among=among, most=most, too_many=too_many)


def change_housing_application(
    uow: UnitOfWork, case: EditableCase, request: HousingApplication, details: HousingApplicationDetails
) -> HousingApplication:
    """Change a request for housing.

    Raises:
        Invalid: the dates are impossible.
        Conflict: somebody saved it meanwhile.
    """
    return change_child(uow, case, request, details, "housing_application.changed", check=_check_housing_application)


def remove_housing_application(uow: UnitOfWork, case: EditableCase, request: HousingApplication) -> HousingApplication:
    """Remove a request for housing from its claim and return it. The history keeps its content."""
    return remove_child(uow, case, request, "housing_application.removed")


def add_other_treaty(
    uow: UnitOfWork, case: EditableCase, claim: Claim, details: OtherTreatyDetails
) -> OtherTreatyArticle:
    """Add articles of another treaty that a claim invokes.

    Raises:
        Invalid: the treaty is unknown, or the claim has too many entries.
    """
    _check_other_treaty(details)
    most, among = MOST_OTHER_TREATIES, OtherTreatyArticle.claim_id == claim.id
    too_many = Invalid(
        "A claim can have at most %(most)s entries of other treaties, and this one has reached that number. Put several articles in one.",
        values={"most": most},
    )
    row = OtherTreatyArticle(claim_id=claim.id)
    return add_child(uow, case, row, details, "other_treaty.added", among=among, most=most, too_many=too_many)


def change_other_treaty(
    uow: UnitOfWork, case: EditableCase, named: OtherTreatyArticle, details: OtherTreatyDetails
) -> OtherTreatyArticle:
    """Change articles of another treaty.

    Raises:
        Invalid: the treaty is unknown.
        Conflict: somebody saved it meanwhile.
    """
    return change_child(uow, case, named, details, "other_treaty.changed", check=_check_other_treaty)


def remove_other_treaty(uow: UnitOfWork, case: EditableCase, named: OtherTreatyArticle) -> OtherTreatyArticle:
    """Remove articles of another treaty from their claim and return them. The history keeps their content."""
    return remove_child(uow, case, named, "other_treaty.removed")


def _check_other_treaty(details: OtherTreatyDetails) -> None:
    if details.treaty not in {each.code for each in load_vocabularies().other_treaties}:
        raise Invalid("The entry was not saved.", {"treaty": "Choose the treaty from the list."})


def _check_housing_application(details: HousingApplicationDetails) -> None:
    problems: dict[str, str] = {}
    if not details.authority.strip() and details.applied is None:
        problems["authority"] = "Say to whom the request was made, or when."
    check_day(problems, "applied", details.applied)
    check_day(problems, "answered", details.answered)
    if ends_before(details.answered, details.applied):
        problems["answered"] = "The answer cannot have come before the request."
    if details.answer and details.answer not in {each.code for each in load_vocabularies().housing_answers}:
        problems["answer"] = "Choose the answer from the list."
    if details.answer == "no_answer" and details.answered is not None:
        problems["answered"] = "There was no answer: clear this date, or choose the answer."
    if problems:
        raise Invalid("The request for housing was not saved.", problems)


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
        problems["articles"] = "Enter articles 1 to 15 of the Covenant, for example: 2(1), 11(1), 15(1)(a)."
    check_day(problems, "delay_since", details.delay_since)
    if details.delay_claimed and not details.delay_explanation.strip():
        problems["delay_explanation"] = "Explain the delay: the Protocol requires reasons (art. 3(1))."
    if problems:
        raise Invalid("The claim was not saved.", problems)


def _check_act(details: ActDetails) -> None:
    problems: dict[str, str] = {}
    if not details.what.strip():
        problems["what"] = "Describe in one line what the State did or failed to do."
    check_day(problems, "began", details.began)
    check_day(problems, "ended", details.ended)
    if ends_before(details.ended, details.began):
        problems["ended"] = "The act cannot have ended before it began."
    if details.is_continuing and details.ended is not None:
        problems["ended"] = "It cannot have ended and be continuing: clear this date, or untick the box below."
    if details.is_continuing and not details.continuing_reason.strip():
        problems["continuing_reason"] = "Explain why it is continuing: lasting effects of a past act are not enough."
    if problems:
        raise Invalid("The act was not saved.", problems)


def _update_rights(uow: UnitOfWork, case: Case) -> None:
    """Set the rights of the case, by which the list is filtered, to those of its claims."""
    uow.flush()
    rights = rights_of_claims(uow, case.id)
    if rights and case.rights != rights:
        case.rights = rights
