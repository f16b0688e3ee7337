"""Changing a State's row: who may, what is refused, what the history records."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from caseflow.access.actor import JobActor, SystemRole
from caseflow.clock import latest_local_today
from caseflow.errors import Conflict, Forbidden, Invalid, NotFound
from caseflow.features.reference.commands import STATE_FIELDS, StateDetails
from caseflow.features.reference.service import change_state, faults_of, in_force_of, normalized
from caseflow.jobs import Job
from caseflow.models import RegisterChange, Role, State
from tests.factories import make_actor, make_section

JOINED = StateDetails(
    name="Slovenia",
    covenant="party",
    op_signed=date(2009, 9, 24),
    op_deposit=date(2025, 11, 30),
    op_deposit_kind="ratification",
    op_denounced=None,
    inquiry="no",
    interstate="unknown",
    declarations="",
    verification="verified",
    source="C.N.1.2025",
    checked_on=date(2026, 11, 1),
)
NOT_JOINED = replace(JOINED, op_deposit=None, op_deposit_kind=None, inquiry=None, interstate=None)
TOMORROW = latest_local_today() + timedelta(days=1)


def test_a_valid_row_has_no_faults():
    assert faults_of(JOINED) == {}
    assert faults_of(NOT_JOINED) == {}
    assert in_force_of(JOINED) == date(2026, 2, 28)
    assert in_force_of(NOT_JOINED) is None


@pytest.mark.parametrize(
    ("details", "at"),
    [
        (replace(JOINED, name=""), "name"),
        (replace(JOINED, source=""), "source"),
        (replace(JOINED, checked_on=None), "checked_on"),
        (replace(JOINED, checked_on=TOMORROW), "checked_on"),
        (replace(JOINED, covenant="member"), "covenant"),
        (replace(JOINED, covenant="signatory"), "covenant"),
        (replace(NOT_JOINED, covenant="none"), "covenant"),
        (replace(JOINED, op_deposit_kind="letter"), "op_deposit_kind"),
        (replace(JOINED, op_deposit_kind=None), "op_deposit_kind"),
        (replace(NOT_JOINED, op_deposit_kind="accession"), "op_deposit"),
        (replace(JOINED, op_deposit=date(2008, 12, 9), op_signed=None), "op_deposit"),
        (replace(JOINED, op_deposit=TOMORROW), "op_deposit"),
        (replace(JOINED, op_signed=date(2025, 12, 1)), "op_signed"),
        (replace(NOT_JOINED, op_signed=date(2008, 12, 9)), "op_signed"),
        (replace(NOT_JOINED, op_denounced=date(2026, 1, 1)), "op_denounced"),
        (replace(JOINED, op_denounced=date(2026, 2, 27)), "op_denounced"),
        (replace(JOINED, inquiry="perhaps"), "inquiry"),
        (replace(NOT_JOINED, inquiry="unknown"), "inquiry"),
        (replace(NOT_JOINED, interstate="no"), "interstate"),
        (replace(JOINED, interstate="perhaps"), "interstate"),
        (replace(JOINED, verification="sure"), "verification"),
        (replace(JOINED, name="S" * 251), "name"),
        (replace(JOINED, declarations="S" * 20_001), "declarations"),
        (replace(JOINED, source="S" * 20_001), "source"),
    ],
)
def test_each_impossible_row_is_refused_at_its_field(details, at):
    assert set(faults_of(details)) == {at}


@pytest.mark.parametrize(
    "details",
    [
        replace(JOINED, op_denounced=date(2026, 2, 28)),
        replace(JOINED, op_signed=date(2025, 11, 30)),
        replace(NOT_JOINED, covenant="signatory"),
        replace(NOT_JOINED, covenant="none", op_signed=None),
    ],
)
def test_borderline_rows_are_accepted(details):
    assert faults_of(details) == {}


def test_an_opt_in_without_a_value_is_unknown():
    found = normalized(replace(JOINED, inquiry=None, interstate=None))
    assert (found.inquiry, found.interstate) == ("unknown", "unknown")
    assert normalized(NOT_JOINED).inquiry is None


@pytest.fixture
def admin(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.ADMINISTRATOR))


def change(runtime, actor, code="SI", version=1, details=JOINED):
    with runtime.units.begin(actor) as uow:
        return change_state(uow, code, version, details)


def history(runtime, actor):
    with runtime.units.begin(actor) as uow:
        return list(uow.session.scalars(select(RegisterChange).where(RegisterChange.subject == "state")))


def test_a_change_is_recorded_with_person_time_and_source(runtime, admin):
    state = change(runtime, admin)
    assert (state.op_in_force, state.version) == (date(2026, 2, 28), 2)
    assert state.changed_at is not None
    (kept,) = history(runtime, admin)
    assert (kept.actor_id, kept.subject, kept.subject_key, kept.source) == (
        admin.user_id, "state", "SI", "C.N.1.2025",
    )  # fmt: skip
    assert kept.changes["op_deposit"] == [None, "2025-11-30"]
    assert kept.changes["op_in_force"] == [None, "2026-02-28"]
    assert "changed_at" not in kept.changes


def test_a_change_requests_a_new_assessment_of_the_cases_of_the_state(runtime, admin, sent_jobs):
    change(runtime, admin)
    assert sent_jobs == [(Job.REASSESS, {"state": "SI"})]


def test_saving_the_same_again_is_no_change(runtime, admin, sent_jobs):
    change(runtime, admin)
    sent_jobs.clear()
    assert change(runtime, admin, version=2).version == 2
    assert len(history(runtime, admin)) == 1
    assert sent_jobs == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_changes_the_register(runtime, role):
    actor = make_actor(runtime.units, (make_section(runtime.units, "ES"), role))
    with pytest.raises(Forbidden):
        change(runtime, actor)


def test_only_the_command_line_changes_it_without_a_person(runtime):
    assert change(runtime, JobActor(SystemRole.ACCOUNTS_ADMIN)).version == 2
    with pytest.raises(Forbidden):
        change(runtime, JobActor(SystemRole.MONITOR))


def test_a_concurrent_change_is_not_overwritten(runtime, admin):
    change(runtime, admin)
    with pytest.raises(Conflict) as clash:
        change(runtime, admin, details=NOT_JOINED)
    assert isinstance(clash.value.row, State)


def test_a_faulty_row_and_a_missing_state_change_nothing(runtime, admin):
    with pytest.raises(Invalid):
        change(runtime, admin, details=replace(JOINED, source=""))
    with pytest.raises(NotFound):
        change(runtime, admin, code="XX")
    assert history(runtime, admin) == []


def test_every_field_of_a_row_is_among_those_that_are_written():
    not_written = {"code", "op_in_force", "pack", "changed_at", "version"}
    assert set(State.__table__.columns.keys()) == {*STATE_FIELDS, *not_written}
