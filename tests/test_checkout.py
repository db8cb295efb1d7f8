"""What anybody may clone: no place of one machine, no address, a lock that fits and is complete."""

import collections
import re
import tomllib

from packaging.requirements import Requirement

from tests.checkout import ROOT, files, name_of

# One machine's folders; the home of an invented `me` is nobody's.
MACHINE_PATH = re.compile(
    r"(?<![\w./*])/(?:(?:home|Users)/(?!me/)|work/|root/|tmp/)\w|[A-Z]:\\+Users\\+(?!me\\)\w"
)
ADDRESS = re.compile(r"https?://([\w.-]+)")
IP_ADDRESS = re.compile(r"(?<![\d.])(?!127\.0\.0\.1)\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
KNOWN_HOSTS = {
    "keepachangelog.com",
    "semver.org",
    "www.omg.org",  # the name spaces of DMN files
    "www.w3.org",  # the name space of SVG files
}
LICENCES = {"LICENSE", "resources/fonts/wqy-microhei.LICENSE.txt"}  # quoted word for word


def test_no_file_names_a_machine_or_an_address():
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in _texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if MACHINE_PATH.search(line)
        or (IP_ADDRESS.search(line) and not name.endswith(".svg"))  # numbers of a drawing
        or set(ADDRESS.findall(line)) - KNOWN_HOSTS
    ]

    assert not found, "\n".join(found)


def test_the_lock_has_no_address():
    lock = _lock()

    assert not re.search(r"://|index-url|find-links|@ ", lock)


def test_every_locked_package_has_a_hash():
    for entry in _entries():
        assert "--hash=sha256:" in entry, entry.split()[0]


def test_the_lock_fits_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        asked += extra
    locked = _locked_versions()

    for requirement in map(Requirement, asked):
        versions = locked.get(_plain(requirement.name))
        assert versions, f"{requirement.name} is not locked: see CONTRIBUTING.md"
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_the_two_commands_of_the_readme_are_the_ones_that_are_checked():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "python3 installer/quickstart.py demo" in readme
    assert "python3 installer/quickstart.py test" in readme
    assert "python3 installer/quickstart.py test" in gate


def _texts():
    for path in files():
        data = path.read_bytes()
        if b"\0" not in data and name_of(path) not in LICENCES:
            yield name_of(path), data.decode("utf-8", errors="replace")


def _lock():
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


def _entries():
    return [entry for entry in re.split(r"\n(?=\S)", _lock()) if entry.strip()]


def _locked_versions():
    versions = collections.defaultdict(list)
    for name, version in re.findall(r"^([\w.-]+)==([\w.!+]+)", _lock(), re.MULTILINE):
        versions[_plain(name)].append(version)
    return versions


def _plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()
