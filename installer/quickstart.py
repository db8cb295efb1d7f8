"""From a bare machine to a running pmdesk: `quickstart.py demo` or `quickstart.py test`.

Needs nothing but Python, and may be started again and again: what is there already is kept.
"""

from __future__ import annotations  # an old Python must get as far as being told that it is old

import ctypes
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "pmdesk-installed"
LOCK = ROOT / "requirements.lock"
OLDEST = (3, 11)
WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

USAGE = """用法 Usage:
  quickstart.py demo [--people N] [--seed S] [--out DIR]   演示服务中心 / a demo office
  quickstart.py test [pytest …]                            全部测试 / all tests"""

# Found with ldd in a minimal Debian 12: what the Qt wheel loads but does not bring along.
# A missing xcb library ends in an abort, not in an exception, so all are asked for beforehand.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libbrotlidec.so.1": "libbrotli1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}  # Debian 13, Ubuntu 24.04
# one journey runs in a real window, and power cuts are made from recorded system calls
TEST_PROGRAMS = {"Xvfb": "xvfb", "xauth": "xauth", "strace": "strace"}
PIP_LINES = 12  # of what pip said, when it fails
FONTS = ("fonts-noto-cjk", "fonts-wqy-microhei")  # the first has a real bold
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
CHINESE_FONT = re.compile(
    r"(noto|source.?han).*(cjk|sc|cn)|wqy|wenquanyi|droidsansfallback|uming|ukai|msyh|simsun",
    re.IGNORECASE,
)


class StoppedError(Exception):
    """The work cannot go on; the text says why and what to do."""


def main(arguments: list[str]) -> int:
    """The exit code of the demo or the tests, once everything they need is there."""
    if not arguments or arguments[0] not in {"demo", "test"}:
        print(USAGE)
        return 2
    task, rest = arguments[0], arguments[1:]
    try:
        _require_python()
        missing = _system_packages(task)
        _make_environment()
        _install()
        _run([str(PYTHON), str(ROOT / "installer" / "build_hook.py")], "编译翻译 translations")
    except StoppedError as error:
        print(f"\n✗ {error}", file=sys.stderr)
        return 1
    code = _demo(rest) if task == "demo" else _test(rest)
    if code and missing:
        print(f"\n缺少系统软件包，可能是原因 Missing system packages may be why:\n  {missing}")
    return code


def _demo(rest: list[str]) -> int:
    _say("打开演示服务中心", "opening the demo office")
    out = ["--out", str(ROOT / "demo-out")]
    has_out = any(argument.split("=")[0] == "--out" for argument in rest)
    wanted = [] if has_out or _has_display() else out
    return _started([str(PYTHON), "-m", "pmdesk", "demo", *rest, *wanted], Path.cwd())


def _test(rest: list[str]) -> int:
    _say("运行测试", "running the tests")
    workers = ["-n", "logical", "--maxprocesses", "4"]  # a later -n of the caller wins
    return _started([str(PYTHON), "-m", "pytest", *workers, *rest], ROOT)


def _started(command: list[str], folder: Path) -> int:
    """The exit code of a program that talks to the user itself."""
    environment = dict(os.environ, PYTHONUTF8="1")
    if not _has_display():
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    with subprocess.Popen(command, cwd=folder, env=environment) as program:
        try:
            return program.wait()
        except KeyboardInterrupt:
            return program.wait()  # it got the same Ctrl+C and ends by itself


def _has_display() -> bool:
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _require_python() -> None:
    if sys.version_info < OLDEST:
        have, need = ".".join(map(str, sys.version_info[:3])), ".".join(map(str, OLDEST))
        raise StoppedError(
            f"需要 Python {need} 或更新，这里是 {have}。请安装后用新的 Python 再运行本命令。\n"
            f"  Python {need} or newer is needed, this is {have}: install it and start this "
            f"command with it."
        )


# --- the environment ---------------------------------------------------------------------------


