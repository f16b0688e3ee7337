"""The controlled vocabularies of a case file: stable codes with English labels, which pages translate."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A code that appears in imports, exports and addresses, and what it means."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Right(Term):
    """A right of the Covenant, its articles and the Committee's general comments on it."""

    articles: tuple[str, ...]
    general_comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ViolationType(Term):
    """A type of violation and the rights it applies to; an empty tuple means any right."""

    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemedyStage(Term):
    """A stage of domestic remedies: its usual position, and in words whether it usually counts for exhaustion."""

    order: int
    counts_for_exhaustion: str
    usual_kind: str
    """Code of the kind that such a remedy usually has."""
    short: str
    """The name inside a sentence, where a list of remedies is no name: "Cassation"."""


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """All vocabularies of one version."""

    version: str
    source: str
    rights: tuple[Right, ...]
    violation_types: tuple[ViolationType, ...]
    grounds: tuple[Term, ...]
    groups: tuple[Term, ...]
    obligation_types: tuple[Term, ...]
    remedy_stages: tuple[RemedyStage, ...]
    remedy_kinds: tuple[Term, ...]
    outcomes: tuple[Term, ...]
    reasons_not_used: tuple[Term, ...]
    evidence_kinds: tuple[Term, ...]
    consents: tuple[Term, ...]
    victim_kinds: tuple[Term, ...]
    procedure_statuses: tuple[Term, ...]
    housing_answers: tuple[Term, ...]
    other_treaties: tuple[Term, ...]
    objection_grounds: tuple[Term, ...]
    """By the name of the rule of which the State says that it is not met."""
    bodies: tuple[Term, ...]
    """International bodies, from the table of mechanisms."""
