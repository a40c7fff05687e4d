"""Saved pages, texts, JSON lines and WARC files -> clean ones, in order.

A *piece* is one thing to clean and knows where it came from. What comes of it is a `Result`.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isinf
from pathlib import Path
from typing import Any

from cleaners import Article, Block, CleanConfig, CleanerError, clean_text
from cleaners.decode import decode_page, decode_source
from cleaners.render import render_html, render_markdown
from scraper.cleaning.clean_page import (
    build_record,
    clean_article,
    clean_page,
    encode_record,
    list_dropped,
)
from scraper.cleaning.cleaned import CleanOptions
from scraper.cleaning.knowledge import load_memory, load_user_rules
from scraper.errors import UrlRefused
from scraper.fetching.media import name_refused_bytes, name_refused_type
from scraper.files.replay import OnDamage, replay_pages
from scraper.files.twins import StoryIndex
from scraper.finding.sitemaps import name_kind
from scraper.page import Page
from scraper.states import Prints, State, UrlKind
from scraper.urls import canonical_url, host_of, site_key

TEXT_FIELD = "text"
"""Where a JSON line holds its text, unless the user names another field."""
# A byte that is no UTF-8, as `surrogateescape` keeps it.
_SCAR = re.compile(r"[\udc80-\udcff]")
# Whole archives of other programs hold these beside the pages; no crawl of ours asks for them.
_CODE = ("text/css", "text/javascript", "application/javascript", "application/json")
_NEXT_STEP = "; `sanspub explain` shows the verdict on every block"


class Shape(StrEnum):
    """What comes out of a page."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanOrder:
    """What is wanted. `field` names the text in a JSON line.

    `rules` and `memory` are files of the user's. `report` asks for what was dropped of archives.
    """

    field: str = TEXT_FIELD
    lang: str = ""
    shape: Shape = Shape.TEXT
    rules: tuple[Path, ...] = ()
    memory: Path | None = None
    explain: bool = False
    report: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What tells an article of an archive from its twins. Both addresses are canonical URLs."""

    url: str
    canonical_url: str
    prints: Prints


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one piece: bytes to write, what was dropped, and a problem if there was one.

    `story` is there for an article of an archive. `is_named`: the data say what they are about.
    """

    data: bytes
    dropped: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    story: Story | None = None
    is_named: bool = False


def clean_text_piece(text: bytes, order: CleanOrder) -> Result:
    """A text without its residue, in UTF-8; single bytes that are not text are kept as they are."""
    source = decode_text(text)
    cleaned = clean_text(source, lang=order.lang or None, rules=load_user_rules(order.rules))
    if order.explain:
        data = explain_blocks(cleaned.blocks).encode("utf-8", "replace")
    else:
        data = cleaned.text.encode("utf-8", "surrogateescape")
    return Result(data=data, dropped=list_dropped(cleaned))


