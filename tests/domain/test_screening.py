"""One screen: refused words and shapes are found in any dress, harmless words are let through."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain.catalogue import Refused
from pmdesk.domain.patterns import Pattern
from pmdesk.domain.screening import Use, called, screen, shapes, words
from pmdesk.i18n import Words
from pmdesk.services import starters

LEXICON = starters.refused()
INVENTED_ID = "11010519491231002X"


def keys(text, use=Use.NAME):
    return {hit.key for hit in words(text, LEXICON, use)}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("民族", "ethnicity"),
        ("民 族", "ethnicity"),
        ("民　族", "ethnicity"),
        ("民_族", "ethnicity"),
        ("民\u200b族", "ethnicity"),
        ("种族/血统", "ethnicity"),
        ("種族", "ethnicity"),
        ("minzu", "ethnicity"),
        ("min zu", "ethnicity"),
        ("Min_Zu", "ethnicity"),
        ("MinZu", "ethnicity"),
        ("mín zú", "ethnicity"),
        ("yezhuminzu", "ethnicity"),
        ("ETHNICITY", "ethnicity"),
        ("ｅｔｈｎｉｃ　ｇｒｏｕｐ", "ethnicity"),
        ("race", "ethnicity"),
        ("宗教信仰", "religion"),
        ("是否清真", "religion"),
        ("初一十五吃斋", "religion"),
        ("halal", "religion"),
        ("教会礼拜时间", "religion"),
        ("政治面貌", "political"),
        ("党员", "political"),
        ("黨員", "political"),
        ("dang yuan", "political"),
        ("partyMember", "political"),
        ("籍贯", "native_place"),
        ("外地人", "native_place"),
        ("流动人口", "native_place"),
        ("hukou", "native_place"),
        ("户籍所在地", "native_place"),
        ("place of birth", "native_place"),
        ("出生日期", "birth_date"),
        ("业主年龄", "birth_date"),
        ("退休老人", "birth_date"),
        ("ownerAge", "birth_date"),
        ("owner_age", "birth_date"),
        ("dateOfBirth", "birth_date"),
        ("生肖", "birth_date"),
        ("性别", "gender"),
        ("Sex", "gender"),
        ("身份证号码", "id_number"),
        ("sfzh", "id_number"),
        ("idCard", "id_number"),
        ("ID_CARD_NO", "id_number"),
        ("passports", "id_number"),
        ("人脸照片", "face"),
        ("刷脸", "face"),
        ("指纹", "face"),
        ("faceId", "face"),
        ("室内照片", "portrait_photo"),
        ("残疾证号", "health"),
        ("慢性病", "health"),
        ("medical_history", "health"),
        ("血型", "health"),
        ("孕妇", "pregnancy"),
        ("宝妈", "pregnancy"),
        ("二胎家庭", "pregnancy"),
        ("单身", "marital_status"),
        ("独居", "marital_status"),
        ("du ju", "marital_status"),
        ("婚姻状况", "marital_status"),
        ("hunyinzhuangkuang", "marital_status"),
        ("yezhu_hunyin", "marital_status"),
        ("livingAlone", "marital_status"),
        ("性取向", "sexual_orientation"),
        ("月收入", "income"),
        ("收 入", "income"),
        ("月薪", "income"),
        ("回迁户", "income"),
        ("车辆品牌", "income"),
        ("yue shou ru", "income"),
        ("Salaries", "income"),
        ("银行卡号", "bank_account"),
        ("征信", "credit_report"),
        ("失信名单", "credit_report"),
        ("前科", "criminal_record"),
        ("信访人员", "criminal_record"),
        ("工作单位", "employer"),
        ("job_title", "employer"),
        ("学历", "employer"),
        ("孩子学校", "children_names"),
        ("子女姓名", "children_names"),
        ("kindergarten", "children_names"),
        ("家庭成员", "household_members_detail"),
        ("与业主关系", "household_members_detail"),
        ("进出时间", "access_log"),
        ("抓拍", "access_log"),
        ("门禁刷卡记录", "access_log"),
        ("车辆轨迹", "access_log"),
        ("作息时间", "access_log"),
        ("gps", "access_log"),
        ("用水量", "meter_usage"),
        ("电表读数", "meter_usage"),
        ("meterReading", "meter_usage"),
        ("访客登记", "visitor_log"),
        ("微信号", "social_media"),
        ("QQ号", "social_media"),
        ("家暴", "domestic_violence"),
        ("黑名单", "blacklist"),
        ("重点人员", "blacklist"),
        ("违规户", "blacklist"),
        ("刁民", "blacklist"),
        ("钉子户", "blacklist"),
        ("难缠业主", "blacklist"),
        ("用户画像", "inferred_*"),
        ("VIP客户", "rank_words"),
        ("ＶＩＰ", "rank_words"),
        ("贵宾", "rank_words"),
        ("gui bin", "rank_words"),
        ("低端人口", "rank_words"),
    ],
)
def test_what_is_not_collected_is_found_in_every_dress(text, key):
    assert key in keys(text)


@pytest.mark.parametrize(
    "text",
    [
        "terrace",
        "garage",
        "usage",
        "page",
        "package",
        "Essex",
        "surface",
        "interface",
        "window",
        "taxonomy",
        "jobbing",
        "person",
        "season",
        "genesis",
        "schooling",
        "单元",
        "姓名",
        "手机号",
        "建筑面积",
        "房屋用途",
        "交付日期",
        "物业费标准",
        "楼栋房号",
        "备注",
        "书籍分享会",
        "社区活动",
        "证件已核验",
        "停车卡号",
        "zhongguojia",
        "guojia",
        "danyuan",
        "louhao",
        "fangjian",
        "jiedao",
        "shoujihao",
    ],
)
def test_harmless_names_are_let_through(text):
    assert keys(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "三栋二单元门口水管漏水，请明天上午来修",
        "门禁坏了，刷不开",
        "监控探头需要换",
        "拍了照片，阳台疑似漏水",
        "学校门口一侧围墙破损",
        "礼拜天上午可以上门",
        "儿童游乐设施松动",
        "地基因沉降开裂",
        "残疾人坡道扶手松动",
        "消杀用药已经公示",
        "民族路 12 号门口路灯不亮",
        "健康西路一侧下水道堵",
        "快递收入柜打不开",
        "入户口漏水",
        "已过诉讼时效的账单",
        "the access card gate at the terrace is stuck",
        "the age of the pump is unknown",
        "north face of the building",
        "2024-05-06 已修好",
    ],
)
def test_a_note_on_a_repair_is_let_through(text):
    assert screen(text, LEXICON, Use.PROSE) == ()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("家有老人，独居，请多关照", "birth_date"),
        ("业主是少数民族", "ethnicity"),
        ("他老婆怀孕了", "pregnancy"),
        ("这户是刁民，少理", "blacklist"),
        ("孩子在家时别去", "children_names"),
        ("吃清真，别送猪肉", "religion"),
        ("少数民族路人说的", "ethnicity"),
    ],
)
def test_a_note_about_the_person_is_stopped(text, key):
    assert key in keys(text, Use.PROSE)


def test_a_street_may_be_called_like_that_in_a_sentence_and_never_in_a_name():
    assert keys("民族路 8 号漏水", Use.PROSE) == set()
    assert keys("民族东路漏水", Use.PROSE) == set()
    assert keys("民族路", Use.NAME) == {"ethnicity"}
    assert keys("民族路人", Use.PROSE) == {"ethnicity"}


def test_what_ranks_people_may_be_an_option_and_never_the_name_of_a_tier():
    assert keys("普通", Use.NAME) == set()
    assert keys("普通", Use.RANK) == {"rank_words"}
    assert keys("重点", Use.RANK) == {"rank_words"}
    assert keys("普通话", Use.RANK) == set()
    for name in ("高端", "低价值", "A类", "普通业主", "优质", "问题业主", "Gold", "VIP"):
        assert keys(name, Use.RANK), name
    for tier in ("标准", "关怀", "加强", "专项", "需求安排", "预防性检修"):
        assert keys(tier, Use.RANK) == set()


def test_a_hit_says_the_word_where_it_stands_and_why():
    (hit,) = words("请填写 民　族：", LEXICON)

    assert hit.word == "民　族"
    assert hit.position == 4
    assert hit.why.zh.startswith("本系统不收集")
    assert hit.instead.zh


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        (f"证 {INVENTED_ID}", Pattern.ID_NUMBER),
        ("１３８００００１２３４", Pattern.MOBILE),
        ("138\u200b0000\u200b1234", Pattern.MOBILE),
        ("a@example.cn", Pattern.EMAIL),
        ("浙A12345 挡住了", Pattern.PLATE),
        ("月薪8000", Pattern.INCOME),
        ("1985年3月2日", Pattern.BIRTH_DATE),
        ("老张今年72岁", Pattern.AGE),
        ("八十多岁", Pattern.AGE),
        ("she is 72 years old", Pattern.AGE),
    ],
)
def test_a_number_is_told_by_its_kind_and_never_repeated(text, pattern):
    (hit,) = [hit for hit in shapes(text) if hit.pattern is pattern]

    assert hit.word == ""
    assert hit.why.zh
    assert hit.instead.en


def test_hits_come_in_the_order_of_the_text():
    found = screen(f"{INVENTED_ID} 党员 独居", LEXICON)

    assert [hit.position for hit in found] == sorted(hit.position for hit in found)
    assert len(found) == 3


def test_every_shape_has_its_reason_and_its_way_out():
    texts = {
        Pattern.ID_NUMBER: INVENTED_ID,
        Pattern.OLD_ID_NUMBER: "110105491231002",
        Pattern.BANK_CARD: "4111 1111 1111 1111",
        Pattern.PASSPORT: "E12345678",
        Pattern.PLATE: "浙A12345",
        Pattern.EMAIL: "a@example.cn",
        Pattern.MOBILE: "13800001234",
        Pattern.BIRTH_DATE: "生日2020年3月2日",
        Pattern.INCOME: "年薪20万",
        Pattern.AGE: "72岁",
    }
    assert set(texts) == set(Pattern)
    for pattern, text in texts.items():
        assert pattern in {hit.pattern for hit in shapes(text)}


def test_a_text_is_called_like_an_item_only_as_a_whole():
    for text, key in (("民 族", "ethnicity"), ("Id-Card", "id_number")):
        found = called(text, LEXICON)
        assert found
        assert found.keys[0] == key
    assert called("民族特色活动", LEXICON) is None
    assert called("", LEXICON) is None


def test_a_word_of_signs_alone_finds_nothing():
    odd = Refused(
        keys=("own",), label=Words("x", "x"), words=("***",), why=Words("x", "x"),
        instead=Words("x", "x"),
    )  # fmt: skip
    assert words("*** a", (odd,)) == ()


def test_a_very_long_run_of_letters_is_no_pinyin():
    assert keys("xian" * 40 + "minzu") == set()


@given(st.text(max_size=80))
@settings(max_examples=150)
def test_any_text_can_be_screened_and_what_is_found_stands_in_it(text):
    for hit in screen(text, LEXICON, Use.RANK):
        assert hit.word in text
        assert 0 <= hit.position < len(text)


@given(st.sampled_from([w for r in LEXICON for w in r.words]), st.sampled_from(Use))
@settings(max_examples=120)
def test_every_word_of_the_list_is_found_in_every_use(word, use):
    assert words(word, LEXICON, use) or any(word in r.harmless for r in LEXICON)
    assert words(word.upper(), LEXICON, use)
