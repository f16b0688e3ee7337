"""The verbs of letters: write a request for interim measures as text, or as Word and PDF, with code names or with names.

Names follow the rules of the dossier (decision 49): only a coordinator asks for them, with a reason, and only those are named
who allow that the State learns who they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from caseflow.access import Permission
from caseflow.access.policy import require_on_case
from caseflow.errors import Invalid
from caseflow.features.cases.service import EditableCase
from caseflow.features.dossier.documents import Writer, people
from caseflow.features.dossier.gathered import Gathered, gather
from caseflow.features.dossier.labels import LANGUAGES, Labels
from caseflow.features.dossier.letters.commands import PARTS, InterimLetter, LetterWish
from caseflow.features.dossier.naming import check_code_names, named, reveal
from caseflow.features.dossier.texts import paragraphs
from caseflow.models import Case
from caseflow.rendering.papers import Block, Paper, as_json, bundle
from caseflow.unit_of_work import UnitOfWork

WITHIN: Final = 30.0
"""Seconds for a letter of a few pages; its writer waits."""
LONGEST_LINE: Final = 72


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter on its way out; or none yet, because a second person must first agree that these are shown, by code name."""

    name: str = ""
    content: bytes = b""
    media_type: str = ""
    waiting_for: Sequence[str] = ()


def check_texts(uow: UnitOfWork, case: Case, texts: Sequence[str]) -> None:
    """Refuse texts in which the name of a person of the case stands.

    Raises:
        Invalid: says whose name it is, by code name.
    """
    blocks: list[Block] = [{"kind": "paragraph", "text": text} for text in texts]
    check_code_names(uow, gather(uow, case), _in_one_part(Labels(LANGUAGES[0]), blocks))


def preview(uow: UnitOfWork, case: Case, letter: InterimLetter, language: str) -> str:
    """Return the text of a request with code names."""
    return _as_text(_blocks(gather(uow, case), Labels(language), letter))


def write_letter(uow: UnitOfWork, case: EditableCase, letter: InterimLetter, wish: LetterWish) -> WrittenLetter:
    """Write a request for interim measures for whoever asks; with a reason, with the names of those who allow it.

    Raises:
        Forbidden: the role does not allow names.
        Invalid: the language is unknown, a name stands where a code name must, or the documents could not be made.
    """
    if wish.language not in LANGUAGES:
        raise Invalid("The letter was not written.", {"language": "Choose one from the list."})
    reason = wish.reason.strip()
    if reason:
        require_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case)
    of, labels = gather(uow, case), Labels(wish.language)
    blocks = _blocks(of, labels, letter)
    check_code_names(uow, of, _in_one_part(labels, blocks))
    if reason:
        shown = reveal(uow, case, of, reason)
        if shown.waiting_for:
            return WrittenLetter(waiting_for=shown.waiting_for)
        full = replace(of, identities=shown.identities)
        blocks = named(full, _blocks(full, labels, letter))
    name = f"{case.reference}-interim-measures" + ("" if reason else "-without-names")
    if wish.is_text:
        return WrittenLetter(f"{name}.txt", _as_text(blocks).encode(), "text/plain")
    return WrittenLetter(f"{name}.zip", _archive(of, labels, name, blocks), "application/zip")


def _in_one_part(labels: Labels, blocks: Sequence[Block]) -> list[Block]:
    """Return what people wrote under one heading, so that it is compared with names at once."""
    heading: Block = {"kind": "heading", "level": 1, "text": labels.of("part", "interim")}
    return [heading, *(one for one in blocks if one["kind"] != "heading")]


def _archive(of: Gathered, labels: Labels, name: str, blocks: Sequence[Block]) -> bytes:
    paper = Paper(
        name=name,
        title=f"{labels.word('interim_request')}, {of.case.reference}",
        language=labels.language,
        dated=of.on.isoformat(),
        head=f"{labels.word('urgent')} · {labels.of('part', 'interim')} · {of.case.reference}",
        page=labels.word("page"),
        blocks=blocks,
    )
    made = bundle(as_json([paper]), most_seconds=WITHIN)
    if made.fault is not None:
        raise Invalid("The letter could not be made as Word and PDF. Take it as text, and send that.")
    return made.content


