"""The self-test for network code finds what would talk, and finds nothing in the program."""

import http.client
import socket
import sys
from types import ModuleType

import pytest

from pmdesk.domain.self_audits import Result
from pmdesk.services import network
from pmdesk.services.audits import evidence


@pytest.fixture
def planted(monkeypatch):
    """A module of the program that holds this."""

    def _planted(held):
        made = ModuleType("pmdesk.planted")
        vars(made)["held"] = held
        monkeypatch.setitem(sys.modules, "pmdesk.planted", made)

    return _planted


def test_the_program_holds_no_network_code():
    assert network.talking_modules() == ()


@pytest.mark.parametrize("held", [socket, socket.create_connection, http.client.HTTPConnection])
def test_a_module_that_could_talk_is_named(planted, held):
    planted(held)

    assert network.talking_modules() == ("pmdesk.planted",)


def test_the_audit_says_so(manager, planted):
    with manager.store.reading() as work:
        on = evidence.ground(manager, work)
        assert evidence.look("cross_border", on).result is Result.OK
        planted(socket)
        found = evidence.look("cross_border", on)
    assert found.result is Result.NOT_OK
    assert "pmdesk.planted" in found.facts[0]


def test_a_folder_that_a_cloud_service_copies_is_a_finding(manager, monkeypatch):
    monkeypatch.setattr("pmdesk.store.evidence.synced_by", lambda _folder: "OneDrive")
    with manager.store.reading() as work:
        found = evidence.look("cross_border", evidence.ground(manager, work))
    assert found.result is Result.NOT_OK
    assert "OneDrive" in found.facts[1]
