"""The languages in which sentences of the law are written."""

from datetime import date

import pytest

from caseflow.languages import language_of
from caseflow.law import UncertainDate
from caseflow.law.sentences import ENGLISH, Authority, Items, State, say, write
from caseflow.translations import compile_catalogues


@pytest.fixture
def spanish():
    compile_catalogues()
    return language_of("es")


def test_english_needs_no_catalogue():
    assert language_of("en") is ENGLISH


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2017, 10, 4), "el 4 de octubre de 2017"),
        (UncertainDate.parse("2017-10"), "en octubre de 2017"),
        (UncertainDate.parse("2017"), "en 2017"),
        (UncertainDate.parse("2017-10-04~"), "en fecha próxima a 4 de octubre de 2017"),
        (UncertainDate.parse("../2017-10"), "en fecha no posterior a octubre de 2017"),
        (Authority("Audiencia Provincial", None), "Audiencia Provincial"),
        (Authority(None, "APPEAL"), "la autoridad de la instancia «Tribunal de segunda instancia»"),
        (State("KR", "Republic of Korea"), "República de Corea"),
        (Items(("a", "b", "c")), "a, b y c"),
        (Items(("a", "b"), "and not"), "a ni b"),
    ],
)
def test_values_are_written_in_the_language(spanish, value, words):
    assert write(say("{value:on}", value=value), spanish) == words


def test_a_sentence_that_the_catalogue_lacks_stays_english(spanish):
    assert write(say("{court} never said this.", court="Audiencia"), spanish) == "Audiencia never said this."
