"""The words for codes: labels of vocabularies, stages, roles, States, in the page's language.

Labels of the vocabularies come from the law engine's dated pack; the rest are the words of `product/brief.md`.
"""

from collections.abc import Iterable
from functools import cache, lru_cache

from babel import Locale
from flask import Flask, g
from flask_babel import get_translations, gettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from caseflow.errors import CaseflowError
from caseflow.law import load_register, load_vocabularies
from caseflow.web.dates import page_locale

OWN_WORDS = {
    "stage": {
        "intake": _l("Intake"),
        "verification": _l("Verification"),
        "domestic_remedies": _l("Domestic remedies"),
        "readiness_review": _l("Readiness review"),
        "approved": _l("Approved"),
        "filed": _l("Filed"),
        "registered": _l("Registered"),
        "pending": _l("Pending before the Committee"),
        "decided": _l("Decided"),
        "follow_up": _l("Follow-up"),
        "closed": _l("Closed"),
        "referred": _l("Referred elsewhere"),
        "suspended": _l("Suspended"),
        "withdrawn": _l("Withdrawn"),
        "closed_without_filing": _l("Closed without filing"),
    },
    "urgency": {"normal": _l("Normal"), "urgent": _l("Urgent"), "emergency": _l("Emergency: a threatened act")},
    "confidentiality": {
        "section": _l("People of the section who work on cases"),
        "sealed": _l("Sealed: only the owner and people named one by one"),
    },
    "role": {
        "caseworker": _l("Caseworker"),
        "section_coordinator": _l("Section coordinator"),
        "section_reporter": _l("Section reporter"),
        "coalition_coordinator": _l("Coalition coordinator"),
        "administrator": _l("Administrator"),
        "auditor": _l("Auditor"),
    },
    "deadline_kind": {
        "one_year": _l("One-year clock"),
        "next_domestic_step": _l("Next domestic step"),
        "threatened_act": _l("Threatened act"),
        "committee_request": _l("Request of the Committee"),
        "state_reply": _l("Reply of the State"),
        "views_reply": _l("State's answer to the Views"),
        "contact_check": _l("Contact with a victim"),
        "consent_expiry": _l("Consent ends"),
        "task": _l("Task"),
        "manual": _l("Deadline"),
    },
    "deadline_done": {
        "one_year": _l("In a line, without names: when and how the communication was sent."),
        "next_domestic_step": _l("In a line, without names. For example: the appeal was filed on 3 May."),
        "threatened_act": _l("Done means: the act is off, has been stopped or has happened. Say which, without names."),
        "committee_request": _l("Done means: the answer has reached the Committee. Say when it was sent, and how."),
        "state_reply": _l("Done means: the State has replied, or the Committee was told that it has not."),
        "views_reply": _l("Done means: the State has answered the Views, or the Committee was told that it has not."),
        "contact_check": _l("Done means: somebody has spoken with the person. Say when, without names."),
        "consent_expiry": _l("Done means: consent was asked for anew, or what rested on it has ended."),
        "task": _l("In a line, without names: what came of it."),
        "manual": _l("In a line, without names. For example: the appeal was filed on 3 May."),
    },
    "reminder_cause": {
        "responsible": _l("You are responsible"),
        "snoozed": _l("You asked to be reminded today"),
        "overdue": _l("It has passed, and you coordinate the section"),
        "not_acknowledged": _l("Nobody has said that they have seen it, and you coordinate the section"),
        "handed_on": _l("It could not reach whom it was meant for"),
        "substitute": _l("You stand in for somebody who is away"),
    },
    "limit_unit": {
        "calendar_days": _l("calendar days"),
        "working_days": _l("working days"),
        "months": _l("months"),
        "years": _l("years"),
    },
    "limit_from": {
        "act": _l("the act"),
        "decision": _l("the decision"),
        "notification": _l("the notification"),
        "publication": _l("the publication"),
        "silence": _l("the silence that counts as a refusal"),
    },
    "effectiveness": {
        "effective": _l("Effective"),
        "doubtful": _l("Doubtful"),
        "ineffective": _l("Not effective"),
        "not_known": _l("Not assessed"),
    },
    "finding_result": {
        "met": _l("Met"),
        "not_met": _l("Not met"),
        "arguable": _l("Arguable"),
        "unknown": _l("Not known yet"),
    },
    "assessment_cause": {
        "first": _l("First answer"),
        "change": _l("A change of the case"),
        "time": _l("Time"),
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
        "same-matter": _l("Not examined elsewhere"),
        "substantiation": _l("Substantiated"),
        "abuse": _l("No abuse"),
        "clear-disadvantage": _l("A clear disadvantage"),
    },
}

