"""The assessment on the page "Readiness", the part of readiness in the summary of a case, and its block of "My work"."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from flask import url_for

from caseflow.access import Permission
from caseflow.clock import now
from caseflow.features.readiness.comparing import changed_findings, findings_of
from caseflow.features.readiness.facts import CaseDocument, case_document
from caseflow.features.readiness.gaps.queries import MET, WITHOUT_CLAIM, gap_key
from caseflow.features.readiness.queries import (
    NUMBER_BLOCKING,
    NUMBER_NOT_CONFIRMED,
    documents,
    latest_two_answers,
    unseen_changes,
)
from caseflow.features.readiness.service import AssessedCase, assessed
from caseflow.features.readiness.words import (
    KINDS,
    Group,
    ShownChange,
    ShownClock,
    ShownFinding,
    ShownOutlook,
    clock_boxes,
    clocks_by_victim,
    in_groups,
    links_to_decisions,
    show_changes,
    show_finding,
    show_outlook,
)
from caseflow.law import Finding, Findings
from caseflow.law.contradictions import contradictions
from caseflow.law.engine import outlook
from caseflow.models import Case, Stage
from caseflow.sources import FieldPlace
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import (
    MOST_STEPS,
    Banner,
    CaseCount,
    CasePage,
    CasePanel,
    CaseView,
    MovePanel,
    NextStep,
    SummaryPart,
    TaskRow,
    case_url,
    form_url,
)
from caseflow.web.dates import show_date, show_days_left_within
from caseflow.web.feature import OffersOfGap, WorkPanel, gap_offers
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import in_words, label, source_in_words

ALL_CLAIMS = "/claims"
"""The path in findings that need a first claim."""
CHANGES_SHOWN_FOR = timedelta(days=30)
"""How long the page shows what the last answer changed."""
WINDOW_DAYS = 14
"""Below so many days left the summary warns of the end of the one-year clock."""
LONGEST_SUBJECT = 40
"""Most characters of a court or an act in a link."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What the latest assessment changed, if it is recent (`CHANGES_SHOWN_FOR`)."""

    has_assessments: bool
    changed_at: datetime | None = None
    lines: list[ShownChange] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Readiness:
    """The findings on a case in groups, and its outlook."""

    groups: list[Group]
    outlook: ShownOutlook
    by_claim: list[tuple[str, ShownOutlook]]
    by_victim: list[ShownClock]
    """The clocks that differ between the victims of a claim."""
    changes: Changes
    ruleset: str
    data: str
    checked: str
    """When and by whom the rules were compared with their sources."""
    is_stale: bool


def readiness(uow: UnitOfWork, view: CaseView) -> Readiness | None:
    """Return the findings on the case today, in words; None once it is filed, as nothing is assessed any more."""
    case, may_edit = view.case, view.may_edit
    if not case.is_before_filing:
        return None
    found = assessed(uow, case)
    document, findings = found.document, found.findings
    waiting = [] if case.claims else [one for one in findings.findings if ALL_CLAIMS in one.facts]
    together = set(map(id, waiting))
    offers = gap_offers(uow, view)
    shown = [(one.result, _shown(one, document, view, offers)) for one in findings.findings if id(one) not in together]
    if waiting:
        shown.append(("unknown", _without_claim(waiting, case, offers, may_edit=may_edit)))
    return Readiness(
        groups=in_groups(shown),
        outlook=show_outlook(findings.outlook),
        by_claim=_by_claim(findings, case),
        by_victim=clocks_by_victim(findings, has_claims=len(case.claims) > 1),
        changes=_changes(uow, case),
        ruleset=findings.ruleset,
        data=findings.data,
        checked=in_words(findings.checked.text) if findings.checked else "",
        is_stale=findings.checked is not None and findings.checked.is_stale,
    )


@dataclass(frozen=True, slots=True)
class ToCheck:
    """Facts that do not fit each other, and links to where they are entered."""

    because: str
    facts: list[Link]


def to_check(uow: UnitOfWork, view: CaseView) -> list[ToCheck]:
    """Return the contradictions inside a case, in words."""
    document = case_document(uow, view.case)
    return [
        ToCheck(in_words(one.because), _links(one.facts, document, view.case, may_edit=view.may_edit))
        for one in contradictions(document.facts)
    ]


@dataclass(frozen=True, slots=True)
class Gaps:
    """What stands against an approval, in groups; empty if nothing does."""

    groups: list[Group]
    has_blocking: bool


