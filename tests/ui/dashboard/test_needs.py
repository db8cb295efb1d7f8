"""The charts of needs fill their lines."""

import pytest


@pytest.mark.parametrize(("across", "wide"), [(1, [1, 1, 1]), (2, [1, 1, 2])])
def test_no_chart_of_needs_leaves_a_void_beside_it(page, across, wide):
    needs = page.needs
    needs.spread(3 - across)

    needs.spread(across)

    places = [needs.grid.getItemPosition(needs.grid.indexOf(card)) for card in needs.cards]
    assert [place[3] for place in places] == wide
