"""The page of a review: what is under review, what changed, the gaps and what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from caseflow.features.accounts.queries import people_of_section
from caseflow.features.readiness.gaps.queries import gap_key
from caseflow.features.readiness.service import assessed
from caseflow.features.review import service
from caseflow.features.review.mandates import without_mandate
from caseflow.features.review.queries import comments_of_case, content_of_review, reviews_of_case
from caseflow.features.review.service import BARRED, CONSENT, GAP, MANDATE, PAGE
from caseflow.features.review.snapshot.queries import Difference, differences
from caseflow.features.review.words import UNSPEAKABLE
from caseflow.models import Case, CaseReview, CommentKind, ConsentScope, ReviewComment, ReviewStatus, Stage, User
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import PAGE_NAMES, CasePage
from caseflow.web.history import value_in_words
from caseflow.web.texts import gettext as _
from caseflow.web.words import in_words, label, words_of_app

KINDS: Mapping[ReviewStatus, str] = {
    ReviewStatus.OPEN: "warn",
    ReviewStatus.HALF_SIGNED: "warn",
    ReviewStatus.SIGNED: "good",
    ReviewStatus.RETURNED: "bad",
    ReviewStatus.REPLACED: "neutral",
    ReviewStatus.ENDED: "neutral",
}
_RESULTS = ("not_met", "unknown", "arguable")
COMMENTED = tuple(page for page in CasePage if page not in {CasePage.SUMMARY, CasePage.HISTORY, CasePage.TASKS})
"""The pages of a case on which a reviewer comments."""


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """One difference of two versions, in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment with its answers. `resolves` is whether the person may mark it as resolved."""

    row: ReviewComment
    about: str
    who: str
    answers: Sequence[tuple[ReviewComment, str]]
    resolves: bool


@dataclass(frozen=True, slots=True)
class ShownGap:
    """A requirement that is not met, not confirmed or needs a lawyer, and what the reviewers decided on it."""

    title: str
    because: str
    kind: str
    result: str
    key: str
    decision: ReviewComment | None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The review of a case."""

    review: CaseReview | None
    kind: str
    changes: Sequence[ShownDifference]
    """What changed in the case since the version."""
    since_last: Sequence[ShownDifference]
    """What the version changed compared with the one before."""
    last_number: int
    stops: Sequence[str]
    gaps: Sequence[ShownGap]
    comments: Sequence[ShownComment]
    earlier: Sequence[CaseReview]
    may_request: bool
    may_sign: bool
    may_decide: bool
    may_take_back: bool
    is_in_review: bool
    reviewers: str
    places: Sequence[tuple[str, str]]
    """The pages of the case on which people comment: what the comment is about, and the name of the page."""


def review_page(uow: UnitOfWork, case: Case, *, decides: bool) -> ReviewPage:
    """Return the page of the review of a case: a constant number of statements."""
    reviews = reviews_of_case(uow, case)
    review = reviews[0] if reviews else None
    comments, people = comments_of_case(uow, case), dict(people_of_section(uow, case.section_id))
    is_in_review = case.stage is Stage.READINESS_REVIEW
    is_pending = review is not None and review.status not in {ReviewStatus.REPLACED, ReviewStatus.ENDED}
    changes = service.changes_since(uow, case, review) if review and is_pending and case.is_before_filing else []
    last = reviews[1] if len(reviews) > 1 else None
    since = differences(content_of_review(uow, last), content_of_review(uow, review)) if review and last else []
    return ReviewPage(
        review=review,
        kind=_kind(review, changes),
        changes=show_differences(changes, case),
        since_last=show_differences(since, case),
        last_number=last.number if last else 0,
        stops=show_stops(uow, case) if case.is_before_filing else [],
        gaps=_gaps(uow, case, comments) if case.is_before_filing else [],
        comments=_comments(uow, case, comments, decides=decides),
        earlier=reviews[1:],
        may_request=is_in_review and service.may_review(uow, case),
        may_sign=is_in_review and review is not None and service.may_sign(uow, case, review),
        may_decide=decides and is_in_review and review is not None and review.is_open,
        may_take_back=decides and case.stage is Stage.APPROVED,
        is_in_review=is_in_review,
        reviewers=", ".join(people[one] for one in review.reviewer_ids if one in people) if review else "",
        places=[(PAGE + page, str(PAGE_NAMES[page])) for page in COMMENTED],
    )


def _kind(review: CaseReview | None, changes: Sequence[Difference]) -> str:
    if review is None:
        return "neutral"
    return "bad" if changes and review.status is ReviewStatus.SIGNED else KINDS[review.status]


def name_of(user: User | None) -> str:
    """Return the name of a person, as far as the reader may see it."""
    return user.shown_name if user else _("Someone in another section")


