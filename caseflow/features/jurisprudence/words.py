"""The codes of the decisions in words."""

from collections.abc import Mapping
from typing import Any, Final

from flask import url_for
from flask_babel import LazyString

from caseflow.features.reference.queries import RegisterEntry
from caseflow.law import RULES_OF_THE_PROTOCOL
from caseflow.law.jurisprudence import Communication
from caseflow.web.access import is_public
from caseflow.web.dates import Kind, show_moment
from caseflow.web.feature import Vocabulary
from caseflow.web.history import Change, HistoryLine
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.texts import ngettext
from caseflow.web.words import label

KIND_OF_OUTCOME: Final[Mapping[str, Kind]] = {
    "violation": "good",
    "no_violation": "bad",
    "partly": "info",
    "inadmissible": "bad",
    "discontinued": "neutral",
    "settled": "neutral",
    "unknown": "neutral",
}
"""As the author of a communication sees it."""
DOCUMENTS: Final = "https://docs.un.org/en/"
"""Where the documents of the United Nations are found, by their symbol."""
KIND_OF_DIRECTION: Final[Mapping[str, Kind]] = {"for_state": "bad", "for_author": "good", "neutral": "neutral"}
DAYS_OF_A_MONTH: Final = 30.44
MONTHS: Final = 12

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "decision_outcome": {
        "violation": _l("Violation"),
        "no_violation": _l("No violation"),
        "partly": _l("Partly admissible"),
        "inadmissible": _l("Declared inadmissible"),
        "discontinued": _l("Discontinued"),
        "settled": _l("Friendly settlement"),
        "unknown": _l("Outcome not known"),
    },
    "decision_kind": {
        "views": _l("Views on the merits"),
        "inadmissibility": _l("Decision of inadmissibility"),
        "admissibility": _l("Decision on admissibility; the merits follow"),
        "discontinuance": _l("Decision to discontinue the examination"),
        "friendly_settlement": _l("Friendly settlement"),
        "unknown": _l("Not known"),
    },
    "decision_topic": {
        "eviction_squat": _l("Eviction from a home occupied without title"),
        "eviction_tenant": _l("Eviction after the end of a lease"),
        "eviction_false_lease": _l("Eviction after a false lease"),
        "eviction_settlement": _l("Eviction of a settlement"),
        "eviction_consent_withdrawn": _l("Eviction after the owner withdrew consent"),
        "eviction_new_owner": _l("Eviction by a new owner"),
        "eviction_subsidised_purchase": _l("Eviction from a home bought with a subsidy"),
        "foreclosure": _l("Foreclosure of a mortgage"),
        "attachment_of_home": _l("Attachment of the home for a debt"),
        "asylum_reception": _l("Reception of asylum seekers"),
        "pension": _l("Pension"),
        "pension_occupational": _l("Occupational pension"),
        "benefit_prisoner": _l("Benefit of a prisoner"),
        "severance_pay": _l("Severance pay"),
        "working_time_pay": _l("Working time and its pay"),
        "promotion": _l("Promotion at work"),
        "union_dismissal": _l("Dismissal of trade unionists"),
        "human_rights_defender": _l("Human rights defender"),
        "health_care": _l("Health care"),
        "reproductive_health": _l("Reproductive health"),
        "sport": _l("Sport"),
        "indigenous_land": _l("Land of Indigenous Peoples"),
    },
    "decision_ground": {
        "2": _l("Article 2: not a victim, or not authorized by one"),
        "3(1)": _l("Article 3(1): domestic remedies not exhausted"),
        "3(2)(a)": _l("Article 3(2)(a): later than one year"),
        "3(2)(b)": _l("Article 3(2)(b): facts before the entry into force"),
        "3(2)(c)": _l("Article 3(2)(c): same matter examined elsewhere"),
        "3(2)(d)": _l("Article 3(2)(d): incompatible with the Covenant"),
        "3(2)(e)": _l("Article 3(2)(e): not sufficiently substantiated, or manifestly ill-founded"),
        "3(2)(f)": _l("Article 3(2)(f): abuse of the right to submit a communication"),
        "3(2)(g)": _l("Article 3(2)(g): anonymous, or not in writing"),
        "4": _l("Article 4: no clear disadvantage"),
    },
    "decision_interim_measures": {
        "yes": _l("Asked for by the Committee"),
        "lifted": _l("Asked for by the Committee, and lifted later"),
        "breached": _l("Asked for by the Committee, and breached by the State (article 5 of the Protocol)"),
        "refused": _l("Asked for by the authors, not by the Committee"),
        "no": _l("Not asked for"),
    },
    "decision_reason": {
        "no_reply": _l("Reminders were not answered"),
        "lost_contact": _l("The authors could no longer be reached"),
        "housing_provided": _l("Social or other housing was given"),
        "housing_found": _l("Other housing was found"),
        "agreement_with_owner": _l("An agreement with the owner"),
        "left_housing": _l("The authors were evicted or moved out before"),
        "order_lapsed": _l("The eviction order lapsed"),
        "withdrawn": _l("Withdrawn by the authors"),
        "not_stated": _l("The decision does not state why"),
        "not_seen": _l("Not known: the text was not seen"),
    },
    "decision_basis": {
        "full_text": _l("The text of the decision was read"),
        "heading": _l("Only the heading of the decision was read"),
        "list": _l("Only known from the Committee's list of decisions"),
        "list_title": _l("Only named in the title of a decision on several communications"),
        "cited": _l("Only known because later decisions cite it"),
    },
    "holding_direction": {
        "for_state": _l("Against the author"),
        "for_author": _l("For the author"),
        "neutral": _l("Neither"),
    },
    "holding_weight": {
        "leading": _l("Leading"),
        "consistent": _l("Consistent line"),
        "single": _l("Single statement"),
    },
    "merits_topic": {
        "proportionality": _l("Proportionality of an eviction"),
        "alternative-housing": _l("Alternative housing"),
        "due-diligence": _l("Due diligence of the authors"),
        "interim-measures-breach": _l("Breach of interim measures"),
        "retrogression": _l("Retrogression"),
        "discrimination": _l("Discrimination"),
        "reasonableness-8-4": _l("Reasonable steps (article 8(4))"),
        "reparation": _l("Reparation"),
        "judicial-protection": _l("Protection by courts"),
        "social-security": _l("Social security"),
        "health-consent": _l("Consent to medical treatment"),
        "indigenous-land": _l("Land of Indigenous Peoples"),
        "consultation": _l("Consultation"),
        "child-interests": _l("Best interests of the child"),
    },
}