def _blocks(of: Gathered, labels: Labels, letter: InterimLetter) -> list[Block]:
    """Return the request as blocks, in the order in which the Committee decides on it."""
    to = Writer(of, labels)
    blocks: list[Block] = [
        {"kind": "title", "text": f"{labels.word('urgent')}: {labels.word('interim_request')}"},
        {"kind": "fields", "rows": _head(of, labels, letter)},
    ]
    for part in PARTS:
        blocks.append(to.heading(part))
        if part == "threat":
            blocks.append({"kind": "fields", "rows": _moment(of, labels, letter)})
        blocks += [{"kind": "numbered", "number": next(to.numbers), "text": one} for one in _texts(letter, part)]
    blocks += people(to)
    blocks += _enclosed(to, letter)
    signed = [(labels.word("signed_for"), letter.signed_by), (labels.word("date"), labels.day(letter.signed_on))]
    return [*blocks, to.heading("signature"), {"kind": "fields", "rows": signed, "keeps_code_names": True}]


def _texts(letter: InterimLetter, part: str) -> list[str]:
    return paragraphs(letter.texts.get(part, ""))


def _head(of: Gathered, labels: Labels, letter: InterimLetter) -> list[tuple[str, str]]:
    filed = labels.of("word", "filed_on", day=labels.day(letter.filed_on)) if letter.filed_on else ""
    rows = [
        (labels.word("committee"), labels.word("cescr")),
        (labels.word("state_party"), labels.state(of.case.state_code)),
        (labels.word("registration_number"), letter.registration_number),
        (labels.word("communication"), filed or labels.word("not_filed")),
        (labels.word("our_reference"), of.case.reference),
        (labels.word("date"), labels.day(of.on)),
    ]
    return [row for row in rows if row[1]]


def _moment(of: Gathered, labels: Labels, letter: InterimLetter) -> list[tuple[str, str]]:
    where = ", ".join(filter(None, (of.case.place_district, of.case.place_region, labels.state(of.case.state_code))))
    place = (labels.word("where"), where)
    if letter.threatened_at is None:
        return [(labels.word("threatened_for"), labels.word("not_known")), place]
    at = letter.threatened_at.astimezone(ZoneInfo(letter.zone))
    offset = f"{at:%z}"
    when = labels.of(
        "word",
        "local_time",
        day=labels.day(at.date()),
        hour=f"{at:%H:%M}",
        zone=letter.zone,
        offset=f"{offset[:3]}:{offset[3:]}",
    )
    return [(labels.word("threatened_for"), when), place]


def _enclosed(to: Writer, letter: InterimLetter) -> list[Block]:
    of, labels = to.of, to.labels
    known = {one.id: one for one in of.evidence}
    rows = []
    for one in filter(None, map(known.get, letter.evidence_ids)):
        kind = labels.of("evidence_kind", one.kind.value if one.kind else "other")
        content = one.content
        title = f"{content.title} ({kind})" if content and content.title else kind
        rows.append([one.label, title, labels.day(content.dated) if content else ""])
    head = [labels.word(code) for code in ("number_sign", "title", "date")]
    table: Block = {"kind": "table", "head": head, "rows": rows, "widths": [12, 62, 26]}
    return [to.heading("enclosed"), table if rows else {"kind": "paragraph", "text": labels.word("none")}]


def _as_text(blocks: Sequence[Block]) -> str:
    """Return blocks as plain text, as it can be sent in an email."""
    return "\n\n".join(filter(None, ("\n".join(_lines(block)) for block in blocks))) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if block["kind"] == "title":
        yield block["text"].upper()
    elif block["kind"] == "heading":
        yield block["text"]
        yield "-" * min(len(block["text"]), LONGEST_LINE)
    elif block["kind"] == "numbered":
        yield f"{block['number']}. {block['text']}"
    elif "rows" in block:
        between = ": " if block["kind"] == "fields" else " | "
        yield from (between.join(filter(None, row)) for row in block["rows"])
    else:
        yield block["text"]
