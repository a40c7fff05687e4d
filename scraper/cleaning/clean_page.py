"""A fetched page -> what the crawl wants of it: record, links, fingerprints, or why there is none.

Everything here runs inside a worker process and depends on nothing but its arguments.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from cleaners import Article, CleanedText, CleanerError, PageType
from cleaners.decode import Source, decode_source
from cleaners.hearing.promptmodel import load_prompt_model
from cleaners.matching.rulebook import load_matcher
from cleaners.model import load_model
from cleaners.page import clean_source
from cleaners.render import render_markdown
from cleaners.words.fold import measure_chars
from scraper.cleaning.cleaned import Cleaned, CleanOptions
from scraper.cleaning.fingerprint import fingerprint_text
from scraper.cleaning.knowledge import load_memory, load_user_rules
from scraper.cleaning.soft_block import judge_page_access, robots_directives
from scraper.errors import UrlRefused
from scraper.finding.links import find_links
from scraper.page import Page
from scraper.states import State
from scraper.urls import canonical_url, host_of, score_link, site_key

RECORD_SCHEMA = 1
# Of the example site's fronts the longest gives 414 characters and the best address scores 43;
# its shortest unsigned story has a slug of four words. Of 914 articles of fundus and WCXB none is
# taken for a section.
_HUB_CHARS = 500
_STORY_SCORE = 46
# Confidence from which a text is a story in any case: no front of the example site has 0.7.
_STORY_CONFIDENCE = 0.8
_STORED_TYPES = {PageType.ARTICLE, PageType.LIVE_BLOG, PageType.VIDEO}


def load_packaged() -> None:
    """Loads what the first page would: the rules and the models. Once a process."""
    load_matcher()
    load_model()
    load_prompt_model()


def clean_page(page: Page, version: int, options: CleanOptions) -> Cleaned:
    """What the crawl wants of an HTML page. Never raises for a bad page: that is an outcome.

    `version` is the number that the article will have if it is stored.
    """
    if not page.body.strip():
        return Cleaned(state=State.NOT_ARTICLE, reason="empty-body")
    try:
        source = decode_source(page.body, page.content_type)
        article = clean_article(source, options, url=page.url)
    except CleanerError as error:
        return Cleaned(state=State.FAILED, reason="cleaner-error", detail=str(error))
    links = find_links(source.text, page.url)
    state, reason, detail = _judge(page, article, options)
    if state is not State.DONE:
        return Cleaned(state=state, reason=reason, detail=detail, title=article.title, links=links)
    directives = robots_directives(page)
    record = build_record(page, article, version=version, options=options)
    if directives:
        record["directives"] = sorted(directives)
    return Cleaned(
        state=State.DONE,
        title=article.title,
        published=article.published,
        canonical_url=record["canonical_url"],
        prints=fingerprint_text(article.text),
        links=links,
        line=encode_record(record),
        dropped=list_dropped(article) if options.with_dropped else (),
    )


def clean_article(source: Source, options: CleanOptions, *, url: str = "") -> Article:
    """The article of a page, by the user's own rules and memory as well.

    Raises:
        CleanerError: the page is too large or too complex.
    """
    return clean_source(
        source,
        url=url,
        memory=load_memory(options.memory),
        rules=load_user_rules(options.rules),
        config=options.clean,
    )


def _judge(page: Page, article: Article, options: CleanOptions) -> tuple[State, str, str]:
    """State, reason and detail of a page that was cleaned."""
    block = judge_page_access(page, article.text)
    if block is not None:
        return State.BLOCKED, str(block.kind), block.rule
    forbidden = {"tdm-reservation" if name == "tdm" else name for name in options.obey}
    if forbidden and (forbidden := forbidden & robots_directives(page)):
        return State.BLOCKED, "directive", ", ".join(sorted(forbidden))
    if front := describe_front(page.url, article):
        return State.NOT_ARTICLE, "section", front
    page_type = article.metadata.page_type
    if page_type not in _STORED_TYPES:
        return State.NOT_ARTICLE, str(page_type), ""
    if article.is_empty:
        return State.NOT_ARTICLE, "empty", article.empty_reason
    return State.DONE, "", ""


def describe_front(url: str, article: Article) -> str:
    """What tells that a page is the front of a site or a section; empty where nothing does.

    Fronts show teasers that read like text. Those of a section are short, nobody signs or dates
    them, their address is not one of a story, and the judge doubts them; all five must hold.
    """
    parts = urlsplit(url)
    if parts.path in {"", "/"} and not parts.query:
        return "the front page of its site"
    meta = article.metadata
    is_section = (
        not (meta.published or meta.authors)
        and measure_chars(article.text) < _HUB_CHARS
        and score_link(url, 0) < _STORY_SCORE
        and article.confidence < _STORY_CONFIDENCE
    )
    return "short, unsigned, undated, and no address of a story" if is_section else ""


def list_dropped(cleaned: Article | CleanedText) -> tuple[tuple[str, str], ...]:
    """Reason and rule of every dropped block that holds words."""
    return tuple(
        (str(block.verdict.reason), block.verdict.rule)
        for block in cleaned.removed
        if block.text.strip()
    )


def build_record(
    page: Page | None, article: Article, *, version: int, options: CleanOptions
) -> dict[str, Any]:
    """The record of an article, as it stands in the output. Times are ISO 8601.

    `fetched` is in UTC; the page's own times have the zone that the page gave, if it gave one. Of a
    page that was never fetched (None), `url` and `fetched` are empty and its own word on its
    address is all that is known.
    """
    meta = article.metadata
    url = page.url if page else ""
    try:
        canonical = canonical_url(meta.canonical_url, base=url) if meta.canonical_url else ""
    except UrlRefused:
        canonical = ""
    record: dict[str, Any] = {
        "schema": RECORD_SCHEMA,
        "url": url,
        "canonical_url": canonical or url,
        "version": version,
        "title": meta.title,
        "authors": list(meta.authors),
        "published": meta.published,
        "modified": meta.modified,
        "language": meta.language,
        "site": site_key(host_of(url or canonical)),
        "site_name": meta.site_name,
        "section": meta.section,
        "tags": list(meta.tags),
        "description": meta.description,
        "image": meta.image,
        "paywalled": meta.paywalled,
        "page_type": str(meta.page_type),
        "text": article.text,
        "confidence": round(article.confidence, 4),
        "fetched": page.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ") if page else "",
    }
    if options.with_markdown:
        record["markdown"] = render_markdown(article.blocks)
    return record


def encode_record(record: dict[str, Any]) -> bytes:
    """One line of JSON in UTF-8 with its line end; what UTF-8 cannot hold becomes `?`."""
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return line.encode("utf-8", "replace") + b"\n"
