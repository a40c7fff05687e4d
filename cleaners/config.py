"""All that can be set in the cleaner. Every default has its unit and its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Witness = Literal["never", "unsure", "always"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanConfig:
    """How `clean_html` works."""

    # Bytes. Real news pages end near 10 MB; beyond 50 MB a page is an export or an attack.
    max_page_bytes: int = 50_000_000
    # When to ask trafilatura for a second opinion: it costs about ten times the cleaner itself.
    witness: Witness = "never"
    # Probability below which `witness="unsure"` asks.
    unsure_below: float = 0.5
    # Read title, authors, dates, page type and the rest. Off saves time where only text is wanted;
    # section fronts then come out as text, for nobody asks what kind of page it is.
    with_metadata: bool = True
    # Record links and emphasis so that Markdown and HTML can show them.
    with_markup: bool = False
    # Kinds of block that are off by default in `.text`.
    keep_title: bool = False
    keep_byline: bool = False
    keep_captions: bool = False
    keep_tables: bool = True
    # Boxes of facts beside a news story, where the template names them so.
    keep_fact_boxes: bool = False
    # Run the residue rules over the kept blocks, as `clean_text` does.
    residue_rules: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TextConfig:
    """How `clean_text` works."""

    # Share of characters (0..1) beyond which removal is not believed and the input is returned.
    # Up to four fifths of other extractors' outputs on news pages were residue (a site's menu,
    # a programme), and a short report can be shorter than the prompts under it.
    max_removed: float = 0.9
