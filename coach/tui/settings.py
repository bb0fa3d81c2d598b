"""What the user chose about the app itself, kept in one small file that a person can read and edit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from coach import paths
from coach.errors import StorageError
from coach.files import set_aside, write_atomically

LIMIT = 64 * 1024
"""Bytes; a larger settings file is not ours."""


@dataclass(frozen=True)
class Settings:
    """Remembered choices; all have defaults."""

    theme: str = "dark"
    coverage: bool = True
    clock: bool = True
    keys: Mapping[str, str] = field(default_factory=dict)
    """Action id to comma-separated keys, for those that the user wants elsewhere."""


def settings_path() -> Path:
    """Where the file is."""
    return paths.config_dir() / "settings.json"


def load_settings() -> tuple[Settings, str | None]:
    """The settings, and a notice if the file was damaged and has been set aside. Never raises."""
    path = settings_path()
    try:
        with path.open("rb") as stream:
            data = stream.read(LIMIT + 1)
    except FileNotFoundError:
        return Settings(), None
    except OSError as error:
        return Settings(), f"cannot read {path}: {(error.strerror or str(error)).lower()}; using the defaults"
    try:
        if len(data) > LIMIT:
            raise ValueError("too large")
        return _checked(json.loads(data)), None
    except (ValueError, TypeError, RecursionError):
        return Settings(), _put_away(path)


def save_settings(settings: Settings) -> None:
    """Write the file in one step. Raises `StorageError` if it cannot be written."""
    path = settings_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(asdict(settings), indent=2, sort_keys=True).encode() + b"\n")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StorageError(f"cannot remember this choice: {reason}: {path}") from None


def changed(settings: Settings, **values: Any) -> Settings:
    """The settings with some values changed."""
    return replace(settings, **values)


def _checked(data: Any) -> Settings:
    if not isinstance(data, dict):
        raise TypeError("settings must be an object")
    kinds = {"theme": str, "coverage": bool, "clock": bool, "keys": dict}
    known = {item.name: data[item.name] for item in fields(Settings) if item.name in data}
    for name, value in known.items():
        if not isinstance(value, kinds[name]):
            raise TypeError(f"{name} has the wrong type")
    if not all(isinstance(part, str) for pair in known.get("keys", {}).items() for part in pair):
        raise TypeError("keys must map ids to keys")
    return Settings(**known)


def _put_away(path: Path) -> str:
    try:
        aside = set_aside(path, "damaged", datetime.now())
    except OSError:
        return f"{path} cannot be read as settings; using the defaults"
    return f"the settings were damaged and are now in {aside}; using the defaults"
