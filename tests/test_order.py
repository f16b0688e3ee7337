"""The order of the tests."""

import pytest

from tests.order import shared_out


def test_each_worker_begins_with_its_share_of_what_takes_long():
    ranks = [3] * 20
    ranks[4], ranks[9], ranks[19], ranks[12] = 1, 0, 0, 2
    order = shared_out(ranks, 2)
    assert [order[:2], order[10:12]] == [[9, 4], [19, 12]]
    assert order[2:10] == [0, 1, 2, 3, 5, 6, 7, 8], "the others stay beside their neighbours"


@pytest.mark.parametrize("workers", [1, 2, 3, 7, 40])
@pytest.mark.parametrize("ranks", [[], [0], [3, 0, 1], [0] * 9, [3] * 9 + [0, 2, 1] * 5])
def test_every_test_is_run_once(ranks, workers):
    assert sorted(shared_out(ranks, workers)) == list(range(len(ranks)))
