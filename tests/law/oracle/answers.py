"""How answers are put together: over the days of a vague date, and over the parts of a claim."""

from collections.abc import Iterable

WORST_FIRST = (
    "not_met:never",
    "not_met:in_time",
    "not_met:before_filing",
    "unknown",
    "arguable:inadmissible",
    "arguable:open",
    "arguable:admissible",
    "met",
)


def worst(answers: Iterable[str]) -> str:
    """Of the parts of one question the worst decides."""
    return min(answers, key=WORST_FIRST.index, default="met")


def all_agree(answers: Iterable[str]) -> str:
    """Decided only if every day says the same; leanings may differ, then the worst counts, and cures, then the mildest."""
    different = set(answers)
    results = {answer.partition(":")[0] for answer in different}
    if len(results) > 1:
        return "unknown"
    return max(different, key=WORST_FIRST.index) if results == {"not_met"} else worst(different)
