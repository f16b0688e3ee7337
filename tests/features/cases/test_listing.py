"""What the list is sorted and filtered by is kept by the database, whatever changes."""

import re
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest
from sqlalchemy import select, text

from caseflow.features.cases.queries import locked_case
from caseflow.features.deadlines.service import complete
from caseflow.models import ENDED_STAGES, CaseListing, DeadlineKind, Role, Stage
from caseflow.models.deadline_kinds import HARD_KINDS
from tests.factories import alter_case, in_days, make_actor, make_case, make_deadline, make_section, move_to

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


def listing(runtime, actor, case) -> CaseListing:
    with runtime.units.begin(actor) as uow:
        found = uow.session.scalars(select(CaseListing).where(CaseListing.case_id == case.id)).one()
        uow.session.expunge(found)
        return found


def days(runtime, actor, case):
    found = listing(runtime, actor, case)
    return (found.irreversible_on, found.due_on)


def test_the_script_names_the_kinds_and_stages_of_the_models():
    script = files("caseflow.db").joinpath("sql/case_listing.sql").read_text(encoding="utf-8")
    kinds = re.search(r"d\.kind IN \(([^)]*)\)", script)
    stages = re.search(r"c\.stage NOT IN \(([^)]*)\)", script)
    assert kinds
    assert set(re.findall(r"'(\w+)'", kinds[1])) == {kind.value for kind in HARD_KINDS}
    assert stages
    assert set(re.findall(r"'(\w+)'", stages[1])) == {stage.value for stage in ENDED_STAGES}


def test_days_follow_the_open_deadlines(runtime, ana):
    case = make_case(runtime.units, ana)
    assert days(runtime, ana, case) == (None, None)
    make_deadline(runtime.units, ana, case, due_on=in_days(3))
    hard = make_deadline(runtime.units, ana, case, kind=DeadlineKind.COMMITTEE_REQUEST, due_on=in_days(9))
    assert days(runtime, ana, case) == (in_days(9), in_days(3))
    with runtime.units.begin(ana) as uow:
        complete(uow, hard.id, hard.version, "Sent")
    assert days(runtime, ana, case) == (None, in_days(3))


def test_a_case_that_has_ended_has_no_days(runtime, ana):
    case = make_case(runtime.units, ana)
    make_deadline(runtime.units, ana, case, due_on=in_days(3))
    alter_case(runtime.units, ana, case, stage=Stage.WITHDRAWN)
    assert days(runtime, ana, case) == (None, None)
    alter_case(runtime.units, ana, case, stage=Stage.INTAKE)
    assert days(runtime, ana, case) == (None, in_days(3))


def test_every_act_of_a_person_is_activity_and_reading_is_none(runtime, ana):
    case = make_case(runtime.units, ana)
    with runtime.units.begin(ana) as uow:
        uow.session.execute(text("UPDATE case_listing SET active_at = :at"), {"at": LONG_AGO})
    with runtime.units.begin(ana) as uow:
        locked_case(uow, case.id)
    assert listing(runtime, ana, case).active_at == LONG_AGO
    move_to(runtime.units, ana, case, Stage.VERIFICATION)
    assert datetime.now(UTC) - listing(runtime, ana, case).active_at < timedelta(hours=1)


def test_the_outlook_is_that_of_the_current_assessment(runtime, ana):
    case = make_case(runtime.units, ana)
    with runtime.units.begin(ana) as uow:
        stored = uow.session.scalar(text("SELECT outlook FROM assessment WHERE is_current"))
    assert listing(runtime, ana, case).outlook == stored