PACK_WORDS = {
    "right": "rights",
    "violation_type": "violation_types",
    "remedy_stage": "remedy_stages",
    "remedy_kind": "remedy_kinds",
    "outcome": "outcomes",
    "reason_not_used": "reasons_not_used",
    "body": "bodies",
    "procedure_status": "procedure_statuses",
}


@cache
def _pack(vocabulary: str) -> dict[str, str]:
    return {term.code: term.label for term in getattr(load_vocabularies(), PACK_WORDS[vocabulary])}


@cache
def _labels(locale: Locale, vocabulary: str) -> dict[str, str]:  # noqa: ARG001 - what the words are kept by
    """Return the words by code in the page's language, looked up once: a list shows some three hundred of them."""
    if vocabulary in OWN_WORDS:
        return {code: str(words) for code, words in OWN_WORDS[vocabulary].items()}
    return {code: str(gettext(words)) for code, words in _pack(vocabulary).items()}


def label(vocabulary: str, code: object) -> str:
    """Return the words for a code in the page's language; nothing for none."""
    if code is None or code == "":
        return ""
    known, wanted = _labels(page_locale(), vocabulary), str(code)
    return known[wanted] if vocabulary in OWN_WORDS else known.get(wanted, wanted)


def labels(vocabulary: str, codes: list[str]) -> str:
    """Return the words for several codes, separated by commas."""
    return ", ".join(label(vocabulary, code) for code in codes)


def codes(vocabulary: str) -> list[str]:
    """Return all codes of a vocabulary in its order."""
    return list(OWN_WORDS[vocabulary] if vocabulary in OWN_WORDS else _pack(vocabulary))


def choices(vocabulary: str, *, empty: str | None = None) -> dict[str, str]:
    """Return words by code for a select box, with an empty choice on top when given its words."""
    first = {} if empty is None else {"": empty}
    return first | _labels(page_locale(), vocabulary)


def right_of_violation_type(code: str) -> tuple[str, ...]:
    """Return the rights that a violation type belongs to; none means any."""
    return next((kind.rights for kind in load_vocabularies().violation_types if kind.code == code), ())


def said(error: CaseflowError) -> str:
    """Return what an error of a service says, in the page's language."""
    return str(gettext(error.sentence, **error.values))


def english(text: str) -> str:
    """Return a sentence of the law engine, which speaks English: marked as such on other pages, for who has them read out."""
    if not text or page_locale().language == "en":
        return text
    return Markup('<span lang="en">{}</span>').format(text)


def state_name(code: str) -> str:
    """Return a State's name in the page's language."""
    return str(page_locale().territories.get(code, code))


def state_choices(codes: Iterable[str] | None = None, *, empty: str | None = None) -> dict[str, str]:
    """Return the States' names by code, in the order of the names, for a select box; of the pack where no codes are given."""
    first = {} if empty is None else {"": empty}
    return first | _state_names(page_locale(), tuple(load_register().states if codes is None else codes))


@lru_cache(maxsize=20)
def _state_names(locale: Locale, codes: tuple[str, ...]) -> dict[str, str]:
    names = {code: str(locale.territories.get(code, code)) for code in codes}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def translated(text: str, **values: object) -> Markup:
    """Return a sentence in the page's language with values put in: what `_` is in templates.

    Says the same as the function that Flask-Babel brings, which asks for request, domain and language anew at each of
    the three hundred words of a list.
    """
    if "catalogue" not in g:
        g.catalogue = get_translations()
    words = Markup(g.catalogue.ugettext(text))  # noqa: S704 - sentences of ours; values are escaped by the next line
    return words % values if values or "%" in words else words


def install(app: Flask) -> None:
    """Give the templates the words. After Babel, whose own `_` it replaces."""
    app.jinja_env.filters["english"] = english
    app.jinja_env.globals.update(label=label, labels=labels, state_name=state_name, _=translated)
