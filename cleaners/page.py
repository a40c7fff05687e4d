"""The main path for a page: bytes in, article out, one call per arrow."""

from __future__ import annotations

from cleaners.article import Article, Block, Kind, Metadata
from cleaners.config import CleanConfig
from cleaners.cut import Cut, cut_blocks
from cleaners.decode import decode_page
from cleaners.dom import parse_html
from cleaners.errors import PageTooLarge
from cleaners.judge import judge_page
from cleaners.tags import SORTS

_DEFAULT = CleanConfig()


def clean_html(
    page: bytes | str,
    *,
    url: str = "",
    content_type: str = "",
    memory: object | None = None,
    config: CleanConfig = _DEFAULT,
) -> Article:
    """The article of a page, its metadata, and every block with its verdict.

    `content_type` is the HTTP header's value. A page without an article gives an `Article` with
    empty text and a reason.

    Raises:
        PageTooLarge: the page is over `config.max_page_bytes`.
        PageTooComplex: its markup is beyond any real page.
    """
    if len(page) > config.max_page_bytes:
        raise PageTooLarge(len(page), config.max_page_bytes)
    document = parse_html(decode_page(page, content_type))
    cut = cut_blocks(document)
    verdicts = judge_page(cut)
    blocks = tuple(
        Block(index=index, text=text, verdict=verdict, kind=_block_kind(cut, index))
        for index, (text, verdict) in enumerate(zip(cut.texts, verdicts, strict=True))
    )
    text = "\n".join(block.text for block in blocks if block.verdict.keep)
    title = document.css_first("title")
    return Article(
        text=text,
        blocks=blocks,
        metadata=Metadata(title=title.text().strip() if title is not None else ""),
        confidence=0.5 if text else 0.0,
        url=url,
        empty_reason="" if text else "no running text on the page",
    )


_KINDS = {
    "h1": Kind.HEADING,
    "h2": Kind.HEADING,
    "h3": Kind.HEADING,
    "h4": Kind.HEADING,
    "li": Kind.LIST_ITEM,
    "blockquote": Kind.QUOTATION,
    "pre": Kind.PREFORMATTED,
    "td": Kind.TABLE_ROW,
    "figcaption": Kind.CAPTION,
}


def _block_kind(cut: Cut, index: int) -> Kind:
    return _KINDS.get(SORTS[cut.sorts[cut.homes[index]]], Kind.PARAGRAPH)
