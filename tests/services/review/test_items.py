"""The legality review in a real office: what the program finds, in the rules and around them."""

from dataclasses import replace

import pytest

from pmdesk.domain.fairness import Level, Link
from pmdesk.domain.fairness import Verdict as Compared
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.reviews import ItemKind, State
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import Words
from pmdesk.rules import examples
from pmdesk.services import acts, addons, fairness, review, rules
from pmdesk.services.fairness import FairnessLine, ProxyLine
from pmdesk.services.refusal import screen
from pmdesk.services.review import declared, surroundings
from pmdesk.services.review.additive import changes_no_price
from pmdesk.services.review.sight import sight_of
from pmdesk.store import deciding
from pmdesk.store.catalogue_register import SqlCatalogue
from tests.offices import (
    P2,
    SPECIAL,
    answers,
    assessed,
    consenting,
    table_of,
    tried,
)
from tests.rules.tables import made_up

HUMAN = [one.code for one in declared.items() if one.kind is not ItemKind.AUTOMATIC]


def found(session, table, known=()):
    return {one.item: one for one in review.automatic(session, table, known)}


def result(session, ruleset, item):
    return review.standing(session, ruleset).line(item).result


def refused(act, *given):
    with pytest.raises(RefusedError) as caught:
        act(*given)
    return caught.value


def test_there_are_26_items_in_order_each_with_words_in_two_languages_and_a_source():
    items = declared.items()

    assert [one.code for one in items] == [f"LR-{number:02}" for number in range(1, 27)]
    kinds = {kind: sum(one.kind is kind for one in items) for kind in ItemKind}
    assert kinds == {ItemKind.AUTOMATIC: 15, ItemKind.FLAG: 3, ItemKind.HUMAN: 8}
    assert all(part for one in items for words in (one.title, one.question) for part in words)
    assert all(one.law and one.remedy.zh and one.remedy.en for one in items)


def test_the_starter_rules_pass_every_automatic_item_but_what_follows_later(manager, draft):
    table = table_of(manager, rules.versions(manager)[1].id)
    results = found(manager, table, made_up(table))

    assert [code for code, one in results.items() if one.state is not State.PASS] == []
    assert list(results) == [f"LR-{number:02}" for number in range(1, 15)]


def test_looking_at_a_draft_writes_nothing(manager, draft, office):
    before = office.cells()

    review.automatic(manager, table_of(manager, draft))

    assert office.cells() == before


# ---- what is around the rules ------------------------------------------------------------------


def test_an_input_that_the_notice_does_not_list_is_named(manager, draft, monkeypatch):
    present = SqlCatalogue.notice

    def shorter(self, purpose, language):
        notice = present(self, purpose, language)
        return notice and replace(notice, fields=tuple(f for f in notice.fields if f != "pet_kind"))

    monkeypatch.setattr(SqlCatalogue, "notice", shorter)
    one = found(manager, table_of(manager, draft))["LR-09"]

    assert one.state is State.FAIL
    assert one.fills["label"].zh == "饲养宠物"
    assert one.places[0].fact == "pet_kind"


def test_without_any_notice_nothing_is_covered(manager, draft, monkeypatch):
    monkeypatch.setattr(SqlCatalogue, "notice", lambda *_arguments: None)

    assert found(manager, table_of(manager, draft))["LR-09"].state is State.FAIL


def test_the_assessment_is_open_until_it_is_approved_for_exactly_this_table(
    manager, manager2, waiting
):
    assert result(manager, waiting, "LR-10").state is State.OPEN

    assessed(manager, manager2, waiting)

    assert result(manager, waiting, "LR-10").state is State.PASS
    other = table_of(manager, waiting).with_output("r8", tier="care", reason="换了理由。")
    assert found(manager, other)["LR-10"].state is State.OPEN


def test_a_row_without_a_reason_cannot_be_told(manager, draft):
    table = table_of(manager, draft).with_output("r8", reason=" ")

    one = found(manager, table)["LR-11"]

    assert (one.state, one.places[0].rule) == (State.FAIL, "r8")


