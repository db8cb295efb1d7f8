"""A newcomer's first command: what it does once, never twice, and says when it cannot."""

import re
import sys
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.checkout import ROOT, tree
from tests.scripts import script


@pytest.fixture
def quickstart(tmp_path, monkeypatch):
    """The script over an empty folder; programs it starts are only noted."""
    module = script("quickstart")
    module.started = []
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp")
    (tmp_path / "requirements.lock").write_text("a==1", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]", encoding="utf-8")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(module, "_pip", lambda *arguments: module.started.append(arguments))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return module


def test_the_lock_is_installed_once_and_only_with_hashes(quickstart):
    quickstart._install()
    quickstart._install()

    locked, _project = quickstart.started
    assert "--require-hashes" in locked
    assert "--no-deps" in locked  # nothing that is not in the lock is asked for


def test_the_lock_holds_all_that_its_packages_need():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {
        canonicalize_name(name): Version(version)
        for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE)
    }
    wanted = {
        (found.name, need)
        for found in metadata.distributions()
        if canonicalize_name(found.name) in locked
        for need in map(Requirement, found.requires or ())
        if need.marker is None or need.marker.evaluate({"extra": ""})
    }

    assert len(wanted) > 20
    assert not {
        f"{name}: {need}"
        for name, need in wanted
        if canonicalize_name(need.name) not in locked
        or locked[canonicalize_name(need.name)] not in need.specifier
    }


def test_a_changed_lock_is_installed_again(quickstart):
    quickstart._install()
    quickstart.LOCK.write_text("a==2", encoding="utf-8")
    quickstart._install()

    assert len(quickstart.started) == 4


def test_a_failed_installation_is_tried_again(quickstart, monkeypatch):
    def fails(*_arguments):
        raise quickstart.StoppedError

    quickstart._install()
    quickstart.LOCK.write_text("a==2", encoding="utf-8")
    monkeypatch.setattr(quickstart, "_pip", fails)
    with pytest.raises(quickstart.StoppedError):
        quickstart._install()

    assert not quickstart.STAMP.exists()


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("WARNING: Retrying after connection broken by 'NewConnectionError'", "网络"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "不一致"),
        ("ERROR: No matching distribution found for pyside6-essentials==6.11.3", "不支持"),
        ("ERROR: Could not install packages due to an OSError: No space left", "见上"),
    ],
)
def test_each_failure_of_pip_has_its_sentence(quickstart, heard, meant):
    assert meant in quickstart._reason(heard)


def test_an_old_python_is_told_so_and_nothing_is_made(quickstart, monkeypatch, capsys):
    monkeypatch.setattr(quickstart, "OLDEST", (sys.version_info[0], sys.version_info[1] + 1))

    assert quickstart.main(["demo"]) == 1
    assert "需要 Python" in capsys.readouterr().err
    assert not quickstart.started


def test_without_a_task_the_usage_is_shown(quickstart, capsys):
    assert quickstart.main([]) == 2
    assert "quickstart.py demo" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_a_demo_without_a_display_writes_where_it_says(quickstart, monkeypatch):
    monkeypatch.setattr(
        quickstart, "_started", lambda command, _folder: quickstart.started.append(command) or 0
    )

    quickstart._demo(["--people", "50"])
    quickstart._demo(["--out=elsewhere"])

    plain, chosen = quickstart.started
    assert plain[-4:] == ["--people", "50", "--out", str(quickstart.ROOT / "demo-out")]
    assert chosen[-1] == "--out=elsewhere"


def test_the_new_name_of_a_package_is_used_where_it_exists(quickstart, monkeypatch):
    shown = type("Shown", (), {"returncode": 0})
    monkeypatch.setattr(quickstart.subprocess, "run", lambda *_a, **_k: shown)

    assert quickstart._known_name("libglib2.0-0") == "libglib2.0-0t64"
    assert quickstart._known_name("libegl1") == "libegl1"


def test_who_may_not_install_is_given_one_line_and_goes_on(quickstart, monkeypatch, capsys):
    monkeypatch.setattr(quickstart, "LINUX", True)
    monkeypatch.setattr(quickstart.shutil, "which", lambda name: name == "apt-get" or None)
    monkeypatch.setattr(quickstart, "_loads", lambda library: library != "libxcb-cursor.so.0")
    monkeypatch.setattr(quickstart, "_has_chinese_font", lambda: True)
    monkeypatch.setattr(quickstart, "_is_root", lambda: False)

    line = quickstart._system_packages("demo")

    assert line == "sudo apt-get install -y --no-install-recommends libxcb-cursor0"
    assert line in capsys.readouterr().out


def test_the_script_needs_nothing_but_python():
    imported = re.findall(
        r"^(?:import|from) (\w+)",
        (ROOT / "installer" / "quickstart.py").read_text(encoding="utf-8"),
        re.MULTILINE,
    )

    assert tree(ROOT / "installer" / "quickstart.py")
    assert set(imported) <= sys.stdlib_module_names
