"""The pages of the dossier: what each part of the complaint has and lacks, its annexes, its documents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import url_for

from caseflow.errors import NotFound
from caseflow.features.consent.queries import missing_consents
from caseflow.features.dossier.commands import TextPlace
from caseflow.features.dossier.gathered import Gathered, gather, standing_of_case
from caseflow.features.dossier.queries import (
    VersionRow,
    annexes_of_case,
    builds_of_case,
    present_texts,
    versions_of,
)
from caseflow.features.dossier.service import Asked, may_build, may_name
from caseflow.features.dossier.texts import cited, number_of_paragraphs, number_of_words
from caseflow.features.dossier.words import HINTS
from caseflow.features.readiness.service import assessed
from caseflow.law import RULES_OF_THE_PROTOCOL
from caseflow.models import (
    BuildState,
    Case,
    CasePerson,
    ConsentScope,
    DossierAnnex,
    DossierBuild,
    DossierKind,
    DossierPart,
    DossierText,
    Evidence,
    PersonRole,
)
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, case_url
from caseflow.web.dates import show_date, show_moment, show_number
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import in_words, label

MOST_WORDS: Final = 20_000
"""Of all texts: a limit that is sometimes named, and not confirmed. It warns and forbids nothing."""
PAGES_WITHOUT_SUMMARY: Final = 20
KINDS_OF_STATE: Final = {"waiting": "info", "building": "info", "ready": "good", "failed": "bad"}


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the complaint: whether it is complete, and where it is filled."""

    name: str
    detail: str
    status: str
    kind: str
    href: str
    read_href: str
    """Where who may not change the case reads it; empty if there is nothing to read."""


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """A piece of evidence, and its number as an annex."""

    number: str
    label: str
    title: str
    href: str
    about: str
    kind: str
    status: str
    add_href: str
    leave_out_href: str


@dataclass(frozen=True, slots=True)
class BuildLine:
    """Documents that were asked for."""

    name: str
    what: str
    who: str
    when: str
    status: str
    kind: str
    fault: str
    size: int | None
    pages: int | None
    digest: bytes | None
    download_href: str


@dataclass(frozen=True, slots=True)
class DossierPage:
    """The dossier of a case."""

    lines: Sequence[PartLine]
    open_parts: int
    total: str
    warnings: Sequence[str]
    annexes: Sequence[AnnexLine]
    without_number: int
    builds: Sequence[BuildLine]
    is_building: bool
    may_build: bool
    """Documents list restricted evidence, so they are built and seen in the section of the case."""


def dossier_page(uow: UnitOfWork, case: Case) -> DossierPage:
    """Return the dossier of a case, which `whole_case` has loaded: a constant number of statements."""
    of = gather(uow, case)
    lines = list(_lines(uow, of))
    builds, annexes = builds_of_case(uow, case), [_annex(of, one) for one in of.evidence]
    return DossierPage(
        lines=lines,
        open_parts=(open_parts := sum(one.kind in {"warn", "bad"} for one in lines)),
        total=ngettext("%(num)d part is not complete", "%(num)d parts are not complete", open_parts),
        warnings=[*_citations(of), *_lengths(of, builds)],
        annexes=annexes,
        without_number=sum(not one.number for one in annexes),
        builds=[_build(uow, of, one) for one in builds],
        is_building=any(one.state in {BuildState.WAITING, BuildState.BUILDING} for one in builds),
        may_build=may_build(uow, case),
    )


def answer_to(asked: Asked) -> tuple[str, str]:
    """Return what is said to somebody who asked for documents, and of what kind it is."""
    if asked.build is not None:
        return _("The documents are being built. You can leave this page and come back."), "good"
    who = ", ".join(asked.waiting_for)
    words = _(
        "Nothing is built yet: a second person must agree that you see who these are: %(who)s. Then build again.",
        who=who,
    )
    return words, "warn"


def text_url(case_id: UUID, place: TextPlace) -> str:
    """Return where a text of the dossier is written."""
    if place.claim_id is not None:
        return url_for(
            "dossier.write_of_claim", case_id=case_id, claim_id=place.claim_id, part_of_claim=place.part.value
        )
    if place.rule:
        return url_for("dossier.write_of_rule", case_id=case_id, rule=place.rule)
    return url_for("dossier.write", case_id=case_id, part=place.part.value)


