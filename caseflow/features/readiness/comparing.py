"""Parsing stored answers, and comparing two of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseflow.law import Clock, Finding, Findings, UncertainDate
from caseflow.law.findings import Checked
from caseflow.law.sentences import Text, as_written, from_document


def findings_of(document: Mapping[str, Any]) -> Findings:
    """Return an answer from its stored document."""
    return Findings(
        route=document["route"],
        on=date.fromisoformat(document["on"]),
        ruleset=document["ruleset"],
        data=document["data"],
        outlook=document["outlook"],
        findings=tuple(_finding(one) for one in document["findings"]),
        clocks=tuple(_clock(one) for one in document["clocks"]),
        checked=_checked(document.get("checked")),
    )


def _checked(document: Mapping[str, Any] | None) -> Checked | None:
    if document is None:
        return None
    return Checked(date.fromisoformat(document["on"]), document["by"], document["is_stale"])


def _finding(document: Mapping[str, Any]) -> Finding:
    lists: dict[str, Any] = {name: tuple(document[name]) for name in ("facts", "sources")}
    names = ("rule", "citation", "claim", "victim", "result", "favours")
    because, settles = _text(document, "because"), _text(document, "settles")
    return Finding(**{name: document[name] for name in names}, **lists, because=because, settles=settles)


def _clock(document: Mapping[str, Any]) -> Clock:
    names = ("clock", "citation", "claim", "victim", "state", "days_left")
    days: dict[str, Any] = {name: _day(document[name]) for name in ("safe_until", "arguable_until")}
    starts = UncertainDate.parse(document["starts"]) if document["starts"] else None
    because = _text(document, "because")
    return Clock(**{name: document[name] for name in names}, **days, starts=starts, because=because)


def _text(document: Mapping[str, Any], name: str) -> Text:
    """Return sentences of a finding or clock. Answers stored before November 2026 have them as English text only."""
    if "messages" in document:
        return from_document(document["messages"][name])
    written = document[name]
    return as_written(*([written] if isinstance(written, str) else written))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class ChangedFinding:
    """A finding whose result, leaning or cure differs; `before` or `after` is None where there is no such finding."""

    before: Finding | None
    after: Finding | None

    @property
    def finding(self) -> Finding:
        """Return the finding after the change, or before it where it no longer exists."""
        found = self.after or self.before
        assert found is not None
        return found


def changed_findings(before: Findings, after: Findings) -> list[ChangedFinding]:
    """Return the findings whose result, leaning or cure differs between two answers, in the order of the later one."""
    old, new = ({_key(one): one for one in answer.findings} for answer in (before, after))
    keys = [*new, *(key for key in old if key not in new)]
    changes = [ChangedFinding(old.get(key), new.get(key)) for key in keys]
    return [change for change in changes if _result(change.before) != _result(change.after)]


def _key(finding: Finding) -> tuple[str, str | None, str | None]:
    return finding.rule, finding.claim, finding.victim


def _result(finding: Finding | None) -> tuple[str | None, ...] | None:
    """Return what is compared. Stored answers have no cure, so it only differs between two fresh ones."""
    return (finding.result, finding.favours, finding.cure) if finding else None
