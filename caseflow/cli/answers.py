"""An answer of the engine as text for the terminal, in the language asked for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from caseflow.law import Clock, Finding, Findings
from caseflow.law.contradictions import Contradiction
from caseflow.law.sentences import Language, Text, say, write, write_each

_OUTLOOKS: Final = {
    "barred": say("barred"),
    "premature": say("premature"),
    "incomplete": say("incomplete"),
    "arguable": say("arguable"),
    "clear": say("clear"),
}
_RESULTS: Final = {
    "met": say("met"),
    "not_met": say("NOT MET"),
    "arguable": say("arguable"),
    "unknown": say("unknown"),
}
_LEANINGS: Final = {
    "admissible": say("leans admissible"),
    "inadmissible": say("leans inadmissible"),
    "open": say("open"),
}
_CLOCK_STATES: Final = {
    "not_started": say("not started"),
    "running": say("running"),
    "expired": say("expired"),
    "unknown": say("not known"),
}


def lines(findings: Findings, contradictions: Sequence[Contradiction], language: Language) -> Iterator[str]:
    """Yield the lines of an answer: its outlook, then findings, clocks and contradictions, each after an empty line."""
    outlook = _OUTLOOKS[findings.outlook]
    yield write(
        say("{route} on {day}: {outlook}", route=findings.route, day=str(findings.on), outlook=outlook), language
    )
    pack = {"rules": findings.ruleset, "data": findings.data}
    yield write(say("Rules {rules}, data {data}. Legal information, not legal advice.", **pack), language)
    if findings.checked:
        yield write(findings.checked.text, language)
    for finding in findings.findings:
        yield from _finding(finding, language)
    for clock in findings.clocks:
        yield from _clock(clock, findings.on, language)
    for contradiction in contradictions:
        yield ""
        yield write(say("check this: {because}", because=contradiction.because), language)
        yield from _facts(contradiction.facts, language)


def _finding(finding: Finding, language: Language) -> Iterator[str]:
    result, citation = write(_RESULTS[finding.result], language), language.text(finding.citation)
    leaning = f" ({write(_LEANINGS[finding.favours], language)})" if finding.favours else ""
    yield ""
    yield f"{result}{leaning}: {finding.rule}{_of(finding)}, {citation}"
    yield f"  {write(finding.because, language)}"
    for item in write_each(finding.settles, language):
        yield f"  {write(say('would settle it: {item}', item=item), language)}"
    yield from _facts(finding.facts, language)
    for source in finding.sources:
        if source != finding.citation:
            yield f"  {write(say('source: {source}', source=language.text(source)), language)}"


def _facts(paths: Iterable[str], language: Language) -> Iterator[str]:
    for path in paths:
        yield f"  {write(say('rests on: {path}', path=path or '/'), language)}"


def _clock(clock: Clock, on: date, language: Language) -> Iterator[str]:
    state, citation = write(_CLOCK_STATES[clock.state], language), language.text(clock.citation)
    last_days = ", ".join(write(each, language) for each in _last_days(clock, on))
    yield ""
    yield f"{write(say('clock {name}', name=clock.clock), language)}{_of(clock)}, {citation}: {state}{f'; {last_days}' if last_days else ''}"
    yield f"  {write(clock.because, language)}"


def _of(one: Finding | Clock) -> str:
    return "".join(f" [{name}]" for name in (one.claim, one.victim) if name)


def _last_days(clock: Clock, on: date) -> Iterator[Text]:
    if clock.safe_until:
        yield say("safe until {day} ({away})", day=clock.safe_until, away=_away(clock.safe_until, on))
    if clock.arguable_until and clock.arguable_until != clock.safe_until:
        away = _away(clock.arguable_until, on)
        yield say("can be argued for until {day} ({away})", day=clock.arguable_until, away=away)


def _away(day: date, on: date) -> Text:
    """Return how far a day is from the day assessed."""
    days = (day - on).days
    if days == 0:
        return say("today")
    if days > 0:
        return say("1 day left") if days == 1 else say("{number} days left", number=days)
    return say("1 day ago") if days == -1 else say("{number} days ago", number=-days)
