"""The log as it is read: rooms instead of names, no formula in its files, and their proof."""

import csv
import hashlib
import io
import json

import pytest

from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.fields import Kind
from pmdesk.domain.ports.proof import LogQuery
from pmdesk.domain.staff import Role
from pmdesk.errors import ExchangeError, StorageError
from pmdesk.i18n import said
from pmdesk.services import log_anchors, log_book, log_proof, log_words, residents, staff
from pmdesk.services.acts import archiving
from pmdesk.services.log_anchors import Verdict
from pmdesk.services.log_book import about_person
from pmdesk.services.log_sentences import LOOKED, acts_of
from pmdesk.services.paper.anchor import anchor_pdf
from tests.offices import P2, answers, consenting, resident
from tests.pdf import text_of


@pytest.fixture
def person(office):
    return consenting(office.session("clerk"), values=answers(clean_need="in_home"), name="曾国强")


def test_a_line_names_the_room_and_not_the_person(reviewer, person):
    found = log_book.page(reviewer, LogQuery(targets=(about_person(person),)))

    assert {line.about for line in found.lines} == {"3-2-501"}
    assert {line.person for line in found.lines} == {person}
    assert "曾国强" not in str(found.lines)
    assert found.lines[0].role
    assert found.before is None


def test_a_person_who_is_gone_has_only_a_number(office, reviewer, person):
    manager = office.session("manager")
    with manager.store.writing() as work:
        archiving.archive(manager, work, person, ArchiveReason.MOVED_OUT)
        work.commit()
    line = log_book.page(reviewer, LogQuery(targets=(about_person(person),))).lines[0]

    assert line.person is None
    assert line.about == f"resident no. {person}"


def test_objects_are_found_by_room_name_and_number(office, reviewer, person):
    resident(office.session("clerk"), name="曾国富", room="3-2-502")

    assert log_book.targets(reviewer, "3-2-501") == (("3-2-501", about_person(person)),)
    assert len(log_book.targets(reviewer, "曾国")) == 2
    assert log_book.targets(reviewer, "ruleset:1") == (("rules no. 1", "ruleset:1"),)
    assert log_book.targets(reviewer, "none:x")[0] == ("none:x", "none:x")


def test_values_are_told_by_the_names_of_fields_and_the_look_is_logged(office, reviewer, person):
    residents.save_answers(office.session("clerk"), person, P2, answers(clean_need="common_only"))
    saved = log_book.page(reviewer, LogQuery(actions=("answers.save",))).lines[0]
    with office.logged() as added:
        found = log_book.values(reviewer, saved.entry.seq)
        log_book.values(reviewer, 1)

    field = next(one for one in residents.catalogue(reviewer).fields if one.key == "clean_need")
    assert said(field.option("common_only")) in found.after.values()
    assert said(field.option("in_home")) in found.before.values()
    assert "clean_need" not in found.after
    assert added == [("log.values", f"entry:{saved.entry.seq}", ())]


@pytest.mark.parametrize(
    ("key", "written", "spoken"),
    [
        ("clean_need", "None", ""),
        ("clean_need", "'no_such_code'", "no_such_code"),
        ("clean_need", "not python", "not python"),
        ("renovation", "(datetime.date(2026, 3, 8), None)", "2026-03-08 — …"),
    ],
)
def test_each_value_is_told_in_words_or_as_it_was_written(reviewer, key, written, spoken):
    known = {one.key: one for one in residents.catalogue(reviewer).fields}
    field = known.get(key) or next(one for one in known.values() if one.kind is Kind.PERIOD)

    assert log_book._spoken(Role.REVIEWER, field, written) == spoken


def test_what_is_no_field_is_told_as_it_was_written():
    assert log_book._spoken(Role.REVIEWER, None, 7) == "7"
    assert log_book._spoken(Role.REVIEWER, None, None) == ""


def test_an_exported_file_proves_itself(office, reviewer, person, tmp_path):
    path = tmp_path / "log.csv"
    anchor = log_book.export(reviewer, LogQuery(), path)
    content = path.read_bytes()
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    proof = json.loads((tmp_path / "log.csv.proof.json").read_text("utf-8"))
    with reviewer.store.reading() as work:
        named = work.proof.page(LogQuery(actions=("log.exported",))).entries[0]

    assert proof["sha256"] == hashlib.sha256(content).hexdigest()
    assert named.fields[0] == f"sha256:{proof['sha256']}"
    assert (proof["anchor"]["count"], proof["anchor"]["code"]) == (anchor.count, anchor.code)
    assert len(rows) - 1 == proof["lines"] == anchor.count - 1
    assert log_anchors.check_file(reviewer, tmp_path / "log.csv.proof.json").count == anchor.count


