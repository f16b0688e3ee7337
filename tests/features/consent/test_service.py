"""Consent by person and scope: what is recorded, what it refuses and allows, and what a withdrawal brings."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.consent.commands import ConsentAnswers, ConsentDetails, Grounds, Withdrawal
from caseflow.features.consent.queries import consent_of
from caseflow.features.consent.service import (
    missing,
    record_answers,
    record_consent,
    record_groups,
    require,
    withdraw,
)
from caseflow.features.people.commands import NewRelation
from caseflow.features.people.facts import facts
from caseflow.features.people.queries import one_person
from caseflow.features.people.service import add_relation, remove_person
from caseflow.models import (
    AuditEntry,
    Consent,
    ConsentForm,
    ConsentScope,
    ConsentStanding,
    ConsentStatus,
    DeadlineKind,
    NoConsentReason,
    RelationKind,
    Role,
    Stage,
    standing,
)
from tests.factories import (
    deadlines_seen,
    file_case,
    in_days,
    make_actor,
    make_case,
    make_claim,
    make_consent,
    make_person,
    make_remedy,
    make_review,
    make_section,
    move_to,
    reload_case,
    share,
    sign,
    withdraw_consent,
)

GIVEN, REFUSED, NOT_NEEDED = ConsentStatus.GIVEN, ConsentStatus.REFUSED, ConsentStatus.NOT_NEEDED
SUBMIT, REFER, SENSITIVE = ConsentScope.SUBMIT, ConsentScope.REFER, ConsentScope.SENSITIVE
TO_REVIEW = (Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def lead(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


@pytest.fixture
def case(runtime, lead):
    case = make_case(runtime.units, lead)
    claim = make_claim(runtime.units, lead, case)
    make_remedy(runtime.units, lead, claim, stage="CASSATION", outcome="dismissed")
    return case


@pytest.fixture
def person(runtime, lead, case):
    return make_person(runtime.units, lead, case)


def details(**given) -> ConsentDetails:
    return ConsentDetails(**{"status": GIVEN, "decided_on": in_days(0), "how": ConsentForm.SIGNED} | given)


def recorded(runtime, lead, case, person, scope=SUBMIT, **given) -> Consent:
    with runtime.units.begin(lead) as uow:
        return record_consent(
            uow, editable_case(uow, case.id), one_person(uow, case, person.id), scope, details(**given)
        )


def standing_of(runtime, lead, case, person, *, scope=SUBMIT, days=0) -> ConsentStanding:
    with runtime.units.begin(lead) as uow:
        return standing(one_person(uow, case, person.id).consents, scope, in_days(days))


def acts(runtime, lead, case) -> list[str]:
    with runtime.units.begin(lead) as uow:
        entries = uow.session.scalars(select(AuditEntry).where(AuditEntry.case_id == case.id)).all()
        return sorted(one.action for one in entries if one.action.startswith("consent"))


def test_not_asked_is_an_answer(runtime, lead, case, person):
    assert standing_of(runtime, lead, case, person) is ConsentStanding.NOT_ASKED
    recorded(runtime, lead, case, person)
    assert standing_of(runtime, lead, case, person) is ConsentStanding.GIVEN
    assert standing_of(runtime, lead, case, person, scope=REFER) is ConsentStanding.NOT_ASKED


def test_a_consent_expires(runtime, lead, case, person):
    recorded(runtime, lead, case, person, until=in_days(5))
    assert standing_of(runtime, lead, case, person, days=5) is ConsentStanding.GIVEN
    assert standing_of(runtime, lead, case, person, days=6) is ConsentStanding.EXPIRED


@pytest.mark.parametrize(
    "faulty",
    [
        ({"decided_on": in_days(2)}, "decided_on"),
        ({"decided_on": date(1899, 5, 3)}, "decided_on"),
        ({"until": date(2199, 5, 3)}, "until"),
        ({"how": None}, "how"),
        ({"status": NOT_NEEDED, "words": "Four years old"}, "reason"),
        ({"status": NOT_NEEDED, "reason": NoConsentReason.CHILD}, "words"),
        ({"reason": NoConsentReason.CHILD}, "reason"),
        ({"until": in_days(-1)}, "until"),
        ({"status": ConsentStatus.WITHDRAWN}, "status"),
    ],
)
def test_an_impossible_answer_is_refused(runtime, lead, case, person, faulty):
    given, at = faulty
    with pytest.raises(Invalid) as refused:
        recorded(runtime, lead, case, person, **given)
    assert at in refused.value.fields


def test_somebody_answers_for_a_child_by_the_right_of_a_relation(runtime, lead, case, person):
    mother = make_person(runtime.units, lead, case, "author")
    with pytest.raises(Invalid) as refused:
        recorded(runtime, lead, case, person, given_by_id=mother.id)
    assert "given_by_id" in refused.value.fields
    with runtime.units.begin(lead) as uow:
        relation = NewRelation(person_id=mother.id, other_id=person.id, kind=RelationKind.PARENT)
        add_relation(uow, editable_case(uow, case.id), relation)
    consent = recorded(runtime, lead, case, person, given_by_id=mother.id)
    assert consent.given_by_id == mother.id
    with runtime.units.begin(lead) as uow:
        remove_person(uow, editable_case(uow, case.id), one_person(uow, case, mother.id))
    assert standing_of(runtime, lead, case, person) is ConsentStanding.GIVEN


def test_a_consent_goes_with_the_role_of_its_person(runtime, lead, case, person):
    recorded(runtime, lead, case, person)
    with runtime.units.begin(lead) as uow:
        remove_person(uow, editable_case(uow, case.id), one_person(uow, case, person.id))
    with runtime.units.begin(lead) as uow:
        assert uow.session.scalars(select(Consent)).all() == []


def test_an_older_form_changes_nothing(runtime, lead, case, person):
    first = recorded(runtime, lead, case, person)
    with pytest.raises(Conflict):
        recorded(runtime, lead, case, person, version=first.version + 1)


def test_a_consent_is_withdrawn_and_not_turned_into_a_refusal(runtime, lead, case, person):
    first = recorded(runtime, lead, case, person)
    with pytest.raises(Invalid) as refused:
        recorded(runtime, lead, case, person, version=first.version, status=REFUSED)
    assert "status" in refused.value.fields


def test_a_withdrawal_is_never_undone_silently(runtime, lead, case, person):
    recorded(runtime, lead, case, person, until=in_days(40))
    row = withdraw_consent(runtime.units, lead, case, person)
    assert (row.status, row.until) == (ConsentStatus.WITHDRAWN, None)
    answers = ConsentAnswers(answers={SUBMIT: GIVEN}, decided_on=in_days(0), how=ConsentForm.SIGNED)
    with runtime.units.begin(lead) as uow, pytest.raises(Invalid) as refused:
        record_answers(uow, editable_case(uow, case.id), one_person(uow, case, person.id), answers)
    assert "scope_submit" in refused.value.fields
    with pytest.raises(Invalid) as refused:
        recorded(runtime, lead, case, person, version=row.version, decided_on=in_days(-3))
    assert "decided_on" in refused.value.fields
    recorded(runtime, lead, case, person, version=row.version)
    assert acts(runtime, lead, case) == ["consent.answered_again", "consent.recorded", "consent.withdrawn"]


def test_only_what_was_given_is_withdrawn(runtime, lead, case, person):
    command = Withdrawal(version=1, decided_on=in_days(0))
    for given in ({}, {"status": REFUSED}):
        if given:
            recorded(runtime, lead, case, person, **given)
        with runtime.units.begin(lead) as uow, pytest.raises(Invalid):
            withdraw(uow, editable_case(uow, case.id), one_person(uow, case, person.id), SUBMIT, command)


def test_several_scopes_are_answered_on_one_occasion(runtime, lead, case, person):
    answers = {SUBMIT: NOT_NEEDED, REFER: REFUSED, ConsentScope.SHARE: GIVEN}
    new = ConsentAnswers(
        answers=answers,
        decided_on=in_days(0),
        how=ConsentForm.TELEPHONE,
        reason=NoConsentReason.CHILD,
        words="Four years old",
    )
    with runtime.units.begin(lead) as uow:
        record_answers(uow, editable_case(uow, case.id), one_person(uow, case, person.id), new)
    with runtime.units.begin(lead) as uow:
        rows = {one.scope: one for one in one_person(uow, case, person.id).consents}
    assert {scope: row.status for scope, row in rows.items()} == answers
    assert (rows[SUBMIT].words, rows[REFER].words) == ("Four years old", "")


def refusal(runtime, lead, case, scope, person=None) -> str:
    with runtime.units.begin(lead) as uow:
        editable = editable_case(uow, case.id)
        try:
            require(uow, editable, scope, person and one_person(uow, case, person.id))
        except Invalid as error:
            return str(error)
        return ""


@pytest.mark.parametrize("scope", ConsentScope)
def test_every_scope_refuses_and_allows(runtime, lead, case, person, scope):
    said = refusal(runtime, lead, case, scope)
    assert said.startswith("V1:")
    assert "(not asked)" in said
    make_consent(runtime.units, lead, case, person, scope, status=REFUSED)
    assert "(refused)" in refusal(runtime, lead, case, scope)
    make_consent(runtime.units, lead, case, person, scope)
    assert not refusal(runtime, lead, case, scope)
    withdraw_consent(runtime.units, lead, case, person, scope)
    assert "(withdrawn)" in refusal(runtime, lead, case, scope)
    words = {"reason": NoConsentReason.DETAINED, "words": "Held without visits"}
    make_consent(runtime.units, lead, case, person, scope, status=NOT_NEEDED, **words)
    assert not refusal(runtime, lead, case, scope)


def test_every_victim_is_asked_and_nobody_else(runtime, lead, case, person):
    second = make_person(runtime.units, lead, case)
    make_person(runtime.units, lead, case, "witness")
    make_consent(runtime.units, lead, case, person)
    assert refusal(runtime, lead, case, SUBMIT).startswith("V2:")
    make_consent(runtime.units, lead, case, second)
    assert not refusal(runtime, lead, case, SUBMIT)


def test_an_approval_without_consent_to_submit_needs_a_reason_and_two_people(runtime, section, lead, case, person):
    move_to(runtime.units, lead, case, *TO_REVIEW)
    first, second = (make_actor(runtime.units, (section, Role.SECTION_COORDINATOR)) for _ in range(2))
    make_review(runtime.units, lead, case, first, second)
    with pytest.raises(Invalid) as refused:
        sign(runtime.units, first, case, reason="")
    assert "reason" in refused.value.fields
    assert sign(runtime.units, first, case, "She signs tomorrow").stops == ["consent"]
    assert reload_case(runtime.units, lead, case).stage is Stage.READINESS_REVIEW
    with pytest.raises(Forbidden):
        sign(runtime.units, first, case, "She signs tomorrow")
    sign(runtime.units, second, case)
    assert reload_case(runtime.units, lead, case).stage is Stage.APPROVED


def file(runtime, lead, case) -> None:
    file_case(runtime.units, lead, case)


def test_a_filing_needs_consent_to_submit(runtime, lead, case, person):
    move_to(runtime.units, lead, case, *TO_REVIEW, Stage.APPROVED)
    with pytest.raises(Invalid) as refused:
        file(runtime, lead, case)
    assert str(refused.value).startswith("V1:")
    assert reload_case(runtime.units, lead, case).stage is Stage.APPROVED
    make_consent(runtime.units, lead, case, person)
    move_to(runtime.units, lead, case, Stage.READINESS_REVIEW, Stage.APPROVED)
    file(runtime, lead, case)
    assert reload_case(runtime.units, lead, case).stage is Stage.FILED


def test_a_referral_needs_consent_to_refer(runtime, lead, case, person):
    with pytest.raises(Invalid, match="V1"):
        move_to(runtime.units, lead, case, Stage.REFERRED)
    make_consent(runtime.units, lead, case, person, REFER)
    assert move_to(runtime.units, lead, case, Stage.REFERRED).stage is Stage.REFERRED


def grounds(runtime, lead, case, person, *groups) -> None:
    with runtime.units.begin(lead) as uow:
        row = one_person(uow, case, person.id)
        record_groups(uow, editable_case(uow, case.id), row, Grounds(version=row.version, groups=groups))


def test_grounds_need_consent_and_go_with_it(runtime, lead, case, person):
    with pytest.raises(Invalid, match="V1"):
        grounds(runtime, lead, case, person, "ROMA")
    make_consent(runtime.units, lead, case, person, SENSITIVE)
    grounds(runtime, lead, case, person, "ROMA")
    with pytest.raises(Invalid) as refused:
        grounds(runtime, lead, case, person, "TALL")
    assert "groups" in refused.value.fields
    withdraw_consent(runtime.units, lead, case, person, SENSITIVE)
    with runtime.units.begin(lead) as uow:
        assert one_person(uow, case, person.id).groups == []
        entries = uow.session.scalars(select(AuditEntry).where(AuditEntry.case_id == case.id)).all()
        assert "ROMA" not in str([one.changes for one in entries])


def consent_deadlines(runtime, lead) -> list[tuple[str, object, bool]]:
    rows = [one for one in deadlines_seen(runtime.units, lead) if one.kind is DeadlineKind.CONSENT_EXPIRY]
    return [(one.key.partition(":")[0], one.due_on, one.done_at is not None) for one in rows]


def test_expiry_and_withdrawal_are_deadlines(runtime, lead, case, person):
    recorded(runtime, lead, case, person, until=in_days(40))
    assert consent_deadlines(runtime, lead) == [("consent", in_days(40), False)]
    row = withdraw_consent(runtime.units, lead, case, person)
    after = {("consent", in_days(40), True), ("consent_withdrawn", in_days(7), False)}
    assert set(consent_deadlines(runtime, lead)) == after
    recorded(runtime, lead, case, person, version=row.version)
    assert all(is_done for *_, is_done in consent_deadlines(runtime, lead))


def victim_of(runtime, lead, case):
    with runtime.units.begin(lead) as uow:
        row = whole_case(uow, case.id)
        part = facts(uow, [row])[row.id]
    return part.case["victims"][0], part.places["/victims/0/consent"]


def test_the_engine_is_told_of_the_consent_to_submit(runtime, lead, case, person):
    victim, place = victim_of(runtime, lead, case)
    assert (victim.consent, place.endpoint, place.subject) == (None, "consent.ask", "V1")
    make_consent(runtime.units, lead, case, person, SUBMIT, status=REFUSED)
    assert victim_of(runtime, lead, case)[0].consent == "missing"
    reason = {"reason": NoConsentReason.CHILD, "words": "Four years old"}
    make_consent(runtime.units, lead, case, person, SUBMIT, status=NOT_NEEDED, **reason)
    victim = victim_of(runtime, lead, case)[0]
    assert (victim.consent, victim.consent_reason) == ("justified", "Four years old")
    make_consent(runtime.units, lead, case, person)
    assert victim_of(runtime, lead, case)[0].consent == "signed"
    make_consent(runtime.units, lead, case, person, until=in_days(0), decided_on=in_days(0))
    assert victim_of(runtime, lead, case)[0].consent == "signed"
    withdraw_consent(runtime.units, lead, case, person)
    assert victim_of(runtime, lead, case)[0].consent == "missing"


def test_who_submits_consents_unless_that_was_refused(runtime, lead, case):
    author = make_person(runtime.units, lead, case, "victim", "author")
    assert victim_of(runtime, lead, case)[0].consent == "author"
    make_consent(runtime.units, lead, case, author, status=REFUSED)
    assert victim_of(runtime, lead, case)[0].consent == "missing"


def test_nobody_records_consent_in_a_case_that_they_may_only_read(runtime, lead, case, person):
    other = make_section(runtime.units, "EC")
    reader = make_actor(runtime.units, (other, Role.CASEWORKER))
    share(runtime.units, lead, case, other)
    with pytest.raises(Forbidden):
        recorded(runtime, reader, case, person)


def test_missing_tells_what_was_answered(runtime, lead, case, person):
    make_consent(runtime.units, lead, case, person, until=in_days(0) + timedelta(days=1))
    with runtime.units.begin(lead) as uow:
        row = editable_case(uow, case.id)
        assert missing(uow, row, SUBMIT) == []
        assert [(one.code_name, one.standing) for one in missing(uow, row, REFER)] == [
            ("V1", ConsentStanding.NOT_ASKED)
        ]
        assert consent_of(uow, one_person(uow, case, person.id), SUBMIT).status is GIVEN
