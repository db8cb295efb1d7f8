"""Real offices for tests: founded once in a run, copied for each test, open without a password.

Key derivation is slow by intention. The keys of each account are therefore taken once, at the first
sign-in; a test opens its copy with them, several accounts at the same time where it wants to.
"""

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pmdesk.app import offices
from pmdesk.app.offices import Founder, VaultAccounts
from pmdesk.domain.consents import Act, Answer, Channel, Evidence, Sheet
from pmdesk.domain.export_guard import Errand, ExportPurpose, Recipient
from pmdesk.domain.fields import FieldKey, Value
from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.people import PartyRole, PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.staff import Role
from pmdesk.services import (
    classification,
    demo,
    demo_records,
    residents,
    rule_examples,
    rules,
    staff,
    training,
    undertakings,
)
from pmdesk.services.consent import consents
from pmdesk.services.residents import Registration
from pmdesk.services.session import Session
from pmdesk.store import audit
from pmdesk.store.vault import folder as files
from pmdesk.store.vault.accounts import Signer
from pmdesk.store.vault.engine import make_engine
from pmdesk.store.vault.kdf import MEMORY, Kdf
from pmdesk.store.vault.keys import KeyPair
from pmdesk.store.vault.opened import OpenVault
from tests.fakes import FakeClock
from tests.rules.tables import made_up

CHEAP = Kdf(memory=MEMORY[0], passes=1)
PASSPHRASE = "maple drizzle anchor violin"
P1, P2, P3, P4, P5, P6, P7, P8 = (PurposeCode(f"P{number}") for number in range(1, 9))
PLATE = PurposeCode("P1-plate")
INCOME = PurposeCode("P2-income")
ASSIST, PLATE_NO = FieldKey("assist_need"), FieldKey("plate_no")
NOBODY = PersonId(4711)  # no test enters so many
ERRAND = Errand(purpose=ExportPurpose.SERVICE, recipient=Recipient.OFFICE)
CONTRACTOR = Errand(purpose=ExportPurpose.SERVICE, recipient=Recipient.PROCESSOR, to="保洁公司")
PROFILE = OfficeProfile(
    name="晴川花园物业服务中心",
    address="演示市江边路 8 号",
    responsible="周敏",
    contact_phone="0000-12345678",
    contact_email="kefu@example.cn",
    place="服务中心",
    regulator_phone="0000-12345",
    housing_phone="0000-12329",
)
ACCOUNTS = {
    "admin": ("周敏", Role.ADMIN),
    "manager": ("李静", Role.MANAGER),
    "manager2": ("赵磊", Role.MANAGER),
    "reviewer": ("陈磊", Role.REVIEWER),
    "clerk": ("王芳", Role.CLERK),
}
PAPER = Evidence(channel=Channel.PAPER, act=Act.PAPER, paper_ref="A-17", adult_confirmed=True)
ORAL = Evidence(channel=Channel.PHONE, act=Act.ORAL, adult_confirmed=True)
DRAWN = Evidence(
    channel=Channel.COUNTER,
    act=Act.DRAWN,
    signature_png=b"\x89PNG drawn",
    signature_strokes="[[[1,2,3]]]",
    adult_confirmed=True,
)


def answers(**values: Value) -> dict[FieldKey, Value]:
    """Answers by the key of their field."""
    return {FieldKey(key): value for key, value in values.items()}


SPECIAL = answers(repair_need=("waterproofing",), clean_need="in_home")  # rule r8: 关怀


@dataclass(frozen=True, slots=True, repr=False)
class Founded:
    """An office that tests copy, and what opens it."""

    folder: Path
    recovery: str
    signers: dict[str, Signer]

    def copied(self, to, clock=None):
        """A copy of one's own, to be closed at the end."""
        shutil.copytree(self.folder, to)
        return Office(folder=to, founded=self, clock=clock or FakeClock())


