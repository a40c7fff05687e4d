"""Every extractor as one function from a decoded page to text.

A tool that is not installed is named and left out; a tool that fails on a page gave no text.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from cleaners.config import CleanConfig
from cleaners.page import clean_html

Extract = Callable[[str], str]
FLOOR = "lexbor parse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A name and the function behind it."""

    name: str
    extract: Extract


def load_tools(names: list[str]) -> tuple[list[Tool], list[str]]:
    """The tools that can be loaded, and a line for each that cannot."""
    tools, absent = [], []
    for name in names:
        try:
            tools.append(Tool(name=name, extract=_LOADERS[name]()))
        except ImportError as error:
            absent.append(f"{name}: not installed ({error.name}); pip install 'sanspub[bench]'")
    return tools, absent


def _load_floor() -> Extract:
    # Not `parse_html`: what we do before parsing is part of our time.
    from selectolax.lexbor import LexborHTMLParser

    def parse(html: str) -> str:
        LexborHTMLParser(html)
        return ""

    return parse


def _load_sanspub(config: CleanConfig) -> Extract:
    return lambda html: clean_html(html, config=config).text


def _load_trafilatura(
    *, fast: bool = False, precision: bool = False, metadata: bool = False
) -> Extract:
    import trafilatura

    def extract(html: str) -> str:
        # Reader comments are not article text for any tool here, so it is told to leave them out.
        text = trafilatura.extract(
            html,
            fast=fast,
            favor_precision=precision,
            with_metadata=metadata,
            output_format="json" if metadata else "txt",
            include_comments=False,
        )
        if metadata and text:
            text = json.loads(text)["text"]
        return text or ""

    return extract


def _load_readability() -> Extract:
    import logging

    import lxml.html
    from readability import Document

    logging.getLogger("readability").setLevel(logging.CRITICAL)

    def extract(html: str) -> str:
        summary = lxml.html.fromstring(Document(html).summary())
        for node in summary.iter(
            "p", "div", "li", "h1", "h2", "h3", "h4", "tr", "br", "blockquote"
        ):
            node.tail = "\n" + (node.tail or "")
        lines = (" ".join(line.split()) for line in summary.text_content().split("\n"))
        return "\n".join(line for line in lines if line)

    return extract


def _load_newspaper() -> Extract:
    import newspaper

    def extract(html: str) -> str:
        article = newspaper.Article("http://localhost/", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return str(article.text)

    return extract


def _load_goose() -> Extract:
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})
    return lambda html: str(goose.extract(raw_html=html).cleaned_text)


def _load_resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: str(extract_plain_text(html, main_content=True, alt_texts=False))


def _load_justext() -> Extract:
    import justext

    # Of its stop lists the one that fits is a choice of the user; the union of all needs none.
    words = frozenset[str]().union(
        *(justext.get_stoplist(name) for name in justext.get_stoplists())
    )

    def extract(html: str) -> str:
        paragraphs = justext.justext(html, words)
        return "\n".join(part.text for part in paragraphs if not part.is_boilerplate)

    return extract


def _load_boilerpy() -> Extract:
    from boilerpy3.extractors import ArticleExtractor

    extractor = ArticleExtractor(raise_on_failure=False)
    return lambda html: str(extractor.get_content(html))


_TEXT_ONLY = CleanConfig(with_metadata=False)
_LOADERS: dict[str, Callable[[], Extract]] = {
    FLOOR: _load_floor,
    "sanspub": lambda: _load_sanspub(_TEXT_ONLY),
    "sanspub+metadata": lambda: _load_sanspub(CleanConfig()),
    "sanspub+witness": lambda: _load_sanspub(CleanConfig(with_metadata=False, witness="unsure")),
    "sanspub+witness always": lambda: _load_sanspub(
        CleanConfig(with_metadata=False, witness="always")
    ),
    "trafilatura": _load_trafilatura,
    "trafilatura+metadata": lambda: _load_trafilatura(metadata=True),
    "trafilatura fast": lambda: _load_trafilatura(fast=True),
    "trafilatura precision": lambda: _load_trafilatura(precision=True),
    "readability-lxml": _load_readability,
    "newspaper4k": _load_newspaper,
    "goose3": _load_goose,
    "resiliparse": _load_resiliparse,
    "jusText": _load_justext,
    "boilerpy3": _load_boilerpy,
}
TOOL_NAMES = tuple(_LOADERS)
