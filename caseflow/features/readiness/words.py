"""An answer of the engine in words: findings, clocks, the outlook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from flask import request, url_for

from caseflow.features.readiness.comparing import ChangedFinding
from caseflow.law import Clock, Finding, Findings
from caseflow.models import DeadlineKind
from caseflow.web.clocks import ClockBox
from caseflow.web.dates import days_left_kind, show_date, show_days_left, show_days_left_within
from caseflow.web.feature import GapOffer, Vocabulary
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import each_in_words, in_words, label, source_in_words

KINDS = {"met": "good", "not_met": "bad", "arguable": "warn", "unknown": "neutral"}
LEANS = {
    "admissible": _l("leans admissible"),
    "inadmissible": _l("leans inadmissible"),
    "open": _l("open"),
}
CURES = {
    "never": _l("can no longer be met"),
    "in_time": _l("may be met later"),
    "before_filing": _l("can still be fixed before filing"),
}
OUTLOOKS = {
    "barred": ("bad", _l("At least one requirement can no longer be met.")),
    "premature": ("info", _l("At least one requirement is not met yet, but may be met later.")),
    "incomplete": (
        "warn",
        _l("Some requirements are not confirmed or not met yet. You can still fix this before filing."),
    ),
    "arguable": ("warn", _l("At least one requirement needs a lawyer's decision.")),
    "clear": ("good", _l("All requirements of the Protocol are met, according to what is recorded.")),
}
CLOCKS = {
    "one-year": _l("One-year clock"),
    "next-domestic-step": _l("Next domestic step"),
}
MOST_NAMES = 3
"""Code names in the title of a clock."""
GROUPS = (
    ("not_met", _l("Blocking"), "bad"),
    ("unknown", _l("Not confirmed"), "neutral"),
    ("arguable", _l("Needs a lawyer's decision"), "warn"),
    ("met", _l("Met"), "good"),
)


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in words, for the macro `finding`."""

    title: str
    result: str
    kind: str
    because: str
    citation: str
    facts: list[Link]
    settles: tuple[str, ...]
    decisions: tuple[Link, ...] = ()
    """Where the holdings of the Committee on its rules are."""
    sources: tuple[str, ...] = ()
    """What the reading rests on besides the provision, each with its certainty where it is not the primary text."""
    offers: tuple[GapOffer, ...] = ()
    """What can be made of a gap, or was made of it."""


