"""The reviews of the demo cases: one that waits with comments, those that were approved, one that was changed afterwards."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta
from typing import Final
from uuid import UUID

from caseflow.access import PersonActor
from caseflow.clock import today
from caseflow.demo.plan import CasePlan
from caseflow.features.cases.commands import CaseDescription
from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import EditableCase, describe_case, editable_case
from caseflow.features.filings.commands import ConfirmFiling, NewFiling
from caseflow.features.filings.queries import prepared_filing
from caseflow.features.filings.service import case_to_file, case_to_prepare, confirm_filing, prepare_filing
from caseflow.features.review.commands import NewComment, RequestReview, SignReview
from caseflow.features.review.commenting import add_comment, answer_comment
from caseflow.features.review.queries import current_review
from caseflow.features.review.service import request_review, sign_review
from caseflow.models import Case, FilingChannel, Role
from caseflow.unit_of_work import UnitOfWork, Units

COMMENTED: Final = "Foreclosure on a family home after notices never delivered"
CHANGED: Final = "Reindeer herders cut off from winter grazing by a wind farm"
PREPARED: Final = "Widow's pension recovered in full after an error of the office"
_LEADS: Final = (Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR)


def coordinators(people: Mapping[str, PersonActor], case: Case, *but: PersonActor) -> list[PersonActor]:
    """Return the coordinators of the section of a case, without some."""
    return [
        one
        for one in people.values()
        if one not in but
        and any(member.section_id == case.section_id and member.role in _LEADS for member in one.memberships)
    ]


def ask_for_review(
    units: Units, case_id: UUID, worker: PersonActor, reviewers: list[PersonActor], note: str = ""
) -> None:
    """Put a case up for review."""
    with units.begin(worker) as uow:
        case = editable_case(uow, case_id)
        whole_case(uow, case_id)
        command = RequestReview(
            version=case.version,
            reviewer_ids=tuple(one.user_id for one in reviewers),
            note=note,
            task="Review the case: see its page “Readiness”",
            replaced="A later version was put up for review.",
        )
        request_review(uow, case, command)


def add_review_of(units: Units, worker: PersonActor, leader: PersonActor, case_ids: Mapping[str, UUID]) -> None:
    """Put one case up for review once its dossier is written, with two comments of the reviewer and an answer."""
    case_id = case_ids[COMMENTED]
    ask_for_review(units, case_id, worker, [leader], "The proof of the notification is on its way.")
    with units.begin(leader) as uow:
        case = editable_case(uow, case_id)
        review = current_review(uow, case)
        assert review is not None
        text = "Say on which day V1 learned of the auction: the year counts from there."
        first = add_comment(uow, case, review, NewComment(about="page:facts", text=text))
        text = "The certificate of the post office is missing. Without it the State will say that the notice arrived."
        add_comment(uow, case, review, NewComment(about="page:evidence", text=text))
    with units.begin(worker) as uow:
        case = editable_case(uow, case_id)
        answer_comment(
            uow, case, uow.session.merge(first), "V1 looks for the letter of the neighbour. I ask again on Monday."
        )


def approve(
    units: Units, plan: CasePlan, case_id: UUID, worker: PersonActor, people: Mapping[str, PersonActor]
) -> None:
    """Have a case approved by a coordinator, and by a second one where something stops it."""
    with units.begin(worker) as uow:
        others = coordinators(people, editable_case(uow, case_id), worker)
    ask_for_review(units, case_id, worker, others[:1])
    for signer in others:
        with units.begin(signer) as uow:
            case = editable_case(uow, case_id)
            whole_case(uow, case_id)
            review = current_review(uow, case)
            assert review is not None
            if review.is_open:
                command = SignReview(version=review.version, reason=plan.reason, result="The version was approved.")
                sign_review(uow, case, review, command)


def prepare_planned_filing(uow: UnitOfWork, case: EditableCase, days_ago: int) -> None:
    """Prepare the filing of a case, as its caseworker."""
    filed_on = today(case.section.time_zone) - timedelta(days=days_ago)
    proof = "Confirmation of receipt, kept in the safe of the section"
    email = FilingChannel.EMAIL
    new = NewFiling(version=case.version, filed_on=filed_on, filed_hour=time(16, 20), channel=email, proof=proof)
    prepare_filing(uow, case, new)


def file_case(
    units: Units, plan: CasePlan, case_id: UUID, worker: PersonActor, people: Mapping[str, PersonActor]
) -> None:
    """File a case some days after its last decision, as planned: prepared by its caseworker, confirmed by a coordinator."""
    with units.begin(worker) as uow:
        case = case_to_prepare(uow, case_id)
        other = coordinators(people, case, worker)[0]
        prepare_planned_filing(uow, case, plan.filed)
    with units.begin(other) as uow:
        case = case_to_file(uow, case_id)
        prepared = prepared_filing(uow, case)
        assert prepared is not None
        confirm_filing(uow, case, prepared, ConfirmFiling(version=case.version))


def act_after_approval(units: Units, plan: CasePlan, case_id: UUID, worker: PersonActor) -> None:
    """Prepare the filing of one approved case; change another one after its approval, so that it cannot be filed as it is."""
    if plan.title == PREPARED:
        with units.begin(worker) as uow:
            prepare_planned_filing(uow, case_to_prepare(uow, case_id), 1)
    if plan.title != CHANGED:
        return
    with units.begin(worker) as uow:
        case = editable_case(uow, case_id)
        describe_case(uow, case, _with_sentence(case, " The herders have found two more pastures behind the fence."))


def _with_sentence(case: Case, sentence: str) -> CaseDescription:
    kept = {name: getattr(case, name) for name in CaseDescription.__dataclass_fields__}
    return replace(CaseDescription(**kept), narrative=case.narrative + sentence)
