"""`caseflow user` and `caseflow section`: what they print, and that what they print is true."""

import re

import pytest
from click.testing import CliRunner

from caseflow.cli import main
from caseflow.features.accounts.commands import SignIn
from caseflow.features.accounts.passwords import Passwords
from caseflow.features.accounts.signing_in import sign_in
from caseflow.models import Role, SectionKind
from caseflow.setting_values import ARGON2_PROFILES
from tests.factories import PASSWORD, make_actor, make_case, make_section, reload_case, seal

ADD = ("user", "add", "ana@example.org", "--name", "Ana", "--section", "ES", "--role", "caseworker")


@pytest.fixture
def run(settings, runtime, monkeypatch):
    """Run a command; return its exit code and what it printed."""
    monkeypatch.setattr("caseflow.cli.user.current_settings", lambda: settings)
    monkeypatch.setattr("caseflow.cli.user.make_runtime", lambda _settings: runtime)

    def run(*words):
        result = CliRunner().invoke(main, words)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


def signs_in(runtime, email, password):
    attempt = SignIn(email=email, password=password, address="192.0.2.7", browser="")
    return bool(sign_in(runtime.units, Passwords(ARGON2_PROFILES["quick"]), attempt, b"a key for tests").token)


def printed_password(output):
    return re.search(r"shown once\): (\S+)", output)[1]


@pytest.mark.usefixtures("section")
def test_a_printed_password_works_and_none_is_printed_for_somebody_who_is_there(runtime, run):
    code, output = run(*ADD)
    assert code == 0
    assert signs_in(runtime, "ana@example.org", printed_password(output))
    code, output = run("user", "add", "ANA@example.org", "--section", "es", "--role", "auditor")
    assert (code, "shown once" in output) == (0, False)
    assert "The account was there already: name (Ana), language and password stay as they are." in output
    code, output = run(*ADD)
    assert (code, output) == (1, "ana@example.org has this role in ES already.\n")


@pytest.mark.usefixtures("section")
def test_somebody_who_left_comes_back_by_the_way_that_the_sentence_names(runtime, run):
    run(*ADD)
    assert run("user", "deactivate", "ana@example.org") == (0, "The account ana@example.org is closed.\n")
    for words in (ADD, ("user", "reset-password", "ana@example.org"), ("user", "deactivate", "ana@example.org")):
        code, output = run(*words)
        assert code == 1
        assert "caseflow user reopen ana@example.org" in output
    code, output = run("user", "reopen", "ana@example.org", "--section", "ES", "--role", "caseworker")
    assert code == 0
    assert signs_in(runtime, "ana@example.org", printed_password(output))
    code, output = run("user", "reopen", "ana@example.org", "--section", "ES", "--role", "auditor")
    assert code == 1
    assert "caseflow user add ana@example.org" in output


@pytest.mark.usefixtures("section")
def test_an_address_and_a_name_are_put_right(runtime, run):
    password = printed_password(run(*ADD)[1])
    assert run("user", "change-address", "ana@example.org", "eva@example.org") == (
        0,
        "Ana signs in as eva@example.org from now on, and gets emails there.\n",
    )
    assert signs_in(runtime, "eva@example.org", password)
    assert (
        run("user", "rename", "eva@example.org", "--name", " Eva  López ")[1]
        == "eva@example.org is called Eva López.\n"
    )


def test_the_list_shows_who_is_there(runtime, run, section):
    make_section(runtime.units, "EC")
    run(*ADD)
    run("user", "add", "ana@example.org", "--section", "EC", "--role", "auditor")
    run("user", "add", "eva@example.org", "--name", "Eva", "--section", "EC", "--role", "auditor")
    run("user", "deactivate", "eva@example.org")
    assert run("user", "list")[1].splitlines() == [
        "ana@example.org\tAna\topen\tEC auditor, ES caseworker\tsigned in: never",
        "eva@example.org\tEva\tclosed\tno role\tsigned in: never",
    ]
    assert "eva" not in run("user", "list", "--section", "ES")[1]


def test_ending_a_role_says_which_cases_are_left_and_hands_them_over(runtime, run, section):
    ana, _ = (
        make_actor(runtime.units, (section, Role.CASEWORKER), email=f"{one}@example.org") for one in ("ana", "eva")
    )
    case = make_case(runtime.units, ana)
    seal(runtime.units, ana, make_case(runtime.units, ana))
    role = ("--section", "ES", "--role", "caseworker")
    code, output = run("user", "end-role", "ana@example.org", *role, "--hand-over-to", "nobody@example.org")
    assert code == 1
    assert reload_case(runtime.units, ana, case).owner_id == ana.user_id, "nothing was done"
    code, output = run("user", "end-role", "ana@example.org", *role)
    assert code == 0
    assert "Cases of ES that ana@example.org still owns: 2 open, 0 ended." in output
    assert "caseflow user hand-over ana@example.org NEW-OWNER --section ES" in output
    assert "1 of them are sealed" in output
    assert (
        "1 cases of ana@example.org belong to eva@example.org now."
        in run("user", "hand-over", "ana@example.org", "eva@example.org", "--section", "ES")[1]
    )
    code, output = run("user", "deactivate", "ana@example.org", "--hand-over-to", "eva@example.org", "--with-sealed")
    assert output.splitlines() == [
        "The account ana@example.org is closed.",
        "1 cases of ana@example.org belong to eva@example.org now.",
    ]


