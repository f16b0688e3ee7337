"""Figures are dated data with a source, and the engine uses those of the register it is given."""

from dataclasses import fields, replace
from datetime import date

from caseflow.law import assess, load_register, read_facts
from caseflow.law.thresholds import Thresholds, load_thresholds
from tests.law.building import clocks, document, of_rule


def test_every_figure_has_its_source_and_the_day_it_was_checked() -> None:
    figures = load_thresholds()
    for each in fields(Thresholds):
        figure = getattr(figures, each.name)
        assert figure.source, each.name
        assert figure.unit, each.name
        assert figure.certainty in ("primary", "secondary", "to confirm", "coalition"), each.name
        assert date(2026, 1, 1) <= figure.checked_on, each.name


def test_the_engine_uses_the_figures_of_its_register() -> None:
    register = load_register()
    figures = register.ruleset.thresholds
    longer = replace(figures, years_to_file=replace(figures.years_to_file, value=2))
    later = replace(longer, months_after_deposit=replace(figures.months_after_deposit, value=900))
    other = replace(register, ruleset=replace(register.ruleset, thresholds=later))
    spain = register.get("ES")
    assert spain is not None
    got = assess(read_facts(document()), date(2018, 9, 17), other.with_states([spain], "states/test"))
    assert {clock.safe_until for clock in got.clocks} == {date(2019, 10, 4)}
    assert of_rule(got, "state-party")[0].result == "not_met"
    assert {clock.safe_until for clock in clocks(document())} == {date(2018, 10, 4)}