def gaps(uow: UnitOfWork, view: CaseView) -> Gaps:
    """Return the findings that are not met, not confirmed or need a lawyer, with links to their fields."""
    found = readiness(uow, view)
    groups = [group for group in found.groups if group[1] != KINDS["met"]] if found else []
    return Gaps(groups, any(kind == KINDS["not_met"] for _words, kind, _shown in groups))


def summary(uow: UnitOfWork, view: CaseView) -> SummaryPart:
    """Return the clocks, the blocking gaps as steps, and the outlook; nothing of these once the case is filed."""
    case = view.case
    if not case.is_before_filing:
        return SummaryPart()
    found = assessed(uow, case)
    shown, page = show_outlook(found.findings.outlook), case_url(case.id, CasePage.READINESS)
    numbers = Counter(one.result for one in found.findings.findings)
    status = count_words(numbers["not_met"], numbers["unknown"]) or shown.words
    boxes = clock_boxes(found.findings, page)
    return SummaryPart(
        banners=_short_window(found, view),
        steps=_steps(found, case) if view.may_edit else [],
        clocks=boxes,
        rows=[TaskRow(70, CasePage.READINESS, ("readiness",), _("Readiness"), status, shown.kind)],
    )


def count_words(blocking: int, not_confirmed: int) -> str:
    """Return how many requirements block or are not confirmed, such as "1 blocking, 3 not confirmed"; empty if none."""
    return ", ".join(
        words
        for number, words in (
            (blocking, ngettext("%(num)s blocking", "%(num)s blocking", blocking)),
            (not_confirmed, _("%(number)s not confirmed", number=not_confirmed)),
        )
        if number
    )


def _short_window(found: AssessedCase, view: CaseView) -> list[Banner]:
    last_days = (one.safe_until for one in found.findings.clocks if one.clock == "one-year" and one.safe_until)
    ends = [day for day in last_days if day >= view.on]  # the year of one victim may be over while that of another runs
    days = (min(ends) - view.on).days if ends else None
    if days is None or days >= WINDOW_DAYS:
        return []
    text = _(
        "The one-year clock ends on %(day)s: %(left)s.", day=show_date(min(ends)), left=show_days_left_within(days)
    )
    return [Banner(2, "bad", text, case_url(view.case.id, CasePage.READINESS), _("See what is missing"))]


def _steps(found: AssessedCase, case: Case) -> list[NextStep]:
    """Return the first gaps that a field can close: blocking ones, then those that are not confirmed."""
    order = {"not_met": 0, "unknown": 1}
    gaps = sorted((one for one in found.findings.findings if one.result in order), key=lambda one: order[one.result])
    steps: dict[str, NextStep] = {}
    for gap in gaps:
        if ALL_CLAIMS in gap.facts and not case.claims:
            continue  # the claims offer this step
        link = next((one for one in (_link(found.document, path, case) for path in gap.facts) if one), None)
        if link and link.href not in steps:
            words = _("%(rule)s: record “%(field)s”", rule=label("rule", gap.rule), field=link.label)
            steps[link.href] = NextStep((1, 2 + order[gap.result]), words, link.href)
    return list(steps.values())[:MOST_STEPS]


def _by_claim(findings: Findings, case: Case) -> list[tuple[str, ShownOutlook]]:
    """Return the outlook of each claim by number if they differ: a barred claim must not hide an open one."""
    names = dict.fromkeys(one.claim for one in findings.findings if one.claim)
    alone = {name: outlook([one for one in findings.findings if one.claim in (None, name)]) for name in names}
    if len(set(alone.values())) < 2:  # noqa: PLR2004 - all have the same outlook
        return []
    numbers = {f"claim-{claim.position}": str(claim.position) for claim in case.claims}
    return [(numbers.get(name, name), show_outlook(one)) for name, one in alone.items()]


def _changes(uow: UnitOfWork, case: Case) -> Changes:
    answers = latest_two_answers(uow, case.id, now() - CHANGES_SHOWN_FOR)
    documents = [findings_of(one.findings) for one in answers if one.findings is not None]
    if not documents:
        return Changes(has_assessments=bool(answers))
    latest, before = documents
    changes = changed_findings(before, latest)
    return Changes(
        has_assessments=True, changed_at=answers[0].made_at if changes else None, lines=show_changes(changes)
    )


