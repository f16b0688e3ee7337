"""How answers are combined: those for the days of a vague date, and those for the parts of a claim."""

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
    """Return the worst answer, which decides among the parts of one question."""
    return min(answers, key=WORST_FIRST.index, default="met")


def best(answers: Iterable[str]) -> str:
    """Return the best answer, which decides where one of several arguments is enough."""
    return max(answers, key=WORST_FIRST.index)


def all_agree(answers: Iterable[str]) -> str:
    """Return the result that all days have, else unknown.

    Where only leanings differ the worst one counts, where only cures differ the mildest one.
    """
    different = set(answers)
    results = {answer.partition(":")[0] for answer in different}
    if len(results) > 1:
        return "unknown"
    return max(different, key=WORST_FIRST.index) if results == {"not_met"} else worst(different)
