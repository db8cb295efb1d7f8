"""Offices made once and copied for each test: key derivation is slow by intention."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pmdesk.domain.staff import Role
from pmdesk.store.vault import vault
from pmdesk.store.vault.kdf import Kdf
from pmdesk.store.vault.opened import OpenVault

PASSWORDS = {
    "admin": "tiger lamp orbit cinnamon",
    "clerk": "maple drizzle anchor violin",
    "manager": "saddle pepper lagoon thirteen",
    "reviewer": "walnut copper igloo marathon",
}


@dataclass
class FakeClock:
    """A clock that only moves when told."""

    moment: datetime = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.local().date()

    def local(self) -> datetime:
        return self.moment

    def pass_by(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@dataclass
class Office:
    """A copied office and how to sign in to it."""

    folder: Path
    recovery_key: str
    clock: FakeClock
    opened: list[OpenVault] = field(default_factory=list)
    passwords: dict[str, str] = field(default_factory=lambda: dict(PASSWORDS))

    def sign_in(self, login: str, password: str | None = None) -> OpenVault:
        found = vault.unlock(
            self.folder,
            login=login,
            password=self.passwords.get(login, "") if password is None else password,
            clock=self.clock,
        )
        self.opened.append(found)
        return found

    def raw(self) -> bytes:
        return (self.folder / "vault.json").read_bytes()

    def write(self, raw: bytes) -> None:
        for name in ("vault.json", "vault.copy.json"):
            (self.folder / name).write_bytes(raw)


@pytest.fixture(scope="session")
def fast_kdf() -> Kdf:
    """The cheapest cost the limits allow."""
    return Kdf(memory=1 << 16, passes=1)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, fast_kdf: Kdf) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("vault") / "office"
    opened, recovery_key = vault.create(
        folder,
        office_hint="晴川物业",
        login="admin",
        password=PASSWORDS["admin"],
        kdf=fast_kdf,
    )
    with opened:
        for role in (Role.CLERK, Role.MANAGER, Role.REVIEWER):
            opened.enrol(role.value, PASSWORDS[role.value], role)
        with opened.engine.execution_options(write=True).begin() as connection:
            connection.exec_driver_sql("CREATE TABLE note (text TEXT NOT NULL) STRICT")
            connection.exec_driver_sql("INSERT INTO note VALUES ('kept')")
    return folder, recovery_key


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def office(made: tuple[Path, str], tmp_path: Path, clock: FakeClock) -> Iterator[Office]:
    folder, recovery_key = made
    copy = tmp_path / "office"
    shutil.copytree(folder, copy)
    found = Office(folder=copy, recovery_key=recovery_key, clock=clock)
    yield found
    for opened in found.opened:
        opened.close()


@pytest.fixture
def answer() -> Callable[[Callable[[], object]], tuple[object, ...]]:
    """Everything a user is told when an act is refused."""

    def told(act: Callable[[], object]) -> tuple[object, ...]:
        from pmdesk.errors import PmdeskError

        with pytest.raises(PmdeskError) as caught:
            act()
        error = caught.value
        return type(error), error.sentence, error.remedy, error.places

    return told
