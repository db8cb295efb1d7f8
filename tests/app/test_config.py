"""What a computer keeps outside the office."""

import pytest

from pmdesk.app import config
from pmdesk.app.config import TrustedRoots


def test_a_root_is_remembered_for_its_folder_only(tmp_path):
    TrustedRoots(tmp_path).put(tmp_path / "office", "ab" * 32)

    again = TrustedRoots(tmp_path)
    assert again.get(tmp_path / "office") == "ab" * 32
    assert again.get(tmp_path / "other") is None


@pytest.mark.parametrize("junk", [b"", b"[1, 2]", b"{", b"\xff\xfe", b"[" * 60_000])
def test_junk_in_the_file_counts_as_nothing_known(tmp_path, junk):
    (tmp_path / "trusted-roots.json").write_bytes(junk)

    assert TrustedRoots(tmp_path).get(tmp_path / "office") is None


def test_a_folder_that_cannot_be_written_costs_the_comparison_only(tmp_path):
    roots = TrustedRoots(tmp_path / "missing")
    roots.put(tmp_path / "office", "ab" * 32)

    assert roots.get(tmp_path / "office") is None


def test_the_config_folder_is_the_users_own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")

    assert config.config_folder().is_dir()


def test_a_disk_that_may_only_be_read_costs_the_comparison_only(tmp_path, monkeypatch):
    def refused(*_args, **_more):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("pathlib.Path.write_text", refused)
    monkeypatch.setattr("pathlib.Path.unlink", refused)
    roots = TrustedRoots(tmp_path)
    roots.put(tmp_path / "office", "ab" * 32)

    assert roots.get(tmp_path / "office") is None
