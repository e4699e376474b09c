"""The text index: a folder of derived data that can be thrown away at any moment.

Written by the follower only (``follower.py``), read by every web process. ``state.json`` beside the index says what
it holds and whether it may be used; the date of the file ``alive`` is the follower's sign of life.
"""

from __future__ import annotations

import fcntl
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import blake2b
from importlib.metadata import version as installed
from pathlib import Path
from typing import IO, Any

import tantivy

from werkplaats.catalogue.language import fields, fields_of_names, fingerprint
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock, registry
from werkplaats.core.models import Visibility

# Raise it when a field is added or means something else: older folders are then made anew.
_FORM = 2
# Without a sign of life for this long the follower is taken for gone, and what the index says for old.
_SILENT_SECONDS = 15.0
# What is not public, whoever may see it.
CLOSED = "besloten"
_STATE = "state.json"
_ALIVE = "alive"
_READ = 100_000
_SUSPECT = "suspect"


@cache
def version() -> str:
    """What an index must have been made with to be of use."""
    return f"{_FORM}-{installed('tantivy')}-{fingerprint()}"


@cache
def schema() -> tantivy.Schema:
    """The fields. Words stand there bare, by root, and (compounds) by the roots of their parts."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("pk", indexed=True, fast=True)
    builder.add_integer_field("stamp", fast=True)
    builder.add_integer_field("newest", fast=True)
    builder.add_text_field("name", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("audience", tokenizer_name="raw", index_option="basic")
    builder.add_json_field("facets", fast=True, tokenizer_name="raw", index_option="basic")
    for name, option in (
        ("title_words", "freq"), ("title_roots", "freq"), ("words", "position"), ("roots", "freq"), ("parts", "freq"),
    ):  # fmt: skip
        builder.add_text_field(name, tokenizer_name="spaced", index_option=option)
    return builder.build()


def document(entry: Entry) -> tantivy.Document:
    """How an entry stands in the index."""
    of_names = entry.kind in registry.sources and registry.sources[entry.kind].of_names
    read = fields_of_names if of_names else fields
    title, names = read(entry.title), fields_of_names(entry.names)
    text = read(f"{entry.title}\n{entry.summary}\n{entry.body}")
    return tantivy.Document.from_dict(
        {
            "pk": entry.pk,
            "stamp": stamp(entry.uid, entry.datestamp, entry.changed_in),
            "newest": newest(entry),
            # The uid parts equal titles, so that pages never overlap.
            "name": f"{title.words[:120]}\x1f{entry.uid}",
            "kind": entry.kind,
            "audience": _audience(entry),
            "facets": entry.facets,
            "title_words": title.words,
            "title_roots": title.roots,
            "words": f"{text.words} {names.words}",
            "roots": f"{text.roots} {names.roots}",
            "parts": text.parts,
        },
        schema(),
    )


def stamp(uid: str, datestamp: Any, changed_in: int) -> int:
    """A number that differs when an entry was written anew: 62 bits of a hash."""
    said = f"{uid} {datestamp.timestamp()} {changed_in}".encode()
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big") >> 2


def newest(entry: Entry) -> int:
    """Sorts by day of publishing in seconds, then by age of the row; what has no date comes last."""
    seconds = int(entry.published_at.timestamp()) if entry.published_at else 0
    return (seconds << 31) + entry.pk % (1 << 31)


def _audience(entry: Entry) -> list[str]:
    """Who may see it; of what is not public also that, so that the public's own filter is only what it leaves out."""
    if entry.visibility == Visibility.PUBLIC:
        return [str(Visibility.PUBLIC)]
    if entry.visibility == Visibility.WERKPLAATS:
        own = entry.facets.get("werkplaats", [])
        return [CLOSED, *(f"{Visibility.WERKPLAATS}:{uid}" for uid in own)]
    return [CLOSED, str(entry.visibility)]


@dataclass
class State:
    """What stands in ``state.json``. ``ready``: it holds all that the table does.

    ``forget_by``: when the index is made anew at the latest, for words that left stay in its files until then; a
    moment in seconds, 0 when nothing left. ``files``: a checksum of each file of the index; once written they never
    change.
    """

    version: str
    ready: bool = False
    forget_by: float = 0.0
    files: dict[str, int] = field(default_factory=dict)


