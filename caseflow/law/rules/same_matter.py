"""`same-matter`: whether the same matter was or is before another international procedure, or was before the Committee.

Provision: OP-ICESCR art. 3(2)(c): the same matter has already been examined by the Committee, or has been or is being
examined under another procedure of international investigation or settlement.
Reading: the same matter is the same persons, the same facts and the same rights. Unlike under the first Protocol to the
Covenant on Civil and Political Rights, a completed examination bars as well. Which bodies count is data, not code
(`mechanisms.csv`, column nature). The day of filing decides: a procedure that ended later was pending then.
Met: no other procedure and no earlier communication, and that was checked; or only such as are never the same matter:
Special Procedures and the complaint procedure of the Human Rights Council, inquiries, collective procedures on a general
situation; or other persons and other facts; or one that began after the day.
Not met: the same persons, facts and rights were examined or are being examined under another procedure, or were
examined by the Committee. It is taken as something that can't be put right: what was examined stays examined. A pending
procedure can be withdrawn before it is examined, and the finding is then arguable.
Arguable: partly the same; rejected elsewhere without examination, or withdrawn (leans admissible); only the rights
differ (open); a collective procedure on the same persons (leans admissible); a body of which it is disputed whether
its procedure is one of investigation or settlement (open); pending before the Committee itself, since the article
speaks of what it has examined (open).
Unknown: it is not recorded whether there was another procedure or an earlier communication; or of one of them the body,
the status, or whether persons, facts and rights are the same.
Sources: the text of art. 3(2)(c), where a comparison with art. 5(2)(a) of the first Protocol helps; CESCR 4/2014, paras. 6.4
and 6.5; 5/2015, para. 11.2; 251/2022, para. 10.2.
"""

from collections.abc import Iterator
from typing import Final

from caseflow.law.case import Case, Opinion, weakest
from caseflow.law.dates import UncertainDate
from caseflow.law.findings import Favours, Finding
from caseflow.law.matter import Matter, earlier_communications, other_procedures
from caseflow.law.sentences import Items, joined, say

RULE: Final = "same-matter"
_GAPS: Final = {
    "body": say("which body it is before"),
    "status": say("its status"),
    "persons": say("whether the persons are the same"),
    "facts": say("whether the facts are the same"),
    "rights": say("whether the rights are the same"),
}
_DIFFERING: Final = {"persons": say("persons"), "facts": say("facts"), "rights": say("rights")}


def assess(case: Case) -> Iterator[Finding]:
    """Find whether the same matter was or is before another body, or was before the Committee."""
    matters = [*other_procedures(case), *earlier_communications(case)]
    yield case.finding(
        RULE, weakest([*_not_recorded(case), *(_assess(case, each) for each in matters)] or [_none(case)])
    )


def _not_recorded(case: Case) -> Iterator[Opinion]:
    if case.facts.other_procedures is None:
        because = say("Whether another international procedure was used is not recorded.")
        settles = say("whether another international procedure was used")
        yield Opinion("unknown", because, (case.facts.path("other_procedures"),), settles=settles)
    if case.facts.earlier_communications is None:
        because = say("Whether a communication was filed with the Committee before is not recorded.")
        settles = say("whether a communication was filed with the Committee before")
        yield Opinion("unknown", because, (case.facts.path("earlier_communications"),), settles=settles)


def _none(case: Case) -> Opinion:
    because = say("No other international procedure was used and no communication was filed with the Committee before.")
    facts = case.facts.path("other_procedures"), case.facts.path("earlier_communications")
    return Opinion("met", because, facts)


def _assess(case: Case, matter: Matter) -> Opinion:
    other_matter = _another_matter(case, matter)
    if other_matter is not None:
        return other_matter
    missing = _missing_facts(case, matter)
    if missing is not None:
        return missing
    opinions = [_by_status(matter, status) for status in sorted(filter(None, matter.statuses(case.on)))]
    if len({each.result for each in opinions}) > 1:
        because = say(
            "Whether {procedure} was still pending on {day} depends on the day on which it ended.",
            procedure=matter.name,
            day=case.on,
        )
        settles = say("the exact day on which {procedure} ended", procedure=matter.name)
        return Opinion("unknown", because, _facts(matter), settles=settles, dates=_dates(matter))
    return weakest(opinions)


def _another_matter(case: Case, matter: Matter) -> Opinion | None:
    """Return the opinion on a procedure that is certainly not the same matter; None when it may be."""
    if matter.nature == "never":
        because = say(
            "{procedure:first} is not one of international investigation or settlement of a case: it is never the same matter.",
            procedure=matter.name,
        )
        return Opinion("met", because, (matter.paths["body"],), sources=("never-the-same-matter",))
    if matter.status == "general_situation":
        because = say(
            "{procedure:first} is on a general situation: it is never the same matter.", procedure=matter.name
        )
        return Opinion("met", because, (matter.paths["status"],), sources=("general-situation",))
    if matter.sameness == "other":
        because = say("{procedure:first} concerns other persons and other facts.", procedure=matter.name)
        return Opinion("met", because, (matter.paths["persons"], matter.paths["facts"]), sources=("the-same-matter",))
    if matter.starts is not None and matter.begun(case.on) is False:
        because = say(
            "{procedure:first} began only {began:on}, after the day of filing.",
            procedure=matter.name,
            began=matter.starts,
        )
        return Opinion("met", because, (matter.paths["starts"],), dates=_dates(matter))
    return None


