"""No date of a file has an impossible year: every form, every service, every import."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import closing, nullcontext
from datetime import date, timedelta
from types import UnionType
from typing import Any, get_args, get_type_hints

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

import caseflow.features
from caseflow.clock import latest_local_today
from caseflow.days import is_implausible
from caseflow.errors import Invalid
from caseflow.features.cases.service import editable_case
from caseflow.features.claims.commands import ActDetails, ClaimDetails, HousingApplicationDetails
from caseflow.features.claims.service import add_act, add_claim, add_housing_application
from caseflow.features.communications.commands import LetterDetails
from caseflow.features.communications.decision.commands import RecommendationDetails
from caseflow.features.communications.decision.service import add_recommendation
from caseflow.features.communications.reprisals.commands import NewReprisal, NewReprisalEntry
from caseflow.features.communications.reprisals.service import add_entry, record_reprisal
from caseflow.features.communications.service import add_letter
from caseflow.features.evidence.adding import add_files
from caseflow.features.evidence.commands import EvidenceDetails, NewEvidence
from caseflow.features.interventions.commands import InterventionDetails
from caseflow.features.interventions.service import add_intervention
from caseflow.features.notes.commands import NoteDetails
from caseflow.features.notes.service import add_note
from caseflow.features.objections.commands import ObjectionDetails
from caseflow.features.objections.service import add_objection
from caseflow.features.procedures.commands import ProcedureDetails
from caseflow.features.procedures.service import add_procedure
from caseflow.features.readiness.importing import import_facts
from caseflow.features.reference.commands import StateDetails
from caseflow.features.reference.service import faults_of as faults_of_state
from caseflow.features.remedies.commands import RemedyDetails
from caseflow.features.remedies.service import add_remedy
from caseflow.features.remedy_maps.commands import NewRemedyMap, StepDetails
from caseflow.features.remedy_maps.service import add_map
from caseflow.features.remedy_maps.steps import check_step
from caseflow.features.reminders.preferences.commands import NewAbsence
from caseflow.features.reminders.preferences.service import add_absence
from caseflow.features.tasks.commands import TaskDetails
from caseflow.features.tasks.service import add_task
from caseflow.features.treaties.commands import AcceptanceDetails
from caseflow.features.treaties.parsing import RowDefaults, read_list
from caseflow.features.treaties.service import faults_of as faults_of_acceptance
from caseflow.law import read_facts
from caseflow.law.dates import UncertainDate
from caseflow.models import (
    Awaited,
    InterventionKind,
    LetterDirection,
    LetterKind,
    NoteKind,
    RecommendationKind,
    RecommendationStatus,
    ReprisalEntryKind,
    Role,
)
from caseflow.storage.settings import FileSettings
from caseflow.web.fields import UncertainDateField
from tests.factories import make_actor, make_case, make_claim, make_section
from tests.factories.evidence import arrived, describe_new_evidence

OURS = "treaty,state,accepted,in_force_on,ended_on,source,checked_on\n"
IMPOSSIBLE = ("0203", "1013", "1435", "1899", "2199", "9999")
OF_LISTS = {
    ("CountsForm", "opened_from"), ("CountsForm", "opened_until"), ("FilterForm", "opened_from"), ("FilterForm", "opened_until"),
    ("FilterForm", "clock_before"), ("FilterForm", "active_before"), ("TrailForm", "first_day"), ("TrailForm", "last_day"),
    ("HistoryForm", "first_day"), ("HistoryForm", "last_day"),
}  # fmt: skip
"""Limits of a list, which has limits of its own, or shows nothing beyond them."""


def modules(name: str) -> Iterator[Any]:
    for found in pkgutil.walk_packages(caseflow.features.__path__, "caseflow.features."):
        if found.name.rpartition(".")[2] == name:
            yield importlib.import_module(found.name)


def date_fields() -> list[tuple[type[Form], str, type]]:
    found = []
    for module in modules("forms"):
        for form in vars(module).values():
            if isinstance(form, type) and issubclass(form, Form) and form.__module__ == module.__name__:
                for name in dir(form):
                    kind = getattr(getattr(form, name), "field_class", None)
                    if isinstance(kind, type) and issubclass(kind, UncertainDateField):
                        found.append((form, name, kind))
    return found


FIELDS = date_fields()


def test_the_walk_finds_the_fields():
    assert len(FIELDS) >= 20
    assert {("RemedyForm", "notified"), ("ReviewForm", "reviewed_on")} <= {
        (form.__name__, name) for form, name, _ in FIELDS
    }


def sent(form: type[Form], name: str, year: str, bound: str) -> Any:
    """Return the field after its own checks; other fields of the form are not looked at."""
    boxes = MultiDict({f"{name}-day": "3", f"{name}-month": "5", f"{name}-year": year, f"{name}-bound": bound})
    single = type("Single", (Form,), {name: getattr(form, name)})(boxes)
    return single[name]


@pytest.mark.parametrize("year", IMPOSSIBLE)
@pytest.mark.parametrize(("form", "name", "kind"), FIELDS, ids=[f"{form.__name__}.{name}" for form, name, _ in FIELDS])
def test_a_form_refuses_an_impossible_year_at_its_box(in_page, form, name, kind, year):
    if (form.__name__, name) in OF_LISTS:
        return
    for bound in ("exact", "about", "not_before", "not_after") if kind is UncertainDateField else ("exact",):
        field = sent(form, name, year, bound)
        assert field.process_errors, (year, bound)
        assert field.data is None
        assert field.typed.year == year
        field.errors = field.process_errors
        assert [box.part for box in field.boxes if box.is_faulty] == ["year"]


@pytest.mark.parametrize("year", ["1900", "1976", "2020", str(latest_local_today().year)])
def test_possible_years_are_taken(in_page, year):
    for form, name, _ in FIELDS:
        assert not sent(form, name, year, "exact").process_errors


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


def written(year: str) -> list[UncertainDate]:
    return [
        UncertainDate.parse(text)
        for text in (f"{year}-05-03", f"{year}-05", year, f"{year}~", f"../{year}", f"{year}/..")
    ]


def remedy(**dates: Any) -> RemedyDetails:
    return RemedyDetails(
        version=None, is_used=True, stage="COURT_1", next_step="APPEAL" if "next_step_due" in dates else None, **dates
    )


SERVICES: dict[tuple[type, str], Any] = {
    (RemedyDetails, name): lambda uow, case, claim, when, name=name: add_remedy(
        uow, case, claim, remedy(**{name: when})
    )
    for name in ("filed", "decided", "notified")
}
SERVICES |= {
    (RemedyDetails, "next_step_due"): lambda uow, case, claim, when: add_remedy(uow, case, claim, remedy(next_step_due=a_day(when))),
    (ActDetails, "began"): lambda uow, case, claim, when: add_act(uow, case, claim, ActDetails(version=None, what="x", began=when)),
    (HousingApplicationDetails, "applied"): lambda uow, case, claim, when: add_housing_application(uow, case, claim, HousingApplicationDetails(version=None, authority="x", applied=when)),
    (HousingApplicationDetails, "answered"): lambda uow, case, claim, when: add_housing_application(uow, case, claim, HousingApplicationDetails(version=None, authority="x", answered=when)),
    (ObjectionDetails, "raised"): lambda uow, case, claim, when: add_objection(uow, case, ObjectionDetails(version=None, ground="abuse", raised=when)),
    (ActDetails, "ended"): lambda uow, case, claim, when: add_act(uow, case, claim, ActDetails(version=None, what="x", ended=when)),
    (ClaimDetails, "delay_since"): lambda uow, case, claim, when: add_claim(uow, case, ClaimDetails(version=None, rights=("HOUSING",), delay_since=when)),
    (ProcedureDetails, "began"): lambda uow, case, claim, when: add_procedure(uow, case, ProcedureDetails(version=None, body="CRC", began=when)),
    (ProcedureDetails, "ended"): lambda uow, case, claim, when: add_procedure(uow, case, ProcedureDetails(version=None, body="CRC", ended=when)),
    (InterventionDetails, "began"): lambda uow, case, claim, when: add_intervention(uow, case, InterventionDetails(kind=InterventionKind.LETTER, measure="x", began=when)),
    (InterventionDetails, "ended"): lambda uow, case, claim, when: add_intervention(uow, case, InterventionDetails(kind=InterventionKind.LETTER, measure="x", ended=when)),
    (NewEvidence, "received_on"): lambda uow, case, claim, when: add_evidence(uow, case, NewEvidence(received_on=a_day(when))),
    (EvidenceDetails, "received_on"): lambda uow, case, claim, when: describe_new_evidence(uow, case, received_on=a_day(when)),
    (EvidenceDetails, "dated"): lambda uow, case, claim, when: describe_new_evidence(uow, case, dated=when),
    (LetterDetails, "dated_on"): lambda uow, case, claim, when: add_letter(uow, case, a_letter(dated_on=a_day(when))),
    (LetterDetails, "received_on"): lambda uow, case, claim, when: add_letter(uow, case, a_letter(received_on=a_day(when))),
    (LetterDetails, "due_on"): lambda uow, case, claim, when: add_letter(uow, case, a_letter(due_on=a_day(when))),
    (RecommendationDetails, "as_of"): lambda uow, case, claim, when: add_recommendation(uow, case, RecommendationDetails(kind=RecommendationKind.GENERAL, text="x", progress=RecommendationStatus.DONE, as_of=a_day(when))),
    (NewReprisal, "happened"): lambda uow, case, claim, when: record_reprisal(uow, case, NewReprisal(text="x", whom="x", happened=when), "x"),
    (NewReprisalEntry, "happened"): lambda uow, case, claim, when: add_entry(uow, case, record_reprisal(uow, case, NewReprisal(text="x", whom="x"), "x"), NewReprisalEntry(kind=ReprisalEntryKind.RESULT, text="x", happened=when)),
    (NoteDetails, "held_on"): lambda uow, case, claim, when: add_note(uow, case, NoteDetails(kind=NoteKind.CALL, text="x", held_on=a_day(when))),
    (TaskDetails, "due_on"): lambda uow, case, claim, when: add_task(uow, case, TaskDetails(title="x", due_on=a_day(when))),
    (StepDetails, "checked_on"): lambda uow, case, claim, when: check_step(step(a_day(when))),
}  # fmt: skip


def add_evidence(uow: Any, case: Any, new: NewEvidence) -> None:
    one = arrived()
    with closing(one.incoming):
        add_files(uow, case, [one], new, FileSettings())


def a_letter(**dates: date) -> LetterDetails:
    details = {"kind": LetterKind.OTHER, "direction": LetterDirection.RECEIVED, "dated_on": latest_local_today()}
    return LetterDetails(**{**details, **dates}, awaited=Awaited.AUTHOR)


def a_day(when: UncertainDate) -> date:
    return date(when.year, when.month or 1, when.day or 1)


def step(checked_on: date) -> StepDetails:
    return StepDetails(version=None, name="x", stage="COURT_1", checked_on=checked_on)


@pytest.mark.parametrize("year", IMPOSSIBLE)
def test_maps_and_absences_refuse_an_impossible_year(runtime, year):
    section = make_section(runtime.units, "ES")
    boss, ana = (make_actor(runtime.units, (section, role)) for role in (Role.SECTION_COORDINATOR, Role.CASEWORKER))
    day = date(int(year), 5, 3)
    with pytest.raises(Invalid) as refused, runtime.units.begin(boss) as uow:
        add_map(uow, NewRemedyMap(state_code="ES", right="HOUSING", checked_on=day))
    assert "checked_on" in refused.value.fields
    with pytest.raises(Invalid) as refused, runtime.units.begin(boss) as uow:
        add_absence(uow, NewAbsence(user_id=boss.user_id, substitute_id=ana.user_id, starts_on=day, ends_on=day))
    assert {"starts_on", "ends_on"} & refused.value.fields.keys()
    for when in written(year):
        with pytest.raises(Invalid) as refused:
            make_case(runtime.units, ana, happened=when)
        assert "happened" in refused.value.fields


@pytest.mark.parametrize("year", IMPOSSIBLE)
@pytest.mark.parametrize("place", SERVICES, ids=[f"{kind.__name__}.{name}" for kind, name in SERVICES])
def test_a_service_refuses_an_impossible_year_at_its_field(runtime, ana, place, year):
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    for when in written(year):
        with pytest.raises(Invalid) as refused, runtime.units.begin(ana) as uow:
            SERVICES[place](uow, editable_case(uow, case.id), claim, when)
        assert place[1] in refused.value.fields, when


ELSEWHERE = {
    ("NewCase", "opened_on"): "given by the demo and by tests only",
    ("NewCase", "happened"): "below, and tests/features/cases",
    ("CaseDescription", "happened"): "below, and tests/features/cases",
    ("NewAttempt", "made_on"): "tests/features/contacts/test_service.py",
    ("NewAttempt", "next_on"): "tests/features/contacts/test_service.py",
    ("CaseFilters", "opened_from"): "a limit of a list",
    ("CaseFilters", "clock_before"): "a limit of a list",
    ("CaseFilters", "active_before"): "a limit of a list",
    ("Asked", "happened"): "asked in a search, and stored nowhere",
    ("Event", "happened"): "the same, or read from a stored case",
    ("RecordedEvent", "happened"): "read from a stored case",
    ("RecordedEvent", "opened_on"): "read from a stored case",
    ("CaseFilters", "on"): "the day of the reader",
    ("CaseFilters", "opened_until"): "a limit of a list",
    ("CountsQuery", "opened_from"): "a limit of a list",
    ("CountsQuery", "opened_until"): "a limit of a list",
    ("ListedCase", "opened_on"): "read from a stored case",
    ("QueueLine", "due_on"): "read from a stored deadline",
    ("OpenLetter", "dated_on"): "read from a stored letter",
    ("OpenLetter", "due_on"): "the same",
    ("InForce", "since"): "the same",
    ("StuckCase", "since"): "read from a stored case",
    ("StuckCase", "opened_on"): "the same",
    ("DueLine", "due_on"): "read from a stored deadline",
    ("EmergencyLine", "due_on"): "read from a stored deadline",
    ("FileableLine", "safe_until"): "read from a stored deadline",
    ("RemedyDetails", "next_step_computed"): "compared with the day that the map calculates",
    (
        "FollowUpDetails",
        "on_day",
    ): "tests/features/communications/test_follow_up.py: not before the Views, not after today",
    ("NewFiling", "filed_on"): "tests/features/filings: not before the Protocol was in force, not after today",
    ("RequestSent", "sent_on"): "tests/features/communications/interim: not before the signature, not after today",
    ("BreachDetails", "happened_on"): "tests/features/communications/interim: not before the measures, not after today",
    ("InterimLetter", "signed_on"): "read from a signature",
    ("InterimLetter", "filed_on"): "read from a stored filing",
    ("RequestReview", "wished_on"): "tests/features/review: not past, a plausible year",
    ("ConsentDetails", "decided_on"): "tests/features/consent: 1900 until today",
    ("ConsentDetails", "until"): "tests/features/consent: not before the answer, not beyond twenty years",
    ("ConsentAnswers", "decided_on"): "the same check as ConsentDetails",
    ("Withdrawal", "decided_on"): "the same check as ConsentDetails",
    ("NewDeadline", "due_on"): "tests/features/deadlines/test_manual.py: not past, not beyond twenty years",
    ("Snooze", "until"): "tests/features/deadlines: after today, at most a year",
    ("NewAbsence", "starts_on"): "below",
    ("NewAbsence", "ends_on"): "below",
    ("ReviewMap", "reviewed_on"): "tests/features/remedy_maps: 1990 until today",
    ("NewRemedyMap", "checked_on"): "below",
    ("MapHead", "checked_on"): "the same check as NewRemedyMap",
    ("StateDetails", "checked_on"): "below",
    ("StateDetails", "op_signed"): "below",
    ("StateDetails", "op_deposit"): "below",
    ("StateDetails", "op_denounced"): "below",
    ("AcceptanceDetails", "in_force_on"): "below",
    ("AcceptanceDetails", "ended_on"): "below",
    ("AcceptanceDetails", "checked_on"): "below",
    ("GivenBeside", "checked_on"): "stands for the rows' own; its form refuses",
    ("CurrentAssessment", "confirmed_on"): "written by the engine",
    ("DuePerson", "day"): "computed",
    ("WhatIf", "on"): "saves nothing; its form refuses",
    ("WhatIf", "filed"): "saves nothing; its form refuses",
    ("WhatIf", "decided"): "saves nothing; its form refuses",
    ("WhatIf", "notified"): "saves nothing; its form refuses",
    ("CalendarEntry", "due_on"): "read from a stored deadline",
    ("Event", "due_on"): "read from a stored deadline",
    ("DeadlineChange", "due_on"): "read from a stored deadline",
}


def dates_of_commands() -> set[tuple[str, str]]:
    found = set()
    for module in modules("commands"):
        for kind in vars(module).values():
            if dataclasses.is_dataclass(kind) and kind.__module__ == module.__name__:
                for name, hint in get_type_hints(kind).items():
                    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
                    if {date, UncertainDate} & set(kinds):
                        found.add((kind.__name__, name))
    return found


def test_every_date_of_a_command_is_tried_or_says_why_not():
    tried = {(kind.__name__, name) for kind, name in SERVICES}
    known = tried | ELSEWHERE.keys()
    found = dates_of_commands()
    assert found - known == set(), "try it in SERVICES, or say in ELSEWHERE where it is"
    assert known - found == set()


REGISTER = {one.name: None for one in dataclasses.fields(StateDetails)} | {
    "name": "Spain",
    "declarations": "",
    "source": "x",
}


@pytest.mark.parametrize("year", IMPOSSIBLE)
@pytest.mark.parametrize("name", ["op_signed", "op_deposit", "op_denounced", "checked_on"])
def test_the_register_refuses_an_impossible_year(name, year):
    details = StateDetails(**{**REGISTER, name: date(int(year), 5, 3)})
    assert name in faults_of_state(details)


@pytest.mark.parametrize("year", IMPOSSIBLE)
@pytest.mark.parametrize("name", ["in_force_on", "ended_on", "checked_on"])
def test_acceptances_and_their_lists_refuse_an_impossible_year(name, year):
    cells = {"in_force_on": "2001-01-01", "ended_on": "", "checked_on": "2026-11-01", name: f"{year}-05-03"}
    days = {key: date.fromisoformat(value) if value else None for key, value in cells.items()}
    assert name in faults_of_acceptance(AcceptanceDetails(is_accepted=True, source="x", **days))
    row = f"ECHR,ES,yes,{cells['in_force_on']},{cells['ended_on']},s,{cells['checked_on']}\n"
    listed = read_list((OURS + row).encode(), RowDefaults(today=latest_local_today()), frozenset({"ES"}))
    assert [fault.column for fault in listed.faults] == [name]


def document(part: str, row: dict[str, str]) -> dict[str, Any]:
    claim = {"id": "C1", "rights": ["HOUSING"], part: [row]}
    return {"schema": "caseflow/case-facts/1", "state": "ES", "claims": [claim]}


FACTS = [
    ("acts", {"what": "x"}, ["from", "until"]),
    ("remedies", {"stage": "COURT_1", "next_step": "APPEAL"}, ["filed", "decided", "notified", "next_step_due"]),
]


@pytest.mark.parametrize("year", [*IMPOSSIBLE, "2020"])
def test_facts_with_an_impossible_year_are_not_imported(runtime, ana, year):
    for part, row, names in FACTS:
        for name in names:
            facts = read_facts(document(part, {**row, name: f"{year}-05-03"}))
            with runtime.units.begin(ana) as uow, expected(year):
                assert import_facts(uow, ana.memberships[0].section_id, facts).case


def expected(year: str) -> Any:
    return pytest.raises(Invalid, match=r"\w") if year in IMPOSSIBLE else nullcontext()


def test_the_last_day_of_the_limits_is_taken():
    last = latest_local_today() + timedelta(days=366 * 20)
    assert not is_implausible(last)
    assert is_implausible(last + timedelta(days=1))
    assert not is_implausible(date(1900, 1, 1))
    assert is_implausible(date(1899, 12, 31))
    assert not is_implausible(None)
