"""The claims and acts of a case, for the law engine, and where each fact is entered."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from caseflow import law
from caseflow.models import Act, Case, Claim, HousingApplication, OtherTreatyArticle
from caseflow.sources import FactsPart, FieldPlace, Term
from caseflow.unit_of_work import UnitOfWork

CLAIM_FIELDS = {
    "rights": ("right", "rights"),
    "articles": ("articles", "articles"),
    "disadvantage": ("disadvantage", "disadvantage"),
    "general_importance": ("general_importance", "general_importance"),
    "delay/claimed": ("delay_claimed", "delay_claimed"),
    "delay/since": ("delay_since-day", "delay_since"),
    "delay/explanation": ("delay_explanation", "delay_explanation"),
}
"""The path of a fact below its claim -> the id of its form field, and its column."""
ACT_FIELDS = {
    "what": ("what", "what"),
    "from": ("began-day", "began"),
    "until": ("ended-day", "ended"),
    "continuing": ("is_continuing", "is_continuing"),
    "continuing_reason": ("continuing_reason", "continuing_reason"),
    "attributable_to_state": ("is_attributable", "is_attributable"),
}

HOUSING_FIELDS = {
    "authority": ("authority", "authority"),
    "applied": ("applied-day", "applied"),
    "answered": ("answered-day", "answered"),
    "answer": ("answer", "answer"),
}


def facts(_uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, FactsPart]:
    """Return the claims of each case with their acts."""
    return {case.id: _facts(case) for case in cases}


def _facts(case: Case) -> FactsPart:
    add = FieldPlace(endpoint="claims.add", anchor="right", words=("place", "new_claim"), row_id=case.id)
    places: dict[str, FieldPlace] = {"/claims": add}
    values = {claim.id: _claim(f"/claims/{number}", claim, places) for number, claim in enumerate(case.claims)}
    return FactsPart(claims=values, places=places)


def _claim(path: str, claim: Claim, places: dict[str, FieldPlace]) -> Mapping[str, object]:
    ids = {"claim_id": claim.id}
    places[path] = _place("claims.edit", ids, ("right", "rights"))
    places[f"{path}/acts"] = FieldPlace(
        endpoint="claims.add_act", anchor="what", words=("place", "new_act"), ids=ids, row_id=claim.id
    )
    for fact, field in CLAIM_FIELDS.items():
        places[f"{path}/{fact}"] = _place("claims.edit", ids, field)
    acts = tuple(_act(f"{path}/acts/{number}", act, places) for number, act in enumerate(claim.acts))
    places[f"{path}/housing_applications"] = FieldPlace(
        endpoint="claims.add_housing_application",
        anchor="authority",
        words=("place", "new_housing_application"),
        ids=ids,
        row_id=claim.id,
    )
    housing = tuple(
        _housing(f"{path}/housing_applications/{number}", row, places)
        for number, row in enumerate(claim.housing_applications)
    )
    places[f"{path}/other_treaty_articles"] = FieldPlace(
        endpoint="claims.add_other_treaty",
        anchor="treaty",
        words=("place", "new_other_treaty"),
        ids=ids,
        row_id=claim.id,
    )
    treaties = tuple(
        _treaty(f"{path}/other_treaty_articles/{number}", row, places)
        for number, row in enumerate(claim.other_treaty_articles)
    )
    return {
        "rights": tuple(claim.rights),
        "articles": tuple(claim.articles),
        "acts": acts or None,
        "delay": law.Delay(claim.delay_claimed, claim.delay_since, claim.delay_explanation or None),
        "disadvantage": claim.disadvantage or None,
        "general_importance": claim.general_importance or None,
        "housing_applications": housing or None,
        "other_treaty_articles": treaties or None,
    }


def _act(path: str, act: Act, places: dict[str, FieldPlace]) -> law.Act:
    ids = {"act_id": act.id}
    places[path] = _place("claims.edit_act", ids, ("what", "what"), act.what)
    for fact, field in ACT_FIELDS.items():
        places[f"{path}/{fact}"] = _place("claims.edit_act", ids, field, act.what)
    return law.Act(
        what=act.what,
        start=act.began,
        until=act.ended,
        continuing=act.is_continuing,
        continuing_reason=act.continuing_reason or None,
        attributable_to_state=act.is_attributable,
    )


def _housing(path: str, row: HousingApplication, places: dict[str, FieldPlace]) -> law.HousingApplication:
    ids = {"housing_application_id": row.id}
    for fact, field in HOUSING_FIELDS.items():
        places[f"{path}/{fact}"] = _place("claims.edit_housing_application", ids, field, row.authority)
    return law.HousingApplication(row.authority or None, row.applied, row.answered, row.answer)


def _treaty(path: str, row: OtherTreatyArticle, places: dict[str, FieldPlace]) -> law.OtherTreatyArticle:
    ids = {"other_treaty_id": row.id}
    for name in ("treaty", "article"):
        places[f"{path}/{name}"] = _place("claims.edit_other_treaty", ids, (name, name), ("other_treaty", row.treaty))
    return law.OtherTreatyArticle(row.treaty, row.article or None)


def _place(endpoint: str, ids: Mapping[str, UUID], field: tuple[str, str], subject: str | Term = "") -> FieldPlace:
    anchor, column = field
    (row_id,) = ids.values()
    return FieldPlace(
        endpoint=endpoint, anchor=anchor, words=("field", column), subject=subject, ids=ids, row_id=row_id
    )
