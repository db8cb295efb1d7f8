"""An encrypted office in a real file, with a small catalogue, for the tests of the store."""

import secrets
from datetime import UTC, date, datetime

import pytest

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.consents import Act, Channel, Decision, Evidence
from pmdesk.domain.fields import (
    Dimension,
    Field,
    FieldKey,
    Home,
    Kind,
    Option,
    RuleUse,
    Sensitivity,
)
from pmdesk.domain.notices import Notice
from pmdesk.domain.people import Occupancy, PartyRole, Premises
from pmdesk.domain.purposes import ConsentForm, LegalBasis, Purpose, PurposeCode, Retention
from pmdesk.domain.staff import Role
from pmdesk.domain.tiers import Tag, Tier
from pmdesk.i18n import Words
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.consents import SqlConsents
from pmdesk.store.context import StoreContext
from pmdesk.store.migrations import upgrade
from pmdesk.store.people import SqlPeople
from pmdesk.store.premises import SqlPremises
from pmdesk.store.unit_of_work import Store
from pmdesk.store.vault.engine import make_engine

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
UID = "0" * 31 + "1"
P1, P2, P3, P5 = (PurposeCode(code) for code in ("P1", "P2", "P3", "P5"))
PAPER = Evidence(channel=Channel.PAPER, act=Act.PAPER, paper_ref="A-1", adult_confirmed=True)


def field(key, kind, purpose="P2", *, home=Home.ANSWERS, codes=(), **rest):
    """A field of the small catalogue."""
    sealed = home is Home.SEALED
    return Field(
        key=FieldKey(key),
        label=Words(key, key),
        kind=kind,
        dimension=Dimension.NEED,
        sensitivity=Sensitivity.SENSITIVE if sealed else Sensitivity.GENERAL,
        purposes=(purpose,),
        purpose=purpose,
        home=home,
        retention=f"R-{purpose}",
        rule_use=RuleUse.NO if sealed else RuleUse.YES,
        necessity=Words("需要", "needed"),
        options=tuple(Option(code=code, label=Words(code, code)) for code in codes),
        **rest,
    )


def purpose(code, consent=ConsentForm.CONSENT):
    """A purpose of the small catalogue."""
    return Purpose(
        code=PurposeCode(code),
        name=Words(code, code),
        summary=Words(code, code),
        basis=LegalBasis.CONTRACT if consent is ConsentForm.NONE else LegalBasis.CONSENT,
        consent=consent,
        needs_assessment=False,
        may_classify=code == "P2",
        oral_allowed=False,
        retention=f"R-{code}",
    )


FIELDS = (
    field("unit_use", Kind.CHOICE, "P1", codes=("home", "shop")),
    field("mail_address", Kind.TEXT, "P1", longest=10),
    field("renovation", Kind.PERIOD, "P1"),
    field("clean_need", Kind.CHOICE, codes=("common", "home", "none")),
    field("patrol_need", Kind.CHOICES, codes=("door", "vacant", "escort")),
    field("quiet", Kind.FLAG),
    field("budget", Kind.NUMBER, low=0, high=900),
    field("asked_on", Kind.DATE),
    field("hobby_tags", Kind.CHOICES, "P3", codes=("garden", "chess")),
    field("assist_need", Kind.TEXT, "P5", home=Home.SEALED),
)


def small_catalogue(fields=FIELDS):
    """A catalogue with one field of each kind."""
    return Catalogue(
        fields=tuple(fields),
        purposes=(
            purpose("P1", ConsentForm.NONE),
            purpose("P2"),
            purpose("P3"),
            purpose("P5", ConsentForm.SEPARATE),
        ),
        retentions=(
            Retention(
                code="R-P2", period=Words("年", "y"), reason=Words("", ""), at_end=Words("", "")
            ),
        ),
        tiers=tuple(
            Tier(code=code, name=Words(code, code), meaning=Words("", ""))
            for code in ("standard", "care", "enhanced", "special")
        ),
        tags=(Tag(code="need", name=Words("需", "need"), meaning=Words("", "")),),
    )


@pytest.fixture
def key():
    """The raw key of the data file."""
    return bytearray(secrets.token_bytes(32))


@pytest.fixture
def engine(tmp_path, key):
    """The encrypted data file with the newest schema and the small catalogue."""
    engine = make_engine(tmp_path / "data-000001.db", key)
    upgrade(engine)
    with engine.connect().execution_options(write=True) as connection:
        register = SqlCatalogue(connection, context_of(UID))
        register.install(small_catalogue())
        for code in (P2, P3, P5):
            register.add_notice(notice(code), at=AT)
        connection.commit()
    yield engine
    engine.dispose()


def notice(code=P2, version="1.0"):
    """A notice of the small office."""
    return Notice(purpose=code, version=version, language="zh_CN", text=f"告知{code}", fields=())


def context_of(uid, role=Role.MANAGER):
    """An account whose pen always draws the same."""
    return StoreContext(
        uid=uid,
        role=role,
        sign=lambda _data: b"s" * 64,
        public=b"p" * 32,
        certify=str,
        vault_id="v" * 32,
    )


@pytest.fixture
def context():
    """The account that acts."""
    return context_of(UID)


@pytest.fixture
def connection(engine):
    """A connection in a write transaction, undone at the end."""
    with engine.connect().execution_options(write=True) as connection:
        yield connection


@pytest.fixture
def store(engine, context):
    """The open office."""
    return Store(engine, context)


@pytest.fixture
def enter(connection, context):
    """Enters a person and tells the id."""
    return lambda *args, **rest: enter_person(connection, context, *args, **rest)


def enter_person(connection, context, name="曾国强", mobile="13800000042", room="3-1-502"):
    """The id of a new person in that unit; without a unit for an empty room."""
    people = SqlPeople(connection, context)
    if not room:
        return people.add(name, mobile, (), at=AT)
    building, entrance, number = room.split("-")
    key = SqlPremises(connection, context).ensure(building, entrance, number)
    unit = Premises(id=key, building=building, entrance=entrance, room=number)
    return people.add(name, mobile, (Occupancy(unit=unit, role=PartyRole.OWNER),), at=AT)


@pytest.fixture
def decide(connection, context):
    """Records a decision of a person and gives the event."""

    def decide(person, decision=Decision.GIVEN, purpose=P2, **other):
        usual = {"notice": notice(purpose), "evidence": PAPER, "at": AT, "today": TODAY}
        usual["valid_until"] = None
        return SqlConsents(connection, context).record(person, purpose, decision, **(usual | other))

    return decide