def name_of(case: Case, place: TextPlace) -> str:
    """Return the name of a text: its part, with the claim or the rule."""
    part = label("dossier_part", place.part.value)
    if place.claim_id is not None:
        number = next((at for at, claim in enumerate(case.claims, 1) if claim.id == place.claim_id), 0)
        return _("%(part)s, claim %(number)s", part=part, number=number)
    return label("rule", place.rule) if place.rule else part


def proposal(uow: UnitOfWork, case: Case, place: TextPlace) -> str:
    """Return what a text may begin with: what the engine finds on its rule; nothing where it is of none."""
    rule = place.rule or ("exhaustion" if place.part is DossierPart.EXHAUSTION else "")
    if not rule:
        return ""
    number = next((f"claim-{claim.position}" for claim in case.claims if claim.id == place.claim_id), None)
    found = assessed(uow, case).findings.findings
    said = [in_words(one.because) for one in found if one.rule == rule and number in {None, one.claim}]
    return "\n\n".join(dict.fromkeys(said))


def _lines(uow: UnitOfWork, of: Gathered) -> Iterator[PartLine]:
    case, written = of.case, uow.cached(present_texts, of.case)
    facts, people, remedies = (case_url(case.id, page) for page in (CasePage.FACTS, CasePage.PEOPLE, CasePage.REMEDIES))
    in_force = of.state.op_in_force
    bound = (
        _("Bound by the Protocol since %(day)s", day=show_date(in_force))
        if in_force
        else _("Not bound by the Protocol")
    )
    yield _line(_("General information"), bound, bool(in_force), facts)
    authors, victims = of.of_role(PersonRole.AUTHOR), of.of_role(PersonRole.VICTIM)
    yield _line(_("Author and representatives"), _names(authors), bool(authors), people, _("No author is recorded"))
    unnamed = [one for one in (*authors, *victims) if not one.person.is_named]
    said = _("Name not recorded: %(who)s", who=_names(unnamed)) if unnamed else _("No victim is recorded")
    yield _line(_("Alleged victims"), _names(victims), bool(victims) and not unnamed, people, said)
    missing = missing_consents(uow, case, ConsentScope.SUBMIT, of.on)
    said = _("Missing: %(who)s", who=", ".join(one.code_name for one in missing))
    yield _line(_("Authorisation to submit"), "", bool(victims) and not missing, people, said if missing else "")
    yield _text_line(case, written, TextPlace(DossierPart.IDENTITY))
    without = [str(number) for number, claim in enumerate(case.claims, 1) if not claim.articles]
    said = _("Without an article: claim %(which)s", which=", ".join(without)) if without else _("No claim is recorded")
    number = ngettext("%(num)d claim", "%(num)d claims", len(case.claims))
    yield _line(_("Articles violated"), number, bool(case.claims) and not without, facts, said)
    yield _text_line(case, written, TextPlace(DossierPart.SUMMARY), is_needed=False)
    yield _text_line(case, written, TextPlace(DossierPart.FACTS))
    yield _remedies_line(of, remedies)
    for claim in case.claims:
        yield _text_line(case, written, TextPlace(DossierPart.EXHAUSTION, claim.id))
    known = bool(case.other_procedures) or case.is_without_other_procedures
    number = (
        ngettext("%(num)d procedure", "%(num)d procedures", len(case.other_procedures))
        if case.other_procedures
        else _("Nothing else was filed")
    )
    yield _line(_("Procedures elsewhere"), number, known, facts, _("Not recorded whether anything was filed elsewhere"))
    yield _text_line(case, written, TextPlace(DossierPart.OTHER_BODIES), is_needed=bool(case.other_procedures))
    yield _text_line(case, written, TextPlace(DossierPart.INTERIM), is_needed=False)
    for rule in RULES_OF_THE_PROTOCOL:
        yield _text_line(case, written, TextPlace(DossierPart.ADMISSIBILITY, rule=rule))
    for claim in case.claims:
        yield _text_line(case, written, TextPlace(DossierPart.MERITS, claim.id))
    for part in (DossierPart.INDIVIDUAL_REMEDIES, DossierPart.GENERAL_REMEDIES):
        yield _text_line(case, written, TextPlace(part))


