"""A card leaves the program as it is shown, with its filters, and the log knows before it does."""

import csv
import io
from dataclasses import replace

import pytest

from pmdesk.assets import asset
from pmdesk.domain.dashboard import CardKey, CardState
from pmdesk.domain.orders.kinds import Service
from pmdesk.errors import RefusedError, StorageError
from pmdesk.i18n import install
from pmdesk.services.dashboard import going_out
from tests.ui.dashboard import answers


@pytest.fixture(autouse=True)
def _chinese():
    install("zh_CN", asset("locale"))
    yield
    install("en", asset("locale"))


PART = replace(answers.SCOPE, buildings=("3栋",), services=(Service.REPAIR,))


def test_the_table_has_every_figure_with_its_gaps_and_where_it_is_from():
    card = answers.answer(CardKey.LOAD, scope=PART)
    rows = list(csv.reader(io.StringIO(going_out.as_csv(card).decode("utf-8-sig"))))
    text = "\n".join(",".join(row) for row in rows)
    for figure in card.figures:
        assert all(list(row) in rows for row in figure.table())
    assert card.question in text
    assert "2025-12-01" in text
    assert "3栋" in text
    assert "不显示" in text


def test_a_card_without_figures_is_its_sentence():
    card = answers.answer(CardKey.WHEN, CardState.EMPTY)
    assert card.answer in going_out.as_csv(card).decode("utf-8-sig")


def test_what_left_and_with_which_filters_is_in_the_log(office, tmp_path):
    manager = office.session("manager")
    card = answers.answer(CardKey.WHEN, scope=PART)
    with office.logged() as acts:
        path = going_out.export(
            manager, card, tmp_path / "a.csv", lambda to: to.write_bytes(going_out.as_csv(card))
        )
    assert [(act, target) for act, target, _fields in acts] == [("export.chart", "when")]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_half_a_file_is_no_file(office, tmp_path):
    def fails(part):
        part.write_text("half")
        raise OSError

    with pytest.raises(StorageError):
        going_out.export(
            office.session("manager"), answers.answer(CardKey.WHEN), tmp_path / "a.png", fails
        )
    assert not list(tmp_path.glob("a*"))


def test_who_may_only_look_takes_nothing_out(office, tmp_path):
    reviewer = office.session("reviewer")
    with pytest.raises(RefusedError):
        going_out.export(reviewer, answers.answer(CardKey.WHEN), tmp_path / "a.csv", print)
    assert not list(tmp_path.glob("a*"))


def test_looking_behind_the_fairness_card_is_logged_and_behind_others_is_not(office):
    manager = office.session("manager")
    with office.logged() as acts:
        going_out.opened(manager, answers.answer(CardKey.FAIR))
        going_out.opened(manager, answers.answer(CardKey.WHEN))
    assert [act for act, _target, _fields in acts] == ["chart.opened"]


def test_cards_of_the_whole_office_do_not_speak_of_filters():
    words = going_out.source(answers.answer(CardKey.CONSENT, scope=PART))
    assert "3栋" not in words
    assert "现行规则第 1 版" in words
    assert "没有" in going_out.source(replace(answers.answer(CardKey.WHEN), version=None))


def test_an_outlook_is_of_its_own_days_and_of_what_came_up_to_yesterday():
    card = answers.answer(CardKey.STAFF)

    words = going_out.source(card)

    assert "2026-02-16" in words
    assert "2026-03-08" in words
    assert "2025-12-01" not in words
    assert "2025-12-01" in going_out.source(replace(card, figures=()))
