"""Branch coverage of each layer against its floor: `coverage_gate.py coverage.json [--enforce]`."""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

FLOORS = {"domain": 100.0, "rules": 100.0, "services": 100.0, "ui": 90.0}


class Layer(NamedTuple):
    """What of one folder the tests ran: lines and branches, counted together."""

    name: str
    covered: int
    possible: int
    gaps: tuple[str, ...]

    @property
    def percent(self) -> float:
        """The share that was run; a folder with nothing to run is whole."""
        return 100.0 * self.covered / self.possible if self.possible else 100.0

    @property
    def floor(self) -> float:
        """What this folder must reach."""
        return FLOORS.get(self.name, 0.0)

    @property
    def is_low(self) -> bool:
        """Less than the floor was run."""
        return self.percent < self.floor


def layers(report: Mapping[str, Mapping[str, Mapping[str, object]]]) -> tuple[Layer, ...]:
    """The layers of coverage's JSON report; one that has a floor and no file is a gap itself."""
    parts: dict[str, list[tuple[str, Mapping[str, object]]]] = defaultdict(list)
    for name, file in report["files"].items():
        path = PurePosixPath(name.replace("\\", "/"))
        _package, *folders = path.parent.parts
        parts[folders[0] if folders else "(top)"].append((str(path), file))
    for name in FLOORS.keys() - parts.keys():
        parts[name].append((f"pmdesk/{name}: not seen", {"summary": {"num_statements": 1}}))
    return tuple(_layer(name, files) for name, files in sorted(parts.items()))


def _layer(name: str, files: Iterable[tuple[str, Mapping[str, object]]]) -> Layer:
    covered = possible = 0
    gaps = []
    for path, file in files:
        summary = file["summary"]
        assert isinstance(summary, dict)  # noqa: S101  # narrows coverage's JSON for the type checker
        ran = summary.get("covered_lines", 0) + summary.get("covered_branches", 0)
        all_of_it = summary["num_statements"] + summary.get("num_branches", 0)
        covered, possible = covered + ran, possible + all_of_it
        if ran < all_of_it:
            gaps.append(
                f"{path}  lines {file.get('missing_lines', [])}"
                f"  branches {file.get('missing_branches', [])}"
            )
    return Layer(name, covered, possible, tuple(gaps))


def main(arguments: list[str]) -> int:
    """Prints the table; 1 when a floor is missed and `--enforce` was asked for."""
    report = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    found = layers(report)
    for layer in found:
        verdict = "LOW" if layer.is_low else "ok" if layer.floor else ""
        print(f"{layer.name:<10} {layer.percent:6.2f} %  floor {layer.floor:5.1f}  {verdict}")
    low = [layer for layer in found if layer.is_low]
    for layer in low:
        print(*layer.gaps, sep="\n")
    return 1 if low and "--enforce" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
