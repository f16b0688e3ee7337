"""Every form that adds something: where it is, what is typed into it, and which table gets a row."""

from dataclasses import dataclass
from typing import Any

from caseflow.access import PersonActor
from caseflow.db.base import Base
from caseflow.models import (
    Absence,
    Act,
    Case,
    CaseFlag,
    CaseLink,
    CasePerson,
    Claim,
    ContactAttempt,
    ContactChannel,
    Deadline,
    DomesticRemedy,
    DossierBuild,
    EvidenceCustody,
    FollowUpStep,
    Holding,
    HousingApplication,
    InterimBreach,
    Intervention,
    Letter,
    Note,
    OtherProcedure,
    OtherTreatyArticle,
    PersonRelation,
    Recommendation,
    RemedyMap,
    RemedyMapStep,
    Reprisal,
    ReviewComment,
    Role,
    SavedList,
    Stage,
    StateObjection,
    Task,
    TaskTemplate,
)
from caseflow.runtime import Runtime
from caseflow.unit_of_work import Units
from tests.factories import (
    in_days,
    make_actor,
    make_case,
    make_claim,
    make_comment_of_old_case,
    make_evidence,
    make_letter,
    make_note,
    make_person,
    make_recommendation,
    make_remedy,
    make_section,
    move_to,
)
from tests.factories.dates import days_ago
from tests.factories.evidence import make_upload
from tests.factories.remedy_maps import make_map
from tests.factories.reprisals import make_reprisal


@dataclass(frozen=True)
class Adding:
    """One form: its address, with the ids of `Places`; what is typed; a field with another value; the table."""

    address: str
    typed: dict[str, Any]
    other: dict[str, Any]
    table: type[Base]


