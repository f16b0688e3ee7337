"""The forms of reviews."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from wtforms import HiddenField, PasswordField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.review.commands import NewComment, RequestReview, ReturnReview, SignReview
from caseflow.models import CommentKind
from caseflow.web.fields import DayField
from caseflow.web.forms import SMALL_RADIOS, CaseflowForm, VersionField
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import label

SMALL_BOXES: Final = {"params": {"classes": "govuk-checkboxes--small"}}


class RequestForm(CaseflowForm):
    """A review that somebody asks for."""

    sometimes_required = frozenset({"reviewers"})
    version = VersionField()
    reviewers = SelectMultipleField(_l("Who reviews the case?"), validate_choice=False, render_kw=SMALL_BOXES)
    note = TextAreaField(
        _l("What should the reviewer know?"),
        [Optional()],
        description=_l("With code names (V1, V2) instead of names."),
        render_kw={"rows": 4},
    )
    wished_on = DayField(_l("By when do you need the answer?"), [Optional()])

    offered: frozenset[str] = frozenset()

    def set_choices(self, people: Mapping[UUID, str]) -> None:
        """Offer the people who can approve the case; all of one."""
        self.offered = frozenset(map(str, people))
        self.reviewers.choices = {str(one): name for one, name in people.items()}
        if not self.is_filled() and len(people) == 1:
            self.reviewers.data = list(self.reviewers.choices)
        if not people:
            del self.reviewers

    def command(self) -> RequestReview:
        """Return the command."""
        chosen = self.reviewers.data or () if "reviewers" in self else ()
        return self.build(
            RequestReview,
            reviewer_ids=tuple(UUID(one) for one in chosen if one in self.offered),
            task=_("Review the case: see its page “Readiness”"),
            replaced=_("A later version was put up for review."),
        )


class CommentForm(CaseflowForm):
    """A comment on a gap or a page of a case, or a decision on a gap."""

    adds = True
    about = HiddenField()
    kind = RadioField(_l("What is it?"), [InputRequired(_l("Choose one."))], choices={}, render_kw=SMALL_RADIOS)
    text = TextAreaField(
        _l("Comment"),
        [InputRequired(_l("Enter the comment."))],
        description=_l("With code names (V1, V2) instead of names. For an accepted gap: why it is accepted."),
        render_kw={"rows": 5},
    )

    def set_choices(self, *, decides: bool) -> None:
        """Offer a comment, and to those who may approve the decisions on a gap."""
        kinds = [CommentKind.COMMENT, CommentKind.MUST_FIX, CommentKind.ACCEPTED]
        self.kind.choices = {one.value: label("comment_kind", one.value) for one in (kinds if decides else kinds[:1])}

    def command(self) -> NewComment:
        """Return the command."""
        return self.build(NewComment, kind=CommentKind(self.kind.data))


class AnswerForm(CaseflowForm):
    """The answer to a comment."""

    adds = True
    text = TextAreaField(_l("Answer"), [InputRequired(_l("Enter the answer."))], render_kw={"rows": 4})


class ReturnForm(CaseflowForm):
    """What the author should do before the case is reviewed again."""

    version = VersionField()
    words = TextAreaField(
        _l("What should the author do?"),
        [InputRequired(_l("Enter what the author should do."))],
        description=_l("Your comments stay beside it. With code names (V1, V2) instead of names."),
        render_kw={"rows": 5},
    )

    def command(self) -> ReturnReview:
        """Return the command."""
        return self.build(ReturnReview, task=_("Answer the review: see the page “Readiness” of the case"))


class SignForm(CaseflowForm):
    """The approval of a version, with the password again."""

    keeps_drafts = False
    sometimes_required = frozenset({"reason", "alone_because"})
    version = VersionField()
    reason = TextAreaField(
        _l("Why is the case approved nevertheless?"),
        [Optional()],
        description=_l("It is kept with the approval and in the history of the case."),
        render_kw={"rows": 3},
    )
    alone_because = TextAreaField(
        _l("Why do you approve your own case?"),
        [Optional()],
        description=_l("Nobody else works on this case. The reason is shown on its page and in its history."),
        render_kw={"rows": 3},
    )
    password = PasswordField(
        _l("Your password"),
        [InputRequired(_l("Enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )

    def leave_out(self, *, needs_reason: bool, is_own: bool) -> None:
        """Ask for reasons only where one is needed."""
        if not needs_reason:
            del self.reason
        if not is_own:
            del self.alone_because

    def command(self) -> SignReview:
        """Return the command."""
        texts = {name: (self[name].data or "") if name in self else "" for name in ("reason", "alone_because")}
        return self.build(SignReview, **texts, result=_("The version was approved."))
