"""Articles 3(2)(e) and 4: substantiation and clear disadvantage."""

from datetime import date
from typing import Any

from tests.law.oracle.remedies import Remedy, decision_awaited

STAGES = (
    "ADM_REQ", "ADM_COMPL", "ADM_APPEAL", "OMBUDS_NHRI", "CONCIL", "URGENT", "COURT_1", "APPEAL", "CASSATION", "CONST",
    "EXTRA", "CRIM", "ENFORCE", "REGIONAL",
)  # fmt: skip


def substantiation(claim: dict[str, Any], on: date) -> str:
    evidence, remedies = claim.get("evidence"), claim.get("remedies")
    if evidence is None:
        return "unknown"
    kinds = [each.get("kind") for each in evidence]
    if all(kind == "media" for kind in kinds):
        return "not_met:before_filing"
    if all(kind in ("media", None) for kind in kinds):
        return "unknown"
    relied_on = [each for each in remedies or [] if _relied_on(each, on)]
    if remedies is not None and not relied_on:
        return "met"
    return "met" if any(_is_copy(each, relied_on) for each in evidence) else "arguable:open"


def _relied_on(remedy: Remedy, on: date) -> bool:
    """Whether there is, or may be, a decision."""
    return decision_awaited(remedy, on) != "yes" and remedy.get("outcome") not in ("withdrawn", "no_reply")


def _is_copy(piece: dict[str, Any], relied_on: list[Remedy]) -> bool:
    if piece.get("kind") != "decision":
        return False
    proves = piece.get("proves")
    return proves not in STAGES or not relied_on or any(each.get("stage") in (proves, None) for each in relied_on)


def clear_disadvantage(claim: dict[str, Any]) -> str:
    if (claim.get("disadvantage") or "").strip():
        return "met"
    return "arguable:open" if (claim.get("general_importance") or "").strip() else "unknown"
