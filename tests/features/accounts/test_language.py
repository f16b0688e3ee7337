"""The language of pages: the person's choice; before sign-in the browser's; English if neither is available."""

import pytest
from sqlalchemy import select

from caseflow.access.actor import JobActor, SystemRole
from caseflow.app import create_app
from caseflow.db.engine import make_engine
from caseflow.errors import Invalid
from caseflow.features.accounts.commands import NewUser
from caseflow.features.accounts.passwords import Passwords
from caseflow.features.accounts.service import add_user, choose_language
from caseflow.models import AuditEntry, Role, User
from caseflow.runtime import make_runtime
from caseflow.setting_values import ARGON2_PROFILES
from tests.factories.people import ADMINISTRATION, PASSWORD, make_actor, make_section


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units), Role.CASEWORKER), name="Ana")


def test_the_chosen_language_is_stored_and_audited(runtime, ana):
    with runtime.units.begin(ana) as uow:
        choose_language(uow, "es")
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        assert uow.session.get_one(User, ana.user_id).language == "es"
    with runtime.units.begin(JobActor(SystemRole.AUDIT_VERIFY)) as uow:
        entry = uow.session.scalars(select(AuditEntry).where(AuditEntry.action == "user.language_chosen")).one()
    assert (entry.actor_id, entry.changes) == (ana.user_id, {"language": ["en", "es"]})


@pytest.mark.parametrize("unknown", ["", "xx", "../es", "ES"])
def test_an_unknown_language_is_refused(runtime, ana, unknown):
    with pytest.raises(Invalid, match="not changed") as refused, runtime.units.begin(ana) as uow:
        choose_language(uow, unknown)
    assert refused.value.fields == {"language": "Choose a language from the list."}


def test_nobody_is_added_with_an_unknown_language(runtime):
    section = make_section(runtime.units)
    new = NewUser(
        email="ana@example.org",
        name="Ana",
        password=PASSWORD,
        section_code=section.code,
        role=Role.CASEWORKER,
        language="xx",
    )
    with (
        pytest.raises(Invalid, match=r"There is no language xx\. Languages: en, es\."),
        runtime.units.begin(ADMINISTRATION) as uow,
    ):
        add_user(uow, Passwords(ARGON2_PROFILES["quick"]), new)


def test_pages_are_in_the_chosen_language(pages, ana):
    account = pages(ana).submit("/account/language", language="es")
    assert account.path == "/account"
    assert "Su cuenta" in account.words
    assert "Español" in account.words
    assert '<html class="govuk-template" lang="es" dir="ltr">' in account.html
    assert "Registrar una vulneración" in pages(ana).get("/cases/new").words


def test_each_language_is_offered_in_its_own_name(pages, ana):
    words = pages(ana).get("/account/language").words
    assert "English" in words
    assert "Español" in words


def test_errors_of_services_are_in_the_language_of_the_page(pages, ana):
    pages(ana).submit("/account/language", language="es")
    refused = pages(ana).submit("/account/password", status=422, current=PASSWORD, new="short")
    assert (
        refused.error_at("new")
        == "Use al menos 12 caracteres. Cuatro palabras sin relación entre sí son una buena elección."
    )


def test_error_pages_are_in_the_chosen_language(pages, ana):
    pages(ana).submit("/account/language", language="es")
    assert "Página no encontrada" in pages(ana).client.get("/nothing-here").text


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ("es", "Iniciar sesión"),
        ("es-MX,es;q=0.9,en;q=0.1", "Iniciar sesión"),
        ("fi,es;q=0.5", "Iniciar sesión"),
        ("fi", "Sign in"),
        ("*", "Sign in"),
        ("", "Sign in"),
        ("\u0000;q=x", "Sign in"),
    ],
)
def test_before_sign_in_the_browser_chooses_among_the_available_languages(pages, asked, heading):
    answer = pages().client.get("/sign-in", headers={"Accept-Language": asked})
    assert f">{heading}</h1>" in answer.text


def test_after_sign_in_the_person_s_choice_overrides_the_browser(pages, ana):
    assert "Your account" in pages(ana).client.get("/account", headers={"Accept-Language": "es"}).text


def test_a_language_that_was_removed_becomes_english(pages, runtime, ana):
    with runtime.units.begin(ADMINISTRATION) as uow:
        uow.session.get_one(User, ana.user_id).language = "xx"
    assert "Your account" in pages(ana).get("/account").words


def test_the_error_page_without_a_database_is_in_english(database):
    nowhere = make_engine("postgresql://caseflow_app@/nowhere?host=/nowhere")
    client = create_app(make_runtime(database.settings, engine=nowhere)).test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "a token that nobody can look up now"
    answer = client.get("/account", headers={"Accept-Language": "es"})
    assert answer.status_code == 503
    assert 'lang="en"' in answer.text
    assert "The database does not respond" in answer.text
