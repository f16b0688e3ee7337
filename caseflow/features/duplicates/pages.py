"""What the pages of persons who were recorded twice show. Nobody's identity is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final
from uuid import UUID

from flask import url_for

from caseflow.access import Permission
from caseflow.access.actor import MemberOf
from caseflow.db.identity_tokens import IdentityField
from caseflow.db.searching import plain
from caseflow.features.duplicates import queries
from caseflow.features.duplicates.forms import Choice, MergeForm, merge_form, role_field
from caseflow.features.duplicates.planning import PERSON_FIELDS, ROLE_FIELDS, Row, digest_of, shared_cases
from caseflow.features.duplicates.queries import LISTED
from caseflow.features.duplicates.service import Pair, why_not_undone
from caseflow.features.duplicates.words import SAME
from caseflow.models import Case, CasePerson, KeptIdentity, PersonDifference, PersonMerge
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import label, labels

Role = tuple[CasePerson, Case]
BY_NUMBER: Final = frozenset({IdentityField.PHONE, IdentityField.EMAIL})
"""What a family shares: reasons only together with a name."""
MOST_DIFFERENCES: Final = 100
"""Of a section, on one page."""
STRONG: Final = frozenset({*BY_NUMBER, IdentityField.NUMBER, IdentityField.WHOLE_NAME})


@dataclass(frozen=True, slots=True)
class Side:
    """One of two persons in the list: by code name, with their cases."""

    code_name: str
    description: str
    reference: str
    title: str
    href: str
    further: int
    """Roles in other cases that the reader sees."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two persons who may be the same, and why."""

    sides: tuple[Side, Side]
    reasons: Sequence[str]
    href: str


@dataclass(frozen=True, slots=True)
class SuggestionsPage:
    """A page of the persons of a section who may be recorded twice."""

    section: str
    sections: list[Link]
    differences_href: str
    suggestions: Sequence[Suggestion]
    is_first: bool
    next_href: str


def suggestions_page(uow: UnitOfWork, section: str, place: str) -> SuggestionsPage:
    """Return who of a section may be recorded twice, from a place in the order of digests: four statements."""
    chosen, links = _sections(uow, section, "duplicates.index")
    shared = queries.shared_digests(uow, chosen.section_id, _place(place))
    people = {person for one in shared for person in one.people}
    roles, digests = queries.roles_of(uow, people), queries.digests_of(uow, people)
    different = queries.differences_between(uow, people)
    found = []
    for one in shared:
        for pair in combinations(sorted((each for each in one.people if each in roles), key=str), 2):
            common = digests.get(pair[0], set()) & digests.get(pair[1], set())
            if frozenset(pair) in different:
                continue
            if _is_first(one, common) and (made := _suggestion(pair, common, roles)):
                found.append(made)
    last = shared[-1] if len(shared) == LISTED else None
    address = (
        url_for("duplicates.index", section=chosen.section_id, page=f"{last.field}.{last.token.hex()}") if last else ""
    )
    return SuggestionsPage(
        section=chosen.section_name,
        sections=links,
        differences_href=url_for("duplicates.differences", section=chosen.section_id),
        suggestions=found,
        is_first=not place,
        next_href=address,
    )


def _sections(uow: UnitOfWork, wanted: str, endpoint: str) -> tuple[MemberOf, list[Link]]:
    """Return the chosen section of the reader, and the links to all of theirs."""
    own = uow.person.sections_for(Permission.CASE_EDIT)
    chosen = next((one for one in own if str(one.section_id) == wanted), own[0])
    return chosen, [Link(one.section_name, url_for(endpoint, section=one.section_id), one is chosen) for one in own]


def _place(text: str) -> tuple[str, bytes]:
    """Read a place in the order of digests from an address; the beginning for what somebody made up."""
    field, _dot, token = text.partition(".")
    try:
        return IdentityField(field).value, bytes.fromhex(token)
    except ValueError:
        return "", b""


def _is_first(shared: queries.Shared, common: set[tuple[IdentityField, bytes]]) -> bool:
    """Return whether a digest is the first in the order that two persons share: a pair is listed once."""
    strong = [(field.value, token) for field, token in common if field in STRONG]
    return min(strong, default=None) == (shared.field.value, shared.token)


def _suggestion(
    pair: tuple[UUID, UUID], common: set[tuple[IdentityField, bytes]], roles: Mapping[UUID, Sequence[Role]]
) -> Suggestion | None:
    fields = {field for field, _token in common}
    first, second = sorted((roles[one] for one in pair), key=lambda of: (of[0][0].person.created_at, of[0][0].id))
    together = {case.id: case for _role, case in first}.keys() & {case.id for _role, case in second}
    if fields.isdisjoint(STRONG - BY_NUMBER) and (IdentityField.NAME not in fields or together):
        return None
    return Suggestion(
        sides=(_side(first), _side(second)),
        reasons=reasons(fields, first, second),
        href=url_for("duplicates.compare", first_id=first[0][0].id, second_id=second[0][0].id),
    )


