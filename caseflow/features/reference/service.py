"""The verbs of the register of States: check who may change it, change a row, write its history, load the pack.

Cases are decided on the register, so each change has a source.
"""

from dataclasses import replace
from datetime import date
from typing import Final, get_args

from caseflow.access import Actor, JobActor, Permission, PersonActor
from caseflow.access.actor import SystemRole
from caseflow.audit import Changes, assign_changes, changes_of
from caseflow.clock import latest_local_today, now
from caseflow.days import check_year
from caseflow.db.base import LONGEST_LINE, LONGEST_TEXT
from caseflow.errors import Forbidden, Invalid, stale
from caseflow.features.reference.commands import STATE_FIELDS, StateDetails
from caseflow.features.reference.queries import SUBJECT, one_state, states_by_code
from caseflow.jobs import Job
from caseflow.law import StateStatus, load_register
from caseflow.law.register import Verification
from caseflow.models import RegisterChange, State
from caseflow.unit_of_work import UnitOfWork

ADOPTED: Final = date(2008, 12, 10)
"""The day on which the General Assembly adopted the Protocol (resolution 63/117): nothing was done under it before."""
COVENANT: Final = ("party", "signatory", "none")
DEPOSIT_KINDS: Final = ("ratification", "accession", "succession")
OPT_INS: Final = ("yes", "no", "unknown")
VERIFICATIONS: Final = get_args(Verification)


def require_editor(actor: Actor) -> None:
    """Check that an actor may change the register.

    Raises:
        Forbidden: the actor may not; the message says whom to ask.
    """
    if isinstance(actor, JobActor):
        if actor.job is SystemRole.ACCOUNTS_ADMIN:
            return
    elif actor.may(Permission.REGISTER_EDIT):
        return
    raise Forbidden("Only an administrator may change the register of States. Ask yours, and name the source.")


def note_register_change(
    uow: UnitOfWork, subject: str, key: str, action: str, changes: Changes, *, source: str = ""
) -> None:
    """Add an entry to the history. It names the acting person; none for packs and commands.

    Args:
        uow: the unit of work.
        subject: the table: `state`, `treaty_acceptance` or `remedy_map`.
        key: code or id of the row.
        action: what was done, such as `state.changed`.
        changes: name of the field -> old value, new value.
        source: where the new values come from.
    """
    actor_id = uow.actor.user_id if isinstance(uow.actor, PersonActor) else None
    uow.session.add(
        RegisterChange(
            actor_id=actor_id, subject=subject, subject_key=key, action=action, changes=changes, source=source
        )
    )


def load_packs(uow: UnitOfWork) -> None:
    """Load the States of the pack, after every migration; idempotent.

    A State that is no longer in the pack stays in the table, as old cases use it. Rows that an administrator has changed
    stay unchanged; for other rows the history records what a newer pack changed.
    """
    register, stored = load_register(), states_by_code(uow)
    for status in register.states.values():
        state = stored.get(status.iso2)
        if state is None:
            uow.session.add(State(code=status.iso2, pack=register.version, **_as_row(status)))
        elif state.changed_at is None:
            _sync(uow, state, status, register.version)


def _as_row(status: StateStatus) -> dict[str, object]:
    return {name: getattr(status, name) for name in STATE_FIELDS} | {"op_in_force": status.bound_from}


def _sync(uow: UnitOfWork, state: State, status: StateStatus, pack: str) -> None:
    assign_changes(state, _as_row(status))
    if changes := changes_of(state):
        note_register_change(uow, SUBJECT, state.code, "state.pack_loaded", changes, source=pack)
    if state.pack != pack:
        state.pack = pack


def change_state(uow: UnitOfWork, code: str, version: int, details: StateDetails) -> State:
    """Change the row of a State; the history keeps the old values and who changed them.

    A job then assesses the cases of the State again; the full pass would also find them, by the version of the data.

    Raises:
        NotFound: the register has no such State.
        Forbidden: the person is no administrator.
        Conflict: somebody else has saved it; carries the saved row.
        Invalid: it cannot be true, or has no source.
    """
    require_editor(uow.actor)
    state = one_state(uow, code)
    if state.version != version:
        raise stale(state)
    wanted = normalized(details)
    if problems := faults_of(wanted):
        raise Invalid("The State was not saved.", problems)
    if write_state(uow, state, wanted, "state.changed"):
        uow.after_commit(Job.REASSESS, state=code)
    return state


