"""The memorandum on admissibility, for internal use: rule by rule the finding, the State's likely objection, holdings, our answer."""

from collections.abc import Callable, Sequence
from typing import Final

from caseflow.features.dossier.documents import Writer
from caseflow.features.dossier.gathered import Gathered
from caseflow.features.dossier.labels import Labels
from caseflow.features.jurisprudence.queries import Library, holdings_on
from caseflow.law import RULES_OF_THE_PROTOCOL, Finding
from caseflow.models import DossierPart, StateObjection
from caseflow.rendering.papers import Block

MOST_HOLDINGS: Final = 5
"""Of each direction, the weightiest first."""
AGAINST, FOR = "for_state", "for_author"
Say = Callable[[Finding], str]
"""Returns a finding in the words of the page's language."""


def memo(of: Gathered, labels: Labels, findings: Sequence[Finding], library: Library, say: Say) -> list[Block]:
    """Return the memorandum. Rules that are in doubt come first, so that the likely objections are read first."""
    to = Writer(of, labels)
    blocks: list[Block] = [
        {"kind": "title", "text": labels.word("memo")},
        {"kind": "note", "text": labels.word("memo_note")},
        {"kind": "fields", "rows": [
            (labels.word("our_reference"), of.case.reference),
            (labels.word("state_party"), labels.state(of.case.state_code)),
            (labels.word("as_of"), labels.day(of.on)),
        ]},
    ]  # fmt: skip
    for rule in RULES_OF_THE_PROTOCOL:
        found = [one for one in findings if one.rule == rule]
        if found:
            blocks += _rule(to, rule, found, library, say)
    return blocks


def _rule(to: Writer, rule: str, found: Sequence[Finding], library: Library, say: Say) -> list[Block]:
    of, labels = to.of, to.labels
    rows = [[_of_whom(labels, one), labels.of("result", one.result), say(one)] for one in found]
    head = [labels.word("claim"), labels.word("status"), labels.word("finding")]
    blocks: list[Block] = [
        {"kind": "heading", "level": 1, "text": f"{next(to.parts)}. {labels.of('rule', rule)}"},
        {"kind": "table", "head": head, "rows": rows, "widths": [18, 17, 65]},
    ]
    raised = [one for one in of.case.state_objections if one.ground == rule]
    is_in_doubt = any(one.result != "met" for one in found)
    if raised:
        blocks += [_heading(labels.word("objected")), *(_objection(labels, rule, one) for one in raised)]
    elif is_in_doubt:
        blocks += [_heading(labels.word("likely")), {"kind": "paragraph", "text": labels.of("objection", rule)}]
    if raised or is_in_doubt:
        blocks += _holdings(labels, rule, library)
    blocks.append(_heading(labels.word("answer")))
    return [*blocks, *to.text(of.text(DossierPart.ADMISSIBILITY, rule=rule))]


def _of_whom(labels: Labels, one: Finding) -> str:
    claim = f"{labels.word('claim')} {one.claim.removeprefix('claim-')}" if one.claim else "-"
    return f"{claim}, {one.victim}" if one.victim else claim


def _heading(text: str) -> Block:
    return {"kind": "heading", "level": 2, "text": text}


def _objection(labels: Labels, rule: str, one: StateObjection) -> Block:
    words = one.summary or labels.of("objection", rule)
    return {"kind": "paragraph", "text": f"{labels.day(one.raised)}: {words}" if one.raised else words}


def _holdings(labels: Labels, rule: str, library: Library) -> list[Block]:
    blocks: list[Block] = []
    held = holdings_on(library, rule)
    for words, direction in (("holdings_against", AGAINST), ("holdings_for", FOR)):
        rows = [[f"{one.symbol}, ¶{one.paragraph}", one.sentence] for one, _ in held if one.direction == direction]
        if rows:
            blocks += [_heading(labels.word(words)), {"kind": "fields", "rows": rows[:MOST_HOLDINGS]}]
    return blocks
