"""The dossier: everything about the person, nothing about anybody else."""

import base64
import json
from dataclasses import replace

import pytest

from pmdesk.domain.fields import FieldKey
from pmdesk.domain.quarantine import Mistake
from pmdesk.errors import RefusedError
from pmdesk.services import residents
from pmdesk.services.classification import table_of
from pmdesk.services.refusal import quarantine
from pmdesk.services.rights import (
    dossier,
    dossier_places,
    dossier_text,
    request_explain,
    request_papers,
)
from pmdesk.services.rights.dossier_paper import wrapped
from tests.offices import (
    DRAWN,
    P1,
    P2,
    P8,
    PLATE,
    PLATE_NO,
    SPECIAL,
    answers,
    consenting,
    decide,
    resident,
)
from tests.pdf import text_of
from tests.services.desk import assigned, received


def content_of(session, person, **how):
    """What a machine reads."""
    with session.store.reading() as work:
        made = dossier.gathered(session, work, person, "D1", **how)
    return json.loads(made.as_json())["content"]


def test_somebody_decided_about_every_table_of_the_office(clerk):
    with clerk.store.reading() as work:
        tables = work.dossiers.tables()
    assert dossier_places.unlisted(tables) == ()
    listed = {*dossier_places.PLACES, *dossier_places.NOT_ABOUT}
    assert listed <= set(tables)


def test_every_table_with_a_person_column_is_in_the_dossier(clerk):
    with clerk.store.reading() as work:
        tables = work.dossiers.tables()
    about = {name for name, columns in tables.items() if {"person", "subject"} & set(columns)}
    assert about - set(dossier_places.PLACES) <= {
        name for name in about if name.startswith("answers_") or name in NOT_PEOPLE
    }


NOT_PEOPLE = {"record"}  # its subject is a version, an office, a request


def test_a_new_table_breaks_the_list(clerk):
    with clerk.store.reading() as work:
        tables = {**work.dossiers.tables(), "loyalty_card": ("person", "points")}
    assert dossier_places.unlisted(tables) == ("loyalty_card",)


