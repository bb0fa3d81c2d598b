"""What every entry of the knowledge base shares."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints


class Entry(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""A stable identifier: lower-case words and digits joined by single hyphens."""

EventName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=64)]
"""An event or field name as a warehouse would hold it: snake_case, no double underscore."""

Text = Annotated[str, StringConstraints(min_length=1)]
"""Prose; never empty."""
