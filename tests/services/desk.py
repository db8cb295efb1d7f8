"""Cases at the rights desk for tests: received, verified, assigned, carried out."""

from pmdesk.domain.requests import Identity
from pmdesk.domain.rights import RightCode
from pmdesk.services.rights import request_acts, request_papers, requests
from pmdesk.services.rights.request_acts import Order
from pmdesk.services.rights.request_intake import Intake


def intake(code, person=None, **rest):
    """What a clerk notes; without a person in the register by name and room."""
    known = {} if person is not None else {"who": "王小明", "unit": "3-2-501"}
    return Intake(code=RightCode(code), person=person, **(known | rest))


def received(session, code, person=None, **rest):
    """The id of a new request."""
    return request_acts.receive(session, intake(code, person, **rest)).id


def assigned(clerk, handler, code, person=None, *, identity=Identity.SEEN, note="", **rest):
    """The id of a request that this handler may carry out now."""
    request = received(clerk, code, person, **rest)
    if request_of(clerk, request).identity is None:
        requests.verify(clerk, request, identity, note)
    requests.assign(handler, request, handler.staff.uid)
    return request


def acted(clerk, handler, code, person=None, *, order=None, **rest):
    """The request after its act, and what the act did."""
    request = assigned(clerk, handler, code, person, **rest)
    return request, request_acts.act(handler, request, order or Order(note="已办理"))


def with_files(clerk, handler, code, person, **rest):
    """The request after its files were made, and the bundle."""
    request = assigned(clerk, handler, code, person, **rest)
    bundle = request_papers.make_dossier(handler, request)
    request_acts.act(handler, request, Order(interest="办理继承", wishes_checked=True))
    return request, bundle


def request_of(session, request):
    """The request as the book has it."""
    with session.store.reading() as work:
        return work.requests.get(request)


def steps_of(session, request):
    """The codes of its timeline."""
    with session.store.reading() as work:
        return [step.code.value for step in work.requests.steps(request)]
