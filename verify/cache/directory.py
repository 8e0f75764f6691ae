"""Where the cache is, and files in it that are written whole and read only when intact."""

from __future__ import annotations

import os
import sys

#: The environment variable that puts the cache elsewhere.
VARIABLE = "CHALKPROOF_CACHE"

_digest = ""


def directory() -> str:
    """The folder of the cache: $CHALKPROOF_CACHE, else the user's cache folder."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return os.path.abspath(chosen)
    if sys.platform.startswith("linux"):  # what platformdirs answers, without its import
        base = os.environ.get("XDG_CACHE_HOME", "").strip()
        if not os.path.isabs(base):
            base = os.path.expanduser("~/.cache")
        return os.path.join(base, "chalkproof")
    from platformdirs import user_cache_dir

    return user_cache_dir("chalkproof", appauthor=False)


def code_digest() -> str:
    """A digest of the program itself: of every source file of this package."""
    global _digest
    if not _digest:
        import hashlib

        root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        total = hashlib.sha256()
        for inside, folders, files in os.walk(root):
            folders.sort()
            for name in sorted(files):
                if name.endswith(".py"):
                    path = os.path.join(inside, name)
                    with open(path, "rb") as stream:
                        held = hashlib.sha256(stream.read()).hexdigest()
                    total.update(f"{os.path.relpath(path, root)} {held}\n".encode())
        _digest = total.hexdigest()
    return _digest


def read_sealed(path: str) -> bytes | None:
    """What `write_sealed` wrote; None if there is no such file or a bit of it has changed."""
    try:
        with open(path, "rb") as stream:
            seal, _, content = stream.read().partition(b"\n")
    except OSError:
        return None
    return content if seal.decode("ascii", "replace") == _seal(content) else None


def write_sealed(path: str, content: bytes) -> None:
    """Writes a file with a seal by which damage is noticed; see `write_whole`."""
    write_whole(path, _seal(content).encode() + b"\n" + content)


def write_whole(path: str, content: bytes) -> None:
    """Writes a file at once or not at all, for any number of writers.

    A cache that cannot be written (a full disk, a folder without permission) is no cache, and no
    error.
    """
    partial = f"{path}.{os.getpid()}.{os.urandom(4).hex()}.partial"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(partial, "wb") as stream:
            stream.write(content)
        os.replace(partial, path)
    except OSError:
        try:
            os.unlink(partial)
        except OSError:
            return


def _seal(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()
