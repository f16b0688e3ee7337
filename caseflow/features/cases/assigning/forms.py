"""The form that assigns several cases."""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from caseflow.features.cases.assigning.commands import AssignCases
from caseflow.features.cases.owners.queries import Owner
from caseflow.models import Case
from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import lazy_gettext as _l

NOBODY: Final = "none"


class AssignSeveralForm(CaseflowForm):
    """Several cases and their new owner. `versions` has the cases as the person saw them."""

    versions = HiddenField()
    chosen = SelectMultipleField(
        _l("Cases"), [InputRequired(_l("Choose at least one case."))], validate_choice=False,
        render_kw={"params": {"classes": "govuk-checkboxes--small"}},
    )  # fmt: skip
    owner = SelectField(_l("New owner"), [InputRequired(_l("Choose the new owner."))])

    def set_choices(self, described: dict[UUID, str], cases: Sequence[Case], people: Sequence[Owner]) -> None:
        """Offer the cases, all chosen at first, and the people who work in one of their sections."""
        sections = {case.section_id for case in cases}
        offered = {str(one.user_id): one.name for one in people if one.works_in & sections}
        self.chosen.choices = {str(case_id): words for case_id, words in described.items()}
        self.owner.choices = {
            "": str(_l("Choose a person")),
            **offered,
            NOBODY: str(_l("Nobody: leave without an owner")),
        }
        if not self.is_filled():
            self.chosen.data = list(self.chosen.choices)
            self.versions.data = " ".join(f"{case.id}:{case.version}" for case in cases)

    def command(self) -> AssignCases:
        """Return the command. A case without a version that was shown has none that fits."""
        pairs = (one.partition(":") for one in (self.versions.data or "").split())
        seen = {case_id: int(version) for case_id, _, version in pairs if version.isdecimal() and len(version) < 10}  # noqa: PLR2004 - versions are integers
        owner = self.owner.data
        return AssignCases(
            versions={case_id: seen.get(str(case_id), 0) for case_id in ids_in(self.chosen.data or ())},
            owner_id=None if owner == NOBODY else UUID(owner),
        )


def ids_in(texts: Iterable[str]) -> list[UUID]:
    """Return the ids among texts, each once."""
    found = []
    for one in texts:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