def _missing_facts(case: Case, matter: Matter) -> Opinion | None:
    """Return the opinion that facts about a procedure are missing; None when everything needed is recorded."""
    known = {"body": matter.nature, "status": matter.status, **matter.same}
    gaps = [field for field, value in known.items() if value is None]
    if gaps:
        because = say(
            "Whether {procedure} is on the same matter can't be said: not recorded is {gaps}.",
            procedure=matter.name,
            gaps=Items(tuple(_GAPS[gap] for gap in gaps)),
        )
        settles = joined(say("{gap} ({procedure})", gap=_GAPS[gap], procedure=matter.name) for gap in gaps)
        facts = tuple(matter.paths[gap] for gap in gaps)
        return Opinion("unknown", because, facts, settles=settles, sources=("the-same-matter",))
    if matter.starts is not None and matter.begun(case.on) is None:
        because = say(
            "Whether {procedure} had begun on {day} depends on the day: it began {began:on}.",
            procedure=matter.name,
            day=case.on,
            began=matter.starts,
        )
        settles = say("the exact day on which {procedure} began", procedure=matter.name)
        return Opinion("unknown", because, (matter.paths["starts"],), settles=settles, dates=_dates(matter))
    if None in matter.statuses(case.on):
        because = say(
            "{procedure:first} is recorded as pending, but also as ended: one of the two is wrong.",
            procedure=matter.name,
        )
        settles = say("the status of {procedure}", procedure=matter.name)
        return Opinion("unknown", because, _facts(matter), settles=settles, dates=_dates(matter))
    return None


def _by_status(matter: Matter, status: str) -> Opinion:  # noqa: PLR0911 - a case each
    """Return the opinion on a fully recorded procedure with the status that it had on the day."""
    name, facts, dates = matter.name, _facts(matter), _dates(matter)
    if matter.nature == "collective":
        because = say(
            "{procedure:first} is collective, but recorded as on the same persons or facts; on a general situation it would"
            " never be the same matter.",
            procedure=name,
        )
        settles = say("whether {procedure} was on a general situation", procedure=name)
        return Opinion("arguable", because, facts, "admissible", settles=settles, sources=("general-situation",))
    if matter.nature == "disputed":
        because = say(
            "Whether {procedure} is one of international investigation or settlement is disputed.", procedure=name
        )
        settles = say("a lawyer's view on whether the procedure counts")
        return Opinion("arguable", because, facts, "open", settles=settles, sources=("the-same-matter",))
    if status == "rejected_unexamined":
        because = say(
            "{procedure:first} ended without an examination of the case. The Committee asks for more than formal"
            " admissibility, and a general formula of a single judge is not enough.",
            procedure=name,
        )
        settles = say("the decision, to see whether it says anything on the merits")
        sources = ("rejected-unexamined",) if matter.nature == "individual" else ("reviewed-inadmissibility",)
        return Opinion("arguable", because, facts, "admissible", settles=settles, sources=sources, dates=dates)
    if status == "withdrawn":
        because = say(
            "{procedure:first} was withdrawn; it counts only if the case had been examined before.", procedure=name
        )
        settles = say("proof of the withdrawal, and that the case had not been examined")
        return Opinion("arguable", because, facts, "admissible", settles=settles, dates=dates)
    if matter.sameness == "partly":
        return _partly(matter)
    if status == "pending" and matter.nature == "own":
        because = say(
            "{procedure:first} is pending on the same persons, facts and rights; the article bars only what the Committee has"
            " examined.",
            procedure=name,
        )
        settles = say("the outcome of {procedure}, or its withdrawal", procedure=name)
        return Opinion("arguable", because, facts, "open", settles=settles, dates=dates)
    if status == "pending":
        because = say("{procedure:first} is pending on the same persons, facts and rights.", procedure=name)
        settles = say(
            "the withdrawal of {procedure} before the case is examined there, for a lawyer to weigh", procedure=name
        )
        return Opinion(
            "not_met", because, facts, cure="never", settles=settles, sources=("the-same-matter",), dates=dates
        )
    because = say("{procedure:first} has examined the same persons, facts and rights.", procedure=name)
    settles = say(
        "a comparison which shows that {procedure} was on other persons, facts or rights, if it was", procedure=name
    )
    return Opinion("not_met", because, facts, cure="never", settles=settles, sources=("the-same-matter",), dates=dates)


def _partly(matter: Matter) -> Opinion:
    differing = [what for what, same in matter.same.items() if same is False]
    favours: Favours = "open" if differing == ["rights"] else "admissible"
    because = say(
        "{procedure:first} is partly on the same matter: the {differing} differ.",
        procedure=matter.name,
        differing=Items(tuple(_DIFFERING[what] for what in differing)),
    )
    settles = say("a comparison of the persons, facts and rights in {procedure}", procedure=matter.name)
    return Opinion("arguable", because, _facts(matter), favours, settles=settles, sources=("the-same-matter",))


def _facts(matter: Matter) -> tuple[str, ...]:
    dated = [field for field, when in (("starts", matter.starts), ("ends", matter.ends)) if when is not None]
    used = ("body", "persons", "facts", "rights", "status", *dated)
    return tuple(matter.paths[field] for field in used if field in matter.paths)


def _dates(matter: Matter) -> tuple[UncertainDate, ...]:
    return tuple(when for when in (matter.starts, matter.ends) if when is not None)
