"""What really lies in the data file of an office and in the log beside it, page by page.

Every page is decrypted as it stands on the disk: free pages and the unused ends of the others too,
which no query would show.
"""

import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, SALT, VECTOR, RESERVED = 4096, 16, 16, 80  # bytes; the reserved ones are vector and seal
HEAD, FRAME = 32, 24  # of the log, and of each page in it


def raw(office, login="admin"):
    """All decrypted bytes of the data file, and all of the log."""
    key = bytes(office.founded.signers[login].rings["ops"])
    (path,) = office.folder.glob("*.db")
    log = path.with_name(f"{path.name}-wal")
    return _file(key, path.read_bytes()), _log(key, log.read_bytes() if log.exists() else b"")


def traces(office, *texts):
    """Which of the texts lie anywhere in them."""
    everything = b"".join(raw(office))
    return {text for text in texts if text.encode() in everything}


def _file(key, data):
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    return b"".join(_page(key, page, first=at == 0) for at, page in enumerate(pages))


def _log(key, data):
    step = FRAME + PAGE
    frames = [data[at : at + step] for at in range(HEAD, len(data), step)]
    return b"".join(
        _page(key, frame[FRAME:], first=struct.unpack(">I", frame[:4])[0] == 1)
        for frame in frames
        if len(frame) == step
    )


def _page(key, page, *, first):
    end = PAGE - RESERVED
    cipher = Cipher(algorithms.AES(key), modes.CBC(page[end : end + VECTOR])).decryptor()
    return cipher.update(page[SALT if first else 0 : end]) + cipher.finalize()
