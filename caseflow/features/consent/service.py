"""The service of consent: record answers, withdraw them, and refuse what a person does not allow.

OP-ICESCR art. 2: on behalf of victims a communication is submitted with their consent, unless the author can justify acting
without it.
"""

from datetime import date
from typing import Final

from caseflow.audit import Changes, assign_changes, changes_of
from caseflow.clock import today
from caseflow.days import check_year
from caseflow.errors import Code, Invalid, stale
from caseflow.features.cases.queries import lock_case
from caseflow.features.cases.service import EditableCase
from caseflow.features.consent.commands import ConsentAnswers, ConsentDetails, Grounds, Withdrawal
from caseflow.features.consent.queries import Missing, consent_of, missing_consents, representatives
from caseflow.law import load_vocabularies
from caseflow.models import (
    Case,
    CasePerson,
    Consent,
    ConsentScope,
    ConsentStanding,
    ConsentStatus,
    Stage,
)
from caseflow.unit_of_work import UnitOfWork

MAY_END: Final = frozenset({ConsentStatus.GIVEN, ConsentStatus.NOT_NEEDED})
DENIED: Final = frozenset({ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN})
_WORST: Final = (
    ConsentStanding.WITHDRAWN,
    ConsentStanding.REFUSED,
    ConsentStanding.EXPIRED,
    ConsentStanding.NOT_ASKED,
)
"""What a refusal tells first."""


def require(uow: UnitOfWork, case: Case, scope: ConsentScope, person: CasePerson | None = None) -> None:
    """Require the consent of every victim of a case for a scope, or of one person. It is read again, under the lock of the case.

    Raises:
        Invalid: names by code name those whose consent is not there, and the scope.
    """
    lock_case(uow, case.id)  # so that nobody withdraws between this check and the commit
    uow.flush()
    found = missing_consents(uow, case, scope, today(case.section.time_zone), person)
    if found:
        raise Invalid(
            "%(people)s: there is no consent for “%(scope)s” (%(standing)s). Ask, and record the answer on the page of the person, or why consent is not needed.",
            values=_who(found, scope),
        )


def forbid_denied(uow: UnitOfWork, case: Case, scope: ConsentScope, person: CasePerson) -> None:
    """Refuse what a person does not allow: the scope was refused or withdrawn, whether or not anybody asked before.

    It is read again, under the lock of the case.

    Raises:
        Invalid: names the person by code name, and the scope.
    """
    lock_case(uow, case.id)
    uow.flush()
    row = consent_of(uow, person, scope)
    if row is not None and row.status in DENIED:
        raise Invalid(
            "%(people)s does not allow this: “%(scope)s” (%(standing)s). If that has changed, record the new answer on the page of the person first.",
            values=_who([Missing(person.code_name, ConsentStanding(row.status.value))], scope),
        )


def check_record(uow: UnitOfWork, case: Case, person: CasePerson) -> None:
    """Refuse that anything more is recorded of a person who does not allow a record.

    Raises:
        Invalid: as `forbid_denied` does.
    """
    forbid_denied(uow, case, ConsentScope.RECORD, person)


def _who(found: list[Missing], scope: ConsentScope) -> dict[str, object]:
    """Return the values of a refusal: of the people those with the gravest answer, because one answer is said."""
    standing = next(one for one in _WORST if any(each.standing is one for each in found))
    people = ", ".join(one.code_name for one in found if one.standing is standing)
    return {
        "people": people,
        "scope": Code("consent_scope", scope.value),
        "standing": Code("consent_answer", standing.value),
    }


def missing(uow: UnitOfWork, case: Case, scope: ConsentScope) -> list[Missing]:
    """Return the victims of a case without consent for a scope."""
    return missing_consents(uow, case, scope, today(case.section.time_zone))


