"""The trail: from an entry to all that it came from and led to, both ways, over the ties between records.

What the viewer may not see takes no part in any way: it is left out before anything is walked, counted or cut, so a
trail is the same whether it exists or not. Only what the viewer could see before and that was removed leaves a mark.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from werkplaats.catalogue import story
from werkplaats.catalogue.models import Entry, Link
from werkplaats.core.actors import ANYONE, Viewer

STEPS = 6
# Of one step so many others are shown, and so many in all: "en nog n" says what is left.
BREADTH, MOST, MOST_ENDS = 12, 120, 40
# Databases take so many values in one question.
_BATCH = 400


class Tie(NamedTuple):
    """A tie as it is kept: from the later record to the earlier."""

    source: str
    tie: str
    target: str


@dataclass(frozen=True)
class Step:
    """An entry on the trail. ``parent``: the step that it was first reached from; ``by``: their ties.

    ``more``: how many steps hang on it that are not shown. ``gone``: something hung on it that was public once.
    """

    entry: Entry
    distance: int
    parent: str = ""
    by: tuple[Tie, ...] = ()
    more: int = 0
    gone: bool = False

    @property
    def uid(self) -> str:
        """The uid of its entry."""
        return self.entry.uid

    @property
    def stage(self) -> str:
        """Where in the story it stands."""
        return story.stage_of(self.entry.kind)


@dataclass(frozen=True)
class Trail:
    """``steps``: the start first, then by distance. ``ties``: all ties between them.

    ``ends``: what steps belong to or are about (themes, places, organisations), each with the ties to it;
    ``more_ends``: how many of those are not shown.
    """

    steps: list[Step]
    ties: list[Tie]
    ends: list[tuple[Entry, list[Tie]]] = field(default_factory=list)
    more_ends: int = 0

    @property
    def start(self) -> Step:
        """Where the walk began."""
        return self.steps[0]

    @property
    def gaps(self) -> list[story.Gap]:
        """What one would expect and nobody knows of; nothing from a theme, a place or an organisation."""
        begin = self.start.entry
        return [] if story.is_hub(begin.kind) else story.gaps(begin, self.entries.values())

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The entry of each step."""
        return {step.uid: step.entry for step in self.steps}

    @cached_property
    def children(self) -> dict[str, list[Step]]:
        """Of each step those that were first reached from it."""
        found: dict[str, list[Step]] = defaultdict(list)
        for step in self.steps[1:]:
            found[step.parent].append(step)
        return found


class _Seen(NamedTuple):
    """The little that walking must know of an entry: much is looked at that is not shown."""

    uid: str
    kind: str
    title: str


@dataclass
class _Walk:
    """What was found so far: the visible entries that were looked at, and the ties between them."""

    viewer: Viewer
    entries: dict[str, _Seen] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    looked: set[str] = field(default_factory=set)
    ties: dict[str, set[Tie]] = field(default_factory=lambda: defaultdict(set))

    def look(self, uids: Iterable[str]) -> None:
        """Read the ties of these, and the entries at the other ends."""
        wanted = sorted(set(uids) - self.looked)
        self.looked.update(wanted)
        found: set[Tie] = set()
        for start in range(0, len(wanted), _BATCH):
            some = wanted[start : start + _BATCH]
            for end in ("source__in", "target__in"):
                found.update(Tie(*row) for row in Link.objects.filter(**{end: some}).values_list(*Tie._fields))
        self.read({uid for tie in found for uid in (tie.source, tie.target)})
        for tie in found:
            if tie.source != tie.target:
                self.ties[tie.source].add(tie)
                self.ties[tie.target].add(tie)

    def read(self, uids: set[str]) -> None:
        """Read those of these entries that the viewer may see; remember of which that they are no longer there."""
        wanted = sorted(uids - self.entries.keys() - self.removed)
        for start in range(0, len(wanted), _BATCH):
            rows = Entry.objects.ever_visible_to(self.viewer).filter(uid__in=wanted[start : start + _BATCH])
            for *known, removed_at in rows.values_list(*_Seen._fields, "removed_at"):
                seen = _Seen(*known)
                if removed_at is None:
                    self.entries[seen.uid] = seen
                elif not story.is_hub(seen.kind):
                    self.removed.add(seen.uid)

    def whole(self, uids: Iterable[str]) -> dict[str, Entry]:
        """These entries themselves, as they are shown."""
        rows = Entry.objects.visible_to(self.viewer).filter(uid__in=list(uids))
        return {entry.uid: entry for entry in rows.defer("body", "haystack", "names")}

    def beside(self, uid: str) -> dict[str, list[Tie]]:
        """The visible entries that hang on this one, each with their ties."""
        found: dict[str, list[Tie]] = defaultdict(list)
        for tie in sorted(self.ties[uid]):
            other = tie.target if tie.source == uid else tie.source
            if other in self.entries:
                found[other].append(tie)
        return found

    def lost(self, uid: str) -> bool:
        """Whether something hung on this one that this viewer could see once."""
        return any({tie.source, tie.target} & self.removed for tie in self.ties[uid])

    def is_end(self, uid: str) -> bool:
        """Whether the walk ends there."""
        return story.is_hub(self.entries[uid].kind)

    def order(self, uid: str) -> tuple[int, str, str]:
        """Along the story, and by name: whatever the database gave first."""
        entry = self.entries[uid]
        return story.place_of(story.stage_of(entry.kind)), entry.title.lower(), uid


