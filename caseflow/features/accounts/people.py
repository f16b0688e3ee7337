"""What administrators do when people come back, move or leave: open an account again, change it, hand over its cases."""

from caseflow.audit import HIDDEN
from caseflow.clock import now
from caseflow.email_addresses import checked_address
from caseflow.errors import Invalid
from caseflow.features.accounts.commands import HandOver, Reopening
from caseflow.features.accounts.names import checked_name
from caseflow.features.accounts.passwords import Passwords
from caseflow.features.accounts.queries import (
    account_by_email,
    clear_bounces,
    end_feeds,
    hand_over_cases,
    owned_cases,
    people_of_section,
    section_by_code,
)
from caseflow.features.accounts.service import (
    account,
    active_account,
    end_sessions_of,
    give_role,
    record_on_account,
    request_reminder_sync,
    section_for_role,
    set_password,
)
from caseflow.models import Case, User
from caseflow.unit_of_work import UnitOfWork


def reopen(uow: UnitOfWork, passwords: Passwords, new: Reopening) -> User:
    """Open a closed account again, with a new password and one role. Roles that it had before stay ended.

    Raises:
        Invalid: there is no such account, it is open, the section does not exist, or the password is weak.
    """
    section = section_for_role(uow, new)
    user = account(uow, new.email)
    if user.is_active:
        raise Invalid(
            "The account %(email)s is open. Add a role with: caseflow user add %(email)s --section CODE --role ROLE",
            values={"email": user.email},
        )
    set_password(uow, passwords, user, new.password)
    user.is_active = True
    end_sessions_of(uow, user)
    end_feeds(uow, user.id, now())
    clear_bounces(uow, user.id, now())
    give_role(uow, user, section, new.role, "user.reopened")
    return user


def change_address(uow: UnitOfWork, email: str, new_email: str) -> User:
    """Change the address with which a person signs in and to which emails go. Their sessions end.

    That emails to the former address came back is forgotten. The trail records the change without the addresses.

    Raises:
        Invalid: there is no such account, the new address cannot be used, or somebody has it.
    """
    user, address = account(uow, email), checked_address(new_email)
    holder = account_by_email(uow, address)
    if holder is not None and holder.id != user.id:
        raise Invalid(
            "Another account has the address %(email)s.", {"email": "This address is taken."}, values={"email": address}
        )
    if user.email == address:
        raise Invalid("%(email)s is the present address already.", values={"email": address})
    user.email = address
    end_sessions_of(uow, user)
    clear_bounces(uow, user.id, now())
    record_on_account(uow, "user.address_changed", user, {"email": [HIDDEN, HIDDEN]})
    return user


def rename(uow: UnitOfWork, email: str, name: str) -> User:
    """Change the name that colleagues see.

    Raises:
        Invalid: there is no such account, or nothing can be seen of the name.
    """
    user = account(uow, email)
    before, user.name = user.name, checked_name(name)
    record_on_account(uow, "user.renamed", user, {"name": [before, user.name]})
    return user


def hand_over(uow: UnitOfWork, command: HandOver) -> int:
    """Make somebody the owner of another's cases; return the number of cases. Reminders follow within a minute.

    Raises:
        Invalid: there is no such account, or the new owner does not work on cases of the section.
    """
    giver, taker = account(uow, command.giver_email), active_account(uow, command.taker_email)
    if giver.id == taker.id:
        raise Invalid("Both are %(email)s. Name someone else.", values={"email": taker.email})
    owned = owned_cases(uow, giver.id)
    if command.section_code is not None:
        section = section_by_code(uow, command.section_code)
        owned = [one for one in owned if section is not None and one.section_id == section.id]
    works_in = [one for one in owned if taker.id in dict(people_of_section(uow, one.section_id))]
    if owned and not works_in:
        values = {"email": taker.email, "sections": ", ".join(one.section_code for one in owned)}
        raise Invalid("%(email)s does not work on the cases of %(sections)s. Name someone who does.", values=values)
    number = 0
    for one in works_in:
        case_ids = hand_over_cases(uow, giver.id, taker.id, one.section_id, with_sealed=command.with_sealed)
        for case_id in case_ids:
            changes: dict[str, list[object]] = {"owner_id": [str(giver.id), str(taker.id)]}
            row = Case(id=case_id)  # the command line may not read the case itself
            uow.audit.record("case.assigned", row, section_id=one.section_id, case_id=case_id, changes=changes)
        request_reminder_sync(uow, one.section_id, taker.id)
        number += len(case_ids)
    return number
