"""What `sanspub clean` writes leaves alone what is not its own, and holds every line once."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from scraper.cli import run_command
from scraper.errors import OutputError
from scraper.records.lock import FileLock
from scraper.writers.base import write_whole

STORY = " ".join(f"The council met on day {number} to speak of the bridge." for number in range(9))
HTML = f"<html><body><article><h1>The bridge</h1><p>{STORY}</p><p>{STORY}</p></article></body>"


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write_lines(name: str, *ids: int) -> None:
    lines = [json.dumps({"id": number, "text": STORY}) + "\n" for number in ids]
    Path(name).write_text("".join(lines), "utf-8")


def test_input_with_the_ending_of_a_draft_is_cleaned_and_stays() -> None:
    Path("page.html.part").write_text(HTML)
    assert run_command(["clean", "page.html.part", "--out", "page.html"]) == 0
    assert Path("page.html.part").read_text() == HTML
    assert "day 8" in Path("page.html").read_text()
    assert sorted(path.name for path in Path().iterdir()) == ["page.html", "page.html.part"]


def test_file_beside_an_output_is_left_alone() -> None:
    Path("a.html").write_text(HTML)
    Path("out.txt.part").write_text("mine")
    assert run_command(["clean", "a.html", "--out", "out.txt"]) == 0
    write_whole(Path("out.txt"), b"whole")
    assert Path("out.txt.part").read_text() == "mine"


def test_link_as_output_stays_a_link() -> None:
    Path("a.html").write_text(HTML)
    Path("real").mkdir()
    Path("out.txt").symlink_to("real/text.txt")
    assert run_command(["clean", "a.html", "--out", "out.txt"]) == 0
    assert Path("out.txt").is_symlink()
    assert "day 8" in Path("real/text.txt").read_text()


def test_file_has_the_mode_that_a_plain_one_would_have() -> None:
    Path("plain").write_bytes(b"")
    write_whole(Path("whole"), b"")
    assert Path("whole").stat().st_mode == Path("plain").stat().st_mode


def test_write_that_fails_leaves_no_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match="No space left"):
        write_whole(Path("whole"), b"data")
    assert list(Path().iterdir()) == []


def test_output_that_another_run_writes_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    write_lines("a.jsonl", 0, 1)
    assert run_command(["clean", "a.jsonl", "--out", "b.jsonl"]) == 0
    write_lines("a.jsonl", 0, 1, 2)
    before = Path("b.jsonl").read_bytes()
    with FileLock(Path("b.jsonl")):
        assert run_command(["clean", "a.jsonl", "--out", "b.jsonl"]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("sanspub: b.jsonl: another run writes it; wait for it")
    assert Path("b.jsonl").read_bytes() == before
    assert run_command(["clean", "a.jsonl", "--out", "b.jsonl"]) == 0
    assert Path("b.jsonl").read_bytes().count(b"\n") == 3


def test_output_with_more_lines_than_its_input_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_lines("a.jsonl", 0, 1)
    assert run_command(["clean", "a.jsonl", "--out", "b.jsonl"]) == 0
    Path("b.jsonl").write_bytes(Path("b.jsonl").read_bytes() * 2)
    assert run_command(["clean", "a.jsonl", "--out", "b.jsonl"]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("sanspub: b.jsonl: holds 4 lines and the input has only 2")


def test_refused_run_leaves_no_empty_output() -> None:
    Path("a.jsonl").write_text("[\n")
    assert run_command(["clean", "a.jsonl", "--out", "b.jsonl"]) == 3
    assert not Path("b.jsonl").exists()


@pytest.mark.parametrize(
    "change", [{"start_bytes": "many"}, {"start_bytes": None}, {"options": ["--lang"]}]
)
def test_mark_that_is_none_of_ours_is_no_mark(
    change: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    write_lines("a.jsonl", 0, 1)
    assert run_command(["clean", "a.jsonl", "--out", "b.jsonl"]) == 0
    place = Path(".b.jsonl.sanspub-mark")
    place.write_text(json.dumps({**json.loads(place.read_text()), **change}))
    assert run_command(["clean", "a.jsonl", "--out", "b.jsonl"]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("sanspub: b.jsonl: is there without a mark")


@pytest.mark.parametrize("name", ["a.jsonl", "a.html"])
def test_output_that_is_a_circle_of_links_is_refused(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(name).write_text(HTML)
    Path("one").symlink_to("two")
    Path("two").symlink_to("one")
    assert run_command(["clean", name, "--out", "one"]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "sanspub: one: is a link that leads back to itself; name another --out"


@pytest.mark.parametrize("key", ["out", "rules", "memory"])
def test_path_that_holds_a_nul_byte_is_named(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.html").write_text(HTML)
    value = '["a\\u0000b"]' if key == "rules" else '"a\\u0000b"'
    Path("sanspub.toml").write_text(f"[clean]\n{key} = {value}\n")
    assert run_command(["clean", "a.html"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "holds a NUL byte" in line
    assert f"--{key}" in line


def test_settings_may_begin_with_a_byte_order_mark() -> None:
    Path("a.html").write_text(HTML)
    Path("sanspub.toml").write_text('[clean]\nout = "b.txt"\n', "utf-8-sig")
    assert run_command(["clean", "a.html"]) == 0
    assert Path("b.txt").exists()


def test_half_of_a_surrogate_pair_comes_through(capfd: pytest.CaptureFixture[str]) -> None:
    line = json.dumps({"title": "half \ud83d", "text": STORY})
    Path("a.jsonl").write_text(line + "\n")
    assert run_command(["clean", "a.jsonl"]) == 0
    assert json.loads(capfd.readouterr().out) == json.loads(line)


def test_number_that_is_too_large_is_named_and_its_line_kept(
    capfd: pytest.CaptureFixture[str],
) -> None:
    line = f'{{"text": "{STORY}", "size": 1e400}}\n'
    Path("a.jsonl").write_text(line)
    assert run_command(["clean", "a.jsonl"]) == 1
    out, error = capfd.readouterr()
    assert out == line
    assert error == "sanspub: a.jsonl: line 1: the number 1e400 is too large\n"
