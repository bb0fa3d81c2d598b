"""Finding a metric by any of its names, misspelt or half typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from coach.knowledge.compiled import NameTable

if TYPE_CHECKING:
    from coach.knowledge.models.metric import Metric


_SEPARATORS = re.compile(r"[\W_]+")
# Signs that tell names apart when spoken: pass@k is not pass^k.
_SPOKEN = str.maketrans({"@": " at ", "^": " hat ", "&": " and ", "%": " percent ", "+": " plus "})
_EXACT, _PREFIX, _WORD_PREFIX = 400.0, 300.0, 200.0
_CLOSE_ENOUGH = 76.0
_COST_OF_A_SPARE_WORD = 0.5
_LONGEST_QUERY = 200


def normal_form(text: str) -> str:
    """Lower case, compatibility forms folded, words separated by single spaces: `Pass@k` is `pass at k`."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_SPOKEN)
    return _SEPARATORS.sub(" ", folded).strip()


def name_table(metrics: Iterable[Metric]) -> NameTable:
    """Made once, at compile time, so that a search need not read the metrics themselves."""
    table: NameTable = {}
    for metric in metrics:
        names = (metric.id, metric.name, *metric.abbreviations, *metric.aliases)
        table[metric.id] = list(dict.fromkeys(normal_form(name) for name in names))
    return table


def search(table: NameTable, text: str, limit: int) -> list[str]:
    """Up to `limit` ids, best first: a whole name, then its start or a word's, then the near ones."""
    query = normal_form(text[:_LONGEST_QUERY])
    if not query or limit <= 0:
        return []
    scores = {id_: max(_score(query, name) for name in names) for id_, names in table.items()}
    found = [id_ for id_, score in scores.items() if score >= _CLOSE_ENOUGH]
    # Sorting is stable: equals stay in the order of the catalog.
    return sorted(found, key=lambda id_: -scores[id_])[:limit]


def _score(query: str, name: str) -> float:
    """How well a name answers a query; shorter names win among equals."""
    brevity = len(query) / max(len(name), len(query))
    if name == query:
        return _EXACT
    if name.startswith(query):
        return _PREFIX + brevity
    if f" {query}" in name:
        return _WORD_PREFIX + brevity
    return _closeness(query, name)


def _closeness(query: str, name: str) -> float:
    """0 to 100: each word of the query against its nearest in the name, or both without their spaces."""
    from rapidfuzz import fuzz

    asked, offered = query.split(), name.split()
    by_word = sum(max(fuzz.ratio(word, other) for other in offered) for word in asked) / len(asked)
    spare = max(0, len(offered) - len(asked)) * _COST_OF_A_SPARE_WORD
    squashed = fuzz.ratio("".join(asked), "".join(offered))
    return float(max(by_word - spare, squashed))
