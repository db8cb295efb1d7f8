"""Rows of the law paper about what may be recorded at all, what stands open, and what texts say."""

import re
from pathlib import Path

import pytest

from pmdesk.domain.fields import Home, RuleUse, Sensitivity
from pmdesk.domain.purposes import LegalBasis
from pmdesk.domain.screening import Use, screen
from pmdesk.services import starters
from pmdesk.services.audits.self_audit import questions
from pmdesk.services.exchange.headers import refusal

CATALOGUE = starters.catalogue()
FIELDS = {field.key: field for field in CATALOGUE.fields}
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("title", ["进出时间", "抓拍", "门禁记录", "出入记录", "车牌抓拍"])
def test_what_gates_and_cameras_saw_is_not_imported(title):
    """P-26."""
    why = refusal(title, CATALOGUE.refused)
    assert why is not None
    assert why.zh.startswith("本系统不收集")


@pytest.mark.parametrize("title", ["水表读数", "电表读数", "用电量", "水费"])
def test_meter_readings_are_not_imported(title):
    """W-44: money that is collected for the utilities needs none of them here."""
    assert refusal(title, CATALOGUE.refused) is not None


@pytest.mark.parametrize("title", ["抖音", "朋友圈", "失信被执行人", "征信"])
def test_what_people_or_courts_published_elsewhere_is_not_gathered(title):
    """P-27."""
    assert refusal(title, CATALOGUE.refused) is not None


@pytest.mark.parametrize("title", ["身份证号", "证件号码", "身份证照片", "ID card no."])
def test_documents_are_looked_at_and_never_written_down(title):
    """S-ID13 and S-45574b: no field holds a number or picture, and no column brings one."""
    assert refusal(title, CATALOGUE.refused) is not None
    assert not [f for f in CATALOGUE.fields if "证号" in f.label.zh or "身份证" in f.label.zh]


@pytest.mark.parametrize("name", ["违规户", "重点人员", "钉子户", "刁民", "贵宾", "低端", "黑名单"])
def test_no_tier_or_tag_marks_a_person_for_conduct_or_rank(name):
    """C-004, C-286, W-45: what happened is a matter of a case, never a name for somebody."""
    assert screen(name, CATALOGUE.refused, Use.RANK)
    names = [one.name.zh for one in CATALOGUE.tiers] + [one.name.zh for one in CATALOGUE.tags]
    assert not [own for own in names if name in own]


@pytest.mark.parametrize("name", ["单身女性", "同居", "独居女性", "女性住户"])
def test_no_tag_is_about_women_living_alone_or_with_somebody(name):
    """G-02."""
    assert screen(name, CATALOGUE.refused, Use.RANK)


@pytest.mark.parametrize(
    "key", ["floor_area", "fee_status", "fee_standard", "complaints", "party_role"]
)
def test_what_says_who_somebody_is_can_be_asked_by_no_rule(key):
    """C-272, C-285, C-944: no area, arrears, complaints or standing in any condition."""
    assert FIELDS[key].rule_use is not RuleUse.YES
    assert key not in {field.key for field in CATALOGUE.rule_fields}


@pytest.mark.parametrize("key", ["renovation", "occupancy", "lease_period", "party_role"])
def test_what_an_owner_has_to_tell_rests_on_the_contract(key):
    """C-945, W-52: decoration, sale and lease are told by law and asked for by no consent."""
    purpose = CATALOGUE.purpose(FIELDS[key].purpose)
    assert purpose.code == "P1"
    assert purpose.basis is LegalBasis.CONTRACT
    assert not purpose.needs_consent


def test_number_plates_are_sealed_like_everything_sensitive():
    """F-V9, S-45574: the classes of the standard; the plate counts as sensitive."""
    sensitive = {f.key for f in CATALOGUE.fields if f.sensitivity is Sensitivity.SENSITIVE}
    assert sensitive == {"plate_no", "assist_need"}
    assert {FIELDS[key].home for key in sensitive} <= {Home.SEALED, Home.ITEMS}


def test_every_period_says_why_it_is_so_long():
    """C-188: the limitation of three years is named where it is the reason."""
    assert all(line.reason.zh and line.reason.en for line in CATALOGUE.retentions)
    contract = CATALOGUE.kept(CATALOGUE.purpose("P1"))
    assert "188" in contract.reason.zh
    assert contract.months == 36


def test_the_record_of_processing_is_whole():
    """S-35273: each purpose in use has basis, fields, period and what happens then."""
    for purpose in CATALOGUE.purposes:
        line = CATALOGUE.kept(purpose)
        assert purpose.basis, purpose.code
        assert line.period.zh, purpose.code
        assert line.at_end.zh, purpose.code
    assert {field.purpose for field in CATALOGUE.fields} <= {p.code for p in CATALOGUE.purposes}


@pytest.mark.parametrize("words", [("人脸", "唯一"), ("摄像", "提示标识")])
def test_the_self_audit_asks_about_gates_and_cameras(words):
    """F-10, F-13."""
    assert any(all(word in one.words.zh for word in words) for one in questions())


def test_price_discrimination_is_not_cited_for_residents():
    """K-P14: the fifth item of Price Law 14 protects other traders only."""
    cited = re.compile(r"价格法.{0,6}(第?14|第?十四)|Price Law 14")
    found = [
        path
        for folder in ("pmdesk", "resources")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".toml", ".md", ".po"}
        and cited.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
