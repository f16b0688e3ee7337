"""What features contribute to a case besides pages: facts for the law engine, computed deadlines, entries of its chronology, checks.

`app.py` collects the sources of all features and the unit of work carries them, so that readiness, deadlines and cases can
call them without importing these features.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from caseflow.law.dates import UncertainDate
from caseflow.models import Case, CasePerson, DeadlineKind, Evidence, Stage

if TYPE_CHECKING:
    from caseflow.unit_of_work import UnitOfWork

Term = tuple[str, str]
"""A vocabulary and one of its codes, such as `("field", "notified")`, for which `web.words` has the words."""


@dataclass(frozen=True, slots=True)
class ChangedClock:
    """A computed deadline that a change of facts moved or ended, for the message after saving."""

    kind: DeadlineKind
    due_on: date | None
    """The new day; None if it no longer applies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPlace:
    """Where a fact is entered: a field of a form."""

    endpoint: str
    anchor: str
    """The id of the field's box on the page."""
    words: Term
    """The name of the field."""
    subject: str | Term = ""
    """The object with the field, where a case has several: a court, an act. Empty for a field of the case or a claim."""
    subject_in: Term | None = None
    """A sentence with the subject as `%(subject)s`, such as that it was not used."""
    ids: Mapping[str, UUID] = field(default_factory=dict)
    """Values of the endpoint's address besides the case's id."""
    row_id: UUID
    """The row that holds the fact, or its parent for a list with nothing in it."""


@dataclass(frozen=True, slots=True)
class FactsPart:
    """The facts of a case that one feature holds, in the terms of the law engine.

    `case` holds fields of `law.CaseFacts`, `claims` fields of `law.Claim` by the claim's id. `places` has the place of each
    by its path in the facts document, such as `/claims/0/acts/1/from`; claims are numbered in the order of their positions.
    """

    case: Mapping[str, object] = field(default_factory=dict)
    claims: Mapping[UUID, Mapping[str, object]] = field(default_factory=dict)
    places: Mapping[str, FieldPlace] = field(default_factory=dict)


FactsSource = Callable[["UnitOfWork", Sequence[Case]], Mapping[UUID, FactsPart]]
"""Returns one part for each case, with a constant number of statements. Sections, claims and acts of the cases are loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedDeadline:
    """A last day that a source computed.

    `key` names it within its case (such as `one_year:<claim id>`), so that the same deadline is found when its date
    moves. `basis` explains the date: rule, citation, facts used, sentence. JSON values only.
    """

    kind: DeadlineKind
    key: str
    due_on: date
    claim_id: UUID | None = None
    title: str = ""
    """What is due, where the words of the kind do not say it."""
    given_to_id: UUID | None = None
    """The person to whom it is given; only a source that has `acts` says it."""
    basis: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineActs:
    """What a source does when people act on one of its deadlines, which then is a copy of a row of its own.

    Each is called with the case and the key of the deadline, in the unit of work of the act. Such a source decides to whom its
    deadlines are given, and that one which it wants is not done.
    """

    complete: Callable[["UnitOfWork", Case, str, str], object]
    """Marks the row as done, with the outcome."""
    give: Callable[["UnitOfWork", Case, str, UUID | None], object]
    """Gives the row to a person; None: whoever owns the case."""
    endpoint: str
    """The page of the row. Its address has the id of the case, and as `argument` what follows the colon in the key."""
    argument: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineSource:
    """A source of computed deadlines. Only the source adds, moves or closes its rows.

    `wanted` returns the deadlines that each case has now, in a constant number of statements; a missing case has
    none. It is called in every stage, whenever facts of a case changed and once a day.
    """

    name: str
    kinds: frozenset[DeadlineKind]
    wanted: Callable[["UnitOfWork", Sequence[Case]], Mapping[UUID, Sequence[ComputedDeadline]]]
    follows_settings: bool = False
    """Whether settings of a section decide its days: then a request to sync its kinds asks it for them again."""
    acts: DeadlineActs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedEntry:
    """Something of a case that has a date. A thing with two dates, such as a decision and its notification, gives two entries.

    Texts are those of the file, with code names; codes are put into words by the page or document that shows them. Only people
    who may see a row get its entry, so a source reads rows as the acting person sees them, in a constant number of statements.
    """

    on: UncertainDate
    kind: str
    """Code of the vocabulary `chronology_kind`, by which people filter."""
    what: str
    """Code of the vocabulary `chronology`: what was on that date, such as `remedy.notified`."""
    subject: str | Term = ""
    """What it was about: the words of an act, a court, a code name."""
    details: Sequence[str | Term] = ()
    claim_ids: frozenset[UUID] = frozenset()
    """The claims to which it belongs; none for what belongs to the case as a whole."""
    remedy_ids: frozenset[UUID] = frozenset()
    endpoint: str = "cases.show"
    """The page on which it is read."""
    values: Mapping[str, str | UUID] = field(default_factory=dict)
    """Of the page's address, besides the id of the case."""
    anchor: str = ""


ChronologySource = Callable[["UnitOfWork", Case], Sequence[DatedEntry]]
"""Returns the dated entries of a case, those that belong together one after the other. `whole_case` has loaded the case."""


MoveCheck = Callable[["UnitOfWork", Case, Stage, str], None]
"""Refuses the move of a case to a stage by raising `Invalid`. The text is the reason that the person gives for the move."""


PersonCheck = Callable[["UnitOfWork", Case, CasePerson], None]
"""Refuses that anything more is recorded of a person in a case by raising `Invalid`."""


EvidenceCheck = Callable[["UnitOfWork", Case, Evidence], None]
"""Refuses that the file of a piece of evidence is removed, because it was sent or is used, by raising `Invalid`."""


AfterChange = Callable[["UnitOfWork", Case], None]
"""Is called before the commit for each case whose facts changed, with its deadlines set."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of all features."""

    facts: tuple[FactsSource, ...] = ()
    deadlines: tuple[DeadlineSource, ...] = ()
    chronology: tuple[ChronologySource, ...] = ()
    move_checks: tuple[MoveCheck, ...] = ()
    person_checks: tuple[PersonCheck, ...] = ()
    evidence_checks: tuple[EvidenceCheck, ...] = ()
    after_change: tuple[AfterChange, ...] = ()

    def acts_of(self, name: str) -> DeadlineActs | None:
        """Return what the source of a deadline does when people act on it; None if nothing, or if people added it."""
        return next((source.acts for source in self.deadlines if source.name == name), None)

    def __post_init__(self) -> None:
        names = [source.name for source in self.deadlines]
        if len(names) != len(set(names)):
            raise ValueError(f"Two sources of deadlines have one name: {sorted(names)}")
