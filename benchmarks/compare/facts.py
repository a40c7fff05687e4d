"""Title, date and authors as each tool reads them, against what is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.compare.pages import KnownPage
from cleaners.decode import decode_page
from cleaners.page import clean_html

_WORD = re.compile(r"\w+")
# Word F1 from which two headlines say the same: one has a kicker or the site's name more.
_SAME_HEADLINE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one tool says about one page."""

    title: str
    authors: tuple[str, ...]
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactScore:
    """Shares (0..1) of the pages with a known value on which a tool is right.

    `title` asks for the same words, letter case and punctuation aside; `same_headline` for a word
    F1 of 0.8; `date` for the same day, in the page's zone or in UTC; `authors` for the same set.
    """

    tool: str
    title: float
    same_headline: float
    date: float
    authors: float


def measure_facts(pages: Sequence[KnownPage]) -> list[FactScore]:
    """One row a tool."""
    return [_measure(name, read, pages) for name, read in _READERS.items()]


def measure_sanspub(pages: Sequence[KnownPage]) -> FactScore:
    """The row of sanspub alone."""
    return _measure("sanspub", _read_sanspub, pages)


def render_facts(title: str, table: Sequence[FactScore]) -> str:
    """The table as aligned text."""
    lines = [title, f"{'tool':16} {'title':>7} {'same':>7} {'date':>7} {'authors':>7}"]
    lines.extend(
        f"{row.tool:16} {row.title:7.3f} {row.same_headline:7.3f} {row.date:7.3f} "
        f"{row.authors:7.3f}"
        for row in table
    )
    return "\n".join(lines)


def _measure(name: str, read: Callable[[str, str], Facts], pages: Sequence[KnownPage]) -> FactScore:
    right: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for page in pages:
        try:
            facts = read(decode_page(page.read()), page.url)
        except Exception:  # noqa: BLE001 - whatever another tool raises, it said nothing
            facts = Facts(title="", authors=(), date="")
        known.update(title=bool(page.title), date=bool(page.date), authors=1)
        if page.title:
            right["title"] += _words(facts.title) == _words(page.title)
            right["same"] += _overlap(facts.title, page.title) >= _SAME_HEADLINE
        if page.date:
            right["date"] += _is_same_day(facts.date, page.date)
        right["authors"] += {*map(_words, facts.authors)} == {*map(_words, page.authors)}
    return FactScore(
        tool=name,
        title=right["title"] / max(known["title"], 1),
        same_headline=right["same"] / max(known["title"], 1),
        date=right["date"] / max(known["date"], 1),
        authors=right["authors"] / max(known["authors"], 1),
    )


def _read_sanspub(html: str, url: str) -> Facts:
    article = clean_html(html, url=url)
    return Facts(title=article.title, authors=article.authors, date=article.published)


def _read_trafilatura(html: str, url: str) -> Facts:
    import trafilatura

    found = trafilatura.extract_metadata(html, default_url=url)
    names = tuple(name for name in (found.author or "").split("; ") if name)
    return Facts(title=found.title or "", authors=names, date=found.date or "")


def _read_newspaper(html: str, url: str) -> Facts:
    import newspaper

    article = newspaper.Article(url, fetch_images=False)
    article.download(input_html=html)
    article.parse()
    date = article.publish_date
    return Facts(
        title=article.title or "",
        authors=tuple(article.authors),
        date=date.isoformat() if isinstance(date, datetime) else "",
    )


_READERS: dict[str, Callable[[str, str], Facts]] = {
    "sanspub": _read_sanspub,
    "trafilatura": _read_trafilatura,
    "newspaper4k": _read_newspaper,
}


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.replace("\u00ad", "").lower()))


def _overlap(one: str, other: str) -> float:
    left, right = Counter(_words(one)), Counter(_words(other))
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def _is_same_day(found: str, known: str) -> bool:
    if not found:
        return False
    if found[:10] == known[:10]:
        return True
    try:
        one, other = datetime.fromisoformat(found), datetime.fromisoformat(known)
    except ValueError:
        return False
    if one.tzinfo is None or other.tzinfo is None:
        return False
    return one.astimezone(UTC).date() == other.astimezone(UTC).date()