def _line(name: str, detail: str, is_complete: bool, href: str, lacking: str = "") -> PartLine:  # noqa: FBT001 - in a row of lines
    status, kind = (_("Complete"), "good") if is_complete else (_("Not complete"), "warn")
    return PartLine(name, detail if is_complete else lacking or detail, status, kind, href, href)


def _text_line(
    case: Case, written: Mapping[TextPlace, DossierText], place: TextPlace, *, is_needed: bool = True
) -> PartLine:
    row, name, href = written.get(place), name_of(case, place), text_url(case.id, place)
    if place.rule:
        name = f"{label('dossier_part', place.part.value)}: {name}"
    if row is None or not row.text:
        status, kind = (_("Not written"), "warn") if is_needed else (_("Not written, if needed only"), "neutral")
        return PartLine(name, "", status, kind, href, "")
    number = number_of_paragraphs(row.text)
    detail = ngettext("%(shown)s paragraph", "%(shown)s paragraphs", number, shown=show_number(number))
    who = row.written_by.shown_name if row.written_by else _("Someone in another section")
    when = show_moment(row.created_at, case.section.time_zone)
    detail = _(
        "%(length)s, version %(number)s by %(who)s, %(when)s", length=detail, number=row.version, who=who, when=when
    )
    read = url_for("dossier.version", case_id=case.id, text_id=row.id)
    return PartLine(name, detail, _("Written"), "good", href, read)


def _remedies_line(of: Gathered, href: str) -> PartLine:
    used = [one for one in of.remedies if one.is_used]
    undated = [one for one in used if one.outcome != "pending" and (one.decided is None or one.notified is None)]
    detail = ngettext("%(num)d remedy", "%(num)d remedies", len(of.remedies))
    if undated:
        lacking = ngettext(
            "%(num)d remedy lacks the day of the decision or of its notification",
            "%(num)d remedies lack the day of the decision or of its notification",
            len(undated),
        )
        return _line(_("Domestic remedies"), detail, is_complete=False, href=href, lacking=lacking)
    return _line(_("Domestic remedies"), detail, bool(of.remedies), href, _("No remedy is recorded"))


def _names(people: Sequence[CasePerson]) -> str:
    return ", ".join(one.code_name for one in people)


def _citations(of: Gathered) -> Iterator[str]:
    """Yield what is cited in texts and is no annex."""
    known = {one.number for one in of.evidence}
    for place, text in of.texts.items():
        lacking = [number for number in cited(text) if number not in of.numbered]
        if lacking:
            shown = ", ".join(f"E{number}" for number in lacking)
            where = name_of(of.case, place)
            if any(number not in known for number in lacking):
                yield _("%(where)s cites evidence that is not there: %(which)s.", where=where, which=shown)
            else:
                yield _("%(where)s cites evidence that is no annex yet: %(which)s.", where=where, which=shown)


def _lengths(of: Gathered, builds: Sequence[DossierBuild]) -> Iterator[str]:
    words = sum(map(number_of_words, of.texts.values()))
    if words > MOST_WORDS:
        yield _(
            "All texts together have %(number)s words. A complaint of more than 50 pages or 20,000 words may not be read.",
            number=show_number(words),
        )
    pages = next((one.pages for one in builds if one.pages and one.kind is not DossierKind.MEMO), 0)
    if pages > PAGES_WITHOUT_SUMMARY and not of.text(DossierPart.SUMMARY):
        yield _(
            "The complaint has %(number)s pages. With more than 20 it needs a summary of at most five pages.",
            number=pages,
        )