def reasons(fields: set[IdentityField], first: Sequence[Role], second: Sequence[Role]) -> list[str]:
    """Return in words why two persons may be the same."""
    words = [str(said) for field, said in SAME.items() if field in fields]
    if IdentityField.WHOLE_NAME in fields:
        words.remove(str(SAME[IdentityField.NAME]))
    for _role, case in first:
        for _other, beside in second:
            if case.id == beside.id:
                words.append(_("Both in %(case)s", case=case.reference))
            elif place := _same_place(case, beside):
                words.append(_("Same place: %(place)s", place=place))
    return list(dict.fromkeys(words))


def _same_place(one: Case, other: Case) -> str:
    for name in ("place_district", "place_region"):
        here, there = getattr(one, name), getattr(other, name)
        if here and plain(here) == plain(there):
            return str(here)
    return ""


def _side(roles: Sequence[Role]) -> Side:
    role, case = roles[0]
    href = url_for("people.show", case_id=case.id, case_person_id=role.id)
    said = role.description or labels("person_role", role.roles)
    return Side(role.code_name, said, case.reference, case.title, href, len(roles) - 1)


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two persons side by side, by code name. `rows` are a word and the value of each."""

    names: tuple[str, str]
    rows: Sequence[tuple[str, str, str]]
    reasons: Sequence[str]
    form: MergeForm
    seen: str
    """Digest of all rows of both."""
    different: PersonDifference | None
    """That somebody said that these two are not the same."""
    different_href: str
    """Where that is said."""


def compare_page(uow: UnitOfWork, pair: Pair, role_ids: tuple[UUID, UUID]) -> ComparePage:
    """Return two persons, by their roles, side by side with the choices where they differ."""
    ids = (pair.kept.person_id, pair.merged.person_id)
    found, digests, rows = queries.roles_of(uow, ids), queries.digests_of(uow, ids), queries.rows_of(uow, ids)
    kept, merged = found[ids[0]], found[ids[1]]
    names = (_name(pair.kept, kept), _name(pair.merged, merged))
    common = {field for field, _token in digests.get(ids[0], set()) & digests.get(ids[1], set())}
    seen = digest_of(rows)
    form = merge_form(*_differing(ids, rows, names, {case.id: case for _role, case in kept}), seen=seen)
    why = reasons(common, kept, merged)
    different = queries.differences_between(uow, ids).get(frozenset(ids))
    href = url_for("duplicates.say_different", first_id=role_ids[0], second_id=role_ids[1])
    return ComparePage(names, _rows(ids, rows, kept, merged), why, form, seen, different, href)


def _name(role: CasePerson, roles: Sequence[Role]) -> str:
    return f"{role.code_name} · {next(case.reference for one, case in roles if one.id == role.id)}"


def _rows(
    ids: tuple[UUID, UUID], rows: Sequence[Row], kept: Sequence[Role], merged: Sequence[Role]
) -> list[tuple[str, str, str]]:
    """Return what is recorded of both, without anything that identifies them."""

    def both(say: Any) -> tuple[str, str]:
        return say(ids[0], kept), say(ids[1], merged)

    def number(source: str) -> Any:
        def counted(person_id: UUID, roles: Sequence[Role]) -> str:
            own = {str(person_id), *(str(role.id) for role, _case in roles)}
            names = ("person_id", "other_id", "case_person_id")
            return str(
                sum(row.source == source and not own.isdisjoint(row.values.get(one) for one in names) for row in rows)
            )

        return counted

    def cases(_id: UUID, roles: Sequence[Role]) -> str:
        return " · ".join(
            f"{case.reference} ({role.code_name}: {labels('person_role', role.roles)})" for role, case in roles
        )

    def name(_id: UUID, roles: Sequence[Role]) -> str:
        return _("Yes, sealed") if roles[0][0].person.is_named else _("No")

    return [
        (_("Cases"), *both(cases)),
        (_("Name recorded"), *both(name)),
        (_("Answers on consent"), *both(number("consent"))),
        (_("Attempts to reach the person"), *both(number("contact_attempt"))),
        (_("Ways to reach the person"), *both(number("contact_channel"))),
        (_("Claims that name the person"), *both(number("claim_person"))),
        (_("Relations"), *both(number("person_relation"))),
    ]


def _differing(
    ids: tuple[UUID, UUID], rows: Sequence[Row], names: tuple[str, str], cases: Mapping[UUID, Case]
) -> tuple[list[Choice], list[UUID], dict[str, str]]:
    """Return the fields on which two records differ, the cases in which both have a role, and the choices of identities."""
    persons = {row.values["id"]: row for row in rows if row.source == "person"}
    kept, merged = (persons[str(one)] for one in ids)
    found = [_choice(name, name, kept, merged, names) for name in PERSON_FIELDS]
    case_ids = []
    for own, other in shared_cases(*ids, rows):
        case_id = UUID(own.values["case_id"])
        case_ids.append(case_id)
        both = tuple(f"{one.values['code_name']} · {cases[case_id].reference}" for one in (own, other))
        found += [_choice(role_field(case_id, name), name, own, other, both) for name in ROLE_FIELDS]
    named = kept.values["is_named"] and merged.values["is_named"]
    return [one for one in found if one], case_ids, _identities(names) if named else {}


def _identities(names: tuple[str, str]) -> dict[str, str]:
    return {
        KeptIdentity.BOTH.value: _("Both: what %(person)s has is shown as a second record", person=names[1]),
        KeptIdentity.KEPT.value: _("That of %(person)s", person=names[0]),
        KeptIdentity.MERGED.value: _("That of %(person)s", person=names[1]),
    }


def _choice(name: str, field: str, kept: Row, merged: Row, names: Sequence[str]) -> Choice | None:
    first, second = kept.values[field], merged.values[field]
    sizes = (kept.values.get("size"), merged.values.get("size")) if field == "kind" else (None, None)
    if (first, sizes[0]) == (second, sizes[1]):
        return None
    words = [
        f"{said}: {_value(field, value, size)}" for said, value, size in zip(names, (first, second), sizes, strict=True)
    ]
    return Choice(name, label("field", field), *words, prefers_merged=first in (None, ""))


def _value(field: str, value: object, size: int | None) -> str:
    if value in (None, ""):
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    vocabulary = {"kind": "person_kind", "life_status": "life_status"}.get(field)
    words = label(vocabulary, str(value)) if vocabulary else str(value)
    return f"{words} ({size})" if size else words


@dataclass(frozen=True, slots=True)
class MergePage:
    """A merge: who the person is now, and whether it can be undone."""

    merge: PersonMerge
    roles: list[Link]
    obstacles: list[str]


def merge_page(uow: UnitOfWork, merge: PersonMerge) -> MergePage:
    """Return what was merged, and what stands against undoing it."""
    both = queries.roles_of(uow, [merge.kept_id, merge.merged_id])
    roles = [
        Link(
            f"{role.code_name} · {case.reference}",
            url_for("people.show", case_id=case.id, case_person_id=role.id),
        )
        for of_person in both.values()
        for role, case in of_person
    ]
    return MergePage(merge, roles, [label("merge_obstacle", one) for one in why_not_undone(uow, merge)])


def merged_words(pair: Pair) -> str:
    """Return what is said after a merge."""
    return _("%(merged)s and %(kept)s are one person now.", merged=pair.merged.code_name, kept=pair.kept.code_name)


def number_of_roles(further: int) -> str:
    """Return that a person has roles in other cases."""
    return ngettext("and %(num)s other case", "and %(num)s other cases", further) if further else ""


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """That two persons are not the same, with both by their latest cases."""

    difference: PersonDifference
    sides: Sequence[Side]
    list_href: str


def difference_page(uow: UnitOfWork, found: PersonDifference) -> DifferencePage:
    """Return who said that two persons are not the same, and of whom."""
    return DifferencePage(found, _sides(uow, [found])[0], url_for("duplicates.differences", section=found.section_id))


@dataclass(frozen=True, slots=True)
class DifferencesPage:
    """The persons of a section who are not the same, although they look so."""

    section: str
    sections: list[Link]
    differences: Sequence[DifferencePage]
    is_cut: bool
    """Whether there may be more than are listed."""


def differences_page(uow: UnitOfWork, section: str) -> DifferencesPage:
    """Return who of a section is not the same: three statements."""
    chosen, links = _sections(uow, section, "duplicates.differences")
    found = queries.differences_in(uow, chosen.section_id, MOST_DIFFERENCES)
    here = url_for("duplicates.differences", section=chosen.section_id)
    pairs = zip(found, _sides(uow, found), strict=True)
    listed = [DifferencePage(row, sides, here) for row, sides in pairs]
    return DifferencesPage(chosen.section_name, links, listed, is_cut=len(found) == MOST_DIFFERENCES)


def _sides(uow: UnitOfWork, differences: Sequence[PersonDifference]) -> list[Sequence[Side]]:
    """Return both persons of each difference, as they are in their latest cases: two statements."""
    people = {person for row in differences for person in (row.first_id, row.second_id)}
    holders = queries.holders_of(uow, people)
    roles = queries.roles_of(uow, set(holders.values()))
    return [
        [_side(roles[holders[one]]) for one in (row.first_id, row.second_id) if holders.get(one) in roles]
        for row in differences
    ]
