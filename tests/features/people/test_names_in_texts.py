"""A known name that is typed into a text is noticed, with the code name to write in its place, and revealed to nobody."""

import pytest

from caseflow.db.identity_tokens import possible_names
from caseflow.features.people.identity.queries import persons_named
from caseflow.models import Role
from tests.factories import make_actor, make_case, make_claim, make_person, make_section, share

WARNING = "may contain a name of V1"


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture(autouse=True)
def rosa(runtime, ana, case):
    return make_person(runtime.units, ana, case, name="Rosa de los Ríos Müller", other_names="روزا")


def named(runtime, by, case, *texts):
    with runtime.units.begin(by) as uow:
        return persons_named(uow, case.id, case.section_id, texts)


@pytest.mark.parametrize(
    "text",
    [
        "Rosa was told to leave", "The police asked for (RIOS) twice", "Señora Mueller came", "muller? No: Müller.",
        "قالت روزا", "Los policías hablaron con los Ríos",
    ],
)  # fmt: skip
def test_a_name_is_noticed_in_any_spelling(runtime, ana, case, text):
    assert named(runtime, ana, case, "Nothing here", text) == ["V1"]


@pytest.mark.parametrize(
    "text",
    ["", "Los vecinos were evicted", "a rosary, the rios, a müller", "V1 was told to leave", "ROSARIO came", "2026"],
)
def test_other_words_are_not(runtime, ana, case, text):
    assert named(runtime, ana, case, text) == []


def test_nobody_of_another_section_learns_from_it(runtime, ana, case):
    eva = make_actor(runtime.units, (make_section(runtime.units, "FI"), Role.CASEWORKER))
    assert named(runtime, eva, case, "Rosa") == []
    share(runtime.units, ana, case, eva, level="write")
    assert named(runtime, eva, case, "Rosa") == []


def test_the_page_after_saving_says_it_and_no_page_says_the_name(pages, ana, case, runtime):
    claim = make_claim(runtime.units, ana, case)
    browser = pages(ana)
    saved = browser.submit(f"/cases/{case.id}/claims/{claim.id}", disadvantage="Rosa lost her home")
    assert WARNING in saved.words
    assert "Rosa" not in saved.words.partition("What you saved")[2].partition("people read texts")[0]
    again = browser.submit(f"/cases/{case.id}/claims/{claim.id}", disadvantage="V1 lost her home")
    assert WARNING not in again.words


def test_a_text_without_a_possible_name_costs_nothing(pages, ana, case, runtime):
    claim = make_claim(runtime.units, ana, case)
    path, browser = f"/cases/{case.id}/claims/{claim.id}", pages(ana)
    without = browser.submit(path, disadvantage="lost the home").statements
    having = browser.submit(path, disadvantage="Maria lost the home").statements
    assert len(having) - len(without) <= 1


def test_words_that_may_be_names_are_the_capitalised_ones_and_those_without_capitals():
    found = possible_names("Then Ana-María went; dijo: ¿Müller? قالت 12 x")
    assert list(found) == ["Then", "Ana", "María", "Müller", "قالت"]
    assert found["Müller"] == {"muller", "mueller"}
