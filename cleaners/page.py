"""The main path for a page: bytes in, article out, one call per arrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cleaners.about.head import read_base, read_head
from cleaners.article import Article, Block, Kind, Metadata, PageType
from cleaners.beside.barriers import drop_barriers
from cleaners.beside.biographies import drop_biographies
from cleaners.beside.dialogs import find_dialogs
from cleaners.beside.toplines import drop_toplines, find_topline
from cleaners.config import CleanConfig
from cleaners.cutting.columns import Cut
from cleaners.decode import Buffer, Source, decode_source, read_input
from cleaners.document.addresses import find_host
from cleaners.dom import Document
from cleaners.errors import PageTooLarge, require_type
from cleaners.evidence import Evidence, read_evidence
from cleaners.features import Features, measure_blocks
from cleaners.hearing.breaks import (
    drop_lines,
    end_lines,
    find_steps,
    find_sure,
    find_told,
    join_notices,
    list_parts,
    split_lines,
)
from cleaners.judge import Judgement, estimate_confidence, judge_page
from cleaners.matching.matcher import Matcher
from cleaners.matching.rulebook import load_matcher
from cleaners.mates import keep_mates
from cleaners.metadata import read_metadata
from cleaners.model import load_model, score_blocks
from cleaners.outline import Outline, PageBlocks, draw_outline, read_starts
from cleaners.render import render_text
from cleaners.rescue import rescue_story
from cleaners.residue import judge_lines
from cleaners.shape.blocks import count_running, drop_front
from cleaners.shape.headline import mark_headline
from cleaners.shape.tables import join_cells
from cleaners.sites import SiteMemory
from cleaners.strays import drop_strays
from cleaners.unscripted import cut_page
from cleaners.witness import ask_witness, hear_testimony

_DEFAULT = CleanConfig()
# Confidence in a text that stands only in JSON: it is the publisher's own, but often cut short, and
# no set of labelled pages has enough of such pages to tell how often.
_RESCUED = 0.5
# Share of a block's characters in links from which it may be an entry of a list of links.
_LINKED = 0.5


def clean_html(
    page: Buffer | str,
    *,
    url: str | None = "",
    content_type: str | None = "",
    memory: SiteMemory | None = None,
    rules: Matcher | None = None,
    config: CleanConfig | None = None,
) -> Article:
    """The article of a page, its metadata, and every block with its verdict.

    `page` may be any buffer of bytes. `url` is the page's address, `content_type` the HTTP header's
    value; both may be None. `memory` says what recurs on the site of `url`, or of the page's own
    canonical address where that is not given. `rules` replaces the packaged residue rules. A page
    without an article gives an `Article` with empty text and a reason.

    Raises:
        TypeError: the page is neither text nor bytes, or another argument not what it is to be.
        PageTooLarge: the page is over `config.max_page_bytes`.
        PageTooComplex: its markup is beyond any real page.
    """
    require_type("content_type", content_type, str)
    require_type("memory", memory, SiteMemory)
    require_type("rules", rules, Matcher)
    require_type("config", config, CleanConfig)
    if isinstance(url, bytes):
        raise TypeError("url is bytes; give it as text")
    config = _DEFAULT if config is None else config
    page = read_input(page)
    _check_size(page, config)  # before it is decoded, which takes as much again
    source = decode_source(page, content_type or "")
    return clean_source(source, url=str(url or ""), memory=memory, rules=rules, config=config)


def clean_source(
    source: Source,
    *,
    url: str = "",
    memory: SiteMemory | None = None,
    rules: Matcher | None = None,
    config: CleanConfig = _DEFAULT,
) -> Article:
    """What `clean_html` gives, for a page that is decoded already.

    Raises:
        PageTooLarge: the page is over `config.max_page_bytes`.
        PageTooComplex: its markup is beyond any real page.
    """
    _check_size(source.data, config)
    document, cut = cut_page(source.data, with_markup=config.with_markup)
    if config.with_markup:
        cut = replace(cut, base=read_base(document, url), starts=read_starts(document, cut))
    evidence = read_evidence(document, cut)
    found = extract_story(cut, evidence, source, config, url=url) if cut.texts else Extraction()
    blocks = rescue_story(found.blocks, source, cut.texts, title=evidence.title)
    confidence = found.confidence if blocks is found.blocks else _RESCUED
    blocks = end_lines(blocks, cut.line_ends)
    if found.outline is not None and not config.keep_title:
        blocks = drop_toplines(blocks, found.outline, evidence.title)
    metadata = _read_metadata(document, url, cut, find_topline(blocks), config)
    if config.residue_rules:
        lang = metadata.language if config.with_metadata else _declared_language(document)
        site = find_host(url or metadata.canonical_url)
        blocks = drop_residue(blocks, lang=lang, rules=rules, memory=memory, site=site)
        if found.outline is not None:
            blocks = drop_barriers(blocks, found.outline)
    blocks = drop_biographies(blocks, metadata.authors, found.bylines)
    blocks = drop_front(blocks, metadata.page_type, words=found.running, confidence=confidence)
    text = render_text(blocks)
    return Article(
        text=text,
        blocks=PageBlocks(found.outline, blocks) if found.outline is not None else blocks,
        metadata=metadata,
        confidence=round(confidence, 3) if text else 0.0,
        url=url,
        empty_reason="" if text else _explain_empty(found, metadata.page_type),
    )


def _check_size(page: bytes | str, config: CleanConfig) -> None:
    if len(page) > config.max_page_bytes:
        raise PageTooLarge(len(page), config.max_page_bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What model and guards make of a page: its blocks, kept ones with what became of them.

    `outline` is None for a page without text, `bylines` are the page's bylines, and `running` is
    what `count_running` counts.
    """

    outline: Outline | None = None
    blocks: tuple[Block, ...] = ()
    confidence: float = 0.0
    bylines: Sequence[str] = ()
    running: float = 0.0


