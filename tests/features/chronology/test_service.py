"""The order of the chronology, and what it says is not known of it."""

from itertools import pairwise
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from caseflow.features.chronology.commands import Chosen
from caseflow.features.chronology.service import chosen_entries, entries, open_order
from caseflow.law.dates import UncertainDate
from caseflow.sources import DatedEntry, Sources
from tests.factories import known

BOUNDS = ("exact", "about", "not_before", "not_after")
VAGUE = st.builds(
    lambda year, month, day, bound: UncertainDate.build(year, month, day if month else None, bound),
    st.integers(2019, 2022),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 28),
    st.sampled_from(BOUNDS),
)


class Told:
    """Stands for a unit of work: it has nothing but sources."""

    def __init__(self, *sources):
        self.sources = Sources(chronology=sources)


def entry(on, what="note.held", **more):
    return DatedEntry(
        on=on if isinstance(on, UncertainDate) else UncertainDate.parse(on), kind="note", what=what, **more
    )


def in_order(*dates):
    return entries(Told(lambda _uow, _case: [entry(on) for on in dates]), None)


def written(found):
    return [one.on.edtf for one in found]


def test_a_vague_date_stands_at_its_first_possible_day_and_then_by_its_last():
    found = in_order(
        "2021-03-05", "2021", "2021-03", "2021-03-01", "2021-03-04", "2020-12-31", "../2021-02", "2021-03-01/.."
    )
    assert written(found) == [
        "../2021-02", "2020-12-31", "2021", "2021-03-01", "2021-03", "2021-03-01/..", "2021-03-04", "2021-03-05",
    ]  # fmt: skip


def test_what_stands_after_a_vague_date_but_may_have_been_before_it_is_counted():
    found = in_order("2021-03", "2021-03-04", "2021-03-31", "2021-04-01")
    assert open_order(found) == [1, 0, 0, 0]  # on the 31st it was on the same day at most


def test_two_of_one_day_keep_the_order_in_which_their_source_gives_them():
    day = known(2021, 3, 4)
    decided, notified = entry(day, "remedy.decided"), entry(day, "remedy.notified")
    assert entries(Told(lambda *_: [decided, notified]), None) == [decided, notified]
    assert open_order([decided, notified]) == [0, 0]


@given(st.lists(VAGUE, max_size=12))
def test_nothing_is_claimed_of_an_order_that_is_not_known(dates):
    found = in_order(*dates)
    for one, other in pairwise(found):
        assert (one.on.earliest, one.on.latest) <= (other.on.earliest, other.on.latest)
    for place, said in enumerate(open_order(found)):
        possible = [later for later in found[place + 1 :] if later.on.earliest < found[place].on.latest]
        assert said == len(possible)
        assert found[place + 1 : place + 1 + said] == possible, "it says 'the next ones'"


def test_entries_are_chosen_by_kind_and_by_claim_and_remedy():
    claim, remedy = uuid4(), uuid4()
    of_claim = entry("2021", claim_ids=frozenset({claim}))
    of_remedy = entry("2021", claim_ids=frozenset({claim}), remedy_ids=frozenset({remedy}))
    of_case = DatedEntry(on=known(2021), kind="filing", what="filing.sent")
    every = [of_claim, of_remedy, of_case]
    assert chosen_entries(every, Chosen()) == every
    assert chosen_entries(every, Chosen(kinds=frozenset({"filing"}))) == [of_case]
    assert chosen_entries(every, Chosen(claim_id=claim)) == [of_claim, of_remedy]
    assert chosen_entries(every, Chosen(remedy_id=remedy)) == [of_remedy]
    assert chosen_entries(every, Chosen(remedy_id=remedy, kinds=frozenset({"filing"}))) == []
