"""Hashes that tell whether compiled knowledge is still the knowledge at hand.

Reading every file to hash it takes longer than loading what was compiled. So the digest of the content is kept
under a hash of the files' stamps, as git's index does, with git's care for files that changed a moment ago.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from coach._version import __version__
from coach.knowledge.compiled import FORMAT
from coach.knowledge.layers import Layer
from coach.knowledge.survey import Survey

_SETTLED_AFTER_NS = 3_000_000_000
"""Longer than the coarsest clock of a file system that is in use: FAT counts in steps of two seconds."""


def content_digest(layers: Sequence[Layer]) -> str:
    """A hash of every file's path inside its root and of its content, layer by layer."""
    digest = blake2b(digest_size=20)
    for number, layer in enumerate(layers):
        for source in layer.sources:
            head = f"{number} {source.root} {len(source.inside)} {source.inside} {len(source.content)} "
            digest.update(head.encode("utf-8", "surrogateescape"))
            digest.update(source.content)
    return digest.hexdigest()


def stamp_key(found: Sequence[Survey], now_ns: int) -> str | None:
    """A hash of every file's place, size and stamp; `now_ns` is the time just before the files were looked for.

    Nothing where a file changed so lately that another change might leave the same stamp.
    """
    newest = max((max(file.stamp[2:]) for layer in found for file in layer.files), default=0)
    if newest > now_ns - _SETTLED_AFTER_NS:
        return None
    files = [(file.root, file.path, file.inside, file.size, file.stamp) for layer in found for file in layer.files]
    shape = [len(layer.files) for layer in found]
    state = repr((FORMAT, __version__, shape, files))
    return blake2b(state.encode("utf-8", "surrogateescape"), digest_size=20).hexdigest()


def compile_key(digest: str) -> str:
    """A hash of the content, of the file format, and of the state of the code that reads and checks it."""
    return blake2b(f"{FORMAT} {__version__} {_code_state()} {digest}".encode(), digest_size=20).hexdigest()


def _code_state() -> str:
    """Name, size and time of each module; reading them all would take longer than the whole load."""
    package = Path(__file__).parent
    modules = []
    for folder in (package, package / "models"):
        with os.scandir(folder) as found:
            modules += [(child.name, child.stat()) for child in found if child.name.endswith(".py")]
    return repr(sorted((name, status.st_size, status.st_mtime_ns) for name, status in modules))
