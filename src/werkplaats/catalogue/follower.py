"""Keeping the text index like the hall: one process for each folder, under ``werkplaats serve``.

It looks every tenth of a second whether anything changed (``core.freshness``), and reads it. At its start, after it
lost the database, and when a reader met something unreadable, it compares the whole index with the whole table and
mends what differs. That one comparison is what makes a new, lost, damaged or outdated folder right, and one beside a
restored or copied database.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import IO

import tantivy
from django.conf import settings
from django.db import Error, connection

from werkplaats.catalogue import changes, index
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock, freshness

PAUSE_SECONDS = 0.1
# So often it looks at everything that may be otherwise, also when nobody said that something changed.
_ANYWAY_SECONDS = 1.0
# After something went wrong: long enough not to storm, short enough that nobody waits.
_SETBACK_SECONDS = 1.0
# What escapes all else, such as rows put back by hand under their old numbers, is found within the hour.
_COMPARE_SECONDS = 3600.0
# What was withdrawn is out of search at once, and out of the files of the index within this time.
_FORGET_SECONDS = 24 * 3600.0
_BATCH = 2000
_HEAP_BYTES = 64_000_000
# With more differences than this the table answers until they are mended.
_MANY = 1000
_logger = logging.getLogger(__name__)


class Follower:
    """Follows the entries into one folder; ``step`` does what there is to do now."""

    def __init__(self, folder: index.Folder) -> None:
        self.folder = folder
        self.state = index.State(index.version())
        self._owned: IO[bytes] | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._database = ""
        # All transactions below this number had ended when we last looked.
        self._since = 0
        # What was read since the point to read on from: it comes by again and is passed over.
        self._seen: dict[int, int] = {}
        self._mark: tuple[int, int, int] | None = None
        self._compared = 0.0

    def step(self) -> int:
        """Bring the index up to date; the number of entries that were written or left.

        Raises django.db.Error when the database is away; ValueError or OSError when the folder cannot be written,
        BlockingIOError when another process writes there.
        """
        changed = self._catch_up(self._writer) if self._writer and not self._is_upset() else self._begin()
        if self.folder.mark() != self._mark:
            self._keep()
        self.folder.live()
        return changed

    def close(self) -> None:
        """Stop writing; another process may begin."""
        self._writer = None
        if self._owned:
            self._owned.close()
        self._owned = None

    def _is_upset(self) -> bool:
        """Whether what we hold in mind may no longer fit what is on disk or in the database."""
        return (
            self.folder.is_suspect()
            or self.folder.state() is None
            or self._database != changes.database()
            or changes.settled() < self._since
            or time.monotonic() - self._compared > _COMPARE_SECONDS
            or self._must_forget(self.state)
        )

    def _must_forget(self, state: index.State) -> bool:
        return 0 < state.forget_by < clock.now().timestamp()

    def _begin(self) -> int:
        """Open the folder, make it anew when it is not sound, and mend every difference with the table."""
        self._writer = None
        self._owned = self._owned or self.folder.own()
        self.folder.path.mkdir(parents=True, exist_ok=True)
        if self._database not in {"", changes.database()}:
            # A replaced file of SQLite is read only by a new connection.
            connection.close()
        state = self.folder.state()
        if state is None or self.folder.is_suspect() or self._must_forget(state) or not self.folder.is_whole(state):
            self.folder.wipe()
            state = index.State(index.version())
        opened = self.folder.open(create=True)
        self._writer = opened.writer(_HEAP_BYTES, 1)
        self.state, self._seen, self._database = state, {}, changes.database()
        self._since = changes.settled()
        changed = self._mend(self._writer, index.stamps(opened.searcher()))
        self.state.ready = True
        self._compared = time.monotonic()
        self._keep()
        return changed

    def _mend(self, writer: tantivy.IndexWriter, held: dict[int, int]) -> int:
        """Write what the table has otherwise, remove what it does not have."""
        rows = Entry.objects.living().values_list("pk", "uid", "datestamp", "changed_in")
        wrong, gone = [], set(held)
        for pk, uid, datestamp, changed_in in rows.iterator(chunk_size=_BATCH):
            stamp = index.stamp(uid, datestamp, changed_in)
            if held.get(pk) == stamp:
                gone.discard(pk)
            else:
                wrong.append(pk)
            if changed_in >= self._since:
                self._seen[pk] = stamp
        if len(gone.union(wrong)) > _MANY and self.state.ready:
            self.state.ready = False
            self._keep()
        index.write(writer, gone, [])
        if gone.difference(wrong):
            self._note_gone()
        for start in range(0, len(wrong), _BATCH):
            index.write(writer, (), Entry.objects.living().filter(pk__in=wrong[start : start + _BATCH]))
        writer.commit()
        return len(gone.union(wrong))

    def _catch_up(self, writer: tantivy.IndexWriter) -> int:
        """Read on from where all transactions had ended; rows met before are passed over."""
        settled = changes.settled()
        rows = Entry.objects.filter(changed_in__gte=self._since)
        stamps = {
            pk: index.stamp(uid, datestamp, changed_in)
            for pk, uid, datestamp, changed_in in rows.values_list("pk", "uid", "datestamp", "changed_in")
        }
        fresh = [pk for pk, stamp in stamps.items() if self._seen.get(pk) != stamp]
        for start in range(0, len(fresh), _BATCH):
            pks = fresh[start : start + _BATCH]
            living = list(Entry.objects.living().filter(pk__in=pks))
            index.write(writer, pks, living)
            if len(living) < len(pks):
                self._note_gone()
        if fresh:
            writer.commit()
            self._keep()
        self._since, self._seen = settled, stamps
        return len(fresh)

    def _note_gone(self) -> None:
        self.state.forget_by = self.state.forget_by or clock.now().timestamp() + _FORGET_SECONDS

    def _keep(self) -> None:
        self.state.files = self.folder.checksums(self.state.files)
        self.folder.keep(self.state)
        self._mark = self.folder.mark()


def follow(*, stop: Callable[[], bool]) -> None:
    """Follow until told to stop. What goes wrong is logged, and tried again."""
    follower = Follower(index.Folder(settings.SEARCH_FOLDER))
    told, known, stepped = "", "", 0.0
    while not stop():
        pause = PAUSE_SECONDS
        try:
            # Asked before reading: what is written meanwhile is read the next time.
            word = freshness.word()
            if word == known and time.monotonic() - stepped < _ANYWAY_SECONDS:
                follower.folder.live()
            else:
                follower.step()
                known, stepped = word, time.monotonic()
            told = ""
        except (Error, OSError, ValueError) as error:
            # The folder or the database is away: begin anew when it is back, and say it once.
            if str(error) != told:
                _logger.warning("De zoekindex wacht: %s", error)
            told, known, pause = str(error), "", _SETBACK_SECONDS
            follower.close()
            connection.close()
        time.sleep(pause)
    follower.close()
