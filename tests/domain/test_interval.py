"""A share and how far it may be trusted (E1's denominators, A11's branches)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.interval import share

# Worked out by hand from Wilson's formula with z = 1.96.
KNOWN = [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)]


@pytest.mark.parametrize(("hits", "n", "low", "high"), KNOWN)
def test_the_bounds_are_wilsons(hits: int, n: int, low: float, high: float) -> None:
    found = share(hits, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_nothing_counted_says_nothing() -> None:
    assert (share(0, 0).value, share(0, 0).low, share(0, 0).high) == (None, 0.0, 1.0)


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_within_its_bounds_and_more_cases_narrow_them(counted: tuple[int, int]) -> None:
    hits, n = counted
    found, wider = share(hits, n), share(hits * 10, n * 10)
    assert 0 <= found.low <= hits / n <= found.high <= 1
    assert wider.high - wider.low < found.high - found.low


@pytest.mark.parametrize(("hits", "n"), [(-1, 3), (4, 3)])
def test_more_hits_than_cases_is_no_share(hits: int, n: int) -> None:
    with pytest.raises(ValueError):
        share(hits, n)
