"""Letters of the docket: what is refused, what answers what, who may remove one, and what follows for the stage."""

import pytest
from sqlalchemy import select, text

from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.features.cases.service import editable_case
from caseflow.features.communications import service
from caseflow.features.communications.commands import LetterDetails, MoveByDocket, NoAnswer, Removal
from caseflow.features.communications.queries import letters_of_case, one_letter
from caseflow.models import AuditEntry, Awaited, LetterDirection, LetterKind, Role, Stage
from caseflow.models.letter_kinds import LETTER_KINDS, PERIODS
from tests.factories import in_days, make_actor, make_letter, reload_case
from tests.features.communications.conftest import FILED_AGO

RECEIVED, SENT = LetterDirection.RECEIVED, LetterDirection.SENT
ASKED = {"awaited": Awaited.AUTHOR, "dated_on": in_days(-20), "received_on": in_days(-18), "due_on": in_days(10)}


def registered(runtime, by, case, **details):
    given = {"registration_number": "12/2013", "dated_on": in_days(-150), "awaited": Awaited.STATE, **details}
    return make_letter(runtime.units, by, case, "registration", **given)


def read(runtime, by, case, letter):
    with runtime.units.begin(by) as uow:
        return one_letter(uow, reload_case(runtime.units, by, case), letter.id)


def change(runtime, by, case, letter, **values):
    with runtime.units.begin(by) as uow:
        found = editable_case(uow, case.id)
        row = one_letter(uow, found, letter.id)
        answers = tuple(one.id for one in letters_of_case(uow, found) if one.answered_by_id == row.id)
        own = {name: getattr(row, name) for name in LetterDetails.__slots__ if hasattr(row, name)}
        return service.change_letter(uow, found, row, LetterDetails(**{**own, "answers": answers, **values}))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"dated_on": in_days(-FILED_AGO - 1)}, "dated_on"),
        ({"dated_on": in_days(2), "received_on": None}, "dated_on"),
        ({"received_on": in_days(2)}, "received_on"),
        ({"received_on": in_days(-21)}, "received_on"),
        ({"due_on": in_days(-19)}, "due_on"),
        ({"due_on": in_days(-21), "received_on": None}, "due_on"),
        ({"awaited": None}, "due_on"),
        ({"awaited": Awaited.COMMITTEE}, "due_on"),
        ({"kind": LetterKind.COMMENTS}, "direction"),
        ({"direction": SENT}, "direction"),
        ({"registration_number": "3/2026"}, "registration_number"),
        ({"kind": LetterKind.REGISTRATION, "awaited": Awaited.STATE}, "registration_number"),
        ({"kind": LetterKind.REGISTRATION, "registration_number": "12-2026"}, "registration_number"),
        ({"kind": LetterKind.REGISTRATION, "registration_number": "12/2099"}, "registration_number"),
    ],
)
def test_impossible_letters_are_refused_at_their_field(runtime, ana, case, wrong, field):
    letter = make_letter(runtime.units, ana, case, **ASKED)
    with pytest.raises(Invalid) as refused:
        make_letter(runtime.units, ana, case, **{**ASKED, **wrong})
    assert list(refused.value.fields) == [field]
    with pytest.raises(Invalid) as refused:
        change(runtime, ana, case, letter, **wrong)
    assert list(refused.value.fields) == [field]


def test_a_letter_of_the_day_of_filing_is_taken(runtime, ana, case):
    day = in_days(-FILED_AGO)
    assert make_letter(runtime.units, ana, case, "acknowledgement", dated_on=day, received_on=day).dated_on == day


def test_a_case_that_is_not_filed_has_no_docket(runtime, ana, approved):
    with pytest.raises(Invalid, match="begins once the case is filed"):
        make_letter(runtime.units, ana, approved)


def test_a_case_is_registered_once(runtime, ana, case):
    first = registered(runtime, ana, case)
    with pytest.raises(Invalid) as refused:
        registered(runtime, ana, case)
    assert "kind" in refused.value.fields
    assert change(runtime, ana, case, first, registration_number="13/2013").registration_number == "13/2013"


def test_an_answer_is_younger_than_its_question_and_goes_the_other_way(runtime, ana, case):
    asked = make_letter(runtime.units, ana, case, **ASKED)
    for wrong in (
        {"dated_on": in_days(-21)},
        {"kind": "information", "direction": RECEIVED},
    ):
        with pytest.raises(Invalid) as refused:
            make_letter(
                runtime.units, ana, case, **{"kind": "comments", "direction": SENT, "answers": (asked.id,), **wrong}
            )
        assert "answers" in refused.value.fields
    answer = make_letter(runtime.units, ana, case, "comments", direction=SENT, answers=(asked.id,))
    assert read(runtime, ana, case, asked).answered_by_id == answer.id
    with pytest.raises(Invalid) as refused:
        make_letter(runtime.units, ana, case, "comments", direction=SENT, answers=(asked.id,))
    assert "answers" in refused.value.fields, "it is answered already"


def test_what_is_answered_keeps_its_order_and_can_be_opened_again(runtime, ana, case):
    asked = make_letter(runtime.units, ana, case, **ASKED)
    answer = make_letter(
        runtime.units, ana, case, "comments", direction=SENT, dated_on=in_days(-9), answers=(asked.id,)
    )
    with pytest.raises(Invalid) as refused:
        change(runtime, ana, case, asked, dated_on=in_days(-8), received_on=None)
    assert "dated_on" in refused.value.fields
    with pytest.raises(Invalid) as refused:
        change(runtime, ana, case, asked, awaited=Awaited.STATE)
    assert "awaited" in refused.value.fields
    with pytest.raises(Invalid) as refused:
        change(runtime, ana, case, answer, dated_on=in_days(-21))
    assert "answers" in refused.value.fields
    change(runtime, ana, case, answer, answers=())
    assert read(runtime, ana, case, asked).is_open