def _shown(finding: Finding, document: CaseDocument, view: CaseView, offers: OffersOfGap) -> ShownFinding:
    facts = _links(finding.facts, document, view.case, may_edit=view.may_edit)
    key = gap_key(finding.rule, document.claim_ids.get(finding.claim or ""), finding.victim)
    made = offers(key) if finding.result != MET else ()
    return show_finding(finding, facts, has_claims=len(view.case.claims) > 1, offers=made)


def _links(facts: Iterable[str], document: CaseDocument, case: Case, *, may_edit: bool) -> list[Link]:
    """Return the links to the fields in which facts are entered, each once; none for people who may only read."""
    links = (_link(document, path, case) for path in facts) if may_edit else ()
    return list(dict.fromkeys(link for link in links if link))


def _without_claim(waiting: list[Finding], case: Case, offers: OffersOfGap, *, may_edit: bool) -> ShownFinding:
    """Return one finding for all rules that need a first claim."""
    rules = ", ".join(label("rule", one.rule) for one in waiting)
    link = Link(_("Add a claim"), url_for("claims.add", case_id=case.id, _anchor="right"))
    return ShownFinding(
        _("Add a claim"),
        label("finding_result", "unknown"),
        KINDS["unknown"],
        _("Needed for these requirements: %(rules)s.", rules=rules),
        "; ".join(source_in_words(one.citation) for one in waiting),
        [link] if may_edit else [],
        (),
        links_to_decisions(one.rule for one in waiting),
        offers=tuple(offers(gap_key(WITHOUT_CLAIM))),
    )


def _link(document: CaseDocument, path: str, case: Case) -> Link | None:
    """Return the link to the field in which a fact is entered; None without a field."""
    place = document.place_of(path)
    if place is None:
        return None
    return Link(_place_words(place), f"{form_url(case.id, place.endpoint, place.ids)}#{place.anchor}")


def _place_words(place: FieldPlace) -> str:
    """Return the label of a field: what it belongs to (the court, the act), and its name."""
    name = label(*place.words)
    if not place.subject:
        return name
    subject = place.subject if isinstance(place.subject, str) else label(*place.subject)
    shown = label(*place.subject_in) % {"subject": subject} if place.subject_in else _short(subject)
    return f"{shown}: {name}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SUBJECT else f"{text[:LONGEST_SUBJECT]}…"


COUNTS = (
    CaseCount(
        CasePage.READINESS,
        (NUMBER_BLOCKING, NUMBER_NOT_CONFIRMED),
        lambda blocking, not_confirmed: count_words(blocking or 0, 0 if blocking else not_confirmed or 0),
        lambda blocking, not_confirmed: count_words(blocking or 0, not_confirmed or 0),
    ),
)
MOVE_PANELS = (MovePanel(Stage.APPROVED, gaps, "readiness/_gaps.html"),)
PANELS = (
    CasePanel(CasePage.READINESS, 10, readiness, "readiness/_findings.html"),
    CasePanel(CasePage.READINESS, 15, to_check, "readiness/_to_check.html"),
)


BLOCK = 10
"""How many cases the block shows; once they are marked as seen, the next ones follow."""


@dataclass(frozen=True, slots=True)
class ChangedOutlook:
    """One case whose outlook changed."""

    case_id: UUID
    reference: str
    title: str
    made_at: datetime
    zone: str
    before: ShownOutlook
    after: ShownOutlook
    why: list[ShownChange]


@dataclass(frozen=True, slots=True)
class ChangedOutlooks:
    """The cases in the block, and whether there are more."""

    changes: list[ChangedOutlook]
    is_more: bool


def changed_outlooks(uow: UnitOfWork) -> ChangedOutlooks:
    """Return the unseen changes in the person's cases, and for coordinators in cases without an owner: two statements."""
    unowned_in = {member.section_id for member in uow.person.sections_for(Permission.CASE_ASSIGN)}
    found = unseen_changes(uow, unowned_in, BLOCK + 1)
    kept = documents(uow, {key for one in found for key in (one.before_id, one.after_id) if key})
    lines = []
    for one in found[:BLOCK]:
        # The first answer of a case is not a change, so each change has an answer before it.
        earlier, later = (findings_of(kept[key]) for key in (one.before_id, one.after_id))
        lines.append(
            ChangedOutlook(
                one.case_id,
                one.reference,
                one.title,
                one.made_at,
                one.zone,
                show_outlook(one.before.value),
                show_outlook(one.after.value),
                show_changes(changed_findings(earlier, later)),
            )
        )
    return ChangedOutlooks(lines, is_more=len(found) > BLOCK)


WORK_PANELS = (WorkPanel(changed_outlooks, "readiness/_work.html"),)
