"""The forms of merging two cases, and of undoing it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wtforms import BooleanField, Field, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired

from caseflow.features.duplicates.case_merges.commands import MergingCases, Taken
from caseflow.web.forms import SMALL_RADIOS, CaseflowForm
from caseflow.web.texts import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Choice:
    """Something on which two cases differ: what may be chosen, in words, and what is proposed."""

    name: str
    label: str
    values: Mapping[str, str]
    proposed: Taken


class MergeCasesForm(CaseflowForm):
    """What stands where two cases differ. Made by `merge_form`, since each pair differs in other fields."""

    seen = HiddenField()
    reason = StringField(
        _l("How do you know that it is the same event?"),
        [InputRequired(_l("Say why these two cases are about the same event."))],
        description=_l("Without names. The history of the case keeps it."),
    )
    is_same = BooleanField(
        _l("These two cases are about the same event"),
        [InputRequired(_l("Tick this if you are sure that these two are the same."))],
    )
    differing: Sequence[str] = ()

    def choices(self) -> Iterator[Field]:
        """Yield the fields of what differs."""
        yield from (self[name] for name in self.differing)

    def command(self) -> MergingCases:
        """Return the command."""
        taken = {name: Taken(self[name].data) for name in self.differing}
        return MergingCases(reason=self.reason.data or "", seen=self.seen.data or "", taken=taken)


def merge_form(differing: Sequence[Choice], seen: str) -> MergeCasesForm:
    """Return the form for two cases."""
    fields: dict[str, object] = {"differing": [one.name for one in differing]}
    for one in differing:
        fields[one.name] = RadioField(
            one.label, choices=dict(one.values), default=one.proposed.value, render_kw=SMALL_RADIOS
        )
    form = type("MergeCasesForm", (MergeCasesForm,), fields)(seen=seen)
    assert isinstance(form, MergeCasesForm)
    return form


class UndoForm(CaseflowForm):
    """The reason for which a merge of cases is undone."""

    reason = StringField(
        _l("Why are these two cases not about the same event?"),
        [InputRequired(_l("Say why these two cases are not about the same event."))],
        description=_l("Without names. The history of both cases keeps it."),
    )