@dataclass(frozen=True, slots=True)
class ShownOutlook:
    """The outlook: its word, its kind (colour), and what it means."""

    words: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A changed finding in words. `before` or `after` is empty where there is no such finding."""

    title: str
    before: str
    after: str
    kind: str


@dataclass(frozen=True, slots=True)
class ShownClock:
    """A clock of some victims of a claim, in words."""

    victims: str
    claim: str
    """The number of the claim, where there is more than one."""
    title: str
    last_day: str
    because: str


Group = tuple[str, str, list[ShownFinding]]
"""A heading, its kind (colour), and the findings under it."""


def show_outlook(outlook: str) -> ShownOutlook:
    """Return an outlook in words."""
    kind, meaning = OUTLOOKS[outlook]
    return ShownOutlook(label("outlook", outlook), kind, str(meaning))


def show_result(finding: Finding) -> str:
    """Return a result in words, with its leaning."""
    result = label("finding_result", finding.result)
    return f"{result}, {LEANS[finding.favours]}" if finding.result == "arguable" and finding.favours else result


def _show_result_and_cure(finding: Finding | None) -> str:
    if finding is None:
        return ""
    return f"{show_result(finding)} ({CURES[finding.cure]})" if finding.cure else show_result(finding)


def show_rule(rule: str, claim: str | None, victim: str | None, *, has_claims: bool) -> str:
    """Return the label of a rule with its victim, and its claim where there is more than one."""
    of_claim = f" · {_('Claim')} {claim.removeprefix('claim-')}" if claim and has_claims else ""
    return label("rule", rule) + of_claim + (f" · {victim}" if victim else "")


def show_finding(
    finding: Finding, facts: list[Link], *, has_claims: bool, offers: Sequence[GapOffer] = ()
) -> ShownFinding:
    """Return a finding in words, with links to the fields of its facts, and what can be made of a gap."""
    return ShownFinding(
        show_rule(finding.rule, finding.claim, finding.victim, has_claims=has_claims),
        show_result(finding),
        KINDS[finding.result],
        in_words(finding.because),
        source_in_words(finding.citation),
        facts,
        each_in_words(finding.settles),
        links_to_decisions([finding.rule]),
        tuple(source_in_words(source) for source in finding.sources if source != finding.citation),
        tuple(offers),
    )


def links_to_decisions(rules: Iterable[str]) -> tuple[Link, ...]:
    """Return a link to what the Committee held on each rule, with the words of the rule."""
    mounted_at = request.script_root
    return tuple(Link(label("rule", rule), _decisions_url(mounted_at, rule)) for rule in dict.fromkeys(rules))


@lru_cache(maxsize=256)
def _decisions_url(_mounted_at: str, rule: str) -> str:
    """Return the address of what the Committee held on a rule: made once, as a page links to some twenty of them."""
    return url_for("jurisprudence.rule", rule=rule)


def show_changes(changes: Sequence[ChangedFinding]) -> list[ShownChange]:
    """Return the changed findings in words."""
    has_claims = len({change.finding.claim for change in changes}) > 1
    return [
        ShownChange(
            show_rule(change.finding.rule, change.finding.claim, change.finding.victim, has_claims=has_claims),
            _show_result_and_cure(change.before),
            _show_result_and_cure(change.after),
            KINDS[change.after.result] if change.after else "neutral",
        )
        for change in changes
    ]


def in_groups(shown: Sequence[tuple[str, ShownFinding]]) -> list[Group]:
    """Return findings, given with their results, under the headings of the page; blocking ones first."""
    grouped = [(str(words), kind, [one for of, one in shown if of == result]) for result, words, kind in GROUPS]
    return [group for group in grouped if group[2]]


def show_findings(findings: Iterable[Finding], *, has_claims: bool) -> list[Group]:
    """Return findings in words without links to fields: for another day, or for replaced facts."""
    return in_groups([(one.result, show_finding(one, [], has_claims=has_claims)) for one in findings])


_KINDS: Final[Mapping[str, DeadlineKind]] = {"one-year": DeadlineKind.ONE_YEAR}


def show_clocks(findings: Findings, name: str, *, has_claims: bool) -> list[str]:
    """Return the last days of all clocks of one name, with the days that are left on the day of the answer."""
    own = [clock for clock in findings.clocks if clock.clock == name]
    lines = [_clock_line(clock, victims, findings.on, has_claims=has_claims) for clock, victims in together(own)]
    return lines or [str(_("Not running"))]


def together(clocks: Iterable[Clock]) -> list[tuple[Clock, str]]:
    """Return clocks that are equal but for their victim once, with the code names of their victims; empty for a whole claim."""
    victims: dict[Clock, list[str]] = {}
    for clock in clocks:
        victims.setdefault(clock._replace(victim=None), []).extend([clock.victim] if clock.victim else [])
    return [(clock, ", ".join(names)) for clock, names in victims.items()]


def clocks_by_victim(findings: Findings, *, has_claims: bool) -> list[ShownClock]:
    """Return the clocks that differ between the victims of a claim, in words."""
    rows = together(clock for clock in findings.clocks if clock.victim)
    return [
        ShownClock(
            victims=victims,
            claim=clock.claim.removeprefix("claim-") if clock.claim and has_claims else "",
            title=str(CLOCKS[clock.clock]),
            last_day=_clock_line(clock, "", findings.on, has_claims=False),
            because=in_words(clock.because),
        )
        for clock, victims in rows
    ]


def _clock_line(clock: Clock, victims: str, on: date, *, has_claims: bool) -> str:
    of_claim = _("Claim %(number)s: ", number=clock.claim.removeprefix("claim-")) if clock.claim and has_claims else ""
    of_claim += f"{victims}: " if victims else ""
    if clock.safe_until is None:
        return of_claim + (_("Not known yet") if clock.state == "unknown" else _("Not running"))
    day = show_date(clock.safe_until)
    left = show_days_left_within((clock.safe_until - on).days, _KINDS.get(clock.clock))
    safe = _("%(day)s (%(left)s)", day=day, left=left)
    if clock.arguable_until is None or clock.arguable_until <= clock.safe_until:
        return of_claim + safe
    return of_claim + _("%(safe)s; arguable until %(day)s", safe=safe, day=show_date(clock.arguable_until))


def clock_boxes(findings: Findings, rule_href: str = "") -> list[ClockBox]:
    """Return the boxes of the one-year clock and of the next domestic step."""
    year, step = (_soonest(findings.clocks, name) for name in CLOCKS)
    not_yet = _("It starts with the final decision in the last remedy that counts.")
    none_open = _("No remedy has a next step with a deadline.")
    return [
        _clock_box("one-year", year, findings, (_("Not running yet"), not_yet), rule_href),
        _clock_box("next-domestic-step", step, findings, (_("None open"), none_open), rule_href),
    ]


def _soonest(clocks: Iterable[Clock], name: str) -> Clock | None:
    """Return the clock that expires first; one without a safe day only when there is no other."""
    own = [clock for clock in clocks if clock.clock == name]
    return min(own, key=lambda clock: (clock.safe_until is None, clock.safe_until or date.max), default=None)


def _whose(clock: Clock, findings: Findings) -> tuple[str, str]:
    """Return the victims whose day it is, as the end of a title, and that others have another one; empty for a whole claim."""
    if clock.victim is None:
        return "", ""
    of_claim = [one for one in findings.clocks if (one.clock, one.claim) == (clock.clock, clock.claim)]
    names = [one.victim for one in of_claim if one.victim and one.safe_until == clock.safe_until]
    more = len(names) - MOST_NAMES
    shown = ", ".join(names[:MOST_NAMES])
    title = _("%(names)s and %(number)s more", names=shown, number=more) if more > 0 else shown
    return f" · {title}", _("Other victims have another day.") if len(names) < len(of_claim) else ""


def _clock_box(
    name: str, clock: Clock | None, findings: Findings, without: tuple[str, str], rule_href: str
) -> ClockBox:
    whose, others = _whose(clock, findings) if clock else ("", "")
    title, on = f"{CLOCKS[name]}{whose}", findings.on
    if clock is None or clock.safe_until is None:
        words, note = without
        return ClockBox(
            title,
            _("Not known yet") if clock and clock.state == "unknown" else words,
            "neutral",
            note=" ".join(filter(None, (in_words(clock.because), others))) if clock else note,
            rule=source_in_words(clock.citation) if clock else "",
            rule_href=rule_href if clock else "",
        )
    days = (clock.safe_until - on).days
    later = clock.arguable_until if clock.arguable_until and clock.arguable_until > clock.safe_until else None
    note = _("Arguable until %(day)s.", day=show_date(later)) if later else in_words(clock.because)
    words = show_days_left(days, _KINDS.get(clock.clock)) if clock.state != "expired" or days < 0 else _("Expired")
    return ClockBox(
        title,
        words,
        days_left_kind(days),
        show_date(clock.safe_until),
        _("Safe until") if clock.clock == "one-year" else _("Last day:"),
        " ".join(filter(None, (note, others))),
        source_in_words(clock.citation),
        rule_href,
    )


VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "finding_result": {
        "met": _l("Met"),
        "not_met": _l("Not met"),
        "arguable": _l("Arguable"),
        "unknown": _l("Not confirmed"),
    },
    "assessment_cause": {
        "first": _l("First assessment"),
        "change": _l("A change in the case"),
        "time": _l("Passage of time"),
        "data": _l("New rules or data"),
    },
    "outlook": {
        "barred": _l("Barred"),
        "premature": _l("Too early"),
        "incomplete": _l("Gaps"),
        "arguable": _l("Arguable"),
        "clear": _l("Nothing against it"),
    },
    "rule": {
        "state-party": _l("The State is bound by the Protocol"),
        "victim-standing": _l("Victims may complain"),
        "consent": _l("Consent of the victims"),
        "written-and-named": _l("In writing and named"),
        "covenant-right": _l("A right of the Covenant"),
        "facts-after-entry-into-force": _l("Facts after entry into force"),
        "exhaustion": _l("Domestic remedies exhausted"),
        "one-year": _l("Within one year"),
        "same-matter": _l("Same matter not examined by another international body"),
        "substantiation": _l("Substantiated"),
        "abuse": _l("No abuse of the right to submit a communication"),
        "clear-disadvantage": _l("Clear disadvantage of the victim"),
    },
    "act_kind": {"outlook": _l("Outlook")},
    "action": {
        "case.imported": _l("Brought the case in from a facts document"),
        "assessment.changed": _l("The outlook changed"),
    },
    "field": {
        "outlook": _l("Outlook"),
    },
}
HISTORY: Final = {
    "outlook": "outlook",
}
"""Fields of the history whose values are codes, and their vocabulary."""
