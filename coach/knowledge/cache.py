"""Compiled knowledge kept between starts, in files that can be deleted at any time."""

from __future__ import annotations

import contextlib
import re
import time
from pathlib import Path

from coach import paths
from coach.knowledge.compiled import Compiled, decode

KEPT = 6
_ABANDONED_AFTER_SECONDS = 3600.0
_PREFIX, _UNFINISHED = "knowledge-", ".tmp"
_COMPILED, _SEEN = ".jsonl", ".seen"


def fetch(key: str) -> Compiled | None:
    """What was compiled for this key, unless it is missing or damaged."""
    content = _read(key, _COMPILED)
    return decode(content, key) if content else None


def store(key: str, content: bytes) -> None:
    """Keep it if the folder can be written; otherwise the next start compiles again."""
    _write(key, _COMPILED, content)


def recall(stamps: str) -> str | None:
    """The digest of the content of files with these stamps, unless none is known."""
    digest = _read(stamps, _SEEN).decode("ascii", "replace")
    return digest if re.fullmatch("[0-9a-f]{40}", digest) else None


def remember(stamps: str, digest: str) -> None:
    """Keep the digest if the folder can be written; otherwise the next start reads every file again."""
    _write(stamps, _SEEN, digest.encode())


def _read(key: str, suffix: str) -> bytes:
    try:
        return _file(key, suffix).read_bytes()
    except OSError:
        return b""


def _write(key: str, suffix: str, content: bytes) -> None:
    # Imported here because most starts only read.
    from coach.files import write_atomically

    target = _file(key, suffix)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(target, content)
    except OSError:
        return
    _remove_old(target)


def _file(key: str, suffix: str) -> Path:
    return paths.cache_dir() / f"{_PREFIX}{key}{suffix}"


def _remove_old(newest: Path) -> None:
    """Keep the newest few of its sort, since each pack and each version has a file of its own."""
    files: list[tuple[float, Path]] = []
    for pattern in (f"{_PREFIX}*{newest.suffix}", f".{_PREFIX}*{_UNFINISHED}"):
        for path in newest.parent.glob(pattern):
            # Another process may be removing the same files.
            with contextlib.suppress(OSError):
                files.append((path.stat().st_mtime, path))
    finished = sorted((entry for entry in files if entry[1].suffix == newest.suffix), reverse=True)
    stale = [path for _, path in finished[KEPT:] if path != newest]
    abandoned = time.time() - _ABANDONED_AFTER_SECONDS
    stale += [path for changed, path in files if path.suffix == _UNFINISHED and changed < abandoned]
    for path in stale:
        with contextlib.suppress(OSError):
            path.unlink()
