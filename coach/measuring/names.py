"""Identifiers and values as SQL writes them, in the standard's way that DuckDB reads too."""

from __future__ import annotations

import re

from coach.knowledge.models.formula import Scalar

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
# Words that at least one common warehouse reserves and that a column may well be called.
_RESERVED_WORDS = """
all analyze and any array as asc at between both by case cast check collate column constraint create cross
current current_date current_time current_timestamp current_user default delete desc describe distinct do drop
else end escape except exists explain extract false fetch filter first following for foreign from full
function grant group groups having hash if ignore in index inner insert intersect interval into is join key
language last lateral leading left like limit localtime localtimestamp merge minus natural new no not null of
offset old on only open or order outer over overlaps partition percent placing pivot position preceding
primary proto qualify range read references respect returning right role row rows sample select session set
show similar some start struct symmetric system table tablesample then time timestamp to trailing trigger true
type unbounded union unique unnest unpivot update user using values view when whenever where window with
within year
"""
_RESERVED = frozenset(_RESERVED_WORDS.split())


def identifier(name: str) -> str:
    """A column, a table or an alias; in quotes where it has capitals or some system reserves the word."""
    if _PLAIN.fullmatch(name) and not is_reserved(name):
        return name
    return '"' + name.replace('"', '""') + '"'


def is_reserved(name: str) -> bool:
    """Whether some system takes the word for a part of its language."""
    return name in _RESERVED


def table(name: str) -> str:
    """A table with its schema and database, part by part."""
    return ".".join(identifier(part) for part in name.split("."))


def literal(value: Scalar) -> str:
    """A value; text with its quotes doubled."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)