@pytest.mark.usefixtures("section")
def test_who_keeps_another_role_on_cases_leaves_none(runtime, run, section):
    roles = ((section, Role.CASEWORKER), (section, Role.SECTION_COORDINATOR))
    make_case(runtime.units, make_actor(runtime.units, *roles, email="ana@example.org"))
    output = run("user", "end-role", "ana@example.org", "--section", "ES", "--role", "caseworker")[1]
    assert output == "ana@example.org is no longer caseworker in ES.\n"


def test_a_role_for_the_whole_coalition_is_asked_for(runtime, run, section):
    make_section(runtime.units, "SEC", kind=SectionKind.SECRETARIAT)
    words = ("user", "add", "ana@example.org", "--name", "Ana", "--role", "administrator", "--section")
    code, output = run(*words, "ES")
    assert code == 1
    assert "holds for the whole coalition, not only for ES" in output
    for more in (("ES", "--yes"), ("SEC",)):
        code, output = run(*words, *more)
        assert code == 0
        assert "This role holds for the whole coalition." in output


@pytest.mark.usefixtures("section")
@pytest.mark.parametrize(
    "words",
    [
        ("user", "add", "Ana <ana@example.org>", "--name", "Ana", "--section", "ES", "--role", "auditor"),
        ("user", "add", "a@example.org,b@example.org", "--name", "Ana", "--section", "ES", "--role", "auditor"),
        ("user", "add", "ana\u200b@example.org", "--name", "Ana", "--section", "ES", "--role", "auditor"),
        ("user", "add", "añá@example.org", "--name", "Ana", "--section", "ES", "--role", "auditor"),
        ("user", "add", "a" * 301 + "@example.org", "--name", "Ana", "--section", "ES", "--role", "auditor"),
        ("user", "add", "ana@example.org", "--name", "", "--section", "ES", "--role", "auditor"),
        ("user", "add", "ana@example.org", "--name", "a" * 60_000, "--section", "ES", "--role", "auditor"),
        ("user", "add", "ana@example.org", "--section", "ES", "--role", "auditor"),
        ("user", "add", "ana@example.org", "--name", "Ana", "--section", "XX", "--role", "auditor"),
        ("user", "add", "ana@example.org", "--name", "Ana", "--section", "ES", "--role", "auditor", "--language", "xx"),
        ("user", "add", "ana@example.org", "--name", "Ana", "--section", "ES", "--role", "auditor", "--password", "x"),
        ("user", "reopen", "nobody@example.org", "--section", "ES", "--role", "auditor"),
        ("user", "change-address", "nobody@example.org", "ana@example.org"),
        ("user", "rename", "nobody@example.org", "--name", "Ana"),
        ("user", "hand-over", "nobody@example.org", "ana@example.org"),
        ("user", "end-role", "nobody@example.org", "--section", "ES", "--role", "auditor"),
        ("section", "add", "es", "--name", "Another"),
        ("section", "add", "E S", "--name", "Another"),
        ("section", "add", "EC", "--name", "\u200b"),
        ("section", "add", "EC", "--name", "a" * 301),
        ("section", "add", "EC", "--name", "Ecuador", "--time-zone", "Quito"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(run, words):
    code, output = run(*words)
    assert code == 1
    assert output.strip()
    assert "Traceback" not in output
    assert "shown once" not in output
    assert PASSWORD not in output


def test_a_device_link_makes_a_new_browser_known(run, runtime, pages, section):
    make_actor(runtime.units, (section, Role.CASEWORKER), email="ana@example.org")
    status, printed = run("user", "device-link", "ANA@example.org")
    assert status == 0
    link = re.search(r"/sign-in/device/\S+", printed)[0]
    guesses, browser = pages.another(None), pages.another(None)
    for _ in range(6):
        guesses.submit("/sign-in", email="ana@example.org", password="not this one at all", status=422)
    browser.submit(link, follow=False, status=303)
    browser.submit("/sign-in", email="ana@example.org", password=PASSWORD, follow=False, status=303)
    assert run("user", "device-link", "nobody@example.org")[0] == 1
