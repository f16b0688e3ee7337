"""Names and documents: what is built with code names only is checked for names, and names are put in for those who allow it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from caseflow.errors import Invalid
from caseflow.features.cases.service import EditableCase
from caseflow.features.dossier.documents import IDENTITY
from caseflow.features.dossier.gathered import NAMED_ROLES, Gathered
from caseflow.features.dossier.texts import pieces, with_names
from caseflow.features.people.commands import IdentityDetails
from caseflow.features.people.identity.queries import persons_named
from caseflow.features.people.identity.service import ask_for_identity, read_identity
from caseflow.models import CasePerson, ConsentScope
from caseflow.rendering.papers import Block
from caseflow.unit_of_work import UnitOfWork

MOST_WORDS: Final = 1_500
"""Words that are compared with names at once: fewer than `persons_named` reads."""


def texts_of(block: Block) -> Iterator[str]:
    """Yield all texts of a block of a document."""
    if "text" in block:
        yield block["text"]
    yield from block.get("head", ())
    for row in block.get("rows", ()):
        yield from row


def check_code_names(uow: UnitOfWork, of: Gathered, blocks: Sequence[Block]) -> None:
    """Refuse documents with code names in which the name of a person of the case stands. Names are compared by their digests.

    Raises:
        Invalid: says whose name it is, by code name, and in which part of the document.
    """
    found: dict[str, str] = {}
    for part, texts in _by_part(blocks):
        for group in pieces(texts, MOST_WORDS):
            for code_name in persons_named(uow, of.case.id, of.case.section_id, group):
                found.setdefault(code_name, part)
    if found:
        where = "; ".join(f"{code_name}: {part}" for code_name, part in found.items())
        raise Invalid(
            "Nothing was built, because the texts name people of this case. Use the code name instead. Found: %(where)s",
            values={"where": where},
        )


def _by_part(blocks: Sequence[Block]) -> Iterator[tuple[str, list[str]]]:
    heading, texts = "", list[str]()
    for block in blocks:
        if block["kind"] == "heading" and block["level"] == 1:
            if texts:
                yield heading, texts
            heading, texts = block["text"], []
        else:
            texts += texts_of(block)
    if texts:
        yield heading, texts


@dataclass(frozen=True, slots=True)
class Revealed:
    """The identities of those who allow that they are disclosed, by their role; and who is still to agree, by code name."""

    identities: Mapping[Any, IdentityDetails]
    waiting_for: Sequence[str]


def reveal(uow: UnitOfWork, case: EditableCase, of: Gathered, reason: str) -> Revealed:
    """Reveal to the acting person who the authors, representatives and victims are that allow it, each with a line in the history.

    Raises:
        Forbidden, Invalid: as for one reveal (`people.identity`).
    """
    identities: dict[Any, IdentityDetails] = {}
    waiting: list[str] = []
    for one in _disclosed(of):
        shown = ask_for_identity(uow, case, one, reason)
        uow.flush()
        if shown.expires_at is None:
            waiting.append(one.code_name)
        elif (known := read_identity(uow, one.person)) is not None:
            identities[one.id] = known
    return Revealed(identities, waiting)


def _disclosed(of: Gathered) -> list[CasePerson]:
    return [
        one for one in of.of_role(*NAMED_ROLES) if one.person.is_named and of.consent(one, ConsentScope.DISCLOSE).allows
    ]


def named(of: Gathered, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with names in place of the code names of those whose identity is known."""
    names = {one.code_name: known.name for one in of.people if (known := of.identities.get(one.id)) and known.name}
    return [block if block.get("keeps_code_names") else _with_names(block, names) for block in blocks]


def _with_names(block: Block, names: Mapping[str, str]) -> Block:
    changed = dict(block)
    if "text" in block:
        changed["text"] = with_names(block["text"], names)
    if "rows" in block:
        changed["rows"] = [[with_names(value, names) for value in row] for row in block["rows"]]
    return changed


def forbidden(identities: Mapping[Any, IdentityDetails]) -> list[str]:
    """Return what must not stand in a document without names: all that identifies those who are revealed."""
    return [
        value.strip()
        for known in identities.values()
        for name in IDENTITY
        if name != "birth_date"
        for value in getattr(known, name).splitlines()
        if value.strip()
    ]
