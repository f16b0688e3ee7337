"""Clock strip and readiness panel on the case page."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from caseflow.clock import now, today
from caseflow.features.cases.history_words import FIELDS
from caseflow.features.readiness.comparing import changed_findings, findings_of
from caseflow.features.readiness.facts import CaseDocument, FieldPlace, case_document
from caseflow.features.readiness.queries import latest_news
from caseflow.features.readiness.service import assess_case
from caseflow.features.readiness.words import (
    KINDS,
    ShownClock,
    ShownFinding,
    ShownOutlook,
    clock_boxes,
    in_groups,
    show_changes,
    show_finding,
    show_outlook,
)
from caseflow.features.routes.service import route_register
from caseflow.features.routes.words import shortest_box
from caseflow.law import Finding, Findings
from caseflow.law.engine import outlook
from caseflow.law.routes import RouteRegister, compare_possible
from caseflow.models import Case
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_panels import CasePanel, Data
from caseflow.web.dates import days_left_kind, show_date, show_days_left
from caseflow.web.kit import Link
from caseflow.web.words import english, label

OTHER_NAMES = {"attributable": "is_attributable", "right": "rights", "procedure_status": "status"}
"""Boxes of forms that have another name than their column."""
ALL_CLAIMS = "/claims"
"""The path on which a finding rests that waits for the first claim."""
NEWS = timedelta(days=30)
"""For so long the page says what the last answer changed."""
MOST_SIGNS = 40
"""As long as the name of a step or an act may be in a link."""


def build(uow: UnitOfWork, case: Case, others: Mapping[str, Data]) -> Data:
    """Assess the case today, and put the answer into words."""
    document = case_document(case, others["remedies"]["remedies"])
    on = today(case.section.time_zone)
    register = route_register(uow, case.state_code)
    findings = assess_case(register.states, document, on)
    may_edit = bool(others["page"]["may_edit"])
    waiting = [] if case.claims else [one for one in findings.findings if ALL_CLAIMS in one.facts]
    not_kept = [one for one in findings.findings if _is_not_kept(one, document)]
    together = {id(one) for one in (*waiting, *not_kept)}
    shown = [
        (one.result, _shown(one, document, case, may_edit=may_edit))
        for one in findings.findings
        if id(one) not in together
    ]
    if waiting:
        shown.append(("unknown", _without_claim(waiting, case, may_edit=may_edit)))
    if not_kept:
        shown.append(("unknown", _not_kept(not_kept)))
    return {
        "strip": [
            *_strip(findings, others["deadlines"], on),
            _first_route(case, document, findings, register),
        ],
        "groups": in_groups(shown),
        "outlook": show_outlook(findings.outlook),
        "by_claim": _by_claim(findings, case),
        "ruleset": findings.ruleset,
        "data": findings.data,
        **_since_before(uow, case),
    }


def _by_claim(findings: Findings, case: Case) -> list[tuple[str, ShownOutlook]]:
    """Return how each claim stands alone, where they differ: what is lost for one must not hide what is open for another."""
    names = dict.fromkeys(one.claim for one in findings.findings if one.claim)
    alone = {name: outlook([one for one in findings.findings if one.claim in (None, name)]) for name in names}
    if len(set(alone.values())) < 2:  # noqa: PLR2004 - they all stand alike
        return []
    numbers = {f"claim-{claim.position}": str(claim.position) for claim in case.claims}
    return [(numbers.get(name, name), show_outlook(stands)) for name, stands in alone.items()]


def _since_before(uow: UnitOfWork, case: Case) -> Data:
    """Return what the last answer changed against the one before, while that is news."""
    answers = latest_news(uow, case.id, now() - NEWS)
    documents = [findings_of(one.findings) for one in answers if one.findings is not None]
    if not documents:
        return {"has_answers": bool(answers), "changed_at": None}
    latest, before = documents
    changes = changed_findings(before, latest)
    made_at = answers[0].made_at
    return {"has_answers": True, "changed_at": made_at if changes else None, "changes": show_changes(changes)}


def _shown(finding: Finding, document: CaseDocument, case: Case, *, may_edit: bool) -> ShownFinding:
    links = (_link(document, path, case) for path in finding.facts) if may_edit else ()
    facts = list(dict.fromkeys(link for link in links if link))
    return show_finding(finding, facts, has_claims=len(case.claims) > 1)


def _without_claim(waiting: list[Finding], case: Case, *, may_edit: bool) -> ShownFinding:
    """Return one finding for all rules that wait for the first claim."""
    rules = ", ".join(label("rule", one.rule) for one in waiting)
    link = Link(_("Add a claim"), url_for("cases.add_claim", case_id=case.id, _anchor="right"))
    return ShownFinding(
        _("Add a claim"),
        label("finding_result", "unknown"),
        KINDS["unknown"],
        _("These rules wait for it: %(rules)s.", rules=rules),
        english("; ".join(one.citation for one in waiting)),
        [link] if may_edit else [],
        (),
    )


def _is_not_kept(finding: Finding, document: CaseDocument) -> bool:
    """Return whether a finding waits for facts that the case file has no field for."""
    return finding.result == "unknown" and not any(document.is_kept(path) for path in finding.facts)


def _not_kept(findings: list[Finding]) -> ShownFinding:
    """Return one finding for all that nobody can record yet."""
    rules = ", ".join(dict.fromkeys(label("rule", one.rule) for one in findings))
    return ShownFinding(
        _("Not kept in the case file yet"),
        label("finding_result", "unknown"),
        KINDS["unknown"],
        _(
            "Persons, their consent and evidence have no place in the case file yet. Check these rules on paper: %(rules)s.",
            rules=rules,
        ),
        english("; ".join(dict.fromkeys(one.citation for one in findings))),
        [],
        (),
    )


def _link(document: CaseDocument, path: str, case: Case) -> Link | None:
    """Return the way to the field in which a fact is written down."""
    place = document.place_of(path)
    if place is None:
        return None
    ways: dict[str, tuple[str, dict[str, Any]]] = {
        "case": ("cases.edit", {}),
        "new_claim": ("cases.add_claim", {}),
        "claim": ("cases.edit_claim", {"claim_id": place.row_id}),
        "act": ("cases.edit_act", {"act_id": place.row_id}),
        "new_act": ("cases.add_act", {"claim_id": place.row_id}),
        "remedy": ("remedies.edit", {"remedy_id": place.row_id}),
        "new_remedy": ("remedies.add", {"claim_id": place.row_id}),
        "procedure": ("cases.edit_procedure", {"procedure_id": place.row_id}),
        "procedures_checked": ("cases.check_procedures", {}),
    }
    endpoint, values = ways[place.kind]
    own_words = {
        "new_claim": _("Add a claim"),
        "new_act": _("Add an act"),
        "new_remedy": _("Add a remedy"),
        "procedures_checked": _("Procedures elsewhere"),
    }
    words = own_words.get(place.kind)
    return Link(
        words or _fact_words(document, place, path, case),
        url_for(endpoint, case_id=case.id, _anchor=_anchor(place), **values),
    )


def _fact_words(document: CaseDocument, place: FieldPlace, path: str, case: Case) -> str:
    """Return what a fact is called: the court, the step or the act it belongs to, and the field."""
    name = str(FIELDS.get(OTHER_NAMES.get(place.name, place.name), place.name))
    if place.kind == "act":
        act = next(act for claim in case.claims for act in claim.acts if act.id == place.row_id)
        return f"{_short(act.what)}: {name}"
    if place.kind == "remedy":
        return f"{_step_words(document, path)}: {name}"
    if place.kind == "procedure":
        procedure = next(one for one in case.other_procedures if one.id == place.row_id)
        return f"{_short(label('body', procedure.body))}: {name}"
    return name


def _step_words(document: CaseDocument, path: str) -> str:
    """Return the court of the step to which a path leads, or its stage; of one that was not used, that too."""
    _root, _claims, claim_number, kind, number, *_rest = path.split("/")
    claim = (document.facts.claims or ())[int(claim_number)]
    if kind == "remedies_not_used":
        unused = (claim.remedies_not_used or ())[int(number)]
        return str(_("Not used (%(step)s)", step=label("remedy_stage", unused.stage)))
    remedy = (claim.remedies or ())[int(number)]
    return _short(remedy.authority or label("remedy_stage", remedy.stage))


def _short(text: str) -> str:
    return text if len(text) <= MOST_SIGNS else f"{text[:MOST_SIGNS]}…"


def _anchor(place: FieldPlace) -> str:
    dates = {"filed", "decided", "notified", "began", "ended", "delay_since", "happened", "next_step_due"}
    return f"{place.name}-day" if place.name in dates else place.name


def _strip(findings: Findings, deadlines: Data, on: date) -> list[ShownClock]:
    stands = show_outlook(findings.outlook)
    soonest = deadlines.get("next")
    return [
        *clock_boxes(findings, "#readiness"),
        ShownClock(_("Next deadline"), _("None"), "neutral") if soonest is None else ShownClock(
            _("Next deadline"), show_days_left((soonest.due_on - on).days), days_left_kind((soonest.due_on - on).days),
            date=show_date(soonest.due_on), note=soonest.title or label("deadline_kind", soonest.kind.value), rule=_("All deadlines"), rule_href="#deadlines",
        ),
        ShownClock(_("Readiness"), stands.words, stands.kind, note=stands.meaning, rule=_("Findings"), rule_href="#readiness"),
    ]  # fmt: skip


def _first_route(case: Case, document: CaseDocument, findings: Findings, register: RouteRegister) -> ShownClock:
    """Return the nearest last day of any open route, with the way to the comparison of all."""
    return shortest_box(compare_possible(document.facts, findings, findings.on, register), case)


READINESS_PART = CasePanel("readiness", build, {10: "readiness/_strip.html", 50: "readiness/_findings.html"})