def show_stops(uow: UnitOfWork, case: Case) -> list[str]:
    """Return what stops the approval of a case, in words with the code names of the people concerned."""
    found, shown = service.stops_of(uow, case), []
    if BARRED in found:
        shown.append(label("review_stop", BARRED) + ".")
    if CONSENT in found:
        who = ", ".join(
            f"{one.code_name} ({label('consent_answer', one.standing.value)})"
            for one in service.without_consent(uow, case)
        )
        shown.append(
            _("No consent for “%(scope)s”: %(who)s.", scope=label("consent_scope", ConsentScope.SUBMIT.value), who=who)
        )
    if MANDATE in found:
        people = ", ".join(without_mandate(uow, case))
        shown.append(
            _("No mandate for %(who)s: neither a signed consent nor an authorisation is recorded.", who=people)
            if people
            else _("No victim is recorded, so nobody has given a mandate.")
        )
    return shown


def show_differences(found: Sequence[Difference], case: Case) -> list[ShownDifference]:
    """Return differences in words."""
    return [_difference(one, case.section.time_zone) for one in found]


def _difference(one: Difference, zone: str) -> ShownDifference:
    what = _what(one)
    if one.is_added or one.is_removed:
        return ShownDifference(what, "" if one.is_added else _("there"), _("added") if one.is_added else _("removed"))
    name = _field_name(one.field)
    if one.field in UNSPEAKABLE:
        return ShownDifference(f"{what}: {name}", "", _("changed"))
    values = (_value(one, value, zone) or _("nothing") for value in (one.before, one.after))
    return ShownDifference(f"{what}: {name}", *values)


def _what(one: Difference) -> str:
    part = label("review_part", one.part)
    if one.part == "dossier_text":
        place, _claim, rule = one.row_id.split(":")
        of_claim = f"{_('Claim')} {one.name}" if one.name else ""
        return " · ".join(filter(None, [part, label("dossier_part", place), label("rule", rule), of_claim]))
    if one.part != "finding":
        return f"{part} {one.name}".strip()
    rule, claim, victim = (*one.row_id.split(":"), "", "")[:3]
    parts = [label("rule", rule) if rule != "outlook" else "", claim.replace("claim-", _("Claim") + " "), victim]
    return " · ".join([part, *filter(None, parts)])


def _field_name(field: str) -> str:
    words = words_of_app()
    return words.of("review_field").get(field) or words.of("field").get(field) or _("Another field")


def _value(one: Difference, value: object, zone: str) -> str:
    if one.part == "finding":
        vocabulary = "outlook" if one.field == "outlook" else "finding_result"
        return ", ".join(label(vocabulary, code) for code in (value if isinstance(value, list) else [value]) if code)
    subject, field = (
        ("person", one.field.removeprefix("person_")) if one.field.startswith("person_") else (one.part, one.field)
    )
    return value_in_words("consent" if subject.startswith("consent") else subject, field, value, zone)


def _gaps(uow: UnitOfWork, case: Case, comments: Sequence[ReviewComment]) -> list[ShownGap]:
    claims = {f"claim-{claim.position}": claim.id for claim in case.claims}
    decisions = {
        one.about: one
        for one in comments
        if one.kind in {CommentKind.MUST_FIX, CommentKind.ACCEPTED} and not one.resolved_at
    }
    kinds, found = {"not_met": "bad", "unknown": "warn", "arguable": "info"}, []
    for one in assessed(uow, case).findings.findings:
        if one.result not in kinds:
            continue
        key = GAP + gap_key(one.rule, claims.get(one.claim or ""), one.victim)
        parts = [label("rule", one.rule), (one.claim or "").replace("claim-", _("Claim") + " "), one.victim or ""]
        found.append(
            ShownGap(
                " · ".join(filter(None, parts)),
                in_words(one.because),
                kinds[one.result],
                label("finding_result", one.result),
                key,
                decisions.get(key),
            )
        )
    return sorted(found, key=lambda gap: list(kinds.values()).index(gap.kind))


def about_in_words(case: Case, about: str) -> str:
    """Return what a comment is about: a requirement, a page of the case, or the whole case."""
    if about.startswith(PAGE):
        name = about.removeprefix(PAGE)
        return str(PAGE_NAMES[CasePage(name)]) if name in COMMENTED else ""
    if not about.startswith(GAP):
        return ""
    rule, claim, victim = (*about.removeprefix(GAP).split(":"), "", "")[:3]
    numbers = {str(one.id): f"{_('Claim')} {one.position}" for one in case.claims}
    known = words_of_app().of("rule")
    return " · ".join(filter(None, [known.get(rule, ""), numbers.get(claim, ""), victim[:40]]))


def _comments(uow: UnitOfWork, case: Case, comments: Sequence[ReviewComment], *, decides: bool) -> list[ShownComment]:
    answers: dict[object, list[tuple[ReviewComment, str]]] = {}
    for one in comments:
        if one.kind is CommentKind.ANSWER:
            answers.setdefault(one.comment_id, []).append((one, name_of(one.written_by)))
    me = uow.person.user_id
    shown = [
        ShownComment(
            one,
            about_in_words(case, one.about),
            name_of(one.written_by),
            answers.get(one.id, []),
            one.resolved_at is None and (decides or (one.kind is CommentKind.COMMENT and one.written_by_id == me)),
        )
        for one in comments
        if one.kind is not CommentKind.ANSWER
    ]
    return sorted(shown, key=lambda one: one.row.resolved_at is not None)


def review_url(case: Case) -> str:
    """Return the address of the review of a case."""
    return url_for("review.show", case_id=case.id)
