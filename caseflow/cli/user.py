"""`caseflow user` and `caseflow section`: the people and sections of the coalition, from the command line."""

import secrets

import click

from caseflow.access.actor import JobActor, SystemRole
from caseflow.cli.settings import current_settings
from caseflow.features.accounts.commands import NewUser
from caseflow.features.accounts.passwords import Passwords
from caseflow.features.accounts.service import add_section, add_user, deactivate, end_role, reset_password
from caseflow.models import Role, SectionKind
from caseflow.runtime import make_runtime


@click.group()
def user() -> None:
    """Add people and their roles."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The name that colleagues see.")
@click.option("--section", "section_code", required=True, help="Code of the section, such as ES.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--language", default="en", show_default=True)
@click.option("--password", help="By default one is generated and printed once.")
def add(*, email: str, name: str, section_code: str, role: str, language: str, password: str | None) -> None:
    """Add a person with a role in a section; an existing person gets the additional role."""
    settings = current_settings()
    chosen = password or secrets.token_urlsafe(12)
    new = NewUser(
        email=email, name=name, password=chosen, section_code=section_code, role=Role(role), language=language
    )
    with make_runtime(settings).units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        add_user(uow, Passwords(settings.argon2), new)
    click.echo(f"{email} is {role} in {section_code}.")
    if password is None:
        click.echo(f"Password of a new account (shown once): {chosen}")


@user.command("end-role")
@click.argument("email")
@click.option("--section", "section_code", required=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
def end_one_role(*, email: str, section_code: str, role: str) -> None:
    """End a role, from the person's next request on."""
    with make_runtime(current_settings()).units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        end_role(uow, email, section_code, Role(role))
    click.echo(f"{email} is no longer {role} in {section_code}.")


@user.command("deactivate")
@click.argument("email")
def deactivate_one(email: str) -> None:
    """Close an account: all its roles and sessions end at once."""
    with make_runtime(current_settings()).units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        deactivate(uow, email)
    click.echo(f"The account {email} is closed.")


@user.command("reset-password")
@click.argument("email")
def reset(email: str) -> None:
    """Generate a new password, print it once, and end all sessions of the account."""
    settings = current_settings()
    chosen = secrets.token_urlsafe(12)
    with make_runtime(settings).units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        reset_password(uow, Passwords(settings.argon2), email, chosen)
    click.echo(f"New password (shown once): {chosen}")


@click.group()
def section() -> None:
    """Add sections of the coalition."""


@section.command("add")
@click.argument("code")
@click.option("--name", required=True)
@click.option("--secretariat", is_flag=True, help="The coalition's own office.")
@click.option("--time-zone", default="UTC", show_default=True, help="IANA name, such as Europe/Madrid.")
def add_one(code: str, name: str, time_zone: str, *, secretariat: bool) -> None:
    """Add a section."""
    kind = SectionKind.SECRETARIAT if secretariat else SectionKind.SECTION
    with make_runtime(current_settings()).units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        add_section(uow, code, name, kind, time_zone=time_zone)
    click.echo(f"Section {code} is there.")
