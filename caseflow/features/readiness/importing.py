"""Importing a document of case facts as a case, through the services that the forms use."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Final
from uuid import UUID

from caseflow import law
from caseflow.audit import Changes, case_imported_from
from caseflow.db.base import LONGEST_LINE, LONGEST_TEXT
from caseflow.errors import Invalid
from caseflow.features.cases.commands import CaseDescription, NewCase
from caseflow.features.cases.service import EditableCase, describe_case, open_case
from caseflow.features.claims.commands import ActDetails, ClaimDetails, HousingApplicationDetails, OtherTreatyDetails
from caseflow.features.claims.service import add_act, add_claim, add_housing_application, add_other_treaty
from caseflow.features.objections.commands import EXHAUSTION, ObjectionDetails
from caseflow.features.objections.service import add_objection, confirm_objections
from caseflow.features.people.commands import ConcernedPerson, PersonDetails, RoleDetails
from caseflow.features.people.service import add_person, set_concerned
from caseflow.features.procedures.commands import COMMITTEE, ProcedureDetails
from caseflow.features.procedures.service import add_procedure, confirm_procedures
from caseflow.features.remedies.commands import RemedyDetails
from caseflow.features.remedies.service import add_remedy
from caseflow.law import CaseFacts
from caseflow.models import Case, CasePerson, PersonKind, PersonRole, RemedyKind
from caseflow.unit_of_work import UnitOfWork

LINES: Final = frozenset({"reference", "id", "what", "authority", "number", "article"})
"""Facts that stand in a box of one line; the others have boxes of several."""
OTHER: Final = "OTHER"
"""The treaty of articles whose treaty the document does not name."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The new case, and the parts of the document that were not brought in, so that they can be reported."""

    case: Case
    left_out: tuple[str, ...]


def import_facts(uow: UnitOfWork, section_id: UUID, facts: CaseFacts, *, again: bool = False) -> Imported:
    """Open a case from a document of facts; with `again` also from one that was imported before.

    Raises:
        Invalid: the section has a case from the same facts.
        InvalidFacts: a text is longer than its box on a page; each with its JSON path.
        Forbidden, Invalid: as the services of cases, claims and remedies do.
    """
    if faults := list(_too_long(facts, "")):
        raise law.InvalidFacts(faults)
    document = hashlib.sha256(repr(facts).encode()).hexdigest()
    if not again and (reference := case_imported_from(uow.session, section_id, document)):
        raise Invalid(
            "These facts were imported already: they are the case %(reference)s. Use --again to open another case from them.",
            values={"reference": reference},
        )
    claims = facts.claims or ()
    right = next((right for claim in claims for right in claim.rights or ()), "")
    new = NewCase(
        section_id=section_id,
        state_code=facts.state or "",
        right=right,
        title=facts.reference or "Imported case facts",
    )
    case = open_case(uow, new)
    if facts.lateness_reason:
        _describe_lateness(uow, case, facts.lateness_reason)
    victims = _add_victims(uow, case, facts)
    for claim in claims:
        _add_claim(uow, case, claim, victims)
    _add_procedures(uow, case, facts)
    _add_objections(uow, case, facts)
    source: Changes = {"document": [None, document]}
    uow.audit.record("case.imported", case, section_id=case.section_id, case_id=case.id, changes=source)
    return Imported(case, tuple(_left_out(facts)))


def _too_long(facts: object, path: str) -> Iterator[law.Fault]:
    """Yield the texts that are too long for the boxes of the pages on which they can be changed later."""
    for each in fields(facts):  # type: ignore[arg-type]  # all facts are dataclasses
        value, here = getattr(facts, each.name), f"{path}/{each.metadata.get('name', each.name)}"
        if each.name == "articles" and value:
            yield from _fault_of_length(", ".join(value), here, LONGEST_LINE)
        for place, one in enumerate(value if isinstance(value, tuple) else (value,)):
            step = f"{here}/{place}" if isinstance(value, tuple) else here
            if isinstance(one, str):
                yield from _fault_of_length(one, step, LONGEST_LINE if each.name in LINES else LONGEST_TEXT)
            elif is_dataclass(one) and not isinstance(one, law.UncertainDate):
                yield from _too_long(one, step)


