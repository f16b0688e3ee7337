"""The verbs of filings: one person prepares one, another confirms it; and it is taken back."""

from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from caseflow.access import Permission
from caseflow.access.policy import may_on_case, require_on_case
from caseflow.audit import changes_of
from caseflow.clock import now, today
from caseflow.errors import Forbidden, Invalid, stale
from caseflow.features.cases.commands import MoveCase
from caseflow.features.cases.moves.queries import current_filing
from caseflow.features.cases.moves.service import TAKEN_BACK_WITHIN, move_case
from caseflow.features.cases.queries import lock_case, locked_whole_case, whole_case
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.consent.queries import Missing
from caseflow.features.consent.service import missing, require
from caseflow.features.filings.commands import ConfirmFiling, NewFiling, TakeBack
from caseflow.features.filings.queries import prepared_filing
from caseflow.features.people.queries import has_victim
from caseflow.features.readiness.service import assessed
from caseflow.features.review.service import check_filed_version, is_alone, may_review
from caseflow.law.thresholds import load_thresholds
from caseflow.models import STAGES_AFTER_FILING, Case, CaseReview, ConsentScope, Evidence, Filing, PreparedFiling, Stage
from caseflow.unit_of_work import UnitOfWork


def case_to_file(uow: UnitOfWork, case_id: UUID) -> EditableCase:
    """Return a case whose filing the acting person may confirm or take back, with its claims and acts.

    Raises:
        NotFound, Forbidden: the case may not be seen, or the role does not allow it.
    """
    case = editable_case(uow, case_id)
    require_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case)
    whole_case(uow, case_id)
    return case


def case_to_prepare(uow: UnitOfWork, case_id: UUID, *, is_locked: bool = False) -> EditableCase:
    """Return a case whose filing the acting person may prepare, with its claims and acts; locked before it is read, to be filed.

    Raises:
        NotFound, Forbidden: the case may not be seen, or not be changed.
    """
    case = editable_case(uow, case_id)
    (locked_whole_case if is_locked else whole_case)(uow, case_id)
    return case


def may_prepare(uow: UnitOfWork, case: Case) -> bool:
    """Return whether the filing of a case may be prepared by who may change it: it is approved, or filed without a recorded day."""
    if case.stage is not Stage.APPROVED and case.stage not in STAGES_AFTER_FILING:
        return False
    return may_review(uow, case) and current_filing(uow, case.id) is None


def may_take_back(uow: UnitOfWork, case: Case, filing: Filing | None) -> bool:
    """Return whether the acting person may take a filing back: it was recorded in the last 72 hours."""
    if filing is None or case.stage is not Stage.FILED or filing.recorded_at < now() - TAKEN_BACK_WITHIN:
        return False
    return may_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case)


def check_evidence(uow: UnitOfWork, case: Case, evidence: Evidence) -> None:
    """Refuse that a file is removed which was in the case when it was filed.

    Raises:
        Invalid: the case was filed, and the file was there already.
    """
    filing = current_filing(uow, case.id)
    if filing is None and (case.suspended_from or case.stage) not in STAGES_AFTER_FILING:
        return
    if filing is None or evidence.created_at <= filing.recorded_at:
        raise Invalid(
            "%(number)s was in the case when the communication was filed, so it stays: what the Committee has must be shown to be the same.",
            values={"number": evidence.label},
        )


def one_year_until(uow: UnitOfWork, case: EditableCase) -> date | None:
    """Return the last safe day of the one-year clock that ends first; None if none runs, or it is filed already."""
    if not case.is_before_filing:
        return None
    clocks = assessed(uow, case).findings.clocks
    return min((one.safe_until for one in clocks if one.clock == "one-year" and one.safe_until), default=None)


def check_filing(uow: UnitOfWork, case: Case, new: NewFiling) -> CaseReview | None:
    """Check that a filing is possible, and return the approved version that is filed; None for a case filed long ago.

    Raises:
        Invalid: with a message for each faulty field; or no victim is recorded, or one has not consented that the case is
            submitted (OP-ICESCR art. 2); or the case has changed since its approval.
        Conflict: somebody saved the case meanwhile.
    """
    if case.version != new.version:
        raise stale(case)
    problems: dict[str, str] = {}
    zone = case.section.time_zone
    if new.filed_on > today(zone):
        problems["filed_on"] = "This day has not come yet. Record the filing once the communication was sent."
    elif new.filed_hour and datetime.combine(new.filed_on, new.filed_hour, ZoneInfo(zone)) > now():
        problems["filed_hour"] = "This time has not come yet. Record the filing once the communication was sent."
    if new.filed_on < load_thresholds().protocol_in_force.value:
        problems["filed_on"] = (
            "Nothing could be filed before 5 May 2013, when the Protocol entered into force. Check the year."
        )
    if not new.proof.strip():
        problems["proof"] = "Enter where the proof is, for example the number of the registered letter."
    if problems:
        raise Invalid("The filing was not recorded.", problems)
    require(uow, case, ConsentScope.SUBMIT)
    if not has_victim(uow, case):
        raise Invalid(
            "No victim is recorded in this case, and a communication is submitted by or for victims. Add who is concerned, with their consent, on the page “People”; then record the filing."
        )
    return check_filed_version(uow, case)


