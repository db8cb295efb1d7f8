"""All the triggers of PIPL 55: processors, recipients, old tables, and fields of one's own."""

from dataclasses import replace

from pmdesk.domain.fields import Dimension, FieldKey
from pmdesk.i18n import Words
from pmdesk.services.assessing.assessment_form import prefilled
from pmdesk.services.records import assessment_scope, assessments, records
from pmdesk.services.records.assessment_scope import IMPORTED, scope_of


def recorded(session, code, **document):
    """The number of a new draft of that kind."""
    with session.store.writing() as work:
        record = records.create(session, work, code, "", document)
        work.commit()
        return work.records.get(record).number


def missing(session):
    return {need.assessed.subject: need.what.zh for need in assessments.missing(session)}


def filled(session, subject, key):
    """The words with which this field of the assessment begins."""
    words = prefilled(session, subject)[key]
    assert isinstance(words, str)
    return words


def test_a_processor_is_assessed_before_it_begins_and_so_is_the_contract(manager):
    number = recorded(manager, "processor", name="速达短信公司")

    found = missing(manager)

    assert found[f"processor:{number}"] == "委托处理：速达短信公司"
    assert found["purpose:P1"] == "P1 履行物业服务合同"
    document = prefilled(manager, f"processor:{number}")
    assert document["processors"] == "速达短信公司"
    assert "1.0" in filled(manager, "purpose:P1", "notices")


def test_each_new_recipient_is_assessed_once(manager):
    for name in ("街道办事处", "街道办事处", None):
        recorded(manager, "disclosure", **({"recipient": name} if name else {}))

    found = [subject for subject in missing(manager) if subject.startswith("recipient")]

    assert found == ["recipient:街道办事处"]
    assert prefilled(manager, found[0])["activity"] == "对外提供：街道办事处"


def test_the_import_of_old_tables_is_assessed(manager):
    with manager.store.writing() as work:
        manager.log(work, "import.residents", IMPORTED)
        work.commit()

    assert missing(manager)[IMPORTED] == "导入旧表格"


def test_a_field_of_ones_own_about_habits_is_assessed(manager):
    with manager.store.writing() as work:
        live = work.catalogue.live()
        label = Words("遛狗时间", "Dog walks")
        own = replace(live.field("hobby_tags"), key=FieldKey("dog_walks"), label=label)
        for dimension in (Dimension.HABIT, Dimension.BASIC):
            field = replace(own, key=FieldKey(f"own_{dimension}"), dimension=dimension)
            live = replace(live, fields=(*live.fields, field))
        work.catalogue.install(live)
        work.commit()

    assert missing(manager)["field:own_habit"] == "新字段：遛狗时间"
    assert "field:own_basic" not in missing(manager)
    assert "遛狗时间" in filled(manager, "field:own_habit", "fields")


def test_a_purpose_without_a_notice_says_so(manager):
    with manager.store.writing() as work:
        live = work.catalogue.live()
        own = replace(live.purpose("P6"), code="L1")
        work.catalogue.install(replace(live, purposes=(*live.purposes, own)))
        work.commit()

    assert "个人信息处理规则" in filled(manager, "purpose:L1", "notices")


def test_what_is_gone_is_still_named(manager):
    with manager.store.reading() as work:
        said = {
            subject: scope_of(work, subject).what.zh
            for subject in ("ruleset:0", "purpose:P99", "processor:PRC-1", "field:gone", "")
        }

    assert said == {
        "ruleset:0": "分类规则",
        "purpose:P99": "P99",
        "processor:PRC-1": "委托处理：PRC-1",
        "field:gone": "",
        "": "",
    }


def test_a_switched_off_purpose_needs_no_assessment(manager):
    assert "purpose:P2-income" not in missing(manager)


def test_a_draft_of_the_rules_is_not_weighed_yet(manager):
    with manager.store.reading() as work:
        before = assessment_scope.subjects(work)

    assert [one for one in before if one.startswith("ruleset:")]
    assert len([one for one in before if one.startswith("ruleset:")]) == 1