def _fault_of_length(text: str, path: str, most: int) -> Iterator[law.Fault]:
    if len(text) > most:
        yield law.Fault(path, f"The text has {len(text)} characters; at most {most} fit. Shorten it.")


def _describe_lateness(uow: UnitOfWork, case: EditableCase, reason: str) -> None:
    described = CaseDescription(
        version=case.version,
        title=case.title,
        state_code=case.state_code,
        place_region="",
        place_district="",
        happened=case.happened,
        narrative="",
        urgency=case.urgency,
        confidentiality=case.confidentiality,
        lateness_reason=reason,
    )
    describe_case(uow, case, described)


def _add_victims(uow: UnitOfWork, case: EditableCase, facts: CaseFacts) -> dict[str, CasePerson]:
    """Record the victims, by code names of the case; return them by their ids in the document."""
    return {each.id: add_person(uow, case, _person(each), _role(each)) for each in facts.victims or ()}


def _person(facts: law.Victim) -> PersonDetails:
    return PersonDetails(kind=PersonKind.COMMUNITY if facts.kind == "group" else PersonKind.INDIVIDUAL)


def _role(facts: law.Victim) -> RoleDetails:
    """Return the role of a victim, who is the author too where that is why no consent of theirs is needed."""
    submits = facts.consent == "author"
    return RoleDetails(
        roles=(PersonRole.VICTIM.value, *([PersonRole.AUTHOR.value] if submits else [])),
        is_within_jurisdiction=facts.within_jurisdiction,
        is_affected=facts.personally_affected,
        is_identified=facts.identified,
    )


def _add_claim(uow: UnitOfWork, case: EditableCase, facts: law.Claim, victims: Mapping[str, CasePerson]) -> None:
    delay = facts.delay or law.Delay()
    details = ClaimDetails(
        version=None,
        rights=facts.rights or (),
        articles=facts.articles or (),
        label=facts.id,
        disadvantage=facts.disadvantage or "",
        general_importance=facts.general_importance or "",
        delay_claimed=bool(delay.claimed),
        delay_since=delay.since,
        delay_explanation=delay.explanation or "",
    )
    claim = add_claim(uow, case, details)
    uow.flush()
    if facts.victims:
        set_concerned(uow, case, claim, [ConcernedPerson(case_person_id=victims[each].id) for each in facts.victims])
    for act in facts.acts or ():
        add_act(uow, case, claim, _act(act))
    for asked in facts.housing_applications or ():
        add_housing_application(uow, case, claim, _housing(asked))
    for named in facts.other_treaty_articles or ():
        details_of_treaty = OtherTreatyDetails(version=None, treaty=named.treaty or OTHER, article=named.article or "")
        add_other_treaty(uow, case, claim, details_of_treaty)
    for remedy in facts.remedies or ():
        add_remedy(uow, case, claim, _used(remedy, victims))
        uow.flush()
    for not_used in facts.remedies_not_used or ():
        add_remedy(uow, case, claim, _not_used(not_used))
        uow.flush()


def _add_procedures(uow: UnitOfWork, case: EditableCase, facts: CaseFacts) -> None:
    """Add procedures elsewhere; when both lists are given, the case records that there are no others."""
    known = [_procedure_details(each) for each in facts.other_procedures or () if each.body is not None]
    for each in (*known, *map(_communication, facts.earlier_communications or ())):
        add_procedure(uow, case, each)
        uow.flush()
    is_whole = facts.other_procedures is not None and len(known) == len(facts.other_procedures)
    if is_whole and facts.earlier_communications is not None:
        confirm_procedures(uow, case, case.version, is_checked=True)


