"""The forms of merging two persons, of undoing it, and of saying that they are not the same."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from wtforms import BooleanField, Field, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired

from caseflow.features.duplicates.commands import MergeChoices, Merging
from caseflow.features.duplicates.planning import PERSON_FIELDS, ROLE_FIELDS
from caseflow.models import KeptIdentity
from caseflow.web.forms import SMALL_RADIOS, CaseflowForm
from caseflow.web.texts import lazy_gettext as _l

KEPT, MERGED = "kept", "merged"


class Choice:
    """A field on which two records differ, with both values in words."""

    def __init__(self, name: str, label: str, kept: str, merged: str, *, prefers_merged: bool) -> None:
        self.name, self.label, self.kept, self.merged = name, label, kept, merged
        self.default = MERGED if prefers_merged else KEPT


class MergeForm(CaseflowForm):
    """What stands where two records differ. Made by `merge_form`, since each pair differs in other fields."""

    keeps_drafts = False
    seen = HiddenField()
    is_same = BooleanField(
        _l("These two are the same person"),
        [InputRequired(_l("Tick this if you are sure that these two are the same."))],
    )
    differing: Sequence[Choice] = ()
    case_ids: Sequence[UUID] = ()

    def choices(self) -> Iterator[Field]:
        """Yield the fields of what differs."""
        yield from (self[one.name] for one in self.differing)

    def command(self) -> Merging:
        """Return the command."""
        taken = {one.name for one in self.differing if self[one.name].data == MERGED}
        roles = {
            (case_id, name) for case_id in self.case_ids for name in ROLE_FIELDS if role_field(case_id, name) in taken
        }
        identity = KeptIdentity(self["identity"].data) if "identity" in self else KeptIdentity.BOTH
        choices = MergeChoices(identity=identity, person=frozenset(taken & {*PERSON_FIELDS}), roles=frozenset(roles))
        return Merging(choices=choices, seen=self.seen.data or "")


def role_field(case_id: UUID, name: str) -> str:
    """Return the name of the choice for a field of the roles in a case."""
    return f"role_{case_id.hex}_{name}"


def merge_form(
    differing: Sequence[Choice], case_ids: Sequence[UUID], identity: Mapping[str, str], seen: str
) -> MergeForm:
    """Return the form for two records. `identity` has the choices where both have a name."""
    fields: dict[str, object] = {"differing": differing, "case_ids": case_ids}
    for one in differing:
        choices = {KEPT: one.kept, MERGED: one.merged}
        fields[one.name] = RadioField(one.label, choices=choices, default=one.default, render_kw=SMALL_RADIOS)
    if identity:
        fields["identity"] = RadioField(
            _l("What identifies the person: name, numbers, address"),
            choices=dict(identity),
            default=KeptIdentity.BOTH.value,
            render_kw=SMALL_RADIOS,
            description=_l("Nothing is opened for it, and what is not shown stays sealed with the record."),
        )
    form = type("MergeForm", (MergeForm,), fields)(seen=seen)
    assert isinstance(form, MergeForm)
    return form


class UndoForm(CaseflowForm):
    """The reason for which a merge is undone."""

    reason = StringField(
        _l("Why are these two not the same person?"),
        [InputRequired(_l("Say why these two are not the same person."))],
        description=_l("Without names. The history of the cases keeps it."),
    )


class DifferentForm(CaseflowForm):
    """The reason for which two persons are not the same."""

    reason = StringField(
        _l("Why are these two not the same person?"),
        [InputRequired(_l("Say why these two are not the same person."))],
        description=_l("Without names. The history of the cases keeps it."),
    )
