"""The list of what is not collected: used everywhere, added to by the office, never shortened."""

from dataclasses import replace

import pytest

from pmdesk.domain.fields import (
    Dimension,
    Field,
    FieldKey,
    Home,
    Kind,
    Option,
    RuleUse,
    Sensitivity,
)
from pmdesk.domain.office import Changes
from pmdesk.domain.purpose_plans import LocalField
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.screening import Use
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import Words, told
from pmdesk.rules.rule import Rule
from pmdesk.rules.table import DecisionTable
from pmdesk.services import notes, residents, rules, starters
from pmdesk.services.clean_names import require_clean_plan
from pmdesk.services.exchange import headers
from pmdesk.services.exchange.examining import examine
from pmdesk.services.refusal import screen
from tests.offices import PLATE, PLATE_NO, consenting, resident, table_of
from tests.services.exchange.files import written

FIELD = Words("字段", "Field")


def require(session, text, use=Use.NAME):
    with session.store.reading() as work:
        screen.require_clean(session, work, {FIELD: text}, use)


def test_a_refused_word_is_named_with_the_reason_and_a_way_out(manager):
    with pytest.raises(RefusedError) as refused:
        require(manager, "民 族")

    assert refused.value.code == "E_FIELD_PROHIBITED"
    assert refused.value.places["word"] == "民 族"
    said = told(refused.value)
    assert "本系统不收集" in said
    assert "禁止" not in said


def test_a_number_is_refused_by_its_kind_and_never_repeated(manager):
    with pytest.raises(RefusedError) as refused:
        require(manager, "证件 11010519491231002X", Use.PROSE)

    assert "110105" not in told(refused.value)
    assert refused.value.code == "E_FIELD_PROHIBITED"


def test_clean_texts_pass(manager):
    require(manager, "入户保洁")
    require(manager, "", Use.RANK)


def test_no_shipped_item_can_be_taken_from_the_list(admin):
    with admin.store.reading() as work:
        keys = [key for item in screen.lexicon(work) for key in item.keys]

    assert keys == [key for item in starters.refused() for key in item.keys]


def test_a_message_beside_a_field_says_the_first_hit(clerk):
    found = screen.problem("name", screen.looked_at(clerk, "贵宾名单", Use.RANK))
    number = screen.problem("name", screen.looked_at(clerk, "13800001234"))
    assert found
    assert number
    assert "贵宾" in found.sentence.format(**found.places)
    assert number.key == "name"
    assert screen.problem("name", ()) is None


# ---- own words ------------------------------------------------------------------------------


def added(admin, word="网红", why="与服务无关"):
    assert isinstance(screen.add_word(admin, word, why), Changes)
    return screen.own_words(admin)[-1].id


def test_an_added_word_is_refused_everywhere_at_once(admin, clerk, tmp_path):
    added(admin, "旅游次数")

    with pytest.raises(RefusedError, match=r"\{word\}"):
        require(clerk, "今年旅游次数")
    source = written(tmp_path / "a.xlsx", [("姓名", "房号", "旅游次数"), ("王明", "3-2-501", "4")])
    header = examine(admin, source).header
    assert [column.header for column in header.of(headers.Fate.REFUSED)] == ["旅游次数"]
    person = resident(clerk)
    with pytest.raises(RefusedError):
        notes.add(clerk, person, "旅游次数多")


def test_a_word_goes_only_when_a_second_person_agrees_to_a_reason(admin, manager, office):
    word = added(admin)
    with pytest.raises(RefusedError):
        screen.propose_removal(admin, word, " ")
    screen.propose_removal(admin, word, "误加")
    with pytest.raises(RefusedError):
        screen.decide_removal(admin, word, agree=True)
    assert screen.own_words(admin)[0].is_disputed
    screen.decide_removal(manager, word, agree=True)

    assert screen.own_words(admin) == ()
    assert office.sql("SELECT word, removal_reason FROM refused_word") == [("网红", "误加")]
    require(admin, "网红")


def test_a_second_person_may_keep_the_word(admin, manager):
    word = added(admin)
    screen.propose_removal(admin, word, "误加")
    screen.decide_removal(manager, word, agree=False)

    assert not screen.own_words(admin)[0].is_disputed
    with pytest.raises(ConflictError):
        screen.decide_removal(manager, word, agree=True)
    with pytest.raises(RefusedError):
        require(admin, "网红")


def test_the_store_itself_wants_two_people(admin):
    word = added(admin)
    with admin.store.writing() as work:
        work.own_words.propose_removal(word, "误加", at=admin.clock.now())
        with pytest.raises(RefusedError):
            work.own_words.remove(word, at=admin.clock.now())


@pytest.mark.parametrize(
    ("word", "why"), [("a", "理由"), ("字" * 21, "理由"), ("网红", ""), ("网红", "长" * 61)]
)
def test_an_odd_word_or_reason_is_not_added(admin, word, why):
    with pytest.raises(RefusedError):
        screen.add_word(admin, word, why)


def test_a_word_that_is_refused_already_or_used_by_the_office_is_not_added(admin):
    with pytest.raises(ConflictError):
        screen.add_word(admin, "单身", "理由")
    with pytest.raises(RefusedError):
        screen.add_word(admin, "保洁", "理由")
    added(admin)
    with pytest.raises(ConflictError):
        screen.add_word(admin, "网红", "又一次")
    with admin.store.writing() as work, pytest.raises(ConflictError):
        work.own_words.add("网红", "又一次", at=admin.clock.now())


