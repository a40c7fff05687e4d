"""`sanspub clean`: saved pages, texts, JSON lines, WARC files and folders of them."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import click

from scraper.cleaning.knowledge import load_memory, load_user_rules
from scraper.commands.paths import NamedPath, memory_option, rules_option
from scraper.crawl_config import MAX_WORKERS
from scraper.errors import ConfigError, OutputError
from scraper.files.clean_files import (
    TEXT_FIELD,
    CleanOrder,
    Result,
    Shape,
    clean_html_piece,
    clean_line_piece,
    clean_page_piece,
    clean_text_piece,
    count_dropped,
    count_stories,
    find_archive,
    replay_all,
)
from scraper.files.clean_folder import Place, list_files, name_places
from scraper.files.clean_out import (
    hold_output,
    is_stream,
    name_options,
    skip_lines,
    take_up,
    take_up_folder,
    write_results,
)
from scraper.files.parallel import map_ordered
from scraper.sources import (
    Source,
    is_binary,
    name_source,
    open_file,
    read_file,
    read_json_lines,
    read_lines,
    refuse_foreign,
    sniff_source,
    unpack_stream,
)
from scraper.urls import strip_controls

_EXIT_PROBLEMS = 1


@click.command("clean")
@click.argument("source", default="-", metavar="[FILE|DIR|-]")
@click.option(
    "--field", default=TEXT_FIELD, show_default=True, help="Where a JSON line holds its text."
)
@click.option(
    "--lang", default="", help="Language of texts (fr); without it, their small words tell."
)
@click.option(
    "--format",
    "shape",
    type=click.Choice([shape.value for shape in Shape]),
    default=Shape.TEXT.value,
    show_default=True,
    help="What comes out of a page. An archive gives JSON records; markdown adds a field to them.",
)
@rules_option
@memory_option
@click.option(
    "--explain", is_flag=True, help="Show each line with its verdict instead of the result."
)
@click.option(
    "--keep-twins",
    is_flag=True,
    help="Give a story of an archive again under each of its addresses.",
)
@click.option("--report", is_flag=True, help="Count on standard error what was dropped, by rule.")
@click.option(
    "--out",
    type=NamedPath(),
    help="File, or folder if a folder is cleaned; - is stdout. Run the same again to resume.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=0, max=MAX_WORKERS),
    default=1,
    show_default=True,
    help="Processes; worth it from a few thousand texts on.",
)
def clean_command(
    source: str,
    out: Path | None,
    workers: int,
    report: bool,  # noqa: FBT001
    keep_twins: bool,  # noqa: FBT001
    **flags: Any,
) -> int:
    """Clean what is saved already: a page, a text, JSON lines, a WARC file, or a folder of these.

    The folder of a crawl is cleaned again from its archive, without fetching, each story once. Exit
    code 1: some pieces could not be read or cleaned; each is named on standard error.
    """
    order = CleanOrder(**{**flags, "shape": Shape(flags["shape"]), "report": report})
    load_user_rules(order.rules)  # a bad file is said once and first, not for each piece
    load_memory(order.memory)
    run = CleanRun(order, workers=workers, keep_twins=keep_twins)
    path, out = Path(source), None if out == Path("-") else out
    if not source:
        raise click.UsageError("the name of what to clean is empty")
    refuse_own_output(path, out)
    if source == "-":
        run.clean_stdin(out)
    elif path.is_dir() and not find_archive(path):
        run.clean_folder(path, out)
    elif path.is_dir():
        refuse_vain_flags(Source.WARC, order, keep_twins=keep_twins)
        run.clean_archive(find_archive(path), out)
    elif path.is_file():
        refuse_vain_flags(name_source(path), order, keep_twins=keep_twins)
        run.clean_file(path, out)
    elif path.exists():
        raise ConfigError(f"{source}: not a regular file; pipe it into `sanspub clean -`")
    else:
        raise ConfigError(_explain_missing(source))
    for line in run.summary_lines():
        click.echo(line, err=True)
    return _EXIT_PROBLEMS if run.problems else 0


def refuse_own_output(source: Path, out: Path | None) -> None:
    """Refuses to write over what is cleaned: its lines would be cut away, and read for ever.

    Raises:
        click.UsageError: `out` is the file that is cleaned, or lies inside the folder.
        OutputError: `out` is a link that leads to no file.
    """
    if out is None:
        return
    real = Path(os.path.realpath(out))
    if real.is_symlink():
        raise OutputError(f"{out}: is a link that leads back to itself; name another --out")
    if real.is_relative_to(os.path.realpath(source)):
        if source.is_dir():
            raise click.UsageError("--out lies inside the folder that is cleaned")
        raise click.UsageError("--out is the file that is cleaned; name another")


def refuse_vain_flags(kind: Source, order: CleanOrder, *, keep_twins: bool) -> None:
    """Refuses flags that say nothing to a file of a kind. In a folder each file takes its own.

    Raises:
        click.UsageError: such a flag was given.
    """
    is_page = kind in {Source.HTML, Source.WARC}
    if order.field != TEXT_FIELD and kind is not Source.JSONL:
        raise click.UsageError("--field is for JSON lines, and this is none")
    if keep_twins and kind is not Source.WARC:
        raise click.UsageError("--keep-twins is for archives, and this is none")
    if order.lang and is_page:
        raise click.UsageError("--lang is for texts and JSON lines; a page names its language")
    if order.memory is not None and kind is Source.TEXT:
        raise click.UsageError(
            "--memory needs to know the site, which a text does not tell; give JSON lines with a "
            "`url` or `site` beside the text"
        )
    if order.shape is not Shape.TEXT and not is_page:
        raise click.UsageError(f"--format {order.shape} is for pages, and this is none")
    if order.shape is Shape.HTML and kind is Source.WARC:
        raise click.UsageError("--format html is for single pages; an archive gives JSON records")


def _explain_missing(source: str) -> str:
    if "://" in source:
        return (
            f"{source}: is no file but a URL; `sanspub explain {source}` shows that page, "
            f"`sanspub crawl {source}` stores the articles it leads to"
        )
    return f"{source}: no such file or folder; name one that is there, or pipe into `clean -`"


class CleanRun:
    """One run of `sanspub clean`, and what it counted."""

    def __init__(self, order: CleanOrder, *, workers: int, keep_twins: bool) -> None:
        self.problems = 0
        self._twins = 0
        self._there = 0
        self._keep_twins = keep_twins
        self._order = order
        self._options = name_options(order, keep_twins=keep_twins)
        self._workers = workers
        self._counts: Counter[tuple[str, str]] = Counter()
        self._pieces = 0
        self._where = ""
        self._in_folder = False

    def clean_stdin(self, out: Path | None) -> None:
        """Whatever comes in: JSON lines as they come, a page or a text as a whole."""
        if sys.stdin is None:
            raise ConfigError("standard input is closed; name a file or folder")
        where = "standard input"
        source = unpack_stream(sys.stdin.buffer)
        lines = read_lines(where, source)
        first = list(_take_first(lines))
        start = b"".join(first)
        # JSON lines are cleaned as they come; of all else the rest may tell what it is.
        if sniff_source(start) is Source.JSONL:
            refuse_vain_flags(Source.JSONL, self._order, keep_twins=self._keep_twins)
            lines = read_json_lines(where, chain(first, lines))
            self.write(self._clean_lines(lines), out, first_line=1)
            return
        data = start + read_file(where, source)
        refuse_foreign(data[:1000], where)
        kind = sniff_source(data)
        if kind is Source.WARC:
            raise ConfigError(f"{where}: a WARC file; save it and name it: `sanspub clean FILE`")
        if is_binary(data[:1000]):
            raise ConfigError(f"{where}: neither a page nor a text; give it as one of these")
        refuse_vain_flags(kind, self._order, keep_twins=self._keep_twins)
        self.write(iter([self._clean_whole(data, kind)]), out)

    def clean_file(self, path: Path, out: Path | None) -> None:
        """One file into another, or onto standard output."""
        self._where = f"{path}: "
        kind = name_source(path)
        if kind is Source.WARC:
            self.clean_archive([path], out)
            return
        with open_file(path) as file:
            if kind is Source.JSONL:
                self._clean_line_file(path, read_json_lines(path, read_lines(path, file)), out)
                return
            self.write(iter([self._clean_whole(read_file(path, file), kind)]), out)

    def _clean_line_file(self, path: Path, lines: Iterable[bytes], out: Path | None) -> None:
        """JSON lines into a file that a later run takes up again, or onto standard output."""
        # Verdicts are many lines for each: where they stopped does not show.
        if out is None or self._order.explain or is_stream(out):
            self.write(self._clean_lines(lines), out, first_line=1)
            return
        with hold_output(out):
            done = take_up(out, path, self._options)
            results = self._clean_lines(skip_lines(lines, done, out))
            self.write(results, out, first_line=done + 1, resumes=True)

    def clean_archive(self, paths: Iterable[Path], out: Path | None) -> None:
        """The articles of WARC files as records, each story once unless twins are wanted."""
        pages = replay_all(paths, self._note_problem)
        results = map_ordered(clean_page_piece, pages, self._order, workers=self._workers)
        on_twin = None if self._keep_twins else self._note_twin
        self.write(count_stories(results, on_twin), out)

    def clean_folder(self, folder: Path, out: Path | None) -> None:
        """Every file of a folder into a file of the same name; those that are there are left."""
        if out is None and not self._order.explain:
            raise click.UsageError("a folder needs --out DIR")
        if out is not None and out.exists() and not out.is_dir():
            raise OutputError(f"{out}: is a file; name a folder with --out")
        paths = list_files(folder, self._note_problem)
        if not paths:
            raise ConfigError(f"{folder}: no file in it; name a folder of pages or texts")
        self._in_folder = True
        places = name_places(paths, folder, out or folder, self._order.shape, self._note_problem)
        if out is not None:
            whole = (p.target for p in places.values() if p.kind is not Source.JSONL)
            take_up_folder(out, self._options, whole)
        for path, place in places.items():
            try:
                self._clean_into(path, None if out is None else place)
            except ConfigError as error:  # one file that cannot be read must not end the run
                self._note_problem(str(error))
            except OutputError as error:
                if out is None or error.is_full:
                    raise
                self._note_problem(str(error))

    def _clean_into(self, path: Path, place: Place | None) -> None:
        """One file of a folder into its place, unless what comes of it is there."""
        # JSON lines know themselves how far they came.
        if place is not None and place.kind is not Source.JSONL and place.target.exists():
            self._there += 1
            return
        self.clean_file(path, None if place is None else place.target)

    def _clean_whole(self, data: bytes, kind: Source) -> Result:
        if kind is Source.HTML:
            return clean_html_piece(data, self._order)
        return clean_text_piece(data, self._order)

    def _clean_lines(self, lines: Iterable[bytes]) -> Iterator[Result]:
        return map_ordered(clean_line_piece, lines, self._order, workers=self._workers)

    def write(
        self,
        results: Iterator[Result],
        out: Path | None,
        *,
        first_line: int = 0,
        resumes: bool = False,
    ) -> None:
        """Writes results one after the other; problems go to standard error.

        `first_line` says, from 1, on which JSON line the first of them stood, if on any. `resumes`
        appends to what an earlier run left; else the file is whole or not there.
        """
        counted = self._watch(count_dropped(results, self._counts), first_line)
        if out is None:
            if sys.stdout is None:
                raise OutputError("standard output is closed; name a file with --out")
            for result in counted:
                sys.stdout.buffer.write(result.data)
            sys.stdout.buffer.flush()
            return
        if out.is_dir():
            raise OutputError(f"{out}: is a folder; name a file with --out")
        write_results(counted, out, resumes=resumes)

    def _watch(self, results: Iterator[Result], first_line: int) -> Iterator[Result]:
        for number, result in enumerate(results, first_line):
            self._pieces += 1
            line = f"line {number}: " if first_line else ""
            if result.problem:
                self._note_problem(f"{self._where}{line}{result.problem}")
            yield self._name_explained(result, line) if self._order.explain else result

    def _name_explained(self, result: Result, line: str) -> Result:
        """Verdicts with what they are about above them, where that is one of many."""
        if not (line or self._in_folder) or not result.data or result.is_named:
            return result
        name = f"# {self._where}{line}".removesuffix(": ")
        return replace(result, data=name.encode("utf-8", "surrogateescape") + b"\n" + result.data)

    def _note_problem(self, what: str) -> None:
        self.problems += 1
        click.echo(f"sanspub: {strip_controls(what)}", err=True)

    def _note_twin(self) -> None:
        self._twins += 1

    def summary_lines(self) -> Iterator[str]:
        """What was left out, and with `--report` what was dropped, the most frequent first."""
        if self._there:
            yield f"sanspub: files that were there already, and are left as they are: {self._there}"
        if self._twins:
            yield (
                f"sanspub: pages left out that tell a story again: {self._twins}; "
                "--keep-twins keeps them"
            )
        if not self._order.report:
            return
        yield f"{self._pieces} pieces, {sum(self._counts.values())} lines dropped"
        for (reason, rule), count in sorted(
            self._counts.items(), key=lambda item: (-item[1], item)
        ):
            yield f"{count:>8}  {reason}{'  ' + rule if rule else ''}"


def _take_first(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The first line that is not blank, after those before it."""
    for line in lines:
        yield line
        if line.strip():
            return
