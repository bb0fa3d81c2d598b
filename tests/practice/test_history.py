from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from dataclasses import FrozenInstanceError
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach import paths
from coach.errors import StorageError, UnknownIdError
from coach.practice.history import History
from tests.practice.conftest import MORNING, file_size_limit, new_attempt, read_only


def test_an_attempt_comes_back_as_it_was_given() -> None:
    given = new_attempt(answer="Räume — 数字 🎯\r\nend\x00of\tit")
    with History.open() as history:
        kept = history.add(given)
    with History.open() as history:
        (found,) = history.attempts()
    assert found == kept
    assert {name: getattr(found, name) for name in vars(given)} == vars(given)
    assert list(found.levels) == ["framing", "north_star", "counter_metric"]
    assert (found.id, len(found.uuid)) == (1, 36)


def test_times_are_kept_in_utc_and_need_a_zone() -> None:
    with History.open() as history:
        kept = history.add(new_attempt(finished_at=datetime.fromisoformat("2026-11-22T23:30:00+02:00")))
    assert kept.finished_at.isoformat() == "2026-11-22T21:30:00+00:00"
    with pytest.raises(ValueError, match="finished_at needs a time zone"):
        new_attempt(finished_at=datetime(2026, 11, 22))


def test_attempts_cannot_be_changed_in_memory() -> None:
    attempt = new_attempt()
    with pytest.raises(FrozenInstanceError):
        attempt.overall = 100  # type: ignore[misc]
    with pytest.raises(TypeError):
        attempt.levels["framing"] = 3  # type: ignore[index]


def test_an_attempt_is_plain_data_for_json() -> None:
    with History.open() as history:
        plain = json.loads(json.dumps(history.add(new_attempt()).as_dict()))
    assert plain["levels"] == {"framing": 2, "north_star": 3, "counter_metric": 1}
    assert plain["report"] == {"overall": 63}
    assert plain["finished_at"] == "2026-11-22T09:25:00+00:00"


def test_attempts_are_listed_newest_first_by_case_and_up_to_a_limit() -> None:
    with History.open() as history:
        for day, case in enumerate(["one", "two", "one"]):
            history.add(new_attempt(case=case, finished_at=MORNING + timedelta(days=day)))
        history.add(new_attempt(case="two", finished_at=MORNING - timedelta(days=9)))
        assert [attempt.id for attempt in history.attempts()] == [3, 2, 1, 4]
        assert [attempt.id for attempt in history.attempts(case="one")] == [3, 1]
        assert [attempt.id for attempt in history.attempts(limit=2)] == [3, 2]
        assert [attempt.id for attempt in history.attempts(case="two", limit=1)] == [2]
        assert history.attempts(limit=0) == history.attempts(case="three") == ()


def test_best_is_the_highest_score_and_the_newest_of_equals() -> None:
    with History.open() as history:
        for day, overall in enumerate([40, 71, 71, 12]):
            history.add(new_attempt(overall=overall, finished_at=MORNING + timedelta(days=day)))
        best = history.best("crm-writing-assistant")
        assert best is not None
        assert (best.overall, best.id) == (71, 3)
        assert history.best("never-tried") is None


def test_an_attempt_is_found_by_its_number() -> None:
    with History.open() as history:
        kept = history.add(new_attempt())
        assert history.attempt(kept.id) == kept
        with pytest.raises(UnknownIdError, match="unknown attempt '7'"):
            history.attempt(7)


def test_a_lone_surrogate_does_not_move_the_places_of_evidence() -> None:
    with History.open() as history:
        kept = history.add(new_attempt(answer="ab\ud83dcd"))
    assert kept.answer == "ab�cd"


def test_reading_makes_no_file(home: Path) -> None:
    with History.open() as history:
        assert history.attempts() == ()
        assert history.best("any") is None
        with pytest.raises(UnknownIdError):
            history.attempt(1)
    assert not home.exists()