def test_values_consents_and_results_are_all_there(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    found = content_of(manager, person)["tables"]
    assert {"person", "occupancy", "consent", "consent_event", "classification"} <= set(found)
    assert found["person"][0]["name"] == "王小明"
    assert found["answers_p2"][0]["clean_need"] == "in_home"
    assert found["answers_p2_repair_need"][0]["value"] == "waterproofing"
    assert content_of(manager, person)["used_to_train_models"] is False


def test_one_owner_learns_nothing_about_the_other(clerk, manager):
    one = consenting(clerk, values=SPECIAL)
    consenting(clerk, name="陈雨桐", mobile="13755556666", values=SPECIAL)  # of the same room
    received(clerk, "D1", resident(clerk, name="刘海", mobile="13611112222"))
    text = json.dumps(content_of(manager, one), ensure_ascii=False)
    for other in ("陈雨桐", "13755556666", "刘海", "13611112222"):
        assert other not in text
    assert "王小明" in text


def test_colleagues_and_other_people_are_left_out(clerk, manager):
    person = consenting(clerk, P8)
    contact = answers(emergency_contact="赵小妹", emergency_phone="13512340000")
    residents.save_answers(clerk, person, P8, contact)
    received(clerk, "D1", person)
    text = json.dumps(content_of(manager, person), ensure_ascii=False)
    for other in ("赵小妹", "13512340000", clerk.staff.uid, "A-17 witness"):
        assert other not in text
    assert "135****0000" in text


def test_sealed_values_are_opened_for_the_person_only(clerk, manager, reviewer):
    person = consenting(clerk, PLATE)
    residents.seal_value(clerk, person, PLATE, PLATE_NO, "苏A12345")
    assert "苏A12345" in json.dumps(content_of(manager, person), ensure_ascii=False)
    for closed in (content_of(clerk, person), content_of(manager, person, sealed=False)):
        assert "苏A12345" not in json.dumps(closed, ensure_ascii=False)
    with clerk.store.reading() as work:
        made = dossier.gathered(clerk, work, person, "D1")
    with pytest.raises(RefusedError):
        dossier.require_whole(made)


def test_a_changed_file_is_noticed(clerk, manager):
    person = consenting(clerk)
    with manager.store.reading() as work:
        file = dossier.gathered(manager, work, person, "D1").as_json()
    assert dossier.checks(file)
    assert not dossier.checks(file.replace("王小明".encode(), "王大明".encode()))
    assert json.loads(file)["sha256"]


def test_the_paper_can_be_searched_and_says_why_and_until_when(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    residents.save_answers(clerk, person, P1, answers(unit_use="home"))
    request = assigned(clerk, manager, "D1", person)
    pages = text_of(request_papers.make_dossier(manager, request).files[0].data)
    text = "".join(pages)
    for word in ("王小明", "13800001234", "服务需求分类"):
        assert word in text
    with manager.store.reading() as work:
        sections = dossier_text.sections(work, dossier.gathered(manager, work, person, "D1"))
    assert len(sections) >= 6


def test_making_a_dossier_is_logged_with_its_hash(clerk, manager, office):
    request = assigned(clerk, manager, "D1", consenting(clerk))
    with office.logged() as entries:
        bundle = request_papers.make_dossier(manager, request)
    assert [act for act, _target, _fields in entries] == ["dossier.make"]
    with manager.store.reading() as work:
        assert work.requests.steps(request)[-1].digest == bundle.digest


def test_five_thousand_notes_are_all_on_paper(clerk, manager, office):
    person = consenting(clerk)
    with manager.store.writing() as work:
        for number in range(300):
            work.service_notes.add(person, f"换锁芯{number:04}", at=clerk.clock.now())
        work.commit()
    request = assigned(clerk, manager, "D1", person)
    text = "".join(text_of(request_papers.make_dossier(manager, request).files[0].data))
    assert all(f"换锁芯{number:04}" in text for number in range(300))


def test_long_lines_are_broken_at_the_edge_of_the_sheet():
    line = "水管漏水，已修好。" * 40
    pieces = list(wrapped(line))
    assert "".join(pieces) == line
    assert all(len(piece) <= 60 for piece in pieces)
    assert list(wrapped("")) == [""]


def test_what_another_person_gave_by_mistake_is_left_out_and_counted(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    quarantine.take(clerk, person, P2, FieldKey("repair_need"), Mistake.OTHER_PERSON)

    with manager.store.reading() as work:
        found = dossier.gathered(manager, work, person, "D1")

    (row,) = found.tables["quarantine"]
    assert row["blob"] == dossier.THIRD
    assert found.others_removed == 1


def test_a_drawn_signature_is_handed_over_as_it_was_drawn(clerk, manager):
    person = resident(clerk)
    decide(clerk, person, {P2: True}, DRAWN)

    text = json.dumps(content_of(manager, person))

    assert base64.b64encode(DRAWN.signature_png).decode() in text


def test_a_purpose_whose_values_were_all_taken_back_is_no_section(clerk, manager):
    person = consenting(clerk, values=answers(clean_need="in_home"))

    def titles():
        with manager.store.reading() as work:
            made = dossier.gathered(manager, work, person, "D1")
            found = dossier_text.sections(work, made)
        return [one.title for one in found if one.rows and one.rows[0][-1] == "Recorded"]

    assert len(titles()) == 1
    residents.save_answers(clerk, person, P2, {FieldKey("clean_need"): None})
    assert titles() == []


def test_a_letter_names_a_rule_and_what_was_looked_at_only_where_there_is_one(
    clerk, manager, monkeypatch
):
    person = consenting(clerk, values=SPECIAL)
    with manager.store.reading() as work:
        full = dict(request_explain.explained(manager, work, person))
    monkeypatch.setattr(
        request_explain, "table_of", lambda *about: replace(table_of(*about), rules=())
    )

    with manager.store.reading() as work:
        bare = dict(request_explain.explained(manager, work, person))

    looked = {"Looked at", "Rule that fits", "What would change it"}
    assert looked <= set(full)
    assert not looked & set(bare)
    assert {"Result", "Rules", "What rules never read"} <= set(bare)