def page_url(page: str, **values: Any) -> str:
    """Return the address of a page of the library: without signing in, the one that is open to everybody."""
    return url_for(f"{'open_decisions' if is_public() else 'jurisprudence'}.{page}", **values)


def name_of(decision: Communication) -> str:
    """Return the name of a decision; its number where its authors and their initials are not known."""
    return decision.short_name or str(_("Communication %(number)s", number=decision.number))


def address_of(number: str) -> str:
    """Return the address of a decision's page."""
    return page_url("show", number=number.replace("/", "-"))


ACTIONS: Final[Mapping[str, LazyString]] = {
    "decision.changed": _l("Changed the decision"),
    "decision.imported": _l("Changed the decision from a file"),
    "decision.added": _l("Added the decision from a file"),
    "decision.removed": _l("Removed the decision"),
    "decision.pack_loaded": _l("A newer pack changed the decision"),
    "holding.added": _l("Added a holding"),
    "holding.changed": _l("Changed a holding"),
    "holding.imported": _l("Changed a holding from a file"),
    "holding.removed": _l("Removed a holding"),
    "holding.pack_loaded": _l("A newer pack changed a holding"),
}
"""What was done, in the history of a decision."""
FIELDS: Final[Mapping[str, LazyString]] = {
    "id": _l("Name of the holding"),
    "rule": _l("Rule or question"),
    "paragraph": _l("Paragraph"),
    "sentence": _l("What the Committee held, in a sentence of ours, in English"),
    "direction": _l("Whom it helps"),
    "weight": _l("Weight"),
    "short_name": _l("Name, as in the heading"),
    "symbol": _l("Symbol of its own document"),
    "state_code": _l("State"),
    "kind": _l("Kind of decision"),
    "outcome": _l("Outcome"),
    "adopted_on": _l("Adoption"),
    "submitted_on": _l("Submission"),
    "registered_on": _l("Registration"),
    "interim_measures": _l("Interim measures"),
    "topic": _l("Situation"),
    "rights": _l("Rights"),
    "violation_types": _l("Types of violation"),
    "groups": _l("Groups"),
    "articles_claimed": _l("Articles claimed"),
    "articles_found_violated": _l("Articles found violated"),
    "grounds_inadmissible": _l("Grounds of inadmissibility"),
    "reason_discontinued": _l("Why it was discontinued"),
    "individual_recommendations": _l("Recommendations for the authors"),
    "general_recommendations": _l("Recommendations for everybody"),
    "joined_with": _l("Decided together with"),
    "text_basis": _l("What this entry is based on"),
    "notes": _l("Doubts and slips of the source"),
    "source": _l("Symbol of the document it is taken from"),
}
"""The labels of forms and histories."""
VOCABULARY_OF_FIELD: Final[Mapping[str, str]] = {
    "kind": "decision_kind",
    "outcome": "decision_outcome",
    "interim_measures": "decision_interim_measures",
    "topic": "decision_topic",
    "rights": "right",
    "violation_types": "violation_type",
    "groups": "group",
    "grounds_inadmissible": "decision_ground",
    "reason_discontinued": "decision_reason",
    "text_basis": "decision_basis",
    "direction": "holding_direction",
    "weight": "holding_weight",
}


