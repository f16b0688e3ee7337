"""Host names that the application accepts."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from caseflow.runtime import make_runtime
from config import Environment
from tests.pages import SharedApp
from tests.servers import TEMPLATE

NO_NAMES = ["a b", "x/../y", "evil.org/", "<script>", "a@b", "ä.example", "evil.example.org:x"]
PATHS = ["/", "/sign-in", "/cases", "/nothing", "/static/caseflow.js"]


@pytest.fixture(scope="module")
def shared_production(run_servers, make_app):
    settings = replace(
        run_servers.settings(TEMPLATE),
        environment=Environment.PRODUCTION,
        base_url="https://case.example.org",
        trusted_proxies=1,
    )
    return SharedApp(make_app(make_runtime(settings)))


@pytest.fixture
def production(shared_production, runtime):
    """An application that accepts only case.example.org, behind one proxy."""
    return shared_production.lend(runtime).test_client()


def ask(client, host, path="/sign-in", **headers):
    with client.get(path, headers={"Host": host, **headers}) as answer:
        return answer.status_code, answer.get_data(as_text=True) + str(answer.headers)


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1:8000", "case.example.org", "[::1]:8000", "MY_MACHINE"]
)
def test_one_machine_accepts_any_host_name(app, host):
    assert ask(app.test_client(), host)[0] == 200


@pytest.mark.parametrize("host", NO_NAMES)
@pytest.mark.parametrize("path", PATHS)
def test_an_invalid_host_name_is_in_no_response(app, host, path):
    assert host not in ask(app.test_client(), host, path)[1]


def test_in_production_the_host_of_the_base_url_is_accepted(production):
    assert ask(production, "case.example.org")[0] == 200
    assert ask(production, "case.example.org:443")[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example.org", "case.example.org.evil.org", "", "a" * 64, "a." * 200, "localhost", *NO_NAMES]
)
@pytest.mark.parametrize("path", PATHS)
def test_in_production_another_host_name_is_refused(production, host, path):
    status, text = ask(production, host, path)
    assert status == 400
    assert text.startswith("This is not an address of caseflow.\n")
    assert "Content-Type: text/plain" in text
    assert "Content-Security-Policy: default-src 'none'" in text
    assert "Cache-Control: no-store" in text
    assert "X-Content-Type-Options: nosniff" in text
    assert "Location" not in text
    assert not host or host not in text


def test_a_malformed_host_name_is_refused_on_one_machine_too(app):
    assert ask(app.test_client(), "a" * 64)[0] == 400


def test_another_name_is_refused_before_any_other_guard_and_without_the_database(production, engine):
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))
    with production.session_transaction(base_url="https://case.example.org") as session:
        session["_user_id"] = "a token that would be looked up"
    answer = production.post("/sign-in", headers={"Host": "evil.org", "Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.text) == (400, "This is not an address of caseflow.\n")
    assert asked == []


@pytest.mark.parametrize(("forwarded", "status"), [("case.example.org", 200), ("evil.example.org", 400)])
def test_the_name_that_the_proxy_passes_on_is_the_one_that_counts(production, forwarded, status):
    assert ask(production, "127.0.0.1:8000", **{"X-Forwarded-Host": forwarded})[0] == status
    assert ask(production, "case.example.org", **{"X-Forwarded-Host": forwarded})[0] == status