def test_whoever_objects_has_to_reach_a_named_person(manager, draft, monkeypatch):
    table = table_of(manager, draft)
    with manager.store.reading() as work:
        sight = sight_of(work, table)
        assert surroundings.reachable(work, sight).state is State.PASS
        nameless = replace(work.office.get(), responsible=" ")
        monkeypatch.setattr(type(work.office), "get", lambda _self: nameless)
        assert surroundings.reachable(work, sight).state is State.FAIL
        monkeypatch.undo()
        monkeypatch.setattr(type(work.staff), "all", lambda _self: ())
        assert surroundings.reachable(work, sight).state is State.FAIL
        monkeypatch.undo()
        fields = tuple(f for f in sight.catalogue.fields if f.key != "adm_objection")
        closed = replace(sight, catalogue=replace(sight.catalogue, fields=fields))
        assert surroundings.reachable(work, closed).state is State.FAIL


def test_an_example_of_the_author_that_fails_blocks_and_good_ones_are_counted(manager, draft):
    table = table_of(manager, draft)
    good = made_up(table)
    wrong = (replace(good[0], tier="care"), *good[1:])

    assert found(manager, table, good)["LR-13"].fills == {"count": len(good)}
    one = found(manager, table, wrong)["LR-13"]
    assert (one.state, one.places[0].rule) == (State.FAIL, "r1")


def test_the_examples_of_a_draft_are_those_that_are_stored(manager, draft):
    table = table_of(manager, draft)
    known = made_up(table)
    with manager.writing(Permission.EDIT_RULES) as work:
        work.rulesets.expect(draft, examples.written(known))
        work.commit()
    version = next(v for v in rules.versions(manager) if v.id == draft)

    line = review.of_draft(manager, version, table).line("LR-13")
    assert line.result is not None

    assert line.result.fills == {"count": len(known)}
    assert review.of_draft(manager, version, table).line("LR-18").blocks


def test_a_disputed_value_is_left_out_and_one_that_is_read_is_found(
    manager, clerk, draft, monkeypatch
):
    person = consenting(clerk, values=answers(clean_need="in_home"))
    with clerk.store.writing() as work:
        acts.dispute(clerk, work, person, P2, FieldKey("clean_need"))
        work.commit()
    table = table_of(manager, draft)
    assert found(manager, table)["LR-14"].state is State.PASS

    monkeypatch.setattr(deciding, "_undisputed", lambda column, _field: column)
    one = found(manager, table)["LR-14"]

    assert (one.state, one.places[0].fact) == (State.FAIL, "clean_need")


def test_a_stale_value_is_left_out_and_one_that_is_read_is_found(
    manager, clerk, office, draft, monkeypatch
):
    consenting(clerk, values=answers(clean_need="in_home"))
    office.clock.advance(days=366 * 2 - 20)  # stale by months, the consent still runs
    table = table_of(manager, draft)
    with manager.store.writing() as work:
        work._connection.exec_driver_sql("UPDATE consent SET valid_until = '2099-01-01'")
        work._connection.exec_driver_sql(
            "UPDATE answers_p2 SET confirmed_at = '2020-01-01T00:00:00.000000+00:00'"
        )
        work.commit()
    assert found(manager, table)["LR-14"].state is State.PASS

    usable = deciding._usable

    def lax(catalogue, purpose, table, damaged):
        return usable(catalogue, purpose, table, damaged)[:1]

    monkeypatch.setattr(deciding, "_usable", lax)
    assert found(manager, table)["LR-14"].state is State.FAIL


def test_a_price_that_stands_twice_in_the_list_is_found(manager, draft, monkeypatch):
    with manager.store.reading() as work:
        sight = sight_of(work, table_of(manager, draft))
        lines = ("保洁", "洗车", "保洁")
    assert changes_no_price(sight, lines).fills == {"name": "保洁"}
    assert changes_no_price(sight, lines[:2]).state is State.PASS


def test_the_price_list_is_the_one_that_stands(admin):
    addons.publish(admin, "入户保洁", "擦净地面和台面", "次", 8000)

    with admin.store.reading() as work:
        assert surroundings.price_lines(work) == ("入户保洁",)


# ---- figures -----------------------------------------------------------------------------------


def test_without_a_sample_people_have_to_say_why_it_is_fair(manager, waiting):
    for item in ("LR-15", "LR-16"):
        assert result(manager, waiting, item).state is State.FLAG


