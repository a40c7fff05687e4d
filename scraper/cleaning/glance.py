"""A first look at a page without parsing it: title, metas, and the words a reader would see.

Enough to tell a wall from a page, at a fraction of the cost of a parse, and in one pass however
broken the markup is. Articles are cut by `cleaners`, never from here.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_MAX_METAS = 500

# Case is spelled out: with IGNORECASE the search cannot skip to the next "<".
_META = re.compile(r"<[mM][eE][tT][aA]\s([^>]{0,2000})>")
_ATTRIBUTE = re.compile(
    r"([a-z][a-z0-9:_-]{0,40})\s{0,9}=\s{0,9}(?:\"([^\"]{0,1500})\"|'([^']{0,1500})'|([^\s\"'>]{1,300}))",
    re.IGNORECASE,
)
_HIDDEN = ("script", "style", "noscript", "template", "svg", "title")
_HIDDEN_STARTS = frozenset(name[:2] for name in _HIDDEN)
# Characters of text, white space and all, in which a page surely shows one in so many.
_ENOUGH = 3
# The words that nearly all rules ask about: they are counted once.
_FIRST_CHARS = 2_000
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"\s[-–—|:·•»›/]+\s|[|•»]|: ")


@dataclass(frozen=True, kw_only=True)
class Glance:
    """What a first look shows, each part read when first asked for.

    `visible` and `noscript` are folded words, joined by spaces; `markup` is in lower case.
    """

    source: str
    markup: str

    @cached_property
    def title(self) -> str:
        """The content of `<title>`."""
        return html.unescape(_read_element(self.source, self.markup, "title")).strip()

    @cached_property
    def metas(self) -> tuple[tuple[str, str], ...]:
        """What `read_metas` reads."""
        return read_metas(self.source)

    @cached_property
    def visible(self) -> str:
        """The words that a reader would see."""
        return fold_words(html.unescape(_read_visible(self.source, self.markup)))

    @cached_property
    def noscript(self) -> str:
        """The words of the first `<noscript>`."""
        inner = _read_element(self.source, self.markup, "noscript")
        return fold_words(html.unescape(_strip_tags(inner)))

    @cached_property
    def title_parts(self) -> tuple[str, ...]:
        """The folded title, whole and between its separators (`Page not found | The Paper`)."""
        parts = [self.title, *_BREAK.split(self.title)]
        return tuple(dict.fromkeys(folded for part in parts if (folded := fold_words(part))))

    @cached_property
    def first_chars(self) -> int:
        """How long `visible` is at least: nearly always over `_FIRST_CHARS`, where it is."""
        return self._count_first(_FIRST_CHARS)

    def shows_more(self, chars: int) -> bool:
        """Whether `visible` is longer than that. A long page is told from how it begins."""
        if "visible" not in self.__dict__ and (
            self.first_chars > chars or (chars > _FIRST_CHARS and self._count_first(chars) > chars)
        ):
            return True
        return len(self.visible) > chars

    def _count_first(self, chars: int) -> int:
        """The length of the words in a beginning that surely shows so many characters."""
        begin = _read_visible(self.source, self.markup, enough=_ENOUGH * (chars + 1))
        return len(fold_words(html.unescape(begin)))


def glance_page(text: str) -> Glance:
    """A first look at the text of an HTML page. Linear in its length; never raises."""
    source = _drop_between(text, "<!--", "-->")
    markup = source.lower()
    if len(markup) != len(source):  # a few letters change length in lower case
        source = markup
    return Glance(source=source, markup=markup)


def read_metas(markup: str, *, parts: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    """Name (or http-equiv) and content of each `<meta>`, names in lower case, in order.

    With `parts`, only those in which one of these stands somewhere need be there.
    """
    found: list[tuple[str, str]] = []
    for match in _META.finditer(markup):
        if len(found) == _MAX_METAS:
            break
        if parts and "&" not in match[1]:  # a name may be written in references
            lower = match[1].lower()
            if not any(part in lower for part in parts):
                continue
        attributes = {
            name.lower(): html.unescape(double or single or bare)
            for name, double, single, bare in _ATTRIBUTE.findall(match[1])
        }
        name = attributes.get("name") or attributes.get("http-equiv") or ""
        if name and "content" in attributes:
            found.append((name.strip().lower(), attributes["content"].strip()))
    return tuple(found)


def fold_words(text: str) -> str:
    """The words of a text in lower case, without diacritics and punctuation, one space between."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    if not plain.isascii():
        marks = [ord(ch) for ch in set(plain) if unicodedata.combining(ch)]
        plain = plain.translate(dict.fromkeys(marks)) if marks else plain
    return " ".join(_WORD.findall(plain))


def _read_element(markup: str, lower: str, tag: str) -> str:
    """The content of the first element of a kind, or an empty string."""
    start = lower.find(f"<{tag}")
    start = lower.find(">", start) + 1 if start >= 0 else 0
    end = lower.find(f"</{tag}", start) if start else -1
    return markup[start:end] if end >= 0 else ""


def _read_visible(markup: str, lower: str, *, enough: int = 0) -> str:
    """The text outside tags and outside elements whose content is not shown.

    Where `enough` is given, it may end after so many characters, before a tag.
    """
    kept: list[str] = []
    at = size = 0
    while at < len(markup):
        opening = lower.find("<", at)
        if opening < 0:
            kept.append(markup[at:])
            break
        if opening > at:
            kept.append(markup[at:opening])
            size += opening - at
            if 0 < enough < size:
                break
        kept.append(" ")
        closing = lower.find(">", opening)
        if closing < 0:
            break
        at = closing + 1
        if lower[opening + 1 : opening + 3] in _HIDDEN_STARTS:
            name = lower[opening + 1 : opening + 12].partition(">")[0].split(maxsplit=1)[:1]
            if name and name[0] in _HIDDEN:
                end = lower.find(f"</{name[0]}", at)
                at = end if end >= 0 else len(markup)
    return "".join(kept)


def _strip_tags(markup: str) -> str:
    """Markup without its tags."""
    return _read_visible(markup, markup.lower()) if "<" in markup else markup


def _drop_between(text: str, opening: str, closing: str) -> str:
    """The text without what stands between two marks; an opening without end drops the rest."""
    if opening not in text:
        return text
    kept: list[str] = []
    at = 0
    while (start := text.find(opening, at)) >= 0:
        kept.append(text[at:start])
        end = text.find(closing, start + len(opening))
        if end < 0:
            return "".join(kept)
        at = end + len(closing)
    kept.append(text[at:])
    return "".join(kept)
