"""Rules leave the office as files and come in as a draft, on record and never by halves."""

from dataclasses import replace
from typing import Any

import pytest

from pmdesk.assets import asset
from pmdesk.domain.classification import RulesetStatus
from pmdesk.errors import ExchangeError, PmdeskError, RefusedError, StorageError
from pmdesk.i18n import install, told
from pmdesk.rules import examples
from pmdesk.services import rule_examples, rules
from pmdesk.services.rule_exchange import exchange
from pmdesk.services.rule_exchange.carrying import carried
from pmdesk.services.rule_exchange.exchange import (
    export_dmn,
    export_xlsx,
    import_draft,
    read_file,
)
from pmdesk.services.rule_exchange.incoming import MOST_FAULTS, Fault, listed
from tests.services.rule_exchange.dmn_files import decision, dmn
from tests.services.rule_exchange.sheets import saved

CLEAN = ("保洁需求", "clean_need", "string")
EXPORTS = [(export_dmn, "rules.dmn"), (export_xlsx, "rules.xlsx")]


@pytest.fixture(autouse=True)
def chinese():
    """The program speaks Chinese, as it does by default."""
    install("zh_CN", asset("locale"))


@pytest.fixture
def newest(manager):
    return rules.versions(manager)[0].id


@pytest.mark.parametrize(("export", "name"), EXPORTS)
def test_a_version_goes_out_and_comes_back_as_an_equal_draft(
    office, manager, newest, tmp_path, export, name
):
    with office.logged() as log:
        incoming = read_file(manager, export(manager, newest, tmp_path / name))
        draft = import_draft(manager, incoming)
    assert [action for action, _target, _fields in log] == ["rules.export", "rules.import"]
    assert rules.table(manager, draft) == rules.table(manager, newest)
    version = next(one for one in rules.versions(manager) if one.id == draft)
    assert version.status is RulesetStatus.DRAFT
    assert version.author == manager.staff.uid


@pytest.mark.parametrize(("export", "name"), EXPORTS)
def test_a_reviewer_exports_and_does_not_import(reviewer, newest, tmp_path, export, name):
    path = export(reviewer, newest, tmp_path / name)
    with pytest.raises(RefusedError):
        read_file(reviewer, path)


def test_the_content_tells_what_a_file_is_whatever_its_name_says(manager, newest, tmp_path):
    path = export_xlsx(manager, newest, tmp_path / "rules.dmn")
    assert read_file(manager, path).is_usable
    path = export_dmn(manager, newest, tmp_path / "rules.xlsx")
    assert read_file(manager, path).is_usable


def test_an_answer_decides_whether_unknown_is_kept(manager, tmp_path):
    path = tmp_path / "a.dmn"
    path.write_bytes(dmn(decision([CLEAN], [('not("none")', '"care"'), ("-", '"standard"')])))
    incoming = read_file(manager, path)
    kept = rules.table(manager, import_draft(manager, incoming, {"clean_need"}))
    without = rules.table(manager, import_draft(manager, incoming))
    assert kept.rules[0].cells[0].unknown
    assert not without.rules[0].cells[0].unknown


@pytest.mark.parametrize(("export", "name"), EXPORTS)
def test_the_examples_of_the_version_in_force_go_with_a_file(
    manager, newest, tmp_path, export, name
):
    known = rule_examples.of(manager, newest)
    assert known.examples

    incoming = read_file(manager, export(manager, newest, tmp_path / name))
    draft = import_draft(manager, incoming)

    assert incoming.examples == len(known.examples)
    assert rule_examples.of(manager, draft) == known


def test_examples_of_rows_that_the_file_does_not_have_stay_behind(manager, newest, tmp_path):
    known = rule_examples.of(manager, newest)
    gone = known.examples[0].rule
    incoming = read_file(manager, export_xlsx(manager, newest, tmp_path / "a.xlsx"))
    assert incoming.table is not None
    fewer = incoming.table.without_rule(gone)
    draft = import_draft(manager, replace(incoming, table=fewer))

    kept = rule_examples.of(manager, draft).examples
    assert kept == tuple(one for one in known.examples if one.rule != gone)


@pytest.mark.parametrize("broken", ["read", "verdict"])
def test_examples_that_cannot_be_read_are_left_and_the_file_is_taken(
    manager, newest, tmp_path, monkeypatch, broken
):
    def odd(*_):
        raise PmdeskError("odd")

    path = export_dmn(manager, newest, tmp_path / "a.dmn")
    with monkeypatch.context() as patched:
        patched.setattr(examples, broken, odd)
        incoming = read_file(manager, path)
        draft = import_draft(manager, incoming)

    assert incoming.examples == 0
    assert rule_examples.of(manager, draft).examples == ()