def check_move(uow: UnitOfWork, case: Case, to: Stage, reason: str) -> None:
    """Refuse a move of a case to a stage without the consent that it needs.

    Raises:
        Invalid: a victim did not consent to a referral; or the case is approved without consent to submit it and no reason.
    """
    if to is Stage.REFERRED:
        require(uow, case, ConsentScope.REFER)
    if to is Stage.APPROVED and not reason.strip() and (found := missing(uow, case, ConsentScope.SUBMIT)):
        raise Invalid(
            "The stage was not changed.",
            {
                "reason": "%(people)s: there is no consent for “%(scope)s” (%(standing)s). Give the reason why the case is approved nevertheless."
            },
            values=_who(found, ConsentScope.SUBMIT),
        )


def record_consent(
    uow: UnitOfWork, case: EditableCase, person: CasePerson, scope: ConsentScope, details: ConsentDetails
) -> Consent:
    """Record the answer of a person for a scope, or change its details. An answer after a withdrawal is a new act.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: an answer or a date is impossible, or consent that was given would be refused instead of withdrawn.
    """
    lock_case(uow, case.id)
    row = consent_of(uow, person, scope)
    if row is not None and row.version != details.version:
        raise stale(row)
    row = row or Consent(case_id=case.id, case_person_id=person.id, scope=scope)
    _check(uow, case, person, row, details)
    return _write(uow, case, person, row, details)


def record_answers(uow: UnitOfWork, case: EditableCase, person: CasePerson, new: ConsentAnswers) -> list[Consent]:
    """Record the answers of a person for several scopes that were asked on one occasion.

    Raises:
        Invalid: nothing is answered; a scope was given or withdrawn already, so that it has a page of its own; or as
            `record_consent` does.
    """
    if not new.answers:
        raise Invalid("Nothing is answered yet. Choose an answer for at least one line.")
    lock_case(uow, case.id)
    rows = {scope: consent_of(uow, person, scope) for scope in new.answers}
    problems: dict[str, str] = {}
    for scope, row in rows.items():
        if row is not None and row.status in {ConsentStatus.GIVEN, ConsentStatus.WITHDRAWN}:
            problems[f"scope_{scope.value}"] = (
                "This was answered meanwhile: it was given or withdrawn. Choose no change here, and use the page of this consent."
            )
    if problems:
        raise Invalid("Nothing was saved.", problems)
    recorded = []
    for scope, status in new.answers.items():
        row = rows[scope] or Consent(case_id=case.id, case_person_id=person.id, scope=scope)
        details = _details_of(new, status)
        _check(uow, case, person, row, details)
        recorded.append(_write(uow, case, person, row, details))
    return recorded


def _details_of(new: ConsentAnswers, status: ConsentStatus) -> ConsentDetails:
    """Return one of the answers with what was said for all; the reason is of those that are not needed."""
    is_needed = status is not ConsentStatus.NOT_NEEDED
    return ConsentDetails(
        status=status,
        reason=None if is_needed else new.reason,
        words="" if is_needed else new.words,
        given_by_id=new.given_by_id,
        decided_on=new.decided_on,
        how=new.how,
        proof=new.proof,
    )


def withdraw(
    uow: UnitOfWork, case: EditableCase, person: CasePerson, scope: ConsentScope, command: Withdrawal
) -> Consent:
    """Withdraw a consent. What follows becomes a deadline of the case; grounds and vulnerability are removed with theirs.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: there is no consent that could be withdrawn, or the day is impossible.
    """
    lock_case(uow, case.id)
    row = consent_of(uow, person, scope)
    if row is None or row.status not in MAY_END:
        raise Invalid("There is no consent to withdraw: it was not given, or it has been withdrawn already.")
    if row.version != command.version:
        raise stale(row)
    problems: dict[str, str] = {}
    _check_day(problems, case, command.decided_on)
    if command.decided_on < row.decided_on:
        problems["decided_on"] = "This day is before the consent was given. Check the dates."
    _check_representative(problems, uow, person, command.given_by_id)
    if problems:
        raise Invalid("The withdrawal was not saved.", problems)
    assign_changes(row, command, status=ConsentStatus.WITHDRAWN, reason=None, until=None, words=command.words.strip())
    if scope is ConsentScope.SENSITIVE and person.groups:
        person.groups = []
        uow.audit.record("person.groups_removed", person, section_id=case.section_id, case_id=case.id)
    _record(uow, case, person, row, "consent.withdrawn")
    return row


