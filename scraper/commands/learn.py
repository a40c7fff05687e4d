"""`sanspub learn`: a site memory from pages that are at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from cleaners import CleanConfig, CleanerError, clean_html
from cleaners.sites import SiteMemory
from scraper.cleaning.knowledge import load_memory
from scraper.commands.paths import NamedPath
from scraper.errors import ConfigError
from scraper.files.clean_files import TEXT_FIELD, find_archive, read_record, read_site, replay_all
from scraper.files.replay import OnDamage
from scraper.sources import Source, name_source, open_file, read_json_lines, read_lines
from scraper.urls import host_of, site_key, strip_controls
from scraper.writers.base import write_whole

# Pages held until they are learned, site by site: a memory is a value, and each new one costs a
# copy of its site.
_BATCH = 2_000
# Lines of all sites, each 12 bytes of the file and some 100 in memory; lines of some 20,000 pages
# fit. Only above it is forgotten what was met once: a page is learned one time, and its lines may
# wait long for their second page.
_MAX_LINES = 1_000_000


@click.command("learn")
@click.argument("source", type=NamedPath(), metavar="DIR|FILE")
@click.option(
    "--memory",
    type=NamedPath(dir_okay=False),
    default=Path("sites.memory"),
    show_default=True,
    help="The memory's file. What it knows already is kept.",
)
@click.option(
    "--field", default=TEXT_FIELD, show_default=True, help="Where a JSON line holds its text."
)
def learn_command(source: Path, memory: Path, field: str) -> int:
    """Learn what recurs on each site, from the folder of a crawl, a WARC file or JSON lines.

    JSON lines want a `url` or `site` beside the text, and text that still has its residue. Exit
    code 1: some pages or lines could not be read; each is named on standard error.
    """
    problems = 0

    def note_damage(what: str) -> None:
        nonlocal problems
        problems += 1
        click.echo(f"sanspub: {strip_controls(what)}", err=True)

    if not source.exists():
        raise ConfigError(
            f"{source}: no such file or folder; name a crawl's folder, a WARC file or JSON lines"
        )
    known = (load_memory(memory) if memory.exists() else None) or SiteMemory()
    count = 0
    for site, pages in _group(read_pages(source, field, note_damage)):
        known = known.learn(pages, site=site)
        count += len(pages)
    if not count:
        raise ConfigError(f"{source}: holds no page with a site and a text in {field!r}")
    if sum(len(site.lines) for site in known.sites.values()) > _MAX_LINES:
        known = known.prune()
    write_whole(memory, known.to_bytes())
    click.echo(f"learned from {count} pages; {memory} is ready for --memory", err=True)
    return int(problems > 0)


def read_pages(source: Path, field: str, on_damage: OnDamage) -> Iterator[tuple[str, list[str]]]:
    """The site and all lines of each page, kept and dropped alike.

    Raises:
        ConfigError: neither an archive nor JSON lines, or not readable.
        click.UsageError: a field is named, and these are no JSON lines.
    """
    archives = find_archive(source) if source.is_dir() else [source]
    if source.is_file() and name_source(source) is Source.JSONL:
        yield from _read_lines(source, field, on_damage)
        return
    if field != TEXT_FIELD:
        raise click.UsageError("--field is for JSON lines, and this is none")
    if not archives or (source.is_file() and name_source(source) is not Source.WARC):
        raise ConfigError(f"{source}: neither WARC files nor JSON lines are there")
    config = CleanConfig(with_metadata=False, residue_rules=False)
    for page in replay_all(archives, on_damage):
        try:
            article = clean_html(page.body, content_type=page.content_type, config=config)
        except CleanerError as error:
            on_damage(f"{page.url}: {error}")
            continue
        lines = [line for block in article.blocks for line in block.text.splitlines()]
        yield site_key(host_of(page.url)), lines


def _read_lines(path: Path, field: str, on_damage: OnDamage) -> Iterator[tuple[str, list[str]]]:
    with open_file(path) as file:
        lines = read_json_lines(path, read_lines(path, file))
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield _read_page(line, field)
            except ValueError as error:
                on_damage(f"{path}: line {number}: {error}")


def _read_page(line: bytes, field: str) -> tuple[str, list[str]]:
    """The site of a JSON line, and the lines of its text.

    Raises:
        ValueError: one of them is not there; the message says which.
    """
    record, text = read_record(line, field)
    site = read_site(record)
    if not site:
        raise ValueError("neither a `url` nor a `site`")
    return site, text.splitlines()


def _group(pages: Iterable[tuple[str, list[str]]]) -> Iterator[tuple[str, list[list[str]]]]:
    """Pages of one site in bounded batches, wherever among those of other sites they stand."""
    batches: dict[str, list[list[str]]] = {}
    held = 0
    for site, lines in pages:
        batches.setdefault(site, []).append(lines)
        held += 1
        if held == _BATCH:
            yield from batches.items()
            batches, held = {}, 0
    yield from batches.items()