def write_state(uow: UnitOfWork, state: State, details: StateDetails, action: str) -> Changes:
    """Write a valid row and its history, and return the changes; without changes nothing is written.

    From then on newer packs do not change the row.
    """
    assign_changes(
        state, {name: getattr(details, name) for name in STATE_FIELDS} | {"op_in_force": in_force_of(details)}
    )
    if changes := changes_of(state):
        note_register_change(uow, SUBJECT, state.code, action, changes, source=details.source)
        state.changed_at = now()
    return changes


def in_force_of(details: StateDetails) -> date | None:
    """Return the day of entry into force for the State, counted from the deposit (OP-ICESCR art. 18)."""
    return StateStatus("", "", details.covenant, op_deposit=details.op_deposit).bound_from


def normalized(details: StateDetails) -> StateDetails:
    """Return the details as they are stored: a party without a value for an opt-in gets "unknown".

    OP-ICESCR arts. 10(1) and 11(1): only a State party can declare that it recognizes these competences.
    """
    if details.op_deposit is None:
        return details
    return replace(details, inquiry=details.inquiry or "unknown", interstate=details.interstate or "unknown")


def faults_of(details: StateDetails) -> dict[str, str]:
    """Return what cannot be true of a State, or is missing: messages by field."""
    problems = _out_of_list(details)
    _check_days(problems, details)
    _check_signature_and_deposit(problems, details)
    if not details.name:
        problems["name"] = "Enter the State's name in English, as the United Nations use it."
    if not details.source:
        problems["source"] = "Enter where this can be found: the depositary's page or notification, with its number."
    if details.checked_on is None:
        problems["checked_on"] = "Enter the date on which you checked the source."
    if len(details.name) > LONGEST_LINE:
        problems["name"] = "This is too long: a line has at most 250 characters."
    for name in ("declarations", "source"):
        if len(getattr(details, name)) > LONGEST_TEXT:
            problems[name] = "This is too long: a text has at most 20,000 characters."
    return problems


def _out_of_list(details: StateDetails) -> dict[str, str]:
    problems: dict[str, str] = {}
    if details.covenant not in COVENANT:
        problems["covenant"] = "Choose the status of the State under the Covenant: party, signatory or none."
    if details.op_deposit_kind not in {None, *DEPOSIT_KINDS}:
        problems["op_deposit_kind"] = "Choose the kind of deposit: ratification, accession or succession."
    if details.inquiry not in {None, *OPT_INS}:
        problems["inquiry"] = "Choose yes, no or unknown."
    if details.interstate not in {None, *OPT_INS}:
        problems["interstate"] = "Choose yes, no or unknown."
    if details.verification not in VERIFICATIONS:
        problems["verification"] = "Choose how reliable it is: verified, secondary or unverified."
    return problems


def _check_days(problems: dict[str, str], details: StateDetails) -> None:
    for name in ("op_signed", "op_deposit", "op_denounced"):
        if (day := getattr(details, name)) is not None and day < ADOPTED:
            problems[name] = (
                "The Protocol was adopted on 10 December 2008: nothing was done under it before. Check the year."
            )
    for name in ("op_signed", "op_deposit", "op_denounced", "checked_on"):
        if (day := getattr(details, name)) is not None and day > latest_local_today():
            problems[name] = "This date is in the future. The register only holds what has happened."
        check_year(problems, name, day)
    if details.op_signed and details.op_deposit and details.op_signed > details.op_deposit:
        problems["op_signed"] = "A State signs before it deposits, or on the same day. Check both dates."
    in_force = in_force_of(details)
    if details.op_denounced and (in_force is None or details.op_denounced < in_force):
        problems["op_denounced"] = (
            "Only a State that is bound can denounce the Protocol (article 20). Check both dates."
        )


def _check_signature_and_deposit(problems: dict[str, str], details: StateDetails) -> None:
    if details.op_deposit and details.covenant != "party":
        problems["covenant"] = (
            "Only a party to the Covenant can join the Protocol (article 17). Check which of the two is wrong."
        )
    elif details.op_signed and details.covenant == "none":
        problems["covenant"] = (
            "Only a State that signed or joined the Covenant can sign the Protocol (article 17). Check which of the two is wrong."
        )
    if details.op_deposit and not details.op_deposit_kind:
        problems["op_deposit_kind"] = (
            "Enter what was deposited, for example an instrument of ratification or of accession."
        )
    if details.op_deposit_kind and not details.op_deposit:
        problems["op_deposit"] = "Enter the date of deposit, or choose that there was none."
    if not details.op_deposit:
        if details.inquiry:
            problems["inquiry"] = (
                "Only a State that joined the Protocol can accept this. Leave it open, or enter the date of deposit."
            )
        if details.interstate:
            problems["interstate"] = (
                "Only a State that joined the Protocol can accept this. Leave it open, or enter the date of deposit."
            )
