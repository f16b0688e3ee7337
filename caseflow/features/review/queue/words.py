"""The words of the queue of reviews: its parts, and how far a case is."""

from typing import Final

from caseflow.features.review.queue.commands import QueueState, QueueView
from caseflow.web.texts import lazy_gettext as _l

VIEW_WORDS: Final = {
    None: _l("All"),
    QueueView.MINE: _l("Mine to review"),
    QueueView.SIGN: _l("My signature is wanted"),
    QueueView.CONFIRM: _l("Filings to confirm"),
    QueueView.ANSWER: _l("Comments to answer"),
    QueueView.FILEABLE: _l("Can be filed within 60 days"),
}
MEANINGS: Final = {
    None: _l("Cases in readiness review, and cases that are approved and not filed yet."),
    QueueView.MINE: _l("You were asked to review these cases."),
    QueueView.SIGN: _l(
        "One person approved these cases against something that stops them. They are approved once you agree."
    ),
    QueueView.CONFIRM: _l("Someone else prepared the filing. The case is filed once you have confirmed it."),
    QueueView.ANSWER: _l("Your cases, and those that you put up for review, with a comment that nobody has answered."),
    QueueView.FILEABLE: _l(
        "Cases of every stage before filing: nothing bars them, they are not too early, and the one-year clock runs. “Missing” says what each of them lacks."
    ),
}
NOTHING: Final = {
    None: _l("No case is in review, and none is approved and not filed."),
    QueueView.MINE: _l("Nobody waits for your review."),
    QueueView.SIGN: _l("No case waits for your signature."),
    QueueView.CONFIRM: _l("No filing waits for your confirmation."),
    QueueView.ANSWER: _l("No comment waits for your answer."),
    QueueView.FILEABLE: _l("No case can be filed now."),
}
STATE_WORDS: Final = {
    QueueState.UNASKED: _l("Review not asked for"),
    QueueState.OPEN: _l("Waits for approval"),
    QueueState.HALF_SIGNED: _l("Waits for a second person"),
    QueueState.RETURNED: _l("Returned with comments"),
    QueueState.APPROVED: _l("Approved, not filed"),
    QueueState.CHANGED: _l("Approved, and changed since"),
    QueueState.PREPARED: _l("Filing waits for confirmation"),
}
STATE_KINDS: Final = {
    QueueState.UNASKED: "neutral",
    QueueState.OPEN: "info",
    QueueState.HALF_SIGNED: "warn",
    QueueState.RETURNED: "warn",
    QueueState.APPROVED: "good",
    QueueState.CHANGED: "bad",
    QueueState.PREPARED: "info",
    QueueState.EARLIER: "neutral",
}
OUTLOOK_KINDS: Final = {"barred": "bad", "premature": "warn", "incomplete": "warn", "arguable": "info", "clear": "good"}
