"""Compiled knowledge kept between starts, in files that can be deleted at any time."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from coach import paths
from coach.knowledge.compiled import Compiled, decode

KEPT = 6
_ABANDONED_AFTER_SECONDS = 3600.0
_PREFIX, _SUFFIX, _UNFINISHED = "knowledge-", ".jsonl", ".tmp"


def fetch(key: str) -> Compiled | None:
    """What was compiled for this key, unless it is missing or damaged."""
    try:
        content = _file(key).read_bytes()
    except OSError:
        return None
    return decode(content, key)


def store(key: str, content: bytes) -> None:
    """Keep it if the folder can be written; otherwise the next start compiles again."""
    # Imported here because most starts only fetch.
    from coach.files import write_atomically

    target = _file(key)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(target, content)
    except OSError:
        return
    _remove_old(target)


def _file(key: str) -> Path:
    return paths.cache_dir() / f"{_PREFIX}{key}{_SUFFIX}"


def _remove_old(newest: Path) -> None:
    """Keep the newest few, since each pack and each version has a file of its own."""
    files: list[tuple[float, Path]] = []
    for pattern in (f"{_PREFIX}*{_SUFFIX}", f".{_PREFIX}*{_UNFINISHED}"):
        for path in newest.parent.glob(pattern):
            # Another process may be removing the same files.
            with contextlib.suppress(OSError):
                files.append((path.stat().st_mtime, path))
    finished = sorted((entry for entry in files if entry[1].suffix == _SUFFIX), reverse=True)
    stale = [path for _, path in finished[KEPT:] if path != newest]
    abandoned = time.time() - _ABANDONED_AFTER_SECONDS
    stale += [path for changed, path in files if path.suffix == _UNFINISHED and changed < abandoned]
    for path in stale:
        with contextlib.suppress(OSError):
            path.unlink()
