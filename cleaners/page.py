"""The main path for a page: bytes in, article out, one call per arrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit


from cleaners.article import Article, Block, Kind, Metadata, Verdict
from cleaners.config import CleanConfig
from cleaners.cut import Cut, cut_blocks
from cleaners.decode import decode_page
from cleaners.dom import Document, parse_html
from cleaners.errors import PageTooLarge
from cleaners.evidence import read_evidence
from cleaners.features import measure_blocks
from cleaners.head import read_head
from cleaners.judge import Judgement, estimate_confidence, explain_blocks, judge_page
from cleaners.kinds import heading_level, name_kinds
from cleaners.metadata import read_metadata
from cleaners.model import load_model, score_blocks
from cleaners.render import render_text
from cleaners.residue import judge_lines
from cleaners.rulebook import load_matcher
from cleaners.sites import SiteMemory
from cleaners.tags import SORTS
from cleaners.witness import ask_witness, judge_with_witness

_DEFAULT = CleanConfig()
# First visible lines shown to the search for a byline and a date.
_HEAD_LINES = 40


def clean_html(
    page: bytes | str,
    *,
    url: str = "",
    content_type: str = "",
    memory: SiteMemory | None = None,
    config: CleanConfig = _DEFAULT,
) -> Article:
    """The article of a page, its metadata, and every block with its verdict.

    `content_type` is the HTTP header's value; `memory` says what recurs on the site of `url`. A
    page without an article gives an `Article` with empty text and a reason.

    Raises:
        PageTooLarge: the page is over `config.max_page_bytes`.
        PageTooComplex: its markup is beyond any real page.
    """
    if len(page) > config.max_page_bytes:
        raise PageTooLarge(len(page), config.max_page_bytes)
    source = decode_page(page, content_type)
    document = parse_html(source)
    cut = cut_blocks(document)
    if not cut.texts:
        return Article(
            text="",
            metadata=_read_metadata(document, url, (), config),
            url=url,
            empty_reason="the page shows no text",
        )
    model = load_model()
    features = measure_blocks(
        cut, read_evidence(document, source), names=model.names, words=model.words
    )
    probabilities = score_blocks(features, model)
    judgement = judge_page(probabilities, features.words)
    confidence = estimate_confidence(judgement, features, probabilities, model.confidence)
    kinds = name_kinds(cut, features, judgement.kept)
    verdicts = explain_blocks(cut, kinds, judgement, probabilities, config)
    blocks = list_blocks(cut, kinds, verdicts)
    if config.witness == "always" or (
        config.witness == "unsure" and confidence < config.unsure_below
    ):
        blocks = judge_with_witness(blocks, ask_witness(source, url=url))
    metadata = _read_metadata(document, url, cut.texts[:_HEAD_LINES], config)
    if config.residue_rules:
        blocks = drop_residue(blocks, lang=metadata.language, memory=memory, url=url)
    text = render_text(blocks)
    return Article(
        text=text,
        blocks=blocks,
        metadata=metadata,
        confidence=round(confidence, 3),
        url=url,
        empty_reason="" if text else _explain_empty(judgement),
    )


def list_blocks(cut: Cut, kinds: Sequence[Kind], verdicts: Sequence[Verdict]) -> tuple[Block, ...]:
    """The blocks as values, each with kind, verdict and the path to where it stood."""
    paths: dict[int, str] = {}
    blocks = []
    for index, (text, home, links, kind, verdict) in enumerate(
        zip(cut.texts, cut.homes, cut.link_chars, kinds, verdicts, strict=True)
    ):
        path = paths.get(home)
        if path is None:
            path = paths[home] = _name_path(cut, home)
        blocks.append(
            Block(
                index=index,
                text=text,
                verdict=verdict,
                kind=kind,
                level=heading_level(cut, home)
                if kind in {Kind.HEADING, Kind.LIST_ITEM, Kind.TITLE}
                else 0,
                link_density=round(min(1.0, links / len(text)), 2),
                path=path,
            )
        )
    return tuple(blocks)


def drop_residue(
    blocks: tuple[Block, ...], *, lang: str, memory: SiteMemory | None, url: str
) -> tuple[Block, ...]:
    """The blocks with the kept lines held against the residue rules and the site's memory."""
    kept = [block for block in blocks if block.verdict.keep]
    judged = judge_lines(
        [block.text for block in kept],
        rules=load_matcher(),
        lang=lang,
        memory=memory,
        site=urlsplit(url).hostname or "",
    )
    if not any(judged):
        return blocks
    changed = list(blocks)
    for block, each in zip(kept, judged, strict=True):
        if each is not None:
            verdict = replace(each.verdict, score=block.verdict.score)
            if each.is_whole:
                changed[block.index] = replace(block, verdict=verdict)
            else:
                changed[block.index] = replace(block, text=block.text[each.start : each.end])
    return tuple(changed)


def _read_metadata(
    document: Document, url: str, lines: Sequence[str], config: CleanConfig
) -> Metadata:
    if not config.with_metadata:
        return Metadata()
    return read_metadata(read_head(document), url=url, text_lines=lines)


def _name_path(cut: Cut, home: int) -> str:
    """The three nearest containers, outermost first, as `tag.class`."""
    names: list[str] = []
    while home > 0 and len(names) < 3:
        key = cut.keys[home]
        sort = SORTS[cut.sorts[home]]
        names.append(f"{sort}.{'.'.join(key.split())}" if key else sort)
        home = cut.parents[home]
    return " > ".join(reversed(names))


def _explain_empty(judgement: Judgement) -> str:
    if judgement.kept.any():
        return "all that looked like an article is boilerplate by the rules"
    return "nothing on the page looks like an article"
