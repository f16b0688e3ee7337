"""Links between cases: made with a reason, seen only by those who see both cases, and taken back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from caseflow.errors import Conflict, Forbidden, Invalid, NotFound
from caseflow.features.cases.links.commands import NewLink, Relation
from caseflow.features.cases.links.pages import link_line
from caseflow.features.cases.links.queries import links_of, one_link
from caseflow.features.cases.links.service import link_cases, remove_link
from caseflow.features.cases.queries import one_case
from caseflow.features.cases.service import editable_case
from caseflow.models import AuditEntry, Role
from tests.factories import make_actor, make_case, make_section, seal, share


@pytest.fixture
def spain(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, spain):
    return make_actor(runtime.units, (spain, Role.CASEWORKER), name="Ana")


@pytest.fixture
def lead(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def follower(runtime, ana):
    return make_case(runtime.units, ana)


def linked(runtime, actor, case, other, relation=Relation.LEADS):
    with runtime.units.begin(actor) as uow:
        reference = other if isinstance(other, str) else other.reference.lower()
        new = NewLink(relation=relation, reference=reference, reason="One decree")
        return link_cases(uow, editable_case(uow, case.id), new)


def seen(runtime, actor, case):
    with runtime.units.begin(actor) as uow:
        lines = [link_line(one_case(uow, case.id), one) for one in links_of(uow, case.id)]
        return [(line.relation, line.other.reference) for line in lines]


def test_each_side_reads_the_link_from_its_end(runtime, ana, lead, follower):
    linked(runtime, ana, lead, follower)
    linked(runtime, ana, follower, lead, Relation.INCIDENT)
    both = [Relation.LEADS, Relation.INCIDENT], [Relation.FOLLOWS, Relation.INCIDENT]
    assert seen(runtime, ana, lead) == [(one, follower.reference) for one in both[0]]
    assert seen(runtime, ana, follower) == [(one, lead.reference) for one in both[1]]


@pytest.mark.parametrize("relation", list(Relation))
def test_two_cases_are_linked_once_in_each_way(runtime, ana, lead, follower, relation):
    linked(runtime, ana, lead, follower, relation)
    turned = {Relation.LEADS: Relation.FOLLOWS, Relation.FOLLOWS: Relation.LEADS}.get(relation, relation)
    for case, other, again in ((lead, follower, relation), (follower, lead, relation), (lead, follower, turned)):
        with pytest.raises(Invalid) as refused:
            linked(runtime, ana, case, other, again)
        assert list(refused.value.fields) == ["relation"]


@pytest.mark.commits
def test_of_two_who_link_the_same_cases_from_both_ends_the_second_gets_an_answer(runtime, ana, lead, follower):
    both_are_in = Barrier(2, timeout=20)

    def link_from(case, other):
        with runtime.units.begin(ana) as uow:
            found = editable_case(uow, case.id)
            both_are_in.wait()
            link_cases(uow, found, NewLink(relation=Relation.LAW, reference=other.reference, reason="One decree"))

    with ThreadPoolExecutor(2) as people:
        asked = [people.submit(link_from, *sides) for sides in ((lead, follower), (follower, lead))]
        errors = [one.exception(timeout=30) for one in asked]
    assert [type(error) for error in errors if error] == [Invalid]
    assert seen(runtime, ana, lead) == [(Relation.LAW, follower.reference)]


def test_a_case_that_is_not_seen_is_as_one_that_does_not_exist(runtime, ana, lead):
    ben = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    hidden = make_case(runtime.units, ben)
    answers = []
    for reference in (hidden.reference, "FR-2020-9999", lead.reference):
        with pytest.raises(Invalid) as refused:
            linked(runtime, ana, lead, reference)
        answers.append(refused.value.fields["reference"])
    assert answers[0] == answers[1] != answers[2]


def test_a_link_reveals_nothing_to_those_who_see_one_of_the_cases(runtime, pages, ana, lead, spain):
    sealed = make_case(runtime.units, ana)
    link = linked(runtime, ana, lead, sealed)
    eva = make_actor(runtime.units, (spain, Role.CASEWORKER))
    seal(runtime.units, ana, sealed)
    assert seen(runtime, eva, lead) == []
    page, plain = pages(eva).get(f"/cases/{lead.id}/facts"), pages(eva).get(f"/cases/{lead.id}/history")
    assert sealed.reference not in page.html + plain.html
    assert "Linked two cases" not in plain.html
    assert "One decree" not in page.html + plain.html
    with runtime.units.begin(eva) as uow, pytest.raises(NotFound):
        one_link(uow, lead, link.id)
    with runtime.units.begin(eva) as uow:
        assert "case_link.added" not in uow.session.scalars(select(AuditEntry.action)).all()
    assert seen(runtime, ana, lead) == [(Relation.LEADS, sealed.reference)]


def test_a_link_across_sections_is_removed_by_those_who_may_change_a_side(runtime, ana, lead):
    ben = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    cem = make_actor(runtime.units, (make_section(runtime.units, "TR"), Role.CASEWORKER))
    french = make_case(runtime.units, ben)
    share(runtime.units, ben, french, ana)
    link = linked(runtime, ana, lead, french, Relation.LAW)
    for guest, case in ((cem, lead), (cem, french)):
        share(runtime.units, ana if case is lead else ben, case, guest)
    assert seen(runtime, cem, lead) == [(Relation.LAW, french.reference)]
    assert seen(runtime, ben, french) == []
    with runtime.units.begin(cem) as uow, pytest.raises(Forbidden):
        remove_link(uow, one_link(uow, lead, link.id), "Another law")


def test_a_link_is_taken_back_once_with_a_reason_and_can_be_made_again(runtime, pages, ana, lead, follower):
    link = linked(runtime, ana, lead, follower)
    address = f"/cases/{lead.id}/links/{link.id}/remove"
    pages(ana).submit(address, reason="", status=422)
    done = pages(ana).submit(address, reason="Another landlord")
    assert "Removed links (1)" in done.words
    with runtime.units.begin(ana) as uow, pytest.raises(Conflict):
        remove_link(uow, one_link(uow, lead, link.id), "Twice")
    linked(runtime, ana, lead, follower)
    assert len(seen(runtime, ana, lead)) == 2


def test_cases_are_linked_on_the_page_of_facts(pages, ana, lead, follower):
    page = pages(ana).submit(
        f"/cases/{lead.id}/links/new", reference=follower.reference, relation="opponent", reason="The same fund"
    )
    assert page.path == f"/cases/{lead.id}/facts"
    assert "The same fund" in page.words
    assert follower.reference in page.links
