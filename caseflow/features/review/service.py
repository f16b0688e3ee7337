"""The verbs of a review: ask for it, comment, return, approve a version; and what an approval means for the filing.

An approval binds one version (`snapshot`): what is changed afterwards is not approved. Nobody approves what they asked for
or own, and what stops a case is overridden by two people with a reason, never by one.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from caseflow.access import Permission, PersonActor
from caseflow.access.policy import may_on_case, require_on_case
from caseflow.clock import now, today
from caseflow.days import check_year
from caseflow.errors import Forbidden, Invalid, stale
from caseflow.features.cases.commands import MoveCase
from caseflow.features.cases.moves.service import move_case
from caseflow.features.cases.queries import lock_case
from caseflow.features.cases.service import EditableCase
from caseflow.features.consent.queries import Missing
from caseflow.features.deadlines.responsible.queries import staff_of_case
from caseflow.features.people.queries import people_of_case
from caseflow.features.readiness.gaps.queries import gap_key
from caseflow.features.readiness.service import assessed
from caseflow.features.review import mandates
from caseflow.features.review.commands import RequestReview, ReturnReview, SignReview
from caseflow.features.review.queries import comments_of_case, content_of_review, current_review, last_number
from caseflow.features.review.snapshot.queries import Difference, differences, version_of
from caseflow.features.tasks.commands import TaskDetails
from caseflow.features.tasks.queries import one_task
from caseflow.features.tasks.service import add_task, add_tasks, finish_task
from caseflow.models import (
    Case,
    CasePerson,
    CaseReview,
    CommentKind,
    ConsentScope,
    PersonRole,
    ReviewComment,
    ReviewStatus,
    Stage,
    standing,
)
from caseflow.unit_of_work import UnitOfWork

ANSWERED_WITHIN: Final = timedelta(days=3)
"""How soon a reviewer and an author are asked to answer where no day is wished: so that they are reminded at once."""
GAP, PAGE = "gap:", "page:"
"""What the subject of a comment begins with."""
BARRED, CONSENT, MANDATE = "barred", "consent", "mandate"
STOPS: Final = (BARRED, CONSENT, MANDATE)


def may_review(uow: UnitOfWork, case: Case) -> bool:
    """Return whether the acting person takes part in the reviews of a case: they work on cases of its section."""
    return uow.person.may(Permission.CASE_EDIT, case.section_id)


def reviewers_for(uow: UnitOfWork, case: Case) -> Collection[UUID]:
    """Return who may approve a case that the acting person puts up for review: its coordinators, but its owner."""
    return [one for one in staff_of_case(uow, case).coordinators if one not in {uow.person.user_id, case.owner_id}]


def is_alone(uow: UnitOfWork, case: Case) -> bool:
    """Return whether nobody but the acting person works on a case."""
    return not staff_of_case(uow, case).workers - {uow.person.user_id}


def request_review(uow: UnitOfWork, case: EditableCase, command: RequestReview) -> CaseReview:
    """Put the present version of a case up for review. It replaces the one that waits, if any.

    Raises:
        Invalid: the case is not in the stage of the review, nobody is chosen who can approve it, or the day has passed.
        Forbidden: the person does not work in the section of the case.
        Conflict: somebody saved the case meanwhile.
    """
    require_part(uow, case)
    lock_case(uow, case.id)
    if case.version != command.version:
        raise stale(case)
    if case.stage is not Stage.READINESS_REVIEW:
        raise Invalid("A review is asked for in the stage “Readiness review”. Move the case there first.")
    _check_request(uow, case, command)
    before = current_review(uow, case)
    if before is not None:
        _end(uow, case, before, ReviewStatus.REPLACED, command.replaced)
    version = version_of(uow, case)
    due = command.wished_on or today(case.section.time_zone) + ANSWERED_WITHIN
    tasks = add_tasks(
        uow,
        case,
        [
            TaskDetails(title=command.task, details=command.note.strip(), due_on=due, given_to_id=one)
            for one in command.reviewer_ids
        ],
    )
    uow.flush()
    review = CaseReview(
        case_id=case.id,
        number=last_number(uow, case) + 1,
        content=version.text,
        sha256=version.sha256,
        note=command.note.strip(),
        reviewer_ids=list(command.reviewer_ids),
        wished_on=command.wished_on,
        task_ids=[task.id for task in tasks],
        requested_by_id=uow.person.user_id,
        status=ReviewStatus.OPEN,
    )
    uow.session.add(review)
    uow.flush()
    _record(uow, case, review, "review.requested", version_sha256=version.sha256.hex(), note=review.note)
    return review


def _check_request(uow: UnitOfWork, case: Case, command: RequestReview) -> None:
    problems: dict[str, str] = {}
    offered = set(reviewers_for(uow, case))
    if not offered.issuperset(command.reviewer_ids):
        problems["reviewers"] = "Choose coordinators of this section who do not own the case."
    elif not command.reviewer_ids and offered:
        problems["reviewers"] = "Choose who reviews the case."
    elif not offered and not is_alone(uow, case):
        problems["reviewers"] = (
            "Nobody else can approve this case: who asks for the review and who owns the case may not. Have a colleague ask for it, or assign the case to someone else."
        )
    check_year(problems, "wished_on", command.wished_on)
    if command.wished_on is not None and command.wished_on < today(case.section.time_zone):
        problems.setdefault("wished_on", "This day has passed.")
    if problems:
        raise Invalid("The review was not asked for.", problems)


def return_review(uow: UnitOfWork, case: EditableCase, review: CaseReview, command: ReturnReview) -> CaseReview:
    """Return a case to its author with comments. It stays in the stage of the review until it is asked for again.

    Raises:
        Invalid: nothing is said, or the review has ended.
        Forbidden: the person may not approve, or asked for the review.
    """
    require_decides(uow, case, review)
    lock_case(uow, case.id)
    _check_open(review, command.version)
    if not command.words.strip():
        raise Invalid("The case was not returned.", {"words": "Enter what the author should do."})
    review.ended_because = command.words.strip()
    _end(uow, case, review, ReviewStatus.RETURNED, command.words.strip())
    _record(uow, case, review, "review.returned", ended_because=review.ended_because)
    author = review.requested_by_id if review.requested_by_id in staff_of_case(uow, case).workers else None
    due = today(case.section.time_zone) + ANSWERED_WITHIN
    add_task(uow, case, TaskDetails(title=command.task, details=review.ended_because, due_on=due, given_to_id=author))
    return review


def victims_of(uow: UnitOfWork, case: Case) -> list[CasePerson]:
    """Return the victims of a case: no statement where its facts have been read."""
    return [one for one in uow.cached(people_of_case, case) if PersonRole.VICTIM in one.roles]


def without_consent(uow: UnitOfWork, case: Case) -> list[Missing]:
    """Return the victims who have not consented that the case is submitted: no statement where its facts have been read."""
    on = today(case.section.time_zone)
    found = [Missing(one.code_name, standing(one.consents, ConsentScope.SUBMIT, on)) for one in victims_of(uow, case)]
    return [one for one in found if not one.standing.allows]


def stops_of(uow: UnitOfWork, case: Case) -> list[str]:
    """Return what stops the approval of a case now, as codes of the vocabulary `review_stop`."""
    found = [BARRED] if assessed(uow, case).findings.outlook == "barred" else []
    if without_consent(uow, case):
        found.append(CONSENT)
    if not victims_of(uow, case) or mandates.without_mandate(uow, case):
        found.append(MANDATE)
    return found


def undecided_gaps(uow: UnitOfWork, case: Case, comments: Sequence[ReviewComment]) -> list[str]:
    """Return the keys of the requirements that are not met and that no reviewer has accepted."""
    claims = {f"claim-{claim.position}": claim.id for claim in case.claims}
    keys = [
        gap_key(one.rule, claims.get(one.claim or ""), one.victim)
        for one in assessed(uow, case).findings.findings
        if one.result == "not_met"
    ]
    accepted = {one.about for one in comments if one.kind is CommentKind.ACCEPTED and not one.resolved_at}
    return [key for key in dict.fromkeys(keys) if GAP + key not in accepted]


def changes_since(uow: UnitOfWork, case: Case, review: CaseReview) -> list[Difference]:
    """Return what has changed in a case since a version: two statements besides those of its facts."""
    if version_of(uow, case).sha256 == review.sha256:
        return []
    return differences(content_of_review(uow, review), version_of(uow, case).content)


def may_sign(uow: UnitOfWork, case: Case, review: CaseReview) -> bool:
    """Return whether the acting person may approve a version, as the first or the second person."""
    if not review.is_open or not may_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case):
        return False
    me = uow.person.user_id
    if review.status is ReviewStatus.HALF_SIGNED:
        return me not in {review.signed_by_id, review.requested_by_id, case.owner_id}
    return me not in {review.requested_by_id, case.owner_id} or is_alone(uow, case)


def check_sign(uow: UnitOfWork, case: Case, review: CaseReview, command: SignReview) -> list[str]:
    """Check that a version can be approved, and return what stops it and is overridden.

    Raises:
        Forbidden: the person asked for the review, owns the case, or may not approve.
        Invalid: the case has changed since, a gap must be fixed, or a reason is missing.
        Conflict: somebody decided meanwhile.
    """
    require_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case)
    _check_open(review, command.version)
    if not may_sign(uow, case, review):
        raise Forbidden(
            "Who asked for a review, owns the case or has approved it already cannot approve it. Another coordinator of the section must."
        )
    if changes_since(uow, case, review):
        raise Invalid(
            "The case has changed since this version was put up for review. See what changed, and have its review asked for again."
        )
    comments = uow.cached(comments_of_case, case)
    if any(one.kind is CommentKind.MUST_FIX and not one.resolved_at for one in comments):
        raise Invalid("A gap is marked “must be fixed”. Return the case with comments, or decide on the gap again.")
    stops, problems = stops_of(uow, case), dict[str, str]()
    if stops and is_alone(uow, case):
        raise Invalid(
            "What stops this case is overridden by two people, and nobody else works on it. Ask an administrator to give a coordinator of the coalition a role in your section."
        )
    reason = command.reason.strip() or review.reason  # the second person agrees with the reason of the first
    if (stops or undecided_gaps(uow, case, comments)) and not reason:
        problems["reason"] = "Give the reason why the case is approved nevertheless."
    if _is_own(uow, case, review) and not command.alone_because.strip():
        problems["alone_because"] = (
            "Give the reason why you approve your own case. It is shown on the page of the case."
        )
    if problems:
        raise Invalid("The version was not approved.", problems)
    return stops


def _is_own(uow: UnitOfWork, case: Case, review: CaseReview) -> bool:
    return uow.person.user_id in {review.requested_by_id, case.owner_id}


def sign_review(uow: UnitOfWork, case: EditableCase, review: CaseReview, command: SignReview) -> CaseReview:
    """Approve a version for filing. What stops it needs a second person: until they agree, the case is not approved.

    The case was locked (`locked_whole_case`) before anything of it was read.

    Raises:
        Forbidden, Invalid, Conflict: as `check_sign` does; or the move to the stage “Approved” is not possible.
    """
    lock_case(uow, case.id)
    stops = check_sign(uow, case, review, command)
    if review.status is ReviewStatus.HALF_SIGNED:
        review.second_by_id, review.second_at = uow.person.user_id, now()
        review.stops = stops
        _record(uow, case, review, "review.seconded", stops=stops, reason=review.reason)
        return _approve(uow, case, review, command.result)
    review.signed_by_id, review.signed_at = uow.person.user_id, now()
    is_open = bool(stops or undecided_gaps(uow, case, uow.cached(comments_of_case, case)))
    review.stops, review.reason = stops, command.reason.strip() if is_open else ""
    review.alone_because = command.alone_because.strip() if _is_own(uow, case, review) else ""
    said: dict[str, object] = {"reason": review.reason, "alone_because": review.alone_because}
    if stops:
        review.status = ReviewStatus.HALF_SIGNED
        _record(uow, case, review, "review.half_signed", stops=stops, **said)
        uow.flush()
        return review
    _record(uow, case, review, "review.signed", version_sha256=review.sha256.hex(), **said)
    return _approve(uow, case, review, command.result)


def _approve(uow: UnitOfWork, case: EditableCase, review: CaseReview, result: str) -> CaseReview:
    review.status = ReviewStatus.SIGNED
    uow.flush()
    _finish_tasks(uow, case, review, result)
    move_case(uow, case, MoveCase(version=case.version, to=Stage.APPROVED, reason=review.reason))
    return review


def follow_changes(uow: UnitOfWork, case: Case) -> None:
    """Keep whether a case still is the version that was approved: called before the commit of a change by a person."""
    if not isinstance(uow.actor, PersonActor) or (case.suspended_from or case.stage) is not Stage.APPROVED:
        return
    review = current_review(uow, case)
    if review is None or review.status is not ReviewStatus.SIGNED:
        return
    is_changed = bool(changes_since(uow, case, review))
    if is_changed != (review.changed_at is not None):
        review.changed_at = now() if is_changed else None
        uow.flush()


def check_filed_version(uow: UnitOfWork, case: Case) -> CaseReview | None:
    """Return the approved version of a case that is about to be filed; None for a case that was filed long ago.

    Raises:
        Invalid: no version is approved, or the case has changed since.
    """
    if case.stage is not Stage.APPROVED:
        return None
    review = current_review(uow, case)
    if review is None or review.status is not ReviewStatus.SIGNED:
        raise Invalid("No version of this case is approved. Take the approval back, and ask for a review.")
    if changes_since(uow, case, review):
        raise Invalid(
            "The case has changed since version %(number)s was approved, so it cannot be filed. See what changed on the page of the review, and have the case approved again.",
            values={"number": review.number},
        )
    return review


def require_part(uow: UnitOfWork, case: Case) -> None:
    """Check that the acting person works in the section of a case.

    Raises:
        Forbidden: they take no part in its reviews.
    """
    if not may_review(uow, case):
        raise Forbidden("Only people who work on cases of this section take part in its reviews.")


def require_decides(uow: UnitOfWork, case: Case, review: CaseReview) -> None:
    """Check that the acting person may approve cases and did not ask for this review.

    Raises:
        Forbidden: who can do it.
    """
    require_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case)
    if review.requested_by_id == uow.person.user_id and not is_alone(uow, case):
        raise Forbidden("You asked for this review. Another coordinator of the section decides on it.")


def _check_open(review: CaseReview, version: int) -> None:
    if not review.is_open:
        raise Invalid("This review has ended meanwhile. Open it again to see what was decided.")
    if review.version != version:
        raise stale(review)


def _end(uow: UnitOfWork, case: EditableCase, review: CaseReview, status: ReviewStatus, words: str) -> None:
    review.status, review.ended_at, review.ended_by_id = status, now(), uow.person.user_id
    uow.flush()
    _finish_tasks(uow, case, review, words)


def _finish_tasks(uow: UnitOfWork, case: EditableCase, review: CaseReview, result: str) -> None:
    for task_id in review.task_ids:
        task = one_task(uow, case, task_id)
        if task.is_open:
            finish_task(uow, case, task, task.version, result)


def _record(uow: UnitOfWork, case: Case, review: CaseReview, action: str, **said: object) -> None:
    changes: dict[str, list[object]] = {"review_number": [None, review.number]}
    changes |= {name: [None, value] for name, value in said.items() if value}
    uow.audit.record(action, review, section_id=case.section_id, case_id=case.id, changes=changes)


def default_wish(case: Case) -> date:
    """Return the day that is proposed for the answer of a reviewer."""
    return today(case.section.time_zone) + ANSWERED_WITHIN