@dataclass(repr=False)
class Office:
    """A copied office: sessions of any of its accounts, all open at the same time."""

    folder: Path
    founded: Founded
    clock: FakeClock
    opened: dict[str, OpenVault] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    lock: Any = None

    def session(self, login):
        """The session of this account."""
        if login not in self.sessions:
            self.lock = self.lock or files.locked(self.folder)
            vault = self._vault(login)
            store = offices._store(vault)
            uid = vault.identity.uid
            with store.reading() as work:
                who = next(one for one in work.staff.all() if one.uid == uid)
                until = undertakings.held_until(work, uid, self.clock.today())
            accounts = VaultAccounts(vault)
            made = Session(
                staff=who, store=store, accounts=accounts, clock=self.clock, undertaken=until
            )
            self.sessions[login] = made if until else undertakings.sign(made, who.name)
        return self.sessions[login]

    def sql(self, statement, **values):
        """The rows of a statement, run beside the sessions on a connection of its own."""
        self.session("admin")
        with self.opened["admin"].engine.connect() as connection:
            return connection.exec_driver_sql(statement, values).all()

    def tampered(self, *statements):
        """The statements are done by another tool: on a connection that pmdesk knows nothing of."""
        self.session("admin")
        connects: Any = self.opened["admin"].engine.pool._creator
        connection = connects()
        for statement in statements:
            connection.execute(statement)
        connection.close()

    def cells(self):
        """(table, cell) of each cell of each table, the hidden ones of the search index too."""
        names = [name for (name,) in self.sql("SELECT name FROM sqlite_schema WHERE type='table'")]
        return [
            (name, _text(cell))
            for name in names
            if name != "person_search"  # has no columns of its own; its parts are listed
            for row in self.sql(f'SELECT * FROM "{name}"')
            for cell in row
        ]

    def bodies(self):
        """The signed bytes of the log, newest last."""
        return [body for (body,) in self.sql("SELECT body FROM audit ORDER BY seq")]

    def broken_link(self):
        """The seq of the first entry of the log that does not hold; None when all do."""
        with self.session("admin").store.reading() as work:
            return audit.verify(work.audit.links(), work.audit.keys())

    def acts(self, since=0):
        """(action, target, fields) of the entries of the log after `since`."""
        with self.session("admin").store.reading() as work:
            found = [e for e in reversed(work.audit.recent(10_000)) if e.seq > since]
        return [(entry.action, entry.target, entry.fields) for entry in found]

    @contextmanager
    def logged(self):
        """Collects what the block adds to the log."""
        before = len(self.bodies())
        added: list[tuple[str, str, tuple[str, ...]]] = []
        yield added
        added.extend(self.acts(since=before))

    def close(self):
        """Nothing of the copy is held open; the next session opens it anew."""
        for vault in self.opened.values():
            vault.close()
        if self.lock is not None:
            self.lock.release()
        self.opened, self.sessions, self.lock = {}, {}, None

    def _vault(self, login):
        signer = self.founded.signers[login]
        header = files.load_header(self.folder)
        engine = make_engine(self.folder / header.db, bytearray(signer.rings["ops"]))
        self.opened[login] = OpenVault(self.folder, header, _copied(signer), engine, self.lock)
        return self.opened[login]


def founded_office(folder, *, active=True, people=0, unsigned=(), taught=True):
    """A new office with all accounts; with `active` rules, approved by the second manager.

    All have signed the confidentiality undertaking but those `unsigned`.
    """
    clock = FakeClock()
    first, *others = ACCOUNTS
    founder = Founder(login=first, name=ACCOUNTS[first][0], password=PASSPHRASE)
    office, recovery = offices.found(folder, PROFILE, founder, clock, kdf=CHEAP)
    signers = {first: _copied(office.vault._signer)}
    session = undertakings.sign(office.session, ACCOUNTS[first][0])
    if taught:
        learnt(session)
    for login in others:
        name, role = ACCOUNTS[login]
        staff.enrol(session, login, name, PASSPHRASE, role)
    if people:
        demo.fill(session, people, seed=7)
    waiting = approved(session) if active else None
    office.close()
    for login in others:
        opened = offices.sign_in(folder, login, PASSPHRASE, clock)
        if login not in unsigned:
            undertakings.sign(opened.session, ACCOUNTS[login][0])
        if taught:
            learnt(opened.session)
        if waiting and login == "reviewer":
            _put_into_force(opened.session, *waiting)
        signers[login] = _copied(opened.vault._signer)
        opened.close()
    return Founded(folder, recovery, signers)


def learnt(session, *codes):
    """The present user has passed these courses today (none named: those of the role)."""
    for one in training.mine(session):
        if one.course.code in codes or (one.required and not codes):
            exam = training.begin(session, one.course.code)
            training.answer(session, exam, {q.id: q.right for q in exam.questions})


def tried(author, ruleset):
    """The draft has its examples, each expected as its rules give it now."""
    rule_examples.keep(author, ruleset, made_up(table_of(author, ruleset)))


