"""Reviews and filings, which take two people: a colleague joins the section for them, and leaves it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from caseflow.access import PersonActor
from caseflow.access.actor import JobActor, SystemRole
from caseflow.features.cases.queries import locked_whole_case, whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.filings.commands import ConfirmFiling, NewFiling
from caseflow.features.filings.queries import prepared_filing
from caseflow.features.filings.service import case_to_file, case_to_prepare, confirm_filing, prepare_filing
from caseflow.features.review.commands import NewComment, RequestReview, SignReview
from caseflow.features.review.commenting import add_comment
from caseflow.features.review.queries import current_review
from caseflow.features.review.service import request_review, sign_review
from caseflow.models import Case, CaseReview, Filing, FilingChannel, ReviewComment, Role, Section
from caseflow.unit_of_work import Units
from tests.factories.dates import in_days
from tests.factories.people import end_roles, make_actor


@contextmanager
def colleague(units: Units, case: Case) -> Iterator[PersonActor]:
    """Add a coordinator to the section of a case for a while."""
    with units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        section = uow.session.get_one(Section, case.section_id)
    added = make_actor(units, (section, Role.SECTION_COORDINATOR))
    yield added
    end_roles(units, added)


def make_review(units: Units, by: PersonActor, case: Case, *reviewers: PersonActor, **details: Any) -> CaseReview:
    """Put the present version of a case up for review."""
    given = {"task": "Review the case", "replaced": "A later version", **details}
    with units.begin(by) as uow:
        editable = editable_case(uow, case.id)
        whole_case(uow, case.id)
        ids = tuple(one.user_id for one in reviewers)
        return request_review(uow, editable, RequestReview(version=editable.version, reviewer_ids=ids, **given))


def make_comment(
    units: Units, by: PersonActor, case: Case, text: str = "See the date", **details: Any
) -> ReviewComment:
    """Comment on the version of a case that is under review."""
    with units.begin(by) as uow:
        editable = editable_case(uow, case.id)
        review = current_review(uow, editable)
        assert review is not None
        return add_comment(uow, editable, review, NewComment(text=text, **details))


def sign(units: Units, by: PersonActor, case: Case, reason: str = "Decided by the team", **details: Any) -> CaseReview:
    """Approve the version of a case that is under review, as the first or the second person."""
    with units.begin(by) as uow:
        editable = editable_case(uow, case.id)
        locked_whole_case(uow, case.id)
        review = current_review(uow, editable)
        assert review is not None
        command = SignReview(version=review.version, reason=reason, result="Approved", **details)
        return sign_review(uow, editable, review, command)


def approve(units: Units, by: PersonActor, case: Case, reason: str = "Decided by the team") -> CaseReview:
    """Have a case approved: put up for review by a person, approved by one colleague, or by two against what stops it."""
    with colleague(units, case) as first, colleague(units, case) as second:
        make_review(units, by, case, first)
        signed = sign(units, first, case, reason)
        return sign(units, second, case, reason) if signed.stops else signed


def prepare(units: Units, by: PersonActor, case: Case, **details: Any) -> None:
    """Prepare the filing of a case."""
    with units.begin(by) as uow:
        editable = case_to_prepare(uow, case.id)
        prepare_filing(uow, editable, new_filing(editable, **details))


def confirm(units: Units, by: PersonActor, case: Case, **details: Any) -> Filing:
    """Confirm the prepared filing of a case."""
    with units.begin(by) as uow:
        editable = case_to_file(uow, case.id)
        prepared = prepared_filing(uow, editable)
        assert prepared is not None
        return confirm_filing(uow, editable, prepared, ConfirmFiling(version=editable.version, **details))


def file_case(units: Units, by: PersonActor, case: Case, **details: Any) -> Filing:
    """File a case: prepared by a person, confirmed by a colleague."""
    prepare(units, by, case, **details)
    with colleague(units, case) as second:
        return confirm(units, second, case)


def new_filing(case: Case, **details: Any) -> NewFiling:
    """Return the filing of a case, today by email."""
    given = {"filed_on": in_days(0), "channel": FilingChannel.EMAIL, "proof": "Receipt in the safe, no. 7"}
    return NewFiling(version=case.version, **{**given, **details})