def _add_objections(uow: UnitOfWork, case: EditableCase, facts: CaseFacts) -> None:
    """Add the State's objections; an empty list says that it raised none."""
    for each in facts.state_objections or ():
        if each.ground is not None:
            details = ObjectionDetails(
                version=None,
                ground=each.ground,
                raised=each.raised,
                names_remedy=each.names_remedy if each.ground == EXHAUSTION else None,
                summary=each.summary or "",
            )
            add_objection(uow, case, details)
            uow.flush()
    if facts.state_objections == ():
        confirm_objections(uow, case, case.version, is_checked=True)


def _procedure_details(facts: law.OtherProcedure) -> ProcedureDetails:
    return ProcedureDetails(
        version=None,
        body=facts.body or "",  # never empty: `_add_procedures` leaves those out
        status=facts.status,
        began=facts.start,
        ended=facts.until,
        same_persons=facts.same_persons,
        same_facts=facts.same_facts,
        same_rights=facts.same_rights,
    )


def _communication(facts: law.EarlierCommunication) -> ProcedureDetails:
    return ProcedureDetails(
        version=None,
        body=COMMITTEE,
        file_number=facts.number or "",
        status=facts.status,
        began=facts.filed,
        same_persons=facts.same_persons,
        same_facts=facts.same_facts,
        same_rights=facts.same_rights,
        has_anything_new=facts.anything_new,
    )


def _act(facts: law.Act) -> ActDetails:
    return ActDetails(
        version=None,
        what=facts.what or "",
        began=facts.start,
        ended=facts.until,
        is_continuing=bool(facts.continuing),
        continuing_reason=facts.continuing_reason or "",
        is_attributable=facts.attributable_to_state,
    )


def _housing(facts: law.HousingApplication) -> HousingApplicationDetails:
    return HousingApplicationDetails(
        version=None,
        authority=facts.authority or "",
        applied=facts.applied,
        answered=facts.answered,
        answer=facts.answer,
    )


def _used(facts: law.Remedy, victims: Mapping[str, CasePerson]) -> RemedyDetails:
    return RemedyDetails(
        version=None,
        is_used=True,
        stage=facts.stage or "",
        kind=RemedyKind(facts.kind or "ordinary"),
        authority=facts.authority or "",
        filed=facts.filed,
        decided=facts.decided,
        notified=facts.notified,
        outcome=facts.outcome,
        raised_right=facts.raised_right,
        could_repair=facts.could_repair,
        next_step=facts.next_step,
        next_step_due=facts.next_step_due.earliest if facts.next_step_due else None,
        concerns_some=facts.victims is not None,
        person_ids=tuple(victims[each].id for each in facts.victims or ()),
    )


def _not_used(facts: law.RemedyNotUsed) -> RemedyDetails:
    return RemedyDetails(
        version=None,
        is_used=False,
        stage=facts.stage or "",
        kind=RemedyKind(facts.kind or "ordinary"),
        reason_not_used=facts.reason,
        explanation=facts.explanation or "",
        is_documented=facts.documented,
    )


def _left_out(facts: CaseFacts) -> list[str]:
    """Return the facts of the document that are not brought in."""
    left = []
    if facts.author:
        left.append("whether the author is named and writes: the name belongs to the person")
    if consents := sum(victim.consent in ("signed", "justified", "missing") for victim in facts.victims or ()):
        left.append(f"{consents} consent(s): the day of the answer is not in the document")
    if evidence := sum(len(claim.evidence or ()) for claim in facts.claims or ()):
        left.append(f"{evidence} piece(s) of evidence")
    if any(each.body is None for each in facts.other_procedures or ()):
        left.append("procedures of which the body is not known")
    if any(each.ground is None for each in facts.state_objections or ()):
        left.append("objections of the State of which the ground is not known")
    if unknown := sum(remedy.kind is None for claim in facts.claims or () for remedy in claim.remedies or ()):
        left.append(
            f"that the kind of {unknown} remedy (remedies) is not known: taken as ordinary, change it where that is wrong"
        )
    if any(r.next_step_due and r.next_step_due.is_vague for c in facts.claims or () for r in c.remedies or ()):
        left.append("how vague the last day of a next step is (the earliest day was taken)")
    return left