def test_the_default_place_is_the_users_data_folder() -> None:
    with History.open() as history:
        history.add(new_attempt())
    assert paths.database().is_file()
    assert paths.data_dir().stat().st_mode & 0o077 == 0


def test_the_history_refuses_changes_and_deletions() -> None:
    with History.open() as history:
        history.add(new_attempt())
        path = history.path
    direct = sqlite3.connect(path)
    replacing = "INSERT OR REPLACE INTO attempts SELECT * FROM attempts WHERE id = 1"
    for statement in ("UPDATE attempts SET overall = 100", "DELETE FROM attempts", replacing):
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            direct.execute(statement)
    direct.close()
    with History.open() as history:
        assert [attempt.overall for attempt in history.attempts()] == [63]


def test_a_closed_history_says_so() -> None:
    history = History.open()
    history.close()
    history.close()
    with pytest.raises(StorageError, match="closed"):
        history.attempts()


ADD_MANY = """
import sys
from coach.practice.history import History
from tests.practice.conftest import new_attempt
with History.open() as history:
    for number in range(40):
        history.add(new_attempt(case=sys.argv[1], seconds_spent=number))
"""


def test_two_programs_add_at_once_without_loss() -> None:
    root = Path(__file__).parents[2]
    running = [
        subprocess.Popen([sys.executable, "-c", ADD_MANY, name], cwd=root, stderr=subprocess.PIPE, text=True)
        for name in ("left", "right")
    ]
    for process in running:
        _, complaints = process.communicate(timeout=60)
        assert (process.returncode, complaints) == (0, "")
    with History.open() as history:
        kept = history.attempts()
        assert history.notice is None
    for name in ("left", "right"):
        assert sorted(a.seconds_spent for a in kept if a.case == name) == list(range(40))
    assert len({attempt.uuid for attempt in kept}) == 80


def test_what_one_program_adds_another_sees() -> None:
    with History.open() as reader, History.open() as writer:
        assert reader.attempts() == ()
        writer.add(new_attempt())
        assert len(reader.attempts()) == 1


def test_threads_may_share_a_history() -> None:
    with History.open() as history:
        threads = [threading.Thread(target=lambda: history.add(new_attempt())) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(history.attempts()) == 8


def test_a_history_moved_away_while_open_is_begun_anew_at_its_place(home: Path) -> None:
    with History.open() as history:
        history.add(new_attempt(case="before"))
        paths.data_dir().rename(home / "moved")
        history.add(new_attempt(case="after"))
        assert [attempt.case for attempt in history.attempts()] == ["after"]
    with History.open(home / "moved" / paths.database().name) as moved:
        assert [attempt.case for attempt in moved.attempts()] == ["before"]


def test_a_read_only_home_can_be_read() -> None:
    with History.open() as history:
        history.add(new_attempt())
    with read_only(paths.data_dir()), History.open() as history:
        assert len(history.attempts()) == 1
        with pytest.raises(StorageError, match=r"cannot be written\n.*COACH_HOME") as caught:
            history.add(new_attempt())
        assert str(history.path) in str(caught.value)


def test_a_read_only_home_without_a_history_says_what_to_do(home: Path) -> None:
    home.mkdir()
    with read_only(home), History.open() as history:
        assert history.attempts() == ()
        with pytest.raises(StorageError, match=r"permission denied\n.*COACH_HOME"):
            history.add(new_attempt())


def test_a_file_in_the_way_of_the_folder_is_named(home: Path) -> None:
    home.write_text("not a folder")
    with History.open() as history, pytest.raises(StorageError, match=str(home)):
        history.add(new_attempt())


def test_a_full_disk_loses_nothing_that_was_kept() -> None:
    with History.open() as history:
        history.add(new_attempt())
        with file_size_limit(4096), pytest.raises(StorageError, match=r"free.*space"):
            history.add(new_attempt(answer="long " * 40_000))
        history.add(new_attempt(case="after"))
        assert [attempt.case for attempt in history.attempts()] == ["after", "crm-writing-assistant"]
