"""The ledger: every URL has a state and a reason, and keeps it through a crash."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from scraper.crawling.schedule import Schedule
from scraper.errors import LedgerLocked, OutputError
from scraper.ledger import Ledger
from scraper.records.lock import OutputLock
from scraper.states import Found, Lease, Outcome, Prints, State, UrlKind
from scraper.urls import host_of

HOME = "https://paper.example/"
PRINTS = Prints(text=11, sim=0, numbers=22)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.sqlite", clock=lambda: 1000.0) as opened:
        yield opened


def found(url: str, **fields: object) -> Found:
    return replace(Found(url=url), **fields)  # type: ignore[arg-type]


def take(ledger: Ledger, url: str = HOME) -> Lease:
    lease = ledger.lease(ledger.host_id(host_of(url)))
    assert lease is not None
    return lease


def take_new(ledger: Ledger, url: str) -> Lease:
    assert ledger.add([found(url)]) == 1
    return take(ledger, url)


def state_of(ledger: Ledger, url: str) -> State:
    known = ledger.find(url)
    assert known is not None
    return known[1]


def store(ledger: Ledger, url: str, prints: Prints, *, canonical: str = "") -> Lease:
    lease = take_new(ledger, url)
    outcome = Outcome(state=State.DONE, version=1, prints=prints, canonical_url=canonical)
    ledger.finish(lease, outcome)
    return lease


def test_url_is_new_once(ledger: Ledger) -> None:
    assert ledger.add([found(HOME), found(HOME + "a")]) == 2
    assert ledger.add([found(HOME), found("http://paper.example/a/")]) == 0
    assert ledger.queued == 2


def test_best_url_of_a_host_goes_first_and_ties_go_by_age(ledger: Ledger) -> None:
    ledger.add([found(HOME + "a", priority=1), found(HOME + "b", priority=5)])
    ledger.add([found(HOME + "c", priority=5), found("https://other.example/", priority=9)])
    assert [take(ledger).url[-1] for _ in range(3)] == ["b", "c", "a"]
    assert ledger.lease(ledger.host_id("paper.example")) is None
    assert ledger.queued == 1


def test_skipped_url_is_recorded_and_never_leased(ledger: Ledger) -> None:
    ledger.add([found(HOME + "old", skip="before-since")])
    assert state_of(ledger, HOME + "old") is State.SKIPPED
    assert not ledger.waiting


def test_what_was_leased_when_the_process_died_is_queued_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        take_new(ledger, HOME)
        ledger.commit()
        assert state_of(ledger, HOME) is State.LEASED
    with Ledger(path) as ledger:
        assert take(ledger).url == HOME


def test_what_was_not_committed_did_not_happen(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        ledger.add([found(HOME)])
        ledger.commit()
        ledger.finish(take(ledger), Outcome(state=State.GONE))
    with Ledger(path) as ledger:
        assert state_of(ledger, HOME) is State.QUEUED
        assert ledger.queued == 1


def test_outcome_is_kept_whole(ledger: Ledger, tmp_path: Path) -> None:
    lease = take_new(ledger, HOME)
    outcome = Outcome(
        state=State.FAILED, reason="timeout", detail="x" * 900, status=0, attempts=3, elapsed_ms=7
    )
    ledger.finish(lease, outcome)
    ledger.commit()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as db:
        row = db.execute(
            "SELECT state, reason, length(detail), attempts, elapsed_ms, finished FROM urls"
        ).fetchone()
    db.close()
    assert row == ("failed", "timeout", 500, 3, 7, 1000.0)


def test_postponed_url_waits_again_with_its_attempts(ledger: Ledger) -> None:
    ledger.postpone(take_new(ledger, HOME), attempts=2)
    assert take(ledger).attempts == 2


def test_released_url_waits_again(ledger: Ledger) -> None:
    ledger.release(take_new(ledger, HOME))
    assert ledger.queued == 1
    assert take(ledger).url == HOME


def test_revisit_sends_validators_and_knows_the_version(ledger: Ledger) -> None:
    lease = take_new(ledger, HOME)
    ledger.finish(
        lease,
        Outcome(state=State.DONE, version=1, etag='"a"', last_modified="then", prints=PRINTS),
    )
    assert ledger.requeue(found(HOME))
    again = take(ledger)
    assert (again.etag, again.last_modified, again.version) == ('"a"', "then", 1)
    assert again.content_hash == PRINTS.text


def test_change_date_brings_back_only_what_is_older(ledger: Ledger) -> None:
    ledger.finish(take_new(ledger, HOME), Outcome(state=State.DONE))
    assert not ledger.requeue(found(HOME, changed=999.0))
    assert ledger.requeue(found(HOME, changed=1001.0))


def test_earlier_version_is_kept_beside_the_new_one(ledger: Ledger, tmp_path: Path) -> None:
    store(ledger, HOME + "a", PRINTS)
    ledger.requeue(found(HOME + "a"))
    second = Outcome(state=State.DONE, version=2, title="Two", prints=replace(PRINTS, text=12))
    ledger.finish(take(ledger), second)
    ledger.commit()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as db:
        assert db.execute("SELECT version, content_hash FROM versions").fetchall() == [(1, 11)]
        assert db.execute("SELECT version, content_hash FROM urls").fetchall() == [(2, 12)]
    db.close()


def test_failed_revisit_leaves_what_is_known_of_the_article(ledger: Ledger) -> None:
    store(ledger, HOME + "a", PRINTS)
    ledger.requeue(found(HOME + "a"))
    ledger.finish(take(ledger), Outcome(state=State.GONE, reason="http-404"))
    ledger.requeue(found(HOME + "a"))
    assert take(ledger).content_hash == PRINTS.text


def test_unchanged_page_returns_to_what_it_was(ledger: Ledger) -> None:
    store(ledger, HOME + "a", PRINTS)
    ledger.finish(take_new(ledger, HOME), Outcome(state=State.NOT_ARTICLE, reason="section"))
    for url, state in ((HOME + "a", State.DONE), (HOME, State.NOT_ARTICLE)):
        ledger.requeue(found(url))
        assert ledger.keep(take(ledger), status=304, attempts=1, elapsed_ms=1) is state
        assert state_of(ledger, url) is state


def test_same_text_on_the_same_site_is_a_twin(ledger: Ledger) -> None:
    first = store(ledger, HOME + "a", PRINTS)
    assert ledger.find_twin(take_new(ledger, HOME + "b"), PRINTS, "") == first.id


def test_same_text_on_another_site_is_none(ledger: Ledger) -> None:
    store(ledger, HOME + "a", PRINTS)
    assert ledger.find_twin(take_new(ledger, "https://other.example/a"), PRINTS, "") == 0


def test_near_text_is_a_twin_only_with_equal_numbers(ledger: Ledger) -> None:
    first = store(ledger, HOME + "a", PRINTS)
    lease = take_new(ledger, HOME + "b")
    near = Prints(text=99, sim=0b101, numbers=PRINTS.numbers)
    assert ledger.find_twin(lease, near, "") == first.id
    assert ledger.find_twin(lease, replace(near, numbers=23), "") == 0
    assert ledger.find_twin(lease, replace(near, sim=0b11111), "") == 0


def test_article_is_no_twin_of_itself(ledger: Ledger) -> None:
    store(ledger, HOME + "a", PRINTS)
    ledger.requeue(found(HOME + "a"))
    assert ledger.find_twin(take(ledger), PRINTS, HOME + "a") == 0


@pytest.mark.parametrize("first_url", [HOME + "story", HOME + "amp/story"])
def test_pages_that_claim_one_address_are_twins_in_either_order(
    ledger: Ledger, first_url: str
) -> None:
    second_url = HOME + ("amp/story" if first_url == HOME + "story" else "story")
    first = store(ledger, first_url, PRINTS, canonical=HOME + "story")
    other = Prints(text=99, sim=0b1111_1111, numbers=5)
    lease = take_new(ledger, second_url)
    assert ledger.find_twin(lease, other, HOME + "story") == first.id
    far = replace(other, sim=0x7FFF_FFFF)
    assert ledger.find_twin(lease, far, HOME + "story") == 0


@pytest.mark.parametrize("claim", [HOME, "https://other.example/story", ""])
def test_claim_to_be_a_front_page_or_elsewhere_is_not_believed(ledger: Ledger, claim: str) -> None:
    store(ledger, HOME + "a", PRINTS, canonical=claim)
    lease = take_new(ledger, HOME + "b")
    assert ledger.find_twin(lease, Prints(text=99, sim=0b111_1111, numbers=5), claim) == 0


def test_target_of_a_redirect_is_not_fetched_again(ledger: Ledger) -> None:
    ledger.add([found(HOME + "short"), found(HOME + "long", priority=-1)])
    lease = take(ledger)
    ledger.add_alias(HOME + "long", lease)
    ledger.add_alias(HOME + "unseen", lease)
    assert ledger.lease(lease.host) is None
    assert state_of(ledger, HOME + "long") is State.DUPLICATE
    assert state_of(ledger, HOME + "unseen") is State.DUPLICATE
    assert ledger.queued == 0


def test_ended_target_of_a_redirect_keeps_its_state(ledger: Ledger) -> None:
    ledger.finish(take_new(ledger, HOME + "long"), Outcome(state=State.GONE))
    ledger.add_alias(HOME + "long", take_new(ledger, HOME + "short"))
    assert state_of(ledger, HOME + "long") is State.GONE


def test_hubs_of_the_named_sites_are_asked_again(ledger: Ledger) -> None:
    other = "https://other.example/"
    for url in (HOME, other):
        ledger.add([found(url, seed=True), found(url + "rss", kind=UrlKind.FEED)])
        ledger.add([found(url + "story", depth=1)])
        while (lease := ledger.lease(ledger.host_id(host_of(url)))) is not None:
            ledger.finish(lease, Outcome(state=State.DONE))
    assert ledger.requeue_hubs({"paper.example"}) == 2
    assert ledger.sites() == {"paper.example", "other.example"}


def test_retry_takes_a_reason_or_a_state(ledger: Ledger) -> None:
    for name, reason in (("a", "timeout"), ("b", "dns"), ("c", "timeout")):
        lease = take_new(ledger, HOME + name)
        ledger.finish(lease, Outcome(state=State.FAILED, reason=reason))
    assert ledger.requeue_ended(reason="timeout") == 2
    assert ledger.requeue_ended(state="failed") == 1
    assert ledger.queued == 3


def test_failures_are_failed_urls_and_seeds_that_led_nowhere(ledger: Ledger) -> None:
    ledger.finish(take_new(ledger, HOME + "dead"), Outcome(state=State.GONE))
    assert not ledger.has_failures()
    ledger.add([found(HOME, seed=True)])
    ledger.finish(take(ledger), Outcome(state=State.GONE, reason="http-404"))
    assert ledger.has_failures()
    assert ledger.failures(5) == [(HOME, "gone", "http-404", "")]


def test_second_crawl_in_one_folder_is_refused(tmp_path: Path) -> None:
    lock = OutputLock(tmp_path / "ledger.lock")
    with pytest.raises(LedgerLocked, match="another crawl"):
        OutputLock(tmp_path / "ledger.lock")
    lock.close()
    OutputLock(tmp_path / "ledger.lock").close()


def test_full_disk_is_said_and_leaves_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "ledger.lock"
    with monkeypatch.context() as full:
        full.setattr("scraper.records.lock.os.write", fail)
        with pytest.raises(OutputError, match=r"No space left on device.*name another --out"):
            OutputLock(path)
    OutputLock(path).close()


def test_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"this is no database, and long enough to be told from an empty one" * 20)
    with pytest.raises(OutputError, match="not usable as a ledger"):
        Ledger(path)


def test_ledger_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with Ledger(path) as ledger:
        ledger.add([found("https://example.org/a")])
        ledger.commit()
    with closing(sqlite3.connect(path)) as db:
        db.execute("ALTER TABLE urls DROP COLUMN room")
        db.execute("PRAGMA user_version = 1")
    with Ledger(path) as ledger:
        ledger.add([found("https://example.org/b")])
        ledger.commit()
        assert ledger.queued == 2
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT length(room) FROM urls ORDER BY id").fetchall() == [(0,), (160,)]


def test_a_first_visit_takes_the_room_that_was_left_for_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        ledger.add([found("https://example.org/a"), found("https://example.org/b")])
        lease = ledger.lease(ledger.host_id("example.org"))
        assert lease is not None
        ledger.finish(lease, Outcome(state=State.DONE, version=1, prints=PRINTS))
        ledger.commit()
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT state, length(room) FROM urls ORDER BY state").fetchall()
    assert rows == [("done", 0), ("queued", 160)]


def test_ledger_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(OutputError, match="version 99"):
        Ledger(path)


def test_hosts_take_turns_and_none_has_more_visits_than_allowed(ledger: Ledger) -> None:
    ledger.add([found(f"{HOME}{n}") for n in range(5)])
    ledger.add([found(f"https://other.example/{n}") for n in range(5)])
    schedule = Schedule(ledger, per_host=2)
    leases = [schedule.take() for _ in range(5)]
    hosts = [host_of(lease.url) for lease in leases if lease is not None]
    assert hosts == ["paper.example", "other.example", "paper.example", "other.example"]
    assert leases[0] is not None
    schedule.end_visit(leases[0].host)
    following = schedule.take()
    assert following is not None
    assert host_of(following.url) == "paper.example"


def test_host_with_new_work_gets_a_turn(ledger: Ledger) -> None:
    schedule = Schedule(ledger, per_host=1)
    assert schedule.take() is None
    ledger.add([found(HOME)])
    lease = schedule.take()
    assert lease is not None
    ledger.add([found(HOME + "next")])
    assert schedule.take() is None
    schedule.end_visit(lease.host)
    assert schedule.take() is not None


@pytest.mark.parametrize(
    ("code", "cure"),
    [
        (sqlite3.SQLITE_FULL, "free some space, then run the same command again"),
        (sqlite3.SQLITE_IOERR_WRITE, "see to the disk"),
        (sqlite3.SQLITE_READONLY, "make file and folder writable"),
        (sqlite3.SQLITE_BUSY, "end what else has it open"),
    ],
)
def test_ledger_that_is_whole_is_not_to_be_restored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, cure: str
) -> None:
    def fail(_: Ledger) -> None:
        error = sqlite3.OperationalError("no")
        error.sqlite_errorcode = code
        raise error

    monkeypatch.setattr(Ledger, "_prepare", fail)
    with pytest.raises(OutputError, match=cure) as caught:
        Ledger(tmp_path / "ledger.sqlite")
    assert "restore" not in str(caught.value)
