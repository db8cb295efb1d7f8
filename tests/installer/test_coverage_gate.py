"""The floors of coverage hold for whole layers, and a layer nobody ran is not overlooked."""

import json

from tests.scripts import script


def _report(tmp_path, **covered):
    files = {
        f"pmdesk/{layer}/thing.py": {
            "summary": {
                "covered_lines": lines,
                "num_statements": 10,
                "covered_branches": branches,
                "num_branches": 10,
            },
            "missing_lines": [],
            "missing_branches": [[3, 5]],
        }
        for layer, (lines, branches) in covered.items()
    }
    path = tmp_path / "coverage.json"
    path.write_text(json.dumps({"files": files}), encoding="utf-8")
    return str(path)


WHOLE = {"domain": (10, 10), "rules": (10, 10), "services": (10, 10), "ui": (9, 9)}


def test_layers_at_their_floor_pass(tmp_path, capsys):
    code = script("coverage_gate").main([_report(tmp_path, **WHOLE), "--enforce"])

    assert code == 0
    assert "LOW" not in capsys.readouterr().out


def test_one_branch_not_taken_in_the_domain_fails_and_is_named(tmp_path, capsys):
    report = _report(tmp_path, **{**WHOLE, "domain": (10, 9)})

    assert script("coverage_gate").main([report, "--enforce"]) == 1
    assert "pmdesk/domain/thing.py" in capsys.readouterr().out


def test_without_enforcing_a_low_layer_is_only_shown(tmp_path, capsys):
    report = _report(tmp_path, **{**WHOLE, "ui": (5, 5)})

    assert script("coverage_gate").main([report]) == 0
    assert "LOW" in capsys.readouterr().out


def test_a_layer_without_any_file_is_low(tmp_path, capsys):
    report = _report(tmp_path, domain=(10, 10), rules=(10, 10), ui=(10, 10))

    assert script("coverage_gate").main([report, "--enforce"]) == 1
    assert "pmdesk/services: not seen" in capsys.readouterr().out
