"""The complaint as a list of blocks, in the order of the form of the Committee's secretariat (OHCHR).

Persons are their code names here; `with_names` puts names in their place for those who allow it, in the full version only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from caseflow.features.dossier.gathered import NAMED_ROLES, Gathered
from caseflow.features.dossier.labels import Labels
from caseflow.features.dossier.texts import HEADING, paragraphs, with_annexes
from caseflow.features.people.queries import victims_of_claim
from caseflow.law import RULES_OF_THE_PROTOCOL, load_vocabularies
from caseflow.models import (
    CasePerson,
    Claim,
    Consent,
    ConsentScope,
    ConsentStatus,
    DomesticRemedy,
    DossierPart,
    EvidenceContent,
    EvidenceKind,
    PersonRole,
)
from caseflow.rendering.papers import Block
from caseflow.sources import DatedEntry, Term

SHOWN_KINDS: Final = ("act", "housing", "remedy", "procedure")
"""The kinds of entries of the chronology that go to the Committee."""
IDENTITY: Final = ("name", "other_names", "birth_date", "number", "address", "phone", "email")


@dataclass(slots=True)
class Writer:
    """Writes the parts of a complaint one after the other; paragraphs of texts have one row of numbers."""

    of: Gathered
    labels: Labels
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    parts: Iterator[int] = field(default_factory=lambda: count(1))

    def heading(self, code: str) -> Block:
        """Return the heading of the next part."""
        return {"kind": "heading", "level": 1, "text": f"{next(self.parts)}. {self.labels.of('part', code)}"}

    def text(self, text: str) -> list[Block]:
        """Return a text as numbered paragraphs, which cite annexes."""
        if not text.strip():
            return [{"kind": "note", "text": self.labels.word("not_written")}]
        cited = with_annexes(text, self.of.numbered, self.labels.word("annex"), self.labels.word("not_annexed"))
        return [self._paragraph(one) for one in paragraphs(cited)]

    def _paragraph(self, text: str) -> Block:
        if text.startswith(HEADING):
            return {"kind": "heading", "level": 2, "text": text.removeprefix(HEADING)}
        return {"kind": "numbered", "number": next(self.numbers), "text": text}


def complaint(of: Gathered, labels: Labels) -> list[Block]:
    """Return the complaint, with code names."""
    to = Writer(of, labels)
    blocks: list[Block] = [{"kind": "title", "text": labels.word("complaint")}]
    for part in (_general, people, _identity, _articles, _summary, _facts, _remedies, _time_limit, _other_bodies):
        blocks += part(to)
    for part in (_interim, _admissibility, _merits, _sought, _annexes, _signature):
        blocks += part(to)
    return blocks


def _general(to: Writer) -> list[Block]:
    of, labels = to.of, to.labels
    languages = sorted({content.language for content in _contents(of) if content.language})
    rows = [
        (labels.word("committee"), labels.word("cescr")),
        (labels.word("state_party"), labels.state(of.case.state_code)),
        (labels.word("in_force"), labels.day(of.state.op_in_force) or labels.word("not_known")),
        (labels.word("language"), labels.word("language_name")),
        (labels.word("annex_languages"), ", ".join(map(labels.language_name, languages)) or labels.word("none")),
        (labels.word("our_reference"), of.case.reference),
        (labels.word("date"), labels.day(of.on)),
    ]
    return [to.heading("general"), {"kind": "fields", "rows": rows}]


def people(to: Writer) -> list[Block]:
    """Return who complains, and for whom: with names where they are known."""
    of, labels = to.of, to.labels
    blocks = [to.heading("author")]
    for one in of.of_role(PersonRole.AUTHOR, PersonRole.REPRESENTATIVE):
        blocks += _person(to, one)
    blocks.append(to.heading("victims"))
    for one in of.of_role(PersonRole.VICTIM):
        blocks += _person(to, one, is_victim=True)
    return [*blocks, {"kind": "note", "text": labels.word("redacted_note")}] if not of.identities else blocks


def _person(to: Writer, one: CasePerson, *, is_victim: bool = False) -> list[Block]:
    of, labels = to.of, to.labels
    roles = ", ".join(labels.of("role", role) for role in NAMED_ROLES if role in one.roles)
    known = of.identities.get(one.id)
    rows = [(labels.word("code_name"), f"{one.code_name} ({roles})")]
    if known is not None:
        rows += [(labels.word(name), value) for name in IDENTITY if (value := getattr(known, name))]
    elif of.identities:
        rows.append((labels.word("name"), labels.word("withheld")))
    rows.append((labels.word("who"), one.description))
    related = [
        labels.of("relation", row.kind.value, other=row.other) for row in of.relations if row.code_name == one.code_name
    ]
    rows.append((labels.word("relation"), "; ".join(related)))
    if is_victim:
        rows.append((labels.word("affected"), one.affected_how))
        rows.append((labels.word("authorisation"), _consent(to, one, ConsentScope.SUBMIT)))
        rows.append((labels.word("disclosure"), _consent(to, one, ConsentScope.DISCLOSE)))
    return [{"kind": "fields", "rows": [row for row in rows if row[1]], "keeps_code_names": True}]


def _consent(to: Writer, one: CasePerson, scope: ConsentScope) -> str:
    of, labels = to.of, to.labels
    found: Consent | None = next((row for row in one.consents if row.scope is scope), None)
    if found is None or not of.consent(one, scope).allows:
        return labels.of("consent", "missing")
    if found.status is ConsentStatus.NOT_NEEDED and found.reason is not None:
        reason = labels.of("no_consent_reason", found.reason.value)
        return labels.of("consent", "not_needed", reason=f"{reason}; {found.words}" if found.words else reason)
    words = labels.of("consent", "given", day=labels.day(found.decided_on))
    proofs = _annexes_that_support(
        to, "case_person_id", one.id, (EvidenceKind.AUTHORISATION, EvidenceKind.CONSENT_PROOF)
    )
    return f"{words} ({proofs})" if proofs and scope is ConsentScope.SUBMIT else words


def _identity(to: Writer) -> list[Block]:
    return [to.heading("identity"), *to.text(to.of.text(DossierPart.IDENTITY))]


def _articles(to: Writer) -> list[Block]:
    of, labels = to.of, to.labels
    rows = [
        [
            str(number),
            claim.label or "; ".join(act.what for act in claim.acts),
            ", ".join(claim.articles) or labels.word("not_known"),
            ", ".join(one.code_name for one in victims_of_claim(of.people, claim)),
        ]
        for number, claim in enumerate(of.case.claims, 1)
    ]
    head = [labels.word("number_sign"), labels.word("claim"), labels.word("rights"), labels.word("concerns")]
    return [to.heading("articles"), {"kind": "table", "head": head, "rows": rows, "widths": [7, 51, 21, 21]}]


def _summary(to: Writer) -> list[Block]:
    text = to.of.text(DossierPart.SUMMARY)
    return [to.heading("summary"), *to.text(text)] if text else []


def _facts(to: Writer) -> list[Block]:
    of, labels = to.of, to.labels
    shown = [entry for entry in of.entries if entry.kind in SHOWN_KINDS and labels.has("chronology", entry.what)]
    blocks = [to.heading("facts"), *to.text(of.text(DossierPart.FACTS))]
    if shown:
        rows = [[labels.day(entry.on), labels.of("chronology", entry.what), _about(labels, entry)] for entry in shown]
        head = [labels.word("day"), labels.word("what"), labels.word("of_what")]
        blocks.append({"kind": "heading", "level": 2, "text": labels.of("part", "chronology")})
        blocks.append({"kind": "table", "head": head, "rows": rows, "widths": [23, 32, 45]})
    return blocks


def _about(labels: Labels, entry: DatedEntry) -> str:
    return ", ".join(_in_words(labels, one) for one in (entry.subject, *entry.details) if one)


def _in_words(labels: Labels, what: str | Term) -> str:
    if isinstance(what, str):
        return what
    return _body(what[1]) if what[0] == "body" else labels.of(*what)


def _body(code: str) -> str:
    """Return the name of an international body, in English: it is what the body is called in its own papers."""
    return next((term.label for term in load_vocabularies().bodies if term.code == code), code)


def remedy_rows(of: Gathered, labels: Labels, claim: Claim) -> list[list[str]]:
    """Return the table of the remedies of a claim: stage, authority, the days, the outcome, the annexes."""
    to = Writer(of, labels)
    return [_remedy(to, one) for one in of.remedies if one.claim_id == claim.id]


def _remedy(to: Writer, one: DomesticRemedy) -> list[str]:
    labels = to.labels
    annexes = _annexes_that_support(to, "remedy_id", one.id)
    where = ", ".join(filter(None, (one.authority, one.file_number)))
    stage = labels.of("remedy_stage", one.stage)
    if not one.is_used:
        why = labels.of("reason_not_used", one.reason_not_used or "")
        return [stage, where, "", "", "", f"{labels.word('not_used')}: {why}", annexes]
    days = [labels.day(day) for day in (one.filed, one.decided, one.notified)]
    return [stage, where, *days, labels.of("outcome", one.outcome or ""), annexes]


def _remedies(to: Writer) -> list[Block]:
    of, labels = to.of, to.labels
    head = [labels.word(code) for code in ("remedy", "authority", "filed", "decided", "notified", "outcome", "annex")]
    blocks = [to.heading("exhaustion")]
    for number, claim in enumerate(of.case.claims, 1):
        blocks.append({"kind": "heading", "level": 2, "text": _claim(labels, number, claim)})
        if rows := remedy_rows(of, labels, claim):
            blocks.append({"kind": "table", "head": head, "rows": rows, "widths": [16, 20, 12, 13, 13, 16, 10]})
        blocks += to.text(of.text(DossierPart.EXHAUSTION, claim.id))
        explained = [one.explanation for one in of.remedies if one.claim_id == claim.id and one.explanation]
        if not of.text(DossierPart.EXHAUSTION, claim.id):
            blocks += [{"kind": "paragraph", "text": text} for text in explained]
    return blocks


def _claim(labels: Labels, number: int, claim: Claim) -> str:
    words = claim.label or ", ".join(f"art. {article}" for article in claim.articles)
    return f"{labels.word('claim')} {number}: {words}" if words else f"{labels.word('claim')} {number}"


def _time_limit(to: Writer) -> list[Block]:
    of, labels = to.of, to.labels
    decided = [one for one in of.remedies if one.decided is not None and one.is_used]
    last = max(decided, key=lambda one: one.decided.latest if one.decided else of.on, default=None)
    rows = [(labels.word("final_decision"), labels.word("none"))]
    if last is not None:
        where = ", ".join(filter(None, (labels.day(last.decided), last.authority)))
        notified = labels.day(last.notified) or labels.word("not_known")
        rows = [(labels.word("final_decision"), where), (labels.word("notified"), notified)]
    if of.case.lateness_reason:
        rows.append((labels.word("reason_late"), of.case.lateness_reason))
    return [to.heading("time_limit"), {"kind": "fields", "rows": rows}]


def _other_bodies(to: Writer) -> list[Block]:
    of, labels = to.of, to.labels
    rows = [
        [_body(one.body), one.file_number, labels.day(one.began), labels.day(one.ended),
         labels.of("procedure_status", one.status or "")]
        for one in of.case.other_procedures
    ]  # fmt: skip
    blocks = [to.heading("other_bodies")]
    if rows:
        head = [labels.word(code) for code in ("body", "file_number", "began", "ended", "status")]
        blocks.append({"kind": "table", "head": head, "rows": rows, "widths": [36, 16, 16, 16, 16]})
    elif of.case.is_without_other_procedures:
        blocks.append({"kind": "paragraph", "text": labels.word("nothing_elsewhere")})
    text = of.text(DossierPart.OTHER_BODIES)
    return [*blocks, *(to.text(text) if text or len(blocks) == 1 else [])]


def _interim(to: Writer) -> list[Block]:
    text = to.of.text(DossierPart.INTERIM)
    none: list[Block] = [{"kind": "paragraph", "text": to.labels.word("none")}]
    return [to.heading("interim"), *(to.text(text) if text else none)]


def _admissibility(to: Writer) -> list[Block]:
    blocks = [to.heading("admissibility")]
    for rule in RULES_OF_THE_PROTOCOL:
        if text := to.of.text(DossierPart.ADMISSIBILITY, rule=rule):
            blocks.append({"kind": "heading", "level": 2, "text": to.labels.of("rule", rule)})
            blocks += to.text(text)
    return blocks if len(blocks) > 1 else [*blocks, *to.text("")]


def _merits(to: Writer) -> list[Block]:
    blocks = [to.heading("merits")]
    for number, claim in enumerate(to.of.case.claims, 1):
        blocks.append({"kind": "heading", "level": 2, "text": _claim(to.labels, number, claim)})
        blocks += to.text(to.of.text(DossierPart.MERITS, claim.id))
    return blocks


def _sought(to: Writer) -> list[Block]:
    blocks = [to.heading("sought")]
    for part in (DossierPart.INDIVIDUAL_REMEDIES, DossierPart.GENERAL_REMEDIES):
        blocks.append({"kind": "heading", "level": 2, "text": to.labels.of("part", part)})
        blocks += to.text(to.of.text(part))
    return blocks


def _annexes(to: Writer) -> list[Block]:
    of, labels, numbered = to.of, to.labels, to.of.numbered
    rows = []
    for one in sorted((one for one in of.evidence if one.number in numbered), key=lambda one: numbered[one.number]):
        content = one.content
        kind = labels.of("evidence_kind", one.kind.value if one.kind else "other")
        if content is None:
            rows.append([str(numbered[one.number]), kind, "", "", "", ""])
            continue
        title = f"{content.title} ({kind})" if content.title else kind
        language = labels.language_name(content.language) if content.language else ""
        pages = str(content.pages or "")
        rows.append(
            [str(numbered[one.number]), title, labels.day(content.dated), pages, language, _groups(content.sha256)]
        )
    head = [labels.word(code) for code in ("annex", "title", "date", "pages", "language_short", "fingerprint")]
    blocks: list[Block] = [to.heading("annexes"), {"kind": "paragraph", "text": labels.word("copies")}]
    return (
        [*blocks, {"kind": "table", "head": head, "rows": rows, "widths": [10, 31, 14, 8, 12, 25]}] if rows else blocks
    )


def _groups(digest: bytes) -> str:
    """Return a fingerprint in groups, so that it can be compared by eye and fits into a column."""
    return digest.hex(" ", 4)


def _signature(to: Writer) -> list[Block]:
    labels = to.labels
    rows = [(labels.word(code),) for code in ("place", "date", "signature")]
    declared = {"kind": "paragraph", "text": labels.word("declaration")}
    return [to.heading("signature"), declared, {"kind": "lines", "rows": rows}]


def _contents(of: Gathered) -> list[EvidenceContent]:
    numbered = of.numbered
    return [one.content for one in of.evidence if one.content is not None and one.number in numbered]


def _annexes_that_support(to: Writer, column: str, row_id: object, kinds: Sequence[EvidenceKind] = ()) -> str:
    numbered = to.of.numbered
    found = sorted(
        numbered[one.number]
        for one in to.of.evidence
        if one.number in numbered
        and (not kinds or one.kind in kinds)
        and any(getattr(support, column) == row_id for support in one.supports)
    )
    return ", ".join(map(str, found))
