"""YAML read into nodes.

Only what entries need is allowed: mappings, lists, text, numbers, true and false, null. Anchors, aliases,
other tags and deep nesting are refused, so that a small file never grows into a large one. The parser's
events are taken one by one, which stops a hostile file at its first step too deep and needs no recursion.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import yaml
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from coach.knowledge.faults import Fault, printable
from coach.knowledge.nodes import Node, Step, key_path
from coach.knowledge.text import control_character, decode

MAX_NESTING = 32
MAX_VALUES = 200_000
"""So many keys and values stand in one file at most; prose of the permitted size has far fewer."""
MAX_FAULTS = 100
MAX_NUMBER_LENGTH = 30
_CORE = "tag:yaml.org,2002:"
_RESOLVER: Any = Resolver()
_CONSTRUCTOR = SafeConstructor()
_NUMBERS_AND_TRUTH = {
    "bool": (_CONSTRUCTOR.construct_yaml_bool, "true or false"),
    "int": (_CONSTRUCTOR.construct_yaml_int, "a whole number"),
    "float": (_CONSTRUCTOR.construct_yaml_float, "a number"),
}


class Reading(NamedTuple):
    """What a file gave."""

    document: Node | None
    """Its one document; nothing where it is empty or unreadable."""
    faults: list[Fault]
    whole: bool
    """Whether it was read to its end."""


def read_yaml(path: str, content: bytes) -> Reading:
    """Read a file's one document, with every fault found on the way."""
    text, faults = decode(path, content)
    if text is None:
        return Reading(None, faults, whole=False)
    reader = _Reader(path)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            reader.take(event)
    except _Stop:
        reader.give_up()
    except yaml.MarkedYAMLError as error:
        reader.give_up()
        reader.note(_place(error, text), _says(error))
    except yaml.YAMLError as error:
        reader.give_up()
        reader.note((1, 1), f"this is not valid YAML: {error}")
    return Reading(reader.document, [*faults, *reader.rendered()], reader.complete)


class _Stop(Exception):
    """No more of this file is read."""


class _BadValueError(ValueError):
    """A scalar that stands for no allowed value."""


class _Reader:
    """Builds the tree of nodes from one event after the other."""

    def __init__(self, path: str) -> None:
        self.document: Node | None = None
        self.complete = True
        self._path = path
        self._faults: list[tuple[tuple[int, int], tuple[Step, ...], str, str]] = []
        self._open: list[Node] = []
        self._steps: list[Step] = []
        """The step from each open node to the one below it; one shorter while a mapping waits for a key."""
        self._key_place = (0, 0)
        self._documents = self._values = 0

    def rendered(self) -> list[Fault]:
        """The faults, with entries named by their ids, which are known only after reading."""
        return [
            Fault(self._path, *place, key_path(self.document, steps), message, hint)
            for place, steps, message, hint in self._faults
        ]

    def fault(self, place: tuple[int, int], steps: tuple[Step, ...], message: str, hint: str = "") -> None:
        """Note a fault; after too many the file is given up."""
        self._faults.append((place, steps, message, hint))
        if len(self._faults) == MAX_FAULTS:
            self._faults.append((place, (), "too many faults; the rest of the file was not read", ""))
            raise _Stop

    def note(self, place: tuple[int, int], message: str) -> None:
        """Note a fault of the file as a whole."""
        self._faults.append((place, (), message, ""))

    def take(self, event: yaml.Event) -> None:
        """Build on by one event."""
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if isinstance(event, yaml.NodeEvent):
            self._count_value(place)
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self.fault(place, (), "a second document starts here", "put it into a file of its own")
                    raise _Stop
            case yaml.AliasEvent():
                self._step_down(place)
                self.fault(place, tuple(self._steps), "aliases are not allowed", "write the value out")
                self._attach(Node(None, *place, spoiled=True))
            case yaml.ScalarEvent():
                self._scalar(event, place)
            case yaml.CollectionStartEvent():
                self._start(event, place)
            case yaml.CollectionEndEvent():
                self._open.pop()
                self._step_up()

    def _count_value(self, place: tuple[int, int]) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            self.note(place, f"the file has more than {MAX_VALUES:,} keys and values; split it")
            raise _Stop

    def _scalar(self, event: yaml.ScalarEvent, place: tuple[int, int]) -> None:
        if self._waits_for_key():
            self._key(event, place)
            return
        self._step_down(place)
        self._refuse_anchor(event, place)
        try:
            node = Node(_value(event), *place)
        except _BadValueError as error:
            node = Node(None, *place, spoiled=True)
            self.fault(place, tuple(self._steps), str(error))
        self._attach(node)

    def _key(self, event: yaml.ScalarEvent, place: tuple[int, int]) -> None:
        steps = tuple(self._steps)
        key: Any = event.value
        try:
            if not isinstance(_value(event), str):
                self.fault(place, (*steps, key), "a key must be text", "put it in quotes")
        except _BadValueError as error:
            self.fault(place, (*steps, key), str(error))
        if key in self._open[-1].keys:
            self.fault(place, (*steps, key), "stands twice in this mapping", "keep one of the two")
        self._steps.append(key)
        self._key_place = place
        self._refuse_anchor(event, place)

    def _start(self, event: yaml.CollectionStartEvent, place: tuple[int, int]) -> None:
        self._step_down(place)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._refuse_anchor(event, place)
        if event.tag not in (None, f"{_CORE}map" if is_mapping else f"{_CORE}seq"):
            self.fault(place, tuple(self._steps), f"the tag {_tag(event.tag)} is not allowed", "remove it")
        if len(self._open) == MAX_NESTING:
            self.fault(place, tuple(self._steps), f"is nested more than {MAX_NESTING} levels deep")
            raise _Stop
        node = Node({} if is_mapping else [], *place)
        self._attach(node, open_it=True)

    def give_up(self) -> None:
        """Mark what was read last on every level as unfinished, so that nobody complains of what it lacks."""
        self.complete = False
        node = self.document
        while node is not None:
            node.spoiled = True
            node = next(reversed(node.children.values()), None)

    def _waits_for_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].data, dict) and len(self._steps) < len(self._open)

    def _step_down(self, place: tuple[int, int]) -> None:
        """Name the value that comes next: in a list by its position; in a mapping its key has done so."""
        if self._waits_for_key():
            self.fault(place, tuple(self._steps), "a key must be text")
            raise _Stop
        if self._open and isinstance(self._open[-1].data, list):
            self._steps.append(len(self._open[-1].data))

    def _step_up(self) -> None:
        if self._steps:
            self._steps.pop()

    def _attach(self, node: Node, *, open_it: bool = False) -> None:
        if not self._open:
            self.document = node
        else:
            parent, step = self._open[-1], self._steps[-1]
            # Of a key that stands twice the first is kept.
            if step not in parent.children:
                parent.add(step, node, self._key_place if isinstance(step, str) else None)
        if open_it:
            self._open.append(node)
        else:
            self._step_up()

    def _refuse_anchor(self, event: yaml.NodeEvent, place: tuple[int, int]) -> None:
        if event.anchor is not None:
            self.fault(place, tuple(self._steps), "anchors are not allowed", "write the value out")


