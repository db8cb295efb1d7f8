"""The charts of needs fill their lines, and their buttons say what they do."""

import pytest


@pytest.mark.parametrize(("across", "wide"), [(1, [1, 1, 1]), (2, [1, 1, 2])])
def test_no_chart_of_needs_leaves_a_void_beside_it(page, across, wide):
    needs = page.needs
    needs.spread(3 - across)

    needs.spread(across)

    places = [needs.grid.getItemPosition(needs.grid.indexOf(card)) for card in needs.cards]
    assert [place[3] for place in places] == wide


def test_the_way_between_chart_and_table_is_heard_as_it_is_read(page):
    toggle = next(card.toggle for card in page.needs.cards if card.toggle.isVisible())
    toggle.click()
    assert toggle.accessibleName() == toggle.text() == "图表"

    toggle.click()
    assert toggle.accessibleName() == toggle.text() == "数据表"