def test_only_who_configures_adds_words(manager, clerk):
    for session in (manager, clerk):
        with pytest.raises(RefusedError):
            screen.add_word(session, "网红", "理由")


# ---- rules, notes, reasons ------------------------------------------------------------------


def edited(manager, **changes):
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    table = table_of(manager, draft)
    first = table.rules[0]
    parts = {name: getattr(first, name) for name in Rule.__dataclass_fields__}
    changed = Rule(**{**parts, **changes})
    return draft, DecisionTable(
        facts=table.facts, rules=(changed, *table.rules[1:]), scheme=table.scheme
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "业主是贵宾，优先安排。"},
        {"reason": "独居，需要多看。"},
        {"legal": "户籍在本地"},
        {"id": "重点客户"},
        {"id": "vip1"},
    ],
)
def test_a_rule_that_says_a_refused_or_ranking_word_is_not_saved(manager, changes):
    draft, table = edited(manager, **changes)

    with pytest.raises(RefusedError) as refused:
        rules.save_draft(manager, draft, table)
    assert refused.value.code == "E_FIELD_PROHIBITED"


def test_a_rule_may_speak_of_an_old_day_of_hand_over(manager):
    draft, table = edited(manager, reason="2005年3月1日以前交付的房屋，安排检修。")

    rules.save_draft(manager, draft, table)
    assert table_of(manager, draft).rules[0].reason.startswith("2005")


def test_a_word_added_later_stops_a_draft_when_it_is_submitted(manager, admin):
    draft, table = edited(manager, reason="避开网红打卡时间。")
    rules.save_draft(manager, draft, table)
    added(admin)

    with pytest.raises(RefusedError) as refused:
        rules.submit(manager, draft)
    assert refused.value.places["word"] == "网红"


def test_a_note_on_a_repair_is_kept_and_one_about_the_person_is_not(clerk, office):
    person = resident(clerk)
    notes.add(clerk, person, " 厨房  水管漏水 ")
    for text in ("家有老人独居", "电话 13800001234", "身份证 11010519491231002X", "", "长" * 101):
        with pytest.raises(RefusedError):
            notes.add(clerk, person, text)

    assert [one.text for one in residents.detail(clerk, person).notes] == ["厨房 水管漏水"]
    assert office.sql("SELECT count(*) FROM service_note") == [(1,)]


def test_the_reason_for_opening_a_sealed_value_tells_nothing_of_the_person(clerk, manager):
    person = consenting(clerk, PLATE)
    residents.seal_value(clerk, person, PLATE, PLATE_NO, "苏A12345")

    with pytest.raises(RefusedError):
        residents.open_sealed(manager, person, PLATE, PLATE_NO, "她怀孕了要用车")
    assert residents.open_sealed(manager, person, PLATE, PLATE_NO, "挪车") == "苏A12345"


def test_a_request_may_be_in_any_words_but_holds_no_identity_number():
    screen.require_no_number({FIELD: "请删除我的民族和年龄"})
    with pytest.raises(RefusedError):
        screen.require_no_number({FIELD: "我的身份证 11010519491231002X"})


# ---- purposes and fields of the office's own ------------------------------------------------


def local(**changes):
    """A plan for a purpose of the office, with one field of its own."""
    field = Field(
        key=FieldKey("l1_count"),
        label=Words("报名场次", "Sessions"),
        kind=Kind.CHOICE,
        dimension=Dimension.NEED,
        sensitivity=Sensitivity.GENERAL,
        purposes=("L1",),
        purpose="L1",
        home=Home.ANSWERS,
        retention="R-LOCAL",
        rule_use=RuleUse.NO,
        necessity=Words("知道安排几场，避免重复通知。", "To plan how many."),
        options=(Option(code="one", label=Words("一场", "one")),),
    )
    plan = starters.local_plan(starters.catalogue(), PurposeCode("L1"))
    purpose = replace(
        plan.purpose,
        name=changes.pop("name", Words("花木课", "Plant course")),
        summary=changes.pop("summary", Words("安排花木课。", "To plan plant courses.")),
    )
    own = LocalField(field=replace(field, **changes), alternative="只贴公告，统计不出场次。")
    return replace(plan, purpose=purpose, local=(own,))


def require_plan(session, plan):
    with session.store.reading() as work:
        require_clean_plan(session, work, plan)


def test_a_purpose_of_the_office_with_clean_names_passes(admin):
    require_plan(admin, local())


@pytest.mark.parametrize(
    "changes",
    [
        {"name": Words("单身联谊", "Meeting")},
        {"summary": Words("登记业主的宗教信仰。", "To plan.")},
        {"label": Words("业主年龄", "Sessions")},
        {"label": Words("报名场次", "Owner's age")},
        {"key": FieldKey("marital_status")},
        {"options": (Option(code="one", label=Words("党员", "one")),)},
        {"necessity": Words("知道家里有没有老人。", "To plan.")},
    ],
)
def test_a_purpose_or_field_that_asks_for_what_is_refused_is_not_submitted(admin, changes):
    with pytest.raises(RefusedError) as refused:
        require_plan(admin, local(**changes))
    assert refused.value.code == "E_FIELD_PROHIBITED"


def test_a_shipped_purpose_may_say_what_is_not_collected(admin):
    for plan in starters.plans(starters.catalogue()):
        require_plan(admin, plan)