def trail_of(
    uid: str, *, viewer: Viewer = ANYONE, steps: int = STEPS, breadth: int = BREADTH, most: int = MOST
) -> Trail | None:
    """The trail of this entry for this viewer; None when there is no such entry for them.

    A theme, place or organisation ends the walk; from one of those only what hangs on itself is shown. Three questions
    to the database a step, however many there are.
    """
    walk = _Walk(viewer)
    walk.read({uid})
    if uid not in walk.entries:
        return None
    from_hub = story.is_hub(walk.entries[uid].kind)
    far = 1 if from_hub else steps
    reached: dict[str, tuple[int, str]] = {uid: (0, "")}
    edge = [uid]
    for distance in range(1, far + 1):
        walk.look(edge)
        found = _onward(walk, edge, reached, breadth=most if from_hub else breadth, room=most - len(reached))
        reached.update((other, (distance, parent)) for other, parent in found.items())
        edge = list(found)
    # What hangs on the last ones is counted, not shown.
    walk.look(edge)
    made = _made(walk, reached, far)
    return made if made.steps and made.start.uid == uid else None


def _onward(walk: _Walk, edge: list[str], reached: Mapping[str, object], *, breadth: int, room: int) -> dict[str, str]:
    """New steps beside those at the edge, each with where it was reached from; all of the edge in turn get one."""
    offered = []
    for uid in edge:
        new = [one for one in walk.beside(uid) if one not in reached and not walk.is_end(one)]
        offered.append([(one, uid) for one in sorted(new, key=walk.order)[:breadth]])
    found: dict[str, str] = {}
    for one, parent in (pair for turn in zip_longest(*offered) for pair in turn if pair):
        if one not in found and len(found) < room:
            found[one] = parent
    return found


def _made(walk: _Walk, reached: Mapping[str, tuple[int, str]], far: int) -> Trail:
    ties: set[Tie] = set()
    ends: dict[str, list[Tie]] = defaultdict(list)
    left: dict[str, int] = {}
    for uid, (distance, _parent) in reached.items():
        beside = walk.beside(uid)
        left[uid] = sum(one not in reached and not walk.is_end(one) for one in beside)
        for other, between in beside.items():
            if other in reached:
                ties.update(between)
            elif walk.is_end(other) and distance < far:
                ends[other] += between
    known = sorted(ends, key=lambda uid: (-len(ends[uid]), walk.entries[uid].title.lower(), uid))
    shown = known[:MOST_ENDS]
    entries = walk.whole([*reached, *shown])
    steps = [
        Step(
            entries[uid], distance, parent, tuple(walk.beside(uid)[parent]) if parent else (), left[uid], walk.lost(uid)
        )
        for uid, (distance, parent) in reached.items()
        # Gone between two questions to the database: then it is not shown either.
        if uid in entries
    ]
    kept = sorted(tie for tie in ties if tie.source in entries and tie.target in entries)
    return Trail(steps, kept, [(entries[uid], ends[uid]) for uid in shown if uid in entries], len(known) - len(shown))