def extract_story(
    cut: Cut, evidence: Evidence, source: Source, config: CleanConfig, *, url: str
) -> Extraction:
    """What the model, the guards and, where it is asked, the witness say of a page with text."""
    model = load_model()
    features = measure_blocks(cut, evidence, names=model.names, words=model.words)
    probabilities = score_blocks(features, model)
    judgement, outline = judge_blocks(cut, evidence, features, probabilities, config)
    confidence = estimate_confidence(judgement, features, probabilities, model.confidence)
    if config.witness == "always" or (
        config.witness == "unsure" and confidence < config.unsure_below
    ):
        testimony = ask_witness(source.text, url=url)
        probabilities = hear_testimony(cut.texts, probabilities, testimony)
        judgement, outline = judge_blocks(cut, evidence, features, probabilities, config)
        confidence = estimate_confidence(judgement, features, probabilities, model.confidence)
    return Extraction(
        outline=outline,
        blocks=choose_blocks(outline),
        confidence=confidence,
        bylines=outline.list_texts(Kind.BYLINE),
        running=count_running(features, judgement),
    )


def judge_blocks(
    cut: Cut,
    evidence: Evidence,
    features: Features,
    probabilities: NDArray[np.float64],
    config: CleanConfig,
) -> tuple[Judgement, Outline]:
    """What the model and the guards take for the article, and what each block is."""
    features = mark_headline(features, probabilities, cut, evidence.title)
    judgement = judge_page(probabilities, features.words)
    is_apart = find_dialogs(probabilities, features, cut)
    told = probabilities
    if np.count_nonzero(is_apart):
        judgement = replace(judgement, kept=judgement.kept & ~is_apart)
        told = np.where(is_apart, 0.0, probabilities)
    judgement = keep_mates(
        judgement,
        told,
        features,
        cut,
        is_news=evidence.is_news,
        is_article=evidence.is_article,
    )
    return judgement, draw_outline(
        cut,
        features,
        judgement,
        probabilities,
        config,
        title=evidence.title,
        is_news=evidence.is_news,
    )


def choose_blocks(outline: Outline) -> tuple[Block, ...]:
    """The blocks that the outline keeps, as values, strays dropped and table rows joined."""
    return join_cells(drop_strays(outline.make_kept(), outline), outline.cut)


def drop_residue(
    blocks: tuple[Block, ...],
    *,
    lang: str,
    rules: Matcher | None,
    memory: SiteMemory | None,
    site: str,
) -> tuple[Block, ...]:
    """The blocks with the kept lines held against the residue rules and the site's memory."""
    lines, owners = split_lines(blocks)
    judge = partial(
        judge_lines,
        rules=load_matcher() if rules is None else rules,
        lang=lang,
        memory=memory,
        site=site,
        is_page=True,
    )
    # What leads to other stories under a heading such as "Read also" is linked.
    is_firm = [block.link_density < _LINKED for block in blocks]
    firm = {at for at, place in enumerate(owners) if is_firm[place]}
    sure = find_sure(blocks, owners)
    # Rules of the caller's own are asked about all lines.
    told = find_told(blocks, lines, owners) if rules is None else frozenset()
    judged = judge(lines, firm=firm, told=told, sure=sure)
    if not any(judged):
        return blocks
    if rules is None and (steps := find_steps(judged, blocks, lines, owners)):
        judged = judge(lines, firm=firm, told=told | steps, sure=sure)
    return drop_lines(blocks, lines, owners, join_notices(judged, lines, owners, judge))


def _read_metadata(
    document: Document, url: str, cut: Cut, headline: str, config: CleanConfig
) -> Metadata:
    if not config.with_metadata:
        return Metadata()
    parts = list_parts(cut.texts, cut.line_ends)
    return read_metadata(
        read_head(document), url=url, text_lines=cut.texts, parts=parts, headline=headline
    )


def _declared_language(document: Document) -> str:
    """The language in `<html lang>`, or empty: enough to choose rules where metadata is off."""
    root = document.root
    return (root.attributes.get("lang") or "") if root is not None else ""


def _explain_empty(found: Extraction, page_type: PageType) -> str:
    if found.outline is None and not found.blocks:
        return "the page shows no text"
    if page_type is not PageType.ARTICLE:
        return f"no story of its own: the page is of type {page_type}"
    if found.outline is not None and found.outline.kept.any():
        return "all that looked like an article is boilerplate by the rules"
    return "nothing on the page looks like an article"
