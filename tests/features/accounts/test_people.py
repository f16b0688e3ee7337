"""People come back, move and leave: accounts opened again, addresses, names, codes, and what somebody leaves behind."""

import pytest
from sqlalchemy import select, text

from caseflow.access.actor import JobActor, SystemRole
from caseflow.clock import now
from caseflow.errors import Invalid, NotFound
from caseflow.features.accounts import people
from caseflow.features.accounts.commands import HandOver, NewUser, Reopening, SignIn
from caseflow.features.accounts.passwords import Passwords
from caseflow.features.accounts.queries import accounts, owned_cases, person_actor
from caseflow.features.accounts.service import add_section, add_user, deactivate, end_role
from caseflow.features.accounts.signing_in import sign_in
from caseflow.features.calendar.service import feed, make_feed
from caseflow.features.cases.queries import one_case
from caseflow.features.deadlines.reminder_sync.service import process_sync_requests
from caseflow.features.reminders.preferences.commands import NewAbsence
from caseflow.features.reminders.preferences.service import add_absence
from caseflow.models import Absence, MailBounce, Role, SectionKind
from caseflow.setting_values import ARGON2_PROFILES
from tests.factories import (
    PASSWORD,
    in_days,
    make_actor,
    make_case,
    make_deadline,
    make_section,
    open_browser,
    reload_case,
    reminders_seen,
    seal,
    share,
)

QUICK = Passwords(ARGON2_PROFILES["quick"])
ADMINISTRATION = JobActor(SystemRole.ACCOUNTS_ADMIN)
NEW_PASSWORD = "other unrelated words here"


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), email="ana@example.org", name="Ana")


@pytest.fixture
def eva(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), email="eva@example.org", name="Eva")


def signs_in(runtime, email, password=PASSWORD):
    attempt = SignIn(email=email, password=password, address="192.0.2.7", browser="Firefox")
    return sign_in(runtime.units, QUICK, attempt, b"a key for tests").token is not None


def act(runtime, verb, *arguments, **named):
    with runtime.units.begin(ADMINISTRATION) as uow:
        return verb(uow, *arguments, **named)


def add(runtime, **changes):
    given = {"email": "new@example.org", "name": "New", "password": PASSWORD, "section_code": "ES"}
    return act(runtime, add_user, QUICK, NewUser(**{**given, "role": Role.AUDITOR, **changes}))


def reopening(**changes):
    given = {"email": "ana@example.org", "password": NEW_PASSWORD, "section_code": "ES", "role": Role.CASEWORKER}
    return Reopening(**{**given, **changes})


def acts(runtime, section, *names):
    auditor = make_actor(runtime.units, (section, Role.AUDITOR))
    with runtime.units.begin(auditor) as uow:
        asked = text("SELECT action, changes FROM audit_entry WHERE action = ANY(:names) ORDER BY sequence")
        return [tuple(row) for row in uow.session.execute(asked, {"names": list(names)})]


def test_somebody_who_left_comes_back_with_a_new_password_and_the_roles_given_anew(runtime, ana, section):
    second = make_section(runtime.units, "EC")
    act(runtime, deactivate, "ana@example.org")
    assert not signs_in(runtime, "ana@example.org")
    for code in ("ES", "EC"):
        with pytest.raises(Invalid, match=r"is closed\. Open it again with: caseflow user reopen ana@example\.org"):
            add(runtime, email="ANA@example.org", section_code=code, role=Role.CASEWORKER)
    act(runtime, people.reopen, QUICK, reopening(email="ANA@Example.org", section_code="EC"))
    assert signs_in(runtime, "ana@example.org", NEW_PASSWORD)
    assert not signs_in(runtime, "ana@example.org")
    with runtime.units.begin(ADMINISTRATION) as uow:
        assert [member.section_id for member in person_actor(uow, ana.user_id).memberships] == [second.id]
    assert acts(runtime, section, "user.deactivated") == [("user.deactivated", {"is_active": [True, False]})]
    assert acts(runtime, second, "user.reopened") == [("user.reopened", {"role": [None, "caseworker"]})]


