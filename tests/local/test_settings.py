"""The settings that the home adds to the environment."""

from urllib.parse import urlsplit

import pytest

from caseflow.errors import CaseflowError
from caseflow.features.accounts.passwords import refuse_weak
from caseflow.local.home import Home
from caseflow.local.prepare import prepare
from caseflow.local.settings import local_settings, own_servers
from config import Environment, MailTls


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path, None)


def test_an_empty_environment_is_enough(home):
    settings = local_settings({}, home, port=8123)
    assert settings.environment is Environment.ONE_MACHINE
    assert settings.base_url == "http://localhost:8123"
    assert settings.mail_folder == home.folder / "mail"
    assert settings.demo_data
    urls = (
        settings.database_url,
        settings.owner_database_url,
        settings.web_database_url,
        settings.worker_database_url,
    )
    roles = ("caseflow_command", "caseflow_owner", "caseflow_web", "caseflow_worker")
    assert [urlsplit(url).username for url in urls] == list(roles)
    assert len({urlsplit(url).password for url in urls}) == len(roles)


def test_the_secrets_stay_from_one_start_to_the_next(home):
    assert local_settings({}, home, port=8000) == local_settings({}, home, port=8000)


def test_what_the_person_set_wins(home):
    settings = local_settings(
        {
            "DATABASE_URL": "postgresql://app:pw@db/x",
            "REDIS_URL": "redis://queue/0",
            "SMTP_HOST": "localhost",
            "SMTP_TLS": "none",
            "BASE_URL": "http://10.0.0.5:8000",
            "CASEFLOW_DEMO": "no",
        },
        home,
        port=8000,
    )
    assert settings.database_url == "postgresql://app:pw@db/x"
    assert settings.owner_database_url is None
    assert settings.redis_url == "redis://queue/0"
    assert (settings.smtp_host, settings.smtp_tls, settings.mail_folder) == ("localhost", MailTls.NONE, None)
    assert settings.base_url == "http://10.0.0.5:8000"
    assert not settings.demo_data


@pytest.mark.parametrize(
    ("environ", "own"),
    [
        ({}, (True, True)),
        ({"DATABASE_URL": "postgresql://a@b/c"}, (False, True)),
        ({"DATABASE_URL_FILE": "/run/secrets/db", "REDIS_URL": "redis://q"}, (False, False)),
    ],
)
def test_servers_are_started_only_if_none_is_configured(environ, own):
    assert own_servers(environ) == own


def test_an_external_database_needs_its_owner_for_the_migrations(home):
    settings = local_settings({"DATABASE_URL": "postgresql://app:pw@db/x"}, home, port=8000)
    with pytest.raises(CaseflowError, match="set OWNER_DATABASE_URL as well"):
        prepare(settings, None)


def test_a_home_stays_with_or_without_the_demo(home):
    assert local_settings({}, home, port=8000).demo_data
    home.secret("demo_password")
    home.postgres.mkdir()
    assert local_settings({}, home, port=8000).demo_data
    assert not local_settings({"CASEFLOW_DEMO": "no"}, home, port=8000).demo_data


def test_a_home_with_real_data_never_says_that_names_are_invented(home):
    local_settings({"CASEFLOW_DEMO": "no"}, home, port=8000)
    home.postgres.mkdir()
    assert not local_settings({}, home, port=8000).demo_data
    with pytest.raises(CaseflowError, match="holds data of its own"):
        local_settings({"CASEFLOW_DEMO": "yes"}, home, port=8000)


def test_an_external_database_gets_the_demo_only_on_request(home):
    own = {"DATABASE_URL": "postgresql://app:pw@db/x"}
    assert not local_settings(own, home, port=8000).demo_data
    assert local_settings({**own, "CASEFLOW_DEMO": "yes"}, home, port=8000).demo_data


def test_the_demo_password_is_not_weak(home):
    refuse_weak(home.secret("demo_password"))
