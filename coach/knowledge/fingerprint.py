"""Hashes that tell whether compiled knowledge is still the knowledge at hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path

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
    """A hash of the content, the file format and the code that reads and checks it."""
    return blake2b(f"{FORMAT} {_code_digest()} {digest}".encode(), digest_size=20).hexdigest()


@cache
def _code_digest() -> str:
    folder = Path(__file__).parent
    digest = blake2b(digest_size=20)
    for file in sorted(folder.rglob("*.py")):
        digest.update(f"{file.relative_to(folder)} ".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
