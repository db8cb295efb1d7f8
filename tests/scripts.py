"""The scripts of `installer/`, loaded from their files: they are no package."""

import importlib.util

from tests.checkout import ROOT


def script(name):
    """The module `installer/<name>.py`, freshly loaded."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "installer" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
