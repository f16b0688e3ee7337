"""What the pages of intake show: possible matches with the reasons, and the step that comes next with what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final, TypeVar
from uuid import UUID

from flask import url_for

from caseflow.access import Permission
from caseflow.db.identity_tokens import IdentityField
from caseflow.db.searching import plain
from caseflow.features.cases.queries import state_of_latest_case
from caseflow.features.intake.commands import Asked
from caseflow.features.intake.forms import KNOWN, MOST_ROWS, ConsentStepForm, PlaceFields, RecordForm, SearchForm
from caseflow.features.intake.queries import Candidate, candidates, known_person
from caseflow.features.people.identity.queries import found_people
from caseflow.features.reference.queries import state_codes
from caseflow.law.dates import UncertainDate
from caseflow.models import CasePerson
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.carried import Answers, StepForm, as_form_data
from caseflow.web.case_pages import case_url
from caseflow.web.dates import show_date
from caseflow.web.drafted import sent_or_drafted
from caseflow.web.texts import gettext as _
from caseflow.web.words import label, state_name

Form = TypeVar("Form", bound=StepForm)
PlaceForm = TypeVar("PlaceForm", bound=PlaceFields)
NEAR: Final = timedelta(days=7)
"""Days that two reports of the same event may differ."""
LONGEST: Final = timedelta(days=31)
"""A date that says less than a month is no reason: every case of a year would match."""
PERSON, PLACE, DAY, RIGHT, STATE = 8, 3, 3, 1, 1
ENOUGH: Final = 4
"""Weight from which a case is shown: a person; a place or a day, and the right or the State besides."""
MOST_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A case that may be the same, with the reasons in words."""

    reference: str
    href: str
    title: str
    reasons: Sequence[str]
    weight: int
    people: Mapping[str, str] = field(default_factory=dict)
    """Code names of the persons who match, by the ids of their roles."""


def matches(uow: UnitOfWork, asked: Asked) -> list[MatchLine]:
    """Return the cases and persons that may be recorded already, the likeliest first: up to ten statements."""
    lines = {line.reference: line for line in (_line(one, asked) for one in candidates(uow, asked))}
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
                line, reasons=[*line.reasons, same], weight=line.weight + PERSON, people=people
            )
    return list(lines.values())


def _line(one: Candidate, asked: Asked) -> MatchLine:
    reasons = [
        reason for reason in (_place(one, asked), _day(one, asked), _right(one, asked), _state(one, asked)) if reason
    ]
    weight = sum(weight for _words, weight in reasons)
    return MatchLine(one.reference, case_url(one.id), one.title, [words for words, _weight in reasons], weight)


Reason = tuple[str, int]
"""Words, and what they weigh."""


def _place(one: Candidate, asked: Asked) -> Reason | None:
    if not asked.place or not one.names_place:
        return None
    here = next((place for place in (one.district, one.region) if plain(asked.place) in plain(place)), "")
    return (_("Same place: %(place)s", place=here) if here else _("Its text names the place"), PLACE)


def _day(one: Candidate, asked: Asked) -> Reason | None:
    days = (one.happened, asked.happened)
    if not all(when is not None and _is_near_enough(when) for when in days):
        return None
    first, second = (when for when in days if when is not None)
    apart = max(first.earliest - second.latest, second.earliest - first.latest)
    if apart > NEAR:
        return None
    return (_("Same time: %(when)s", when=show_date(first)), DAY)


def _is_near_enough(when: UncertainDate) -> bool:
    return when.latest - when.earliest <= LONGEST


def _right(one: Candidate, asked: Asked) -> Reason | None:
    is_same = asked.right in one.rights
    return (_("Same right: %(right)s", right=label("right", asked.right)), RIGHT) if is_same else None


def _state(one: Candidate, asked: Asked) -> Reason | None:
    is_same = bool(asked.state_code) and asked.state_code == one.state_code
    return (_("Same State: %(state)s", state=state_name(one.state_code)), STATE) if is_same else None


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
