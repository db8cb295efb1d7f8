"""Papers of the books: whole letters, the table of annex 1, drills that say so on every page."""

import pytest

from pmdesk.domain.incidents import ARTICLE_57
from pmdesk.errors import RefusedError
from pmdesk.i18n import Words
from pmdesk.services.audits import book_starts, self_audit
from pmdesk.services.paper.audit import audit_pdf
from pmdesk.services.paper.incident import letter_pdf, report_pdf
from pmdesk.services.paper.rule import reminder_pdf, rule_pdf
from pmdesk.services.records import policies, record_desk
from tests.pdf import text_of
from tests.services.bookkeeping import INCIDENT, filed
from tests.services.test_self_audit import judged


def shown(session, code, document, subject=""):
    record, _changes = record_desk.save(session, code, subject, document)
    return record_desk.opened(session, record)


def flat(pdf):
    return "".join("".join(text_of(pdf)).split())


@pytest.mark.parametrize("make", [letter_pdf, report_pdf])
@pytest.mark.parametrize("item", [key for key, _name in ARTICLE_57])
def test_no_paper_without_each_item_of_the_law(manager, make, item):
    record = shown(manager, "incident", {key: v for key, v in INCIDENT.items() if key != item})

    with pytest.raises(RefusedError) as refused:
        make(record)
    assert refused.value.places["missing"] == Words(*dict(ARTICLE_57)[item])


@pytest.mark.parametrize("make", [letter_pdf, report_pdf])
def test_every_item_of_the_law_stands_in_the_paper(manager, make):
    text = flat(make(shown(manager, "incident", INCIDENT)))

    for key, name in ARTICLE_57:
        assert "".join(str(INCIDENT[key]).split()) in text
        assert name.zh in text
    assert "晴川花园物业服务中心" in text
    assert "DRILL" not in text


@pytest.mark.parametrize("make", [letter_pdf, report_pdf])
def test_a_drill_is_marked_at_the_head_and_on_each_page(manager, make):
    drill = INCIDENT | {"drill": True, "measures": "照预案做。" * 300}
    pages = text_of(make(shown(manager, "incident", drill)))

    assert len(pages) > 1
    assert all("演练" in page for page in pages)
    assert pages[0].count("演练") == 2


def test_the_report_tells_times_and_extent(manager):
    text = flat(report_pdf(shown(manager, "incident", INCIDENT)))

    for words in ("2026-03-0208:30", "40人", "INC-2026-001", "名单一份"):
        assert words in text


def test_the_audit_has_the_columns_of_the_annex_and_all_questions(manager, clock):
    text = flat(audit_pdf(shown(manager, "audit", judged(manager, q09=clock.today()))))

    for head in ("No.", "Question", "Self-audit", "Remarks", "signature"):
        assert head in text
    for question in self_audit.questions():
        assert question.words.zh[:12] in text
    assert "没有做Owner:李静" in text
    assert "nocertificate" in text
    assert "本表内容真实、准确、完整" in text


def test_a_rule_is_printed_with_its_signatory_once_it_is_adopted(manager):
    gates = next(one for one in policies.policies() if one.code == "gates")
    document = book_starts.policy(manager, "gates")
    draft = shown(manager, "policy", document, "gates")
    record = filed(manager, "policy", document, subject="gates")

    assert "notadoptedyet" in flat(rule_pdf(draft))
    text = flat(rule_pdf(record_desk.opened(manager, record)))
    assert "".join(gates.text.split()) in text
    assert "adoptedon2026-03-02,signedby周敏" in text


def test_whoever_leaves_is_reminded_of_what_goes_on(manager, clock):
    record = shown(manager, "leaving", {"name": "王芳", "left_on": clock.today()})
    text = flat(reminder_pdf(record))

    assert "王芳:yourlastday" in text
    assert "刑法第二百五十三条之一" in text
