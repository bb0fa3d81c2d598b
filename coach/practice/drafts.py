"""Answers being written: saved as they grow, and never lost to a crash, a full disk or a second window."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from coach import paths
from coach.errors import StorageError
from coach.files import set_aside, write_atomically
from coach.practice.draft_files import Stored, decode, encode, file_stem, salvage
from coach.practice.locking import locked
from coach.practice.models import Draft
from coach.practice.rescue import rescue, writable_folder

ARCHIVED = 5
"""How many discarded drafts of a case are kept."""


class Drafts:
    """The drafts of one user as one open program sees them. `StorageError` if the folder cannot be used."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or paths.drafts_dir()
        self.notice: str | None = None
        """What the user should be told: a damaged draft was set aside, or another window's text was kept."""
        self._writer = uuid4().hex[:8]
        self._seen: dict[str, str] = {}

    def load(self, case: str) -> Draft | None:
        """The draft of a case, or what can be read of a damaged one, which is set aside; None without any."""
        path = self._path(case)
        with self._explained():
            try:
                stored = decode(path.read_bytes())
                if stored is None:
                    return self._recover(case, path)
            except FileNotFoundError:
                return None
        self._seen[case] = stored.revision
        return stored.draft

    def save(self, case: str, text: str, *, seconds_spent: int, hints_used: int) -> None:
        """Save a draft; it is on the disk when this returns.

        If another program has saved a different text for the case since this one last read or saved it, that
        text is kept beside it first, and `notice` says where.
        """
        now = datetime.now(UTC)
        draft = Draft(case=case, text=text, seconds_spent=seconds_spent, hints_used=hints_used, saved_at=now)
        stored = Stored(draft, self._writer, uuid4().hex[:12])
        path = self._path(case)
        with self._explained(), self._alone():
            self._keep_other(case, path, text, now)
            write_atomically(path, encode(stored), mode=0o600)
            # Under the lock still, so that another thread's save knows this one for its own.
            self._seen[case] = stored.revision

    def discard(self, case: str) -> None:
        """Move the draft of a case to the archive, which holds the last few; harmless if there is none."""
        path = self._path(case)
        with self._explained():
            if not path.exists():
                return
            # Another window may put it away first.
            with self._alone(), contextlib.suppress(FileNotFoundError):
                self._put_away(case, path, datetime.now(UTC))
        self._seen.pop(case, None)

    def all(self) -> tuple[Draft, ...]:
        """The drafts of all cases, the last saved first; damaged ones are left for `load` to deal with."""
        with self._explained():
            return _read_all(path for path in self.folder.glob("*.json") if path.name.count(".") == 1)

    def kept(self, case: str) -> tuple[Draft, ...]:
        """Other texts for a case, the last saved first: what other windows wrote, and what was discarded."""
        stem = file_stem(case)
        with self._explained():
            return _read_all([*self.folder.glob(f"{stem}.other-*.json"), *self._archive.glob(f"{stem}.*.json")])

    @property
    def _archive(self) -> Path:
        return self.folder / "archive"

    def _path(self, case: str) -> Path:
        return self.folder / f"{file_stem(case)}.json"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with locked(self.folder / ".lock"):
            yield

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            first = "free some space, or " if error.errno in (errno.ENOSPC, errno.EDQUOT) else ""
            place = writable_folder()
            advice = (
                f"{first}set COACH_HOME to a folder that can be written, such as {place / 'coach-home'}"
                if place
                else "no other folder can be written either: copy your text from the screen"
            )
            raise StorageError(f"cannot use the drafts in {self.folder}: {reason}\n{advice}") from error

    def _recover(self, case: str, path: Path) -> Draft | None:
        """Set a damaged draft aside and return what can be read of it."""
        now = datetime.now(UTC)
        data = path.read_bytes()
        where = f"is left at {path}"
        with contextlib.suppress(OSError), self._alone():
            data = path.read_bytes()
            # Another window may have saved a good one in the meantime.
            if (stored := decode(data)) is not None:
                return stored.draft
            where = f"has been set aside as {set_aside(path, 'damaged', now)}"
        text = salvage(data)
        outcome = "What could be read of it is shown" if text else "Nothing could be read of it"
        self.notice = f"The draft for {case} was damaged and {where}. {outcome}."
        if not text:
            return None
        return Draft(case=case, text=text, seconds_spent=0, hints_used=0, saved_at=now, recovered=True)

    def _keep_other(self, case: str, path: Path, text: str, now: datetime) -> None:
        """Before `text` replaces a file: keep what another program wrote there, unless `text` holds it."""
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return
        if (stored := decode(data)) is None:
            self.notice = f"The draft for {case} was damaged and is kept as {set_aside(path, 'damaged', now)}."
        elif stored.revision != self._seen.get(case) and stored.draft.text.strip() not in text:
            self._keep(path, stored, data, now)

    def _keep(self, path: Path, stored: Stored, data: bytes, now: datetime) -> None:
        # Two windows that save in turn keep one file each, not one a save.
        earlier = next(self.folder.glob(f"{path.stem}.other-*-{stored.writer}.json"), None)
        target = earlier or path.with_name(f"{path.stem}.other-{now:%Y%m%d-%H%M%S}-{stored.writer}.json")
        write_atomically(target, data, mode=0o600)
        self.notice = f"Another window has been writing an answer to {stored.draft.case}. Its text is kept as {target}."

    def _put_away(self, case: str, path: Path, now: datetime) -> None:
        data = path.read_bytes()
        stored = decode(data)
        if stored is None:
            set_aside(path, "damaged", now)
        elif stored.draft.text.strip() and stored.revision != self._seen.get(case):
            self._keep(path, stored, data, now)
            path.unlink()
        elif stored.draft.text.strip():
            self._archive.mkdir(exist_ok=True, mode=0o700)
            set_aside(path, "discarded", now, folder=self._archive)
            for old in _newest_first(self._archive.glob(f"{path.stem}.*.json"))[ARCHIVED:]:
                old.unlink()
        else:
            path.unlink()


def _newest_first(files: Iterable[Path]) -> list[Path]:
    return sorted(files, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def _read_all(files: Iterable[Path]) -> tuple[Draft, ...]:
    drafts = []
    for path in files:
        # Another program may have moved a file away since the folder was listed.
        with contextlib.suppress(FileNotFoundError):
            if (stored := decode(path.read_bytes())) is not None:
                drafts.append(stored.draft)
    return tuple(sorted(drafts, key=lambda draft: (draft.saved_at, draft.case), reverse=True))


__all__ = ["ARCHIVED", "Draft", "Drafts", "rescue"]