def test_an_account_that_is_open_or_unknown_is_not_opened_again(runtime, ana):
    for email, sentence in (("ana@example.org", "is open"), ("eva@example.org", "There is no account")):
        with pytest.raises(Invalid, match=sentence):
            act(runtime, people.reopen, QUICK, reopening(email=email))
    act(runtime, deactivate, "ana@example.org")
    with pytest.raises(Invalid):
        act(runtime, people.reopen, QUICK, reopening(password="short"))
    assert not signs_in(runtime, "ana@example.org", "short")


def test_what_an_account_had_open_does_not_come_back_with_it(runtime, ana, eva, section):
    """Its calendar address, absences, and cases shared with the person by name."""
    foreign = make_section(runtime.units, "EC")
    owner = make_actor(runtime.units, (foreign, Role.CASEWORKER))
    case = make_case(runtime.units, owner)
    share(runtime.units, owner, case, ana)
    with runtime.units.begin(ana) as uow:
        assert one_case(uow, case.id).id == case.id
        token = make_feed(uow)
    for away, substitute in ((ana, eva), (eva, ana)):
        days = {"starts_on": in_days(3 if away is ana else 9), "ends_on": in_days(4 if away is ana else 10)}
        with runtime.units.begin(away) as uow:
            add_absence(uow, NewAbsence(user_id=away.user_id, substitute_id=substitute.user_id, **days))
    act(runtime, deactivate, "ana@example.org")
    act(runtime, people.reopen, QUICK, reopening())
    with runtime.units.begin(ana) as uow, pytest.raises(NotFound):
        one_case(uow, case.id)
    with pytest.raises(NotFound):
        feed(runtime.units, token, "https://cases.example.org")
    with runtime.units.begin(eva) as uow:
        assert uow.session.scalars(select(Absence)).all() == []
    assert len(acts(runtime, section, "absence.ended")) == 2
    assert acts(runtime, foreign, "case.unshared") == [("case.unshared", {"user_id": [str(ana.user_id), None]})]


def test_a_changed_address_signs_in_and_the_former_one_does_not(runtime, ana, section, pages):
    browser = pages(ana)
    browser.get("/account")
    with runtime.units.begin(JobActor(SystemRole.REMIND)) as uow:
        uow.session.add(MailBounce(user_id=ana.user_id, address="ana@example.org", is_permanent=True, status="550"))
    changed = act(runtime, people.change_address, "ana@example.org", " Ana.Lopez@Example.net ")
    assert changed.email == "Ana.Lopez@example.net"
    assert browser.client.get("/account").status_code == 302, "the session ended"
    assert signs_in(runtime, "ana.lopez@example.net")
    assert not signs_in(runtime, "ana@example.org")
    with runtime.units.begin(ana) as uow:
        assert uow.session.scalars(select(MailBounce.cleared_at)).one() is not None
    hidden = ["(hidden)", "(hidden)"]
    assert acts(runtime, section, "user.address_changed") == [("user.address_changed", {"email": hidden})]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("EVA@example.org", "Another account"),
        ("gone@example.org", "Another account"),
        ("ana@example.org", "present address"),
        ("Ana <ana@example.net>", "can be used"),
        ("ana@example.org\u200b", "can be used"),
    ],
)
@pytest.mark.usefixtures("ana", "eva")
def test_an_address_that_somebody_has_or_nobody_can_use_is_refused(runtime, section, new, sentence):
    make_actor(runtime.units, (section, Role.CASEWORKER), email="gone@example.org")
    act(runtime, deactivate, "gone@example.org")
    with pytest.raises(Invalid, match=sentence):
        act(runtime, people.change_address, "ana@example.org", new)
    assert signs_in(runtime, "ana@example.org")