def not_to_disclose(uow: UnitOfWork, case: Case) -> list[Missing]:
    """Return the victims who have not consented that the State learns who they are. The author can ask the Committee for that."""
    return missing(uow, case, ConsentScope.DISCLOSE)


def prepare_filing(uow: UnitOfWork, case: EditableCase, new: NewFiling) -> PreparedFiling:
    """Prepare the filing of a case, which another person confirms. It replaces what was prepared before.

    The claims and remedies of the case are loaded (`whole_case`).

    Raises:
        Invalid: the case is not approved, has changed since, a field is impossible, no victim is recorded, or one has not
            consented.
        Conflict: somebody saved the case meanwhile.
    """
    check_filing(uow, case, new)
    if not may_prepare(uow, case):
        raise Invalid("The filing was not prepared: the case is not approved, or its filing is recorded already.")
    lock_case(uow, case.id)
    before = prepared_filing(uow, case)
    if before is not None:
        before.ended_at = now()
        uow.flush()
    prepared = PreparedFiling(
        id=uuid4(),
        case_id=case.id,
        filed_on=new.filed_on,
        filed_hour=new.filed_hour,
        channel=new.channel,
        proof=new.proof.strip(),
        note=new.note.strip(),
        prepared_by_id=uow.person.user_id,
    )
    uow.session.add(prepared)
    said = {name: change for name, change in changes_of(prepared).items() if name != "prepared_by_id"}
    uow.audit.record("filing.prepared", prepared, section_id=case.section_id, case_id=case.id, changes=said)
    uow.flush()
    return prepared


def is_as_approved(uow: UnitOfWork, case: Case) -> bool:
    """Return whether the present version of a case may be filed: it is the approved one, or the case was filed long ago."""
    try:
        check_filed_version(uow, case)
    except Invalid:
        return False
    return True


def may_confirm(uow: UnitOfWork, case: Case, prepared: PreparedFiling | None) -> bool:
    """Return whether the acting person may confirm a prepared filing: they approve cases, and somebody else prepared it."""
    if prepared is None or not may_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case):
        return False
    return prepared.prepared_by_id != uow.person.user_id or is_alone(uow, case)


def confirm_filing(uow: UnitOfWork, case: EditableCase, prepared: PreparedFiling, command: ConfirmFiling) -> Filing:
    """Confirm a prepared filing: the case is filed from now on, which ends its one-year clock.

    Raises:
        Forbidden: the role does not allow it, or the person prepared the filing.
        Invalid: as `prepare_filing` does; or the filing is recorded already.
        Conflict: somebody saved the case meanwhile.
    """
    require_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case)
    if not may_confirm(uow, case, prepared):
        raise Forbidden("You prepared this filing. Another coordinator of the section confirms it.")
    is_own = prepared.prepared_by_id == uow.person.user_id
    if is_own and not command.alone_because.strip():
        raise Invalid(
            "The filing was not confirmed.",
            {
                "alone_because": "Give the reason why you confirm what you prepared. It is shown on the page of the case."
            },
        )
    if prepared.ended_at is not None or not may_prepare(uow, case):
        raise Invalid("This filing was confirmed or prepared again meanwhile. Open the page again.")
    new = NewFiling(
        version=command.version,
        filed_on=prepared.filed_on,
        filed_hour=prepared.filed_hour,
        channel=prepared.channel,
        proof=prepared.proof,
        note=prepared.note,
    )
    review = check_filing(uow, case, new)
    prepared.ended_at = now()
    filing = Filing(
        id=uuid4(),
        case_id=case.id,
        **{name: getattr(new, name) for name in ("filed_on", "filed_hour", "channel", "proof", "note")},
        one_year_until=one_year_until(uow, case),
        recorded_by_id=uow.person.user_id,
        prepared_by_id=prepared.prepared_by_id,
        alone_because=command.alone_because.strip() if is_own else "",
        review_id=review.id if review else None,
    )
    uow.session.add(filing)
    unsaid = {"recorded_by_id", "prepared_by_id", "review_id"}
    said = {name: change for name, change in changes_of(filing).items() if name not in unsaid}
    uow.audit.record("filing.recorded", filing, section_id=case.section_id, case_id=case.id, changes=said)
    uow.flush()
    if case.stage is Stage.APPROVED:
        move_case(uow, case, MoveCase(version=new.version, to=Stage.FILED))
    return filing


def take_back(uow: UnitOfWork, case: EditableCase, command: TakeBack) -> Case:
    """Take the filing of a case back, which is approved again: its clocks run again.

    Raises:
        Forbidden: the role does not allow it.
        Invalid: the case is not filed, the reason is missing, or the filing was recorded too long ago.
        Conflict: somebody saved the case meanwhile.
    """
    return move_case(uow, case, MoveCase(version=command.version, to=Stage.APPROVED, reason=command.reason))