def _make_environment() -> None:
    """`.venv` holds a Python that is new enough and has pip."""
    if VENV.exists() and not _is_whole():
        _say("重建不完整的 .venv", "making the incomplete .venv anew")
        shutil.rmtree(VENV)
    if VENV.exists():
        return
    _say("建立 .venv", "making .venv")
    command = [sys.executable, "-m", "venv", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if made.returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    said = (made.stdout + made.stderr).strip()
    if "ensurepip" in said or "No module named venv" in said:
        raise StoppedError(
            "缺少 Python 的 venv 模块，请先运行 Python's venv module is missing, first run:\n  "
            f"{_as_root()}apt-get install -y python3-venv"
        )
    raise StoppedError(f"无法建立 .venv cannot make .venv:\n  {said}")


def _is_whole() -> bool:
    probe = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    try:
        return not subprocess.run(
            [PYTHON, "-c", probe], capture_output=True, check=False
        ).returncode
    except OSError:
        return False


def _install() -> None:
    """The locked packages and pmdesk itself are in `.venv`; done once for each lock."""
    parts = (LOCK, ROOT / "pyproject.toml")
    wanted = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()
    wanted = f"{wanted} {ROOT}"  # a moved checkout points elsewhere
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    STAMP.unlink(missing_ok=True)
    _say("安装依赖，约一分钟", "installing the locked packages, about a minute")
    # the lock is whole; an older pip, left to look for more, stops at a newer `coverage[toml]`
    _pip("--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK))
    _say("安装 pmdesk", "installing pmdesk")
    _pip("--no-deps", "--no-build-isolation", "-e", str(ROOT))
    STAMP.write_text(wanted, encoding="utf-8")


def _pip(*arguments: str) -> None:
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    command = [str(PYTHON), "-m", "pip", "install", *quiet, *arguments]
    pip = subprocess.run(command, capture_output=True, check=False)
    if pip.returncode:
        heard = pip.stderr.decode(errors="replace")
        telling = [line for line in heard.splitlines() if not line.startswith("WARNING")]
        print(*telling[-PIP_LINES:], sep="\n", file=sys.stderr)
        raise StoppedError(_reason(heard))


def _reason(heard: str) -> str:
    """What a failure of pip means for the user."""
    if re.search(r"connection|timed out|proxy|SSLError|Temporary failure", heard, re.IGNORECASE):
        return (
            "下载失败：请检查网络或 pip 的镜像设置，然后再运行同一条命令。\n"
            "  No network: check it, or pip's mirror settings, then start the same command again."
        )
    if "DO NOT MATCH THE HASHES" in heard:
        return (
            "下载的文件与 requirements.lock 记录的不一致，未安装。请换一个可信的下载源。\n"
            "  A file differs from what requirements.lock records and was not installed: use "
            "another source."
        )
    if "No matching distribution" in heard:
        return (
            "有的软件包不支持这台电脑的系统（见 README 的“支持的系统”）。\n"
            "  A package has no build for this system, see “Systems” in the README."
        )
    return "pip 没有完成安装，原因见上。\n  pip did not finish, for the reason above."


# --- the system --------------------------------------------------------------------------------


def _system_packages(task: str) -> str:
    """Empty when the system has all; else the line that installs what it lacks, already shown."""
    if not LINUX or not shutil.which("apt-get"):
        return ""
    wanted = [package for library, package in LIBRARIES.items() if not _loads(library)]
    if task == "test":
        wanted += [pack for program, pack in TEST_PROGRAMS.items() if not shutil.which(program)]
    fonts = () if _has_chinese_font() else FONTS
    if not wanted and not fonts:
        return ""
    if _is_root() and _apt_installs(wanted, fonts):
        return ""
    line = f"apt-get install -y --no-install-recommends {' '.join([*wanted, *fonts[:1]])}"
    line = f"{_as_root()}{line}"
    _say("缺少系统软件包，请运行", "system packages are missing, please run")
    print(f"  {line}", flush=True)
    return line


def _apt_installs(wanted: list[str], fonts: tuple[str, ...]) -> bool:
    _say("安装系统软件包", "installing system packages")
    _apt("update")
    names = [_known_name(package) for package in wanted]
    install = ("install", "-y", "--no-install-recommends")
    done = not names or _apt(*install, *names)
    return (not fonts or any(_apt(*install, font) for font in fonts)) and done


def _apt(*arguments: str) -> bool:
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    command = ["apt-get", "-qq", *arguments]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        print(f"  apt-get {arguments[0]}: {done.stderr.strip()}", file=sys.stderr)
    return done.returncode == 0


def _known_name(package: str) -> str:
    newer = RENAMED.get(package)
    if newer is None:
        return package
    shown = subprocess.run(["apt-cache", "show", newer], capture_output=True, check=False)
    return package if shown.returncode else newer


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_chinese_font() -> bool:
    if shutil.which("fc-list"):
        command = ["fc-list", ":lang=zh-cn", "family"]
        found = subprocess.run(command, capture_output=True, check=False).stdout
        return bool(found.strip())
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    return any(
        CHINESE_FONT.search(file.name) for folder in folders for file in folder.rglob("*.?t?")
    )


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _as_root() -> str:
    return "" if _is_root() else "sudo "


def _run(command: list[str], what: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise StoppedError(f"{what}:\n  {(done.stdout + done.stderr).strip()}")


def _say(chinese: str, english: str) -> None:
    print(f"· {chinese} / {english}", flush=True)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console without Chinese shows question marks
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as problem:
        print(f"\n✗ {problem}", file=sys.stderr)  # a folder that may not be written, a full disk
        sys.exit(1)
