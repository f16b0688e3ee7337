"""`caseflow user` and `caseflow section`: the people and sections of the coalition, from the command line."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

from caseflow.access.actor import JobActor, SystemRole
from caseflow.cli.settings import current_settings
from caseflow.features.accounts import people, service, signing_in
from caseflow.features.accounts.commands import HandOver, NewUser, Reopening
from caseflow.features.accounts.passwords import Passwords
from caseflow.features.accounts.queries import OwnedCases, account_by_email, accounts, owned_cases, works_on_cases
from caseflow.models import Role, SectionKind
from caseflow.runtime import make_runtime
from caseflow.unit_of_work import UnitOfWork

Command = TypeVar("Command", bound=Callable[..., None])

ROLE = click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
SECTION = click.option("--section", "section_code", required=True, help="Code of the section, such as ES.")
YES = click.option("--yes", is_flag=True, help="Give a role for the whole coalition in a section.")


def hands_over(command: Command) -> Command:
    """Add the options that name who takes over the cases of somebody who leaves."""
    sealed = click.option(
        "--with-sealed", is_flag=True, help="Hand over sealed cases too, which only their owner sees."
    )
    taker = click.option("--hand-over-to", "taker", metavar="EMAIL", help="Who owns the person's cases from now on.")
    return taker(sealed(command))


@contextmanager
def managing_accounts() -> Iterator[tuple[UnitOfWork, Passwords]]:
    """Begin a unit of work as the job that manages accounts."""
    settings = current_settings()
    with make_runtime(settings).units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        yield uow, Passwords(settings.argon2)


@click.group()
def user() -> None:
    """Add people, end, reopen and change their accounts, and hand over their cases."""


@user.command("add")
@click.argument("email")
@click.option("--name", default="", help="The name that colleagues see. Needed for a new account.")
@SECTION
@ROLE
@click.option("--language", default="en", show_default=True)
@click.option("--password", help="Of a new account. By default one is generated and printed once.")
@YES
def add(*, email: str, name: str, section_code: str, role: str, language: str, password: str | None, yes: bool) -> None:
    """Add a person with a role in a section; an existing person gets the additional role."""
    chosen = password or secrets.token_urlsafe(12)
    with managing_accounts() as (uow, passwords):
        is_new = account_by_email(uow, email) is None
        new = NewUser(
            email=email,
            name=name,
            password=chosen,
            section_code=section_code,
            role=Role(role),
            language=language,
            is_for_coalition=yes,
        )
        added = service.add_user(uow, passwords, new)
    _say_role(added.email, role, section_code)
    if not is_new:
        click.echo(f"The account was there already: name ({added.name}), language and password stay as they are.")
    elif password is None:
        click.echo(f"Password of the new account (shown once): {chosen}")


def _say_role(email: str, role: str, section_code: str) -> None:
    click.echo(f"{email} is {role} in {section_code}.")
    if Role(role) in service.COALITION_ROLES:
        click.echo("This role holds for the whole coalition.")


@user.command("reopen")
@click.argument("email")
@SECTION
@ROLE
@YES
def reopen(*, email: str, section_code: str, role: str, yes: bool) -> None:
    """Open a closed account again, with a new password and one role; further roles are added with `user add`."""
    chosen = secrets.token_urlsafe(12)
    new = Reopening(email=email, password=chosen, section_code=section_code, role=Role(role), is_for_coalition=yes)
    with managing_accounts() as (uow, passwords):
        opened = people.reopen(uow, passwords, new)
    click.echo(f"The account {opened.email} is open again.")
    _say_role(opened.email, role, section_code)
    click.echo(f"New password (shown once): {chosen}")


@user.command("change-address")
@click.argument("email")
@click.argument("new_email")
def change_address(*, email: str, new_email: str) -> None:
    """Change the address with which a person signs in and to which emails go. All sessions of the account end."""
    with managing_accounts() as (uow, _):
        changed = people.change_address(uow, email, new_email)
    click.echo(f"{changed.name} signs in as {changed.email} from now on, and gets emails there.")


@user.command("rename")
@click.argument("email")
@click.option("--name", required=True)
def rename(*, email: str, name: str) -> None:
    """Change the name that colleagues see."""
    with managing_accounts() as (uow, _):
        renamed = people.rename(uow, email, name)
    click.echo(f"{renamed.email} is called {renamed.name}.")


@user.command("list")
@click.option("--section", "section_code", help="Only people with a present or former role in this section.")
def list_accounts(*, section_code: str | None) -> None:
    """List all accounts: open or closed, roles, last sign-in (UTC)."""
    with managing_accounts() as (uow, _):
        found = accounts(uow, section_code)
    for one in found:
        last = f"{one.signed_in_at:%Y-%m-%d %H:%M}" if one.signed_in_at else "never"
        state = "open" if one.is_active else "closed"
        click.echo(f"{one.email}\t{one.name}\t{state}\t{', '.join(one.roles) or 'no role'}\tsigned in: {last}")


@user.command("end-role")
@click.argument("email")
@SECTION
@ROLE
@hands_over
def end_one_role(*, email: str, section_code: str, role: str, taker: str | None, with_sealed: bool) -> None:
    """End a role, from the person's next request on. Says which cases are left without an owner who works there."""
    with managing_accounts() as (uow, _):
        ended = service.end_role(uow, email, section_code, Role(role))
        number = _hand_over(uow, email, taker, section_code, with_sealed=with_sealed)
        still_works = works_on_cases(uow, ended.user_id, ended.section_id)
        left = (
            []
            if still_works
            else [one for one in owned_cases(uow, ended.user_id) if one.section_id == ended.section_id]
        )
    click.echo(f"{email} is no longer {role} in {section_code}.")
    _say_cases(email, taker, number, left)


