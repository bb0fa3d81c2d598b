"""Where the user's files live: the only place that decides it.

`COACH_HOME` moves everything to one folder; else the XDG variables are honoured on every system, and the
platform's own folders are used where they are unset. Nothing is created here.
"""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import PlatformDirs

APP = "metric-coach"


def _folder(xdg: str, inside_home: str, platform_default: str) -> Path:
    if home := os.environ.get("COACH_HOME"):
        return Path(home).expanduser().absolute() / inside_home
    # The XDG specification says that relative values are to be ignored.
    if (base := os.environ.get(xdg)) and Path(base).expanduser().is_absolute():
        return Path(base).expanduser() / APP
    return Path(platform_default)


def data_dir() -> Path:
    """Attempts and drafts: what must never be lost."""
    return _folder("XDG_DATA_HOME", "data", PlatformDirs(APP, appauthor=False).user_data_dir)


def config_dir() -> Path:
    """Settings the user chose."""
    return _folder("XDG_CONFIG_HOME", "config", PlatformDirs(APP, appauthor=False).user_config_dir)


def cache_dir() -> Path:
    """What can be made again: the compiled knowledge base."""
    return _folder("XDG_CACHE_HOME", "cache", PlatformDirs(APP, appauthor=False).user_cache_dir)


def database() -> Path:
    """The attempts."""
    return data_dir() / "history.sqlite3"


def drafts_dir() -> Path:
    """Answers being written."""
    return data_dir() / "drafts"


def all_paths() -> dict[str, Path]:
    """Every path by what it holds, for `coach paths`."""
    return {
        "data": data_dir(),
        "config": config_dir(),
        "cache": cache_dir(),
        "history": database(),
        "drafts": drafts_dir(),
    }
