from __future__ import annotations

from collections.abc import Iterator

import pytest

from coach.knowledge.base import Base, load_base


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    """The built-in knowledge, compiled into a home of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(tmp_path_factory.mktemp("home")))
        yield load_base()