def line_of(verdict):
    """A line of the fairness report."""
    return FairnessLine(
        attribute=Words("性别", "sex"),
        group=Words("女", "female"),
        outcome=Words("关怀及以上", "care or stronger"),
        verdict=verdict,
        sentence="0.67（0.55–0.81）",
        suppressed=False,
    )


def link_of(level):
    """A line about an input that may stand in for a group."""
    return ProxyLine(
        attribute=Words("性别", "sex"),
        fact=Words("保洁需求", "cleaning"),
        level=level,
        sentence="V=0.31",
        suppressed=False,
        link=Link(attribute="fa_gender", fact="clean_need", level=level, people=40),
    )


@pytest.mark.parametrize(
    ("verdicts", "state", "named"),
    [
        ((Compared.CLEAR, Compared.CLEAR), State.PASS, ""),
        ((Compared.CLEAR, Compared.WATCH), State.FLAG, "关注"),
        ((Compared.TOO_FEW, Compared.REVIEW), State.FLAG, "需复核"),
        ((Compared.TOO_FEW, Compared.CLEAR), State.FLAG, "样本不足"),
    ],
)
def test_the_gravest_difference_between_groups_is_named_with_its_figures(
    manager, waiting, monkeypatch, verdicts, state, named
):
    lines = tuple(map(line_of, verdicts))
    monkeypatch.setattr(fairness, "of_ruleset", lambda *_arguments: lines)

    found_now = result(manager, waiting, "LR-15")

    assert found_now.state is state
    if named:
        assert found_now.fills["verdict"].zh == named
        assert "0.67" in found_now.words()


@pytest.mark.parametrize(
    ("levels", "state"),
    [
        ((Level.NONE, Level.NOTE), State.PASS),
        ((Level.NOTE, Level.EXPLAIN), State.FLAG),
        ((Level.BLOCK,), State.FLAG),
        ((Level.TOO_FEW, Level.NONE), State.FLAG),
    ],
)
def test_an_input_that_stands_in_for_a_group_needs_a_reason(
    manager, waiting, monkeypatch, levels, state
):
    lines = tuple(map(link_of, levels))
    monkeypatch.setattr(fairness, "proxies_of", lambda *_arguments: lines)

    assert result(manager, waiting, "LR-16").state is state


def test_the_reviewer_of_add_ons_sees_how_many_are_published(admin, manager, waiting):
    addons.publish(admin, "入户保洁", "擦净地面和台面", "次", 8000)

    assert result(manager, waiting, "LR-22").fills == {"count": 1}
    assert review.standing(manager, waiting).line("LR-22").blocks


def test_rules_that_change_somebody_s_tier_need_a_reason(manager, clerk, waiting):
    assert result(manager, waiting, "LR-17").fills == {"count": 5}

    for number in range(6):
        room = f"3-2-50{number}"
        consenting(clerk, values=SPECIAL, name=f"王{'一二三四五六'[number]}", room=room)

    assert result(manager, waiting, "LR-17").state is State.FLAG
    assert result(manager, waiting, "LR-17").fills == {"count": 6}


def test_the_same_rules_and_the_first_ones_change_nobody(manager):
    first = rules.versions(manager)[0]
    again = rules.draft_from(manager, first.id)
    tried(manager, again)
    rules.submit(manager, again)

    assert result(manager, again, "LR-17").state is State.PASS
    assert result(manager, first.id, "LR-17").state is State.PASS


def test_words_of_the_office_itself_are_minded_too(manager, admin, draft):
    table = table_of(manager, draft).with_output("r8", reason="按楼道宣传栏的要求安排。")
    assert found(manager, table)["LR-03"].state is State.PASS

    screen.add_word(admin, "宣传栏", "本小区约定不按宣传栏分人。")

    one = found(manager, table)["LR-03"]
    assert (one.state, one.places[0].rule) == (State.FAIL, "r8")


def test_only_who_sees_rules_looks(clerk, manager, draft):
    refused(review.automatic, clerk, table_of(manager, draft))
    refused(review.try_out, clerk, table_of(manager, draft))
    assert review.try_out(manager, table_of(manager, draft)).cases == 10_000
