"""Entering an office looks at its log, and leaving it remembers where the log ended."""

import json
import shutil
from dataclasses import replace

import pytest

from pmdesk.app.last_anchors import NAME, LastAnchors
from pmdesk.domain.anchors import Anchor
from pmdesk.domain.proof import Break, Difference, Flaw, Kind
from pmdesk.services import log_cover, log_proof, residents
from pmdesk.store.proof import SqlProof
from pmdesk.ui.prompts import Prompts
from tests.offices import entry


@pytest.fixture
def heard(monkeypatch):
    """What the user was told in a box."""
    found = []
    monkeypatch.setattr(
        Prompts, "warn", lambda _self, sentence, detail="": found.append((sentence, detail))
    )
    return found


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "config" / NAME


def remembered(kept):
    """(vault, count) of what the file says."""
    told = json.loads(kept.read_text("utf-8"))
    return [(vault, one["count"]) for vault, mine in told.items() for one in mine.values()]


def test_leaving_remembers_what_was_done(desk, sign_in, kept, heard):
    sign_in()
    ((vault, at_first),) = remembered(kept)
    residents.register(desk.room.entered.session, entry())
    desk.room.close()
    desk.room = None

    assert remembered(kept) == [(vault, at_first + 1)]
    assert heard == []


def test_an_older_copy_of_the_office_is_noticed(desk, sign_in, settled, kept, heard, folder):
    older = folder.with_name("older")
    shutil.copytree(folder, older)
    sign_in()
    for number in range(20):
        residents.register(desk.room.entered.session, entry(name=f"甲{number}", mobile=""))
    desk.lock()
    settled()
    shutil.rmtree(folder)
    older.rename(folder)
    sign_in()

    ((sentence, what_to_do),) = heard
    assert "Entries of the log are gone" in sentence
    assert "Copy the whole folder" in what_to_do


def test_a_rest_remembers_too(desk, sign_in, settled, kept):
    sign_in()
    ((_vault, at_first),) = remembered(kept)
    residents.register(desk.room.entered.session, entry())
    desk.room._settle()
    settled()

    assert [count for _vault, count in remembered(kept)] == [at_first + 1]


# ---- the file ------------------------------------------------------------------------------------


def anchor(vault="a" * 32, by="b" * 32, count=7):
    return Anchor(vault=vault, count=count, head="c" * 64, roster="", at="", by=by, sig="")


def test_each_office_and_account_has_its_own(tmp_path):
    kept = LastAnchors(tmp_path)
    ours, colleagues, others = anchor(), anchor(by="d" * 32), anchor(vault="e" * 32)
    for one in (ours, colleagues, others, anchor(count=9)):
        kept.keep(one)

    again = LastAnchors(tmp_path)
    assert again.of("a" * 32) == (anchor(count=9), colleagues)
    again.forget("a" * 32)
    assert again.of("a" * 32) == ()
    assert again.of("e" * 32) == (others,)


@pytest.mark.parametrize("text", ["", "[]", '{"a": []}', '{"a": {"b": {}}}', "{" * 9_000])
def test_a_damaged_file_remembers_nothing(tmp_path, text):
    (tmp_path / NAME).write_text(text, "utf-8")

    assert LastAnchors(tmp_path).of("a") == ()


def test_a_disk_that_cannot_be_written_costs_the_memory_only(tmp_path):
    kept = LastAnchors(tmp_path / "missing")
    kept.keep(anchor())

    assert kept.of("a" * 32) == ()


def test_rows_that_another_tool_changed_are_told_at_sign_in(
    desk, sign_in, settled, heard, monkeypatch
):
    found = [
        Difference(kind=Kind.ROW_CHANGED, target=f"person:{number}", seq=1) for number in range(20)
    ]
    monkeypatch.setattr(log_proof, "rows", lambda *_of: tuple(found))
    sign_in("admin")
    settled()

    ((sentence, what_to_do),) = heard
    assert "Changed outside pmdesk: name, phone or particulars of resident no. 1." in sentence
    assert len(sentence.splitlines()) < len(found)
    assert what_to_do.startswith("Stop working.")


def test_an_administrator_who_signs_in_covers_an_older_office(
    desk, sign_in, settled, heard, monkeypatch
):
    covered = []

    def cover(session, _go_on):
        covered.append(session)
        return 7

    monkeypatch.setattr(log_cover, "cover", cover)
    sign_in("admin")
    settled()

    assert covered == [desk.room.entered.session]
    assert heard == []


def test_a_broken_chain_stays_on_the_home_page(desk, sign_in, settled, heard, monkeypatch):
    check = SqlProof.check

    def broken(self, *of, **more):
        return replace(check(self, *of, **more), broken=Break(seq=3, flaw=Flaw.UNSIGNED))

    monkeypatch.setattr(SqlProof, "check", broken)
    sign_in("admin")
    settled()

    ((sentence, _what_to_do),) = heard
    assert sentence in desk.main.page.alarm.sentence
    desk.lock()
    settled()
    monkeypatch.setattr(SqlProof, "check", check)
    sign_in("admin")
    settled()
    assert sentence in desk.main.page.alarm.sentence
