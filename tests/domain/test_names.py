"""A name is kept as its owner writes it, and found however a clerk types it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain.names import LONGEST, clean_name, search_keys
from pmdesk.domain.surnames import COMPOUND, READINGS, surname


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("王小明", "王小明"),
        ("  王　明 ", "王明"),
        ("王 小 明", "王小明"),
        ("买买提·艾合买提", "买买提·艾合买提"),
        ("买买提•艾合买提", "买买提·艾合买提"),
        ("阿依古丽 ・ 吐尔逊", "阿依古丽·吐尔逊"),
        ("John  Smith", "John Smith"),
        ("O'Neil Müller", "O'Neil Müller"),
        ("Mu\u0308ller", "Müller"),
        ("𬊈一", "𬊈一"),
        ("\U000323af生", "\U000323af生"),
        ("某某（中国）有限公司", "某某(中国)有限公司"),
        ("'王明", "王明"),
        ("王明2", "王明2"),
        ("Ayq\u0303a", "Ayq\u0303a"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_name_is_kept_without_its_padding(typed, kept):
    assert clean_name(typed) == (kept, None)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("王明😀", "emoji"),
        ("王明❤️", "emoji"),
        ("王️明", "emoji"),
        ("王\u200d明", "emoji"),
        ("王*明", "masked"),
        ("王?", "masked"),
        ("王□", "masked"),
        ("王明、李红", "More than one name"),
        ("王明\n李红", "More than one name"),
        ("王明/李红", "More than one name"),
        ("13800001234", "number"),
        ("王明13800001234", "number"),
        ("王\ue000", "only exists"),
        ("王=明", "not a letter"),
        ("12", "not a name"),
        ("·-", "not a name"),
        ("王" * (LONGEST + 1), "at most"),
    ],
)
def test_what_cannot_be_a_name_is_refused_with_its_reason(typed, words):
    problem = clean_name(typed)[1]

    assert problem is not None
    assert words in problem.sentence
    assert problem.key == "person_name"


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_cleaning_twice_is_cleaning_once_and_reasons_never_quote(text):
    name, problem = clean_name(text)
    if problem is None:
        assert clean_name(name) == (name, None)
    else:
        assert set(problem.places) <= {"count"}


@pytest.mark.parametrize(
    ("name", "initials", "syllables"),
    [
        ("曾小明", {"zxm", "cxm"}, {"zengxiaoming", "cengxiaoming"}),
        ("单芳", {"sf", "df", "cf"}, {"shanfang", "danfang", "chanfang"}),
        ("仇英", {"qy", "cy"}, {"qiuying", "chouying"}),
        ("解放", {"xf", "jf"}, {"xiefang", "jiefang"}),
        ("查良", {"zl", "cl"}, {"zhaliang", "chaliang"}),
        ("翟明", {"zm", "dm"}, {"zhaiming", "diming"}),
        ("覃明", {"qm", "tm"}, {"qinming", "tanming"}),
        ("区明", {"om", "qm"}, {"ouming", "quming"}),
        ("朴明", {"pm"}, {"piaoming", "puming"}),
        ("盖明", {"gm"}, {"geming", "gaiming"}),
        ("乐明", {"ym", "lm"}, {"yueming", "leming"}),
        ("尉迟恭", {"ycg"}, {"yuchigong"}),
        ("万俟雪", {"mqx"}, {"moqixue"}),
        ("欧阳娜", {"oyn"}, {"ouyangna"}),
        ("吕布", {"lb"}, {"lvbu", "lubu"}),
        ("John Smith", {"js"}, {"johnsmith"}),
    ],
)
def test_a_surname_is_found_under_every_reading(name, initials, syllables):
    keys = search_keys(name)

    assert initials <= set(keys.initials)
    assert syllables <= set(keys.syllables)


def test_a_common_surname_is_not_found_under_a_reading_nobody_uses():
    assert search_keys("王小明").initials == ("wxm",)


def test_any_two_neighbouring_characters_and_the_last_one_are_keys():
    assert search_keys("买买提·艾买").bigrams == ("买买", "买提", "提艾", "艾买", "买")


def test_a_character_without_a_known_reading_does_not_hide_the_rest():
    keys = search_keys("\U000323af明")

    assert keys.initials == ("m",)
    assert keys.bigrams == ("\U000323af明", "明")


def test_a_name_without_any_reading_has_no_pinyin_keys():
    assert search_keys("\U000323af").syllables == ()
    assert search_keys("·").initials == ()
    assert search_keys("") == ((), (), ())


def test_ascii_behind_a_chinese_surname_is_part_of_the_keys():
    assert search_keys("王A").initials == ("wa",)
    assert search_keys("王-明").initials == ("wm",)


@given(st.text(alphabet="曾单仇王李欧阳尉迟明芳·ab ", max_size=8))
@settings(max_examples=100)
def test_keys_are_lower_case_without_signs_and_repeats(name):
    for keys in search_keys(name):
        assert len(set(keys)) == len(keys)
        assert all(key.isalnum() and key == key.casefold() for key in keys)


def test_the_surname_table_is_of_one_or_two_characters_with_a_reading_for_each():
    for name, readings in READINGS.items():
        assert len(name) in {1, 2}
        assert all(len(reading.split()) == len(name) for reading in readings)
    assert {len(name) for name in COMPOUND} == {2}


def test_a_compound_surname_needs_a_given_name():
    assert surname("欧阳娜") == "欧阳"
    assert surname("东方") == "东"
    assert surname("王明") == "王"
    assert surname("") == ""