def test_nothing_in_the_file_is_a_formula(office, reviewer, tmp_path):
    with reviewer.store.writing() as work:
        reviewer.log(work, "field.on", "=1+1", fields=["@x"])
        work.commit()
    log_book.export(reviewer, LogQuery(), tmp_path / "log.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "log.csv").read_text("utf-8-sig"))))

    assert rows[1][5:] == ["'=1+1", "'@x"]


def test_a_long_log_is_gathered_in_parts_and_cut_at_its_limit(reviewer, tmp_path, monkeypatch):
    monkeypatch.setattr(log_book, "LONGEST", 5)
    log_book.export(reviewer, LogQuery(), tmp_path / "log.csv")

    assert len((tmp_path / "log.csv").read_text("utf-8-sig").splitlines()) == 6


def test_a_file_that_cannot_be_written_leaves_no_entry(office, reviewer, tmp_path):
    with office.logged() as added:
        for write in (
            lambda path: log_book.export(reviewer, LogQuery(), path),
            lambda path: log_anchors.to_file(reviewer, path),
        ):
            with pytest.raises(StorageError):
                write(tmp_path / "missing" / "file")

    assert added == []


def test_colleagues_are_named(office, reviewer):
    names = dict(log_book.colleagues(reviewer))

    assert names[reviewer.staff.name] == reviewer.staff.uid


# ---- anchors outside ---------------------------------------------------------------------------


def test_the_age_of_the_newest_anchor_outside_is_known(office, reviewer, tmp_path):
    before = log_anchors.outside(reviewer)
    log_anchors.to_file(reviewer, tmp_path / "anchor.json")
    resident(office.session("clerk"))
    after = log_anchors.outside(reviewer)

    assert before.at is None
    assert before.since > 0
    assert (after.at, after.since) == (office.clock.now(), 1)


def test_a_file_is_compared_with_the_log(office, reviewer, tmp_path):
    path = tmp_path / "anchor.json"
    made = log_anchors.to_file(reviewer, path)
    assert log_anchors.check_file(reviewer, path).verdict is Verdict.CONTAINED

    def verdict(**changes):
        doc = json.loads(path.read_text("utf-8"))
        doc["anchor"] |= changes
        other = tmp_path / "other.json"
        other.write_text(json.dumps(doc), "utf-8")
        return log_anchors.check_file(reviewer, other).verdict

    assert verdict(head="ab" * 32) is Verdict.NOT_CONTAINED
    assert verdict(count=made.count + 1) is Verdict.NOT_CONTAINED
    assert verdict(vault="0" * 32) is Verdict.OTHER_OFFICE
    assert verdict(at="2020-01-01T00:00:00+00:00") is Verdict.NOT_GENUINE


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"anchor": {"count": "x"}}', "[" * 9_000])
def test_a_strange_file_holds_no_anchor(reviewer, tmp_path, text):
    (tmp_path / "x.json").write_text(text, "utf-8")

    with pytest.raises(ExchangeError):
        log_anchors.check_file(reviewer, tmp_path / "x.json")
    with pytest.raises(ExchangeError):
        log_anchors.check_file(reviewer, tmp_path / "missing.json")


def test_a_code_from_paper_is_compared_with_the_log(office, reviewer):
    made = log_anchors.certificate(reviewer)
    resident(office.session("clerk"))

    def verdict(typed):
        return log_anchors.check_code(reviewer, typed, lambda *_at: None).verdict

    assert made.qr.endswith(made.anchor.code)
    assert verdict(made.anchor.code) is Verdict.CONTAINED
    assert verdict("0" * 20) is Verdict.NOT_CONTAINED
    assert verdict(made.anchor.code[:-1]) is Verdict.MISTYPED


def test_the_certificate_is_one_page_with_its_code(reviewer):
    made = log_anchors.certificate(reviewer)
    (text,) = text_of(anchor_pdf(made))

    assert made.anchor.code in text
    assert made.office in text
    assert f"{made.anchor.count:,}" in text


def test_a_household_is_everybody_on_record_with_the_room(office, reviewer):
    clerk = office.session("clerk")
    one = resident(clerk, "何晓", "13800009999", "4-1-101")
    two = resident(clerk, "何静", "13800009998", "4-1-101")
    resident(clerk, "赵乐", "13800009997", "4-1-102")
    both = (about_person(one), about_person(two))

    for typed in ("4-1-101", " 4栋1单元101室 "):
        assert log_book.household(reviewer, typed) == both
    assert log_book.household(reviewer, "9-9-999") == ()
    assert log_book.household(reviewer, "nothing") == ()
    assert set(log_book.household_of(reviewer, two)) == set(both)

    found = log_book.page(reviewer, LogQuery(targets=both, actions=acts_of(LOOKED)))
    assert found.lines == ()
    residents.detail(office.session("manager"), two)
    found = log_book.page(reviewer, LogQuery(targets=both, actions=acts_of(LOOKED)))
    assert [line.what for line in found.lines] == ["looked at the resident's page"]


def test_a_finding_is_told_by_kind_and_number(office, reviewer):
    person = resident(office.session("clerk"))
    office.tampered("UPDATE person SET name = '李四'")
    log_proof.rows(reviewer)
    line = log_book.page(reviewer, LogQuery(actions=("log.rows_changed",))).lines[0]

    assert line.about == "the log"
    assert line.fields.endswith(f"resident no. {person}.")


def test_an_account_is_named_wherever_the_log_tells_of_it(office, reviewer, person, tmp_path):
    colleague = office.session("clerk").staff
    target = f"staff:{colleague.uid}"
    staff.disable(office.session("admin"), colleague.uid)
    line = log_book.page(reviewer, LogQuery(actions=("staff.disable",))).lines[0]
    log_book.export(reviewer, LogQuery(), tmp_path / "log.csv")

    assert line.about == f"account {colleague.name}"
    assert log_book.targets(reviewer, target) == ((line.about, target),)
    assert colleague.uid not in (tmp_path / "log.csv").read_text("utf-8-sig")


def test_a_finding_about_an_account_names_the_colleague(office, reviewer):
    colleague = office.session("clerk").staff
    office.tampered(f"UPDATE staff SET name = '李四' WHERE uid = '{colleague.uid}'")
    (told,) = log_proof.rows(reviewer)
    found = log_proof.alarm(reviewer)
    line = log_book.page(reviewer, LogQuery(actions=(log_proof.CHANGED,))).lines[0]

    assert found is not None
    for words in (
        log_words.difference_words(told),
        " ".join(log_words.alarm_words(found)),
        line.fields,
    ):
        assert colleague.uid not in words
        assert "account 李四" in words