def record_groups(uow: UnitOfWork, case: EditableCase, person: CasePerson, command: Grounds) -> CasePerson:
    """Record grounds and vulnerability of a person, with their consent for it.

    Raises:
        Conflict: somebody saved the role meanwhile; carries the saved row.
        Invalid: there is no consent, or a group is not known.
    """
    check_record(uow, case, person)
    require(uow, case, ConsentScope.SENSITIVE, person)
    if person.version != command.version:
        raise stale(person)
    if not set(command.groups) <= {term.code for term in load_vocabularies().groups}:
        raise Invalid("The group is not known.", {"groups": "Choose from the list."})
    assign_changes(person, command)
    uow.audit.record("person.groups_recorded", person, section_id=case.section_id, case_id=case.id)
    uow.facts_changed(case.id)
    return person


def _write(uow: UnitOfWork, case: EditableCase, person: CasePerson, row: Consent, details: ConsentDetails) -> Consent:
    """Write an answer into a row, which is new if it has no status yet."""
    action = "consent.changed" if row.version else "consent.recorded"
    if row.status is ConsentStatus.WITHDRAWN:
        action = "consent.answered_again"
    assign_changes(row, details, until=details.until if details.status in MAY_END else None)
    uow.session.add(row)
    _record(uow, case, person, row, action)
    return row


def _record(uow: UnitOfWork, case: Case, person: CasePerson, consent: Consent, action: str) -> None:
    """Record an act, with the person and the scope, which the changes of a row do not tell."""
    said: Changes = {"consent_of": [None, person.code_name], "scope": [None, consent.scope.value]}
    said |= {
        name: change
        for name, change in changes_of(consent).items()
        if name not in {"scope", "case_person_id", "given_by_id", "case_id"}
    }
    uow.audit.record(action, consent, section_id=case.section_id, case_id=case.id, changes=said)
    uow.flush()
    uow.facts_changed(case.id)


def _check(uow: UnitOfWork, case: Case, person: CasePerson, row: Consent, details: ConsentDetails) -> None:
    problems: dict[str, str] = {}
    _check_day(problems, case, details.decided_on)
    if row.status is ConsentStatus.GIVEN and details.status is ConsentStatus.REFUSED:
        problems["status"] = "This consent was given. If the person has changed their mind, withdraw it."
    if details.status is ConsentStatus.WITHDRAWN:
        problems["status"] = "A consent is withdrawn on a page of its own, which says what it stops."
    if row.status is ConsentStatus.WITHDRAWN and details.decided_on < row.decided_on:
        problems["decided_on"] = "This day is before the withdrawal. Only a later answer counts."
    if details.status is ConsentStatus.GIVEN and details.how is None:
        problems["how"] = "Choose how the person consented."
    _check_reason(problems, details)
    _check_end(problems, details)
    _check_representative(problems, uow, person, details.given_by_id)
    if problems:
        raise Invalid("The consent was not saved.", problems)


def _check_reason(problems: dict[str, str], details: ConsentDetails) -> None:
    if details.status is not ConsentStatus.NOT_NEEDED:
        if details.reason is not None:
            problems["reason"] = "A reason belongs to the answer “not needed” alone. Choose “It is needed” here."
        return
    if details.reason is None:
        problems["reason"] = "Choose why consent is not needed."
    if not details.words.strip():
        problems["words"] = "Say in one line why, without names: the Committee asks for it."


def _check_end(problems: dict[str, str], details: ConsentDetails) -> None:
    check_year(problems, "until", details.until)
    if details.until is not None and details.until < details.decided_on:
        problems["until"] = "This day is before the answer."


def _check_day(problems: dict[str, str], case: Case, on: date) -> None:
    check_year(problems, "decided_on", on)
    if on > today(case.section.time_zone):
        problems["decided_on"] = "This day has not come yet."


def _check_representative(problems: dict[str, str], uow: UnitOfWork, person: CasePerson, given_by_id: object) -> None:
    if given_by_id is not None and given_by_id not in {one.id for one in representatives(uow, person)}:
        problems["given_by_id"] = "Choose the person, or a parent, guardian or heir of theirs in this case."