def boxes(name: str, days: int) -> dict[str, str]:
    day = in_days(days)
    return {f"{name}__{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


ADDING = {
    "cases.capture": Adding(
        "/cases/new", {"state_code": "ES", "right": "HOUSING", "title": "A family evicted"}, {"title": "Two"}, Case
    ),
    "intake.record": Adding(
        "/intake/record",
        {"state_code": "ES", "right": "HOUSING", "title": "A family evicted", "p1_name": "Rosa Navarro"},
        {"title": "Two"},
        Case,
    ),
    "saved_lists.add": Adding("/cases/saved/new?view=mine", {"name": "Mine"}, {"name": "All mine"}, SavedList),
    "claims.add": Adding("/cases/{case_id}/claims/new", {"label": "The flat"}, {"label": "The school"}, Claim),
    "claims.add_act": Adding(
        "/cases/{case_id}/claims/{claim_id}/acts/new", {"what": "Doors sealed"}, {"what": "Water cut"}, Act
    ),
    "claims.add_housing_application": Adding(
        "/cases/{case_id}/claims/{claim_id}/housing/new",
        {"authority": "Social services"},
        {"authority": "Housing office"},
        HousingApplication,
    ),
    "claims.add_other_treaty": Adding(
        "/cases/{case_id}/claims/{claim_id}/treaties/new", {"treaty": "ICCPR"}, {"treaty": "CRC"}, OtherTreatyArticle
    ),
    "objections.add": Adding(
        "/cases/{case_id}/objections/new", {"ground": "exhaustion"}, {"ground": "abuse"}, StateObjection
    ),
    "remedies.add": Adding(
        "/cases/{case_id}/claims/{claim_id}/remedies/new", {"stage": "COURT_1"}, {"stage": "APPEAL"}, DomesticRemedy
    ),
    "procedures.add": Adding(
        "/cases/{case_id}/procedures/new", {"body": "ECTHR"}, {"file_number": "12/34"}, OtherProcedure
    ),
    "interventions.add": Adding(
        "/cases/{case_id}/interventions/new",
        {"kind": "letter", "measure": "Asked for a stay"},
        {"party": "City of Valencia"},
        Intervention,
    ),
    "evidence.send": Adding(
        "/cases/{case_id}/evidence/{evidence_id}/sent", {"to": "Lawyer L1"}, {"to": "Translator"}, EvidenceCustody
    ),
    "communications.add": Adding(
        "/cases/{filed_id}/letters/new",
        {"kind": "other", "direction": "received", **boxes("dated_on", 0)},
        {"asks": "Another one"},
        Letter,
    ),
    "interim.breach": Adding(
        "/cases/{filed_id}/emergency/breach",
        {"claim_id": "{filed_claim_id}", "what": "Evicted", **boxes("happened_on", 0)},
        {"what": "Doors sealed"},
        InterimBreach,
    ),
    "reprisals.record": Adding(
        "/cases/{case_id}/reprisals/new",
        {"text": "They followed her", "whom": "A witness"},
        {"text": "They called her"},
        Reprisal,
    ),
    "reprisals.add": Adding(
        "/cases/{case_id}/reprisals/{reprisal_id}/new",
        {"kind": "result", "text": "They stopped"},
        {"text": "They came again"},
        Reprisal,
    ),
    "decision.add_recommendation": Adding(
        "/cases/{filed_id}/decision/recommendations/new",
        {"kind": "general", "text": "A law on evictions", "progress": "open"},
        {"text": "Training of judges"},
        Recommendation,
    ),
    "follow_up.add": Adding(
        "/cases/{filed_id}/recommendations/{recommendation_id}/new",
        {"kind": "observed", "text": "A working group met", **boxes("on_day", 0)},
        {"text": "It met again"},
        FollowUpStep,
    ),
    "case_flags.add": Adding(
        "/cases/{case_id}/flags/new", {"kind": "other", "reason": "Threats"}, {"reason": "Calls at night"}, CaseFlag
    ),
    "case_flags.add_several": Adding(
        "/cases/flag?chosen={case_id}", {"kind": "other", "reason": "Threats"}, {"reason": "Calls at night"}, CaseFlag
    ),
    "case_links.add": Adding(
        "/cases/{case_id}/links/new",
        {"reference": "{filed_reference}", "relation": "incident", "reason": "One eviction"},
        {"relation": "law"},
        CaseLink,
    ),
    "review.comment": Adding(
        "/cases/{reviewed_id}/review/comment",
        {"text": "See the date", "kind": "comment"},
        {"text": "See the place"},
        ReviewComment,
    ),
    "review.answer": Adding(
        "/cases/{reviewed_id}/review/comments/{comment_id}/answer", {"text": "Done"}, {"text": "Not yet"}, ReviewComment
    ),
    "dossier.build": Adding(
        "/cases/{case_id}/dossier/documents",
        {"kind": "redacted", "language": "en"},
        {"language": "es"},
        DossierBuild,
    ),
    "notes.add": Adding(
        "/cases/{case_id}/notes/new", {"kind": "call", "text": "She called"}, {"text": "He called"}, Note
    ),
    "notes.amend": Adding(
        "/cases/{case_id}/notes/{note_id}/amend", {"text": "On Monday"}, {"text": "On Tuesday"}, Note
    ),
    "tasks.add": Adding("/cases/{case_id}/tasks/new", {"title": "Copy the file"}, {"title": "Call V1"}, Task),
    "tasks_of_template.apply": Adding(
        "/cases/{case_id}/tasks/from-template?template=example:urgent-eviction&day-day=1&day-month=5&day-year=2040",
        {"chosen": "0"},
        {"chosen": "1"},
        Task,
    ),
    "task_templates.add": Adding(
        "/sections/ES/task-templates/new",
        {"name": "Eviction", "date_name": "Day of the eviction", "lines": "-3: Ask"},
        {"name": "Appeal"},
        TaskTemplate,
    ),
    "people.add": Adding(
        "/cases/{case_id}/people/new",
        {"roles": "victim", "kind": "individual", "name": "Rosa Navarro"},
        {"name": "Ana Vega"},
        CasePerson,
    ),
    "people.add_household": Adding(
        "/cases/{case_id}/people/household", {"people": "Rosa, 34"}, {"people": "Ana, 5"}, CasePerson
    ),
    "contacts.add_channel": Adding(
        "/cases/{case_id}/people/{case_person_id}/contact/channels/new",
        {"kind": "phone", "address": "+34 600 111 222", "rank": "1", "zone": "Europe/Madrid"},
        {"rank": "2"},
        ContactChannel,
    ),
    "contacts.log": Adding(
        "/cases/{case_id}/people/{case_person_id}/contact/attempts/new",
        {"kind": "phone", "result": "no_answer"} | boxes("made_on", 0),
        {"result": "reached"},
        ContactAttempt,
    ),
    "people.add_relation": Adding(
        "/cases/{case_id}/people/{case_person_id}/relations/new",
        {"kind": "parent", "other_id": "{other_id}"},
        {"kind": "guardian"},
        PersonRelation,
    ),
    "deadlines.add": Adding(
        "/cases/{case_id}/deadlines/new",
        {"title": "Ask for the file"} | boxes("due_on", 9),
        {"note": "Urgent"},
        Deadline,
    ),
    "remedy_maps.add": Adding(
        "/remedy-maps/new", {"state_code": "FI", "right": "HOUSING"}, {"right": "WATER"}, RemedyMap
    ),
    "remedy_maps.copy": Adding(
        "/remedy-maps/{map_id}/copy", {"state_code": "FI", "right": "HEALTH"}, {"right": "FOOD"}, RemedyMap
    ),
    "remedy_maps.add_step": Adding(
        "/remedy-maps/{map_id}/steps/new", {"stage": "COURT_1", "name": "Tožba"}, {"name": "Pritožba"}, RemedyMapStep
    ),
    "jurisprudence.add_holding": Adding(
        "/decisions/5-2015/holdings/new",
        {"sentence": "It was held.", "paragraph": "7.4"},
        {"paragraph": "7.5"},
        Holding,
    ),
    "reminders.add_absence": Adding(
        "/account/absences/new",
        {"substitute": "{colleague}"} | boxes("starts_on", 2) | boxes("ends_on", 4),
        boxes("ends_on", 5),
        Absence,
    ),
}
"""By endpoint. A new route that adds something belongs here."""
ADDS_NOTHING = {
    # changes a row that exists, which its version protects
    "saved_lists.rename", "cases.edit", "cases.move", "cases.assign", "cases.assign_several", "cases.take", "cases.write_contact", "filings.record", "filings.confirm", "filings.take_back", "interim.write", "interim.sign", "interim.sent", "review.ask", "review.resolve", "review.give_back", "review.sign", "claims.edit", "claims.edit_act", "claims.edit_housing_application", "claims.edit_other_treaty", "objections.edit", "objections.confirm",
    "contacts.edit_channel", "people.edit", "people.edit_role", "people.concerned", "people.grid", "identity.edit", "consent.ask", "consent.edit", "consent.withdraw", "consent.grounds", "identity.agree", "identity.setting",
    "remedies.edit", "remedies.move", "procedures.edit", "procedures.confirm", "interventions.edit", "evidence.edit", "notes.edit", "tasks.edit", "tasks.tick", "tasks.finish", "tasks.cancel", "tasks.reopen", "task_templates.edit", "task_templates.remove", "communications.edit", "decision.edit_outcome", "decision.edit_recommendation", "follow_up.edit", "communications.no_answer", "communications.confirm_day", "communications.move", "dossier.write", "dossier.write_of_claim", "dossier.write_of_rule", "deadlines.edit", "deadlines.give", "deadlines.complete",
    "remedy_maps.edit", "remedy_maps.review", "remedy_maps.edit_step", "remedy_maps.move_step", "reference.edit_state", "jurisprudence.edit", "jurisprudence.edit_holding",
    "treaties.edit", "section_contact.edit", "contact_rhythm.edit", "reminders.thresholds", "reminders.preferences", "cases.columns", "readiness.seen", "accounts.password", "accounts.language", "accounts.device", "accounts.device_link",
    # removes or ends
    "saved_lists.remove", "claims.remove", "case_flags.resolve", "case_flags.resolve_several", "case_links.remove",
    "claims.remove_act", "claims.remove_housing_application", "claims.remove_other_treaty", "objections.remove", "remedies.remove", "procedures.remove", "interventions.remove", "evidence.remove", "communications.remove", "decision.remove_outcome", "decision.remove_recommendation", "follow_up.remove", "remedy_maps.remove_step", "jurisprudence.remove_holding", "reminders.end_absence",
    "contacts.remove_channel", "contacts.remove_attempt", "people.remove", "people.remove_relation", "duplicates.merge", "duplicates.difference", "duplicate_cases.difference", "case_merges.show",
    "reminders.reset", "calendar.revoke_feed", "accounts.sign_out", "accounts.sign_out_everywhere",
    # keeps what is typed, or discards it
    "drafts.keep", "drafts.discard",
    # one row for each claim
    "decision.add_outcome",
    # one number for each piece of evidence
    "dossier.add_annexes", "dossier.add_annex", "dossier.leave_out",
    # one row for each person or deadline, whatever is sent
    "identity.reveal", "duplicates.compare", "case_merges.merge", "duplicates.say_different", "duplicate_cases.say_different", "deadlines.acknowledge", "deadlines.snooze", "deadlines.end_snooze", "calendar.own_feed", "notes.open_mentioned", "reminders.read",
    "reminders.read_all", "delivery.retry", "delivery.retry_lost", "delivery.clear", "delivery.seen", "delivery.test_mail",
    # files: a row that is as in the file is not written again
    "reference.import_file", "reference.write_file", "treaties.import_list", "treaties.write_list",
    # the same file is not stored twice: tests/features/evidence sends it twice
    "evidence.add",
    # the same file is found again, and a part that has arrived is left out: tests/features/evidence/test_uploads
    "evidence_uploads.begin", "evidence_uploads.take", "evidence_uploads.discard",
    # hands out a file as often as it is asked for, and records each time
    "chronology.download", "dossier.download", "interim.letter", "evidence.download", "case_list.download",
    # answers, and saves nothing but that it was asked
    "intake.search", "intake.consent", "cases.contact", "identity.find", "readiness.what_if", "reports.download", "reports.download_not_bound", "accounts.sign_in",
}  # fmt: skip
"""The other routes that take a form, and why sending them twice adds nothing."""


@dataclass(frozen=True)
class Places:
    """What the addresses need: a person who may do everything, and a case, a claim, a map and a colleague."""

    actor: PersonActor
    ids: dict[str, str]

    def address(self, adding: Adding) -> str:
        return adding.address.format(**self.ids)

    def typed(self, adding: Adding) -> dict[str, str]:
        return {name: value.format(**self.ids) for name, value in adding.typed.items()}


def filed_case(units: Units, by: PersonActor) -> Case:
    """Return a case that was filed and decided today."""
    case = make_case(units, by)
    make_remedy(units, by, make_claim(units, by, case), outcome="dismissed", decided=days_ago(30))
    move_to(
        units,
        by,
        case,
        Stage.VERIFICATION,
        Stage.DOMESTIC_REMEDIES,
        Stage.READINESS_REVIEW,
        Stage.APPROVED,
        Stage.FILED,
    )
    make_letter(units, by, case, "interim_granted")
    make_letter(units, by, case, "views")
    return case


def make_places(runtime: Runtime) -> Places:
    units = runtime.units
    section = make_section(units, "ES")
    head, colleague = (
        make_actor(units, (section, Role.SECTION_COORDINATOR), (section, Role.ADMINISTRATOR)),
        make_actor(units, (section, Role.CASEWORKER)),
    )
    case = make_case(units, head)
    claim, remedy_map = make_claim(units, head, case), make_map(units, head)
    person, other = make_person(units, head, case), make_person(units, head, case)
    filed = filed_case(units, head)
    ids = {
        "case_person_id": person.id,
        "other_id": other.id,
        "case_id": case.id,
        "filed_id": filed.id,
        "filed_claim_id": make_claim(units, head, filed).id,
        "filed_reference": filed.reference,
        "recommendation_id": make_recommendation(units, head, filed).id,
        "reviewed_id": case.id,
        "comment_id": make_comment_of_old_case(units, head, case).id,
        "claim_id": claim.id,
        "evidence_id": make_evidence(units, head, case).id,
        "upload_id": make_upload(units, head, case).id,
        "note_id": make_note(units, head, case).id,
        "reprisal_id": make_reprisal(units, head, case).id,
        "map_id": remedy_map.id,
        "colleague": colleague.user_id,
    }
    return Places(head, {name: str(value) for name, value in ids.items()})
