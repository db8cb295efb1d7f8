"""迎检: the pack holds what was asked for and nothing else, least of all anybody's data."""

import json
import zipfile
from dataclasses import replace
from hashlib import sha256

import pytest

from pmdesk.domain.fields import Value
from pmdesk.domain.inspections import MEANINGS, Inspection, Part
from pmdesk.domain.records import RecordStatus
from pmdesk.errors import ConflictError, RefusedError, StorageError
from pmdesk.i18n import said
from pmdesk.services import log_anchors
from pmdesk.services.audits import book_starts
from pmdesk.services.inspection import package, request
from pmdesk.services.inspection.package import make
from pmdesk.services.log_anchors import Verdict
from tests import pdf
from tests.fakes import FakeClock
from tests.offices import ACCOUNTS, PROFILE, SPECIAL, consenting
from tests.services import bookkeeping, recorded

ASKED = Inspection(
    authority="演示区网信办",
    document="网信检〔2026〕8 号",
    article="个人信息保护法第63条",
    shown=True,
    parts=tuple(Part),
)
NAME, PHONE, ROOM, ID = "欧阳锦绣", "13911118888", "7-2-1903", "11010519491231002X"
MARKERS = (NAME, PHONE, ROOM, ID)
STAFF = {name for name, _role in ACCOUNTS.values()} - {PROFILE.responsible}


@pytest.fixture(scope="module")
def grown(founded, tmp_path_factory):
    """An office of some years, in whose free texts somebody wrote what does not belong there."""
    office = founded.copied(tmp_path_factory.mktemp("grown") / "office", FakeClock())
    clerk, manager, reviewer = map(office.session, ("clerk", "manager", "reviewer"))
    consenting(clerk, values=SPECIAL, name=NAME, mobile=PHONE, room=ROOM)
    careless = f"{NAME}（{ROOM}，电话{PHONE}）由王芳接待"
    recorded.assessed(manager, reviewer, sources_of_risk=careless, alternatives=careless)
    number = bookkeeping.assessed(manager, reviewer)
    books = {
        "processor": bookkeeping.PROCESSOR | {"assessment": number, "task": careless[:40]},
        "disclosure": bookkeeping.DISCLOSURE | {"purpose": careless[:40]},
        "incident": bookkeeping.INCIDENT | {"cause": careless, "kinds": careless},
        "policy": book_starts.policy(manager, "access"),
    }
    for code, document in books.items():
        bookkeeping.filed(manager, code, document, by=reviewer)
    audit = dict(book_starts.audit(manager, "")) | {"truth": True, "remarks": careless}
    wrong = [key for key in audit if key.endswith(".result") and audit[key] != "na"]
    bookkeeping.filed(manager, "audit", audit | dict.fromkeys(wrong, "ok"), by=reviewer)
    with office.session("admin").store.writing() as work:  # as an older pmdesk let it through
        text = json.dumps({"activity": careless, "sources_of_risk": f"身份证 {ID}"})
        record = work.records.all("pia")[0].id
        work.records.write(record, text, author=manager.staff.uid, at=office.clock.now())
        for step, who in ((RecordStatus.SUBMITTED, manager), (RecordStatus.APPROVED, reviewer)):
            work.records.step(record, step, by=who.staff.uid, at=office.clock.now(), words=careless)
        work.commit()
    office.close()
    return replace(founded, folder=office.folder)


@pytest.fixture
def full(grown, tmp_path, clock):
    """A copy of it."""
    made = grown.copied(tmp_path / "full", clock)
    yield made
    made.close()


@pytest.fixture(scope="module")
def whole(grown, tmp_path_factory):
    """A pack with everything in it: (pack, files)."""
    place = tmp_path_factory.mktemp("whole")
    office = grown.copied(place / "office", FakeClock())
    yield made(office.session("reviewer"), place)
    office.close()


