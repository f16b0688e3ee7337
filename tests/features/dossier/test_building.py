"""The job that builds documents, while the place where files are kept does not answer."""

import pytest

from caseflow.errors import Invalid
from caseflow.features.cases.queries import one_case
from caseflow.features.dossier.building import BUILDER, build_waiting
from caseflow.features.dossier.queries import one_build
from caseflow.features.dossier.service import hand_out
from caseflow.models import BuildState, DossierBuild, Role
from caseflow.storage.s3 import S3Store
from caseflow.storage.settings import Bucket
from tests.factories import make_actor, make_case, make_section
from tests.factories.dossier import make_build
from tests.outbound.sink import free_port


@pytest.fixture
def silent():
    """A store at an address at which nobody listens."""
    return S3Store(Bucket("files", f"http://127.0.0.1:{free_port()}", "eu", key_id="key", secret="secret"))


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER), name="Ana")


def test_what_a_store_does_not_take_is_built_later_and_said_while_it_cannot_be_handed_out(runtime, ana, silent):
    case = make_case(runtime.units, ana)
    build = make_build(runtime.units, ana, case)
    done = build_waiting(runtime.units, silent)
    assert (done.built, done.failed) == (0, 0)
    with runtime.units.begin(BUILDER) as uow:
        waiting = uow.session.get_one(DossierBuild, build.id)
        assert (waiting.state, waiting.fault) == (BuildState.BUILDING, None), "begun again after some minutes"
        waiting.state, waiting.begun_at = BuildState.WAITING, None
    assert build_waiting(runtime.units, runtime.store).built == 1
    with runtime.units.begin(ana) as uow:
        found = one_case(uow, case.id)
        with pytest.raises(Invalid, match="does not answer"):
            hand_out(uow, silent, found, one_build(uow, found, build.id))
