"""The custody of evidence, the history of what people say of it, and what forms of it have in common."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from caseflow.audit import HIDDEN, Changes, changes_of
from caseflow.clock import latest_local_today
from caseflow.days import is_implausible
from caseflow.errors import Invalid
from caseflow.features.evidence.commands import EvidenceDetails, NewEvidence
from caseflow.features.evidence.queries import Target, targets_of_case
from caseflow.models import Case, CasePerson, CustodyKind, Evidence, EvidenceContent, EvidenceCustody
from caseflow.unit_of_work import UnitOfWork

LONGEST_NAME: Final = 120
"""Characters that are kept of the name that a file came with."""
LONGEST_NOTE: Final = 250
GROUP: Final = 8
"""Hexadecimal digits of a fingerprint that stand together."""
WORDS: Final = ("title", "dated", "language", "pages", "source", "received_on", "obtained", "original_place", "shows")
"""Fields of the content that people fill in."""


def record(uow: UnitOfWork, case: Case, evidence: Evidence, kind: CustodyKind, note: str) -> None:
    """Add an event to the custody, in the transaction of the act."""
    uow.session.add(
        EvidenceCustody(
            evidence_id=evidence.id, case_id=case.id, kind=kind, user_id=uow.person.user_id, note=note[:LONGEST_NOTE]
        )
    )


def changes_for_history(evidence: Evidence, content: EvidenceContent, *, is_hidden: bool | None = None) -> Changes:
    """Return what changed, for the history. Whoever sees the case reads it, so of a restricted piece it has no words."""
    words = {name: values for name, values in changes_of(content).items() if name in WORDS}
    if evidence.is_restricted if is_hidden is None else is_hidden:
        words = {name: [HIDDEN if value else None for value in values] for name, values in words.items()}
    return {name: values for name, values in changes_of(evidence).items() if name != "number"} | words


def chosen_targets(uow: UnitOfWork, case: Case, codes: Sequence[str]) -> list[Target]:
    """Return what was chosen in a form.

    Raises:
        Invalid: the case has no such thing.
    """
    known = {one.code: one for one in targets_of_case(uow, case)} if codes else {}
    if not known.keys() >= set(codes):
        raise Invalid("The evidence was not saved.", {"supports": "Choose from the list what it supports."})
    return [known[code] for code in dict.fromkeys(codes)]


def check_people(uow: UnitOfWork, case: Case, targets: Iterable[Target]) -> None:
    """Refuse that evidence comes to support a person of whom nothing more may be recorded.

    Raises:
        Invalid: names the person by code name.
    """
    for target in targets:
        if isinstance(target.row, CasePerson):
            for check in uow.sources.person_checks:
                check(uow, case, target.row)


def check_received(details: NewEvidence | EvidenceDetails, problems: dict[str, str]) -> None:
    """Add a message to `problems` if the day on which it was received cannot be right."""
    if details.received_on is None:
        return
    if details.received_on > latest_local_today():
        problems["received_on"] = "This date is in the future. Check it."
    elif is_implausible(details.received_on):
        problems["received_on"] = "Nothing can have been received in that year. Check the year."


def fingerprint(sha256: bytes) -> str:
    """Return a SHA-256 in groups of hexadecimal digits, so that two can be compared by eye."""
    text = sha256.hex()
    return " ".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def clean_name(name: str) -> str:
    """Return the name of a file without folders, and without signs that are not seen or turn the direction of writing."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = (sign if sign.isprintable() else " " for sign in unicodedata.normalize("NFC", last))
    tidy = " ".join("".join(shown).split())
    stem, dot, ending = tidy.rpartition(".")
    if len(tidy) <= LONGEST_NAME or not dot:
        return tidy[:LONGEST_NAME]
    ending = ending[: LONGEST_NAME // 4]
    return f"{stem[: LONGEST_NAME - len(ending) - 2]}….{ending}"