class Folder:
    """One index on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def open(self, *, create: bool = False) -> tantivy.Index:
        """The index; ``create`` makes an empty one when there is none. Raises ValueError or OSError when broken."""
        if create:
            self.path.mkdir(parents=True, exist_ok=True)
            index = tantivy.Index(schema(), str(self.path))
        else:
            index = tantivy.Index.open(str(self.path))
        spaced = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("spaced", spaced)
        return index

    def state(self) -> State | None:
        """What it holds; nothing when there is no index, or one made with other words or fields."""
        try:
            found = State(**json.loads((self.path / _STATE).read_text()))
        except (OSError, ValueError, TypeError):
            return None
        return found if found.version == version() else None

    def keep(self, state: State) -> None:
        """Write the state, whole or not at all."""
        made = self.path / f"{_STATE}.new"
        made.write_text(json.dumps(asdict(state)))
        made.replace(self.path / _STATE)

    def live(self) -> None:
        """A sign of life."""
        now = clock.now().timestamp()
        (self.path / _ALIVE).touch()
        os.utime(self.path / _ALIVE, (now, now))

    def mark(self) -> tuple[int, int, int] | None:
        """Changes with every commit and every state; nothing when the index is away or its follower silent."""
        try:
            alive = (self.path / _ALIVE).stat().st_mtime
            state, made = (self.path / _STATE).stat(), (self.path / "meta.json").stat()
        except OSError:
            return None
        if clock.now().timestamp() - alive > _SILENT_SECONDS:
            return None
        return (made.st_mtime_ns, made.st_ino, state.st_mtime_ns)

    def suspect(self) -> None:
        """Tell the follower that something cannot be read."""
        if self.path.is_dir():
            (self.path / _SUSPECT).touch()

    def is_suspect(self) -> bool:
        """Whether a reader ran into something."""
        return (self.path / _SUSPECT).exists()

    def checksums(self, known: dict[str, int]) -> dict[str, int]:
        """Of all files of the index; those in ``known`` are not read again."""
        names = [path.name for path in self._files()]
        return {name: known[name] if name in known else self._checksum(name) for name in names}

    def is_whole(self, state: State) -> bool:
        """Whether every file in use is as it was written. A merge of the last moment may have made others since."""
        try:
            used = self._segments()
            kept = {name: value for name, value in state.files.items() if name.partition(".")[0] in used}
            return all(self._checksum(name) == value for name, value in kept.items())
        except (OSError, ValueError, KeyError):
            return False

    def wipe(self) -> None:
        """Throw everything away; first what says that it may be used. Only for who has it (``own``)."""
        for path in [self.path / _STATE, *self.path.iterdir()]:
            path.unlink(missing_ok=True)

    def own(self) -> IO[bytes]:
        """The right to write here, until the answer is closed. Raises BlockingIOError when another process has it."""
        self.path.mkdir(parents=True, exist_ok=True)
        lock = self.path.with_name(f"{self.path.name}.lock").open("wb")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            raise
        return lock

    def _files(self) -> Iterator[Path]:
        used = self._segments()
        for path in sorted(self.path.iterdir()):
            if path.name.partition(".")[0] in used:
                yield path

    def _segments(self) -> set[str]:
        meta = json.loads((self.path / "meta.json").read_text())
        return {segment["segment_id"].replace("-", "") for segment in meta["segments"]}

    def _checksum(self, name: str) -> int:
        found = 0
        with (self.path / name).open("rb") as file:
            while chunk := file.read(1 << 20):
                found = zlib.crc32(chunk, found)
        return found


def stamps(searcher: tantivy.Searcher) -> dict[int, int]:
    """Row -> stamp of all that is in the index."""
    found: dict[int, int] = {}
    everything = tantivy.Query.all_query()
    for start in range(0, searcher.num_docs, _READ):
        some = [address for _, address in searcher.search(everything, _READ, count=False, offset=start).hits]
        values = searcher.fast_field_values("stamp", some)
        for pk, value in zip(searcher.fast_field_values("pk", some), values, strict=True):
            found[int(pk or 0)] = int(value or 0)
    return found


def write(writer: tantivy.IndexWriter, gone: Iterable[int], entries: Iterable[Entry]) -> None:
    """Remove the rows in ``gone``, then add these. Seen by readers after the commit."""
    for pk in gone:
        writer.delete_documents_by_term("pk", pk)
    for entry in entries:
        writer.add_document(document(entry))
