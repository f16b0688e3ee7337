"""The page that asks before a claim is removed: what belongs to it, and what may become of that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseflow.features.cases.service import EditableCase
from caseflow.features.claims.queries import claims_of
from caseflow.features.claims.removing import queries
from caseflow.features.claims.removing.forms import RemoveClaimForm
from caseflow.features.claims.removing.queries import Belongings
from caseflow.features.claims.removing.service import why_it_stays
from caseflow.models import Claim
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import label, labels


@dataclass(frozen=True, slots=True)
class RemovalPage:
    """What the page shows. Each line has the name of a kind and what there is of it."""

    claim: Claim
    name: str
    lines: Sequence[tuple[str, Sequence[str]]]
    kept: Sequence[str]
    """Sentences on what is never removed."""
    refusal: str


def removal_page(uow: UnitOfWork, case: EditableCase, claim: Claim, form: RemoveClaimForm) -> RemovalPage:
    """Return the page, and set the choices of its form: thirteen statements."""
    belongings, claims = queries.belongings_of(uow, claim), claims_of(uow, case)
    targets = {
        one.id: _("Give it to claim %(number)s: %(what)s", number=one.position, what=_what(one))
        for one in claims
        if one.id != claim.id
    }
    form.set_choices(targets, may_remove=not belongings.evidence, is_empty=belongings.is_empty)
    if not form.is_filled():
        form.seen.data = belongings.digest
    refusal = why_it_stays(case, belongings, has_others=bool(targets))
    return RemovalPage(
        claim,
        _("Claim %(number)s: %(what)s", number=claim.position, what=_what(claim)),
        [(name, words) for name, words in _lines(belongings) if words],
        list(_kept(belongings, has_targets=bool(targets))),
        label("claim_stays", refusal) if refusal else "",
    )


def _what(claim: Claim) -> str:
    return claim.label or labels("right", claim.rights)


def _lines(belongings: Belongings) -> Iterator[tuple[str, list[str]]]:
    yield _("Acts"), [act.what for act in belongings.acts]
    yield (
        _("Requests for housing"),
        [one.authority or _("To whom is not recorded") for one in belongings.housing_applications],
    )
    treaties = belongings.other_treaties
    yield (
        _("Articles of other treaties"),
        [" ".join(filter(None, (label("other_treaty", one.treaty), one.article))) for one in treaties],
    )
    remedies = belongings.remedies
    yield (
        _("Remedies"),
        [" · ".join(filter(None, (label("remedy_stage", one.stage), one.authority))) for one in remedies],
    )
    yield _("Evidence"), [f"E{number}" for number in belongings.evidence]
    yield _("Whom the claim concerns"), list(belongings.persons)
    yield _("Tasks"), [task.title for task in belongings.tasks]
    yield _("Texts of the dossier"), [label("dossier_part", one.part.value) for one in belongings.texts]


def _kept(belongings: Belongings, *, has_targets: bool) -> Iterator[str]:
    if number := len(belongings.notes):
        yield ngettext(
            "%(num)d note on the claim stays in the case.", "%(num)d notes on the claim stay in the case.", number
        )
    if belongings.tasks and not has_targets:
        yield _("Tasks stay in the case.")
    if belongings.texts:
        yield _("What the dossier says on this claim is removed with it. The history keeps the texts.")
    if belongings.evidence:
        yield _("Evidence is not removed with a claim. It supports the other claim from then on.")