def _annex(of: Gathered, one: Evidence) -> AnnexLine:
    annex, content = of.annexes.get(one.id), one.content
    is_in = annex is not None and annex.left_out_at is None
    kind = label("evidence_kind", one.kind.value) if one.kind else _("Kind not known")
    here: dict[str, Any] = {"case_id": of.case.id, "evidence_id": one.id}
    about = [kind]
    if content is not None and content.dated:
        about.append(show_date(content.dated))
    if content is not None and content.pages:
        about.append(ngettext("%(num)d page", "%(num)d pages", content.pages))
    status = _("Annex") if is_in else _("Left out: the number stays unused") if annex else _("Not an annex")
    return AnnexLine(
        number=str(annex.number) if annex else "",
        label=one.label,
        title=content.title or kind if content else _("Restricted"),
        href=url_for("evidence.show", **here) if content else "",
        about=", ".join(about),
        kind="good" if is_in else "neutral",
        status=status,
        add_href="" if is_in else url_for("dossier.add_annex", **here),
        leave_out_href=url_for("dossier.leave_out", **here) if is_in else "",
    )


def _build(uow: UnitOfWork, of: Gathered, one: DossierBuild) -> BuildLine:
    is_allowed = one.kind is not DossierKind.FULL or may_name(uow, of.case)
    ready = one.state is BuildState.READY and is_allowed
    who = one.asked_by.shown_name if one.asked_by else _("Someone in another section")
    kind = label("dossier_kind", one.kind.value)
    return BuildLine(
        name=_("%(kind)s, version %(number)s", kind=kind, number=one.number),
        what=label("dossier_language", one.language),
        who=who,
        when=show_moment(one.created_at, of.case.section.time_zone),
        status=label("build_state", one.state.value),
        kind=KINDS_OF_STATE[one.state.value],
        fault=label("build_fault", one.fault.value) if one.fault else "",
        size=one.size,
        pages=one.pages,
        digest=one.sha256,
        download_href=url_for("dossier.download", case_id=of.case.id, build_id=one.id) if ready else "",
    )


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a text in the list of its versions."""

    name: str
    href: str
    is_present: bool


@dataclass(frozen=True, slots=True)
class WritePage:
    """What stands beside a text: its name, what is asked of it, the evidence to cite, its earlier versions."""

    name: str
    hints: Sequence[str]
    evidence: Sequence[tuple[str, str]]
    rule_href: str
    versions: Sequence[VersionLine]


def write_page(uow: UnitOfWork, case: Case, place: TextPlace, present: DossierText | None) -> WritePage:
    """Return what stands beside a text that is written."""
    annexes = annexes_of_case(uow, case)
    return WritePage(
        name=name_of(case, place),
        hints=[str(one) for one in HINTS[place.part.value]],
        evidence=[_citable(one, annexes.get(one.id)) for one in standing_of_case(uow, case)],
        rule_href=url_for("jurisprudence.rule", rule=place.rule or "exhaustion") if _is_of_rule(place) else "",
        versions=[_version(case, row, present) for row in versions_of(uow, case, place)],
    )


def _is_of_rule(place: TextPlace) -> bool:
    return bool(place.rule) or place.part is DossierPart.EXHAUSTION


def _citable(one: Evidence, annex: DossierAnnex | None) -> tuple[str, str]:
    content = one.content
    title = (content.title if content else "") or (label("evidence_kind", one.kind.value) if one.kind else "")
    number = _("Annex %(number)s", number=annex.number) if annex and annex.left_out_at is None else _("Not an annex")
    return f"[{one.label}]", f"{title}, {number}" if title else number


def _version(case: Case, row: VersionRow, present: DossierText | None) -> VersionLine:
    who = row.author or _("Someone in another section")
    when = show_moment(row.created_at, case.section.time_zone)
    name = _("Version %(number)s, %(when)s, %(who)s", number=row.version, when=when, who=who)
    href = url_for("dossier.version", case_id=case.id, text_id=row.id)
    return VersionLine(name, href, is_present=present is not None and row.id == present.id)


def one_place(case: Case, part: DossierPart, claim_id: UUID) -> TextPlace:
    """Return the place of a text of a claim.

    Raises:
        NotFound: the case has no such claim.
    """
    if all(claim.id != claim_id for claim in case.claims):
        raise NotFound("This claim does not exist, or you do not have access to it.")
    return TextPlace(part, claim_id)
