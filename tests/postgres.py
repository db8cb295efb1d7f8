"""A throw-away PostgreSQL in a folder of its own, as a user who owns nothing else."""

import contextlib
import getpass
import os
import shutil
import subprocess
import tempfile

import sqlalchemy as sa

NOBODY = "nobody"  # PostgreSQL refuses to run as root
INITDB, PG_CTL = shutil.which("initdb"), shutil.which("pg_ctl")


@contextlib.contextmanager
def server():
    """An engine on a new cluster, gone afterwards; None where PostgreSQL is not installed."""
    if INITDB is None or PG_CTL is None:
        yield None
        return
    import pwd  # not on Windows

    user = NOBODY if os.geteuid() == 0 else getpass.getuser()
    folder = tempfile.mkdtemp(prefix="pg")  # its own name: a socket's path may have 107 characters
    os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    try:
        with _running(folder, user) as engine:
            yield engine
    finally:
        shutil.rmtree(folder)


@contextlib.contextmanager
def _running(folder, user):
    data = f"{folder}/data"
    _run(user, INITDB, "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--no-sync", *_WORDS)
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c timezone=UTC"
    _run(user, PG_CTL, "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
    socket = f"{folder}/.s.PGSQL.5432"
    engine = sa.create_engine(f"postgresql+pg8000://{user}@/postgres?unix_sock={socket}")
    try:
        yield engine
    finally:
        engine.dispose()
        _run(user, PG_CTL, "-D", data, "-m", "immediate", "stop")


_WORDS = ("--locale=C", "--locale-provider=icu", "--icu-locale=en-US")  # where 'a' < 'B'


def _run(user, *command):
    as_user = {"user": user, "extra_groups": []} if os.geteuid() == 0 else {}
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        **as_user,
    )
