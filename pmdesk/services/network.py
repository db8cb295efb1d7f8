"""A self-test: no part of the program that is running holds code that talks to a network."""

import sys

TALKING = frozenset(
    {
        *("asyncio", "ftplib", "http.client", "http.server", "imaplib", "poplib", "smtplib"),
        *("socket", "socketserver", "ssl", "urllib.request", "xmlrpc.client"),
        *("aiohttp", "httpx", "paramiko", "requests", "urllib3", "websockets"),
        *("PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets"),
    }
)
_OWN = "pmdesk"


def talking_modules() -> tuple[str, ...]:
    """Names of loaded modules of the program that hold a networking module or a part of one."""
    return tuple(sorted(name for name in list(sys.modules) if _is_own(name) and _talks(name)))


def _is_own(name: str) -> bool:
    return name == _OWN or name.startswith(f"{_OWN}.")


def _talks(name: str) -> bool:
    held = vars(sys.modules[name]).values()
    return any(_home(one) in TALKING for one in held)


def _home(value: object) -> str:
    """The module that a global is, or was defined in."""
    named = getattr(value, "__name__" if isinstance(value, type(sys)) else "__module__", "")
    return named if isinstance(named, str) else ""
