"""The declarations of features are combined in order; contradictory ones are refused."""

from dataclasses import dataclass

import pytest
from flask_babel import lazy_gettext as _l

from caseflow.access import Permission
from caseflow.app import FEATURES
from caseflow.models import Role
from caseflow.web.case_pages import (
    Banner,
    CasePage,
    CasePanel,
    CaseView,
    NextStep,
    SummaryPart,
    TaskRow,
    summary_of,
)
from caseflow.web.clocks import ClockBox
from caseflow.web.feature import (
    Feature,
    MenuItem,
    StatePanel,
    WorkPanel,
    case_pages,
    case_panels,
    features,
    sources_of,
    state_panels,
    work_panels,
)
from caseflow.web.navigation import menu_of
from tests.factories import make_actor, make_case, make_section, reload_case
from tests.pages import Pages

ACTIONS = {code: words for feature in FEATURES for code, words in feature.words.get("action", {}).items()}


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def plant(runtime, monkeypatch, make_app):
    """Make the application with additional features at the end of the list."""

    def made(*planted):
        monkeypatch.setattr("caseflow.app.FEATURES", (*FEATURES, *planted))
        return make_app(runtime)

    return made


def test_two_features_with_different_words_for_one_code_are_refused(plant):
    with pytest.raises(ValueError, match=r"Two features have different action for case\.opened"):
        plant(Feature(name="letters", words={"action": {"case.opened": _l("Saved.")}}))


def test_equal_words_may_be_declared_twice_and_others_are_added(plant):
    words = {"case.opened": ACTIONS["case.opened"], "letter.sent": _l("Saved.")}
    app = plant(Feature(name="letters", words={"action": words, "letter": {"a": _l("Draft")}}))
    with app.test_request_context():
        known = app.extensions["caseflow.words"]
        assert (known.of("action")["letter.sent"], known.of("letter")) == ("Saved.", {"a": "Draft"})
        assert known.of("action").keys() > ACTIONS.keys()


def test_two_features_with_different_vocabularies_for_a_field_are_refused(plant):
    with pytest.raises(ValueError, match="Two features have different vocabularies of histories for outlook"):
        plant(Feature(name="letters", history={"outlook": "stage"}))


def test_the_menu_is_in_order_and_has_only_what_the_role_allows(runtime, section, plant):
    item = lambda order, permission=Permission.CASE_READ, **more: MenuItem(  # noqa: E731 - shorter than a function here
        order, "cases.index", _l("Cases"), permission, **more
    )
    app = plant(
        Feature(name="last", menu=(item(900), item(-1, Permission.USER_MANAGE))),
        Feature(name="first", menu=(item(-2), item(35))),
    )
    ana = make_actor(runtime.units, (section, Role.CASEWORKER))
    with app.test_request_context():
        orders = [one.order for one in menu_of(ana)]
    assert orders == sorted(orders)
    assert (orders[0], orders[-1]) == (-2, 900)
    assert 35 in orders
    assert -1 not in orders


@pytest.mark.parametrize(
    ("role", "home"),
    [
        (Role.CASEWORKER, "/my-work"),
        (Role.SECTION_REPORTER, "/reports"),
        (Role.ADMINISTRATOR, "/admin"),
        (Role.AUDITOR, "/audit"),
    ],
)
def test_the_start_page_is_the_first_home_that_the_role_allows(runtime, app, database, section, *, role, home):
    browser = Pages(app, runtime, database.engine, make_actor(runtime.units, (section, role)))
    assert browser.client.get("/").headers["Location"] == home


def test_an_earlier_home_comes_first(runtime, section, plant, database):
    planted = MenuItem(5, "cases.index", _l("Cases"), Permission.CASE_READ, is_home=True)
    app = plant(Feature(name="first", menu=(planted,)))
    ana = make_actor(runtime.units, (section, Role.CASEWORKER))
    browser = Pages(app, runtime, database.engine, ana)
    assert browser.client.get("/").headers["Location"] == "/cases"


@dataclass(frozen=True)
class Named:
    name: str


