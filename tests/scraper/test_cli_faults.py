"""Input and output that is damaged, odd or not there: one line that names it, nothing lost."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISFIFO

import pytest
import zstandard

from scraper.archive import Archive
from scraper.cli import run_command
from scraper.page import Page

TEXT = "Les pourparlers reprennent lundi à Genève.\nEnvie d'afficher votre publicité ?\n"
RULES = """lang = "en"
[[rule]]
id = "en-own"
category = "follow"
where = "line"
phrases = ["voices of the valley every day"]
why = "Our slogan."
match = ["Voices of the valley, every day."]
keep = ["The voices of the valley fell."]
"""
STORY = " ".join(f"The council met on day {number} to speak of the bridge." for number in range(9))
HTML = (
    f"<html><body><article><h1>The bridge</h1><p>{STORY}</p><p>{STORY} It closed late.</p>"
    "<p>Voices of the valley, every day.</p></article></body></html>"
)


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write_archive(count: int) -> Path:
    archive = Archive(Path("in"))
    for number in range(count):
        body = HTML.encode()
        page = Page(
            url=f"https://paper.example/{number}",
            requested_url=f"https://paper.example/{number}",
            status=200,
            headers=(("Content-Type", "text/html"),),
            body=body,
            wire_body=body,
            http_version="HTTP/1.1",
            fetched_at=datetime(2026, 1, 2, tzinfo=UTC),
            elapsed_s=0.1,
        )
        archive.append(page)
    archive.close()
    return Path("in/sanspub-00001.warc.gz")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs on this system")
@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", TEXT), ("a.jsonl", json.dumps({"text": TEXT}, ensure_ascii=False) + "\n")],
)
def test_pipe_is_written_to_and_not_replaced(name: str, content: str) -> None:
    Path(name).write_text(content, "utf-8")
    os.mkfifo("pipe")
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(Path("pipe").read_bytes()))
    reader.daemon = True
    reader.start()
    assert run_command(["clean", name, "--out", "pipe"]) == 0
    reader.join(timeout=10)
    assert S_ISFIFO(Path("pipe").stat().st_mode)
    assert b"pourparlers" in received[0]
    assert "publicité".encode() not in received[0]
    assert not Path("pipe.part").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs on this system")
def test_pipe_as_source_is_refused_with_a_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe")
    assert run_command(["clean", "pipe"]) == 3
    assert "sanspub clean -" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["no = [toml", 'lang = "en"\n[[rule]]\nid = 3\n'])
def test_crawl_with_bad_rules_ends_before_it_begins(
    content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bad.toml").write_text(content)
    assert run_command(["crawl", "http://127.0.0.1:9/", "--rules", "bad.toml"]) == 3
    assert "bad.toml" in capsys.readouterr().err
    assert not Path("out").exists()


def test_crawl_with_a_bad_memory_ends_before_it_begins(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.memory").write_bytes(b"no memory")
    assert run_command(["crawl", "http://127.0.0.1:9/", "--memory", "bad.memory"]) == 3
    assert "bad.memory" in capsys.readouterr().err
    assert not Path("out").exists()


def test_rules_of_the_user_apply_to_a_saved_page(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Path("mine.toml").write_text(RULES)
    Path("page.html").write_text(HTML)
    assert run_command(["clean", "page.html"]) == 0
    assert b"Voices of the valley" in capfdbinary.readouterr().out
    assert run_command(["clean", "page.html", "--rules", "mine.toml"]) == 0
    out = capfdbinary.readouterr().out
    assert b"It closed late." in out
    assert b"Voices of the valley" not in out


@pytest.mark.parametrize(
    ("name", "is_cut"),
    [
        ("a.txt.gz", True),
        ("a.txt.gz", False),
        ("a.jsonl.gz", True),
        ("a.jsonl.gz", False),
        ("a.gz", True),
        ("a.html.zst", False),
    ],
)
def test_damaged_compression_names_the_file(
    name: str, is_cut: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    source = b"".join(json.dumps({"text": f"{TEXT}{n * 7919}"}).encode() + b"\n" for n in range(99))
    is_zstd = name.endswith(".zst")
    packed = zstandard.compress(source) if is_zstd else gzip.compress(source)
    broken = packed[:-40] if is_cut else packed[:40] + b"\x7f" * 60 + packed[100:]
    Path(name).write_bytes(broken)
    assert run_command(["clean", name, "--out", "b"]) == 3
    error = capsys.readouterr().err
    assert f"{name}: cannot be read" in error
    assert len(error.splitlines()) == 1
    assert not Path("b.part").exists()


def test_failed_write_leaves_no_draft() -> None:
    Path("a.jsonl.gz").write_bytes(b"\x1f\x8b broken")
    Path("old.txt").write_text("old")
    assert run_command(["clean", "a.jsonl.gz", "--out", "new.jsonl"]) == 3
    Path("b.html.gz").write_bytes(b"\x1f\x8b broken")
    assert run_command(["clean", "b.html.gz", "--out", "old.txt"]) == 3
    assert Path("old.txt").read_text() == "old"
    assert not list(Path().glob("*.part"))


def test_archive_cut_off_within_a_page_gives_the_whole_ones_and_says_so(
    capfd: pytest.CaptureFixture[str],
) -> None:
    path = write_archive(3)
    path.write_bytes(gzip.decompress(path.read_bytes()).rpartition(b"It closed late.")[0])
    assert run_command(["clean", str(path), "--keep-twins"]) == 1
    out, error = capfd.readouterr()
    urls = [json.loads(line)["url"][-1] for line in out.splitlines()]
    assert urls == ["0", "1"]
    assert error.splitlines() == [
        "sanspub: in/sanspub-00001.warc.gz: record 6 (https://paper.example/2) left out: cut off"
    ]
    assert run_command(["learn", str(path), "--memory", "sites.memory"]) == 1
    out, error = capfd.readouterr()
    assert "left out: cut off" in error
    assert "learned from 2 pages" in error


def test_damaged_compression_is_named_by_learn_too(capfd: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Words.", "site": "a"}\n' * 9)[:-9])
    assert run_command(["learn", "a.jsonl.gz"]) == 3
    error = capfd.readouterr().err
    assert error.startswith("sanspub: a.jsonl.gz: cannot be read")
    assert len(error.splitlines()) == 1
    assert not Path("sites.memory").exists()


def test_story_of_an_archive_is_given_once_unless_twins_are_wanted(
    capfd: pytest.CaptureFixture[str],
) -> None:
    path = write_archive(3)
    assert run_command(["clean", "in"]) == 0
    out, error = capfd.readouterr()
    assert [json.loads(line)["url"][-1] for line in out.splitlines()] == ["0"]
    assert error == (
        "sanspub: pages left out that tell a story again: 2; --keep-twins keeps them\n"
    )
    assert run_command(["clean", str(path), "--keep-twins"]) == 0
    out, error = capfd.readouterr()
    assert len(out.splitlines()) == 3
    assert not error


@pytest.mark.parametrize(
    "arguments",
    [
        ["crowl"],
        ["--nope"],
        ["crawl"],
        ["crawl", ""],
        ["crawl", "http://["],
        ["crawl", "http://a.example/", "--limit", "many"],
        ["crawl", "http://a.example/", "--delay", "nan"],
        ["crawl", "http://a.example/", "--delay", "inf"],
        ["crawl", "http://a.example/", "--timeout", "1e400"],
        ["crawl", "http://a.example/", "--workers", "99999999"],
        ["crawl", "http://a.example/", "--format", "pdf"],
        ["crawl", "--urls-from", "missing.txt"],
        ["clean", ""],
        ["clean", "a", "b"],
        ["clean", "a", "--workers", "99999999999999999999"],
        ["explain"],
        ["rules", "show"],
        ["status", "--out", "\x1b[31m"],
    ],
)
def test_command_that_is_not_understood_is_one_line_that_says_where_to_look(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("\x1b[31m").write_text("a file")
    assert run_command(arguments) == 2
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1
    assert "--help` shows how" in error
    assert "\x1b" not in error
    assert not Path("out").exists()


def test_command_alone_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command([]) == 2
    assert "crawl" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["clean", "learn", "explain"])
def test_missing_file_is_named(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command([command, "missing.html"]) == 3
    error = capsys.readouterr().err
    assert error.startswith("sanspub: missing.html: no such file")
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize("command", ["clean", "learn", "explain"])
def test_binary_file_is_named_and_not_printed(
    command: str, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("junk").write_bytes(bytes(range(256)) * 9)
    assert run_command([command, "junk"]) == 3
    out, error = capfd.readouterr()
    assert not out
    assert error == "sanspub: junk: neither a page nor a text; its name or its bytes must tell\n"


def test_text_in_utf_16_is_no_binary_file(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Path("words").write_bytes("Zwei Wörter.".encode("utf-16"))
    assert run_command(["clean", "words"]) == 0
    assert capfdbinary.readouterr().out == "Zwei Wörter.".encode()


def test_file_of_a_folder_that_cannot_be_read_costs_itself(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT, "utf-8")
    Path("in/b").write_bytes(bytes(range(256)) * 9)
    Path("in/c.txt.gz").write_bytes(gzip.compress(TEXT.encode())[:-9])
    Path("in/d.txt").write_text(TEXT, "utf-8")
    assert run_command(["clean", "in", "--out", "res"]) == 1
    error = capsys.readouterr().err.splitlines()
    assert [line.split(":")[1].strip() for line in error] == ["in/b", "in/c.txt.gz"]
    assert "pourparlers" in Path("res/d.txt").read_text("utf-8")


def test_file_in_place_of_the_output_folder_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT, "utf-8")
    Path("res").write_text("a file")
    assert run_command(["clean", "in", "--out", "res"]) == 3
    assert capsys.readouterr().err == "sanspub: res: is a file; name a folder with --out\n"


def test_nothing_learned_is_said_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl").write_text('{"words": "none"}\nno json\n')
    assert run_command(["learn", "a.jsonl"]) == 3
    assert "holds no page" in capsys.readouterr().err
    assert not Path("sites.memory").exists()


def test_list_that_is_no_list_is_not_shown_line_by_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("junk").write_bytes(b"\xff\xfe\n" * 500)
    assert run_command(["crawl", "--urls-from", "junk"]) == 2
    error = capsys.readouterr().err.splitlines()
    assert len(error) == 12
    assert error[-2] == "sanspub: 490 more lines of the URL list left out"


def test_reader_that_has_gone_is_no_failure() -> None:
    command = f"{sys.executable} -m scraper rules list | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1
