"""The version of a case: the same for the same, another for anything that would be filed, and for nothing else."""

import hashlib
import json
from dataclasses import replace

import pytest

from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import assign_case, describe_case, editable_case
from caseflow.features.consent.commands import ConsentDetails
from caseflow.features.consent.queries import consent_of
from caseflow.features.consent.service import record_consent
from caseflow.features.people.queries import people_of_case
from caseflow.features.review.snapshot.queries import (
    BOOKKEEPING,
    FILED_OF_CASE,
    canonical,
    columns_of,
    differences,
    version_of,
)
from caseflow.law.dates import UncertainDate
from caseflow.models import Case, Claim, Confidentiality, ConsentForm, ConsentScope, ConsentStatus, Urgency
from tests.factories import (
    alter_case,
    make_act,
    make_claim,
    make_deadline,
    make_evidence,
    make_intervention,
    make_note,
    make_objection,
    make_person,
    make_procedure,
    make_remedy,
    make_task,
)
from tests.factories.cases import description_of
from tests.factories.dossier import make_annex, make_text


def version(runtime, by, case):
    with runtime.units.begin(by) as uow:
        return version_of(uow, whole_case(uow, case.id))


def test_the_same_case_gives_the_same_canonical_text_and_its_hash(runtime, ana, lead, case):
    first, again = version(runtime, ana, case), version(runtime, lead, case)
    assert first.text == again.text
    assert first.sha256 == hashlib.sha256(first.text.encode()).digest()
    assert canonical(json.loads(first.text)) == first.text
    assert first.content["ruleset"]


CHANGED_FIELDS = {
    "title": "Another eviction",
    "state_code": "EC",
    "place_region": "Quito",
    "place_district": "North",
    "happened": UncertainDate.parse("2024-03"),
    "narrative": "More happened",
    "lateness_reason": "Ill",
    "is_without_other_procedures": True,
    "is_without_objections": True,
}


def test_every_field_of_the_case_that_would_be_filed_is_tried():
    assert set(CHANGED_FIELDS) == set(FILED_OF_CASE)


@pytest.mark.parametrize("field", FILED_OF_CASE)
def test_a_change_of_a_field_of_the_case_changes_the_version(runtime, ana, case, field):
    before = version(runtime, ana, case)
    alter_case(runtime.units, ana, case, **{field: CHANGED_FIELDS[field]})
    after = version(runtime, ana, case)
    assert after.sha256 != before.sha256
    assert field in {one.field for one in differences(before.content, after.content)}


ADDED = {
    "claim": lambda units, by, case: make_claim(units, by, case, rights=("HEALTH",)),
    "act": lambda units, by, case: make_act(units, by, case.claims[0]),
    "domestic_remedy": lambda units, by, case: make_remedy(units, by, case.claims[0], stage="APPEAL"),
    "case_person": lambda units, by, case: make_person(units, by, case, "witness"),
    "evidence": make_evidence,
    "dossier_annex": lambda units, by, case: make_annex(units, by, case, make_evidence(units, by, case)),
    "dossier_text": make_text,
    "other_procedure": make_procedure,
    "state_objection": make_objection,
}


@pytest.mark.parametrize("part", ADDED)
def test_a_new_row_changes_the_version_and_is_named(runtime, ana, case, part):
    before = version(runtime, ana, case)
    with runtime.units.begin(ana) as uow:
        loaded = whole_case(uow, case.id)
    ADDED[part](runtime.units, ana, loaded)
    after = version(runtime, ana, case)
    assert after.sha256 != before.sha256
    assert part in {one.part for one in differences(before.content, after.content) if one.is_added}
    assert part in {one.part for one in differences(after.content, before.content) if one.is_removed}


def test_every_column_of_a_claim_that_people_fill_is_in_the_version(runtime, ana, case):
    with runtime.units.begin(ana) as uow:
        (claim,) = whole_case(uow, case.id).claims
        filed = columns_of(claim)
    assert set(filed) == {column.key for column in Claim.__mapper__.column_attrs} - BOOKKEEPING


def test_a_consent_to_submit_and_a_name_change_the_version(runtime, ana, case):
    before = version(runtime, ana, case)
    with runtime.units.begin(ana) as uow:
        editable = editable_case(uow, case.id)
        (victim,) = people_of_case(uow, case)
        row = consent_of(uow, victim, ConsentScope.SUBMIT)
        details = ConsentDetails(
            version=row.version, status=ConsentStatus.GIVEN, decided_on=row.decided_on, how=ConsentForm.WITNESSED
        )
        record_consent(uow, editable, victim, ConsentScope.SUBMIT, details)
    after = version(runtime, ana, case)
    (change,) = differences(before.content, after.content)
    assert (change.part, change.name, change.field) == ("consent_submit", "V1", "how")
    person = make_person(runtime.units, ana, case, "witness", name="Rosa Navarro")
    named = version(runtime, ana, case)
    fields = named.content["rows"][f"case_person:{person.id}"]["fields"]
    assert fields["identity"]
    assert "Navarro" not in named.text


def test_what_is_not_filed_changes_nothing(runtime, ana, lead, case):
    before = version(runtime, ana, case)
    make_note(runtime.units, ana, case)
    make_task(runtime.units, ana, case)
    make_deadline(runtime.units, ana, case)
    make_intervention(runtime.units, ana, case)
    with runtime.units.begin(lead) as uow:
        row = editable_case(uow, case.id)
        assign_case(uow, row, row.version, lead.user_id)
    alter_case(runtime.units, lead, case, urgency=Urgency.URGENT)
    assert version(runtime, lead, case).sha256 == before.sha256


def test_the_columns_of_a_case_are_filed_or_left_out_by_name():
    """A new column of a case is named here, or in `FILED_OF_CASE`: it is not forgotten."""
    left_out = {
        "id", "section_id", "year", "number", "reference", "urgency", "confidentiality", "stage", "suspended_from",
        "owner_id", "opened_on", "rights", "contact_note_sealed", "version", "is_demo", "created_at", "search", "lookup",
        "search_version", "owner_works_here", "stale_version", "merged_into_id",
    }  # fmt: skip
    assert {one.key for one in Case.__mapper__.column_attrs} == left_out | set(FILED_OF_CASE)


def test_a_day_that_passes_and_new_versions_of_rules_are_no_difference(runtime, ana, case):
    before = version(runtime, ana, case).content
    later = {**before, "ruleset": "another", "data": "another"}
    assert differences(before, later) == []
    assert differences(before, {**before, "rows": {}})


def test_a_described_case_says_what_changed(runtime, ana, case):
    before = version(runtime, ana, case)
    with runtime.units.begin(ana) as uow:
        row = editable_case(uow, case.id)
        describe_case(uow, row, replace(description_of(row), narrative="New", confidentiality=Confidentiality.SECTION))
    (change,) = differences(before.content, version(runtime, ana, case).content)
    assert (change.part, change.field, change.after) == ("case", "narrative", "New")
