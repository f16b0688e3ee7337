"""That the Committee could discontinue a case is seen before it does."""

from uuid import uuid4

import pytest

from caseflow.clock import now
from caseflow.features.communications.silence import OLD_AFTER, silence_of
from caseflow.features.contacts.queries import Standing
from caseflow.models import Letter, LetterDirection, LetterKind
from caseflow.models.letter_kinds import LETTER_KINDS
from tests.factories import in_days, make_attempt, make_channel, make_letter, make_person


def letter(kind, ago, *, sent=False, due=None):
    direction = LetterDirection.SENT if sent else LetterDirection.RECEIVED
    awaited = LETTER_KINDS[LetterKind(kind)].awaited
    day = None if due is None else in_days(-due)
    return Letter(
        kind=LetterKind(kind), direction=direction, dated_on=in_days(-ago), awaited=awaited, due_on=day, no_answer_because=""
    )  # fmt: skip


def contact(last_ago, missed=0, rhythm=60):
    since = now()
    last_on = None if last_ago is None else in_days(-last_ago)
    return Standing(uuid4(), uuid4(), "V1", since, last_on, missed, None, None, 90, rhythm, None)


@pytest.mark.parametrize(
    ("letters", "contacts", "is_there", "is_grave"),
    [
        ([], [contact(10)], False, False),
        ([], [], True, False),
        ([letter("registration", 100)], [contact(10)], False, False),
        ([letter("registration", OLD_AFTER + 1)], [], True, False),
        ([letter("registration", 900), letter("comments", OLD_AFTER, sent=True)], [contact(10)], False, False),
        ([letter("comments_requested", 40, due=1)], [], True, True),
        ([letter("comments_requested", 40, due=0)], [contact(10)], False, False),
        ([letter("registration", 10)], [contact(61)], True, False),
        ([letter("registration", 10)], [contact(5, missed=2)], True, True),
        ([letter("registration", 10)], [contact(None)], True, True),
        ([letter("registration", 900), letter("views", 300)], [], False, False),
    ],
)
def test_silence_is_named_from_the_day_on_which_it_is_dangerous(letters, contacts, is_there, is_grave):
    found = silence_of(letters, contacts, in_days(0))
    assert (found.is_there, found.is_grave) == (is_there, is_grave)


def test_the_page_says_what_the_committee_can_do_and_what_helps(runtime, ana, case, pages):
    warning = "43 of its first 73 decisions were discontinuances"
    person = make_person(runtime.units, ana, case)
    make_channel(runtime.units, ana, case, person)
    make_attempt(runtime.units, ana, case, person, "reached", ago=3)
    make_letter(runtime.units, ana, case, "registration", registration_number="1/2024", dated_on=in_days(-190))
    page = pages(ana).get(f"/cases/{case.id}/committee").words
    assert warning in page
    assert "The Committee has had no letter of yours for 190 days." in page
    make_letter(runtime.units, ana, case, "comments", direction=LetterDirection.SENT, dated_on=in_days(-1))
    assert "letter of yours" not in pages(ana).get(f"/cases/{case.id}/committee").words
    make_letter(runtime.units, ana, case, "views")
    assert warning not in pages(ana).get(f"/cases/{case.id}/committee").words