@user.command("deactivate")
@click.argument("email")
@hands_over
def deactivate_one(*, email: str, taker: str | None, with_sealed: bool) -> None:
    """Close an account: all its roles and sessions end at once. Says which cases are left without an owner."""
    with managing_accounts() as (uow, _):
        closed = service.deactivate(uow, email)
        number = _hand_over(uow, email, taker, None, with_sealed=with_sealed)
        left = owned_cases(uow, closed.id)
    click.echo(f"The account {email} is closed.")
    _say_cases(email, taker, number, left)


@user.command("hand-over")
@click.argument("email")
@click.argument("taker")
@click.option("--section", "section_code", help="Only the cases of this section.")
@click.option("--with-sealed", is_flag=True, help="Hand over sealed cases too, which only their owner sees.")
def hand_over(*, email: str, taker: str, section_code: str | None, with_sealed: bool) -> None:
    """Make somebody the owner of another person's cases in the sections in which they work."""
    with managing_accounts() as (uow, _):
        giver = service.account(uow, email)
        number = _hand_over(uow, email, taker, section_code, with_sealed=with_sealed)
        left = owned_cases(uow, giver.id)
    _say_cases(email, taker, number, left)


def _hand_over(uow: UnitOfWork, giver: str, taker: str | None, section_code: str | None, *, with_sealed: bool) -> int:
    if taker is None:
        return 0
    command = HandOver(giver_email=giver, taker_email=taker, section_code=section_code, with_sealed=with_sealed)
    return people.hand_over(uow, command)


def _say_cases(email: str, taker: str | None, number: int, left: Sequence[OwnedCases]) -> None:
    if taker is not None:
        click.echo(f"{number} cases of {email} belong to {taker} now.")
    for one in left:
        click.echo(
            f"Cases of {one.section_code} that {email} still owns: {one.open} open, {one.ended} ended. Hand them over "
            f"with: caseflow user hand-over {email} NEW-OWNER --section {one.section_code}"
        )
        if one.sealed:
            click.echo(f"{one.sealed} of them are sealed and seen by nobody else: add --with-sealed to hand them over.")


@user.command("reset-password")
@click.argument("email")
def reset(email: str) -> None:
    """Generate a new password, print it once, and end all sessions of the account."""
    chosen = secrets.token_urlsafe(12)
    with managing_accounts() as (uow, passwords):
        service.reset_password(uow, passwords, email, chosen)
    click.echo(f"New password (shown once): {chosen}")


@user.command("device-link")
@click.argument("email")
def print_device_link(email: str) -> None:
    """Print a link that makes a new browser of this person known, so that guesses of others can't make them wait."""
    settings = current_settings()
    with managing_accounts() as (uow, _passwords):
        token = signing_in.device_link(uow, email, signing_in.sign_in_key(settings.secret_key))
    click.echo(f"To be opened within a day in the new browser: {settings.base_url}/sign-in/device/{token}")


@click.group()
def section() -> None:
    """Create the sections of the coalition: its national member organisations."""


@section.command("add")
@click.argument("code")
@click.option("--name", required=True)
@click.option("--secretariat", is_flag=True, help="The coalition's own office.")
@click.option("--time-zone", default="UTC", show_default=True, help="IANA name, such as Europe/Madrid.")
def add_one(code: str, name: str, time_zone: str, *, secretariat: bool) -> None:
    """Add a section."""
    kind = SectionKind.SECRETARIAT if secretariat else SectionKind.SECTION
    with managing_accounts() as (uow, _):
        added = service.add_section(uow, code, name, kind, time_zone=time_zone)
    click.echo(f"Section {added.code} is there.")