def test_panels_of_a_page_of_a_case_come_in_order_and_others_are_not_built(runtime, section, monkeypatch, make_app):
    def panel(name, page, order):
        return CasePanel(page, order, lambda _uow, _view: Named(name), f"{name}.html")

    def never(_uow, _view):
        raise AssertionError("built for another page")

    planted = (
        Feature(name="late", case_panels=(panel("last", CasePage.FACTS, 90), CasePanel(CasePage.TASKS, 1, never, "x"))),
        Feature(name="early", case_panels=(panel("first", CasePage.FACTS, 20),)),
    )
    ana = make_actor(runtime.units, (section, Role.CASEWORKER))
    case = reload_case(runtime.units, ana, make_case(runtime.units, ana))
    app = make_app(runtime)
    monkeypatch.setitem(app.extensions, "caseflow.features", planted)
    with app.app_context(), runtime.units.begin(ana) as uow:
        panels = case_panels(uow, CaseView(case, case.opened_on, may_edit=False), CasePage.FACTS)
        assert case_pages() == [CasePage.SUMMARY, CasePage.FACTS, CasePage.TASKS]
    assert [(one.data.name, one.template) for one in panels] == [("first", "first.html"), ("last", "last.html")]


def test_a_page_of_a_case_without_panels_is_not_found(runtime, section, app, database):
    ana = make_actor(runtime.units, (section, Role.CASEWORKER))
    address = f"/cases/{make_case(runtime.units, ana).id}"
    browser = Pages(app, runtime, database.engine, ana)
    browser.get(f"{address}/summary", status=404)
    browser.get(f"{address}/facts")


def test_the_summary_has_the_most_important_of_all_features():
    banner, step = lambda rank: Banner(rank, "warn", f"b{rank}"), lambda *rank: NextStep(rank, f"s{rank}", "/")
    row = lambda order: TaskRow(order, CasePage.FACTS, ("facts",), "Facts", "Recorded", "good")  # noqa: E731 - shorter than a function here
    running, stopped = ClockBox("Year", "3 days", "bad", "2 May"), ClockBox("Step", "None open", "neutral")
    found = summary_of(
        [
            SummaryPart([banner(3), banner(1)], [step(1, 0), step(0, 9)], [stopped], [row(30)]),
            SummaryPart([banner(2)], [step(0, 2), step(2, 0)], [running], [row(10)]),
        ]
    )
    assert [one.rank for one in found.banners] == [1, 2]
    assert [one.rank for one in found.steps] == [(0, 2), (0, 9), (1, 0)]
    assert (found.clocks, found.not_running) == ([running], [stopped])
    assert [one.order for one in found.rows] == [10, 30]


def test_blocks_of_my_work_and_of_a_state_come_in_the_order_of_the_features(runtime, app, section, monkeypatch):
    planted = tuple(
        Feature(
            name=name,
            work_panels=(WorkPanel(lambda uow, name=name: (name, uow), "work.html"),),
            state_panels=(StatePanel(lambda _uow, code, name=name: (name, code), "state.html"),),
        )
        for name in ("second", "first")
    )
    monkeypatch.setitem(app.extensions, "caseflow.features", planted)
    ana = make_actor(runtime.units, (section, Role.CASEWORKER))
    with app.app_context(), runtime.units.begin(ana) as uow:
        assert [one.data for one in work_panels(uow)] == [("second", uow), ("first", uow)]
        assert [one.data for one in state_panels(uow, "ES")] == [("second", "ES"), ("first", "ES")]


def test_sources_are_those_of_all_features_in_order(app):
    with app.app_context():
        assert tuple(features()) == FEATURES
    known = sources_of(FEATURES)
    assert known.facts == tuple(one.facts for one in FEATURES if one.facts)
    assert [source.name for source in known.deadlines] == [
        "consent",
        "contacts",
        "readiness",
        "tasks",
        "docket",
        "interim_measures",
    ]
    assert len({one.name for one in FEATURES}) == len(FEATURES)