def decode_text(data: bytes) -> str:
    """A saved text, in whatever charset; what is UTF-8 but for single bytes keeps those escaped."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return decode_page(data)
    kept = data.decode("utf-8", "surrogateescape")
    if "\0" in kept:
        # UTF-16 without its mark passes for UTF-8 with NUL between the letters of a Latin script.
        text = decode_page(data)
        return kept if text == kept.replace("\0", "") else text
    if not _SCAR.search(kept):
        return kept
    # Legacy text hardly ever holds what is a character in UTF-8 too.
    foreign = len(kept) - len(kept.encode("ascii", "ignore"))
    if 2 * len(_SCAR.findall(kept)) <= foreign:
        return kept
    text = decode_page(data)
    return kept if "\ufffd" in text else text


def clean_line_piece(line: bytes, order: CleanOrder) -> Result:
    """A JSON line with its text cleaned; a bad line comes back as it is, with the problem."""
    if not line.strip():
        return Result(data=b"" if order.explain else line)
    try:
        record, text = read_record(line, order.field)
    except ValueError as error:
        return Result(data=line, problem=str(error))
    lang = order.lang or record.get("language") or record.get("lang") or ""
    cleaned = clean_text(
        text,
        lang=lang if isinstance(lang, str) else None,
        rules=load_user_rules(order.rules),
        memory=load_memory(order.memory),
        site=read_site(record),
    )
    if order.explain:
        data = explain_blocks(cleaned.blocks).encode("utf-8", "replace")
    else:
        record[order.field] = cleaned.text
        data = encode_line(record)
    return Result(data=data, dropped=list_dropped(cleaned))


def encode_line(record: dict[str, Any]) -> bytes:
    """A record as a line of JSON in UTF-8, or in ASCII where it holds what UTF-8 cannot."""
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can escape
        return json.dumps(record).encode() + b"\n"


def read_record(line: bytes, field: str) -> tuple[dict[str, Any], str]:
    """The record in a JSON line, and the text in one of its fields.

    Raises:
        ValueError: one of them is not there, or a number is too large; the message says which.
    """
    try:
        record = json.loads(line, parse_float=_read_float)
    except _NumberTooLarge:
        raise
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    text = record.get(field) if isinstance(record, dict) else None
    if not isinstance(text, str):
        raise ValueError(f"no text in the field {field!r}")  # noqa: TRY004 - bad input
    return record, text


class _NumberTooLarge(ValueError):
    """A number that would come out as `Infinity`, which is no JSON."""


def _read_float(digits: str) -> float:
    number = float(digits)
    if isinf(number):
        raise _NumberTooLarge(f"the number {digits[:40]} is too large")
    return number


def read_site(record: dict[str, Any]) -> str:
    """The site that the `url` of a record, else its `site`, names; empty where neither does."""
    url, site = record.get("url"), record.get("site")
    if isinstance(url, str) and "://" in url:
        return site_key(host_of(url))
    return site if isinstance(site, str) else ""


def clean_html_piece(page: bytes, order: CleanOrder) -> Result:
    """A page as its article, in the shape that was asked for."""
    options = _choose_options(order)
    try:
        article = clean_article(decode_source(page), options)
    except CleanerError as error:
        return Result(data=b"", problem=str(error))
    problem = f"no article: {article.empty_reason}{_NEXT_STEP}" if article.is_empty else ""
    if order.explain:
        text = explain_blocks(article.blocks)
    else:
        text = render_shape(article, order.shape, options)
    return Result(
        data=text.encode("utf-8", "replace"),
        dropped=list_dropped(article) if order.report else (),
        problem=problem,
    )


def clean_page_piece(page: Page, order: CleanOrder) -> Result:
    """A page from an archive as a record, as a crawl would store it now."""
    options = _choose_options(order)
    if order.explain:
        return _explain_page(page, options)
    cleaned = clean_page(page, 1, options)
    if cleaned.state is State.FAILED:
        return Result(data=b"", problem=f"{page.url}: {cleaned.detail}")
    story = None
    if cleaned.prints is not None:
        with suppress(UrlRefused):
            story = Story(
                url=canonical_url(page.url),
                canonical_url=cleaned.canonical_url,
                prints=cleaned.prints,
            )
    return Result(data=cleaned.line, dropped=cleaned.dropped, story=story)


def _explain_page(page: Page, options: CleanOptions) -> Result:
    try:
        article = clean_article(decode_source(page.body, page.content_type), options, url=page.url)
    except CleanerError as error:
        return Result(data=b"", problem=f"{page.url}: {error}")
    text = f"# {page.url}\n{explain_blocks(article.blocks)}"
    data = text.encode("utf-8", "replace")
    return Result(data=data, dropped=list_dropped(article), is_named=True)


def _choose_options(order: CleanOrder) -> CleanOptions:
    return CleanOptions(
        clean=CleanConfig(with_markup=order.shape in {Shape.MARKDOWN, Shape.HTML}),
        with_markdown=order.shape is Shape.MARKDOWN,
        with_dropped=order.report,
        rules=order.rules,
        memory=order.memory,
    )


def render_shape(article: Article, shape: Shape, options: CleanOptions) -> str:
    """An article in one of the shapes, with a line end."""
    match shape:
        case Shape.MARKDOWN:
            return render_markdown(article.blocks) + "\n"
        case Shape.HTML:
            return render_html(article.blocks) + "\n"
        case Shape.JSON:
            record = build_record(None, article, version=1, options=options)
            return encode_record(record).decode()
        case Shape.TEXT:
            return article.text + "\n" if article.text else ""


def explain_blocks(blocks: Iterable[Block]) -> str:
    """Each block on a line: kept or dropped, why, by which rule, and how it begins."""
    lines = []
    for block in blocks:
        verdict = block.verdict
        what = " ".join(block.text.split())
        if not what:
            continue
        score = f" {verdict.score:.2f}" if verdict.score is not None else ""
        why = f"{verdict.reason}{' ' + verdict.rule if verdict.rule else ''}{score}"
        lines.append(f"{'keep' if verdict.keep else 'DROP'}  {why:32}  {what[:100]}\n")
    return "".join(lines)


def find_archive(folder: Path) -> list[Path]:
    """The WARC files of a crawl's folder or of an archive folder, in order; none elsewhere."""
    inner = folder / "archive"
    return sorted([*folder.glob("*.warc*"), *inner.glob("*.warc*")])


def replay_all(paths: Iterable[Path], on_damage: OnDamage) -> Iterator[Page]:
    """The pages of several WARC files; what cannot be read is told to `on_damage`.

    A page is what a crawl takes for one: neither feed nor sitemap, nor of a type that holds no
    article, whatever its status between 200 and 299.
    """
    for path in paths:
        for page in replay_pages(path, on_damage=on_damage):
            if _is_page(page):
                yield page


def _is_page(page: Page) -> bool:
    """Whether a crawl takes a response for a page."""
    is_refused = page.media_type.startswith(_CODE) or name_refused_type(page.media_type)
    return (
        200 <= page.status < 300
        and not is_refused
        and not name_refused_bytes(page.body[:64])
        and name_kind(page.body, UrlKind.PAGE) is UrlKind.PAGE
    )


def count_stories(
    results: Iterable[Result], on_twin: Callable[[], None] | None
) -> Iterator[Result]:
    """The results, a story that has changed at its address with its version (from 1).

    Those that tell a story for the second time come without their bytes and are told to `on_twin`;
    without it they are kept.
    """
    with StoryIndex() as stories:
        for result in results:
            story = result.story
            if story is None:
                yield result
            elif stories.add(story.url, story.prints, story.canonical_url) or on_twin is None:
                yield _number_version(result, stories.count_versions(story.url))
            else:
                on_twin()
                yield replace(result, data=b"")


def _number_version(result: Result, version: int) -> Result:
    if version <= 1:
        return result
    return replace(result, data=encode_record({**json.loads(result.data), "version": version}))


def count_dropped(results: Iterable[Result], counts: Counter[tuple[str, str]]) -> Iterator[Result]:
    """The results as they are, counted on the way."""
    for result in results:
        counts.update(result.dropped)
        yield result
