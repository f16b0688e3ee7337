"""Article 3(2)(d): is the claim about a right of the Covenant, and about an act of the State?"""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from tests.law.oracle.combining import worst


@cache
def articles_of_rights() -> dict[str, list[str]]:
    text = (files("caseflow.law.data") / "vocabularies.json").read_text(encoding="utf-8")
    return {row["code"]: row["articles"] for row in json.loads(text)["rights"]}


def covenant_right(claim: dict[str, Any]) -> str:
    return worst([_right(claim), _attribution(claim)])


def _right(claim: dict[str, Any]) -> str:
    rights, articles = claim.get("rights") or [], claim.get("articles") or []
    inside = [text for text in articles if 1 <= number(text) <= 15]
    outside = [text for text in articles if text not in inside]
    if not rights and not inside:
        nothing_left_open = claim.get("rights") is not None and claim.get("articles") is not None
        return "not_met:never" if outside or nothing_left_open else "unknown"
    if outside and not inside:
        return "unknown"
    own = [text for text in inside if number(text) > 5]
    if rights and own and not any(_agree(right, text) for right in rights for text in own):
        return "unknown"
    of_rights = [text for right in rights for text in articles_of_rights()[right]]
    if not own and not any(number(text) > 5 for text in of_rights):
        return _general(inside + of_rights)
    return "arguable:admissible" if outside else "met"


def _general(articles: list[str]) -> str:
    """Articles 1 to 5 carry no claim alone."""
    if not articles:
        return "unknown"
    return "arguable:open" if any(number(text) == 1 for text in articles) else "arguable:admissible"


def _agree(right: str, text: str) -> bool:
    own = [each for each in articles_of_rights()[right] if number(each) > 5]
    if not own:
        return True
    return any(_within(each, text) or _within(text, each) for each in articles_of_rights()[right])


def _within(one: str, other: str) -> bool:
    """11 is around 11(1)."""
    outer, inner = re.findall(r"\w+", one), re.findall(r"\w+", other)
    return inner[: len(outer)] == outer


def number(text: str) -> int:
    found = re.search(r"\d+", text)
    return int(found[0]) if found else 0


def _attribution(claim: dict[str, Any]) -> str:
    acts = [each.get("attributable_to_state") for each in claim.get("acts") or []]
    if None in acts:
        return "unknown"
    if acts and not any(acts):
        return "not_met:never"
    return "arguable:admissible" if False in acts else "met"
