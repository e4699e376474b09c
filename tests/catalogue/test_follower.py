"""The index is what the table is, whatever happens to either; two nodes agree."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction

from tests import factories
from werkplaats.catalogue import changes, index, search
from werkplaats.catalogue.follower import Follower
from werkplaats.catalogue.index import Folder
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock

Step = Callable[[], int]


def held(folder: Folder) -> dict[int, int]:
    """Row -> stamp of what a fresh reader finds in the folder."""
    return index.stamps(folder.open().searcher())


def wanted() -> dict[int, int]:
    """Row -> stamp of what is in the table."""
    rows = Entry.objects.living().values_list("pk", "uid", "datestamp", "changed_in")
    return {pk: index.stamp(uid, datestamp, changed_in) for pk, uid, datestamp, changed_in in rows}


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Folder:
    settings.SEARCH_FOLDER = tmp_path / "search"
    return Folder(settings.SEARCH_FOLDER)


@pytest.fixture
def follower(folder: Folder) -> Iterator[Follower]:
    made = Follower(folder)
    yield made
    made.close()


def engine() -> search.Engine:
    return search.find(search.Query("zorg")).engine


@pytest.mark.django_db
def test_it_follows_what_is_new_changed_and_gone(folder: Folder, follower: Follower) -> None:
    assert engine() is search.Engine.TABLE
    first, second = factories.make_question("Zorg een"), factories.make_question("Zorg twee")
    assert follower.step() == 2
    assert follower.step() == 0
    assert held(folder) == wanted()
    assert engine() is search.Engine.INDEX

    first.text = "Zorg anders"
    first.save()
    second.changes.all().delete()
    second.delete()
    third = factories.make_question("Zorg drie")
    assert follower.step() == 3
    assert held(folder) == wanted()
    assert set(held(folder)) == set(Entry.objects.filter(uid__in=[first.uid, third.uid]).values_list("pk", flat=True))
    assert follower.step() == 0


@pytest.mark.django_db
def test_words_that_were_withdrawn_leave_the_files_within_a_day(folder: Folder, follower: Follower) -> None:
    kept = factories.make_question("Zorg die blijft")
    gone = factories.make_question("Zorg met een geheimwoord")
    follower.step()
    gone.changes.all().delete()
    gone.delete()
    follower.step()
    assert follower.step() == 0
    now = clock.now()

    def in_files() -> bool:
        return any(b"geheimwoord" in path.read_bytes() for path in folder.path.iterdir())

    assert in_files(), "out of search, but the file is not written anew for one row"
    with clock.at(now + timedelta(hours=25)):
        assert follower.step() == 1, "only what is living is written"
        assert not in_files()
        assert set(held(folder)) == set(Entry.objects.filter(uid=kept.uid).values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_new_follower_goes_on_where_the_last_one_stopped(folder: Folder, follower: Follower) -> None:
    factories.make_question("Zorg een")
    follower.step()
    follower.close()
    factories.make_question("Zorg twee")
    after = Follower(folder)
    assert after.step() == 1, "only what changed meanwhile"
    assert held(folder) == wanted()
    after.close()


@pytest.mark.django_db
def test_one_folder_has_one_follower(folder: Folder, follower: Follower) -> None:
    factories.make_question("Zorg")
    follower.step()
    other = Follower(folder)
    with pytest.raises(BlockingIOError):
        other.step()
    assert held(folder) == wanted()
    follower.close()
    assert other.step() == 0
    other.close()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


@pytest.mark.django_db
@pytest.mark.parametrize("ending", [".idx", ".term", ".pos", ".fast", ".fieldnorm", "meta.json", "state.json"])
@pytest.mark.parametrize("damage", [empty, flip, Path.unlink])
def test_a_damaged_folder_is_made_anew_at_the_next_start(
    folder: Folder, follower: Follower, ending: str, damage: Callable[[Path], None]
) -> None:
    factories.make_question("Zorg voor mensen")
    follower.step()
    follower.close()
    for path in [path for path in folder.path.iterdir() if path.name.endswith(ending)]:
        damage(path)
    after = Follower(folder)
    after.step()
    assert held(folder) == wanted()
    assert engine() is search.Engine.INDEX
    assert [hit.entry.title for hit in search.find(search.Query("zorg"))[0:5]] == ["Zorg voor mensen"]
    after.close()


@pytest.mark.django_db
def test_a_deleted_folder_is_made_anew_while_following(folder: Folder, follower: Follower) -> None:
    factories.make_question("Zorg")
    follower.step()
    for path in folder.path.iterdir():
        path.unlink()
    folder.path.rmdir()
    assert engine() is search.Engine.TABLE
    assert follower.step() == 1
    assert held(folder) == wanted()
    assert engine() is search.Engine.INDEX


@pytest.mark.django_db
def test_what_a_reader_cannot_read_is_told_to_the_follower(folder: Folder, follower: Follower) -> None:
    factories.make_question("Zorg")
    follower.step()
    # Damage that came while it ran: nobody looks at the files until a reader opens them.
    (folder.path / "meta.json").write_text("{}")
    assert engine() is search.Engine.TABLE
    assert follower.step() == 1
    assert engine() is search.Engine.INDEX


@pytest.mark.django_db
@pytest.mark.parametrize("ending", [".idx", ".term", ".fast", ".fieldnorm"])
def test_damage_under_a_readers_hands_breaks_no_page(folder: Folder, follower: Follower, ending: str) -> None:
    """The reader has the files open; what it then reads is nonsense. It answers, and the next start mends."""
    for n in range(50):
        factories.make_question(f"Zorg nummer {n}")
    follower.step()
    assert search.find(search.Query("zorg")).count() == 50
    for path in [path for path in folder.path.iterdir() if path.name.endswith(ending)]:
        with path.open("r+b") as file:
            file.write(b"\xff" * path.stat().st_size)
    for text in ("zorg", "nummer", "zrog", '"zorg nummer"', ""):
        found = search.find(search.Query(text), counted=["thema"])
        assert found.count() >= len(found[0:20])
        assert found.counts("soort").keys() <= {"vraag"}
    follower.close()
    after = Follower(folder)
    after.step()
    assert held(folder) == wanted()
    assert search.find(search.Query("zorg")).count() == 50
    after.close()


@pytest.mark.django_db
def test_an_index_of_another_version_is_not_read_and_made_anew(folder: Folder, follower: Follower) -> None:
    factories.make_question("Zorg")
    follower.step()
    follower.close()
    state = json.loads((folder.path / "state.json").read_text())
    (folder.path / "state.json").write_text(json.dumps({**state, "version": "0-older"}))
    assert engine() is search.Engine.TABLE
    after = Follower(folder)
    assert after.step() == 1
    assert engine() is search.Engine.INDEX
    after.close()


@pytest.mark.django_db
def test_without_a_sign_of_life_the_table_answers(folder: Folder, follower: Follower) -> None:
    factories.make_question("Zorg")
    follower.step()
    silent = time.time() - 60
    os.utime(folder.path / "alive", (silent, silent))
    assert engine() is search.Engine.TABLE
    follower.step()
    assert engine() is search.Engine.INDEX


@pytest.mark.django_db
def test_beside_a_restored_database_it_is_right_again(folder: Folder, follower: Follower) -> None:
    """What a restore does: rows back to what they were, newer ones gone, numbers as of old."""
    kept = factories.make_question("Zorg zoals het was")
    follower.step()
    before = list(Entry.objects.values())
    kept.text = "Zorg zoals het werd"
    kept.save()
    factories.make_question("Zorg van na de kopie")
    follower.step()
    follower.close()
    Entry.objects.all().delete()
    Entry.objects.bulk_create(Entry(**row) for row in before)
    after = Follower(folder)
    assert after.step() == 2
    assert held(folder) == wanted()
    assert [hit.entry.title for hit in search.find(search.Query("zorg"))[0:5]] == ["Zorg zoals het was"]
    after.close()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_commits_late_is_not_missed(folder: Folder, follower: Follower) -> None:
    """On PostgreSQL the first to begin may be the last to commit. On SQLite it keeps others waiting: same outcome."""
    follower.step()
    begun, go = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                make_entry("laat")
                begun.set()
                go.wait(20)
        finally:
            connections.close_all()

    late = threading.Thread(target=slow)
    late.start()
    begun.wait(20)
    if connection.vendor == "postgresql":
        make_entry("tussendoor")
        follower.step()
        assert titles_in(folder) == {"tussendoor"}
    go.set()
    late.join()
    follower.step()
    assert titles_in(folder) == set(Entry.objects.values_list("title", flat=True)) >= {"laat"}


@pytest.mark.django_db(transaction=True)
def test_two_nodes_agree_after_a_storm_of_commits(tmp_path: Path) -> None:
    """Each with a folder of its own on one database, following while many write, some slowly, some in vain."""
    nodes = [Follower(Folder(tmp_path / name / "search")) for name in ("noord", "zuid")]
    for n in range(20):
        make_entry(f"begin {n}")

    def write(seed: int) -> None:
        dice = random.Random(seed)
        try:
            for n in range(12):
                with transaction.atomic():
                    rows = [make_entry(f"storm {seed} {n} {k}") for k in range(dice.randint(1, 3))]
                    touched = Entry.objects.living().order_by("pk")[dice.randrange(20)]
                    touched.title, touched.changed_in = f"{touched.title}!", changes.this_transaction()
                    touched.removed_at = clock.now() if dice.random() < 0.2 else None
                    touched.datestamp = clock.now()
                    touched.save()
                    if dice.random() < 0.3:
                        Entry.objects.filter(pk__in=[row.pk for row in rows]).update(removed_at=clock.now())
                    if dice.random() < 0.2:
                        transaction.set_rollback(True)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write, args=(seed,)) for seed in range(4)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        for node in nodes:
            node.step()
    for node in nodes:
        node.step()
    assert held(nodes[0].folder) == held(nodes[1].folder) == wanted()
    for node in nodes:
        node.close()


@pytest.mark.django_db(transaction=True)
def test_killed_while_indexing_it_is_right_at_the_next_start(folder: Folder, environment: dict[str, str]) -> None:
    """The process as it runs under serve, killed at several moments of its first filling."""
    for n in range(3000):
        make_entry(f"zorg nummer {n}")
    command = [sys.executable, "-m", "werkplaats.config.cli", "catalogue", "follow"]

    def killed(pause: float) -> None:
        running = subprocess.Popen(command, env=environment)
        # From the moment that it writes there: how far it came differs each time.
        until(lambda: (folder.path / "meta.json").exists() or running.poll() is not None)
        threading.Event().wait(pause)
        running.send_signal(signal.SIGKILL)
        running.wait()

    for pause in (0.0, 0.05, 0.15, 0.3):
        killed(pause)
    after = Follower(folder)
    after.step()
    assert held(folder) == wanted()
    assert search.find(search.Query("zorg")).count() == 3000
    after.close()


def until(done: Callable[[], bool], seconds: float = 30) -> None:
    """Look every hundredth of a second; fail when it takes too long."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it took too long"
        threading.Event().wait(0.01)


def make_entry(title: str) -> Entry:
    now = clock.now()
    return Entry.objects.create(
        uid=f"vraag-{title.replace(' ', '-')}", kind="vraag", title=title, haystack=f" {title} ", datestamp=now,
        changed_in=changes.this_transaction(),
    )  # fmt: skip


def titles_in(folder: Folder) -> set[str]:
    return set(Entry.objects.filter(pk__in=held(folder)).values_list("title", flat=True))
