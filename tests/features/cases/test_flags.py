"""Flags on cases: raised with a reason, resolved, found in the list, and given to several cases at once."""

import pytest
from sqlalchemy import select

from caseflow.errors import Conflict, Invalid
from caseflow.features.cases.commands import CaseFilters, Window
from caseflow.features.cases.filters import queries as filters
from caseflow.features.cases.flags.commands import FlagCases, NewFlag, ResolveFlags
from caseflow.features.cases.flags.queries import flags_of, one_flag
from caseflow.features.cases.flags.service import flag_cases, raise_flag, resolve_flag, resolve_flags
from caseflow.features.cases.lists.queries import case_list
from caseflow.features.cases.queries import history
from caseflow.features.cases.service import editable_case
from caseflow.models import AuditEntry, CaseFlag, FlagKind, Role
from tests.factories import make_actor, make_case, make_section, seal, share

SAFETY = NewFlag(kind=FlagKind.SAFETY, reason="Threats at the door")


@pytest.fixture
def spain(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, spain):
    return make_actor(runtime.units, (spain, Role.CASEWORKER), name="Ana")


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


def raised(runtime, ana, case, new=SAFETY):
    with runtime.units.begin(ana) as uow:
        return raise_flag(uow, editable_case(uow, case.id), new)


def resolved(runtime, ana, case, flag, resolution="She moved"):
    with runtime.units.begin(ana) as uow:
        return resolve_flag(uow, editable_case(uow, case.id), one_flag(uow, case, flag.id), resolution)


def listed(runtime, actor, **given):
    with runtime.units.begin(actor) as uow:
        return {case.reference for case in case_list(uow, CaseFilters(**given), Window()).cases}


def test_a_flag_is_raised_and_resolved_and_the_history_keeps_both(runtime, ana, case):
    resolved(runtime, ana, case, raised(runtime, ana, case))
    with runtime.units.begin(ana) as uow:
        (flag,) = flags_of(uow, case.id)
        assert (flag.resolution, flag.resolved_by.shown_name) == ("She moved", "Ana")
        latest, first = history(uow, case.id, limit=2)
    assert (first.action, first.changes["flag"]) == ("flag.raised", [None, "safety"])
    assert (latest.action, latest.changes["resolution"]) == ("flag.resolved", [None, "She moved"])


def test_a_case_has_a_flag_once_but_others_as_often_as_needed(runtime, ana, case):
    flag = raised(runtime, ana, case)
    with pytest.raises(Invalid) as refused:
        raised(runtime, ana, case)
    assert list(refused.value.fields) == ["kind"]
    resolved(runtime, ana, case, flag)
    raised(runtime, ana, case)
    for reason in ("Key at the neighbour", "Dog"):
        raised(runtime, ana, case, NewFlag(kind=FlagKind.OTHER, reason=reason))


def test_what_is_resolved_is_not_resolved_twice(runtime, ana, case):
    flag = raised(runtime, ana, case)
    with pytest.raises(Invalid):
        resolved(runtime, ana, case, flag, " ")
    resolved(runtime, ana, case, flag)
    with pytest.raises(Conflict):
        resolved(runtime, ana, case, flag)


def test_the_list_is_filtered_by_open_flags(runtime, ana, case):
    other, plain = make_case(runtime.units, ana, right="WATER"), make_case(runtime.units, ana)
    gone = raised(runtime, ana, plain)
    resolved(runtime, ana, plain, gone)
    raised(runtime, ana, case)
    raised(runtime, ana, other, NewFlag(kind=FlagKind.MEDIA, reason="Local paper"))
    assert listed(runtime, ana, flag="any") == {case.reference, other.reference}
    assert listed(runtime, ana, flag="safety") == {case.reference}
    assert listed(runtime, ana, flag="any", right="WATER") == {other.reference}
    assert listed(runtime, ana, flag="papers") == set()


def test_many_flagged_cases_are_found_as_well(runtime, ana, case, monkeypatch):
    raised(runtime, ana, case)
    make_case(runtime.units, ana)
    monkeypatch.setattr(filters, "MOST_BY_INDEX", 0)
    assert listed(runtime, ana, flag="any") == {case.reference}
    assert listed(runtime, ana, flag="lawyer") == set()


def test_flags_of_others_are_seen_only_with_the_case(runtime, ana, case, spain):
    raised(runtime, ana, case)
    ben = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    eva = make_actor(runtime.units, (spain, Role.CASEWORKER))
    assert listed(runtime, ben, flag="any") == set()
    share(runtime.units, ana, case, ben)
    assert listed(runtime, ben, flag="any") == {case.reference}
    seal(runtime.units, ana, case)
    assert listed(runtime, eva, flag="any") == set()