def test_an_address_stored_before_addresses_were_checked_can_be_put_right(runtime, ana, engine):
    with runtime.units.begin(ADMINISTRATION) as uow:
        uow.session.execute(
            text("UPDATE app_user SET email = 'Ana <ana@example.org>' WHERE id = :id"), {"id": ana.user_id}
        )
    act(runtime, people.change_address, "Ana <ana@example.org>", "ana@example.org")
    assert signs_in(runtime, "ana@example.org")


def test_a_domain_in_another_script_is_one_address_however_it_is_typed(runtime, section):
    add(runtime, email="ana@exämple.org")
    assert signs_in(runtime, "ANA@EXÄMPLE.ORG")
    assert signs_in(runtime, "ana@xn--exmple-cua.org")
    with pytest.raises(Invalid, match="has this role"):
        add(runtime, email="ana@xn--exmple-cua.org")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Ana   López ", "Ana López"),
        ("Ana Lo\u0301pez", "Ana López"),
        ("Ana\nLópez\t", "Ana López"),
        ("\u0645\u06cc\u200c\u0646\u0627", "\u0645\u06cc\u200c\u0646\u0627"),
        ("O'Neill-Sánchez, Jr. (2)", "O'Neill-Sánchez, Jr. (2)"),
    ],
)
def test_names_are_stored_in_one_form(runtime, section, typed, stored):
    assert add(runtime, name=typed).name == stored
    assert act(runtime, people.rename, "new@example.org", f" {typed} ").name == stored
    assert [change["name"][1] for _, change in acts(runtime, section, "user.renamed")] == [stored]


@pytest.mark.parametrize(
    "typed", ["", "   ", "\u200b", "\u200d", "Ana\u202e", "Ana\u200bLópez", "A\x00na", "...", "a" * 201]
)
def test_a_name_of_which_nothing_can_be_seen_is_refused(runtime, section, typed):
    with pytest.raises(Invalid, match="name"):
        add(runtime, name=typed)
    add(runtime)
    with pytest.raises(Invalid, match="name"):
        act(runtime, people.rename, "new@example.org", typed)


def test_section_codes_are_one_however_they_are_typed(runtime, section):
    assert act(runtime, add_section, " ma ", "Section Morocco").code == "MA"
    for code in ("MA", "ma", "Ma "):
        with pytest.raises(Invalid, match="There is a section MA already"):
            act(runtime, add_section, code, "Another")
    add(runtime, section_code="ma")
    act(runtime, end_role, "new@example.org", "mA", Role.AUDITOR)
    for code in ("", "M A", "\u041c", "ñ", "-", "MA-", "MA--B", "=1", "A" * 21, "\u200bMB"):
        with pytest.raises(Invalid, match="code of a section"):
            act(runtime, add_section, code, "Another")
    with pytest.raises(Invalid, match="name"):
        act(runtime, add_section, "MB", " ")


@pytest.mark.parametrize("role", list(Role))
def test_a_role_for_the_whole_coalition_is_not_given_in_a_section_by_mistake(runtime, section, role):
    make_section(runtime.units, "SEC", kind=SectionKind.SECRETARIAT)
    add(runtime, section_code="SEC", role=role)
    if role in {Role.ADMINISTRATOR, Role.COALITION_COORDINATOR}:
        with pytest.raises(Invalid, match="whole coalition"):
            add(runtime, role=role)
        act(runtime, deactivate, "new@example.org")
        with pytest.raises(Invalid, match="whole coalition"):
            act(runtime, people.reopen, QUICK, reopening(email="new@example.org", role=role))
        act(runtime, people.reopen, QUICK, reopening(email="new@example.org", role=role, is_for_coalition=True))
    else:
        add(runtime, role=role)


def hand_over(runtime, **changes):
    given = {"giver_email": "ana@example.org", "taker_email": "eva@example.org"}
    return act(runtime, people.hand_over, HandOver(**{**given, **changes}))