def _value(event: yaml.ScalarEvent) -> Any:
    """What a scalar stands for."""
    text: str = event.value
    if character := control_character(text):
        raise _BadValueError(f"holds the control character {character}; remove it")
    if event.tag is None:
        kind = _RESOLVER.resolve(yaml.ScalarNode, text, event.implicit).removeprefix(_CORE)
        # Clock times, dates, grouped digits, `<<` and `=` are plain text, as in YAML 1.2.
        if kind not in ("null", *_NUMBERS_AND_TRUTH) or (kind in ("int", "float") and (":" in text or "_" in text)):
            return text
    elif event.tag == f"{_CORE}str":
        return text
    else:
        kind = event.tag.removeprefix(_CORE)
        if kind not in ("null", *_NUMBERS_AND_TRUTH) or not event.tag.startswith(_CORE):
            raise _BadValueError(f"the tag {_tag(event.tag)} is not allowed; remove it")
    if kind == "null":
        return None
    construct, words = _NUMBERS_AND_TRUTH[kind]
    if len(text) > MAX_NUMBER_LENGTH:
        raise _BadValueError(f"the number is longer than {MAX_NUMBER_LENGTH} characters")
    try:
        value = construct(yaml.ScalarNode(f"{_CORE}{kind}", text))
    except (ValueError, KeyError, IndexError):
        raise _BadValueError(f"{printable(text)!r} is not {words}") from None
    if isinstance(value, float) and not math.isfinite(value):
        raise _BadValueError("a number must be finite")
    return value


def _tag(tag: str) -> str:
    return printable(tag.replace(_CORE, "!!"))


def _place(error: yaml.MarkedYAMLError, text: str) -> tuple[int, int]:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, 1
    lines = text.count("\n") + 1
    # The end of a last line without a line end is told as a line of its own.
    return (mark.line + 1, mark.column + 1) if mark.line < lines else (lines, len(text) - text.rfind("\n"))


def _says(error: yaml.MarkedYAMLError) -> str:
    context = f" {error.context}" if error.context else ""
    problem = error.problem or "it cannot be read"
    hint = "; put text that holds a colon in quotes" if problem.startswith("mapping values") else ""
    return f"this is not valid YAML: {problem}{context}{hint}"
