"""What the pages of intake show: possible matches with the reasons, and the step that comes next with what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar
from uuid import UUID

from flask import url_for

from caseflow.access import Permission
from caseflow.db.identity_tokens import IdentityField
from caseflow.features.cases.queries import state_of_latest_case
from caseflow.features.duplicates.cases.commands import WEIGHTS, Event, Likeness, Reason, RecordedEvent, SameEvent
from caseflow.features.duplicates.cases.service import events_like
from caseflow.features.intake.commands import Asked
from caseflow.features.intake.forms import KNOWN, MOST_ROWS, ConsentStepForm, PlaceFields, RecordForm, SearchForm
from caseflow.features.intake.queries import candidates, known_person
from caseflow.features.people.identity.queries import found_people
from caseflow.features.reference.queries import state_codes
from caseflow.models import CasePerson
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.carried import Answers, StepForm, as_form_data
from caseflow.web.case_pages import case_url
from caseflow.web.drafted import sent_or_drafted
from caseflow.web.texts import gettext as _

Form = TypeVar("Form", bound=StepForm)
PlaceForm = TypeVar("PlaceForm", bound=PlaceFields)
ENOUGH: Final = 4
"""Weight from which a case is shown: a person; a place or a day, and the right or the State besides."""
MOST_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A case that may be the same, with the reasons in words."""

    reference: str
    href: str
    title: str
    reasons: Sequence[str | Reason]
    """Words, or what was found by comparing the event, which the template puts into words (`same_event`)."""
    weight: int
    people: Mapping[str, str] = field(default_factory=dict)
    """Code names of the persons who match, by the ids of their roles."""


def matches(uow: UnitOfWork, asked: Asked) -> list[MatchLine]:
    """Return the cases and persons that may be recorded already, the likeliest first: up to ten statements."""
    event = Event(
        state_code=asked.state_code,
        district=asked.place,
        happened=asked.happened,
        rights=[asked.right] if asked.right else [],
    )
    named = candidates(uow, asked)
    events = events_like(uow, [one.section_id for one in uow.person.sections_for(Permission.CASE_CREATE)], event, named)
    lines = {one.reference: _line(one, found, names_place=named.get(one.id, False)) for one, found in events}
    for line in _people(uow, asked):
        known = lines.get(line.reference)
        more, weight = (known.reasons, known.weight) if known else ((), 0)
        lines[line.reference] = replace(line, reasons=[*line.reasons, *more], weight=line.weight + weight)
    likely = [line for line in lines.values() if line.weight >= ENOUGH]
    return sorted(likely, key=lambda line: -line.weight)[:MOST_SHOWN]


def _people(uow: UnitOfWork, asked: Asked) -> list[MatchLine]:
    """Return the cases of people who match. Nobody's name is read."""
    sections = [member.section_id for member in uow.person.sections_for(Permission.CASE_CREATE)]
    lines: dict[str, MatchLine] = {}
    for name, value in ((IdentityField.NAME, asked.name), (IdentityField.PHONE, asked.phone)):
        for one in found_people(uow, sections, [(name, value)]) if value else ():
            href = url_for("people.show", case_id=one.case_id, case_person_id=one.case_person_id)
            line = lines.get(one.reference) or MatchLine(one.reference, href, one.title, [], 0)
            same = _("Same phone number as %(code)s", code=one.code_name)
            same = _("Same name as %(code)s", code=one.code_name) if name is IdentityField.NAME else same
            people = {**line.people, str(one.case_person_id): one.code_name}
            lines[one.reference] = replace(
                line, reasons=[*line.reasons, same], weight=line.weight + WEIGHTS[SameEvent.PERSON], people=people
            )
    return list(lines.values())


def _line(one: RecordedEvent, found: Likeness, *, names_place: bool) -> MatchLine:
    reasons = list(found.reasons)
    if names_place and not any(reason.what is SameEvent.PLACE for reason in reasons):
        reasons.insert(0, Reason(SameEvent.NAMED_PLACE))
    return MatchLine(one.reference, case_url(one.id), one.title, reasons, sum(reason.weight for reason in reasons))


def search_step(uow: UnitOfWork, answers: Answers | None = None) -> SearchForm:
    """Return the first step: as it was sent, or with the answers of other steps."""
    form = SearchForm() if answers is None else SearchForm(formdata=as_form_data(answers))
    return _prepared(uow, form, answers, "intake.search")


def consent_step(answers: Answers | None = None) -> ConsentStepForm:
    """Return the second step: as it was sent, or with the answers of other steps."""
    form = ConsentStepForm() if answers is None else ConsentStepForm(formdata=as_form_data(answers))
    form.set_choices()
    return _carrying(form, answers, "intake.consent")


def record_step(uow: UnitOfWork, answers: Answers | None = None, *, more: int = 0) -> RecordForm:
    """Return the third step, with a row for each person: as it was sent, or with the answers of other steps, and `more` rows."""
    sent = sent_or_drafted().to_dict(flat=False) if answers is None else _first_person(answers)
    if answers is None and not more:
        form = RecordForm(rows=_rows(sent))
    else:
        form = RecordForm(rows=_rows(sent) + more, formdata=as_form_data(sent))
    form = _prepared(uow, form, answers, "intake.record")
    form.row_count.data = str(form.rows)
    if known := _known(uow, form.carried.data):
        form.set_known(known)
    consent = ConsentStepForm(formdata=as_form_data(form.carried.data))
    consent.set_choices()
    form.known_consent = consent.consent()
    return form


def _first_person(answers: Answers) -> Answers:
    """Return answers with the name and the phone of the search as those of the first person, where nothing was entered yet."""
    if answers.get(KNOWN):
        return answers
    searched = {"p1_name": answers.get("name", []), "address": answers.get("phone", [])}
    return {**searched, **answers}


def _known(uow: UnitOfWork, answers: Answers) -> CasePerson | None:
    """Return the person for whom the case is opened, if they are recorded already in a section in which it may be opened."""
    chosen = next(iter(answers.get(KNOWN, ())), "")
    try:
        known = known_person(uow, UUID(chosen)) if chosen else None
    except ValueError:
        return None
    own = {member.section_id for member in uow.person.sections_for(Permission.CASE_CREATE)}
    return known if known is not None and known.section_id in own else None


def _rows(answers: Answers) -> int:
    """Return how many persons have a row: those of the page before, or as many as it concerns."""
    given = [*answers.get("row_count", ()), *answers.get("people_number", ()), "1"]
    return next(min(int(one), MOST_ROWS) for one in given if one.isdecimal() and len(one) <= len("10000000"))


def _prepared(uow: UnitOfWork, form: PlaceForm, answers: Answers | None, endpoint: str) -> PlaceForm:
    members = uow.person.sections_for(Permission.CASE_CREATE)
    sections = {str(member.section_id): member.section_name for member in members}
    form.set_choices(state_codes(uow), sections, state_of_latest_case(uow, members[0].section_id))
    return _carrying(form, answers, endpoint)


def _carrying(form: Form, answers: Answers | None, endpoint: str) -> Form:
    """Let a form carry the answers of the other steps, and send it to its own address, whatever the page it is drawn on."""
    if answers is not None:
        form.carried.data = dict(answers)
    form.send_to = url_for(endpoint)
    return form
