"""The published schemas agree with the code."""

import json
from dataclasses import fields
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from jsonschema import Draft202012Validator

from caseflow.law import facts as shapes
from caseflow.law import load_vocabularies
from caseflow.law.data import load_schema
from caseflow.law.dates import UncertainDate
from caseflow.law.engine import RULES_OF_THE_PROTOCOL
from tests.law.building import claim, document, found, remedy

SCHEMA = dict(load_schema("case-facts"))
OBJECTS = {
    shapes.CaseFacts: SCHEMA,
    shapes.Author: SCHEMA["$defs"]["author"],
    shapes.Victim: SCHEMA["$defs"]["victim"],
    shapes.Claim: SCHEMA["$defs"]["claim"],
    shapes.Act: SCHEMA["$defs"]["act"],
    shapes.Remedy: SCHEMA["$defs"]["remedy"],
    shapes.RemedyNotUsed: SCHEMA["$defs"]["remedy_not_used"],
    shapes.Delay: SCHEMA["$defs"]["delay"],
    shapes.Evidence: SCHEMA["$defs"]["evidence"],
    shapes.HousingApplication: SCHEMA["$defs"]["housing_application"],
    shapes.OtherTreatyArticle: SCHEMA["$defs"]["other_treaty_article"],
    shapes.StateObjection: SCHEMA["$defs"]["state_objection"],
    shapes.OtherProcedure: SCHEMA["$defs"]["other_procedure"],
    shapes.EarlierCommunication: SCHEMA["$defs"]["earlier_communication"],
}


@pytest.mark.parametrize("name", ["case-facts", "findings"])
def test_the_schemas_are_valid_schemas(name: str) -> None:
    Draft202012Validator.check_schema(dict(load_schema(name)))


@pytest.mark.parametrize("shape", OBJECTS)
def test_a_dataclass_has_the_fields_of_its_object(shape: type) -> None:
    hints = get_type_hints(shape)
    named = {each.metadata.get("name", each.name): hints[each.name] for each in fields(shape)}
    named.pop(None, None)
    properties = OBJECTS[shape]["properties"]
    assert list(named) == list(properties)
    assert OBJECTS[shape]["additionalProperties"] is False
    for name, hint in named.items():
        inner = next(part for part in get_args(hint) if part is not type(None)) if isinstance(hint, UnionType) else hint
        assert kind_of(properties[name]) == kind_of_hint(inner), name


def kind_of(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    if schema.get("format") in ("edtf", "exact-day"):
        return schema["format"]
    if "enum" in schema or "const" in schema:
        return "string"
    kinds = schema["type"]
    return kinds if isinstance(kinds, str) else kinds[0]


def kind_of_hint(hint: Any) -> str:
    if get_origin(hint) is tuple:
        return "array"
    names = {str: "string", bool: "boolean", UncertainDate: "edtf"}
    return names.get(hint, "object" if hint in OBJECTS else "exact-day")


def test_the_codes_of_the_schema_are_those_of_the_vocabularies() -> None:
    words = load_vocabularies()
    remedies, claims = SCHEMA["$defs"]["remedy"]["properties"], SCHEMA["$defs"]["claim"]["properties"]
    pairs = [
        (remedies["stage"], words.remedy_stages),
        (remedies["kind"], words.remedy_kinds),
        (remedies["outcome"], words.outcomes),
        (claims["rights"]["items"], words.rights),
        (SCHEMA["$defs"]["remedy_not_used"]["properties"]["reason"], words.reasons_not_used),
        (SCHEMA["$defs"]["evidence"]["properties"]["kind"], words.evidence_kinds),
        (SCHEMA["$defs"]["victim"]["properties"]["consent"], words.consents),
        (SCHEMA["$defs"]["other_procedure"]["properties"]["body"], words.bodies),
        (SCHEMA["$defs"]["other_procedure"]["properties"]["status"], words.procedure_statuses),
    ]
    for schema, terms in pairs:
        assert [code for code in schema["enum"] if code is not None] == [term.code for term in terms]


def test_the_schema_has_the_size_limits_of_the_code() -> None:
    top, inner, of_remedy = (
        SCHEMA["properties"],
        *(SCHEMA["$defs"][name]["properties"] for name in ("claim", "remedy")),
    )
    for lists, most in (
        ((top["claims"],), shapes.MOST_CLAIMS),
        ((top["victims"], inner["victims"], of_remedy["victims"]), shapes.MOST_VICTIMS),
        ((inner["acts"],), shapes.MOST_ACTS),
        ((inner["remedies"], inner["remedies_not_used"]), shapes.MOST_REMEDIES),
    ):
        assert {each["maxItems"] for each in lists} == {most}


def test_findings_are_valid_by_their_schema() -> None:
    schema = dict(load_schema("findings"))
    assert schema["$defs"]["finding"]["properties"]["rule"]["enum"] == list(RULES_OF_THE_PROTOCOL)
    second = claim(id="two", remedies=[remedy(next_step="CASSATION"), remedy(kind="extraordinary", decided="2018")])
    for facts in (document(), document(second), document(claims=None), document(state=None)):
        Draft202012Validator(schema).validate(json.loads(json.dumps(dict(found(facts).to_document()))))


def test_the_example_facts_are_valid_by_the_schema() -> None:
    for path in (Path(__file__).parent / "examples" / "facts").iterdir():
        Draft202012Validator(SCHEMA).validate(json.loads(path.read_text()))


def test_every_violation_type_belongs_to_known_rights_and_codes_are_unique() -> None:
    words = load_vocabularies()
    rights = {right.code for right in words.rights}
    codes = [kind.code for kind in words.violation_types]
    assert len(codes) == len(set(codes))
    assert all(set(kind.rights) <= rights for kind in words.violation_types)
    of_sanitation = {kind.code for kind in words.violation_types if "SANIT" in kind.rights or not kind.rights}
    assert {"WATER_DISCONNECTION", "PROCEDURE_DELAY"} <= of_sanitation
