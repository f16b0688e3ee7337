"""The filters of the list of decisions, in the address; the forms that change a decision and what was held in it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

from wtforms import Field, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired

from caseflow.db.searching import lookup
from caseflow.features.jurisprudence.commands import DecisionSearch, SearchedWord
from caseflow.features.jurisprudence.queries import QUESTIONS, Offered
from caseflow.features.jurisprudence.words import FIELDS, VOCABULARY_OF_FIELD, question_words
from caseflow.law.jurisprudence import EXAMINED, CommitteeHolding, Communication
from caseflow.models import DecidedCommunication, Holding
from caseflow.web.fields import UncertainDateField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices, state_choices

NUMBER: Final = re.compile(r"(?:E/C\.12/[0-9]{1,3}/D/)?\b([0-9]{1,4}/20[0-9]{2})\b", re.IGNORECASE)
"""A number in the words of a search, alone or in a symbol: its parts are in many decisions, so it is looked for as a whole."""
EVERY_OUTCOME: Final = "all"
"""Without a choice the list has the decisions with a result of law: three of four are discontinuances."""
MOST_WORDS: Final = 12
"""Further words of a search are ignored: each is looked for in every decision."""


def words_of(field: SelectField) -> dict[str, str]:
    """Return the choices of a field by code."""
    return cast("dict[str, str]", field.choices or {})


class DecisionsForm(CaseflowForm):
    """Words and filters. A value that is no choice is ignored, so that old links keep working."""

    text = StringField(_l("Words"), description=_l("Name, number, symbol, situation, or words of what was held."))
    outcome = SelectField(_l("Outcome"))
    rule = SelectField(_l("Rule or question"))
    right = SelectField(_l("Right"))
    topic = SelectField(_l("Situation"))
    state = SelectField(_l("State"))
    year = SelectField(_l("Year"))

    class Meta(CaseflowForm.Meta):
        """Without a token: the form is read from the address and changes nothing."""

        csrf = False

    def set_choices(self, offered: Offered) -> None:
        """Set the choices to what the decisions have."""
        every = str(_("All"))
        first = {"": str(_("Examined: all but discontinued ones")), EVERY_OUTCOME: every}
        self.outcome.choices = first | choices("decision_outcome")
        self.rule.choices = {"": every} | {rule: question_words(rule) for rule in QUESTIONS}
        self.right.choices = choices("right", empty=every)
        self.topic.choices = choices("decision_topic", empty=every)
        self.state.choices = state_choices(offered.states, empty=every)
        self.year.choices = {"": every} | {str(year): str(year) for year in offered.years}

    def given(self) -> dict[str, str]:
        """Return the filters in use, for addresses of the same list."""
        return {
            field.name: str(field.data)
            for field in self
            if field.data and (not isinstance(field, SelectField) or field.data in words_of(field))
        }

    def search(self) -> DecisionSearch:
        """Return what is asked for."""
        given = self.given()
        text = given.get("text", "")
        number = NUMBER.search(text)
        words = lookup(NUMBER.sub(" ", text)).split()[:MOST_WORDS]
        return DecisionSearch(
            words=tuple(self._word(word) for word in words),
            number=number[1] if number else "",
            right=given.get("right", ""),
            topic=given.get("topic", ""),
            state=given.get("state", ""),
            rule=given.get("rule", ""),
            outcomes=self._outcomes(),
            year=int(given["year"]) if "year" in given else None,
        )

    @property
    def shown_outcome(self) -> str:
        """Return the chosen outcome; who types a number wants that communication, however it ended."""
        return self.given().get("outcome", "") or (EVERY_OUTCOME if NUMBER.search(self.text.data or "") else "")

    def _outcomes(self) -> tuple[str, ...]:
        """Return the outcomes that are asked for, none for all."""
        chosen = self.shown_outcome
        return EXAMINED if not chosen else () if chosen == EVERY_OUTCOME else (chosen,)

    def _word(self, word: str) -> SearchedWord:
        """Return a typed word with the situations and States whose name in the reader's language contains it."""
        topics, states = (
            tuple(code for code, name in words_of(field).items() if code and word in lookup(name))
            for field in (self.topic, self.state)
        )
        return SearchedWord(word, topics, states)


TEXT_LISTS: Final = ("articles_claimed", "articles_found_violated", "joined_with")
"""Lists that are typed with semicolons between."""
LINE_LISTS: Final = ("individual_recommendations", "general_recommendations")
"""Lists with a line for each value."""
SEMICOLONS: Final = _l("Separated by semicolons, for example: 11(1); 2(1)")


def _choices_of(field: SelectField, *, empty: str | None = None) -> dict[str, str]:
    return choices(VOCABULARY_OF_FIELD[field.name], empty=empty)


