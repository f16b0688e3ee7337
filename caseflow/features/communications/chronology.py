"""The letters of the docket, for the chronology."""

from collections.abc import Iterator, Sequence

from caseflow.features.communications.queries import letters_of_case
from caseflow.law.dates import UncertainDate
from caseflow.models import Case, Letter, LetterDirection
from caseflow.sources import DatedEntry
from caseflow.unit_of_work import UnitOfWork


def chronology(uow: UnitOfWork, case: Case) -> Sequence[DatedEntry]:
    """Return the day of each letter, and when it was received if that was later: one statement."""
    return [entry for letter in letters_of_case(uow, case) for entry in _of_letter(letter)]


def _of_letter(letter: Letter) -> Iterator[DatedEntry]:
    sent = "letter.sent" if letter.direction is LetterDirection.SENT else "letter.dated"
    received = letter.received_on if letter.received_on != letter.dated_on else None
    for what, on in ((sent, letter.dated_on), ("letter.received", received)):
        if on is not None:
            yield DatedEntry(
                on=UncertainDate.of(on),
                kind="letter",
                what=what,
                subject=("letter_kind", letter.kind.value),
                details=(letter.registration_number,) if letter.registration_number else (),
                values={"page": "committee"},
                anchor=f"letter-{letter.id}",
            )
