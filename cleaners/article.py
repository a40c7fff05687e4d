"""The frozen values that pass between the stages of the cleaner.

A page or a text is cut into *blocks*; every block ends with a *verdict*; an *article* is the kept
text, the metadata, and every block with its verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a block is, as far as markup and position tell."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list-item"
    QUOTATION = "quotation"
    PREFORMATTED = "preformatted"
    TABLE_ROW = "table-row"
    EMBED = "embed"
    TITLE = "title"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATE = "date"
    CAPTION = "caption"
    CREDIT = "credit"
    LINE = "line"


class Reason(StrEnum):
    """Why a block was kept or dropped.

    The first group keeps, the second drops by what a block is or where it stands, the third
    drops by what it says (the categories of the rule files).
    """

    ARTICLE = "article"
    GUARDED = "guarded"

    NOT_ARTICLE = "not-article"
    AFTER_END = "after-end"
    HIDDEN = "hidden"
    TITLE = "title"
    BYLINE = "byline"
    DATE = "date"
    CAPTION = "caption"
    CREDIT = "credit"
    READER_COMMENT = "reader-comment"
    REPEATED = "repeated"
    RECURS_ON_SITE = "recurs-on-site"
    RUN = "run"

    AD_LABEL = "ad-label"
    ADVERTISE = "advertise-with-us"
    COMMENT_PROMPT = "comment-prompt"
    COMMENT_LOGIN = "comment-login"
    COMMENT_COUNT = "comment-count"
    SHARE = "share"
    PRINT_SAVE = "print-save"
    NEWSLETTER = "newsletter"
    SUBSCRIBE = "subscribe"
    ACCOUNT = "account"
    READ_ALSO = "read-also"
    MOST_READ = "most-read"
    TAGS = "tags"
    COOKIE = "cookie"
    COPYRIGHT = "copyright"
    APP = "app"
    FOLLOW = "follow"
    DONATION = "donation"
    PLAYER = "player"
    FEEDBACK = "feedback"
    NAVIGATION = "navigation"
    AUTHOR_BOX = "author-box"
    LOADING = "loading"
    SPONSORED = "sponsored"
    POLL = "poll"


RULE_CATEGORIES: frozenset[Reason] = frozenset(list(Reason)[list(Reason).index(Reason.AD_LABEL) :])
"""The reasons that a rule file may name as its category."""


class PageType(StrEnum):
    """What kind of page this is, as far as its markup, metadata and text tell."""

    ARTICLE = "article"
    LIVE_BLOG = "live-blog"
    VIDEO = "video"
    SECTION = "section"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Keep or drop, why, and what decided.

    `rule` is the id of the rule that fired, or empty; `score` is the model's probability (0..1)
    that the block is article text, or None where no model was asked.
    """

    keep: bool
    reason: Reason
    rule: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Inline markup inside a block: `text[start:end]` carries `markup` (`a`, `b`, `i`, `code`).

    The `href` of a link is absolute where the page's address is known, else as written.
    """

    start: int
    end: int
    markup: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One unit of text in document order, and what became of it.

    `text` has a line feed where the page ends a line inside a paragraph, item or quotation that is
    kept, and where preformatted text has one; it is one line else, with tabs between table cells.
    `level` is 1..6 for headings and the nesting depth for list items, else 0. `link_density` is
    the share of characters inside links (0..1). `path` names the nearest containers, outermost
    first, as `tag.class#id`. `spans` is filled only where inline markup was asked for.
    `number` is that of an item of an ordered list, and None elsewhere. `unit` is the same for
    blocks of one list item, one table or one quotation, and 0 elsewhere.
    """

    index: int
    text: str
    verdict: Verdict
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    link_density: float = 0.0
    path: str = ""
    number: int | None = None
    unit: int = 0
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the page says about itself. Empty string, empty tuple or None: it does not say.

    Dates are ISO 8601: a date alone (`2016-01-20`), or a time with the zone the page gave.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    language: str = ""
    site_name: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    description: str = ""
    image: str = ""
    canonical_url: str = ""
    paywalled: bool | None = None
    page_type: PageType = PageType.ARTICLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The cleaned page: kept text, metadata, every block with its verdict, in document order.

    `confidence` (0..1) is calibrated: the probability that the word F1 of `text` against a human
    extraction is at least 0.9. An empty article has 0.0, and in `empty_reason` why it is empty, one
    line for people.
    """

    text: str
    blocks: Sequence[Block] = ()
    metadata: Metadata = field(default_factory=Metadata)
    confidence: float = 0.0
    url: str = ""
    empty_reason: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether the page holds no article text."""
        return not self.text

    @property
    def removed(self) -> tuple[Block, ...]:
        """The dropped blocks, in document order."""
        return tuple(block for block in self.blocks if not block.verdict.keep)

    @property
    def markdown(self) -> str:
        """The kept blocks as Markdown; links and emphasis where markup was asked for."""
        from cleaners.render import render_markdown  # noqa: PLC0415 - it imports these types

        return render_markdown(self.blocks)

    @property
    def html(self) -> str:
        """The kept blocks as an HTML fragment; links and emphasis where markup was asked for."""
        from cleaners.render import render_html  # noqa: PLC0415 - it imports these types

        return render_html(self.blocks)

    @property
    def title(self) -> str:
        """The headline, or an empty string."""
        return self.metadata.title

    @property
    def authors(self) -> tuple[str, ...]:
        """The names in the byline, in order."""
        return self.metadata.authors

    @property
    def published(self) -> str:
        """When it was first published, ISO 8601, or an empty string."""
        return self.metadata.published

    @property
    def modified(self) -> str:
        """When it was last changed, ISO 8601, or an empty string."""
        return self.metadata.modified

    @property
    def language(self) -> str:
        """The language as a lower-case BCP 47 primary tag (`fr`), or an empty string."""
        return self.metadata.language


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanedText:
    """Extracted text after the residue is gone. `str()` of it is the text.

    `judged` holds every line (or cut piece of one) with its verdict, or None where every line
    stays. `capped` is True when so much matched that the input was returned unchanged.
    """

    text: str
    judged: tuple[tuple[str, Verdict], ...] | None = None
    capped: bool = False

    @property
    def parts(self) -> tuple[tuple[str, Verdict], ...]:
        """Every line (or cut piece of one) with its verdict; joined, the kept ones are `text`.

        Made anew each time where every line stays, as most texts need none.
        """
        if self.judged is not None:
            return self.judged
        from cleaners.text import cut_lines  # noqa: PLC0415 - it imports these types

        kept = Verdict(keep=True, reason=Reason.ARTICLE)
        return tuple([(line + gap, kept) for line, gap in cut_lines(self.text)])

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The parts as blocks, in order; made anew each time."""
        return tuple(
            Block(index=index, text=text, verdict=verdict, kind=Kind.LINE)
            for index, (text, verdict) in enumerate(self.parts)
        )

    @property
    def removed(self) -> tuple[Block, ...]:
        """The dropped lines and pieces, in order."""
        return tuple(
            Block(index=index, text=text, verdict=verdict, kind=Kind.LINE)
            for index, (text, verdict) in enumerate(self.judged or ())
            if not verdict.keep
        )

    def __str__(self) -> str:
        return self.text
