"""The command line: a clear line when something is wrong, the right exit code, no traceback."""

from __future__ import annotations

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from small_paper import Answer, Paper, serve_paper

from cleaners import SiteMemory
from scraper.cli import COMMANDS, SUMMARIES, cli, describe_error, run_command
from scraper.commands.reference import render_reference
from scraper.errors import ConfigError
from scraper.throttle import Throttle

ROOT = Path(__file__).resolve().parents[2]
TEXT = "Les pourparlers reprennent lundi à Genève.\nEnvie d'afficher votre publicité ?\n"

OWN_RULES = (
    'lang = "en"\n[[rule]]\nid = "en-own"\ncategory = "follow"\nwhere = "line"\n'
    'phrases = ["voices of the valley every single day"]\nwhy = "Our slogan."\n'
    'match = ["Voices of the valley, every single day."]\n'
    'keep = ["The voices of the valley fell."]\n'
)


@pytest.fixture
def paper() -> Iterator[Paper]:
    with serve_paper() as served:
        served.front("/", ("/news/a-story", "/news/b-story"))
        served.story("/news/a-story", "a")
        served.story("/news/b-story", "b")
        yield served


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def crawl(paper: Paper, *more: str) -> int:
    return run_command(
        ["crawl", paper.base + "/", "--allow-private", "--delay", "0", "--workers", "0", *more]
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command([name, "--help"]) == 0
    assert f"sanspub {name}" in capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_summary_of_a_command_is_the_first_sentence_of_its_help(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert SUMMARIES[name] == command.get_short_help_str(1_000)


def test_commands_are_listed_in_one_order() -> None:
    assert list(SUMMARIES) == list(COMMANDS)


@pytest.mark.parametrize("flag", ["--version", "--help"])
def test_version_and_commands_are_told_without_loading_the_cleaner(flag: str) -> None:
    code = f"import sys; from scraper.cli import run_command; run_command(['{flag}'])"
    code += "; sys.exit(any(name in sys.modules for name in ('cleaners', 'numpy', 'httpx')))"
    own = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", code], env=own, check=False).returncode == 0


def test_command_reference_is_current() -> None:
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == render_reference(), (
        "run: python -m scraper.commands.reference > docs/cli.md"
    )


def test_unknown_command_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["crowl"]) == 2
    assert "crowl" in capsys.readouterr().err
    assert cli.get_command(None, "crowl") is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "flags",
    [
        ["crawl"],
        ["crawl", "ftp://paper.example/"],
        ["crawl", "http://paper.example/", "--limit", "-1"],
        ["crawl", "http://paper.example/", "--since", "soon"],
        ["crawl", "http://paper.example/", "--include", "("],
        ["crawl", "http://paper.example/", "--format", "xml"],
        ["crawl", "http://paper.example/", "--rules", "missing.toml"],
        ["crawl", "http://paper.example/", "--contact", "me@zeitung-müller.example"],
        ["crawl", "http://paper.example/", "--contact", "me@paper.example\r\nX: y"],
        ["why", "no url"],
    ],
)
def test_wrong_flag_is_a_usage_error_in_few_lines(
    flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(flags) == 2
    error = capsys.readouterr().err
    assert "Traceback" not in error
    assert len(error.splitlines()) <= 5


@pytest.mark.parametrize(
    "flags",
    [
        ["status", "--out", "nowhere"],
        ["why", "http://paper.example/", "--out", "nowhere"],
        ["retry", "--out", "nowhere"],
        ["clean", "missing.html"],
        ["explain", "missing.html"],
        ["regress", "--fixtures", "nowhere"],
        ["--config", "missing.toml", "status"],
    ],
)
def test_missing_input_is_one_line_and_exit_3(
    flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(flags) == 3
    error = capsys.readouterr().err
    assert error.startswith("sanspub: ")
    assert len(error.splitlines()) == 1


def test_crawl_stores_articles_and_says_so_on_stderr_alone(
    paper: Paper, capfd: pytest.CaptureFixture[str]
) -> None:
    assert crawl(paper) == 0
    out, error = capfd.readouterr()
    assert out == ""
    assert "2 articles stored" in error
    assert len(Path("out/articles.jsonl").read_bytes().splitlines()) == 2
    assert Path("out/ledger.sqlite").is_file()
    assert list(Path("out/archive").glob("*.warc.gz"))


@pytest.mark.parametrize("date", ["1970-01-01", "1965-03-01"])
def test_crawl_takes_articles_since_the_epoch_or_earlier(paper: Paper, date: str) -> None:
    assert crawl(paper, "--quiet", "--since", date) == 0
    assert len(Path("out/articles.jsonl").read_bytes().splitlines()) == 2


def test_quiet_crawl_says_nothing(paper: Paper, capfd: pytest.CaptureFixture[str]) -> None:
    assert crawl(paper, "--quiet") == 0
    assert capfd.readouterr() == ("", "")


def read_events(error: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in error.splitlines()]


def test_crawl_logs_one_object_for_each_url_and_one_for_all(
    paper: Paper, capfd: pytest.CaptureFixture[str]
) -> None:
    assert crawl(paper, "--log-json") == 0
    *events, summary = read_events(capfd.readouterr().err)
    assert {event["state"] for event in events} == {"done", "not-article"}
    assert [event["event"] for event in events] == ["url"] * 3
    assert summary == {
        "event": "summary", "articles": 2, "unchanged": 0, "pages": 3, "queued": 0,
        "states": {"done": 2, "not-article": 1}, "hosts_left": [], "interrupted": False,
    }  # fmt: skip


def test_whatever_a_crawl_logs_is_json(
    paper: Paper, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Throttle, "pause", lambda *_: None)
    monkeypatch.setattr(Throttle, "note", lambda *_, **__: None)
    paper.answers["/news/a-story"] = Answer(status=503, headers={"Retry-After": "3600"})
    paper.answers["/news/b-story"].status = 500
    Path("urls.txt").write_text("not a url at all\n" * 12)
    assert crawl(paper, "--log-json", "--urls-from", "urls.txt") == 1
    events = read_events(capfd.readouterr().err)
    assert {event["event"] for event in events} == {"notice", "url", "failure", "summary"}
    failed = {event["reason"] for event in events if event["event"] == "failure"}
    assert "http-500" in failed
    assert run_command(["crawl", paper.base, "--log-json", "--out", "urls.txt/a"]) == 3
    (event,) = read_events(capfd.readouterr().err)
    assert event["event"] == "error"
    assert "urls.txt/a: cannot be made" in event["message"]


def test_failed_url_is_named_and_the_exit_code_says_so(
    paper: Paper, capfd: pytest.CaptureFixture[str]
) -> None:
    paper.answers["/news/b-story"].status = 500
    assert crawl(paper) == 1
    error = capfd.readouterr().err
    assert "failed (http-500)" in error
    assert "/news/b-story" in error
    paper.answers["/news/b-story"].status = 200
    assert run_command(["retry", "--reason", "http-500"]) == 0
    assert crawl(paper) == 0


def test_quiet_crawl_says_in_one_line_what_failed(
    paper: Paper, capfd: pytest.CaptureFixture[str]
) -> None:
    paper.answers["/news/b-story"].status = 500
    assert crawl(paper, "--quiet") == 1
    (line,) = capfd.readouterr().err.splitlines()
    assert "1 URLs failed" in line
    assert "sanspub status --out out" in line
    assert run_command(["retry", "--reason", "bogus"]) == 2
    assert "http-500" in capfd.readouterr().err


def test_dead_seed_is_a_failure(paper: Paper) -> None:
    assert (
        run_command(
            ["crawl", f"{paper.base}/missing", "--allow-private", "--workers", "0", "--quiet"]
        )
        == 1
    )


def test_list_of_urls_may_hold_bad_lines(paper: Paper, capfd: pytest.CaptureFixture[str]) -> None:
    Path("urls.txt").write_text(f"# ours\n\n{paper.base}/news/a-story\nnot a url at all\n")
    flags = ["--urls-from", "urls.txt", "--depth", "0", "--allow-private", "--workers", "0"]
    assert run_command(["crawl", *flags]) == 1
    assert "line 4 of the URL list left out" in capfd.readouterr().err
    assert len(Path("out/articles.jsonl").read_bytes().splitlines()) == 1


def test_status_and_why_tell_what_became_of_urls(
    paper: Paper, capsys: pytest.CaptureFixture[str]
) -> None:
    crawl(paper, "--quiet")
    assert run_command(["status"]) == 0
    assert "2 articles in 2 versions" in capsys.readouterr().out
    assert run_command(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["articles"] == 2
    assert run_command(["why", f"{paper.base}/news/a-story"]) == 0
    shown = capsys.readouterr().out
    assert "done" in shown
    assert f"named by: {paper.base}/" in shown
    assert run_command(["why", f"{paper.base}/news/a-story", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == 1
    assert run_command(["why", "http://never.example/"]) == 1


def test_settings_file_gives_defaults_and_a_flag_wins(paper: Paper) -> None:
    Path("sanspub.toml").write_text('[crawl]\nout = "news"\nlimit = 1\nquiet = true\n')
    assert crawl(paper) == 0
    assert len(Path("news/articles.jsonl").read_bytes().splitlines()) == 1
    assert crawl(paper, "--limit", "0") == 0
    assert len(Path("news/articles.jsonl").read_bytes().splitlines()) == 2


def test_text_is_cleaned_from_a_file(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Path("a.txt").write_text(TEXT, "utf-8")
    assert run_command(["clean", "a.txt"]) == 0
    assert capfdbinary.readouterr().out.decode().strip() == TEXT.splitlines()[0]


def test_text_is_cleaned_from_standard_input() -> None:
    for source in ([], ["-"]):
        ended = run_sanspub("clean", *source, input_=TEXT.encode())
        assert ended.stdout.decode().strip() == TEXT.splitlines()[0]


def test_page_is_cleaned_into_the_shape_asked_for(
    paper: Paper, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    Path("a.html").write_bytes(paper.answers["/news/a-story"].body)
    for shape, mark in (("text", b"bridge"), ("markdown", b"bridge"), ("html", b"<p>")):
        assert run_command(["clean", "a.html", "--format", shape]) == 0
        assert mark in capfdbinary.readouterr().out
    assert run_command(["clean", "a.html", "--format", "json"]) == 0
    assert "bridge" in json.loads(capfdbinary.readouterr().out)["text"]


def test_page_as_json_has_the_fields_of_a_stored_article(
    paper: Paper, capfd: pytest.CaptureFixture[str]
) -> None:
    head = "<link rel=canonical href='https://paper.example/news/a-story'>"
    paper.story("/news/a-story", "a", head=head)
    assert crawl(paper, "--quiet") == 0
    lines = Path("out/articles.jsonl").read_bytes().splitlines()
    stored = {record["text"]: record for record in map(json.loads, lines)}
    for name in ("a", "b"):
        Path("page.html").write_bytes(paper.answers[f"/news/{name}-story"].body)
        assert run_command(["clean", "page.html", "--format", "json"]) == 0
        record = json.loads(capfd.readouterr().out)
        like = stored[record["text"]]
        assert list(record) == list(like)
        differ = {key for key in record if record[key] != like[key]}
        assert differ <= {"url", "canonical_url", "site", "fetched"}
        assert record["url"] == record["fetched"] == ""
        canonical = "https://paper.example/news/a-story" if name == "a" else ""
        assert record["canonical_url"] == canonical
        assert record["site"] == ("paper.example" if name == "a" else "")


def test_json_lines_keep_their_fields_and_bad_ones_are_named(
    capfd: pytest.CaptureFixture[str],
) -> None:
    lines = [json.dumps({"id": 1, "body": TEXT}), "no json", json.dumps({"id": 2}), "[1]"]
    Path("a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    assert run_command(["clean", "a.jsonl", "--field", "body", "--report"]) == 1
    out, error = capfd.readouterr()
    first = json.loads(out.splitlines()[0])
    assert first["id"] == 1
    assert "publicité" not in first["body"]
    assert out.splitlines()[1] == "no json"
    assert "a.jsonl: line 2: not JSON" in error
    assert "a.jsonl: line 3: no text in the field 'body'" in error
    assert "1  advertise-with-us" in error


@pytest.mark.parametrize("url", [["https://news.example/a"], {"a": "://"}, 7, None])
def test_line_whose_url_is_none_is_cleaned(url: object, capfd: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl").write_text(json.dumps({"text": TEXT, "url": url, "site": [1]}) + "\n", "utf-8")
    assert run_command(["clean", "a.jsonl"]) == 0
    assert json.loads(capfd.readouterr().out)["text"] == TEXT.splitlines()[0] + "\n"


def test_bad_lines_are_named_by_their_place_in_each_file(
    capfd: pytest.CaptureFixture[str],
) -> None:
    Path("in").mkdir()
    good = json.dumps({"text": TEXT}) + "\n"
    for name in ("in/a.jsonl", "in/b.jsonl"):
        Path(name).write_text(good + "no json\n", "utf-8")
    assert run_command(["clean", "in", "--out", "clean"]) == 1
    error = capfd.readouterr().err
    assert [line.partition("jsonl: ")[2] for line in error.splitlines()] == ["line 2: not JSON"] * 2
    Path("in/a.jsonl").write_text(good + "no json\n" + good + "no json\n", "utf-8")
    assert run_command(["clean", "in/a.jsonl", "--out", "clean/a.jsonl"]) == 1
    assert "line 4: not JSON" in capfd.readouterr().err


def test_what_cannot_be_cleaned_is_told_with_the_next_step(
    capfd: pytest.CaptureFixture[str],
) -> None:
    Path("a.html").write_text("<p>hi", "utf-8")
    assert run_command(["clean", "a.html"]) == 1
    error = capfd.readouterr().err
    assert error.startswith("sanspub: a.html: no article: ")
    assert "`sanspub explain`" in error
    assert run_command(["clean", "missing.html"]) == 3
    assert "missing.html: no such file or folder; name one" in capfd.readouterr().err
    assert run_command(["clean", "https://news.example/a"]) == 3
    assert "`sanspub explain https://news.example/a`" in capfd.readouterr().err


def write_json_lines(name: str, *ids: int) -> None:
    lines = [json.dumps({"id": number, "text": TEXT}) + "\n" for number in ids]
    Path(name).write_text("".join(lines), "utf-8")


def read_ids(name: str) -> list[int]:
    return [json.loads(line)["id"] for line in Path(name).read_text("utf-8").splitlines()]


def test_cleaning_json_lines_resumes_where_it_was_torn() -> None:
    write_json_lines("a.jsonl", 0, 1, 2, 3)
    assert run_command(["clean", "a.jsonl", "--out", "b.jsonl"]) == 0
    done = json.dumps({"id": 0, "text": "kept from before"}) + "\n"
    Path("b.jsonl").write_text(done + '{"id": 1, "te', "utf-8")
    assert run_command(["clean", "a.jsonl", "--out", "b.jsonl"]) == 0
    assert read_ids("b.jsonl") == [0, 1, 2, 3]
    assert "kept from before" in Path("b.jsonl").read_text("utf-8")


def test_input_that_grew_adds_its_new_lines_and_one_that_did_not_adds_none() -> None:
    for ids in ((0,), (0, 1, 2), (0, 1, 2)):
        write_json_lines("a.jsonl", *ids)
        assert run_command(["clean", "a.jsonl", "--out", "b.jsonl"]) == 0
        assert read_ids("b.jsonl") == list(ids)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["other.jsonl"], "holds what came of"),
        (["a.jsonl", "--lang", "fr"], "was begun with another --lang"),
        (["a.jsonl", "--rules", "own.toml"], "was begun with another --rules"),
    ],
)
def test_output_of_another_input_or_of_other_flags_is_left_alone(
    command: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_json_lines("a.jsonl", 0, 1)
    write_json_lines("other.jsonl", 7, 8, 9)
    Path("own.toml").write_text(OWN_RULES)
    assert run_command(["clean", "a.jsonl", "--out", "b.jsonl"]) == 0
    before = Path("b.jsonl").read_bytes()
    assert run_command(["clean", *command, "--out", "b.jsonl"]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert "name another --out" in line
    assert Path("b.jsonl").read_bytes() == before


def test_input_that_was_replaced_by_another_is_not_taken_for_the_rest_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_json_lines("a.jsonl", 0, 1)
    assert run_command(["clean", "a.jsonl", "--out", "b.jsonl"]) == 0
    write_json_lines("a.jsonl", 7, 8, 9)
    assert run_command(["clean", "a.jsonl", "--out", "b.jsonl"]) == 3
    assert "begins otherwise" in capsys.readouterr().err
    assert read_ids("b.jsonl") == [0, 1]


def test_file_of_somebody_else_is_not_cut_or_appended_to(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_json_lines("a.jsonl", 0, 1)
    Path("notes.txt").write_text("a list\nits last line without an end")
    assert run_command(["clean", "a.jsonl", "--out", "notes.txt"]) == 3
    assert "without a mark that `sanspub clean` began it" in capsys.readouterr().err
    assert Path("notes.txt").read_text() == "a list\nits last line without an end"


def test_output_that_was_written_anew_as_a_whole_is_not_resumed() -> None:
    write_json_lines("a.jsonl", 0, 1)
    assert run_command(["clean", "a.jsonl", "--out", "b"]) == 0
    assert run_command(["clean", "a.jsonl", "--explain", "--out", "b"]) == 0
    told = Path("b").read_bytes()
    assert run_command(["clean", "a.jsonl", "--out", "b"]) == 3
    assert Path("b").read_bytes() == told


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no /dev/stdout on this system")
@pytest.mark.parametrize("name", ["a.jsonl", "a.txt"])
@pytest.mark.parametrize("out", ["/dev/stdout", "/dev/fd/1", "-"])
def test_standard_output_may_be_named_and_is_appended_to(name: str, out: str) -> None:
    content = '{"text": "one"}\n'
    Path(name).write_text(content)
    Path("log").write_text("before\n")
    with Path("log").open("ab") as log:
        ended = subprocess.run(
            [sys.executable, "-m", "scraper", "clean", name, "--out", out],
            stdout=log, stderr=subprocess.PIPE, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    assert ended.stderr == b""
    assert Path("log").read_text() == "before\n" + content
    assert not Path("-").exists()


@pytest.mark.parametrize("name", ["a.jsonl", "a.txt"])
def test_folder_of_the_output_is_made(name: str) -> None:
    Path(name).write_text('{"text": "one"}\n', "utf-8")
    assert run_command(["clean", name, "--out", "new/folder/b"]) == 0
    assert Path("new/folder/b").read_text("utf-8") == '{"text": "one"}\n'


def test_verdicts_on_json_lines_are_written_anew() -> None:
    lines = [json.dumps({"id": number, "text": TEXT}) + "\n" for number in range(4)]
    Path("a.jsonl").write_text("".join(lines), "utf-8")
    assert run_command(["clean", "--explain", "a.jsonl", "--out", "b.txt"]) == 0
    told = Path("b.txt").read_text("utf-8")
    assert told.count("# a.jsonl: line ") == 4
    Path("b.txt").write_text(told[: len(told) // 2], "utf-8")
    assert run_command(["clean", "--explain", "a.jsonl", "--out", "b.txt"]) == 0
    assert Path("b.txt").read_text("utf-8") == told


@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "sub/../a.jsonl"])
def test_file_is_not_cleaned_into_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("sub").mkdir()
    text = '{"text": "one"}\n{"text": "two"}'  # without an end, as a torn output is
    Path(name).write_text(text, "utf-8")
    assert run_command(["clean", name, "--out", str(Path(name).resolve())]) == 2
    assert "--out is the file that is cleaned" in capsys.readouterr().err
    assert Path(name).read_text("utf-8") == text


def test_folder_is_cleaned_file_by_file_and_again_only_what_is_missing() -> None:
    Path("in/sub").mkdir(parents=True)
    for name in ("in/a.txt", "in/sub/b.txt"):
        Path(name).write_text(TEXT, "utf-8")
    assert run_command(["clean", "in"]) == 2
    assert run_command(["clean", "in", "--out", "in/x"]) == 2
    assert run_command(["clean", "in", "--out", "clean"]) == 0
    assert "publicité" not in Path("clean/sub/b.txt").read_text("utf-8")
    Path("clean/a.txt").write_text("mine", "utf-8")
    assert run_command(["clean", "in", "--out", "clean"]) == 0
    assert Path("clean/a.txt").read_text("utf-8") == "mine"


def test_folder_made_with_other_flags_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT, "utf-8")
    assert run_command(["clean", "in", "--out", "clean"]) == 0
    assert run_command(["clean", "in", "--explain", "--out", "clean"]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("sanspub: clean: was begun with another --explain: give the same")
    assert "DROP" not in Path("clean/a.txt").read_text("utf-8")


def test_files_that_are_there_already_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    for name in ("in/a.txt", "in/b.txt"):
        Path(name).write_text(TEXT, "utf-8")
    assert run_command(["clean", "in", "--out", "clean"]) == 0
    assert capsys.readouterr().err == ""
    Path("in/c.txt").write_text(TEXT, "utf-8")
    assert run_command(["clean", "in", "--out", "clean"]) == 0
    said = "sanspub: files that were there already, and are left as they are: 2\n"
    assert capsys.readouterr().err == said
    assert Path("clean/c.txt").is_file()


def test_folder_that_holds_such_a_file_of_somebody_else_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("in/a.txt", "clean/a.txt", "other/z.txt"):
        Path(name).parent.mkdir()
        Path(name).write_text(TEXT, "utf-8")
    assert run_command(["clean", "in", "--out", "clean"]) == 3
    assert "clean/a.txt: is there without a mark" in capsys.readouterr().err
    assert run_command(["clean", "in", "--out", "other"]) == 0


def test_folder_without_files_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in/sub").mkdir(parents=True)
    assert run_command(["clean", "in", "--out", "clean"]) == 3
    assert capsys.readouterr().err.startswith("sanspub: in: no file in it")


def test_many_texts_are_cleaned_in_several_processes(capfd: pytest.CaptureFixture[str]) -> None:
    lines = [json.dumps({"id": number, "text": TEXT}) for number in range(40)]
    Path("a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    assert run_command(["clean", "a.jsonl", "--workers", "2"]) == 0
    out = capfd.readouterr().out.splitlines()
    assert [json.loads(line)["id"] for line in out] == list(range(40))


def test_archive_of_a_crawl_is_cleaned_again_without_fetching(
    paper: Paper, capfd: pytest.CaptureFixture[str]
) -> None:
    crawl(paper, "--quiet")
    asked = paper.asked.total()
    stored = {
        json.loads(line)["url"] for line in Path("out/articles.jsonl").read_bytes().splitlines()
    }
    assert run_command(["clean", "out"]) == 0
    again = {json.loads(line)["url"] for line in capfd.readouterr().out.splitlines()}
    assert again == stored
    assert paper.asked.total() == asked


def test_changed_story_of_an_archive_has_the_versions_of_the_crawl(
    paper: Paper, capfd: pytest.CaptureFixture[str]
) -> None:
    crawl(paper, "--quiet")
    paper.story("/news/a-story", "new")
    crawl(paper, "--quiet", "--refresh")
    stored = [json.loads(x) for x in Path("out/articles.jsonl").read_bytes().splitlines()]
    for flags in ([], ["--keep-twins"]):
        capfd.readouterr()
        assert run_command(["clean", "out", *flags]) == 0
        again = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
        versions = {(record["url"], record["version"]) for record in again}
        assert versions == {(record["url"], record["version"]) for record in stored}
    assert max(record["version"] for record in stored) == 2


def test_archive_gives_back_whatever_type_and_status_the_crawl_stored(
    paper: Paper, capfd: pytest.CaptureFixture[str]
) -> None:
    kinds = ("text/plain", "application/octet-stream", "")
    paper.front("/", tuple(f"/news/story-of-type-{word}" for word in ("one", "two", "three")))
    for kind, word in zip(kinds, ("one", "two", "three"), strict=True):
        paper.story(f"/news/story-of-type-{word}", word)
        answer = paper.answers[f"/news/story-of-type-{word}"]
        answer.headers = {"Content-Type": kind} if kind else {}
        answer.status = 200 if kind else 203
    crawl(paper, "--quiet")
    stored = Path("out/articles.jsonl").read_bytes().splitlines()
    assert len(stored) == 3
    capfd.readouterr()
    assert run_command(["clean", "out"]) == 0
    again = capfd.readouterr().out.splitlines()
    assert {json.loads(line)["url"] for line in again} == {json.loads(x)["url"] for x in stored}


def test_compressed_files_of_a_folder_come_out_plain_under_plain_names() -> None:
    line = json.dumps({"text": TEXT}).encode() + b"\n"
    Path("in").mkdir()
    Path("in/a.jsonl.gz").write_bytes(gzip.compress(line))
    Path("in/b.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    Path("in/D.TXT.GZ").write_bytes(gzip.compress(TEXT.encode()))
    Path("in/c.jsonl").write_bytes(line)
    Path("in/c.jsonl.gz").write_bytes(gzip.compress(line * 2))
    for _ in range(2):
        assert run_command(["clean", "in", "--out", "clean"]) == 0
    assert run_command(["clean", "clean", "--out", "again"]) == 0  # a mark is nothing to clean
    assert len(list(Path("again").glob("[!.]*"))) == 5
    found = {path.name: path.read_text("utf-8") for path in Path("clean").glob("[!.]*")}
    assert sorted(found) == ["D.TXT", "a.jsonl", "b.txt", "c.jsonl", "c.jsonl.gz.jsonl"]
    assert json.loads(found["a.jsonl"])["text"] == found["b.txt"]
    assert found["c.jsonl.gz.jsonl"] == found["c.jsonl"] * 2


def test_why_takes_an_address_as_crawl_does(
    paper: Paper, capsys: pytest.CaptureFixture[str]
) -> None:
    crawl(paper, "--quiet")
    address = f"{paper.base}/news/a-story".removeprefix("http://")
    assert run_command(["why", address]) == 0
    assert "done" in capsys.readouterr().out


def test_host_that_asks_for_a_long_pause_is_named_once(
    paper: Paper, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Throttle, "pause", lambda *_: None)
    monkeypatch.setattr(Throttle, "note", lambda *_, **__: None)
    for path in ("/news/a-story", "/news/b-story"):
        paper.answers[path] = Answer(status=503, headers={"Retry-After": "3600"})
    crawl(paper)
    assert capsys.readouterr().err.count(": asked to be left alone for 3600 s") == 1


@pytest.mark.parametrize("command", ["crawl http://example.test", "status", "demo"])
def test_empty_path_is_refused(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command([*command.split(), "--out", ""]) == 2
    assert "'--out': an empty path; is a variable unset?" in capsys.readouterr().err


def test_seed_that_cannot_be_reached_is_said_once_and_does_not_wait(
    paper: Paper, capsys: pytest.CaptureFixture[str]
) -> None:
    paper.answers["/robots.txt"] = Answer(status=503)
    assert crawl(paper) == 1
    said = capsys.readouterr().err
    assert said.count("robots.txt") == 1
    assert "failed (status)" in said
    assert "for the next run" not in said


def test_unreadable_robots_txt_is_said_and_makes_the_exit_code(
    paper: Paper, capsys: pytest.CaptureFixture[str]
) -> None:
    assert crawl(paper, "--quiet", "--limit", "1") == 0
    paper.answers["/robots.txt"] = Answer(status=503, headers={"Retry-After": "7200"})
    assert crawl(paper, "--quiet") == 1
    host = paper.base.removeprefix("http://")
    assert f"sanspub: robots.txt could not be read: {host};" in capsys.readouterr().err
    del paper.answers["/robots.txt"]
    assert crawl(paper, "--quiet") == 0


def test_explain_shows_each_line_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(TEXT, "utf-8")
    assert run_command(["explain", "a.txt"]) == 0
    kept, dropped = capsys.readouterr().out.splitlines()
    assert kept.startswith("keep")
    assert dropped.startswith("DROP  advertise-with-us")
    assert run_command(["explain", "a.txt", "--removed"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_explain_fetches_a_url(paper: Paper, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["explain", f"{paper.base}/news/a-story", "--allow-private"]) == 0
    assert "keep" in capsys.readouterr().out
    assert run_command(["explain", f"{paper.base}/news/a-story"]) == 3
    shouted = paper.base.replace("http", "HTTP")
    assert run_command(["explain", f"{shouted}/news/a-story", "--allow-private"]) == 0
    assert "keep" in capsys.readouterr().out


def test_explain_of_nothing_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["explain", ""]) == 2
    assert "the name of what to explain is empty" in capsys.readouterr().err


SLOGAN = "Voices of the valley, every single day"


def add_slogan(paper: Paper, *paths: str) -> None:
    for path in paths:
        answer = paper.answers[path]
        answer.body = answer.body.replace(b"</article>", f"<p>{SLOGAN}</p></article>".encode())


def test_memory_learned_from_a_crawl_is_used(paper: Paper) -> None:
    paper.story("/news/c-story", "c")
    paper.front("/", stories := tuple(f"/news/{name}-story" for name in "abc"))
    add_slogan(paper, *stories)
    assert crawl(paper, "--quiet") == 0
    assert Path("out/articles.jsonl").read_text("utf-8").count(SLOGAN) == 3
    for _ in range(2):
        assert run_command(["learn", "out", "--memory", "m.memory"]) == 0
    assert (
        SiteMemory.from_bytes(Path("m.memory").read_bytes()).count_pages(
            SLOGAN, site=paper.base.removeprefix("http://")
        )
        == 3
    )
    assert run_command(["clean", "out", "--memory", "m.memory", "--out", "again.jsonl"]) == 0
    again = Path("again.jsonl").read_text("utf-8")
    assert len(again.splitlines()) == 3
    assert SLOGAN not in again
    assert run_command(["learn", "again.txt"]) == 3


def learn_page_by_page(count: int) -> SiteMemory:
    for word in ("bridge", "market", "school")[:count]:
        text = f"The council spoke of the {word} until late at night.\n{SLOGAN}\n"
        record = {"url": f"https://paper.example/{word}", "text": text}
        Path("page.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
        assert run_command(["learn", "page.jsonl", "--memory", "m.memory"]) == 0
    return SiteMemory.from_bytes(Path("m.memory").read_bytes())


def test_memory_learns_page_by_page_what_it_learns_at_once() -> None:
    memory = learn_page_by_page(3)
    assert memory.count_pages(SLOGAN, site="paper.example") == 3
    assert memory.recurs(SLOGAN, site="paper.example")


def test_large_memory_forgets_what_it_met_once(monkeypatch: pytest.MonkeyPatch) -> None:
    learn_page_by_page(2)
    monkeypatch.setattr("scraper.commands.learn._MAX_LINES", 1)
    (site,) = learn_page_by_page(3).sites.values()
    assert list(site.lines.values()) == [3]


def test_flag_that_says_nothing_to_a_file_is_refused(
    paper: Paper, capsys: pytest.CaptureFixture[str]
) -> None:
    crawl(paper, "--quiet")
    Path("a.txt").write_text(TEXT, "utf-8")
    Path("a.html").write_text("<html><p>Text", "utf-8")
    assert run_command(["learn", "out", "--memory", "m.memory"]) == 0
    for flags, said in (
        (["a.txt", "--memory", "m.memory"], "--memory needs to know the site"),
        (["a.txt", "--format", "markdown"], "--format markdown is for pages"),
        (["a.html", "--lang", "fr"], "--lang is for texts"),
        (["out", "--format", "html"], "--format html is for single pages"),
        (["a.html", "--field", "body"], "--field is for JSON lines"),
        (["out", "--field", "body"], "--field is for JSON lines"),
        (["a.html", "--keep-twins"], "--keep-twins is for archives"),
    ):
        assert run_command(["clean", *flags]) == 2
        assert said in capsys.readouterr().err
    assert run_command(["learn", "out", "--field", "body"]) == 2
    assert "--field is for JSON lines" in capsys.readouterr().err


def test_report_of_an_archive_counts_what_was_dropped(
    paper: Paper, capsys: pytest.CaptureFixture[str]
) -> None:
    crawl(paper, "--quiet")
    capsys.readouterr()
    assert run_command(["clean", "out", "--out", "out/articles.jsonl"]) == 2
    assert run_command(["clean", "out", "--report", "--out", "again.jsonl"]) == 0
    first, *reasons = capsys.readouterr().err.splitlines()
    assert " 0 lines dropped" not in first
    assert reasons


def test_retry_takes_the_words_that_status_shows(paper: Paper) -> None:
    crawl(paper, "--quiet")
    assert run_command(["retry", "--state", "not-article"]) == 0
    assert run_command(["retry", "--state", "NOT-ARTICLE"]) == 0
    assert run_command(["retry", "--state", "done"]) == 2


def test_rules_of_the_user_drop_what_they_name(paper: Paper) -> None:
    add_slogan(paper, "/news/a-story")
    Path("own.toml").write_text(OWN_RULES)
    own = ["--rules", "own.toml"]
    assert crawl(paper, *own, "--format", "markdown", "--format", "jsonl", "--quiet") == 0
    assert SLOGAN not in Path("out/articles.jsonl").read_text("utf-8")
    Path("a.html").write_bytes(paper.answers["/news/a-story"].body)
    for shape in ("text", "markdown", "html", "json"):
        assert run_command(["clean", "a.html", *own, "--format", shape, "--out", "a.out"]) == 0
        assert SLOGAN not in Path("a.out").read_text("utf-8")


def test_demo_shows_titles_and_first_lines(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        monkeypatch.setattr("scraper.commands.demo._DEMO_PORT", free.getsockname()[1])
    assert run_command(["demo", "--quiet", "--out", "demo"]) == 0
    out = capfd.readouterr().out.splitlines()
    stored = Path("demo/articles.jsonl").read_bytes().splitlines()
    assert len(out) == 2 * len(stored) >= 40
    assert run_command(["demo", "--quiet", "--out", "demo"]) == 0
    again, error = capfd.readouterr()
    assert again == ""
    assert "nothing new" in error


def run_sanspub(*flags: str, input_: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "scraper", *flags],
        input=input_, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_interrupted_crawl_drains_and_says_130(paper: Paper, tmp_path: Path) -> None:
    for number in range(60):
        paper.story(f"/news/story-{number}", f"word{'abcdefghij'[number % 10]}{number}")
    paper.front("/", tuple(f"/news/story-{number}" for number in range(60)))
    command = [
        sys.executable, "-m", "scraper", "crawl", f"{paper.base}/", "--allow-private", "--delay",
        "0.1", "--workers", "1",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    deadline = time.monotonic() + 30
    while paper.asked.total() < 6 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"resume" in error
    assert b"Traceback" not in error
    stored = len(Path("out/articles.jsonl").read_bytes().splitlines())
    assert stored < 60
    assert crawl(paper, "--quiet") == 0
    urls = [
        json.loads(line)["url"] for line in Path("out/articles.jsonl").read_bytes().splitlines()
    ]
    assert len(urls) == len(set(urls)) == 60


@pytest.mark.skipif(os.name == "nt", reason="Windows has no bash")
def test_crawl_whose_reader_goes_away_can_be_resumed(paper: Paper) -> None:
    stories = tuple(f"/news/story-{number}" for number in range(40))
    for number, path in enumerate(stories):
        paper.story(path, f"word{'abcdefghij'[number % 10]}{number}")
    paper.front("/", stories)
    command = (
        f"{sys.executable} -m scraper crawl {paper.base}/ --allow-private --delay 0 --workers 0 "
        "--log-json 2>&1 | head -n 3; exit ${PIPESTATUS[0]}"
    )
    ended = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ended.returncode == 130
    assert len(ended.stdout.splitlines()) == 3
    assert crawl(paper, "--quiet") == 0
    lines = Path("out/articles.jsonl").read_bytes().splitlines()
    assert len(lines) == len({json.loads(line)["url"] for line in lines}) == 40


def test_reader_that_goes_away_is_no_error() -> None:
    Path("a.jsonl").write_text((json.dumps({"text": TEXT * 50}) + "\n") * 2000, "utf-8")
    command = f"{sys.executable} -m scraper clean a.jsonl | head -c 100"
    ended = subprocess.run(
        command, shell=True, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ended.stderr == b""


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (ConfigError("x: wrong"), "x: wrong"),
        (FileNotFoundError(2, "No such file", "a"), "a: No such file"),
        (MemoryError(), "out of memory"),
        (ValueError("odd"), "a bug, please report it: ValueError: odd"),
    ],
)
def test_error_is_described_in_one_line(error: Exception, shown: str) -> None:
    assert shown in describe_error(error)
    assert "\n" not in describe_error(error)
