"""After a refused step a page can be drawn from the rows that were read before it."""

from contextlib import suppress

import pytest
from sqlalchemy import delete

from caseflow.errors import Invalid
from caseflow.features.cases.queries import whole_case
from caseflow.models import Act, Role
from tests.factories import make_act, make_actor, make_case, make_claim, make_section


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def act(runtime, ana):
    claim = make_claim(runtime.units, ana, make_case(runtime.units, ana, title="Before"), label="Before")
    return make_act(runtime.units, ana, claim, what="Before")


def refuse_after(uow, change) -> None:
    with suppress(Invalid), uow.attempt():
        change()
        uow.flush()
        raise Invalid("No.")


def test_rows_keep_their_values_and_what_belongs_to_them(runtime, ana, act):
    with runtime.units.begin(ana) as uow:
        case = whole_case(uow, act.case_id)
        (claim,) = case.claims

        def change():
            case.title, claim.label, claim.acts[0].what = "After", "After", "After"
            claim.acts.append(Act(case_id=case.id, what="New", position=2))

        refuse_after(uow, change)
        assert (case.title, claim.label, [one.what for one in claim.acts]) == ("Before", "Before", ["Before"])
        assert (case.section.code, case.claims) == ("ES", [claim])
    with runtime.units.begin(ana) as uow:
        assert whole_case(uow, act.case_id).title == "Before"


def test_rows_that_are_gone_can_still_be_shown(runtime, ana, act):
    """Another transaction removes the row while the step is refused."""
    with runtime.units.begin(ana) as uow:
        case = whole_case(uow, act.case_id)
        (row,) = case.claims[0].acts
        refuse_after(uow, lambda: setattr(row, "what", "After"))
        uow.session.execute(delete(Act).where(Act.id == act.id), execution_options={"synchronize_session": False})
        assert row.what == "Before"


def test_rows_that_were_kept_can_be_changed_again(runtime, ana, act):
    with runtime.units.begin(ana) as uow:
        case = whole_case(uow, act.case_id)
        refuse_after(uow, lambda: setattr(case, "title", "After"))
        with uow.attempt():
            case.title = "After all"
    with runtime.units.begin(ana) as uow:
        assert whole_case(uow, act.case_id).title == "After all"
