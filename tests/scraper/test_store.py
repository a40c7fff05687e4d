"""Ledger, archive and output in step: whatever was committed is in the output once."""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.crawl_config import CrawlConfig
from scraper.errors import OutputError
from scraper.files.replay import replay_pages
from scraper.page import Page
from scraper.states import Found, Lease, Outcome, Prints, State
from scraper.store import Store

CONFIG = CrawlConfig(commit_every=1, sync_after_s=1e9)
HOME = "https://paper.example/"
BODY = b"<html>a page</html>"


def page_of(url: str) -> Page:
    return Page(
        url=url, requested_url=url, status=200, headers=(), body=BODY, wire_body=BODY,
        http_version="HTTP/1.1", fetched_at=datetime(2026, 1, 2, tzinfo=UTC), elapsed_s=0.1,
    )  # fmt: skip


def put(store: Store, number: int) -> None:
    """Stores one article as a crawl does."""
    url = f"{HOME}{number}"
    store.ledger.add([Found(url=url)])
    lease = store.ledger.lease(store.ledger.host_id("paper.example"))
    assert isinstance(lease, Lease)
    line = json.dumps({"url": url, "text": "t", "version": 1}).encode() + b"\n"
    outcome = Outcome(
        state=State.DONE, version=1, prints=Prints(text=number, sim=number << 20, numbers=0)
    )
    store.put(lease, outcome, line=line, page=page_of(url))


def die(store: Store) -> None:
    """Ends a store as a kill does: nothing more is committed or synced."""
    store.close()


def stored(out: Path) -> list[int]:
    lines = (out / "articles.jsonl").read_bytes().splitlines()
    return [int(json.loads(line)["url"].rpartition("/")[2]) for line in lines]


def test_committed_record_survives_though_the_output_was_not_synced(tmp_path: Path) -> None:
    store = Store(tmp_path, CONFIG)
    put(store, 1)
    put(store, 2)
    die(store)
    (tmp_path / "articles.jsonl").write_bytes(b"")  # what a power cut may leave
    with Store(tmp_path, CONFIG):
        assert stored(tmp_path) == [1, 2]


def test_torn_and_uncommitted_lines_are_cut_away(tmp_path: Path) -> None:
    with Store(tmp_path, CONFIG) as store:
        put(store, 1)
        store.sync()
    with (tmp_path / "articles.jsonl").open("ab") as file:
        file.write(b'{"url": "https://paper.example/9"}\n{"url": "htt')
    with Store(tmp_path, CONFIG) as store:
        put(store, 2)
        store.sync()
    assert stored(tmp_path) == [1, 2]


def test_uncommitted_article_is_neither_in_ledger_nor_output_nor_archive(tmp_path: Path) -> None:
    config = replace(CONFIG, commit_every=100, commit_after_s=1e9)
    store = Store(tmp_path, config)
    store.ledger.add([Found(url=f"{HOME}1")])
    store.commit()
    put(store, 1)
    die(store)
    with Store(tmp_path, config) as again:
        assert again.ledger.find(f"{HOME}1") == (1, State.QUEUED)
        assert stored(tmp_path) == []
        put(again, 1)
        again.sync()
    assert stored(tmp_path) == [1]
    assert len(list(replay_pages(tmp_path / "archive" / "sanspub-00001.warc.gz"))) == 1


def test_crash_between_every_two_steps_leaves_each_article_once(tmp_path: Path) -> None:
    for number in range(6):
        store = Store(tmp_path, CONFIG)
        put(store, number)
        if number % 3 == 1:
            store.sync()
        if number % 3 == 2:
            with (tmp_path / "articles.jsonl").open("ab") as file:
                file.write(b'{"half')
        die(store)
    Store(tmp_path, CONFIG).close()
    assert stored(tmp_path) == list(range(6))
    pages = list(replay_pages(tmp_path / "archive" / "sanspub-00001.warc.gz"))
    assert [page.url for page in pages] == [f"{HOME}{number}" for number in range(6)]


def test_what_waits_is_committed_and_synced_in_time(tmp_path: Path) -> None:
    now = 0.0
    config = replace(CONFIG, commit_every=100, commit_after_s=1.0, sync_after_s=5.0)
    store = Store(tmp_path, config, timer=lambda: now)
    put(store, 1)
    store.flush_if_due()
    assert stored(tmp_path) == []
    now = 2.0
    store.flush_if_due()
    assert stored(tmp_path) == [1]
    assert store.ledger.outbox()
    now = 9.0
    store.flush_if_due()
    assert not store.ledger.outbox()
    store.close()


def test_sync_between_two_commits_forgets_no_record(tmp_path: Path) -> None:
    now = 0.0
    config = replace(CONFIG, commit_every=2, commit_after_s=1e9, sync_after_s=5.0)
    store = Store(tmp_path, config, timer=lambda: now)
    for number in (1, 2, 3):
        put(store, number)
    now = 9.0
    store.flush_if_due()
    die(store)
    with Store(tmp_path, config) as again:
        known = [number for number in (1, 2, 3) if again.ledger.find(f"{HOME}{number}")]
        assert stored(tmp_path) == known == [1, 2, 3]


