"""Decided communications that are near a case, on its page "Readiness": why each is near, and what decided it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import LazyString

from caseflow.features.jurisprudence.pages import ShownHolding, shown_holding
from caseflow.features.jurisprudence.queries import current_library
from caseflow.features.jurisprudence.words import KIND_OF_OUTCOME, address_of, name_of, page_url, question_words
from caseflow.features.readiness.service import assessed
from caseflow.law.jurisprudence import EXAMINED, RULE_OF_GROUND, CommitteeHolding, Communication, deciding_holding
from caseflow.law.nearness import DecidedCase, Near, OwnCase, Trait, nearest
from caseflow.models import Case
from caseflow.models.case import Urgency
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CasePanel, CaseView
from caseflow.web.dates import Kind, show_date, show_number
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import label, labels, state_name

MOST: Final = 5
ASKED_FOR: Final = frozenset({"yes", "lifted", "breached"})
"""The values of `interim_measures` that say that the Committee asked for them."""
OPEN_RESULTS: Final = ("not_met", "arguable", "unknown")
WHY: Final[Mapping[Trait, LazyString]] = {
    Trait.VIOLATION_TYPES: _l("Same violation: %(words)s"),
    Trait.RIGHTS: _l("Same right: %(words)s"),
    Trait.GROUNDS: _l("Failed on what is open here: %(words)s"),
    Trait.HELD: _l("Held on what is open here: %(words)s"),
    Trait.STATE: _l("Same State: %(words)s"),
    Trait.GROUPS: _l("Same groups: %(words)s"),
    Trait.INTERIM_MEASURES: _l("Interim measures were asked for, and this case is an emergency"),
}
"""Why a communication is near, in the order of its page."""


@dataclass(frozen=True, slots=True)
class NearDecision:
    """A communication that is near: `why` in words, and `decided` by what."""

    name: str
    href: str
    about: str
    outcome: str
    kind: Kind
    grounds: str
    why: list[str]
    decided: ShownHolding | None


@dataclass(frozen=True, slots=True)
class NearDecisions:
    """The nearest communications, their outcomes in words, and the address of the list filtered alike."""

    lines: list[NearDecision]
    outcomes: str
    more: str


def near_decisions(uow: UnitOfWork, view: CaseView) -> NearDecisions:
    """Return the decided communications that are nearest to a case: one statement besides those of the assessment."""
    case, library = view.case, current_library(uow)
    examined = [one for one in library.decisions.values() if one.outcome in EXAMINED]
    near = nearest(_own(uow, case), (_decided(one, library.held[one.number]) for one in examined), MOST)
    numbers = Counter(library.decisions[one.number].outcome for one in near)
    return NearDecisions(
        [_line(one, library.decisions[one.number], library.held[one.number]) for one in near],
        ", ".join(
            f"{label('decision_outcome', outcome)} {show_number(numbers[outcome])}"
            for outcome in EXAMINED
            if numbers[outcome]
        ),
        page_url("index", right=case.rights[0] if case.rights else None),
    )


def _own(uow: UnitOfWork, case: Case) -> OwnCase:
    return OwnCase(
        state=case.state_code,
        rights=case.rights,
        violation_types=[code for claim in case.claims for code in claim.violation_types],
        is_urgent=case.urgency is Urgency.EMERGENCY,
        open_rules=_open_rules(uow, case),
    )


def _open_rules(uow: UnitOfWork, case: Case) -> list[str]:
    """Return the rules that are open in a case with claims, blocking ones first; what the case file can't hold says nothing."""
    if not (case.is_before_filing and case.claims):
        return []
    found = assessed(uow, case)
    open_ones = [
        one for one in found.findings.findings if any(found.document.has_field(path) for path in one.facts)
    ]  # fmt: skip
    return list(dict.fromkeys(one.rule for result in OPEN_RESULTS for one in open_ones if one.result == result))


def _decided(row: Communication, held: Sequence[CommitteeHolding]) -> DecidedCase:
    return DecidedCase(
        number=row.number,
        decided_on=row.ordered_on,
        state=row.state_code,
        rights=row.rights,
        violation_types=row.violation_types,
        groups=row.groups,
        is_urgent=row.interim_measures in ASKED_FOR,
        grounds=[RULE_OF_GROUND[ground] for ground in row.grounds_inadmissible],
        held=[one.rule for one in held],
    )


def _line(near: Near, row: Communication, held: Sequence[CommitteeHolding]) -> NearDecision:
    grounds = "; ".join(label("decision_ground", ground) for ground in row.grounds_inadmissible)
    open_here = [one for one in row.grounds_inadmissible if RULE_OF_GROUND[one] in near.shared.get(Trait.GROUNDS, ())]
    deciding = deciding_holding(row.outcome, open_here or row.grounds_inadmissible, held)
    return NearDecision(
        name=name_of(row),
        href=address_of(row.number),
        about=f"{label('decision_topic', row.topic)}, {show_date(row.adopted_on)}",
        outcome=label("decision_outcome", row.outcome),
        kind=KIND_OF_OUTCOME[row.outcome],
        grounds=grounds if row.outcome == "inadmissible" else "",
        why=[str(words) % {"words": _shared(trait, near.shared[trait])} for trait, words in WHY.items() if trait in near.shared],
        decided=shown_holding(deciding) if deciding else None,
    )  # fmt: skip


def _shared(trait: Trait, codes: Sequence[str]) -> str:
    if trait in {Trait.GROUNDS, Trait.HELD}:
        return ", ".join(question_words(rule) for rule in codes)
    if trait is Trait.STATE:
        return ", ".join(state_name(code) for code in codes)
    vocabularies = {Trait.RIGHTS: "right", Trait.VIOLATION_TYPES: "violation_type", Trait.GROUPS: "group"}
    return labels(vocabularies[trait], list(codes)) if trait in vocabularies else ""


PANELS = (CasePanel(CasePage.READINESS, 20, near_decisions, "jurisprudence/_near.html"),)
