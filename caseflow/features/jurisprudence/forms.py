"""The filters of the list of decisions, in the address."""

import re
from typing import Final, cast

from wtforms import SelectField, StringField

from caseflow.db.searching import lookup
from caseflow.features.jurisprudence.commands import DecisionSearch, SearchedWord
from caseflow.features.jurisprudence.queries import QUESTIONS, Offered
from caseflow.features.jurisprudence.words import question_words
from caseflow.law.jurisprudence import EXAMINED
from caseflow.web.forms import CaseflowForm
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