def test_two_windows_do_not_overwrite_each_other(runtime, ana, case):
    letter = make_letter(runtime.units, ana, case, **ASKED)
    change(runtime, ana, case, letter, asks="Comments on the merits")
    with pytest.raises(Conflict):
        change(runtime, ana, case, letter, asks="Other", version=letter.version)


def remove(runtime, by, case, letter, reason="It belongs to another case."):
    with runtime.units.begin(by) as uow:
        found = editable_case(uow, case.id)
        row = one_letter(uow, found, letter.id)
        service.remove_letter(uow, found, row, Removal(version=row.version, reason=reason))


def test_a_letter_is_removed_by_the_one_who_entered_it_or_a_coordinator(runtime, section, ana, lead, case):
    ben = make_actor(runtime.units, (section, Role.CASEWORKER), name="Ben")
    asked = make_letter(runtime.units, ana, case, **ASKED)
    answer = make_letter(runtime.units, ana, case, "comments", direction=SENT, answers=(asked.id,))
    with pytest.raises(Forbidden):
        remove(runtime, ben, case, answer)
    with runtime.units.begin(ben) as uow:
        gone = uow.session.execute(text("DELETE FROM letter WHERE id = :id"), {"id": answer.id})
        assert gone.rowcount == 0, "nor past the service"
    with pytest.raises(Invalid):
        remove(runtime, lead, case, answer, " ")
    remove(runtime, lead, case, answer)
    assert read(runtime, ana, case, asked).is_open
    remove(runtime, ana, case, asked)
    with runtime.units.begin(ana) as uow:
        assert letters_of_case(uow, case) == []
        entries = uow.session.scalars(select(AuditEntry).where(AuditEntry.action == "letter.removed")).all()
    kept = {one.subject_id: one.changes for one in entries}
    assert kept[asked.id]["due_on"] == [in_days(10).isoformat(), None]
    assert kept[asked.id]["reason"] == [None, "It belongs to another case."]


def set_no_answer(runtime, by, case, letter, reason):
    with runtime.units.begin(by) as uow:
        found = editable_case(uow, case.id)
        row = one_letter(uow, found, letter.id)
        service.set_no_answer(uow, found, row, NoAnswer(version=row.version, reason=reason))


def test_no_answer_is_needed_only_with_a_reason(runtime, ana, case):
    asked = make_letter(runtime.units, ana, case, **ASKED)
    with pytest.raises(Invalid) as refused:
        set_no_answer(runtime, ana, case, asked, " ")
    assert "reason" in refused.value.fields
    set_no_answer(runtime, ana, case, asked, "The Committee dispensed with comments.")
    assert not read(runtime, ana, case, asked).is_open
    set_no_answer(runtime, ana, case, asked, "")
    assert read(runtime, ana, case, asked).is_open
    told = make_letter(runtime.units, ana, case, "acknowledgement")
    with pytest.raises(Invalid):
        set_no_answer(runtime, ana, case, told, "It asks nothing.")


def confirm(runtime, by, case, letter):
    with runtime.units.begin(by) as uow:
        found = editable_case(uow, case.id)
        row = one_letter(uow, found, letter.id)
        return service.confirm_day(uow, found, row, row.version)


def test_the_day_of_a_rule_is_taken_only_when_a_person_confirms_it(runtime, ana, case):
    letter = registered(runtime, ana, case, dated_on=in_days(-100))
    assert letter.due_on is None
    taken = confirm(runtime, ana, case, letter)
    assert (taken.due_on.month - letter.dated_on.month) % 12 == PERIODS["op_6_2"].months
    assert taken.due_rule == "op_6_2"
    with pytest.raises(Invalid):
        confirm(runtime, ana, case, letter)
    assert change(runtime, ana, case, letter, due_on=in_days(30)).due_rule == "", "now it is the day of the letter"
    comments = make_letter(runtime.units, ana, case, awaited=Awaited.AUTHOR)
    with pytest.raises(Invalid):
        confirm(runtime, ana, case, comments)


def move(runtime, by, case, to):
    with runtime.units.begin(by) as uow:
        found = editable_case(uow, case.id)
        service.move_by_docket(uow, found, MoveByDocket(version=found.version, to=to))
    return reload_case(runtime.units, by, case)


def test_the_docket_proposes_each_stage_in_turn(runtime, ana, lead, case):
    def refuse(to):
        with pytest.raises(Invalid):
            move(runtime, lead, case, to)

    refuse(Stage.REGISTERED)
    registered(runtime, ana, case)
    with pytest.raises(Forbidden):
        move(runtime, ana, case, Stage.REGISTERED)
    assert move(runtime, lead, case, Stage.REGISTERED).stage is Stage.REGISTERED
    refuse(Stage.PENDING)
    make_letter(runtime.units, ana, case, "state_merits", awaited=Awaited.AUTHOR)
    assert move(runtime, lead, case, Stage.PENDING).stage is Stage.PENDING
    refuse(Stage.DECIDED)
    make_letter(runtime.units, ana, case, "views", awaited=Awaited.STATE)
    assert move(runtime, lead, case, Stage.DECIDED).stage is Stage.DECIDED
    assert move(runtime, lead, case, Stage.FOLLOW_UP).stage is Stage.FOLLOW_UP


def test_every_kind_is_described_and_its_answer_can_answer_it():
    assert LETTER_KINDS.keys() == set(LetterKind)
    for kind in LETTER_KINDS.values():
        if kind.answers is not None:
            way = SENT if kind.awaited is Awaited.AUTHOR else RECEIVED
            assert way in LETTER_KINDS[kind.answers].directions
        assert kind.period is None or kind.awaited is Awaited.STATE
