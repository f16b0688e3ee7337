"""The answer of the engine: findings and clocks with their reasons and sources, in the format `caseflow/findings/1`."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from caseflow.law.dates import UncertainDate
from caseflow.law.sentences import ENGLISH, Language, Sentence, Text, document, say, write, write_each

SCHEMA: Final = "caseflow/findings/1"

Result = Literal["met", "not_met", "arguable", "unknown"]
Favours = Literal["admissible", "inadmissible", "open"]
Outlook = Literal["barred", "premature", "incomplete", "arguable", "clear"]
ClockState = Literal["not_started", "running", "expired", "unknown"]
Cure = Literal["never", "in_time", "before_filing"]
"""How an unmet rule can be put right: never; by waiting or by a further domestic step; by the author before filing."""


class Finding(NamedTuple):
    """The answer of one rule for the case, for one claim, or for one victim of a claim."""

    rule: str
    citation: str
    claim: str | None
    victim: str | None
    result: Result
    favours: Favours | None
    because: Text
    facts: tuple[str, ...]
    settles: Text
    """What would settle the question; each sentence is an item."""
    sources: tuple[str, ...]
    cure: Cure | None = None
    """Used for the outlook; not part of the document."""

    def to_record(self) -> dict[str, Any]:
        """Return the finding as it is stored: with the messages of its texts, which are in no language yet."""
        return {
            "rule": self.rule,
            "citation": self.citation,
            "claim": self.claim,
            "victim": self.victim,
            "result": self.result,
            "favours": self.favours,
            "facts": list(self.facts),
            "sources": list(self.sources),
            "messages": {"because": document(self.because), "settles": document(self.settles)},
        }

    def to_document(self, language: Language = ENGLISH) -> dict[str, Any]:
        """Return the finding as the document holds it, with its texts in a language."""
        return {
            **self.to_record(),
            "citation": language.text(self.citation),
            "because": write(self.because, language),
            "settles": list(write_each(self.settles, language)),
            "sources": [language.text(source) for source in self.sources],
        }


class Clock(NamedTuple):
    """One time limit. `safe_until` is the last safe day; `arguable_until` the last day that can still be argued for.

    `days_left` counts to the safe day, or to the arguable one where there is no safe day, and is negative afterwards.
    The clock that counts from extraordinary remedies has no safe day: nobody should rely on it.
    """

    clock: str
    citation: str
    claim: str | None
    victim: str | None
    state: ClockState
    starts: UncertainDate | None
    safe_until: date | None
    arguable_until: date | None
    days_left: int | None
    because: Text
    path: str = ""
    """JSON pointer to the fact it counts from. It distinguishes clocks of one name; not part of the document."""

    def to_record(self) -> dict[str, Any]:
        """Return the clock as it is stored: with the messages of its text, which are in no language yet."""
        return {
            "clock": self.clock,
            "citation": self.citation,
            "claim": self.claim,
            "victim": self.victim,
            "state": self.state,
            "starts": self.starts.edtf if self.starts else None,
            "safe_until": self.safe_until.isoformat() if self.safe_until else None,
            "arguable_until": self.arguable_until.isoformat() if self.arguable_until else None,
            "days_left": self.days_left,
            "messages": {"because": document(self.because)},
        }

    def to_document(self, language: Language = ENGLISH) -> dict[str, Any]:
        """Return the clock as the document holds it, with its text in a language."""
        written = {"citation": language.text(self.citation), "because": write(self.because, language)}
        return {**self.to_record(), **written}


class Checked(NamedTuple):
    """When and by whom the rules were last compared with their sources, and whether that is too long ago."""

    on: date
    by: str
    is_stale: bool

    @property
    def text(self) -> Text:
        """Return this in a sentence or two."""
        who: Text = (Sentence(self.by),)
        said = say("The rules were last compared with their sources on {day}, by {who}.", day=self.on, who=who)
        if not self.is_stale:
            return said
        return said + say(
            "That is longer ago than the coalition relies on a check: compare the readings and figures again before filing."
        )

    def to_record(self) -> dict[str, Any]:
        """Return this as it is stored."""
        return {"on": self.on.isoformat(), "by": self.by, "is_stale": self.is_stale}

    def to_document(self, language: Language = ENGLISH) -> dict[str, Any]:
        """Return this as the document holds it, with its text in a language."""
        return {**self.to_record(), "by": language.text(self.by), "because": write(self.text, language)}


@dataclass(frozen=True, slots=True)
class Findings:
    """All answers for one case on one day."""

    route: str
    on: date
    ruleset: str
    data: str
    outlook: Outlook
    findings: tuple[Finding, ...]
    clocks: tuple[Clock, ...]
    checked: Checked | None = None
    """None in answers that were stored before this was kept."""

    def to_record(self) -> dict[str, Any]:
        """Return the answer as it is stored: in no language, because whoever reads it says in which."""
        return {
            **self._versions(),
            "checked": self.checked.to_record() if self.checked else None,
            "findings": [finding.to_record() for finding in self.findings],
            "clocks": [clock.to_record() for clock in self.clocks],
        }

    def to_document(self, language: Language = ENGLISH) -> dict[str, Any]:
        """Return the document `caseflow/findings/1`, with its texts in a language."""
        return {
            **self._versions(),
            "checked": self.checked.to_document(language) if self.checked else None,
            "findings": [finding.to_document(language) for finding in self.findings],
            "clocks": [clock.to_document(language) for clock in self.clocks],
        }

    def _versions(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "route": self.route,
            "on": self.on.isoformat(),
            "ruleset": self.ruleset,
            "data": self.data,
            "outlook": self.outlook,
        }
