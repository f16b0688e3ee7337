"""`written-and-named`: whether the communication is in writing and says who its author is.

Provision: OP-ICESCR art. 3(2)(g): what is anonymous or not in writing is inadmissible.
Reading: the secretariat does not even receive such a communication (rule 1(3)). The author must be named to the Committee,
and the State will learn the name; keeping a name out of what is published is a separate request, and no reason to file
without one. What is not recorded is unknown: a name or a signature is never assumed.
Met: the author is named and the communication is in writing.
Not met: it is anonymous, or not in writing. Both can be put right before filing.
Arguable: never.
Unknown: it is not recorded whether the author is named, or whether the communication is in writing.
Sources: rules of procedure under the Protocol, E/C.12/5 (2022), rules 1(3) and 2(2).
"""

from collections.abc import Iterator
from typing import Final

from caseflow.law.case import Case, Opinion, weakest
from caseflow.law.findings import Finding
from caseflow.law.sentences import say

RULE: Final = "written-and-named"
_NAME: Final = say("the author's name and address")
_FORM: Final = say("a communication in writing, on the form of the Office of the High Commissioner")


def assess(case: Case) -> Iterator[Finding]:
    """Find whether the author is named and the communication is in writing."""
    yield case.finding(RULE, _opinion(case))


def _opinion(case: Case) -> Opinion:
    author = case.facts.author
    if author is None:
        because = say("Neither the author nor the form of the communication is recorded.")
        return Opinion("unknown", because, (case.facts.path("author"),), settles=_NAME + _FORM)
    named, written = case.facts.path("author", "named"), case.facts.path("author", "in_writing")
    if author.named and author.in_writing:
        return Opinion("met", say("The communication is in writing and names its author."), (named, written))
    return weakest([_named(author.named, named), _in_writing(author.in_writing, written)])


def _named(is_named: bool | None, path: str) -> Opinion:  # noqa: FBT001 - a fact of three values, passed on
    if is_named is None:
        return Opinion("unknown", say("Whether the author is named is not recorded."), (path,), settles=_NAME)
    if is_named:
        return Opinion("met", say("The author is named."), (path,))
    because = say(
        "The communication is anonymous. The author must be named to the Committee, and the State will learn the name;"
        " that it be left out of what is published can be asked for."
    )
    return Opinion(
        "not_met", because, (path,), cure="before_filing", settles=_NAME, sources=("not-received", "name-withheld")
    )


def _in_writing(is_written: bool | None, path: str) -> Opinion:  # noqa: FBT001 - a fact of three values, passed on
    if is_written is None:
        because = say("Whether the communication is in writing is not recorded.")
        return Opinion("unknown", because, (path,), settles=_FORM)
    if is_written:
        return Opinion("met", say("The communication is in writing."), (path,))
    because = say("The communication is not in writing.")
    return Opinion("not_met", because, (path,), cure="before_filing", settles=_FORM, sources=("not-received",))