def test_an_office_without_versions_has_no_examples_to_carry(manager, newest):
    class Nothing:
        class rulesets:  # noqa: N801  # stands for the property
            all = staticmethod(tuple)
            active = staticmethod(lambda: None)

    nothing: Any = Nothing()
    assert carried(nothing, rules.table(manager, newest)) == ()


def test_a_reason_that_ranks_people_is_refused_as_in_the_grid(manager, tmp_path):
    path = tmp_path / "a.dmn"
    path.write_bytes(dmn(decision([CLEAN], [("-", ('"standard"', "高端客户优先"))])))
    incoming = read_file(manager, path)
    before = rules.versions(manager)
    with pytest.raises(RefusedError) as caught:
        import_draft(manager, incoming)
    assert caught.value.code == "E_FIELD_PROHIBITED"
    assert rules.versions(manager) == before


def test_a_file_with_faults_gives_no_draft(manager, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(saved(("保洁需求", "等级"), ("无", "关怀"), ("打扫", "标准")))
    incoming = read_file(manager, path)
    before = rules.versions(manager)
    with pytest.raises(PmdeskError):
        import_draft(manager, incoming)
    assert rules.versions(manager) == before


BOMB = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="&b;"/>"""
ENTITY = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="&x;"/>"""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"hello",
        b"<html></html>",
        b"<definitions/>",
        b"<definitions",
        BOMB,
        ENTITY,
        b"PK\x03\x04broken",
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
        bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
        b'{"facts": []}',
    ],
)
def test_what_is_no_file_of_rules_is_refused_in_one_sentence(manager, tmp_path, content):
    path = tmp_path / "a.dmn"
    path.write_bytes(content)
    with pytest.raises(ExchangeError) as caught:
        read_file(manager, path)
    assert told(caught.value)


def test_a_huge_file_is_refused_before_it_is_read(manager, tmp_path):
    path = tmp_path / "a.dmn"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(ExchangeError) as caught:
        read_file(manager, path)
    assert "20" in told(caught.value)


def test_a_file_that_is_gone_or_a_folder_is_told(manager, tmp_path):
    for path in (tmp_path / "nowhere.dmn", tmp_path):
        with pytest.raises(ExchangeError):
            read_file(manager, path)


def test_a_place_that_cannot_be_written_leaves_nothing_behind(manager, newest, tmp_path):
    with pytest.raises(StorageError):
        export_dmn(manager, newest, tmp_path / "gone" / "a.dmn")
    assert list(tmp_path.glob("*.dmn*")) == []


def test_two_rows_with_one_id_in_a_dmn_file_are_refused(manager, newest, tmp_path):
    path = export_dmn(manager, newest, tmp_path / "a.dmn")
    path.write_bytes(path.read_bytes().replace(b'<rule id="r2"', b'<rule id="r1"', 1))
    with pytest.raises(ExchangeError):
        read_file(manager, path)


def test_a_long_list_of_faults_is_cut_and_says_so():
    faults = [Fault(error=PmdeskError("x"))] * (MOST_FAULTS + 5)
    assert len(listed(faults)) == MOST_FAULTS + 1
    assert "5" in listed(faults)[-1].words


def test_a_draft_whose_field_left_the_catalogue_opens_and_can_be_mended(manager, newest):
    draft = rules.draft_from(manager, newest)
    with manager.store.writing() as work:
        text = work.rulesets.get(draft).document.replace("green_need", "grass_need")
        work.rulesets.rewrite(draft, text, "0" * 64)
        work.commit()
    opened = rules.table(manager, draft)
    marked = next(fact for fact in opened.facts if fact.key == "grass_need")
    assert "已停用" in marked.label.zh
    with pytest.raises(RefusedError):
        rules.save_draft(manager, draft, opened)
    rules.save_draft(manager, draft, opened.without_fact("grass_need"))
    assert len(rules.table(manager, draft).facts) == len(opened.facts) - 1


def test_a_field_that_left_between_looking_and_taking_is_refused(manager, newest, tmp_path):
    incoming = read_file(manager, export_dmn(manager, newest, tmp_path / "a.dmn"))
    table = incoming.table
    assert table is not None
    odd = replace(table.facts[0], key="grass_need")
    with pytest.raises(RefusedError):
        import_draft(manager, replace(incoming, table=table.with_fact(odd)))


def test_the_scheme_of_the_office_is_that_of_its_rules(manager, newest):
    with manager.store.reading() as work:
        assert exchange.scheme_of(work.catalogue.live()) == rules.table(manager, newest).scheme
