"""What is given to `sanspub clean` is read as what it is, or refused in one line."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
import zstandard

from scraper.cli import run_command
from scraper.errors import ConfigError
from scraper.sources import Source, name_source, sniff_source

TEXT = "Les pourparlers reprennent lundi à Genève.\nEnvie d'afficher votre publicité ?\n"
KEPT = TEXT.splitlines()[0]
LINE = json.dumps({"text": TEXT}).encode() + b"\n"


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def clean_stdin(data: bytes, monkeypatch: pytest.MonkeyPatch, *flags: str) -> int:
    stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(data)))  # type: ignore[type-var]
    monkeypatch.setattr("sys.stdin", stream)
    return run_command(["clean", "-", *flags])


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\n\n <!DOCTYPE html>", Source.HTML),
        (b"<!-- saved from url=x -->\n<html>", Source.HTML),
        (b"<body class=a>", Source.HTML),
        (b"<meta charset=utf-8>", Source.HTML),
        (b"<p>First.</p>", Source.HTML),
        (b"Menu <div id=a>", Source.HTML),
        ("\ufeff<html>".encode("utf-16-le"), Source.HTML),
        (b'\n{"text": "<p>a</p>"}', Source.JSONL),
        (b"[\n  {", Source.JSONL),
        (b"[Update] The talks go on.", Source.TEXT),
        (b"WARC/1.1\r\nWARC-Type: warcinfo", Source.WARC),
        (b"a < b and c > d", Source.TEXT),
        (b"", Source.TEXT),
    ],
)
def test_first_bytes_tell_what_a_file_is(start: bytes, kind: Source) -> None:
    assert sniff_source(start) is kind


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>", "MHTML"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "a WARC file"),
        (gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n"), "a WARC file"),
        (b"\x7fELF\0\0", "neither a page nor a text"),
    ],
)
def test_what_is_no_text_is_refused_on_standard_input(
    data: bytes, said: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert clean_stdin(data, monkeypatch) == 3
    out, error = capfd.readouterr()
    assert out == ""
    assert f"standard input: {said}" in error or f"page saved as {said}" in error
    assert len(error.splitlines()) == 1


def test_a_pdf_is_refused_whatever_its_name() -> None:
    Path("a.txt").write_bytes(b"%PDF-1.7 ...")
    with pytest.raises(ConfigError, match="a PDF"):
        name_source(Path("a.txt"))


@pytest.mark.parametrize("before", [b"\n", b"<!-- saved -->\n"])
def test_page_on_standard_input_is_a_page_whatever_comes_first(
    before: bytes, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    story = "<p>The old bridge over the river reopened on Monday, after eleven months.</p>" * 3
    page = before + f"<body><article><h1>Bridge</h1>{story}</article></body>".encode()
    assert clean_stdin(page, monkeypatch) == 0
    out = capfd.readouterr().out
    assert out.startswith("The old bridge")
    assert "<" not in out


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_blank_lines_and_compression_of_json_lines_are_no_harm(
    pack: type[bytes], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    data = pack(b"\n" + LINE + b"\n" + LINE)
    assert clean_stdin(data, monkeypatch) == 0
    out, error = capfd.readouterr()
    assert [json.loads(line)["text"].strip() for line in out.split("\n") if line] == [KEPT] * 2
    assert error == ""
    for name in ("a.jsonl", "a.jsonl.zst" if pack is zstandard.compress else "b.jsonl"):
        Path(name).write_bytes(data)
        assert run_command(["clean", name]) == 0


@pytest.mark.parametrize(
    ("document", "command"),
    [(b'[\n  {"text": "a"}\n]\n', "jq -c '.[]'"), (b'\n{\n  "text": "a"\n}\n', "jq -c ."),
     (b'[{"text": "a"}]', "jq -c '.[]'")],
)  # fmt: skip
def test_json_document_is_named_once_and_the_rest_of_the_folder_cleaned(
    document: bytes,
    command: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert clean_stdin(document, monkeypatch) == 3
    out, error = capfd.readouterr()
    said = f"a JSON document, not JSON lines; `{command}` makes them"
    assert out == ""
    assert error.splitlines() == [f"sanspub: standard input: {said}"]
    Path("in").mkdir()
    Path("in/a.json").write_bytes(document)
    Path("in/b.jsonl").write_bytes(LINE)
    assert run_command(["clean", "in", "--out", "clean"]) == 1
    error = capfd.readouterr().err
    assert error.splitlines() == [f"sanspub: {Path('in/a.json')}: {said}"]
    assert not Path("clean/a.json").exists()
    assert json.loads(Path("clean/b.jsonl").read_bytes())["text"].strip() == KEPT


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_in_any_charset_is_cleaned_into_utf8(
    codec: str, end: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    Path("a.txt").write_bytes(TEXT.replace("\n", end).encode(codec))
    assert run_command(["clean", "a.txt"]) == 0
    assert capfdbinary.readouterr().out.decode().strip() == KEPT
    assert run_command(["explain", "a.txt"]) == 0
    assert KEPT in capfdbinary.readouterr().out.decode()


@pytest.mark.parametrize(
    "data",
    [KEPT.encode() + b" \xff\xfe\n", b"\xef\xbb\xbf" + KEPT.encode(), KEPT.encode() + b"\0 \n"],
)
def test_utf8_text_without_residue_comes_back_byte_for_byte(
    data: bytes, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    data = data * 10
    Path("a.txt").write_bytes(data)
    assert run_command(["clean", "a.txt"]) == 0
    assert capfdbinary.readouterr().out == data


def test_lines_that_teach_nothing_are_named(capfd: pytest.CaptureFixture[str]) -> None:
    url = "https://news.example/a"
    records = ({"url": url, "text": TEXT}, {"url": url, "text": None}, {"url": url, "text": [TEXT]},
               {"text": TEXT}, [1])  # fmt: skip
    lines = [*map(json.dumps, records), "", "no json"]
    Path("a.jsonl").write_text("\n".join(lines), "utf-8")
    assert run_command(["learn", "a.jsonl"]) == 1
    assert capfd.readouterr().err.splitlines() == [
        "sanspub: a.jsonl: line 2: no text in the field 'text'",
        "sanspub: a.jsonl: line 3: no text in the field 'text'",
        "sanspub: a.jsonl: line 4: neither a `url` nor a `site`",
        "sanspub: a.jsonl: line 5: no text in the field 'text'",
        "sanspub: a.jsonl: line 7: not JSON",
        "learned from 1 pages; sites.memory is ready for --memory",
    ]


def test_explained_pieces_of_many_are_named(capfd: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT, "utf-8")
    Path("in/b.jsonl").write_bytes(LINE + b"\n" + LINE)
    assert run_command(["clean", "in", "--explain"]) == 0
    names = [line for line in capfd.readouterr().out.splitlines() if line.startswith("#")]
    lines = Path("in/b.jsonl")
    assert names == [f"# {Path('in/a.txt')}", f"# {lines}: line 1", f"# {lines}: line 3"]
    assert run_command(["clean", "in/a.txt", "--explain"]) == 0
    assert capfd.readouterr().out.startswith("keep")
