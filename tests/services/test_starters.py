"""The shipped catalogue is complete, lawful by its own lexicon, and its rules only ever add."""

import re
import tomllib

import pytest

from pmdesk import i18n
from pmdesk.analytics.facts import facts
from pmdesk.assets import asset
from pmdesk.domain.fields import Home, Kind, RuleUse, Sensitivity
from pmdesk.domain.notices import placeholders
from pmdesk.domain.purposes import ConsentForm
from pmdesk.domain.screening import words
from pmdesk.services import starters

RECORDED = """
    person_name unit_ref party_role mobile email mail_address adult_confirmed id_verified unit_use
    floor_area handover_date occupancy lease_period renovation fee_standard fee_status pay_channel
    addon_orders addon_budget_band parking_contract plate_no ev_charging_need contact_channel
    contact_window quiet_window visit_window waste_window parcel_pref hobby_tags pet_kind clean_need
    repair_need patrol_need green_need home_service_interest notice_format comm_language assist_need
    emergency_contact work_orders complaints satisfaction survey_answers activity_signup
    marketing_choice adm_objection confidentiality_flag service_plan service_tags fa_gender
    fa_age_band note_service
""".split()  # noqa: SIM905  # one word a line would be three screens
ADDED = {"income_band", "emergency_phone", "marketing_channel"}
NOT_COLLECTED = """
    ethnicity religion worship belief_diet political native_place hukou household_register
    nationality dialect birth_date exact_age zodiac gender id_number id_photo passport face
    fingerprint voiceprint iris gait gene portrait_photo home_photo video health disability_type
    disability_cert mental infectious medication pregnancy childbirth family_planning marital_status
    living_alone cohabitation single_woman sexual_orientation sex_life income salary_detail deposits
    assets other_property mortgage tax bank_account card_no pay_account credit_report debt_list
    criminal_record litigation petition employer job_title education children_names child_birth
    school guardianship household_members_detail access_log lift_log vehicle_track cctv wifi_probe
    location meter_usage visitor_log parcel_content social_media chat_text call_audio
    domestic_violence family_dispute blacklist risk_label troublemaker inferred_*
""".split()  # noqa: SIM905  # one word a line would be three screens
RETENTIONS = """
    R-P1 R-FIN R-P2 R-P3 R-P4 R-P5 R-P6 R-P7 R-P8 R-CONS R-PIA R-DISC R-LOG R-LOG3 R-DSR R-INC R-TRN
    R-AUD R-BAK
""".split()  # noqa: SIM905  # one word a line would be three screens
COMMON = {
    "office",
    "address",
    "contact_name",
    "contact_phone",
    "contact_email",
    "place",
    "roles",
    "processors",
    "recipients",
    "regulator_phone",
    "housing_phone",
    "version",
    "date",
    "fields",
    "summary",
    "period",
    "at_end",
    "joint",
}
# filled by each office; the rest follows from the catalogue or holds everywhere
OPEN = COMMON - {
    *("roles", "processors", "recipients", "joint"),
    *("fields", "summary", "period", "at_end"),
}
PROXIES = {  # law.md 2.4: what stands in for origin, wealth, age or retaliation
    "person_name",
    "mobile",
    "unit_ref",
    "party_role",
    "floor_area",
    "fee_status",
    "complaints",
    "notice_format",
    "comm_language",
    "income_band",
}
LANGUAGES = ("zh_CN", "en")
CATALOGUE = starters.catalogue()
RULES = starters.starter_rules()
ROWS = [pytest.param(row, id=row["id"]) for row in RULES]
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def _chinese(monkeypatch):
    monkeypatch.setattr(i18n._State, "language", "zh_CN")


@pytest.fixture(scope="module")
def table():
    return starters.starter_table(facts(CATALOGUE))


def read(name):
    return tomllib.loads(asset(f"starters/{name}.toml").read_text(encoding="utf-8"))