def test_several_cases_are_flagged_each_with_an_entry_of_its_own(runtime, ana, case):
    ben = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    before, foreign, hidden = (
        make_case(runtime.units, ana),
        make_case(runtime.units, ben),
        make_case(runtime.units, ben),
    )
    share(runtime.units, ben, foreign, ana)
    raised(runtime, ana, before)
    ids = [one.id for one in (case, before, foreign, hidden)]
    with runtime.units.begin(ana) as uow:
        flagged = flag_cases(uow, FlagCases(case_ids=ids, flag=SAFETY))
    assert (flagged.done, flagged.unchanged, flagged.missing) == ([case.reference], [before.reference], 1)
    assert [reference for reference, _ in flagged.refused] == [foreign.reference]
    with runtime.units.begin(ana) as uow:
        entries = uow.session.scalars(select(AuditEntry.case_id).where(AuditEntry.action == "flag.raised")).all()
        assert sorted(entries) == sorted([case.id, before.id])
        assert len(uow.session.scalars(select(CaseFlag)).all()) == 2


def test_rows_of_the_list_are_chosen_and_flagged(runtime, pages, ana, case):
    page = pages(ana).get("/cases")
    assert "Flag the chosen cases" in page.words
    assert "Assign the chosen cases" not in page.words, "a caseworker does not assign"
    done = pages(ana).submit(f"/cases/flag?chosen={case.id}", kind="media", reason="Local paper")
    assert f"Flagged: {case.reference}." in done.words
    assert "In the media" in pages(ana).get("/cases").words
    assert "In the media" in pages(ana).get(f"/cases/{case.id}").words


def test_those_that_may_only_be_read_are_named_and_left(runtime, pages, ana, case):
    ben = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    foreign = make_case(runtime.units, ben)
    share(runtime.units, ben, foreign, ana)
    page = pages(ana).get(f"/cases/flag?chosen={case.id}&chosen={foreign.id}")
    assert f"Left out, because you may read but not change them: {foreign.reference}." in page.words
    assert str(foreign.id) not in page.form().values().get("chosen", [])


def test_a_flag_is_raised_and_resolved_on_the_page_of_facts(runtime, pages, ana, case):
    pages(ana).submit(f"/cases/{case.id}/flags/new", kind="other", reason="Key at the neighbour")
    page = pages(ana).get(f"/cases/{case.id}/facts")
    assert "Key at the neighbour" in page.words
    with runtime.units.begin(ana) as uow:
        (flag,) = flags_of(uow, case.id)
    done = pages(ana).submit(f"/cases/{case.id}/flags/{flag.id}/resolve", resolution="Key is back")
    assert "Key is back" in done.words
    assert pages(ana).get(f"/cases/{case.id}/flags/{flag.id}/resolve").status == 200


def test_several_flags_are_resolved_each_with_an_entry_of_its_own(runtime, ana, case):
    ben = make_actor(runtime.units, (make_section(runtime.units, "FR"), Role.CASEWORKER))
    other, foreign, hidden = make_case(runtime.units, ana), make_case(runtime.units, ben), make_case(runtime.units, ben)
    share(runtime.units, ben, foreign, ana)
    flags = [raised(runtime, by, one) for by, one in ((ana, case), (ana, other), (ben, foreign), (ben, hidden))]
    ids = [one.id for one in flags]
    with runtime.units.begin(ana) as uow:
        with pytest.raises(Invalid):
            resolve_flags(uow, ResolveFlags(flag_ids=ids, resolution=" "))
        resolved = resolve_flags(uow, ResolveFlags(flag_ids=ids, resolution="The threats ended"))
        assert (sorted(resolved.done), resolved.missing) == (sorted([case.reference, other.reference]), 1)
        assert [reference for reference, _ in resolved.refused] == [foreign.reference]
        again = resolve_flags(uow, ResolveFlags(flag_ids=ids[:2], resolution="Once more"))
        assert (again.done, again.missing) == ([], 2)
    with runtime.units.begin(ana) as uow:
        entries = uow.session.scalars(select(AuditEntry.case_id).where(AuditEntry.action == "flag.resolved")).all()
        assert sorted(entries) == sorted([case.id, other.id])
        assert flags_of(uow, case.id)[0].resolution == "The threats ended"


def test_flags_of_rows_of_the_list_are_resolved_after_a_look(runtime, pages, ana, case):
    assert "Resolve their flags" not in pages(ana).get("/cases").words, "there is none"
    flag, kept = raised(runtime, ana, case), raised(runtime, ana, make_case(runtime.units, ana))
    assert "Resolve their flags" in pages(ana).get("/cases").words
    address = f"/cases/flags/resolve?chosen={flag.case_id}&chosen={kept.case_id}"
    assert SAFETY.reason in pages(ana).get(address).words
    done = pages(ana).submit(address, chosen=[str(flag.id)], resolution="The threats ended")
    assert f"Flags resolved: {case.reference}." in done.words
    with runtime.units.begin(ana) as uow:
        assert flags_of(uow, kept.case_id)[0].resolved_at is None
    assert "None of the chosen cases has an open flag" in pages(ana).get("/cases/flags/resolve").words