def reviewed(session, ruleset):
    """Every item that people answer has a yes with a reason, so that it may be approved."""
    demo_records.review_rules(session, ruleset)


def approved(session):
    """The starter rules are approved by this session; their assessment waits for a second one."""
    starter = rules.versions(session)[-1].id
    reviewed(session, starter)
    rules.approve(session, starter, "逐条核对过。")
    return starter, demo_records.assess_rules(session, starter)


def _put_into_force(second, starter, assessment):
    demo_records.approve_assessment(second, assessment)
    rules.activate(second, starter)


def assessed(author, approver, ruleset):
    """That version of the rules has an impact assessment, so that it may be activated."""
    return demo_records.make_approved(author, approver, ruleset)


def entry(name="王小明", mobile="13800001234", room="3-2-501", role=PartyRole.OWNER):
    """What a clerk types about a person."""
    building, entrance, number = room.split("-")
    return Registration(
        name=name, mobile=mobile, building=building, entrance=entrance, room=number, role=role
    )


def resident(session, name="王小明", mobile="13800001234", room="3-2-501", **rest):
    """The id of a new resident."""
    return residents.register(session, entry(name, mobile, room, **rest))


def sheets(session, person, decisions, evidence=PAPER, *, own=True):
    """What the consent page hands over: notices just shown, a sheet for each separate consent.

    `decisions` are by purpose or by (purpose, item); of P5 alone the ramp is meant. With `own` the
    person came forward, so that a no of before does not stand in the way.
    """
    offered = {choice.purpose.code: choice for choice in consents.choices(session, person)}
    now = session.clock.now()
    shown = {code: choice.shown(now) for code, choice in offered.items()}
    pages: dict[str | None, list[Answer]] = {}
    for key, agreed in decisions.items():
        purpose, item = key if isinstance(key, tuple) else (key, "")
        choice = offered.get(purpose)
        if choice and choice.items and agreed and not item:
            item = choice.items[0].code
        alone = purpose in {PLATE, P5, INCOME} and agreed
        page = purpose if alone or item else None
        answer = Answer(purpose=purpose, agreed=agreed, item=item, own_initiative=own)
        pages.setdefault(page, []).append(answer)
    return tuple(
        Sheet(answers=tuple(found), evidence=_apart(session, evidence, page), shown=shown)
        for page, found in pages.items()
    )


def decide(session, person, decisions, evidence=PAPER, *, own=True):
    """The receipt of these decisions, taken as the consent page takes them."""
    return consents.decide(session, person, sheets(session, person, decisions, evidence, own=own))


def witness(session):
    """The uid of a colleague."""
    with session.store.reading() as work:
        others = [one for one in work.staff.all() if one.enabled]
    return next(one.uid for one in others if one.uid != session.staff.uid)


def _apart(session, evidence, page):
    """The evidence of one sheet: a number or signature of its own, a witness where one is due."""
    if evidence.act is Act.ORAL and not evidence.witness:
        evidence = replace(evidence, witness=witness(session))
    if page is None:
        return evidence
    number = evidence.paper_ref and f"{evidence.paper_ref}-{page}"
    drawn = evidence.signature_png and evidence.signature_png + page.encode()
    return replace(evidence, paper_ref=number, signature_png=drawn)


def consenting(session, *purposes, values=None, name="王小明", **rest):
    """The id of a new resident who agreed to these purposes (none named: to P2)."""
    person = resident(session, name, **rest)
    decide(session, person, dict.fromkeys(purposes or (P2,), True), PAPER)
    if values:
        residents.save_answers(session, person, P2, values)
    return person


def tier(session, person):
    """The code of the person's live result; None without one."""
    with session.store.reading() as work:
        found = work.classifications.of(person)
    return found and found.tier


def renamed(evidence, **changes):
    """The evidence with something else in it."""
    return replace(evidence, **changes)


def table_of(session, ruleset):
    """The decision table of a version."""
    with session.store.reading() as work:
        return classification.table_of(work, work.rulesets.get(ruleset).document)


def _copied(signer):
    pair = KeyPair(box=bytearray(signer.pair.box), pen=bytearray(signer.pair.pen))
    rings = {name: bytearray(key) for name, key in signer.rings.items()}
    return Signer(uid=signer.uid, pair=pair, rings=rings)


def _text(cell):
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)


def passphrase_file(folder, text=PASSPHRASE):
    """The path of a file with the passphrase, as the command line reads it."""
    path = folder / "passphrase.txt"
    path.write_text(text + os.linesep, encoding="utf-8")
    return path
