"""A narrow table keeps the columns that are needed most, and gives the others back."""

from typing import Any

import pytest

from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import TableView

COLUMNS: tuple[Column[Any], ...] = (
    Column(key="number", title="Number", cell=str, width=20, spare=True),
    Column(key="words", title="What", cell=str),
    Column(key="state", title="State", cell=str, width=20),
)


@pytest.fixture
def view(qtbot, wear):
    wear()
    made = TableView(RowsModel(COLUMNS, ["one"]))
    qtbot.addWidget(made)
    made.show()
    return made


def there(view):
    return [one.key for at, one in enumerate(COLUMNS) if not view.isColumnHidden(at)]


def test_what_can_be_spared_makes_room_in_a_narrow_table(view):
    view.resize(900, 200)
    assert there(view) == ["number", "words", "state"]

    view.resize(380, 200)
    assert there(view) == ["words", "state"]

    view.resize(900, 200)
    assert there(view) == ["number", "words", "state"]


def test_a_column_that_a_page_took_away_stays_away(view):
    view.show_column("state", shown=False)
    view.resize(900, 200)
    assert there(view) == ["number", "words"]

    view.show_column("state", shown=True)
    assert there(view) == ["number", "words", "state"]


def test_of_several_that_can_be_spared_the_last_goes_first(qtbot, wear):
    wear()
    more: tuple[Column[Any], ...] = (
        *COLUMNS,
        Column(key="who", title="Who", cell=str, width=9, spare=True),
    )
    made = TableView(RowsModel(more, ["one"]))
    qtbot.addWidget(made)
    made.show()
    made.resize(510, 200)

    assert [made.isColumnHidden(at) for at in range(4)] == [False, False, False, True]

    made.resize(380, 200)
    assert [made.isColumnHidden(at) for at in range(4)] == [True, False, False, True]