def bilingual(node):
    """Every {zh, en} pair anywhere in a file."""
    if isinstance(node, dict):
        if "zh" in node or "en" in node:
            yield node
        for inner in node.values():
            yield from bilingual(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from bilingual(inner)


def hits(text, words):
    """The words found in a text: Chinese ones anywhere, Latin ones by themselves."""
    lowered = text.casefold()
    return [
        word
        for word in words
        if (
            re.search(rf"(?<![a-z]){re.escape(word.casefold())}(?![a-z])", lowered)
            if word.isascii()
            else word.casefold() in lowered
        )
    ]


def consented(key):
    return key.partition(".")[0]


def test_every_field_of_the_law_paper_is_there_once():
    keys = [field.key for field in CATALOGUE.fields]
    assert len(keys) == len(set(keys))
    assert set(keys) == set(RECORDED) | ADDED


def test_every_refused_item_of_the_law_paper_is_there_once():
    keys = [key for refused in CATALOGUE.refused for key in refused.keys]
    assert sorted(keys) == sorted([*NOT_COLLECTED, "rank_words", "customer_value"])
    assert not set(keys) & {field.key for field in CATALOGUE.fields}


def test_every_purpose_is_there_and_names_a_retention():
    assert [purpose.code for purpose in CATALOGUE.purposes] == (
        ["P0", "P1", "P1-plate", "P2", "P2-income", "P3", "P4", "P5", "P6", "P7", "P8"]
    )
    codes = {retention.code for retention in CATALOGUE.retentions}
    assert set(RETENTIONS) <= codes
    assert {purpose.retention for purpose in CATALOGUE.purposes} <= codes
    assert {field.retention for field in CATALOGUE.fields} <= codes


def test_only_classification_classifies_and_a_band_that_is_off():
    classifying = [purpose.code for purpose in CATALOGUE.purposes if purpose.may_classify]
    assert classifying == ["P2", "P2-income"]
    assert not CATALOGUE.is_open("P2-income")
    assert "P2-income" not in {purpose.code for purpose in CATALOGUE.consenting}


def test_oral_consent_is_only_taken_where_little_is_at_stake():
    assert {p.code for p in CATALOGUE.purposes if p.oral_allowed} == {"P3", "P4", "P7"}


def test_the_contract_asks_no_consent_and_special_assistance_asks_for_each_item():
    forms = {str(purpose.code): purpose.consent for purpose in CATALOGUE.purposes}
    assert forms["P1"] is ConsentForm.NONE
    assert forms["P1-plate"] is ConsentForm.SEPARATE
    assert forms["P5"] is ConsentForm.PER_ITEM


def test_sensitive_fields_are_sealed_under_a_separate_consent():
    for field in CATALOGUE.fields:
        if field.sensitivity is Sensitivity.SENSITIVE:
            form = CATALOGUE.purpose(field.purpose).consent
            homes = {ConsentForm.SEPARATE: Home.SEALED, ConsentForm.PER_ITEM: Home.ITEMS}
            assert field.home is homes[form], field.key


@pytest.mark.parametrize("field", CATALOGUE.fields, ids=lambda field: field.key)
def test_each_field_says_why_it_is_needed_and_for_which_known_purpose(field):
    assert len(HAN.findall(field.necessity.zh)) >= 15
    assert len(field.necessity.en.split()) >= 6
    assert field.purpose in field.purposes
    assert set(field.purposes) <= {purpose.code for purpose in CATALOGUE.purposes}
    assert field.rule_use is not RuleUse.ASSIST or field.rule_limit is not None


@pytest.mark.parametrize("field", CATALOGUE.fields, ids=lambda field: field.key)
def test_each_choice_is_closed_and_every_code_is_plain(field):
    has_options = field.kind in {Kind.CHOICE, Kind.CHOICES}
    assert bool(field.options) is has_options
    assert len(field.codes) == len(field.options)
    assert all(re.fullmatch(r"[a-z0-9_]+", code) for code in field.codes)


def test_only_three_things_of_a_contract_must_be_known():
    required = {field.key for field in CATALOGUE.fields if field.required}
    assert required == {"person_name", "unit_ref", "party_role"}


def test_rules_may_read_only_what_the_classification_purpose_covers():
    for field in CATALOGUE.fields:
        if field.rule_use is RuleUse.YES:
            assert {"P2", "P2-income"} & set(field.purposes), field.key
        if field.key in PROXIES - {"income_band"}:
            assert field.rule_use is not RuleUse.YES, field.key


def test_the_income_band_is_coarse_and_off_by_default():
    band = CATALOGUE.field("income_band")
    assert not band.enabled
    assert len(band.options) <= 5
    assert not CATALOGUE.has("income_band")
    assert band not in CATALOGUE.rule_fields


def test_what_could_harm_when_seen_is_kept_out_of_lists():
    restricted = {field.key for field in CATALOGUE.fields if field.restricted}
    assert restricted >= {
        "occupancy",
        "fee_status",
        "patrol_need",
        "notice_format",
        "comm_language",
        "complaints",
        "confidentiality_flag",
        "plate_no",
        "assist_need",
    }


@pytest.mark.parametrize(
    "name", ["fields", "purposes", "retention", "tiers", "refused", "notices", "rules"]
)
def test_every_text_is_in_both_languages(name):
    pairs = list(bilingual(read(name)))
    assert pairs
    for pair in pairs:
        assert pair["zh"].strip()
        assert pair["en"].strip()
        assert not HAN.search(pair["en"]), pair


def test_refused_items_say_not_collected_and_never_forbidden():
    for refused in CATALOGUE.refused:
        assert refused.why.zh.startswith("本系统不收集")
        assert "禁止" not in refused.why.zh
        assert refused.instead.zh
        assert len(refused.words) >= 6
        assert any(HAN.search(word) for word in refused.words)
        assert any(word.isascii() for word in refused.words)


@pytest.mark.parametrize(
    "header",
    [
        "身份证",
        "身份证号码",
        "性别",
        "民族",
        "月收入",
        "户籍类型",
        "门禁卡号",
        "年龄",
        "工作单位",
        "政治面貌",
        "婚否",
        "来自IP",
        "sfz",
        "xingbie",
        "idcard",
        "Gender",
        "birthday",
    ],
)
def test_headers_of_old_tables_are_recognised_as_refused(header):
    assert words(header, CATALOGUE.refused)


@pytest.mark.parametrize(
    "header",
    [
        "姓名",
        "手机号",
        "房号",
        "楼栋",
        "单元",
        "建筑面积",
        "业主类型",
        "房屋状态",
        "维修关注",
        "usage",
        "name",
        "unit",
        "mobile",
        "language",
    ],
)
def test_headers_of_harmless_columns_are_not(header):
    assert words(header, CATALOGUE.refused) == ()


def test_no_label_option_tag_or_tier_hides_a_refused_item():
    texts = [
        text
        for field in CATALOGUE.fields
        if field.purpose != "P6" and field.enabled
        for words in (field.label, *(option.label for option in field.options))
        for text in words
    ]
    for named in (CATALOGUE.tiers, CATALOGUE.tags):
        texts += [text for item in named for text in (*item.name, *item.meaning)]
    texts += [text for row in RULES for text in row["reason"].values()]
    assert {text: found for text in texts if (found := words(text, CATALOGUE.refused))} == {}


def test_no_name_ranks_people():
    for named in (CATALOGUE.tiers, CATALOGUE.tags, CATALOGUE.purposes):
        assert not any(hits(item.name.zh, starters.rank_words()) for item in named)
    assert hits("VIP 客户", starters.rank_words())


def test_tiers_rise_from_the_standard_of_the_contract():
    assert [tier.code for tier in CATALOGUE.tiers] == ["standard", "care", "enhanced", "special"]
    assert [tier.name.zh for tier in CATALOGUE.tiers] == ["标准", "关怀", "加强", "专项"]
    for tier in CATALOGUE.tiers[1:]:
        assert tier.meaning.zh.startswith("标准服务，再"), "a tier only adds"


def test_the_result_fields_list_the_tiers_and_tags():
    for key, named in (("service_plan", CATALOGUE.tiers), ("service_tags", CATALOGUE.tags)):
        options = [(option.code, option.label) for option in CATALOGUE.field(key).options]
        assert options == [(item.code, item.name) for item in named]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_purpose_but_the_records_has_a_notice(language):
    told = [notice.purpose for notice in starters.notices(language)]
    closed = {"P0", "P2-income"}
    assert told == [p.code for p in CATALOGUE.purposes if p.code not in closed]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_holds_the_whole_common_block(language):
    folder = asset(f"starters/notices/{language}")
    common = (folder / "common.md").read_text(encoding="utf-8")
    assert placeholders(common) == COMMON
    for notice in starters.notices(language):
        raw = (folder / f"{notice.purpose}.md").read_text(encoding="utf-8")
        assert "common" in placeholders(raw)
        assert placeholders(notice.text) == OPEN
        assert notice.text.startswith("# ")
        assert notice.version == "1.0"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_names_every_field_of_its_purpose_and_no_other(language):
    for notice in starters.notices(language):
        of_purpose = {f.key for f in CATALOGUE.fields if notice.purpose in f.purposes and f.enabled}
        assert set(notice.fields) == of_purpose, notice.purpose
        assert len(notice.fields) == len(of_purpose)
        for key in notice.fields:
            label = CATALOGUE.field(key).label
            assert (label.zh if language == "zh_CN" else label.en) in notice.text


@pytest.mark.parametrize(("language", "line"), [("zh_CN", "□ 同意"), ("en", "□ I agree")])
def test_special_assistance_asks_about_each_item_on_a_line_of_its_own(language, line):
    notice = next(one for one in starters.notices(language) if one.purpose == "P5")
    lines = [text for text in notice.text.splitlines() if line in text]
    assert len(lines) == len(CATALOGUE.field("assist_need").options)


def test_both_languages_tell_the_same_things():
    for ours, theirs in zip(starters.notices("zh_CN"), starters.notices("en"), strict=True):
        assert (ours.purpose, ours.version, ours.fields) == (
            theirs.purpose,
            theirs.version,
            theirs.fields,
        )
        assert ours.text.count("**") == theirs.text.count("**")
        assert ours.text.count("□") == theirs.text.count("□")
        assert not HAN.search(theirs.text)


def test_an_unknown_language_is_told_in_chinese():
    assert starters.notices("fr") == starters.notices("zh_CN")


def test_an_office_can_name_its_processors():
    told = starters.notices("zh_CN", {"processors": "通达快修（维修派单：姓名、房号、电话）"})
    assert all("受托处理方：通达快修（维修派单：姓名、房号、电话）。" in one.text for one in told)
    assert all("受托处理方：无。" in one.text for one in starters.notices("zh_CN"))


def test_the_consent_sheet_says_what_will_not_happen():
    sheet = next(one for one in starters.notices("zh_CN") if one.purpose == "P2").text
    assert "您不填、不同意或者以后撤回，都按标准服务照常办理，不会变差" in sheet
    assert "两项都不预先勾选" in sheet
