"""`sanspub explain`: what was kept and what was removed of one page or text, and why."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import click

from cleaners import Article, clean_html, clean_text
from scraper.cleaning.soft_block import judge_page_access
from scraper.config import FetchConfig
from scraper.errors import ConfigError, RobotsRefused
from scraper.fetch import Fetcher
from scraper.files.clean_files import decode_text, explain_blocks
from scraper.page import Page
from scraper.robots import RobotsCache
from scraper.sources import Source, name_source, open_file, read_file
from scraper.urls import strip_controls


@click.command("explain")
@click.argument("source", metavar="FILE|URL")
@click.option("--allow-private", is_flag=True, help="Permit loopback and private addresses.")
@click.option("--removed", is_flag=True, help="Show only what was removed.")
def explain_command(source: str, allow_private: bool, removed: bool) -> None:  # noqa: FBT001
    """Show every block of a page or text with its verdict: kept or dropped, why, by which rule."""
    if not source:
        raise click.UsageError("the name of what to explain is empty")
    if source.lower().startswith(("http://", "https://")):
        page = asyncio.run(fetch_once(source, FetchConfig(allow_private=allow_private)))
        lines = explain_page(page, removed=removed)
    else:
        lines = explain_file(Path(source), removed=removed)
    for line in lines:
        click.echo(strip_controls(line))


async def fetch_once(url: str, config: FetchConfig) -> Page:
    """One page, if its robots.txt allows it.

    Raises:
        FetchError: it cannot be fetched, or must not be.
    """
    async with Fetcher(config) as fetcher:
        answer = await RobotsCache(fetcher, robots_name=config.robots_name).check(url)
        if not answer.allowed:
            raise RobotsRefused(url, answer.reason, failure=answer.failure)
        return await fetcher.fetch(url)


def explain_page(page: Page, *, removed: bool) -> list[str]:
    """The verdicts on a fetched page, and whether it is a wall instead of one."""
    article = clean_html(page.body, url=page.url, content_type=page.content_type)
    block = judge_page_access(page, article.text)
    head = [f"no article: {block}"] if block is not None else []
    return head + explain_article(article, removed=removed)


def explain_file(path: Path, *, removed: bool) -> list[str]:
    """The verdicts on a saved page or text.

    Raises:
        ConfigError: there is no such file, or it holds many texts.
    """
    if path.is_dir():
        raise ConfigError(f"{path}: is a folder; name one page or text in it")
    if not path.is_file():
        raise ConfigError(f"{path}: no such file; a URL begins with http:// or https://")
    kind = name_source(path)
    if kind not in {Source.HTML, Source.TEXT}:
        raise ConfigError(f"{path}: holds many texts; `sanspub clean --explain {path}` shows them")
    with open_file(path) as file:
        data = read_file(path, file)
    if kind is Source.HTML:
        return explain_article(clean_html(data), removed=removed)
    cleaned = clean_text(decode_text(data))
    blocks = cleaned.removed if removed else cleaned.blocks
    return explain_blocks(blocks).splitlines()


def explain_article(article: Article, *, removed: bool) -> list[str]:
    """What the page says of itself, then its blocks."""
    meta = article.metadata
    facts: dict[str, Any] = {
        "title": meta.title,
        "authors": ", ".join(meta.authors),
        "published": meta.published,
        "modified": meta.modified,
        "language": meta.language,
        "type": str(meta.page_type),
        "confidence": f"{article.confidence:.2f}",
        "no article": article.empty_reason,
    }
    head = [f"{name}: {value}" for name, value in facts.items() if value]
    return head + explain_blocks(article.removed if removed else article.blocks).splitlines()