def test_output_that_was_moved_away_is_refused_and_the_lock_freed(tmp_path: Path) -> None:
    with Store(tmp_path, CONFIG) as store:
        put(store, 1)
        store.sync()
    (tmp_path / "articles.jsonl").rename(tmp_path / "mine.jsonl")
    with pytest.raises(OutputError, match="moved or cut"):
        Store(tmp_path, CONFIG)
    (tmp_path / "mine.jsonl").rename(tmp_path / "articles.jsonl")
    Store(tmp_path, CONFIG).close()


def test_without_an_archive_there_is_none(tmp_path: Path) -> None:
    with Store(tmp_path, replace(CONFIG, archive=False)) as store:
        put(store, 1)
        store.sync()
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("first", ["jsonl", "jsonl.gz", "jsonl.zst"])
def test_format_asked_for_later_gets_what_is_there(first: str, tmp_path: Path) -> None:
    with Store(tmp_path, replace(CONFIG, formats=(first,))) as store:
        put(store, 1)
        store.sync()
    with Store(tmp_path, replace(CONFIG, formats=(first, "jsonl"))) as store:
        put(store, 2)
        store.sync()
    assert stored(tmp_path) == [1, 2]


@pytest.mark.parametrize("left", ["articles.jsonl", "archive/sanspub-00001.warc.gz"])
def test_output_without_its_ledger_is_refused_and_stays_as_it_is(left: str, tmp_path: Path) -> None:
    with Store(tmp_path, CONFIG) as store:
        put(store, 1)
        store.sync()
    held = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for path in held:
        if path.name.startswith("ledger.sqlite") or path.suffix == ".lock":
            path.unlink()
    others = [path for path in held if path.exists() and path != tmp_path / left]
    for path in others:
        path.unlink()
    for _ in range(2):
        with pytest.raises(OutputError, match=r"its ledger is not: put ledger\.sqlite back"):
            Store(tmp_path, CONFIG)
    assert (tmp_path / left).read_bytes() == held[tmp_path / left]
    assert not (tmp_path / "ledger.sqlite").exists()


def test_table_of_somebody_else_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "articles.csv").write_text("mine\n", encoding="utf-8")
    with pytest.raises(OutputError, match=r"articles\.csv: is there but"):
        Store(tmp_path, replace(CONFIG, formats=("csv",)))
    assert (tmp_path / "articles.csv").read_text("utf-8") == "mine\n"


@pytest.mark.parametrize("name", ["csv", "sqlite", "jsonl.gz"])
def test_file_of_somebody_else_is_kept_when_its_format_is_first_asked_for(
    name: str, tmp_path: Path
) -> None:
    with Store(tmp_path, CONFIG) as store:
        put(store, 1)
        store.sync()
    (tmp_path / f"articles.{name}").write_text("mine\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(OutputError, match=rf"articles\.{name}: .* move it away"):
            Store(tmp_path, replace(CONFIG, formats=(name,)))
    assert (tmp_path / f"articles.{name}").read_text("utf-8") == "mine\n"
    assert stored(tmp_path) == [1]


def test_format_that_a_kill_cut_off_at_its_start_is_written_anew(tmp_path: Path) -> None:
    with Store(tmp_path, CONFIG) as store:
        put(store, 1)
        store.sync()
    tables = replace(CONFIG, formats=("csv",))
    store = Store(tmp_path, tables)
    store.ledger.set_meta("writer.csv", "")  # as before the first sync
    store.ledger.commit()
    die(store)
    assert (tmp_path / "articles.csv").stat().st_size
    with Store(tmp_path, tables) as store:
        store.sync()
    with (tmp_path / "articles.csv").open(encoding="utf-8", newline="") as file:
        assert [row["url"] for row in csv.DictReader(file)] == [f"{HOME}1"]


def test_damaged_ledger_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with Store(tmp_path, CONFIG) as store:
        put(store, 1)
        store.sync()
    before = (tmp_path / "articles.jsonl").read_bytes()
    (tmp_path / "ledger.sqlite").write_bytes(b"no database at all" * 500)
    with pytest.raises(OutputError, match="restore it from a copy, or crawl into another --out"):
        Store(tmp_path, CONFIG)
    assert (tmp_path / "articles.jsonl").read_bytes() == before


def test_format_left_out_of_one_run_has_no_gap(tmp_path: Path) -> None:
    for number, formats in enumerate([("jsonl", "text"), ("jsonl.gz",), ("csv",), ("jsonl",)]):
        with Store(tmp_path, replace(CONFIG, formats=formats)) as store:
            put(store, number)
            store.sync()
    assert stored(tmp_path) == [0, 1, 2, 3]
    packed = gzip.decompress((tmp_path / "articles.jsonl.gz").read_bytes())
    assert len(packed.splitlines()) == 4
    assert len(list((tmp_path / "text").glob("*/*.txt"))) == 4
    with (tmp_path / "articles.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == 5


def test_store_that_cannot_write_its_outbox_frees_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Store) -> None:
        raise OutputError("the disk is full")

    with monkeypatch.context() as full:
        full.setattr(Store, "sync", fail)
        with pytest.raises(OutputError, match="full"):
            Store(tmp_path, CONFIG)
    with Store(tmp_path, CONFIG) as store:
        put(store, 1)
        store.sync()
    assert stored(tmp_path) == [1]
