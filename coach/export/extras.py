"""Libraries that only some formats need."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from coach.errors import UsageError


def need(module: str, extra: str, what: str) -> Any:
    """A module of an optional library. Raises `UsageError`, which says what to install, if it is missing."""
    try:
        return import_module(module)
    except ModuleNotFoundError as missing:
        if missing.name and missing.name.split(".")[0] != module.split(".")[0]:
            raise
        raise UsageError(f"{what} needs an extra: run `pip install 'metric-coach[{extra}]'`") from None
