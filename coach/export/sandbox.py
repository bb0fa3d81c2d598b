"""Where templates run, ours and a company's own: they see values and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import PackageLoader, StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from coach.errors import UsageError
from coach.files import read_limited

MOST_BYTES = 5_000_000
"""Of a template."""
LONGEST_TEXT = 1_000_000
"""That a template may make by repeating."""
_METHODS = frozenset({"row", "in_layer"})
"""What templates may call on a model: our own look-ups. Pydantic's own methods open files and unpickle."""


# XML that a Word template's tags have torn apart is a fault of syntax to its parser.
_FAULTS = (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError, SyntaxError)


class Sandbox(ImmutableSandboxedEnvironment):
    """Refuses private names, changes, files, pydantic's machinery and texts that fill the memory."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Of models their fields, properties and look-ups; of other things what Jinja's sandbox allows."""
        model = obj if isinstance(obj, type) else type(obj)
        if issubclass(model, BaseModel):
            known = attr in model.model_fields or isinstance(getattr(model, attr, None), property)
            private = isinstance(obj, type) or attr.startswith(("_", "model_"))
            return not private and (known or attr in _METHODS)
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic, but nothing that grows without bound."""
        sizes = [len(side) if isinstance(side, (str, list, tuple)) else side for side in (left, right)]
        if any(isinstance(side, (str, list, tuple)) for side in (left, right)):
            if operator == "%":
                raise SecurityError("text cannot be formatted with %; use ~")
            if operator == "*" and sizes[0] * sizes[1] > LONGEST_TEXT:
                raise SecurityError(f"more than {LONGEST_TEXT:,} characters by repeating")
        if operator == "**" and (abs(sizes[0]) > 1000 or abs(sizes[1]) > 64):
            raise SecurityError("a power too large")
        return super().call_binop(context, operator, left, right)


def sandbox(finalize: Callable[[Any], Any], filters: Mapping[str, Callable[..., Any]], *, escape: bool) -> Sandbox:
    """A place for templates of one format.

    `finalize` is asked about every value before it is printed, `escape` says whether what it leaves as plain text
    is escaped for HTML. A name that does not exist is an error.
    """
    made = Sandbox(
        loader=PackageLoader("coach.export", "templates"),
        undefined=StrictUndefined,
        finalize=finalize,
        autoescape=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(filters)
    return made


def fill(place: Sandbox, name: str, values: Mapping[str, Any], own: Path | None = None) -> str:
    """A built-in template filled in, or the user's own in its stead.

    Own templates may extend and include the built-in ones. Raises `UsageError`, which names the own template, the
    line and what is wrong with it.
    """
    if own is None:
        return place.get_template(name).render(values)
    with TemplateFaults(own):
        return place.from_string(read_template(own)).render(values)


def read_template(path: Path) -> str:
    """The text of a user's template. Raises `UsageError`."""
    content = read_limited(path, MOST_BYTES, "template")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is no text in UTF-8, which a template is") from None


class TemplateFaults:
    """A block in which what is wrong with a user's template becomes a `UsageError` that names it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: Any) -> None:
        if not isinstance(error, _FAULTS):
            return
        place = f"{self._path}{_line(error, trace)}"
        said = re.sub(r"'coach\.[\w.]+ object'", "this", " ".join(str(error).split()))[:300]
        if isinstance(error, SecurityError):
            raise UsageError(f"{place}: refused: {said}; templates may read the values they are given") from None
        if isinstance(error, TemplateNotFound):
            raise UsageError(f"{place}: there is no built-in template {said!r}; other files are not read") from None
        raise UsageError(f"{place}: {said}") from None


def _line(error: BaseException, trace: Any) -> str:
    """The line of the template: a syntax error knows it, others have it in their last frame within the template."""
    if isinstance(error, TemplateSyntaxError):
        return f":{error.lineno}"
    line = ""
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = f":{trace.tb_lineno}"
        trace = trace.tb_next
    return line
