"""Twenty words go through a whole day of work, and lie nowhere in the clear afterwards.

A program of its own does the day in fresh folders. Then everything it left or said is searched,
and where strace is permitted everything that it wrote, even for a moment.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.checkout import ROOT
from tests.faults import leaking
from tests.faults.scanning import hits, in_folder, in_trace, spellings
from tests.offices import founded_office

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs limits of POSIX")

TRACED = "write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,openat,open,creat,rename,renameat2"
STRACE = shutil.which("strace") or ""
_RARE = "瞿鬯鼐彧翀懿靓霈瀛燊頔珩"  # of names that nobody here has
_LATIN = "bcdfghjklmnpqrstvwxz"
NAMES = ("name", "corrected", "colleague", "imported", "typed", "search")
TEXTS = ("address", "note", "draft", "request", "reason", "paper", "printed")
SECRETS = ("passphrase", "first", "wrong", "backup")
ERRORS = {
    "wrong passphrase": "WrongKeyError",
    "bad file": "ExchangeError",
    "bad row": "ExchangeError",
    "bad entry": "RefusedError",
    "disk full": "StorageError",
    "constraint": "IntegrityError",
    "wrong recovery key": "WrongKeyError",
}


@dataclass
class Place:
    """Fresh folders of one run, and all that came out of it."""

    folder: Path
    office: Path
    chosen: Path
    words: dict[str, str]
    out: bytes = b""
    trace: bytes | None = None
    report: Any = None

    def leaks(self):
        """Where which word lies, as sentences."""
        found = in_folder(self.folder, self.words, but=(self.chosen,))
        found += [f"said: {hit}" for hit in hits(self.out, self.words)]
        found += [f"clipboard: {hit}" for hit in (self.report or {}).get("clipboard", ())]
        return found

    def moments(self):
        """The same of what was written, sent or named, even if only for a moment."""
        assert self.trace is not None
        return in_trace(self.trace, self.words, but=os.fsencode(self.chosen))


def made_words(chance, recovery):
    """Twenty words that stand nowhere else, by what they are used for."""
    words = {use: _name(chance) for use in NAMES}
    words |= {use: _name(chance) + _latin(chance) for use in TEXTS}
    words |= {use: " ".join(_latin(chance) for _word in range(4)) for use in SECRETS}
    words |= {use: f"138{chance.randrange(10**7, 10**8)}" for use in ("mobile", "phone")}
    words |= {"plate": f"演A·{chance.randrange(10**4, 10**5)}", "recovery": recovery}
    return words


def _name(chance):
    return "".join(chance.sample(_RARE, 3))


def _latin(chance):
    return "".join(chance.choices(_LATIN, k=7))


def run(place, *, traced=False, **how):
    """The program has run in the fresh folders; `place` knows what came of it."""
    fresh = place.folder
    for name in ("home", "tmp", "cwd", "run"):
        (fresh / name).mkdir(mode=0o700, exist_ok=True)
    told = {"office": place.office, "fresh": fresh / "home", "chosen": place.chosen}
    report, trace = fresh.parent / "report.json", fresh.parent / "trace.txt"
    line = {name: str(path) for name, path in told.items()}
    line |= {"report": str(report), "words": place.words, "plant": "", "encoding": "utf-8", **how}
    command = [sys.executable, "-m", "tests.faults.leaking"]
    if traced:
        command = [
            *(STRACE, "-f", "--seccomp-bpf", "-y", "-xx", "-s", "4194304"),
            *("-e", f"trace={TRACED}", "-o", str(trace), "--", *command),
        ]
    done = subprocess.run(
        command,
        cwd=fresh / "cwd",
        env=_environment(fresh),
        input=json.dumps(line) + "\n",
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )
    place.out = (done.stdout + done.stderr).encode("utf-8", "surrogateescape")
    assert done.returncode == 0, done.stderr[-3000:]
    place.report = json.loads(report.read_text(encoding="utf-8"))
    place.trace = trace.read_bytes() if traced else None


def _environment(fresh):
    kept = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "SYSTEMROOT")
    folders = {"HOME": "home", "TMPDIR": "tmp", "XDG_RUNTIME_DIR": "run"}
    inside = {"CONFIG": ".config", "DATA": ".local", "CACHE": ".cache", "STATE": ".state"}
    for name in inside.values():
        (fresh / "home" / name).mkdir(exist_ok=True)
    return (
        {name: os.environ[name] for name in kept if name in os.environ}
        | {name: str(fresh / folder) for name, folder in folders.items()}
        | {f"XDG_{name}_HOME": str(fresh / "home" / at) for name, at in inside.items()}
        | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
        | {"QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
    )


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    return founded_office(tmp_path_factory.mktemp("founded") / "office")


@pytest.fixture(scope="module")
def day(founded, tmp_path_factory):
    """What is left of a whole day of work; watched while it wrote, where that is permitted."""
    fresh = tmp_path_factory.mktemp("day") / "fresh"
    shutil.copytree(founded.folder, fresh / "office")
    (fresh / "chosen").mkdir()
    words = made_words(random.Random(str(fresh)), founded.recovery)
    made = Place(fresh, fresh / "office", fresh / "chosen", words)
    run(made, traced=can_trace(fresh.parent))
    return made


def can_trace(folder):
    """Whether this computer lets one program watch what another one writes."""
    if not STRACE:
        return False
    command = [STRACE, "-f", "--seccomp-bpf", "-o", str(folder / "tried"), "--", sys.executable]
    return not subprocess.run([*command, "-c", ""], capture_output=True, check=False).returncode


@pytest.fixture
def bare(tmp_path):
    """Fresh folders without an office, for leaks on purpose."""
    fresh = tmp_path / "fresh"
    (fresh / "office").mkdir(parents=True)
    (fresh / "chosen").mkdir()
    return Place(fresh, fresh / "office", fresh / "chosen", {"name": "瞿鬯鼐"})


@pytest.fixture
def traces(tmp_path):
    """Skips where nobody may watch what a program writes."""
    if not can_trace(tmp_path):
        pytest.skip("no strace, or not permitted: what is written for a moment is not watched")


def test_a_whole_day_leaves_no_word_anywhere(day):
    assert len(day.words) > 20
    assert day.leaks() == []


def test_nothing_is_written_in_the_clear_even_for_a_moment(day, traces):
    assert day.trace.count(b"pwrite64(") > 100, "the database was seen being written"
    assert in_trace(day.trace, day.words) == ["write: plate (utf-8)"], "the user's own file"
    assert day.moments() == []


def test_it_was_a_whole_day_and_every_error_was_provoked(day):
    report = day.report
    assert {name: report[name] for name in ERRORS} == ERRORS
    assert report["fault"] == 1, "one report of a bug"
    assert report["saved"]
    assert report["locked"]
    assert report["plate is read"]
    assert report["pages"] > 5
    assert report["fresh key"]
    assert report["fresh key leaks"] == []
    assert {path.name for path in day.chosen.iterdir()} == {"plate.txt", "printed.pdf"}
    assert list((day.folder / "home" / "backups").glob("*.pmbak"))


UNTRACED = sorted(set(leaking.PLANTS) - {"removed", "name", "network"})


@pytest.mark.parametrize("plant", UNTRACED)
def test_a_leak_on_purpose_is_found(bare, plant):
    run(bare, plant=plant)

    assert bare.leaks(), plant


@pytest.mark.parametrize("plant", ["removed", "name", "network"])
def test_a_leak_for_a_moment_is_found(bare, traces, plant):
    run(bare, plant=plant, traced=True)

    assert bare.moments(), plant
    assert not bare.leaks(), "nothing of it is left"


def test_the_place_that_the_user_chose_is_left_out_and_no_other(bare):
    (bare.chosen / "mine.txt").write_text(bare.words["name"], encoding="utf-8")
    assert bare.leaks() == []

    (bare.folder / "other.txt").write_text(bare.words["name"], encoding="utf-8")
    assert bare.leaks() == ["other.txt: name (utf-8)"]


def test_every_spelling_of_a_word_is_found():
    for word in ("瞿鬯鼐", "13800427731"):
        for spelling, data in spellings(word):
            found = hits(b"before" + data + b"after", {"it": word})
            assert f"it ({spelling})" in found
            assert hits(data[:-1], {"it": word}) == [] or word.isascii()
