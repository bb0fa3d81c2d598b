"""Hashes that tell whether compiled knowledge is still the knowledge at hand."""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from coach._version import __version__
from coach.knowledge.compiled import FORMAT
from coach.knowledge.layers import Layer


def content_digest(layers: Sequence[Layer]) -> str:
    """A hash of every file's path inside its root and of its content, layer by layer."""
    digest = blake2b(digest_size=20)
    for number, layer in enumerate(layers):
        for source in layer.sources:
            head = f"{number} {source.root} {len(source.inside)} {source.inside} {len(source.content)} "
            digest.update(head.encode("utf-8", "surrogateescape"))
            digest.update(source.content)
    return digest.hexdigest()


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