def unpacked(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def words(files):
    """Everything a reader of the files can find, by file."""
    return {
        name: "".join(pdf.text_of(data)) if name.endswith(".pdf") else data.decode()
        for name, data in files.items()
    }


def made(session, tmp_path, asked=ASKED, **rest):
    path = tmp_path / "pack.zip"
    pack, _changes = make(session, asked, path, **rest)
    return pack, unpacked(path)


# ---- nothing personal ----------------------------------------------------------------------------


def test_no_personal_data_is_in_any_byte_of_the_pack(whole):
    _pack, files = whole
    read = words(files)

    assert len(files) > 10
    for name, data in files.items():
        for marker in (*MARKERS, *STAFF):
            assert marker not in read[name], (marker, name)
            assert marker.encode() not in data, (marker, name)
            assert marker.encode("utf-16-be") not in data, (marker, name)
            assert marker not in name


def test_without_the_scrub_the_markers_would_be_found(full, tmp_path, monkeypatch):
    """The control: the texts above are really inside."""
    monkeypatch.setattr("pmdesk.services.inspection.scrub.Scrub.text", lambda _self, text: text)
    _pack, files = made(full.session("reviewer"), tmp_path)

    everything = "".join(words(files).values())
    assert all(marker in everything for marker in MARKERS)


def test_names_of_the_staff_are_inside_only_where_they_are_asked_for(full, tmp_path):
    _pack, files = made(full.session("reviewer"), tmp_path, replace(ASKED, names=True))
    everything = "".join(words(files).values())

    assert all(name in everything for name in STAFF)
    assert not any(marker in everything for marker in MARKERS)


# ---- the index -----------------------------------------------------------------------------------


def test_the_index_lists_exactly_what_is_inside(whole):
    pack, files = whole
    index, *rest = words(files)
    text = words(files)[index].replace("\n", "")

    assert index.startswith("00-")
    assert pack.files == len(files)
    assert all(name in text for name in (index, *rest)), [one for one in rest if one not in text]
    assert text.count(".pdf") == sum(name.endswith(".pdf") for name in files)
    for part in Part:
        assert said(MEANINGS[part].title) in text
        assert said(MEANINGS[part].article) in text


def test_what_the_office_does_not_have_yet_is_said_and_not_left_out(office, tmp_path):
    """An office of the first day."""
    _pack, files = made(office.session("admin"), tmp_path)
    text = next(iter(words(files).values()))

    inside = {name[3:].removesuffix(".pdf") for name in files}
    missing = [part for part in Part if said(MEANINGS[part].title) not in inside]
    assert {Part.AUDITS, Part.RIGHTS, Part.INCIDENTS, Part.OTHERS, Part.BACKUPS} <= set(missing)
    assert text.count("none yet") == len(missing)
    assert all(said(MEANINGS[part].title) in text for part in missing)
    numbers = [name[:2] for name in files if name.endswith(".pdf")]
    assert numbers == [f"{number:02}" for number in range(len(numbers))]  # none seems taken out


def test_nothing_beyond_the_ticked_scope_is_inside(full, tmp_path):
    asked = replace(ASKED, parts=(Part.NOTICES, Part.TRAINING))
    pack, files = made(full.session("admin"), tmp_path, asked)

    assert [name[:2] for name in files] == ["00", "01", "02", "ma"]
    assert pack.asked.parts == (Part.NOTICES, Part.TRAINING)
    text = next(iter(words(files).values()))
    assert "Not asked for and left out" in text
    assert asked.authority in text
    assert asked.document in text


def test_every_page_says_which_pack_it_is_and_whom_it_is_for(whole):
    pack, files = whole

    for name, data in files.items():
        for page in pdf.text_of(data) if name.endswith(".pdf") else ():
            assert f"{pack.number} · for 演示区网信办 only" in page


def test_the_manifest_proves_the_files_and_the_state_of_the_log(full, tmp_path):
    reviewer = full.session("reviewer")
    _pack, files = made(reviewer, tmp_path, replace(ASKED, parts=(Part.OFFICE, Part.LOG)))
    manifest = json.loads(files.pop(package.MANIFEST))

    assert manifest["files"] == {name: sha256(data).hexdigest() for name, data in files.items()}
    path = tmp_path / "anchor.json"
    path.write_text(json.dumps(manifest), "utf-8")
    assert log_anchors.check_file(reviewer, path).verdict is Verdict.CONTAINED
    text = list(words(files).values())[2]
    assert manifest["anchor"]["code"] in text
    assert "holds" in text


def test_a_log_that_does_not_hold_is_not_said_to_hold(full, tmp_path):
    full.tampered("UPDATE person SET name = '李四'")
    full.tampered("DROP TRIGGER audit_stands", "UPDATE audit SET sig = x'00' WHERE seq = 7")
    _pack, files = made(full.session("reviewer"), tmp_path, replace(ASKED, parts=(Part.LOG,)))
    text = list(words(files).values())[1]

    assert "holds" not in text
    assert "Entry 7 of the log" in text


# ---- who, and the package log --------------------------------------------------------------------


@pytest.mark.parametrize("login", ["clerk", "manager"])
def test_only_who_stands_for_the_office_makes_a_pack(office, tmp_path, login):
    with office.logged() as added, pytest.raises(RefusedError):
        made(office.session(login), tmp_path)

    assert [action for action, *_ in added] == ["denied"]
    assert not package.may_make(office.session(login))
    assert list(tmp_path.glob("*.zip")) == []


@pytest.mark.parametrize(
    "gap", [{"authority": " "}, {"document": ""}, {"article": ""}, {"shown": False}, {"parts": ()}]
)
def test_nothing_is_made_for_an_oral_request(office, tmp_path, gap):
    asked = replace(ASKED, **gap)
    with pytest.raises(RefusedError):
        made(office.session("reviewer"), tmp_path, asked)

    assert [problem.key for problem in asked.problems()] == list(gap)
    assert list(tmp_path.glob("*.zip")) == []


def test_a_pack_made_ready_before_anybody_asks_says_so_and_leaves_room_for_the_request(
    office, tmp_path
):
    asked = request.prepared()
    pack, files = made(office.session("reviewer"), tmp_path, asked)
    index, *others = words(files).values()

    assert pack.asked == asked
    assert package.packs(office.session("manager"))[0].pack.asked.is_prepared
    assert "stays in the office" in index
    assert index.count("____________") >= 4
    assert "Nothing beyond the request" not in index
    assert all("prepared for an inspection" in one for one in others[:-1])


def test_every_backup_that_was_made_is_among_the_proofs(office, tmp_path):
    admin = office.session("admin")
    with admin.store.writing() as work:
        admin.log(work, "backup.made", "backup", fields=["sha256:ab"])
        work.commit()
    _pack, files = made(admin, tmp_path, replace(ASKED, parts=(Part.BACKUPS,)))

    assert any(said(MEANINGS[Part.BACKUPS].title) in name for name in files)


def test_each_pack_is_numbered_logged_and_kept(full, tmp_path):
    reviewer = full.session("reviewer")
    with full.logged() as added:
        first, _files = made(reviewer, tmp_path, replace(ASKED, parts=(Part.OFFICE,)))
        second, _files = made(full.session("admin"), tmp_path, replace(ASKED, parts=(Part.LOG,)))

    assert (first.number, second.number) == ("INS-2026-001", "INS-2026-002")
    assert [action for action, *_ in added] == ["inspection.pack", "inspection.pack"]
    assert added[1][2] == (second.number, f"sha256:{second.digest}", "log")
    assert second.digest == sha256((tmp_path / "pack.zip").read_bytes()).hexdigest()
    logged = package.packs(full.session("manager"))
    assert [one.pack for one in logged] == [second, first]
    assert logged[1].by == reviewer.staff.name


def test_a_line_of_the_package_log_goes_after_three_years(full, tmp_path):
    made(full.session("admin"), tmp_path, replace(ASKED, parts=(Part.OFFICE,)))
    with full.session("admin").store.writing() as work:
        day = work.inspections.first_to_go()
        kept = work.inspections.expire(day)
        gone = work.inspections.expire(day.replace(year=day.year + 1))
        none = work.inspections.first_to_go()

    assert day.year == 2029
    assert (kept, gone, none) == (0, 1, None)


# ---- bad days ------------------------------------------------------------------------------------


def test_a_cancel_leaves_neither_file_nor_line(full, tmp_path):
    seen = []

    def stop(done, total):
        seen.append((done, total))
        if done > total // 2:
            raise RefusedError("stopped", "again")

    with full.logged() as added, pytest.raises(RefusedError):
        made(full.session("reviewer"), tmp_path, progress=stop)

    assert added == []
    assert package.packs(full.session("reviewer")) == ()
    assert list(tmp_path.glob("pack*")) == []
    assert [done for done, _total in seen] == sorted(done for done, _total in seen)


def test_a_full_disk_leaves_neither_file_nor_line(full, tmp_path):
    with full.logged() as added, pytest.raises(StorageError):
        make(full.session("reviewer"), ASKED, tmp_path / "no" / "folder" / "pack.zip")

    assert added == []
    assert package.packs(full.session("reviewer")) == ()


def test_two_packs_at_the_same_moment_do_not_share_a_number(full, tmp_path, monkeypatch):
    admin = full.session("admin")
    asked = replace(ASKED, parts=(Part.OFFICE, Part.LOG))
    drawn = package._drawn

    def meanwhile(*of):
        monkeypatch.setattr(package, "_drawn", drawn)
        make(admin, replace(ASKED, parts=(Part.OFFICE,)), tmp_path / "other.zip")
        return drawn(*of)

    monkeypatch.setattr(package, "_drawn", meanwhile)
    with pytest.raises(ConflictError):
        make(full.session("reviewer"), asked, tmp_path / "pack.zip")
    assert not (tmp_path / "pack.zip").exists()


# ---- the form ------------------------------------------------------------------------------------


def test_the_form_asks_for_what_a_written_request_says():
    keys = [field.key for field in request.form()]
    assert keys == ["authority", "document", "article", "shown", "parts", "names"]
    assert request.inspection({}) == Inspection()
    values: dict[str, Value] = {
        "authority": " 演示区网信办 ",
        "shown": True,
        "parts": ("log", "office"),
        "names": True,
    }
    found = request.inspection(values)
    assert found.authority == "演示区网信办"
    assert found.parts == (Part.OFFICE, Part.LOG)
    assert found.names