def in_words(field: str, value: object) -> str:
    """Return a value of the history in words; a date as it is stored."""
    if isinstance(value, list):
        return "; ".join(in_words(field, one) for one in value)
    if not value:
        return ""
    if field == "rule":
        return question_words(str(value))
    return label(VOCABULARY_OF_FIELD[field], value) if field in VOCABULARY_OF_FIELD else str(value)


def history_line(entry: RegisterEntry) -> HistoryLine:
    """Return an act in words, in UTC."""
    unnamed = _("An administrator") if entry.by_person else _("caseflow")
    changes = [
        Change(str(words), *(in_words(name, value) for value in entry.changes[name]))
        for name, words in FIELDS.items()
        if name in entry.changes
    ]
    return HistoryLine(str(ACTIONS[entry.action]), entry.who or str(unnamed), show_moment(entry.at), changes)


def question_words(rule: str) -> str:
    """Return the words for a rule of the Protocol or a question of the merits."""
    return label("rule" if rule in RULES_OF_THE_PROTOCOL else "merits_topic", rule)


def show_duration(days: float) -> str:
    """Return a number of days in years and months: "2 years 11 months"."""
    years, months = divmod(round(days / DAYS_OF_A_MONTH), MONTHS)
    parts = [
        ngettext("%(num)d year", "%(num)d years", years) if years else "",
        ngettext("%(num)d month", "%(num)d months", months) if months or not years else "",
    ]
    return " ".join(part for part in parts if part)


def show_article(article: str) -> str:
    """Return an article of the Covenant, or articles read together, in words; `OP-5` is article 5 of the Protocol."""
    if article == "OP-5":
        return str(_("5 of the Protocol"))
    first, *others = article.split("+")
    return str(_("%(article)s read with %(others)s", article=first, others=", ".join(others))) if others else first
