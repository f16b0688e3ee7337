from uuid import uuid4

import pytest
from flask import Flask, url_for

from caseflow.web.case_pages import form_url


@pytest.fixture
def app() -> Flask:
    app = Flask("caseflow")
    app.add_url_rule("/cases/<uuid:case_id>/edit", "cases.edit")
    app.add_url_rule("/cases/<uuid:case_id>/claims/<uuid:claim_id>/acts/<uuid:act_id>", "claims.edit_act")
    return app


@pytest.mark.parametrize("mounted_at", ["", "/files"])
@pytest.mark.parametrize(("endpoint", "names"), [("cases.edit", ()), ("claims.edit_act", ("claim_id", "act_id"))])
def test_the_address_of_a_form_is_that_of_its_row_wherever_the_application_is_mounted(app, endpoint, names, mounted_at):
    for _time in range(2):  # the second comes from the cache, with other ids
        case_id, ids = uuid4(), {name: uuid4() for name in names}
        with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": mounted_at}):
            assert form_url(case_id, endpoint, ids) == url_for(endpoint, case_id=case_id, **ids)