def test_cases_and_their_reminders_are_handed_over_and_sealed_ones_only_if_asked(runtime, ana, eva, section):
    cases = [make_case(runtime.units, ana) for _ in range(2)]
    sealed = seal(runtime.units, ana, make_case(runtime.units, ana))
    make_deadline(runtime.units, ana, cases[0], due_on=in_days(20))
    version = reload_case(runtime.units, ana, cases[0]).version
    act(runtime, end_role, "ana@example.org", "ES", Role.CASEWORKER)
    with runtime.units.begin(ADMINISTRATION) as uow:
        [left] = owned_cases(uow, ana.user_id)
    assert (left.section_code, left.open, left.ended, left.sealed) == ("ES", 3, 0, 1)
    assert hand_over(runtime) == 2
    process_sync_requests(runtime.units)
    case = reload_case(runtime.units, eva, cases[0])
    assert (case.owner_id, case.version) == (eva.user_id, version + 1)
    assert {one.case_id for one in reminders_seen(runtime.units, eva) if one.recipient_id == eva.user_id} == {case.id}
    with runtime.units.begin(eva) as uow, pytest.raises(NotFound):
        one_case(uow, sealed.id)
    assert hand_over(runtime, section_code="es", with_sealed=True) == 1
    with runtime.units.begin(eva) as uow:
        assert one_case(uow, sealed.id).owner_id == eva.user_id
    changes = [change for _, change in acts(runtime, section, "case.assigned")]
    assert changes == [{"owner_id": [str(ana.user_id), str(eva.user_id)]}] * 3


def test_cases_are_handed_over_to_nobody_who_does_not_work_there(runtime, ana, eva, section):
    make_case(runtime.units, ana)
    foreign = make_section(runtime.units, "EC")
    make_actor(runtime.units, (foreign, Role.CASEWORKER), email="foreign@example.org")
    make_actor(runtime.units, (section, Role.SECTION_REPORTER), email="reporter@example.org")
    make_actor(runtime.units, (section, Role.CASEWORKER), email="gone@example.org")
    act(runtime, deactivate, "gone@example.org")
    for email in (
        "foreign@example.org",
        "reporter@example.org",
        "gone@example.org",
        "ana@example.org",
        "x@example.org",
    ):
        with pytest.raises(Invalid):
            hand_over(runtime, taker_email=email)
    assert hand_over(runtime, section_code="EC") == 0
    with runtime.units.begin(ADMINISTRATION) as uow:
        assert owned_cases(uow, ana.user_id)[0].open == 1


def test_only_the_job_of_accounts_counts_and_hands_over_cases(runtime, ana, eva, section):
    make_case(runtime.units, ana)
    for actor in (ana, eva, JobActor(SystemRole.REMIND), JobActor(SystemRole.ACCOUNTS)):
        with runtime.units.begin(actor) as uow:
            values = {"giver": ana.user_id, "taker": eva.user_id, "section": section.id}
            for asked in (
                "SELECT * FROM caseflow_owned_cases(:giver)",
                "SELECT * FROM caseflow_hand_over(:giver, :taker, :section, true)",
                "SELECT * FROM caseflow_end_grants(:giver)",
            ):
                assert uow.session.execute(text(asked), values).all() == []


def test_the_list_says_who_is_there_with_which_roles_and_when_they_signed_in(runtime, ana, eva):
    open_browser(runtime.units, eva)
    act(runtime, deactivate, "ana@example.org")
    with runtime.units.begin(ADMINISTRATION) as uow:
        first, second = accounts(uow, "es")
        assert accounts(uow, "EC") == []
    assert (first.email, first.is_active, list(first.roles), first.signed_in_at) == ("ana@example.org", False, [], None)
    assert (second.name, second.is_active, list(second.roles)) == ("Eva", True, ["ES section_coordinator"])
    assert second.signed_in_at <= now()