class DecisionForm(CaseflowForm):
    """All that is recorded of a decision, but for its number."""

    sometimes_required = frozenset({"reason_discontinued", "grounds_inadmissible"})
    version = VersionField()
    base = HiddenField()
    short_name = StringField(FIELDS["short_name"], description=_l("Authors v. State. Empty if it is not known."))
    symbol = StringField(FIELDS["symbol"], description=_l("Empty where only the title of a joint decision names it."))
    state_code = SelectField(FIELDS["state_code"])
    kind = SelectField(FIELDS["kind"])
    outcome = SelectField(FIELDS["outcome"])
    grounds_inadmissible = SelectMultipleField(FIELDS["grounds_inadmissible"])
    reason_discontinued = SelectField(FIELDS["reason_discontinued"])
    adopted_on = UncertainDateField(FIELDS["adopted_on"])
    submitted_on = UncertainDateField(FIELDS["submitted_on"])
    registered_on = UncertainDateField(FIELDS["registered_on"])
    interim_measures = SelectField(FIELDS["interim_measures"])
    topic = SelectField(FIELDS["topic"])
    articles_claimed = StringField(FIELDS["articles_claimed"], description=SEMICOLONS)
    articles_found_violated = StringField(FIELDS["articles_found_violated"], description=SEMICOLONS)
    rights = SelectMultipleField(FIELDS["rights"])
    violation_types = SelectMultipleField(FIELDS["violation_types"])
    groups = SelectMultipleField(FIELDS["groups"])
    individual_recommendations = TextAreaField(
        FIELDS["individual_recommendations"], description=_l("A line for each."), render_kw={"rows": 3}
    )
    general_recommendations = TextAreaField(
        FIELDS["general_recommendations"], description=_l("A line for each."), render_kw={"rows": 3}
    )
    joined_with = StringField(FIELDS["joined_with"], description=_l("Numbers, separated by semicolons."))
    text_basis = SelectField(FIELDS["text_basis"])
    notes = TextAreaField(FIELDS["notes"], render_kw={"rows": 2})
    source = StringField(FIELDS["source"], [InputRequired(_l("Enter the symbol of the document it is taken from."))])

    def set_choices(self, states: Sequence[str]) -> None:
        """Set the choices, and the texts of lists, if the form was not submitted."""
        for field in self:
            if field.name in VOCABULARY_OF_FIELD:
                can_be_empty = field.name in {"interim_measures", "topic", "reason_discontinued"}
                field.choices = _choices_of(field, empty=str(_("Not stated")) if can_be_empty else None)
        self.state_code.choices = state_choices(states)
        for name in (*TEXT_LISTS, *LINE_LISTS):
            if not isinstance(self[name].data, str):
                self[name].data = _typed(name, self[name].data or ())

    def values_of(self, row: object) -> dict[str, Any]:
        """Return a decision's values by field name."""
        assert isinstance(row, DecidedCommunication)
        return super().values_of(row) | {
            name: _typed(name, getattr(row, name)) for name in (*TEXT_LISTS, *LINE_LISTS)
        }  # fmt: skip

    def command(self, number: str) -> Communication:
        """Return the new values of the decision with this number."""
        lists = {name: _parts(name, self[name]) for name in (*TEXT_LISTS, *LINE_LISTS)}
        return self.build(Communication, number=number, symbol=self.symbol.data or None, **lists)


def _typed(name: str, values: Iterable[str]) -> str:
    return ("; " if name in TEXT_LISTS else "\n").join(values)


def _parts(name: str, field: Field) -> tuple[str, ...]:
    text = str(field.data or "")
    parts = text.split(";") if name in TEXT_LISTS else text.splitlines()
    return tuple(filter(None, (part.strip() for part in parts)))


class HoldingForm(CaseflowForm):
    """What was held, in one paragraph."""

    adds = True
    version = VersionField()
    base = HiddenField()
    sentence = TextAreaField(
        FIELDS["sentence"],
        [InputRequired(_l("Say in one sentence of your own what the Committee held."))],
        render_kw={"rows": 3},
    )
    paragraph = StringField(
        FIELDS["paragraph"],
        [InputRequired(_l("Enter the number of the paragraph, for example 7.4."))],
        description=_l("For example: 7.4"),
    )
    rule = SelectField(FIELDS["rule"])
    direction = SelectField(FIELDS["direction"])
    weight = SelectField(
        FIELDS["weight"],
        description=_l("Leading: repeated by at least two later decisions. Consistent: part of a repeated line."),
    )

    def set_choices(self, holding: Holding | None) -> None:
        """Set the choices; `holding` is the one that is changed."""
        self.rule.choices = {rule: question_words(rule) for rule in QUESTIONS}
        self.direction.choices, self.weight.choices = _choices_of(self.direction), _choices_of(self.weight)
        if not self.is_filled() and holding is None:
            self.version.data = 0

    def command(self) -> CommitteeHolding:
        """Return the values; id and symbol are not those of people."""
        return self.build(CommitteeHolding, id="", symbol="")


class RemovalForm(CaseflowForm):
    """Confirmation that a holding is removed."""

    version = VersionField()
